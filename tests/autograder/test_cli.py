"""The command line: wrong use, exit statuses, and the end of everything on a signal."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from autograder.commands.catalog import clauses
from autograder.labs import LABS
from autograder.scenario import REGISTRY, of_lab
from autograder.scenarios import load_all
from tests.autograder import fakes

ROOT = Path(__file__).resolve().parent.parent.parent
ONE = "echo_returns_what_it_was_sent"
DEADLINE = 60.0


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command of the autograder."""
    return subprocess.run([sys.executable, "autograder", *arguments], cwd=ROOT, text=True, capture_output=True,
                          timeout=DEADLINE, env={**os.environ, **environment}, check=False)


class WrongUse(unittest.TestCase):
    def refused(self, *arguments: str) -> str:
        done = run(*arguments)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertEqual(done.stdout, "")
        return done.stderr

    def test_an_unknown_lab(self) -> None:
        self.assertIn("there is no lab 99", self.refused("check", "99"))
        self.assertIn("'one'", self.refused("check", "one"))

    def test_an_unknown_scenario_gets_a_suggestion(self) -> None:
        self.assertIn(f"did you mean {ONE}?", self.refused("check", "1", "--only", "echo_return_what_it_was_sent"))
        self.assertIn(f"did you mean {ONE}?", self.refused("explain", "echo_returns_what_it_is_sent"))

    def test_a_scenario_of_another_lab_names_its_lab(self) -> None:
        self.assertIn(f"check 1 --only {ONE}", self.refused("check", "2", "--only", ONE))

    def test_numbers_that_are_none(self) -> None:
        self.assertIn("--seed", self.refused("check", "1", "--seed", "abc"))
        self.assertIn("--jobs", self.refused("check", "1", "--jobs", "0"))
        self.assertIn("--time-scale", self.refused("check", "1", "--time-scale", "-1"))
        self.assertIn("--time-scale", self.refused("check", "1", "--time-scale", "nan"))
        self.assertIn("--solved", self.refused("check", "1", "--solved", "4-1"))
        self.assertIn("--solved", self.refused("check", "1", "--solved", "77"))

    def test_a_lab_cannot_be_borrowed_for_its_own_check(self) -> None:
        self.assertIn("--solved is for labs before 1", self.refused("check", "1", "--solved", "1"))

    def test_a_server_that_cannot_be_run(self) -> None:
        self.assertIn("cannot be run", self.refused("check", "1", "--only", ONE, "--server", "/nonexistent/server"))
        self.assertIn("cannot be read", self.refused("check", "1", "--only", ONE, "--server", "'"))
        self.assertIn("no command for that", self.refused("check", "1", "--only", ONE, "--client", "true"))
        self.assertIn("it is empty", self.refused("check", "1", "--only", ONE, "--server", ""))

    def test_the_debugger_wants_one_scenario(self) -> None:
        self.assertIn("exactly one scenario", self.refused("check", "1", "--gdb"))

    def test_no_command_and_an_unknown_one(self) -> None:
        self.refused()
        self.refused("chekc")

    def test_a_file_that_cannot_be_written(self) -> None:
        self.assertIn("cannot be written", self.refused("catalog", "--out", "/nonexistent/catalogue"))


