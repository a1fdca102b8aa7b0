"""Submissions as they come: found, read within bounds, and the right files chosen from them."""

import io
import os
import stat
import tarfile
import tempfile
import unittest
import zipfile
from pathlib import Path, PurePosixPath
from unittest import mock

from autograder.run import submissions
from autograder.run.submissions import BadSubmission, choose, find, read

STARTERS = {"lab01_echo": {"echo.cpp", "echo.h"}, "lab02_lines": {"reply.cpp", "reply.h"}}


class Folder(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top = Path(folder.name)

    def put(self, path: str, content: bytes = b"x") -> Path:
        (self.top / path).parent.mkdir(parents=True, exist_ok=True)
        (self.top / path).write_bytes(content)
        return self.top / path

    def zip(self, name: str, entries: dict[str, bytes]) -> Path:
        with zipfile.ZipFile(self.top / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, content in entries.items():
                archive.writestr(path, content)
        return self.top / name

    def tar(self, name: str, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
        with tarfile.open(self.top / name, "w:gz" if name.endswith("gz") else "w") as archive:
            for member, content in members:
                member.size = len(content) if member.isreg() else 0
                archive.addfile(member, io.BytesIO(content) if member.isreg() else None)
        return self.top / name


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


class Finding(Folder):
    def test_each_subfolder_and_archive_is_one(self) -> None:
        self.put("ann/echo.cpp")
        self.zip("bob.zip", {})
        self.tar("cleo.tar.gz")
        self.put("notes.txt")
        self.put(".git/config")
        self.put("__MACOSX/x")
        self.assertEqual([entry.name for entry in find([self.top])], ["ann", "bob", "cleo"])

    def test_an_archive_may_be_named_itself(self) -> None:
        self.assertEqual([entry.name for entry in find([self.zip("bob.zip", {})])], ["bob"])

    def test_the_folder_of_the_grades_is_none(self) -> None:
        self.put("ann/echo.cpp")
        self.put("grades/ann.json")
        self.assertEqual([entry.name for entry in find([self.top], leave_out=self.top / "grades")], ["ann"])

    def test_two_of_one_name_none_at_all_and_a_missing_place_are_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "no submission"):
            find([self.top])
        with self.assertRaisesRegex(ValueError, "does not exist"):
            find([self.top / "nowhere"])
        self.put("ann/echo.cpp")
        self.zip("ann.zip", {})
        with self.assertRaisesRegex(ValueError, "two submissions are called ann"):
            find([self.top])


class Reading(Folder):
    def names(self, path: Path) -> list[str]:
        return sorted(str(name) for name in read(path))

    def test_only_sources_are_read_from_a_folder_and_links_are_not(self) -> None:
        self.put("ann/lab01_echo/echo.cpp")
        self.put("ann/lab01_echo/CMakeLists.txt")
        self.put("ann/.git/hook.cpp")
        secret = self.put("secret.h")
        (self.top / "ann/lab01_echo/stolen.h").symlink_to(secret)
        (self.top / "ann/out").symlink_to(self.top)
        os.mkfifo(self.top / "ann/pipe.cpp")
        self.assertEqual(self.names(self.top / "ann"), ["lab01_echo/echo.cpp"])

    def test_an_archive_is_read_in_place(self) -> None:
        entries = {"lab01_echo/echo.cpp": b"int x;", "lab01_echo/a.out": b"ELF", "__MACOSX/lab01/echo.cpp": b"junk"}
        self.assertEqual(read(self.zip("a.zip", entries)), {PurePosixPath("lab01_echo/echo.cpp"): b"int x;"})
        self.assertEqual(self.names(self.tar("a.tar.gz", (member("x/echo.h"), b"1"))), ["x/echo.h"])
        self.assertEqual(sorted(path.name for path in self.top.iterdir()), ["a.tar.gz", "a.zip"])

    def test_a_zip_from_windows_has_folders_too(self) -> None:
        self.assertEqual(self.names(self.zip("a.zip", {"lab01_echo\\echo.cpp": b""})), ["lab01_echo/echo.cpp"])

    def test_a_folder_with_just_an_archive_stands_for_it(self) -> None:
        (self.top / "ann").mkdir()
        self.zip("ann/work.zip", {"echo.cpp": b""})
        self.assertEqual(self.names(self.top / "ann"), ["echo.cpp"])

    def test_entries_that_point_out_are_refused(self) -> None:
        for name in ("/etc/x.cpp", "../x.cpp", "a/../../x.cpp", "C:\\x.cpp", "..\\x.cpp"):
            with self.subTest(name), self.assertRaisesRegex(BadSubmission, "points out of it"):
                read(self.zip("a.zip", {name: b""}))
        with self.assertRaisesRegex(BadSubmission, "points out of it"):
            read(self.tar("a.tar", (member("../x.cpp"), b"")))

    def test_links_and_devices_in_archives_are_no_files(self) -> None:
        path = self.tar("a.tar", (member("l.cpp", tarfile.SYMTYPE, "/etc/passwd"), b""),
                        (member("h.cpp", tarfile.LNKTYPE, "/etc/passwd"), b""), (member("d.cpp", tarfile.CHRTYPE), b""))
        self.assertEqual(read(path), {})
        with zipfile.ZipFile(self.top / "a.zip", "w") as archive:
            info = zipfile.ZipInfo("l.cpp")
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, "/etc/passwd")
        self.assertEqual(read(self.top / "a.zip"), {})

    def refuse(self, path: Path, why: str, **limits: int) -> None:
        with mock.patch.multiple(submissions, **limits), self.assertRaisesRegex(BadSubmission, why):
            read(path)

    def test_a_bomb_is_refused_before_it_goes_off(self) -> None:
        self.refuse(self.zip("a.zip", {"x.cpp": bytes(8 << 20)}), "x.cpp is larger than 1 KiB", _FILE_LIMIT=1024)
        self.refuse(self.tar("a.tar", (member("x.bin"), b"123456")), "holds too much", _ARCHIVE_LIMIT=5)

    def test_the_sources_together_are_bounded(self) -> None:
        self.refuse(self.zip("a.zip", {"x.cpp": b"123", "y.cpp": b"456"}), "sources are larger", _SOURCES_LIMIT=5)

    def test_the_number_of_entries_is_bounded(self) -> None:
        self.put("ann/x")
        self.put("ann/y")
        self.refuse(self.top / "ann", "more than 1 files", _ENTRIES_LIMIT=1)
        self.refuse(self.zip("a.zip", {"x": b"", "y": b""}), "more than 1 entries", _ENTRIES_LIMIT=1)
        self.refuse(self.tar("a.tar", (member("x"), b""), (member("y"), b"")), "holds too much", _ENTRIES_LIMIT=1)

    def test_what_is_no_archive_is_refused(self) -> None:
        for name in ("a.zip", "a.tar", "a.tar.gz"):
            with self.subTest(name), self.assertRaisesRegex(BadSubmission, f"{name} is no archive"):
                read(self.put(name, b"this is no archive" * 100))

    def test_a_damaged_zip_is_refused(self) -> None:
        path = self.zip("a.zip", {"x.cpp": os.urandom(1000)})
        data = bytearray(path.read_bytes())
        data[200:300] = bytes(100)
        path.write_bytes(data)
        with self.assertRaisesRegex(BadSubmission, "a.zip is no archive that can be read"):
            read(path)


class Choosing(unittest.TestCase):
    def choose(self, *paths: str, folder: str = "lab01_echo") -> dict[str, bytes]:
        return choose({PurePosixPath(path): path.encode() for path in paths}, folder, STARTERS)

    def test_the_labs_own_folder_is_taken_whole(self) -> None:
        chosen = self.choose("labs/lab01_echo/echo.cpp", "labs/lab01_echo/mine.h", "labs/lab02_lines/reply.cpp")
        self.assertEqual(chosen, {"echo.cpp": b"labs/lab01_echo/echo.cpp", "mine.h": b"labs/lab01_echo/mine.h"})

    def test_the_folders_name_may_be_shortened(self) -> None:
        for name in ("lab01", "lab1", "Lab1-ann", "lab01_echo"):
            with self.subTest(name):
                self.assertEqual(list(self.choose(f"{name}/echo.cpp")), ["echo.cpp"])
        with self.assertRaises(BadSubmission):
            self.choose("lab10_scale/x.cpp")

    def test_tests_and_solution_handed_in_with_the_kit_are_not_the_lab(self) -> None:
        self.assertEqual(self.choose("labs/lab01_echo/echo.cpp", "tests/lab01_echo/echo_test.cpp"),
                         {"echo.cpp": b"labs/lab01_echo/echo.cpp"})

    def test_flat_files_are_told_by_their_names(self) -> None:
        self.assertEqual(sorted(self.choose("src/echo.cpp", "src/helper.h", "src/reply.cpp")), ["echo.cpp", "helper.h"])

    def test_nothing_and_two_of_a_kind_are_refused(self) -> None:
        with self.assertRaisesRegex(BadSubmission, "no folder lab01_echo and no file of that lab"):
            self.choose("other.cpp")
        with self.assertRaisesRegex(BadSubmission, "which of these is lab01_echo"):
            self.choose("a/lab01/echo.cpp", "b/lab01/echo.cpp")

    def test_names_that_a_build_could_misread_are_left_out(self) -> None:
        self.assertEqual(list(self.choose("lab01/echo.cpp", "lab01/$(reboot).cpp")), ["echo.cpp"])


if __name__ == "__main__":
    unittest.main()
