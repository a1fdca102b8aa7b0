"""The list of requirements, and that scenarios name rows that exist."""

from __future__ import annotations

import unittest

from autograder.commands.conformance import markdown, status, unmet, worst
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


if __name__ == "__main__":
    unittest.main()
