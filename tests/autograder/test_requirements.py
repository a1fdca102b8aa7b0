"""The list of requirements, and that scenarios name rows that exist."""

from __future__ import annotations

import io
import tempfile
import unittest
from argparse import Namespace
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

from autograder.commands import conformance
from autograder.commands.conformance import markdown, status, unmet, worst
from autograder.kit import reference, tree
from autograder.requirements import OUTSIDE, requirements
from autograder.scenario import REGISTRY, Result, Verdict
from autograder.scenarios import load_all


class TheList(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        load_all()

    def test_numbers_its_rows_without_a_gap(self) -> None:
        self.assertEqual(list(requirements()), list(range(1, 201)))

    def test_knows_every_row_that_a_scenario_names(self) -> None:
        unknown = {name: set(scenario.covers) - requirements().keys() for name, scenario in REGISTRY.items()}
        self.assertEqual({name: rows for name, rows in unknown.items() if rows}, {})

    def test_leaves_nothing_out_that_a_scenario_proves(self) -> None:
        self.assertEqual([row for row in OUTSIDE if requirements()[row].scenarios], [])

    def test_takes_the_worst_verdict_of_a_row(self) -> None:
        row = next(row for row in requirements().values() if len(row.scenarios) > 1)
        good, bad = (row.scenarios[0].name, row.scenarios[1].name)
        verdicts = {scenario.name: Verdict.PASS for scenario in row.scenarios}
        self.assertEqual(status(row, verdicts), "pass")
        for verdict in (Verdict.WARN, Verdict.FAIL, Verdict.CRASH):
            self.assertEqual(status(row, {**verdicts, bad: verdict}), verdict.value)
        self.assertEqual(status(row, {good: Verdict.PASS}), "not run")

    def test_takes_the_worst_verdict_of_all_programs(self) -> None:
        results = [Result("one", 1, verdict, 0, 1) for verdict in (Verdict.PASS, Verdict.FAIL, Verdict.PASS)]
        self.assertEqual(worst(results), {"one": Verdict.FAIL})

    def test_knows_a_must_that_is_not_met(self) -> None:
        verdicts = {name: Verdict.PASS for name in REGISTRY}
        row = next(row for row in requirements().values() if row.level == "MUST" and row.scenarios)
        self.assertNotIn(row, unmet(verdicts))
        self.assertIn(row, unmet({**verdicts, row.scenarios[0].name: Verdict.FAIL}))

    def test_has_a_line_for_every_row_in_the_table(self) -> None:
        lines = [line for line in markdown({}).splitlines() if line[:5] in {f"| {n:03}" for n in requirements()}]
        self.assertEqual(len(lines), len(requirements()))


class Check(unittest.TestCase):
    """`conformance --check`, with results in place of a graded reference."""

    @classmethod
    def setUpClass(cls) -> None:
        load_all()
        cls.proves = next(row.scenarios[0].name for row in requirements().values() if row.scenarios)

    def check(self, verdict: Verdict, page: str) -> tuple[int, str]:
        """What it returns and prints when the first scenario that proves a requirement gets the verdict."""
        results = [Result(name, scenario.lab, verdict if name == self.proves else Verdict.PASS, 0, 1)
                   for name, scenario in REGISTRY.items()]
        with tempfile.TemporaryDirectory() as root, mock.patch.object(tree, "ROOT", Path(root)), \
                mock.patch.object(reference, "build_preset"), redirect_stdout(io.StringIO()) as printed, \
                mock.patch.object(reference, "grade_everything", return_value=results):
            Path(root, "docs").mkdir()
            Path(root, "docs", "conformance.md").write_text(page, encoding="utf-8")
            return conformance.run(Namespace(check=True, out=None, preset="solution")), printed.getvalue()

    def test_everything_right_is_status_0(self) -> None:
        page = markdown(dict.fromkeys(REGISTRY, Verdict.PASS))
        self.assertEqual(self.check(Verdict.PASS, page), (0, f"{len(REGISTRY) + 1} passed, 0 failed\n"))

    def test_a_scenario_that_fails_is_named_and_makes_the_page_stale(self) -> None:
        status, printed = self.check(Verdict.FAIL, markdown(dict.fromkeys(REGISTRY, Verdict.PASS)))
        self.assertEqual(status, 1)
        self.assertIn(f"{self.proves}: fail", printed)
        self.assertIn("conformance.md is out of date", printed)
        self.assertRegex(printed, rf"(?m)^{len(REGISTRY) + 1 - len(printed.splitlines()[:-1])} passed, \d failed$")

    def test_another_page_is_a_failure(self) -> None:
        status, printed = self.check(Verdict.PASS, "old")
        self.assertEqual(status, 1)
        self.assertRegex(printed, r"(?m)^\d+ passed, 1 failed$")


if __name__ == "__main__":
    unittest.main()
