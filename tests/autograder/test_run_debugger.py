"""`--gdb`: the program is held until a debugger comes, and goes on once it has gone."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from autograder.run import proc_fs
from autograder.run.debugger import wait_for_debugger
from autograder.run.process import Process
from autograder.wire.transcript import Divergence
from tests.autograder import fakes

DEADLINE = 10.0
_TRACER = """
import ctypes, sys
PTRACE_SEIZE = 0x4206
sys.exit("refused") if ctypes.CDLL(None).ptrace(PTRACE_SEIZE, int(sys.argv[1]), 0, 0) else print("here", flush=True)
sys.stdin.read()
"""


class Debugger(unittest.TestCase):
    def test_holds_the_program_until_a_debugger_has_come_and_gone(self) -> None:
        self.holds({})

    def test_holds_the_program_and_not_the_shell_before_it(self) -> None:
        self.holds({"n": 64})

    def test_a_program_that_cannot_be_started_is_no_debugger_s_matter(self) -> None:
        with mock.patch.object(Process, "on_start", staticmethod(wait_for_debugger)), \
                self.assertRaisesRegex(Divergence, "No such file"):
            Process.start(["/no/such/program"], cwd=tempfile.gettempdir())

    def holds(self, limits: dict[str, int]) -> None:
        """Starts a program as `--gdb` does: it stands before its first instruction until the debugger is gone."""
        asked = io.StringIO()
        started: list[Process] = []
        with mock.patch.object(Process, "on_start", staticmethod(wait_for_debugger)), contextlib.redirect_stderr(asked):
            starting = threading.Thread(
                target=lambda: started.append(Process.start(fakes.ECHO, cwd=tempfile.gettempdir(), limits=limits)))
            starting.start()
            pid = self.pid_in(asked)
            self.assertEqual(proc_fs.stat(pid).state, "T")
            self.assertNotIn("libc", Path(f"/proc/{pid}/maps").read_text())  # its libraries would come first of all
            self.assertTrue(Path(f"/proc/{pid}/exe").samefile(sys.executable))
            tracer = subprocess.Popen([sys.executable, "-c", _TRACER, str(pid)], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE, text=True)
            self.addCleanup(tracer.communicate)
            self.assertEqual(tracer.stdout.readline(), "here\n")
            starting.join(DEADLINE)
        self.addCleanup(started[0].kill)
        self.assertEqual(started[0].stdout_text(), "")
        tracer.communicate("")
        started[0].wait_listening(DEADLINE)

    def pid_in(self, asked: io.StringIO) -> int:
        """The process that a person is asked to attach to."""
        self.until(lambda: "gdb -p " in asked.getvalue())
        return int(asked.getvalue().split("gdb -p ")[1].split()[0])

    def until(self, done: Callable[[], bool]) -> None:
        """Waits for something that has to come."""
        deadline = time.monotonic() + DEADLINE
        while not done():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)


if __name__ == "__main__":
    unittest.main()
