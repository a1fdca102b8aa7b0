"""One step of `selftest`: what came of it, and the test runners' closing lines that say so."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from autograder.kit.tree import ROOT


@dataclass(frozen=True)
class Outcome:
    """How many things were tried in a step and how many of them failed; `output` is shown when some did."""

    passed: int
    failed: int
    output: str = ""

    @classmethod
    def of(cls, mistakes: Sequence[str], tried: int = 1) -> Outcome:
        """The outcome of a step that found mistakes, a text for each, among the things tried."""
        return cls(max(tried - len(mistakes), 0), len(mistakes), "\n".join(mistakes))


@dataclass(frozen=True)
class Ran:
    """A command that has ended. `status` is minus the signal's number where a signal ended it."""

    status: int
    output: str  # stdout and stderr as they came


_running: set[subprocess.Popen[bytes]] = set()
_no_more = threading.Event()


def stop_all() -> None:
    """Kills the commands that other threads run, and lets none begin any more: somebody has pressed Ctrl-C."""
    _no_more.set()
    for process in list(_running):
        with suppress(ProcessLookupError):  # it has just ended
            os.killpg(process.pid, signal.SIGKILL)


def command(argv: Sequence[str], seconds: float, environment: Mapping[str, str] | None = None) -> Ran:
    """Runs a command of the kit from its root, and kills it with all its children when `seconds` are over."""
    if _no_more.is_set():
        return Ran(-signal.SIGKILL, "not begun")
    process = subprocess.Popen(argv, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True,
                               stderr=subprocess.STDOUT, env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})})
    _running.add(process)
    try:
        output, _ = process.communicate(timeout=seconds)
        return Ran(process.returncode, output.decode("utf-8", "replace"))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        return Ran(-signal.SIGKILL, output.decode("utf-8", "replace") + f"\nnot done after {seconds:g} seconds: killed")
    finally:
        _running.discard(process)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def counted(ran: Ran, passed: int, failed: int) -> Outcome:
    """The outcome of a test runner that counted: it failed too when it ended badly or when nothing was run."""
    wrong = ran.status != 0 or passed + failed == 0
    return Outcome(passed, max(failed, 1) if wrong else failed, ran.output)


def unittest_outcome(ran: Ran) -> Outcome:
    """Reads Python unittest's closing lines. A skipped test counts as failed: here everything can be run."""
    total = _number(r"^Ran (\d+) tests? in", ran.output)
    bad = sum(_number(rf"^(?:FAILED|OK) \(.*?{kind}=(\d+)", ran.output)
              for kind in ("failures", "errors", "skipped", "unexpected successes"))
    return counted(ran, max(total - bad, 0), bad)


def ctest_outcome(ran: Ran) -> Outcome:
    """Reads CTest's closing line. A disabled or skipped test counts as failed."""
    failed = _number(r"tests passed, (\d+) tests? failed out of", ran.output)
    total = _number(r"tests? failed out of (\d+)", ran.output)
    idle = len(re.findall(r"(?m)^\s+\d+ - .* \((?:Disabled|Skipped|Not Run)\)", ran.output))
    return counted(ran, max(total - failed - idle, 0), failed + idle)


def closing_outcome(ran: Ran) -> Outcome:
    """Reads the kit's own closing line "N passed, N failed"."""
    return counted(ran, *(_number(pattern, ran.output) for pattern in (r"^(\d+) passed, ", r"^\d+ passed, (\d+) failed$")))


def prove_outcome(ran: Ran) -> Outcome:
    """Reads the closing line of `prove`."""
    killed = _number(r"^(\d+) of \d+ mutants die", ran.output)
    return counted(ran, killed, _number(r"^\d+ of (\d+) mutants die", ran.output) - killed)


def _number(pattern: str, text: str) -> int:
    found = re.findall(pattern, text, re.MULTILINE)
    return int(found[-1]) if found else 0
