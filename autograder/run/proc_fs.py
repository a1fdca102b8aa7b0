"""What /proc says about processes: their children, descriptors, sockets, threads, CPU time and memory.

A process may end at any moment, so every function treats a vanished process as one that has nothing.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from autograder.run.listeners import listeners

_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")  # usually 100
_CPUCLOCK_SCHED = 2  # Linux: a process's CPU clock is its pid, inverted and shifted by 3, and this


@dataclass(frozen=True)
class Stat:
    """The fields of /proc/PID/stat that the grader needs; ticks of CPU time are counted for what it reaped, too."""

    pid: int
    state: str
    parent: int
    group: int
    session: int
    own_ticks: int
    reaped_ticks: int
    threads: int

    @property
    def cpu_seconds(self) -> float:
        """Its own to the nanosecond, as clock_getcpuclockid(3) has it; that of its reaped children to the tick."""
        try:
            own = time.clock_gettime(~self.pid << 3 | _CPUCLOCK_SCHED)
        except OSError:  # it is gone
            own = self.own_ticks / _TICKS_PER_SECOND
        return own + self.reaped_ticks / _TICKS_PER_SECOND


def stat(pid: int) -> Stat | None:
    """The process's line in /proc, or None when it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except OSError:
        return None
    fields = text[text.rindex(")") + 2:].split()
    return Stat(pid, fields[0], int(fields[1]), int(fields[2]), int(fields[3]),
                int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14]), int(fields[17]))


def all_processes() -> list[Stat]:
    """Every process that this process can see."""
    found = (stat(int(name)) for name in os.listdir("/proc") if name.isdigit())
    return [entry for entry in found if entry is not None]


def descendants(pid: int) -> list[Stat]:
    """Children, grandchildren, ... of `pid`, without `pid` itself; zombies included."""
    children: dict[int, list[Stat]] = {}
    for entry in all_processes():
        children.setdefault(entry.parent, []).append(entry)
    found: list[Stat] = []
    waiting = [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += [entry.pid for entry in below]
    return found


def family(pid: int) -> list[Stat]:
    """The process and its descendants: a server may fork for each session."""
    own = stat(pid)
    return ([own] if own else []) + descendants(pid)


def cpu_seconds(pid: int) -> float:
    """CPU time of the family so far."""
    return sum(entry.cpu_seconds for entry in family(pid))


class Moved(NamedTuple):
    """What calls like read(2) and write(2) have moved. sendfile(2) counts as both, splice(2) and send(2) as neither."""

    read: int  # bytes
    written: int  # bytes
    writes: int  # calls


def moved(pid: int) -> Moved | None:
    """What the family has moved so far; None where the kernel does not count."""
    total = Moved(0, 0, 0)
    for entry in family(pid):
        try:
            counts = dict(line.split(": ") for line in Path(f"/proc/{entry.pid}/io").read_text().splitlines())
            total = Moved(*(so_far + int(counts[name]) for so_far, name in zip(total, ("rchar", "wchar", "syscw"))))
        except (OSError, KeyError, ValueError):
            return None
    return total


def threads(pid: int) -> int:
    """Threads of the family, zombies not counted."""
    return sum(entry.threads for entry in family(pid) if entry.state != "Z")


def zombies(pid: int) -> int:
    """Descendants that ended and were never waited for."""
    return sum(entry.state == "Z" for entry in descendants(pid))


def open_files(pid: int) -> int:
    """Open descriptors of the family."""
    return sum(len(_descriptors(entry.pid)) for entry in family(pid))


def memory_bytes(pid: int, *, peak: bool = False) -> int:
    """Resident memory of the family now, or the sum of each one's peak."""
    key = "VmHWM:" if peak else "VmRSS:"
    total = 0
    for entry in family(pid):
        try:
            lines = Path(f"/proc/{entry.pid}/status").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(key))
    return total


def listening_ports(pid: int) -> set[int]:
    """TCP ports on which some process of the family listens. Its network has to be that of this process."""
    inodes = {target for entry in family(pid) for target in _descriptors(entry.pid)}
    return {port for port, inode in listeners() or () if f"socket:[{inode}]" in inodes}


def traced(pid: int) -> bool:
    """Whether a debugger is attached."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return False
    return any(line.startswith("TracerPid:") and line.split()[1] != "0" for line in lines)


def _descriptors(pid: int) -> list[str]:
    """What each descriptor of the process points to."""
    found = []
    try:
        for name in os.listdir(f"/proc/{pid}/fd"):
            try:
                found.append(os.readlink(f"/proc/{pid}/fd/{name}"))
            except OSError:
                pass  # closed since the directory was read
    except OSError:
        pass
    return found
