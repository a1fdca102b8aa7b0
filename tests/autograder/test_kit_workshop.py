"""The workshop: a copy of the kit that differs from it in just what was asked for."""

import os
import tempfile
import unittest
from pathlib import Path

from autograder.kit.workshop import Workshop


class WorkshopTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root, self.place = Path(folder.name) / "kit", Path(folder.name) / "place"
        for path, text in {"CMakeLists.txt": "project(x)", "common/a.h": "a", "solution/lab01_echo/e.cpp": "e",
                           "labs/lab01_echo/README.md": "handout", "build/common/junk.o": "junk"}.items():
            (self.root / path).parent.mkdir(parents=True, exist_ok=True)
            (self.root / path).write_text(text)

    def laid(self) -> dict[str, str]:
        tree = self.place / "tree"
        return {path.relative_to(tree).as_posix(): path.read_text() for path in tree.rglob("*") if path.is_file()}

    def test_holds_what_a_build_reads_and_nothing_else(self) -> None:
        Workshop(self.place, self.root).lay()
        self.assertEqual(self.laid(), {"CMakeLists.txt": "project(x)", "common/a.h": "a",
                                       "solution/lab01_echo/e.cpp": "e"})

    def test_changes_come_on_top_and_go_with_the_next_ones(self) -> None:
        workshop = Workshop(self.place, self.root)
        workshop.lay({"solution/lab01_echo/e.cpp": b"wrong", "labs/lab01_echo/new.h": b"new"})
        self.assertEqual(self.laid()["solution/lab01_echo/e.cpp"], "wrong")
        self.assertEqual(self.laid()["labs/lab01_echo/new.h"], "new")
        workshop.lay()
        self.assertEqual(self.laid()["solution/lab01_echo/e.cpp"], "e")
        self.assertNotIn("labs/lab01_echo/new.h", self.laid())
        self.assertEqual((self.root / "solution/lab01_echo/e.cpp").read_text(), "e")

    def test_what_did_not_change_is_not_written_again_even_by_the_next_run(self) -> None:
        Workshop(self.place, self.root).lay({"solution/lab01_echo/e.cpp": b"wrong"})
        untouched = self.place / "tree/common/a.h"
        os.utime(untouched, (1, 1))
        Workshop(self.place, self.root).lay()
        self.assertEqual(untouched.stat().st_mtime, 1)
        self.assertEqual(self.laid()["solution/lab01_echo/e.cpp"], "e")


if __name__ == "__main__":
    unittest.main()
