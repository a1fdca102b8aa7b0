"""`--gdb`: a program that was just started is held until a debugger is attached to it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

from autograder.run import proc_fs
from autograder.run.process import Process

PATIENCE = 3600.0  # seconds a person may take
_NO_STOP = "handle SIGSTOP nostop noprint nopass"  # else the stop that holds it comes again at each `continue`


def wait_for_debugger(process: Process) -> None:
    """Says how to attach to a program that is held (launch.hold), and waits for that."""
    print(f"{process.name} waits as process {process.pid}, before its first instruction. In another terminal:\n\n"
          f"    gdb -p {process.pid} -ex '{_NO_STOP}'\n\n"
          "then set breakpoints (`break main`) and type `continue`. Deadlines are off meanwhile.",
          file=sys.stderr, flush=True)
    _until(process, lambda: proc_fs.traced(process.pid), PATIENCE)
    threading.Thread(target=_let_go, args=(process,), daemon=True).start()


def _let_go(process: Process) -> None:
    """Once the debugger has gone (or nobody came) the program goes on by itself."""
    _until(process, lambda: not proc_fs.traced(process.pid), PATIENCE)
    if process.running:
        os.kill(process.pid, signal.SIGCONT)


def _until(process: Process, done: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while process.running and not done() and time.monotonic() < end:
        time.sleep(0.1)  # the kernel has no event for a debugger that comes or goes
