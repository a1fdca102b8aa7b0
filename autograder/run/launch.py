"""How a program is started: resource limits, a controlling terminal, permission for the debugger."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
from collections.abc import Mapping, Sequence

_PR_SET_PTRACER = 0x59616D61
_ANY = ctypes.c_ulong(-1)
_PTRACE_TRACEME, _PTRACE_CONT, _PTRACE_DETACH = 0, 7, 17
_libc = ctypes.CDLL(None, use_errno=True)


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


def ask_to_be_held() -> None:
    """Runs between fork and exec, with `--gdb` only: the kernel stops the program at exec, for `hold`.

    And it lets a debugger attach later: without that, Yama allows nobody but ancestors. Raises OSError.
    """
    _libc.prctl(_PR_SET_PTRACER, _ANY, 0, 0, 0)
    _ptrace(_PTRACE_TRACEME, 0)


def hold(pid: int, execs: int) -> None:
    """Leaves a child that asked for it stopped (SIGSTOP) and untraced, before the first instruction of its program.

    The program is what the child's exec number `execs` loads. To be called by the thread that started the child.
    A child that ends before is left for others to wait for. Raises OSError.
    """
    for left in reversed(range(execs)):
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WSTOPPED | os.WNOWAIT).si_code != os.CLD_TRAPPED:
            return
        os.waitpid(pid, 0)
        _ptrace(_PTRACE_CONT if left else _PTRACE_DETACH, pid, 0 if left else signal.SIGSTOP)


def _ptrace(request: int, pid: int, number: int = 0) -> None:
    if _libc.ptrace(request, pid, None, ctypes.c_void_p(number)) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def heed_interrupts() -> None:
    """Gives SIGINT its handler back where a shell started the grader with it ignored (`... &` in a script).

    What is ignored stays ignored across exec, and every program under test would be deaf to Ctrl-C.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)
