"""The build: fast when nothing changed, and clear when it fails."""

from __future__ import annotations

import shutil
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from autograder.errors import BuildError, WrongUse
from autograder.run import build as module
from autograder.run.build import Target, build, compile_shim, first_errors

ECHO = Target(1, "echo_server")
_CMAKE = """cmake_minimum_required(VERSION 3.22)
project(tiny LANGUAGES CXX)
add_executable(lab01_echo_server labs/lab01_echo/main.cpp)
set_target_properties(lab01_echo_server PROPERTIES
  OUTPUT_NAME echo_server RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lab01)
"""


class Building(unittest.TestCase):
    def setUp(self) -> None:
        self.root = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        lab = self.root / "labs" / "lab01_echo"
        lab.mkdir(parents=True)
        (self.root / "CMakeLists.txt").write_text(_CMAKE)
        (lab / "CMakeLists.txt").touch()
        self.main = lab / "main.cpp"
        self.main.write_text("int main() {}\n")

    def test_makes_the_program(self) -> None:
        built = build([ECHO], root=self.root)
        self.assertTrue(ECHO.path(built.directory).is_file())
        self.assertIsNone(built.shim)

    def test_configures_again_only_when_the_settings_change(self) -> None:
        build([ECHO], root=self.root)
        with mock.patch.object(module, "_run", wraps=module._run) as steps:
            build([ECHO], root=self.root)
            self.assertEqual(steps.call_count, 1)
            build([ECHO], root=self.root, directory=self.root / "build" / "check", solved=(3,))
            self.assertEqual(steps.call_count, 3)
            (self.root / "CMakeLists.txt").write_text(_CMAKE + "# changed\n")
            build([ECHO], root=self.root, solved=(3,))
            self.assertEqual(steps.call_count, 5)

    def test_shows_the_first_errors_of_the_compiler(self) -> None:
        self.main.write_text("int main() { return missing; }\n")
        with self.assertRaises(BuildError) as caught:
            build([ECHO], root=self.root)
        self.assertIn("labs/lab01_echo/main.cpp:1:21: error:", str(caught.exception))
        self.assertIn("return missing", str(caught.exception))
        self.assertIn("build/check/kit_build.log", str(caught.exception))

    def test_a_compiler_that_never_ends_is_stopped(self) -> None:
        (self.root / "CMakeLists.txt").write_text(_CMAKE + 'execute_process(COMMAND sleep 60)\n')
        with self.assertRaisesRegex(BuildError, "given up"):
            build([ECHO], root=self.root, seconds=1)

    def test_a_lab_that_is_not_there_is_wrong_use(self) -> None:
        with self.assertRaisesRegex(WrongUse, "labs/lab02_lines/CMakeLists.txt is missing"):
            build([Target(2, "line_server")], root=self.root)
        with self.assertRaisesRegex(WrongUse, "solution/lab01_echo/CMakeLists.txt is missing"):
            build([ECHO], root=self.root, solved="all")

    def test_a_missing_tool_is_named(self) -> None:
        nothing = mock.patch.object(module.shutil, "which", return_value=None)
        with nothing, self.assertRaisesRegex(WrongUse, "cmake is not"):
            build([ECHO], root=self.root)

    def test_the_shim_is_compiled_once(self) -> None:
        first = compile_shim(self.root / "shim")
        self.assertIsNotNone(first)
        stamp = first.stat().st_mtime_ns
        self.assertEqual(compile_shim(self.root / "shim").stat().st_mtime_ns, stamp)
        with mock.patch.object(module.shutil, "which", return_value=None):
            self.assertIsNone(compile_shim(self.root / "nowhere"))


class FirstErrors(unittest.TestCase):
    def test_three_are_shown_and_the_others_counted(self) -> None:
        output = "\n".join(f"a.cpp:{line}:1: error: bad\n  {line} | code\n    | ^\n[1/2] noise" for line in range(5))
        shown = first_errors(output)
        self.assertEqual(shown.count(": error: bad"), 3)
        self.assertIn("... and 2 more errors", shown)
        self.assertNotIn("noise", shown)

    def test_the_linker_and_cmake_are_understood(self) -> None:
        output = "x\n/usr/bin/ld: a.cpp:3: undefined reference to `f()'\ny"
        self.assertIn("undefined reference to `f()'", first_errors(output))
        self.assertIn("No such folder", first_errors("CMake Error at CMakeLists.txt:3 (x):\n  No such folder\n\nmore"))

    def test_what_is_not_understood_is_shown_by_its_end(self) -> None:
        self.assertEqual(first_errors("a\nb"), "a\nb")


if __name__ == "__main__":
    unittest.main()
