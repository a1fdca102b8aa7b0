"""What a server and all its children use: CPU seconds, memory, threads. Read from /proc."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

KERNEL_STACK_KIB = 16  # of each thread, on x86-64
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Stat:
    """The part of /proc/PID/stat that counts."""

    parent: int
    own_ticks: int  # of CPU time, user and system
    children_ticks: int  # the same of the children it has waited for
    threads: int


@dataclass(frozen=True)
class Memory:
    """What a tree of processes holds at one moment."""

    user_kib: int  # the sum of PSS: a page shared by n processes counts 1/n in each
    processes: int
    threads: int

    @property
    def stacks_kib(self) -> int:
        return self.threads * KERNEL_STACK_KIB


def parse_stat(text: str) -> Stat:
    """Reads /proc/PID/stat. The program's name stands in parentheses and may hold anything."""
    fields = text[text.rindex(")") + 2:].split()
    own, children = (sum(int(field) for field in fields[begin:begin + 2]) for begin in (11, 13))
    return Stat(int(fields[1]), own, children, int(fields[17]))


def parse_field(text: str, name: str) -> int:
    """A line such as "Pss:  12 kB" of smaps_rollup or status; 0 when there is none (kernel threads, zombies)."""
    for line in text.splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0


def tree(root: int, parents: dict[int, int]) -> list[int]:
    """`root` and all its descendants, by the parent of each process."""
    children: dict[int, list[int]] = {}
    for pid, parent in parents.items():
        children.setdefault(parent, []).append(pid)
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def _read(path: str) -> str:
    """A file of /proc; empty when the process has gone."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _stats() -> dict[int, Stat]:
    texts = ((int(name), _read(f"/proc/{name}/stat")) for name in os.listdir("/proc") if name.isdigit())
    return {pid: parse_stat(text) for pid, text in texts if text}


def stats(root: int) -> dict[int, Stat]:
    """Every process of the tree."""
    everybody = _stats()
    pids = tree(root, {pid: stat.parent for pid, stat in everybody.items()})
    return {pid: everybody[pid] for pid in pids if pid in everybody}


def _scheduled(pid: int) -> float:
    """CPU seconds of a process's living threads, to the nanosecond where the kernel keeps them."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return 0.0
    texts = (_read(f"/proc/{pid}/task/{thread}/schedstat") for thread in threads)
    return sum(int(text.split()[0]) for text in texts if text) / 1e9


def cpu_seconds(root: int) -> float:
    """CPU time of the tree since it began, that of ended and reaped children too.

    Ticks count what has ended, but leave out up to one of each process, which is much where sessions are processes.
    """
    return sum(max(_scheduled(pid), stat.own_ticks / _TICKS) + stat.children_ticks / _TICKS
               for pid, stat in stats(root).items())


def peak_kib(root: int) -> int:
    """The most that the living processes of the tree have had in memory since forget_peak()."""
    return sum(parse_field(_read(f"/proc/{pid}/status"), "VmHWM") for pid in stats(root))


def forget_peak(root: int) -> int:
    """Lets the peaks begin anew, and returns what they now are."""
    for pid in stats(root):
        try:
            with open(f"/proc/{pid}/clear_refs", "w", encoding="ascii") as file:
                file.write("5")
        except OSError:
            continue  # it has gone, or is not ours: its peak is then that of its whole life
    return peak_kib(root)


def memory(root: int) -> Memory:
    """Memory of the tree now."""
    found = stats(root)
    pss = sum(parse_field(_read(f"/proc/{pid}/smaps_rollup"), "Pss") for pid in found)
    return Memory(pss, len(found), sum(stat.threads for stat in found.values()))


def pin(root: int, cpus: Iterable[int]) -> None:
    """Lets every thread of the tree run on these CPUs only."""
    chosen = set(cpus)
    for pid in stats(root):
        try:
            for thread in os.listdir(f"/proc/{pid}/task"):
                os.sched_setaffinity(int(thread), chosen)
        except OSError:
            continue  # it has gone
