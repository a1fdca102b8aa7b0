"""The environment of the programs under test: the same on every machine, and sanitizers that speak clearly."""

from __future__ import annotations

import os
from pathlib import Path

from autograder.run.job import Circumstances

_KEPT = ("PATH", "LD_LIBRARY_PATH")  # of the grader's own environment
_ROOT = Path(__file__).resolve().parent.parent.parent

# The shim is preloaded before the sanitizer's library, and its calls are meant to reach the sanitizer all the same.
_ALL_SANITIZERS = f"strip_path_prefix={_ROOT}/:color=never"
_ASAN = "verify_asan_link_order=0:detect_stack_use_after_return=1:allocator_may_return_null=1"
_UBSAN = "print_stacktrace=1:halt_on_error=1"


def prepare(home: Path, given: Circumstances) -> None:
    """Replaces the environment of this process, which its children inherit."""
    leaks = ":detect_leaks=0" if given.gdb else ""  # leaks cannot be counted under a debugger
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
