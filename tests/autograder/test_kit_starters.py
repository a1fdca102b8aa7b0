"""`starters` on small trees: what it writes, what it leaves alone, and what it calls drift."""

import tempfile
import unittest
from pathlib import Path

from autograder.kit import starters

SOURCE = "int f() {\n  // BEGIN SOLUTION f\n  return 1;\n  // END SOLUTION\n}\n"
STARTER = '#include "todo.h"\n\nint f() {\n  KIT_TODO("lab 1, f");\n}\n'


class StartersTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.put("solution/lab01_echo/f.cpp", SOURCE)
        self.put("solution/lab01_echo/f.h", "int f();\n")
        self.put("solution/lab01_echo/CMakeLists.txt", "kit_lab(echo)\n")
        self.put("solution/lab01_echo/notes.txt", "not code\n")

    def put(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def labs(self) -> list[str]:
        files = (path for path in (self.root / "labs").rglob("*") if path.is_file())
        return sorted(str(path.relative_to(self.root / "labs")) for path in files)

    def test_writes_code_and_cmake_files_and_nothing_else(self) -> None:
        starters.write(self.root)
        self.assertEqual(self.labs(), [".generated", "lab01_echo/CMakeLists.txt", "lab01_echo/f.cpp", "lab01_echo/f.h"])
        self.assertEqual((self.root / "labs/lab01_echo/f.cpp").read_text(), STARTER)

    def test_a_second_run_changes_nothing(self) -> None:
        self.assertEqual(len(starters.write(self.root)), 3)
        self.assertEqual(starters.write(self.root), [])
        self.assertEqual(starters.drift(self.root), "")

    def test_removes_what_the_solution_no_longer_yields_and_keeps_the_rest(self) -> None:
        starters.write(self.root)
        self.put("labs/lab01_echo/README.md", "handout\n")
        self.put("labs/lab01_echo/mine.cpp", "int mine;\n")
        self.put("solution/lab01_echo/f.cpp", "// SOLUTION ONLY\n" + SOURCE)
        (self.root / "solution/lab01_echo/f.h").unlink()
        starters.write(self.root)
        self.assertEqual(self.labs(), [".generated", "lab01_echo/CMakeLists.txt", "lab01_echo/README.md",
                                       "lab01_echo/mine.cpp"])

    def test_an_edited_starter_is_kept_unless_forced(self) -> None:
        starters.write(self.root)
        self.put("labs/lab01_echo/f.cpp", "int f() { return 2; }\n")
        with self.assertRaisesRegex(ValueError, "labs/lab01_echo/f.cpp"):
            starters.write(self.root)
        self.assertEqual((self.root / "labs/lab01_echo/f.cpp").read_text(), "int f() { return 2; }\n")
        starters.write(self.root, force=True)
        self.assertEqual((self.root / "labs/lab01_echo/f.cpp").read_text(), STARTER)

    def test_a_students_own_file_is_kept_when_the_solution_takes_its_name(self) -> None:
        starters.write(self.root)
        self.put("labs/lab01_echo/new.h", "int mine;\n")
        self.put("solution/lab01_echo/new.h", "int ours;\n")
        with self.assertRaisesRegex(ValueError, "labs/lab01_echo/new.h"):
            starters.write(self.root)

    def test_drift_is_shown_as_a_diff(self) -> None:
        starters.write(self.root)
        self.put("solution/lab01_echo/f.h", "int f();\nint g();\n")
        self.assertIn("--- labs/lab01_echo/f.h\n+++ labs/lab01_echo/f.h\n", starters.drift(self.root))
        self.assertIn("+int g();", starters.drift(self.root))

    def test_a_missing_starter_and_a_missing_manifest_are_drift(self) -> None:
        self.assertIn("+++ labs/lab01_echo/f.cpp", starters.drift(self.root))
        starters.write(self.root)
        (self.root / "labs/.generated").unlink()
        self.assertIn(".generated", starters.drift(self.root))

    def test_a_tree_without_solution_is_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "holds no lab"):
            starters.render(self.root / "nowhere")

    def test_two_folders_of_one_lab_are_refused(self) -> None:
        self.put("solution/lab01_other/x.h", "")
        with self.assertRaisesRegex(ValueError, "both lab 1"):
            starters.render(self.root)


if __name__ == "__main__":
    unittest.main()
