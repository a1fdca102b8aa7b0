"""The list of requirements, and that scenarios name rows that exist."""

from __future__ import annotations

import unittest

from autograder.commands.conformance import markdown, status
from autograder.requirements import OUTSIDE, requirements
from autograder.scenario import REGISTRY
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

    def test_says_proved_only_where_a_scenario_stands(self) -> None:
        for row in requirements().values():
            self.assertEqual(status(row) == "proved", bool(row.scenarios), row)

    def test_has_a_line_for_every_row_in_the_table(self) -> None:
        lines = [line for line in markdown().splitlines() if line[:5] in {f"| {n:03}" for n in requirements()}]
        self.assertEqual(len(lines), len(requirements()))


if __name__ == "__main__":
    unittest.main()
