"""Packages that are unpacked only: fetching them, what they need, and where their programs are found."""

import contextlib
import io
import os
import shutil
import stat
import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from autograder.kit import doctor, install, tools, unpack
from autograder.kit.tools import Finding, Found, Tool, Use

CONTROL = "Package: kit-peer\nVersion: 1\nArchitecture: all\nMaintainer: nobody <nobody@localhost>\n" \
          "Depends: adduser, libc6 (>= 2.34), libnone-kit | libother\nDescription: a package for a test\n"


def row(name: str, found: Found | None, unpacked: bool) -> Finding:
    return Finding(Tool(name, Use.INTEROP, "what it is for", (name,), lambda: found, unpacked), found)


class FolderTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.peers = self.folder / "peers"
        elsewhere = mock.patch.object(unpack, "PEERS", self.peers)
        elsewhere.start()
        self.addCleanup(elsewhere.stop)
        self.printed = io.StringIO()
        redirected = contextlib.redirect_stdout(self.printed)
        redirected.__enter__()
        self.addCleanup(redirected.__exit__, None, None, None)

    def program(self, path: Path, text: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    def deb(self) -> Path:
        """A package with one program, /usr/sbin/kit-peer."""
        if not shutil.which("dpkg-deb"):
            self.skipTest("there is no dpkg-deb here")
        tree, deb = self.folder / "tree", self.folder / "kit-peer.deb"
        self.program(tree / "usr/sbin/kit-peer", "echo kit-peer 1.2.3")
        (tree / "DEBIAN").mkdir()
        (tree / "DEBIAN/control").write_text(CONTROL)
        subprocess.run(["dpkg-deb", "--root-owner-group", "-b", tree, deb], capture_output=True, check=True)
        return deb


class Unpack(FolderTest):
    def test_puts_a_package_below_its_own_name_where_programs_are_found(self) -> None:
        self.assertTrue(unpack.unpack(self.deb(), "kit-peer"))
        self.assertEqual(tools.which("kit-peer"), str(self.peers / "kit-peer/usr/sbin/kit-peer"))
        self.assertEqual(tools.server("kit-peer")(), Found("1.2.3"))

    def test_replaces_what_was_there(self) -> None:
        (self.peers / "kit-peer").mkdir(parents=True)
        (self.peers / "kit-peer/old").touch()
        self.assertTrue(unpack.unpack(self.deb(), "kit-peer"))
        self.assertEqual(os.listdir(self.peers / "kit-peer"), ["usr"])

    def test_leaves_nothing_of_a_broken_package(self) -> None:
        (self.folder / "broken.deb").write_bytes(b"no package")
        self.assertFalse(unpack.unpack(self.folder / "broken.deb", "kit-peer"))
        self.assertEqual(os.listdir(self.peers), [])
        self.assertRegex(self.printed.getvalue(), r"\Akit-peer could not be unpacked: .")

    def test_names_the_libraries_that_a_package_needs_and_this_system_lacks(self) -> None:
        needed = unpack.libraries(unpack.depends(self.deb()))
        self.assertEqual(needed, ["libc6", "libnone-kit"])
        self.assertEqual(unpack.absent([*needed, "libnone-kit"]), ["libnone-kit"])
        self.assertEqual(unpack.absent([]), [])

    def test_reads_dependencies_in_all_their_forms(self) -> None:
        self.assertEqual(unpack.libraries("zlib1g (>= 1:1.1.4), libssl3:any, ucf | libx, liba(>= 1)\n"),
                         ["zlib1g", "libssl3", "liba"])
        self.assertEqual(unpack.libraries(""), [])


class Download(FolderTest):
    def apt_get(self, text: str) -> Path | None:
        """What comes of a download with an apt-get that does as `text` says."""
        self.program(self.folder / "bin/apt-get", text)
        (self.folder / "into").mkdir()
        with mock.patch.dict(os.environ, {"PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}"}):
            return unpack.download("kit-peer", self.folder / "into")

    def test_finds_the_file_that_came_and_keeps_quiet(self) -> None:
        self.assertEqual(self.apt_get("echo Get:1 kit-peer; touch kit-peer_1_all.deb"),
                         self.folder / "into/kit-peer_1_all.deb")
        self.assertEqual(self.printed.getvalue(), "")

    def test_says_in_one_line_why_nothing_came(self) -> None:
        self.assertIsNone(self.apt_get("echo Err:1; echo 'E: Failed to fetch it' >&2; echo 'E: 2'; exit 100"))
        self.assertEqual(self.printed.getvalue(), "kit-peer could not be downloaded: Failed to fetch it\n")


class Install(FolderTest):
    def install(self, download: object, lacking: list[str]) -> tuple[bool, list[list[str]]]:
        """Unpacks "kit-peer" with these doubles; returns whether it says that it worked, and what apt-get was told."""
        ran: list[list[str]] = []
        with mock.patch.object(unpack, "download", lambda name, folder: download), \
                mock.patch.object(unpack, "depends", lambda deb: ""), \
                mock.patch.object(unpack, "absent", lambda names: lacking), \
                mock.patch.object(unpack, "unpack", lambda deb, name: True), \
                mock.patch.object(install, "which", lambda name: name), \
                mock.patch.object(install, "_ran", lambda command: not ran.append(command)):
            return install.install([], True, ["kit-peer"]), ran

    def test_installs_the_libraries_that_are_lacking_and_nothing_else(self) -> None:
        done, ran = self.install(Path("kit-peer.deb"), ["libx"])
        self.assertTrue(done)
        self.assertEqual([command[-1] for command in ran], ["-q", "libx"])
        self.assertEqual([command[-1] for command in self.install(Path("kit-peer.deb"), [])[1]], ["-q"])
        self.assertIn("to be unpacked below build/peers: kit-peer", self.printed.getvalue())

    def test_fails_when_a_package_did_not_come(self) -> None:
        self.assertFalse(self.install(None, [])[0])


class Rows(FolderTest):
    def test_what_is_unpacked_is_never_among_what_is_installed(self) -> None:
        findings = [row("a", None, True), row("b", None, False), row("c", Found(""), True)]
        self.assertEqual(tools.packages(findings), ["b"])
        self.assertEqual(tools.packages(findings, unpacked=True), ["a"])
        self.assertRegex(doctor.advice(findings), r"apt-get install .* b\n.*doctor --install .*: a\)$")

    def test_a_server_that_lacks_a_library_is_missing(self) -> None:
        self.program(self.folder / "bin/kit-peer", "echo 'error while loading shared libraries: libx.so.2' >&2")
        with mock.patch.dict(os.environ, {"PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}"}):
            self.assertIsNone(tools.server("kit-peer")())


if __name__ == "__main__":
    unittest.main()
