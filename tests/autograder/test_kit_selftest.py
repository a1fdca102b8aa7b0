"""`selftest`: every step is tried whatever the others do, and the closing line counts."""

import argparse
import contextlib
import io
import threading
import time
import unittest
from unittest import mock

from autograder.cli import Interrupted
from autograder.errors import BuildError, WrongUse
from autograder.kit import selftest, selftest_steps, step
from autograder.kit.selftest_starters import unclean
from autograder.kit.step import Outcome, Ran, command
from autograder.run.runner import Runner


def good() -> Outcome:
    """Passes."""
    return Outcome(5, 0, "not shown")


def bad() -> Outcome:
    """Fails."""
    return Outcome(1, 2, "\n".join(f"line {number}" for number in range(100)))


def unbuilt() -> Outcome:
    """Does not build."""
    raise BuildError("x.cpp:1:1: error")


def broken() -> Outcome:
    """Raises."""
    raise ValueError("a bug")


class Selftest(unittest.TestCase):
    ROWS = {"good": good, "bad": bad, "unbuilt": unbuilt, "broken": broken}

    def run_steps(self, *only: str, listing: bool = False) -> tuple[int, str]:
        arguments = argparse.Namespace(only=list(only), list=listing)
        with mock.patch.object(selftest, "steps", return_value=self.ROWS), \
                contextlib.redirect_stdout(io.StringIO()) as printed:
            return selftest.run(arguments), printed.getvalue()

    def test_a_failed_step_stops_no_other(self) -> None:
        status, printed = self.run_steps()
        self.assertEqual(status, 1)
        self.assertEqual(printed.splitlines()[-1], "6 passed, 4 failed")
        self.assertIn("x.cpp:1:1: error", printed)
        self.assertIn("ValueError: a bug", printed)

    def test_the_tail_of_a_failed_step_is_shown(self) -> None:
        _, printed = self.run_steps("bad")
        self.assertIn("    ... 40 lines before\n    line 40\n", printed)
        self.assertIn("    line 99\n", printed)

    def test_all_passing_is_status_0(self) -> None:
        self.assertEqual(self.run_steps("good")[0], 0)

    def test_steps_for_the_compiler_run_behind_the_others(self) -> None:
        with mock.patch.object(selftest, "BEHIND", ("bad",)):
            status, printed = self.run_steps()
        self.assertEqual(status, 1)
        self.assertLess(printed.index("broken "), printed.index("bad "))
        self.assertEqual(printed.splitlines()[-1], "6 passed, 4 failed")

    def test_a_signal_ends_the_background_too(self) -> None:
        def long() -> Outcome:
            command(["sleep", "300"], 300)
            return good()

        def ended() -> Outcome:
            while not step._running:
                time.sleep(0.01)  # a bounded poll: the other thread is about to start it
                self.assertLess(time.monotonic(), until)
            raise Interrupted

        until = time.monotonic() + 60
        with mock.patch.dict(self.ROWS, {"long": long, "ended": ended}), mock.patch.object(selftest, "BEHIND", ("long",)), \
                mock.patch.object(step, "_no_more", threading.Event()), self.assertRaises(Interrupted):
            self.run_steps("long", "ended")
        self.assertLess(time.monotonic(), until)

    def test_nothing_passing_is_no_success(self) -> None:
        with mock.patch.dict(self.ROWS, {"good": lambda: Outcome(0, 0)}):
            self.assertEqual(self.run_steps("good")[0], 1)

    def test_steps_are_listed_with_what_they_say_of_themselves(self) -> None:
        self.assertIn("good         Passes.\n", self.run_steps(listing=True)[1])

    def test_an_unknown_step_is_wrong_use(self) -> None:
        with self.assertRaisesRegex(WrongUse, "no step nosuch: the steps are good, bad"):
            self.run_steps("nosuch")

    def test_every_real_step_says_what_it_is(self) -> None:
        for name, step in selftest.steps().items():
            self.assertTrue((step.__doc__ or "").splitlines()[0].endswith("."), name)


class Scenarios(unittest.TestCase):
    """The grader kills children that it does not know, so it must not run where the background's compilers run."""

    def test_are_graded_in_a_process_of_their_own(self) -> None:
        with mock.patch.object(selftest_steps, "build_preset"), \
                mock.patch.object(Runner, "run", side_effect=AssertionError("graded in this process")), \
                mock.patch.object(selftest_steps, "command", return_value=Ran(0, "709 passed, 0 failed\n")) as command:
            self.assertEqual(selftest_steps.scenarios().passed, 709)
        self.assertEqual(command.call_args.args[0][2:], ["conformance", "--check", "--preset", "solution"])


class Starters(unittest.TestCase):
    def report(self, *failures: str) -> dict[str, object]:
        tests = [{"name": f"T{number}", **({"failures": [{"failure": text}]} if text else {})}
                 for number, text in enumerate(failures)]
        return {"testsuites": [{"name": "S", "testsuite": tests}]}

    def test_failing_because_nothing_is_written_is_clean(self) -> None:
        self.assertEqual(unclean(self.report("", 'description "not implemented yet: lab 2, A::b" thrown'), 2), [])

    def test_any_other_failure_is_not(self) -> None:
        for text in ("Expected equality", "not implemented yet: lab 1, f", "not implemented yet: lab 20, f"):
            with self.subTest(text):
                self.assertRegex(unclean(self.report(text), 2)[0], "^S.T0 fails without saying")

    def test_a_starter_that_passes_everything_is_a_mistake(self) -> None:
        self.assertEqual(unclean(self.report("", ""), 2), ["none of 2 unit tests fails: what do they test?"])


if __name__ == "__main__":
    unittest.main()
