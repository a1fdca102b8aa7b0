"""Carries the plan out: servers side by side, round by round and test by test, so that no server has the quiet hour."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import process_tree
from tests.bench.plan import Extent, Row
from tests.bench.scene import Scene
from tests.bench.server import Load, LoadFailed, Server
from tests.bench.subjects import Missing, Subject

_BEGAN = time.monotonic()


class Cannot(Exception):
    """A server cannot do what a row asks for."""


@dataclass
class Cell:
    """What one server did in one test."""

    values: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)  # seconds
    bytes: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)  # of operations
    p99: list[float] = field(default_factory=list)  # microseconds
    peak_kib: list[int] = field(default_factory=list)  # growth of the server's memory at its peak
    errors: int = 0
    why: str = ""  # it has no figure, or not one for every round


Table = dict[str, dict[str, Cell]]  # by the row's key and the server's name


@dataclass(frozen=True)
class Bench:
    """What every measurement needs."""

    subjects: Sequence[Subject]
    load: Path
    isolated: bool
    extent: Extent
    options: tuple[str, ...] = ()  # more of them, for the reference server

    def start(self, subject: Subject, root: Path, folder: Path, more: tuple[str, ...] = ()) -> Server:
        options = self.options + more if subject.name == "kit" else ()
        return Server(subject, root, folder / subject.name, self.load, self.isolated, options)


def say(text: str) -> None:
    """Progress, for whoever waits."""
    print(f"{time.monotonic() - _BEGAN:6.1f} s  {text}", file=sys.stderr, flush=True)


def first_error(figures: dict) -> str:
    """The most frequent error of a run."""
    errors = figures.get("errors") or {"nothing was done": 1}
    return max(errors, key=errors.__getitem__)


def _options(row: Row, subject: Subject, milliseconds: int) -> dict[str, object]:
    options: dict[str, object] = {"sessions": row.sessions, "time": milliseconds, "depth": row.depth}
    path = f"in-{subject.name}" if row.mode == "stor" else row.path
    for name, value in (("path", path), ("size", row.size), ("count", row.count)):
        if value:
            options[name] = value
    return options


def measure(server: Server, row: Row, extent: Extent, cell: Cell) -> None:
    """One measurement. Raises Cannot or LoadFailed."""
    subject = server.subject
    user = subject.account if row.account else subject.anonymous if row.mode == "login" else subject.user
    if user is None:
        raise Cannot("no such accounts")
    everywhere = os.sched_getaffinity(0)
    if row.pinned:
        process_tree.pin(server.pid, {min(everywhere)})
    try:
        limit = extent.limit // (2 if row.slow else 1)
        with server.run(row.mode, user, limit, **_options(row, subject, extent.milliseconds)) as load:
            if row.mode != "login" and load.ready["held"] < row.sessions:
                raise Cannot(f"{load.ready['held']} of {row.sessions} sessions: {first_error(load.ready['opening'])}")
            if row.pinned:
                process_tree.pin(load.pid, {min(everywhere)})
            _loaded(server, load, row, cell)
    finally:
        if row.pinned:
            process_tree.pin(server.pid, everywhere)
    server.settle()


def _loaded(server: Server, load: Load, row: Row, cell: Cell) -> None:
    before, low = process_tree.cpu_seconds(server.pid), process_tree.forget_peak(server.pid)
    figures = load.run()
    after, high = process_tree.cpu_seconds(server.pid), process_tree.peak_kib(server.pid)
    if not figures["count"] or not figures["seconds"]:
        raise Cannot(first_error(figures))
    amount = figures["bytes"] / 1e9 if row.unit == "GB/s" else figures["count"]
    cell.values.append(amount / figures["seconds"])
    cell.cpu.append(after - before)
    cell.bytes.append(figures["bytes"])
    cell.counts.append(figures["count"])
    cell.p99.append(figures["latency_us"]["p99"])
    cell.peak_kib.append(high - low)
    failures = sum(figures["errors"].values())
    if failures:
        cell.errors += failures
        cell.why = first_error(figures)


def start_all(bench: Bench, scene: Scene, stack: ExitStack) -> tuple[dict[str, Server], dict[str, str]]:
    """The servers by name, and why others are missing."""
    servers, missing = {}, {}
    for subject in bench.subjects:
        try:
            servers[subject.name] = bench.start(subject, scene.root, scene.folder)
            stack.callback(lambda name=subject.name: servers[name].close())
        except (Missing, LoadFailed, OSError) as error:
            missing[subject.name] = str(error)
            say(f"{subject.title}: {error}")
    return servers, missing


def run_rows(bench: Bench, scene: Scene, rows: Sequence[Row], table: Table) -> dict[str, str]:
    """Measures the rows in this scene into `table`; returns why servers are missing."""
    with ExitStack() as stack:
        servers, missing = start_all(bench, scene, stack)
        for number in range(bench.extent.rounds):
            for row in rows:
                if (row.slow or row.curve) and number >= bench.extent.slow_rounds:
                    continue
                names = list(servers)
                turn = number % max(len(names), 1)
                for name in names[turn:] + names[:turn]:
                    attempt(bench, scene, servers, name, row, table)
                say(f"round {number + 1}  {row.title:48} {progress(table[row.key])}")
        return missing


def attempt(bench: Bench, scene: Scene, servers: dict[str, Server], name: str, row: Row, table: Table) -> None:
    """One measurement into the table; a server that cannot is not asked again, one that has ended is started again."""
    cell = table.setdefault(row.key, {}).setdefault(name, Cell())
    if cell.why and not cell.values:
        return
    try:
        if not servers[name].alive:
            servers[name].close()
            servers[name] = bench.start(servers[name].subject, scene.root, scene.folder)
        measure(servers[name], row, bench.extent, cell)
    except (Cannot, LoadFailed) as error:
        cell.why = str(error)
        cell.errors += 1


def progress(cells: dict[str, Cell]) -> str:
    """The latest figure of each server."""
    return "  ".join(f"{name} {cell.values[-1]:.4g}" if cell.values else f"{name} -" for name, cell in cells.items())
