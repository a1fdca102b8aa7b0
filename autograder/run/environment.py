"""The environment of the programs under test: the same on every machine, and sanitizers that speak clearly."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

from autograder.run.job import Circumstances
from autograder.scenario import COURSE, Level

_PR_SET_PTRACER = 0x59616D61
_PTRACE_SEIZE = 0x4206
_libc = ctypes.CDLL(None)
_KEPT = ("PATH", "LD_LIBRARY_PATH")  # of the grader's own environment
_ROOT = Path(__file__).resolve().parent.parent.parent

# The shim is preloaded before the sanitizer's library, and its calls are meant to reach the sanitizer all the same.
# An error ends the program by SIGABRT; a leak is reported and leaves the exit status as it is (exitcode=0).
_ALL_SANITIZERS = f"strip_path_prefix={_ROOT}/:color=never:abort_on_error=1:exitcode=0"
_ASAN = "verify_asan_link_order=0:detect_stack_use_after_return=1:allocator_may_return_null=1"
_UBSAN = "print_stacktrace=1:halt_on_error=1"


def prepare(home: Path, given: Circumstances, level: Level) -> None:
    """Replaces the environment of this process, which its children inherit.

    Leaks are looked for where the verdict depends on them: that takes as long as all the rest of a short run.
    """
    leaks = f":detect_leaks={int(given.leaks and not given.gdb and level is COURSE)}"
    settings = {name: os.environ[name] for name in _KEPT if name in os.environ}
    settings |= {
        "HOME": str(home), "TMPDIR": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "xterm",
        "ASAN_OPTIONS": f"{_ALL_SANITIZERS}:{_ASAN}{leaks}", "UBSAN_OPTIONS": f"{_ALL_SANITIZERS}:{_UBSAN}",
        "TSAN_OPTIONS": _ALL_SANITIZERS, "LSAN_OPTIONS": _ALL_SANITIZERS,
    }
    os.environ.clear()
    os.environ.update(settings)
    os.environ.update(given.environment)
    os.chdir(home)


def leaks_can_be_counted() -> bool:
    """Whether LeakSanitizer works here: it traces its own process, which some containers forbid."""
    child = os.fork()
    if child == 0:
        try:
            _libc.prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)
            os._exit(_traced_by_a_child())
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def _traced_by_a_child() -> int:
    tracer = os.fork()
    if tracer == 0:
        os._exit(0 if _libc.ptrace(_PTRACE_SEIZE, os.getppid(), 0, 0) == 0 else 1)
    return os.waitstatus_to_exitcode(os.waitpid(tracer, 0)[1])