class Checking(unittest.TestCase):
    def test_any_command_line_can_be_the_server(self) -> None:
        done = run("check", "1", "--only", ONE, "--server", shlex.join(fakes.ECHO), "--seed", "7")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("6 of 6 points", done.stdout)
        self.assertIn("Seed 7", done.stdout)

    def test_scenarios_of_a_program_that_was_not_given_are_left_out_and_that_is_said(self) -> None:
        done = run("check", "1", "--server", shlex.join(fakes.SILENT), "--time-scale", "0.05")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertRegex(done.stdout, r"Not run: \d+ of the scenarios, which start echo_client")
        self.assertNotIn("client_prints_what_comes_back", done.stdout)

    def test_a_failure_is_told_with_a_rerun_command_that_names_the_server(self) -> None:
        done = run("check", "1", "--only", ONE, "--server", shlex.join(fakes.EXITS_AT_ONCE), "--seed", "7")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("Address already in use", done.stdout)
        self.assertIn(f"--only {ONE} --seed 7", done.stdout)
        self.assertIn("--server", done.stdout)

    def test_writes_reports_for_machines_to_a_file(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "report.json"
            done = run("check", "1", "--only", ONE, "--server", shlex.join(fakes.ECHO), "--format", "json",
                       "--out", str(out))
            self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
            self.assertEqual(json.loads(out.read_text())["results"][0]["verdict"], "pass")
            self.assertEqual([path.name for path in Path(folder).iterdir()], ["report.json"])

    def test_keeps_the_folders_when_asked_and_says_where(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            done = run("check", "1", "--only", ONE, "--server", shlex.join(fakes.ECHO), "--keep", TMPDIR=folder)
            kept = next(line for line in done.stdout.splitlines() if line.startswith("The folders of")).split(": ")[1]
            self.assertTrue((Path(kept) / f"{ONE}-plain" / "root").is_dir())

    def test_a_reader_that_stops_reading_is_no_error(self) -> None:
        done = subprocess.run(f"{sys.executable} autograder catalog | head -1", shell=True, cwd=ROOT, text=True,
                              capture_output=True, timeout=DEADLINE, check=False)
        self.assertEqual(done.stderr, "")
        self.assertTrue(done.stdout.startswith("Lab 1"))


class Interrupted(unittest.TestCase):
    """Whatever ends the grader, no program of a scenario outlives it."""

    def interrupted_by(self, number: int) -> subprocess.CompletedProcess[str]:
        token = f"kit-test-{os.getpid()}-{number}"
        with tempfile.TemporaryDirectory() as folder:
            server = shlex.join([*fakes.program("announce(); time.sleep(60)"), token])
            process = subprocess.Popen(
                [sys.executable, "autograder", "check", "1", "--server", server, "--only", ONE, "--time-scale", "20"],
                cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                env={**os.environ, "TMPDIR": folder},
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # a job in the background ignores it
            self.addCleanup(process.kill)
            deadline = time.monotonic() + DEADLINE
            while len(_programs(token)) < 1 and time.monotonic() < deadline:
                time.sleep(0.02)
            self.assertTrue(_programs(token), "the server never started")
            process.send_signal(number)
            output, errors = process.communicate(timeout=DEADLINE)
            self.assertEqual(fakes.running_with(token), [])
            if number != signal.SIGKILL:
                self.assertEqual(os.listdir(folder), [], "a workspace was left")
        return subprocess.CompletedProcess([], process.returncode, output, errors)

    def test_by_ctrl_c_sigterm_and_a_closed_terminal(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(signal=number.name):
                done = self.interrupted_by(number)
                self.assertEqual(done.returncode, 130, done.stderr)
                self.assertNotIn("Traceback", done.stderr)
                self.assertIn("interrupted", done.stderr)

    def test_even_by_sigkill(self) -> None:
        self.interrupted_by(signal.SIGKILL)


def _programs(token: str) -> list[str]:
    """Command lines of running servers; the grader itself also holds the token, in its --server option."""
    return [line for line in fakes.command_lines_with(token) if "--server" not in line]


class Catalogue(unittest.TestCase):
    def test_clauses_are_indexed_one_by_one(self) -> None:
        self.assertEqual(clauses("RFC 959 4.1.1, 5.4; RFC 1123 4.1.3.1 (a SHOULD there)"),
                         ["RFC 959 4.1.1", "RFC 959 5.4", "RFC 1123 4.1.3.1"])
        self.assertEqual(clauses("RFC 2640 3.1, RFC 3659 2.2"), ["RFC 2640 3.1", "RFC 3659 2.2"])
        self.assertEqual(clauses("RFC 959 4.1.3, Appendix II"), ["RFC 959 4.1.3", "RFC 959 Appendix II"])
        self.assertEqual(clauses("course: exit status, always"), ["course: exit status, always"])
        self.assertEqual(clauses("POSIX send(), recv()"), ["POSIX send(), recv()"])


class Registry(unittest.TestCase):
    def test_the_points_of_each_lab_sum_to_100(self) -> None:
        load_all()
        self.assertTrue(REGISTRY)
        for lab in LABS:
            points = sum(scenario.points for scenario in of_lab(lab))
            self.assertIn(points, (0, 100), f"lab {lab}")  # 0: no scenarios yet

    def test_every_scenario_belongs_to_a_program_of_its_lab(self) -> None:
        load_all()
        for scenario in REGISTRY.values():
            self.assertIn(scenario.program, LABS[scenario.lab].programs, scenario.name)

    def test_every_scenario_can_be_explained_and_stands_in_every_catalogue(self) -> None:
        load_all()
        catalogues = [run("catalog", "--format", form).stdout for form in ("text", "json", "markdown")]
        json.loads(catalogues[1])
        from autograder.commands.explain import explanation
        for scenario in REGISTRY.values():
            self.assertIn(scenario.summary, explanation(scenario))
            for catalogue in catalogues:
                self.assertIn(scenario.name, catalogue)


if __name__ == "__main__":
    unittest.main()
