"""`quickstart`: the board, and when it calls the reference good."""

import argparse
import contextlib
import io
import unittest
from pathlib import Path
from unittest import mock

from autograder.kit import install, quickstart, reference
from autograder.labs import LABS
from autograder.scenario import Result, Verdict


def result(verdict: Verdict) -> Result:
    return Result("a_scenario", 1, verdict, 50 if verdict.earns else 0, 50)


class Board(unittest.TestCase):
    def test_a_row_counts_scenarios_and_points(self) -> None:
        text = quickstart.row("1 echo", [result(Verdict.PASS), result(Verdict.FAIL)], 3.21)
        self.assertEqual(text.split(), ["1", "echo", "1/2", "50/100", "50", "%", "3.2", "s"])

    def test_a_row_of_nothing_is_no_hundred_percent(self) -> None:
        self.assertEqual(quickstart.row("1 echo", [], 0.0).split()[2:6], ["0/0", "0/0", "0", "%"])


class Quickstart(unittest.TestCase):
    def quickstart(self, verdict: Verdict = Verdict.PASS, installed: bool = True) -> tuple[int, str]:
        grade = mock.patch.object(reference, "grade_lab", return_value=[result(verdict)])
        build = mock.patch.object(reference, "build_preset", return_value=Path("build/reference"))
        ensure = mock.patch.object(install, "ensure", return_value=installed)
        with grade as graded, build, ensure, contextlib.redirect_stdout(io.StringIO()) as printed:
            status = quickstart.run(argparse.Namespace(yes=True))
        self.assertEqual(graded.call_count, len(LABS) if installed else 0)
        return status, printed.getvalue()

    def test_a_good_reference_shows_how_to_start_it(self) -> None:
        status, printed = self.quickstart()
        self.assertEqual(status, 0)
        self.assertIn("build/bin/ftp_server 1234", printed)

    def test_one_failure_is_a_failure_and_says_how_to_see_it(self) -> None:
        status, printed = self.quickstart(Verdict.FAIL)
        self.assertEqual(status, 1)
        self.assertIn("check 1 --solution --only a_scenario", printed)

    def test_a_grader_error_is_no_pass_for_the_reference(self) -> None:
        self.assertEqual(self.quickstart(Verdict.GRADER_ERROR)[0], 1)

    def test_nothing_is_built_while_tools_are_missing(self) -> None:
        status, printed = self.quickstart(installed=False)
        self.assertEqual((status, printed), (1, ""))


if __name__ == "__main__":
    unittest.main()
