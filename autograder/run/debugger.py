"""`--gdb`: a program that was just started is held until a debugger is attached to it."""

from __future__ import annotations

import os
import signal
import sys
import time

from autograder.run import proc_fs
from autograder.run.process import Process

PATIENCE = 3600.0  # seconds a person may take


def wait_for_debugger(process: Process) -> None:
    """Stops the program before it has done anything, says how to attach, and waits for that."""
    os.kill(process.pid, signal.SIGSTOP)
    print(f"{process.name} waits as process {process.pid}. In another terminal:\n\n    gdb -p {process.pid}\n\n"
          "then set breakpoints and type `continue`. Deadlines are off meanwhile.", file=sys.stderr, flush=True)
    end = time.monotonic() + PATIENCE
    while process.running and not proc_fs.traced(process.pid) and time.monotonic() < end:
        time.sleep(0.1)  # the kernel has no event for an attached debugger
    if process.running and not proc_fs.traced(process.pid):
        os.kill(process.pid, signal.SIGCONT)  # nobody came
