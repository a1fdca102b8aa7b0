"""The runner: the verdict for each way in which a program or a scenario goes wrong; and nothing is left running."""

from __future__ import annotations

import signal
import time
import unittest

from autograder.run import sandbox
from autograder.run.job import Circumstances
from autograder.run.runner import Runner
from autograder.scenario import COURSE, SHOULD, Verdict
from autograder.wire.transcript import Unsupported
from tests.autograder import fakes
from tests.autograder.runner_case import RunnerTest, a_scenario, starts

DEADLINE = 10.0


def connects(server) -> None:
    """The server accepts and then closes."""
    with server.connect() as wire:
        wire.expect_gone()


def overstays(server) -> None:
    """The scenario never ends."""
    while True:
        time.sleep(1)


class Verdicts(RunnerTest):
    def test_a_good_program_passes_and_earns(self) -> None:
        result = self.run_one(fakes.ECHO)
        self.assertEqual((result.verdict, result.points), (Verdict.PASS, 4), result)
        self.assertTrue(result.transcript)
        self.assertEqual(result.sandbox, self.level)

    def test_a_program_that_ends_at_once_fails_with_its_last_words(self) -> None:
        result = self.run_one(fakes.EXITS_AT_ONCE)
        self.assertEqual((result.verdict, result.points), (Verdict.FAIL, 0))
        self.assertIn("Address already in use", result.failure.observed)
        self.assertIn("Address already in use", result.stderr)

    def test_a_program_that_listens_elsewhere_fails(self) -> None:
        result = self.run_one(fakes.LISTENS_ELSEWHERE, scale=0.1)
        self.assertEqual(result.verdict, Verdict.FAIL)
        self.assertIn("does listen, on port", result.failure.observed)

    def test_what_is_not_implemented_yet_is_said_shortly(self) -> None:
        result = self.run_one(fakes.UNFINISHED)
        self.assertEqual(result.verdict, Verdict.FAIL)
        self.assertEqual(result.failure.observed, "not implemented yet: lab 1, TcpListener::accept")

    def test_death_by_signal_is_a_crash_even_if_the_scenario_is_content(self) -> None:
        result = self.run_one(fakes.SEGFAULTS, connects)
        self.assertEqual((result.verdict, result.points, result.exit), (Verdict.CRASH, 0, "signal SIGSEGV"))

    def test_a_server_that_ends_by_itself_is_a_crash(self) -> None:
        result = self.run_one(fakes.EXITS_AFTER_FIRST_CLIENT, connects_and_waits)
        self.assertEqual(result.verdict, Verdict.CRASH)
        self.assertIn("ended by itself: exit status 0", result.failure.observed)

    def test_a_leak_is_minded_by_the_scenarios_of_the_course_only(self) -> None:
        report = "==7==ERROR: LeakSanitizer: detected memory leaks\\n    #0 0x5 in main server.c:3\\n"
        leaks = fakes.program(f"""
signal.signal(signal.SIGTERM, lambda *_: (sys.stderr.write("{report}"), sys.stderr.flush(), os._exit(0)))
announce()
echo()
""")
        self.assertEqual(self.run_one(leaks).verdict, Verdict.PASS)
        result = self.run_one(leaks, level=COURSE)
        self.assertEqual((result.verdict, result.failure.observed), (Verdict.CRASH, "echo_server leaks memory"))
        self.assertIn("main server.c:3", result.detail)

    def test_a_flood_of_output_is_a_limit(self) -> None:
        result = self.run_one(fakes.FLOODS, connects)
        self.assertEqual(result.verdict, Verdict.LIMIT)
        self.assertIn("stdout", result.failure.observed)

    def test_a_fork_bomb_is_a_limit(self) -> None:
        bomb = fakes.program("""
announce()
for _ in range(700):
    if os.fork() == 0:
        time.sleep(60)
time.sleep(60)
""")
        self.assertEqual(self.run_one(bomb, overstays).verdict, Verdict.LIMIT)

    def test_a_scenario_without_end_is_a_timeout_with_its_transcript(self) -> None:
        result = self.run_one(fakes.ECHO, overstays, seconds=0.5)
        self.assertEqual(result.verdict, Verdict.TIMEOUT)
        self.assertTrue(result.transcript)

    def test_the_graders_own_fault_costs_nothing(self) -> None:
        def broken(server) -> None:
            """Raises."""
            raise RuntimeError("a bug of the grader")

        result = self.run_one(fakes.ECHO, broken)
        self.assertEqual((result.verdict, result.points), (Verdict.GRADER_ERROR, 4))
        self.assertIn("a bug of the grader", result.detail)

    def test_a_fault_of_the_grader_outside_the_scenario_costs_nothing_either(self) -> None:
        (self.folder / "starts-plain").mkdir()  # in the way of the workspace
        (self.folder / "starts-plain" / "root").touch()
        result = self.run_one(fakes.ECHO, starts)
        self.assertEqual((result.verdict, result.points), (Verdict.GRADER_ERROR, 4))
        self.assertIn("FileExistsError", result.detail)

    def test_a_should_that_is_not_met_is_a_warning(self) -> None:
        result = self.run_one(fakes.EXITS_AT_ONCE, level=SHOULD)
        self.assertEqual((result.verdict, result.points), (Verdict.WARN, 4))

    def test_what_a_program_need_not_offer_is_unsupported(self) -> None:
        def optional(server) -> None:
            """Not offered."""
            raise Unsupported("no such command")

        self.assertEqual(self.run_one(fakes.ECHO, optional).verdict, Verdict.UNSUPPORTED)

    def test_a_program_that_kills_its_grader_gains_nothing(self) -> None:
        killer = fakes.program("os.kill(os.getppid(), signal.SIGKILL); announce(); echo()")
        result = self.run_one(killer, overstays, seconds=1)
        self.assertEqual(result.points, 0)
        self.assertIn(result.verdict, (Verdict.CRASH, Verdict.TIMEOUT))


def connects_and_waits(server) -> None:
    """The server closes and is gone."""
    with server.connect() as wire:
        wire.half_close()
        wire.expect_gone()
    server.process.wait(DEADLINE)


class NothingIsLeft(RunnerTest):
    def test_of_a_program_that_ignores_sigterm(self) -> None:
        self.assertEqual(self.run_one(fakes.IGNORES_SIGTERM).verdict, Verdict.PASS)

    def test_of_a_daemon(self) -> None:
        self.assertEqual(self.run_one(fakes.DAEMON).verdict, Verdict.PASS)

    def test_when_the_runner_is_interrupted(self) -> None:
        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        signal.signal(signal.SIGALRM, interrupt)
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        circumstances = Circumstances(commands={"echo_server": [*fakes.DAEMON, self.token]}, workspace=self.folder,
                                      level=self.level)
        with self.assertRaises(KeyboardInterrupt):
            Runner(circumstances).run([a_scenario(overstays)])
        self.assertEqual(fakes.running_with(self.token), [])


class OnlyNetwork(Verdicts, NothingIsLeft):
    level = sandbox.NETWORK if sandbox.best_level() != sandbox.LIMITS else sandbox.LIMITS


class OnlyLimits(Verdicts, NothingIsLeft):
    level = sandbox.LIMITS


if __name__ == "__main__":
    unittest.main()
