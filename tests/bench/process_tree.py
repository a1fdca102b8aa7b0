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
    ticks: int  # of CPU time: user and system, its own and that of the children it has waited for
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
    return Stat(int(fields[1]), sum(int(field) for field in fields[11:15]), int(fields[17]))


def parse_pss(text: str) -> int:
    """The Pss line of smaps_rollup, in KiB; 0 when there is none (kernel threads, zombies)."""
    for line in text.splitlines():
        if line.startswith("Pss:"):
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


def cpu_seconds(root: int) -> float:
    """CPU time of the tree since it began, that of ended and reaped children too."""
    return sum(stat.ticks for stat in stats(root).values()) / _TICKS


def memory(root: int) -> Memory:
    """Memory of the tree now."""
    found = stats(root)
    pss = sum(parse_pss(_read(f"/proc/{pid}/smaps_rollup")) for pid in found)
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
