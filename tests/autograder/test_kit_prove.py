"""`prove`: which mutants are chosen, when one counts as killed, and what its line says."""

import unittest

from autograder.errors import WrongUse
from autograder.kit.mutants import Mutant
from autograder.kit.prove import choose, idle, in_order, row
from autograder.kit.prove_worker import Outcome
from autograder.scenario import Verdict, of_lab
from autograder.scenarios import load_all


def mutant(name: str, *scenarios: str) -> Mutant:
    return Mutant(name, "lab01_echo/echo.cpp", "needle", "other", "it dies", scenarios)


class Choosing(unittest.TestCase):
    ROWS = {1: [mutant("E01", "a"), mutant("E02", "b")], 2: [mutant("F01", "c")]}

    def ids(self, lab: int | None, *only: str) -> list[str]:
        return [chosen.id for chosen in choose(self.ROWS, lab, only)]

    def test_by_lab_and_by_id(self) -> None:
        self.assertEqual(self.ids(None), ["E01", "E02", "F01"])
        self.assertEqual(self.ids(1), ["E01", "E02"])
        self.assertEqual(self.ids(None, "F01", "E02"), ["E02", "F01"])

    def test_none_at_all_is_wrong_use(self) -> None:
        for lab, only, message in ((99, (), "no lab 99"), (None, ("X",), "no mutant is called X"), (3, (), "in lab 3"),
                                   (2, ("E01",), "no mutant is called E01")):
            with self.subTest(message), self.assertRaisesRegex(WrongUse, message):
                choose(self.ROWS, lab, only)

    def test_what_has_to_be_alone_comes_last(self) -> None:
        load_all()
        alone = next(scenario.name for scenario in of_lab(1) if scenario.alone)
        other = next(scenario.name for scenario in of_lab(1) if not scenario.alone)
        last, first = mutant("E01", other, alone), mutant("E02", other)
        self.assertEqual(in_order([last, first]), [first, last])

    def test_scenarios_that_no_mutant_names_are_known(self) -> None:
        load_all()
        names = [scenario.name for scenario in of_lab(1)]
        self.assertEqual(idle([mutant("E01", *names[1:])], [1]), [names[0]])


class Killing(unittest.TestCase):
    def outcome(self, **verdicts: Verdict) -> Outcome:
        return Outcome(mutant("E01", "a", "b"), verdicts, seconds=1.5)

    def test_every_named_scenario_has_to_fail(self) -> None:
        self.assertTrue(self.outcome(a=Verdict.FAIL, b=Verdict.CRASH).killed)
        self.assertTrue(self.outcome(a=Verdict.TIMEOUT, b=Verdict.WARN, c=Verdict.PASS).killed)
        self.assertFalse(self.outcome(a=Verdict.FAIL, b=Verdict.PASS).killed)

    def test_what_says_nothing_about_the_program_kills_nothing(self) -> None:
        for verdict in (Verdict.BLOCKED, Verdict.GRADER_ERROR, Verdict.UNSUPPORTED):
            self.assertFalse(self.outcome(a=Verdict.FAIL, b=verdict).killed, verdict)
        self.assertFalse(self.outcome(a=Verdict.FAIL).killed)
        self.assertFalse(Outcome(mutant("E01", "a"), {"a": Verdict.FAIL}, error="does not compile").killed)

    def test_the_line_says_where_it_died_or_what_survives(self) -> None:
        self.assertEqual(row(self.outcome(a=Verdict.FAIL, b=Verdict.CRASH, c=Verdict.FAIL, d=Verdict.BLOCKED)),
                         "E01    dies at   a (fail), b (crash); also c  1.5 s")
        late = row(Outcome(mutant("E01", "a"), {"a": Verdict.FAIL}, seconds=2.0, tries=2))
        self.assertEqual(late, "E01    dies at   a (fail)  at try 2  2.0 s")
        survivor = row(self.outcome(a=Verdict.PASS, b=Verdict.FAIL))
        self.assertIn("SURVIVES  a (pass), b (fail)", survivor)
        self.assertIn("it dies; solution/lab01_echo/echo.cpp: 'needle'", survivor)
        broken = row(Outcome(mutant("E01", "a"), error="does not compile"))
        self.assertEqual(broken, "E01    BROKEN    does not compile")


if __name__ == "__main__":
    unittest.main()
