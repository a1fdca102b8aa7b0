"""How a program is started: resource limits, a controlling terminal, permission for the debugger."""

from __future__ import annotations

import ctypes
import signal
import threading
from collections.abc import Mapping, Sequence

_PR_SET_PTRACER = 0x59616D61
_ANY = ctypes.c_ulong(-1)
_libc = ctypes.CDLL(None)


def command_line(argv: Sequence[str], limits: Mapping[str, int], terminal: str | None) -> list[str]:
    """`argv`, behind a shell that first sets ulimits and opens the terminal, where one is needed.

    The shell replaces itself by the program, so pid and signals are the program's own. A session leader that opens a
    terminal makes it its controlling terminal: no ioctl has to run between fork and exec.
    """
    steps = [f"ulimit -{letter} {value}" for letter, value in limits.items()]
    launch = 'exec "$@"'
    if terminal:
        launch += f" <{terminal} >{terminal} 2>&1"
    if not steps and not terminal:
        return list(argv)
    return ["/bin/sh", "-c", " && ".join([*steps, launch]), "sh", *argv]


def debugger_may_attach() -> None:
    """Runs between fork and exec, with `--gdb` only: without it Yama lets nobody but ancestors attach."""
    _libc.prctl(_PR_SET_PTRACER, _ANY, 0, 0, 0)


def heed_interrupts() -> None:
    """Gives SIGINT its handler back where a shell started the grader with it ignored (`... &` in a script).

    What is ignored stays ignored across exec, and every program under test would be deaf to Ctrl-C.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)
