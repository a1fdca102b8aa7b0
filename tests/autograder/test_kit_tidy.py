"""What clang-tidy is given, and that it still finds everything in files that are included in one another."""

from __future__ import annotations

import json
import os
import shlex
import tempfile
import unittest
from pathlib import Path

from autograder.kit.tidy import look, units, write
from autograder.kit.tools import which
from autograder.kit.tree import ROOT


def entry(path: str, *options: str) -> dict[str, str]:
    file = str(ROOT / path)
    return {"directory": "/build", "file": file, "command": shlex.join(["g++", *options, "-o", "x.o", "-c", file])}


class Units(unittest.TestCase):
    def test_files_of_a_folder_that_are_compiled_alike_are_one_unit(self) -> None:
        found = units([entry("a/x.cpp", "-O0"), entry("a/y.cpp", "-O0"), entry("b/z.cpp", "-O0")],
                      ["a/x.cpp", "a/y.cpp", "b/z.cpp"])
        self.assertEqual([unit.files for unit in found], [("a/x.cpp", "a/y.cpp"), ("b/z.cpp",)])
        self.assertEqual(found[0].options, ("g++", "-O0"))

    def test_other_options_and_programs_stand_alone(self) -> None:
        names = ["a/x.cpp", "a/y.cpp", "a/one_main.cpp", "a/two_main.cpp"]
        found = units([entry(name, *(["-DY"] if name == "a/y.cpp" else [])) for name in names], names)
        self.assertEqual(sorted(unit.files for unit in found), sorted((name,) for name in names))

    def test_a_file_of_no_target_is_told_of(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "compile_commands.json").write_text("[]", encoding="utf-8")
            self.assertEqual(look(Path(folder), ["a/x.cpp"], 1), ["a/x.cpp is compiled for no target"])

    def test_the_commands_are_those_of_the_files(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            names = ["a/x.cpp", "a/with blank.cpp"]
            file, = write(units([entry(name, "-DTEXT=a b") for name in names], names), Path(folder))
            commands = json.loads(Path(folder, "compile_commands.json").read_text(encoding="utf-8"))
            self.assertEqual(shlex.split(commands[0]["command"]), ["g++", "-DTEXT=a b", "-c", str(file)])
            self.assertEqual(file.read_text(encoding="utf-8").count("#include"), 2)


@unittest.skipUnless(which("clang-tidy"), "clang-tidy is not installed")
class Findings(unittest.TestCase):
    def test_bugs_are_found_in_every_file_and_by_the_analyzer_too(self) -> None:
        build = ROOT / "build"
        build.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=build) as name:
            folder = Path(name, "solution")
            folder.mkdir()
            (folder / "one.cpp").write_text("int one(const int* p) { return p == nullptr ? *p : 1; }\n")
            (folder / "two.cpp").write_text("int two(int unused) { return 2; }\n")
            (folder / "good.cpp").write_text("int three() { return 3; }\n")
            paths = [os.path.relpath(path, ROOT) for path in sorted(folder.iterdir())]
            entries = [{**entry(path), "directory": name} for path in paths]
            Path(name, "compile_commands.json").write_text(json.dumps(entries), encoding="utf-8")
            text, = look(Path(name), paths, 1)
            self.assertRegex(text, r"one\.cpp:1:\d+: error: .*clang-analyzer-core\.NullDereference")
            self.assertRegex(text, r"two\.cpp:1:\d+: error: .*misc-unused-parameters")
            self.assertNotIn("good.cpp:", text)


if __name__ == "__main__":
    unittest.main()
