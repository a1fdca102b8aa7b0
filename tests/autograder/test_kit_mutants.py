"""Mutant rows: what makes one, and the mistakes in rows that are told apart."""

import tempfile
import unittest
from pathlib import Path

from autograder.kit.mutants import Mutant, MutantError, load, verify
from autograder.kit.prove import idle
from autograder.kit.tree import ROOT
from autograder.labs import LABS
from autograder.scenario import REGISTRY
from autograder.scenarios import load_all


class MutantTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "lab01_echo").mkdir()
        (self.root / "lab01_echo/echo.cpp").write_text("one two two three\n")

    def mutant(self, **changes: object) -> Mutant:
        fields = {"id": "E01", "file": "lab01_echo/echo.cpp", "needle": "one", "replacement": "1", "symptom": "?",
                  "killed_by": "echo_works", **changes}
        return Mutant(**fields)  # type: ignore[arg-type]

    def mistakes(self, **changes: object) -> list[str]:
        return self.mutant(**changes).mistakes(self.root, {"echo_works"})

    def test_a_good_row_has_no_mistakes(self) -> None:
        self.assertEqual(self.mistakes(), [])

    def test_a_needle_must_occur_exactly_once(self) -> None:
        self.assertIn("the needle occurs 2 times in solution/lab01_echo/echo.cpp", self.mistakes(needle="two")[0])
        self.assertIn("the needle occurs 0 times", self.mistakes(needle="four")[0])
        self.assertIn("the needle occurs 0 times", self.mistakes(needle="")[0])

    def test_file_replacement_and_scenarios_are_checked(self) -> None:
        self.assertEqual(self.mistakes(file="lab01_echo/no.cpp"), ["E01: there is no solution/lab01_echo/no.cpp"])
        self.assertEqual(self.mistakes(replacement="one"), ["E01: the replacement is the needle: 'one'"])
        self.assertEqual(self.mistakes(killed_by=("echo_works", "nobody")), ["E01: no scenario is called nobody"])
        self.assertEqual(self.mistakes(killed_by=()), ["E01: killed_by names no scenario"])

    def test_all_edits_are_applied_and_the_solution_is_left_alone(self) -> None:
        mutant = self.mutant(also=(("lab01_echo/echo.cpp", "three", "3"),))
        self.assertEqual(mutant.sources(self.root), {Path("lab01_echo/echo.cpp"): "1 two two 3\n"})
        self.assertEqual((self.root / "lab01_echo/echo.cpp").read_text(), "one two two three\n")

    def test_every_mistake_is_told_at_once(self) -> None:
        rows = [self.mutant(needle="two"), self.mutant(file="none.cpp")]
        with self.assertRaises(MutantError) as raised:
            verify({1: rows}, self.root, {"echo_works"})
        self.assertEqual(len(str(raised.exception).splitlines()), 3)
        self.assertIn("lab 1, E01: two mutants have this id", str(raised.exception))

    def test_an_id_is_unique_in_its_lab(self) -> None:
        verify({1: [self.mutant()], 2: [self.mutant()]}, self.root, {"echo_works"})


class Loading(unittest.TestCase):
    def load(self, name: str, text: str) -> dict[int, list[Mutant]]:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / name).write_text(text)
            return load(Path(folder))

    def test_rows_are_found_by_lab(self) -> None:
        rows = self.load("lab02_lines.py", "from autograder.kit.mutants import Mutant\n"
                         "MUTANTS = [Mutant('F01', 'f', 'n', 'r', 's', 'k')]\n")
        self.assertEqual([mutant.id for mutant in rows[2]], ["F01"])
        self.assertEqual(rows[2][0].scenarios, ("k",))

    def test_a_broken_file_is_named(self) -> None:
        incomplete = "from autograder.kit.mutants import Mutant\nMUTANTS = [Mutant('F01')]"
        for text in ("MUTANTS = [", "rows = []", incomplete):
            with self.subTest(text), self.assertRaisesRegex(MutantError, "lab02_lines.py: "):
                self.load("lab02_lines.py", text)


class TheRows(unittest.TestCase):
    def test_fit_the_solution_and_name_every_scenario(self) -> None:
        load_all()
        rows = load(ROOT / "tests" / "mutants")
        verify(rows, ROOT / "solution", REGISTRY)
        self.assertEqual(idle([mutant for group in rows.values() for mutant in group], LABS), [])


if __name__ == "__main__":
    unittest.main()
