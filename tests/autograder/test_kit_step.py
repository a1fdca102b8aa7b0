"""Steps of `selftest`: commands that are run, and what test runners say in their closing lines."""

import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

from autograder.kit import step
from autograder.kit.step import (
    Outcome, Ran, closing_outcome, command, ctest_outcome, prove_outcome, stop_all, unittest_outcome,
)


class Commands(unittest.TestCase):
    def test_output_and_status_are_kept(self) -> None:
        ran = command(["sh", "-c", "echo out; echo err >&2; exit 3"], 20)
        self.assertEqual(ran.status, 3)
        self.assertIn("out", ran.output)
        self.assertIn("err", ran.output)

    def test_one_that_takes_too_long_is_killed_with_its_children(self) -> None:
        began = time.monotonic()
        ran = command(["sh", "-c", "echo begun; sleep 300 & sleep 300"], 0.5)
        self.assertLess(time.monotonic() - began, 100)
        self.assertEqual(ran.status, -9)
        self.assertIn("begun", ran.output)
        self.assertIn("not done after 0.5 seconds", ran.output)

    def test_ctrl_c_ends_what_other_threads_run(self) -> None:
        with mock.patch.object(step, "_no_more", threading.Event()), ThreadPoolExecutor(1) as background:
            running = background.submit(command, ["sleep", "300"], 300)
            while not step._running:
                self.assertFalse(running.done(), "the command did not begin")
            stop_all()
            self.assertEqual(running.result(60).status, -9)
            self.assertEqual(command(["true"], 20).status, -9)


class Counting(unittest.TestCase):
    def counts(self, outcome: Outcome) -> tuple[int, int]:
        return outcome.passed, outcome.failed

    def test_unittest(self) -> None:
        cases = {
            "....\nRan 4 tests in 0.1s\n\nOK\n": (4, 0),
            "Ran 1 test in 0.1s\n\nOK\n": (1, 0),
            "Ran 9 tests in 1s\n\nFAILED (failures=2, errors=1)\n": (6, 3),
            "Ran 9 tests in 1s\n\nOK (skipped=4)\n": (5, 4),
        }
        for output, expected in cases.items():
            with self.subTest(output):
                self.assertEqual(self.counts(unittest_outcome(Ran(1 if "FAILED" in output else 0, output))), expected)

    def test_ctest(self) -> None:
        self.assertEqual(self.counts(ctest_outcome(Ran(0, "100% tests passed, 0 tests failed out of 143\n"))), (143, 0))
        self.assertEqual(self.counts(ctest_outcome(Ran(8, "99% tests passed, 1 tests failed out of 143\n"))), (142, 1))
        skipped = ("100% tests passed, 0 tests failed out of 3\n\nThe following tests did not run:\n"
                   "\t  2 - lab01.Echo.Works (Skipped)\n\t  3 - lab01.Echo.DISABLED_Fails (Disabled)\n")
        self.assertEqual(self.counts(ctest_outcome(Ran(0, skipped))), (1, 2))

    def test_prove(self) -> None:
        line = "{} of 60 mutants die at their scenarios (9 s)"
        self.assertEqual(self.counts(prove_outcome(Ran(0, "E01 dies\n" + line.format(60)))), (60, 0))
        self.assertEqual(self.counts(prove_outcome(Ran(1, line.format(58)))), (58, 2))

    def test_the_kit_s_own_closing_line(self) -> None:
        self.assertEqual(self.counts(closing_outcome(Ran(0, "709 passed, 0 failed\n"))), (709, 0))
        self.assertEqual(self.counts(closing_outcome(Ran(1, "x: fail: 1 passed\n707 passed, 2 failed\n"))), (707, 2))
        self.assertEqual(self.counts(closing_outcome(Ran(0, "0 passed, 0 failed\n"))), (0, 1))

    def test_no_test_at_all_is_a_failure(self) -> None:
        for read, output in ((unittest_outcome, "Ran 0 tests in 0s\n\nOK\n"), (ctest_outcome, "No tests were found!!!"),
                             (prove_outcome, "")):
            self.assertEqual(self.counts(read(Ran(0, output))), (0, 1))

    def test_a_bad_end_is_a_failure_whatever_was_counted(self) -> None:
        self.assertEqual(self.counts(unittest_outcome(Ran(-11, "Ran 4 tests in 0.1s\n\nOK\n"))), (4, 1))

    def test_mistakes_are_counted_against_what_was_tried(self) -> None:
        self.assertEqual(Outcome.of(["a", "b"], 5), Outcome(3, 2, "a\nb"))
        self.assertEqual(Outcome.of([]), Outcome(1, 0, ""))


if __name__ == "__main__":
    unittest.main()
