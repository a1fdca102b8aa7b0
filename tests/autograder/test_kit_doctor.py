"""`doctor`: finding tools, judging versions, and the advice for what is missing."""

import contextlib
import io
import os
import stat
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from autograder.kit import doctor, install, tools
from autograder.kit.tools import Finding, Found, Tool, Use


def row(name: str, use: Use, found: Found | None, *packages: str) -> Finding:
    return Finding(Tool(name, use, "what it is for", packages or (name,), lambda: found), found)


class Versions(unittest.TestCase):
    def test_are_read_out_of_what_programs_print(self) -> None:
        self.assertEqual(tools.numbers("cmake version 3.25.1\n\nCMake suite"), (3, 25, 1))
        self.assertEqual(tools.numbers("Debian clang version 14.0.6"), (14, 0, 6))
        self.assertEqual(tools.numbers("12"), (12,))
        self.assertEqual(tools.numbers("no number"), ())

    def test_are_held_against_the_least_that_will_do(self) -> None:
        self.assertEqual(tools.judge((12, 2, 0), (12,), "g++"), Found("g++ 12.2.0", ""))
        self.assertEqual(tools.judge((3, 9, 9), (3, 10)).wrong, "older than 3.10")
        self.assertEqual(tools.judge((), (14,)).wrong, "older than 14")


class Finders(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        environment = mock.patch.dict(os.environ, {"PATH": folder.name, "CXX": ""})
        environment.start()
        self.addCleanup(environment.stop)

    def put(self, name: str, prints: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\necho '{prints}'\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def test_a_missing_program_is_not_found(self) -> None:
        self.assertIsNone(tools.program("kit-no-such-program")())

    def test_an_old_program_is_found_but_will_not_do(self) -> None:
        self.put("kit-cmake", "cmake version 3.16.3")
        found = tools.program("kit-cmake", least=(3, 22))()
        self.assertEqual(found, Found("3.16.3", "older than 3.22"))

    def test_the_first_of_several_programs_will_do(self) -> None:
        self.put("kit-make", "")
        self.assertEqual(tools.program("kit-ninja", "kit-make")(), Found("kit-make"))

    def test_the_compiler_is_the_one_that_cmake_takes(self) -> None:
        self.put("c++", "Debian clang version 13.0.1")
        self.put("g++", "12.2.0")
        self.assertEqual(tools.compiler(), Found("clang++ 13.0.1", "older than 14"))
        with mock.patch.dict(os.environ, {"CXX": "g++ -m64"}):
            self.assertEqual(tools.compiler(), Found("g++ 12.2.0"))


class Advice(unittest.TestCase):
    def test_names_the_packages_of_what_is_missing_or_too_old_and_no_others(self) -> None:
        findings = [row("cmake", Use.BUILD, Found("3.16", "older than 3.22")), row("git", Use.BUILD, Found("")),
                    row("nc", Use.STUDY, None, "netcat-openbsd")]
        needed, others = doctor.advice(findings).split("Useful too")
        self.assertRegex(needed, r"apt-get install -y --no-install-recommends cmake\n")
        self.assertRegex(others, r"apt-get install -y --no-install-recommends netcat-openbsd$")
        self.assertNotIn("git", needed + others)

    def test_says_when_everything_is_here(self) -> None:
        self.assertEqual(doctor.advice([row("git", Use.BUILD, Found(""))]), "Everything is here.")

    def test_the_table_tells_missing_from_too_old(self) -> None:
        text = doctor.table([row("cmake", Use.BUILD, Found("3.16", "older than 3.22")), row("git", Use.BUILD, None)])
        self.assertRegex(text, r"too old +cmake +3\.16")
        self.assertRegex(text, r"missing +git")

    def test_users_other_than_root_need_sudo(self) -> None:
        with mock.patch("os.geteuid", return_value=1000):
            self.assertEqual(install.apt_command(["x"])[:2], ["sudo", "apt-get"])


class Command(unittest.TestCase):
    def run_doctor(self, *findings: Finding) -> int:
        with mock.patch.object(doctor, "examine", return_value=list(findings)), \
                contextlib.redirect_stdout(io.StringIO()):
            return doctor.run(mock.Mock(install=False, yes=False))

    def test_fails_only_for_what_is_needed(self) -> None:
        self.assertEqual(self.run_doctor(row("git", Use.BUILD, Found("")), row("nc", Use.STUDY, None)), 0)
        self.assertEqual(self.run_doctor(row("git", Use.BUILD, None)), 1)

    def test_nothing_is_installed_against_a_no(self) -> None:
        with mock.patch("sys.stdin.isatty", return_value=True), mock.patch("builtins.input", return_value="n"), \
                mock.patch.object(install, "which", return_value="/usr/bin/apt-get"), \
                mock.patch("subprocess.run") as ran, contextlib.redirect_stdout(io.StringIO()):
            self.assertFalse(install.install(["x"], yes=False))
        ran.assert_not_called()


if __name__ == "__main__":
    unittest.main()
