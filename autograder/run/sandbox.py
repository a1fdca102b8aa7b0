"""The walls around one scenario: namespaces where the machine allows them, limits, and an end that nothing survives.

Levels, best first:
- "namespaces": own network, process numbers and /proc. When the scenario's first process dies, the kernel kills all.
- "network": own network; descendants are found through /proc, orphans come back to us (PR_SET_CHILD_SUBREAPER).
- "limits": resource limits and a process group only; scenarios share the machine's loopback.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import signal
import socket
import struct
import time
from collections.abc import Callable, Collection

from autograder.run import proc_fs

NAMESPACES, NETWORK, LIMITS = LEVELS = ("namespaces", "network", "limits")
PROCESSES = 512  # of one scenario; more is a fork bomb

_NEWNS, _NEWUSER, _NEWPID, _NEWNET = 0x00020000, 0x10000000, 0x20000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_MS_PRIVATE_ALL = (1 << 18) | (1 << 14)  # MS_PRIVATE | MS_REC
_MS_PROC = 2 | 4 | 8  # MS_NOSUID | MS_NODEV | MS_NOEXEC
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1
_FILE_BYTES = 8 << 30
_DESCRIPTORS = 65536
_libc = ctypes.CDLL(None, use_errno=True)


def best_level() -> str:
    """The best level that this machine allows, found by trying each in a process of its own."""
    for level in (NAMESPACES, NETWORK):
        child = os.fork()
        if child == 0:
            _try(level)
        if os.waitpid(child, 0)[1] == 0:
            return level
    return LIMITS


def _try(level: str) -> None:
    """In a child: enters the level and ends with status 0 if that worked."""
    try:
        inside = enter(level)
        os._exit(inside(lambda: None) if inside else 0)
    except BaseException:
        os._exit(1)


def enter(level: str) -> Callable[[Callable[[], None]], int] | None:
    """Moves this (single-threaded) process into the level.

    At "namespaces" it returns a function, because the first process of the new world has to be a new child: given the
    work, it forks, does the work in the child, and returns the child's exit status. Raises OSError.
    """
    _limit()
    if level == LIMITS:
        return None
    flags = _NEWNET | ((_NEWPID | _NEWNS) if level == NAMESPACES else 0)
    user, group = os.getuid(), os.getgid()
    if user == 0:
        _call(_libc.unshare, flags)
    else:
        _call(_libc.unshare, flags | _NEWUSER)
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{user} {user} 1")
        _write("/proc/self/gid_map", f"{group} {group} 1")
    _loopback_up()
    return _first_process if level == NAMESPACES else None


def _first_process(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            die_with_parent(signal.SIGKILL)
            _call(_libc.mount, b"none", b"/", None, _MS_PRIVATE_ALL, None)
            _call(_libc.mount, b"proc", b"/proc", b"proc", _MS_PROC, None)
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die_with_parent(number: int) -> None:
    """The kernel sends this process the signal when its parent dies, however that happens."""
    _libc.prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)


def adopt_orphans() -> None:
    """Daemons of our descendants become our children, so that they can be found."""
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _limit() -> None:
    """Bounds what a program may use. Core dumps are off, files and descriptors generous."""
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, _FILE_BYTES)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _DESCRIPTORS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    if os.getuid() != 0:  # counts all of the user's processes, also those outside
        own = sum(entry.threads for entry in proc_fs.all_processes())
        _lower(resource.RLIMIT_NPROC, own + 8 * PROCESSES)


def _lower(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard == resource.RLIM_INFINITY or hard > value:
        resource.setrlimit(what, (value, value))


def _loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        request = bytearray(struct.pack("16sH14x", b"lo", 0))
        fcntl.ioctl(probe, _SIOCGIFFLAGS, request)
        flags = struct.unpack_from("16sH", request)[1] | _IFF_UP
        fcntl.ioctl(probe, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags))


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)


def _call(function: Callable[..., int], *arguments: object) -> None:
    if function(*arguments) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def crowded() -> bool:
    """Whether more processes live below this one than a scenario may have."""
    if sum(name.isdigit() for name in os.listdir("/proc")) <= PROCESSES:
        return False
    return sum(entry.state != "Z" for entry in proc_fs.descendants(os.getpid())) > PROCESSES


def kill_everything(level: str, seconds: float = 5.0) -> None:
    """Kills every descendant of this process, those that hide in other sessions too.

    They are stopped first: what forks can outrun a sweep that only kills.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        alive = [entry.pid for entry in proc_fs.descendants(os.getpid()) if entry.state != "Z"]
        if not alive:
            return
        if level == NAMESPACES:
            _signal(-1, signal.SIGKILL)
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in alive:
                _signal(pid, number)
        time.sleep(0.001)  # a bounded poll: somebody else's children end without an event for us


def kill_strays(known: Collection[int], seconds: float = 5.0) -> None:
    """Kills and reaps children of this process that are not `known`, with all below them."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        below = proc_fs.descendants(os.getpid())
        families = {entry.pid for entry in below if entry.parent == os.getpid() and entry.pid not in known}
        if not families:
            return
        children = list(families)
        for entry in below:  # parents come before their children
            if entry.pid in families or entry.parent in families:
                families.add(entry.pid)
                _signal(entry.pid, signal.SIGKILL)
        for child in children:
            try:
                os.waitpid(child, 0)
            except ChildProcessError:
                pass


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        pass
