"""Sessions that are held and do nothing: how many, what they cost, how fast one of them is answered; and old age."""

from __future__ import annotations

import dataclasses
from contextlib import ExitStack
from dataclasses import dataclass, field

from tests.bench import process_tree
from tests.bench.measure import Bench, Cell, LoadFailed, Table, attempt, first_error, progress, say, start_all
from tests.bench.plan import AGED
from tests.bench.scene import Scene
from tests.bench.server import Load, Server
from tests.bench.subjects import Missing, Subject

_PROBING = 500  # milliseconds of NOOPs among the idle sessions
_FORKS = ("vsftpd", "proftpd", "pureftpd")  # a process for each session: once is enough


@dataclass
class Held:
    """What one server did with so many sessions."""

    asked: int
    held: int = 0
    seconds: list[float] = field(default_factory=list)  # to open them
    user_kib: list[float] = field(default_factory=list)  # of each session
    kernel_kib: list[float] = field(default_factory=list)  # stacks, of each session
    threads: int = 0  # of the server's whole tree
    processes: int = 0
    p99: list[float] = field(default_factory=list)  # microseconds
    refused: str = ""  # what a connection over the limit heard
    why: str = ""


def idle(bench: Bench, scene: Scene) -> dict[str, list[Held]]:
    """For each server what it did with each number of sessions, each time freshly started."""
    found: dict[str, list[Held]] = {subject.name: [] for subject in bench.subjects}
    for asked in bench.extent.idle:
        for subject in bench.subjects:
            found[subject.name].append(Held(asked))
        last = asked == bench.extent.idle[-1]
        for number in range(bench.extent.idle_rounds if last else 1):
            for subject in bench.subjects:
                held = found[subject.name][-1]
                if subject.name in _FORKS and last and not bench.extent.forks_too:
                    held.why = "not tried in a quick look"
                if held.why or (number and subject.name in _FORKS):
                    continue
                _hold(bench, scene, subject, held, last)
                _say(subject, held)
    return found


def _say(subject: Subject, held: Held) -> None:
    figures = f"{held.user_kib[-1]:.2f} KiB each, {held.seconds[-1]:.2f} s" if held.user_kib else ""
    say(f"idle {held.asked:6}  {subject.title:12} holds {held.held}  {figures}  {held.why}")


def _hold(bench: Bench, scene: Scene, subject: Subject, held: Held, last: bool) -> None:
    limit = ("--max-sessions", str(held.asked)) if last else ()
    try:
        server = bench.start(subject, scene.root, scene.folder, limit)
    except (Missing, LoadFailed, OSError) as error:
        held.why = str(error)
        return
    try:
        _held(bench, server, held, bool(limit) and subject.name == "kit")
    except LoadFailed as error:
        held.why = str(error)
    finally:
        server.close()


def _held(bench: Bench, server: Server, held: Held, full: bool) -> None:
    base = process_tree.memory(server.pid)
    with server.run("idle", server.subject.user, bench.extent.opening + 30_000, sessions=held.asked,
                    time=_PROBING, opening=bench.extent.opening) as load:
        held.held = load.ready["held"]
        if held.held == 0:
            raise LoadFailed(first_error(load.ready["opening"]))
        now = process_tree.memory(server.pid)
        held.threads, held.processes = now.threads, now.processes
        held.user_kib.append((now.user_kib - base.user_kib) / held.held)
        held.kernel_kib.append((now.stacks_kib - base.stacks_kib) / held.held)
        held.seconds.append(load.ready["opening"]["seconds"])
        if held.held < held.asked:
            held.why = f"{held.held} in {bench.extent.opening / 1000:g} s: {first_error(load.ready['opening'])}"
        elif full:
            with Load(server, "login", server.subject.user, 5000, count=1) as one_more:
                held.refused = first_error(one_more.run())
        figures = load.run()
        if figures["count"]:
            held.p99.append(figures["latency_us"]["p99"])


def age(bench: Bench, scene: Scene, table: Table) -> str:
    """Small files again, from the reference and the yardstick when they have served many sessions. Says how many."""
    sessions = bench.extent.sessions_of_age
    cells = table.setdefault(AGED.key, {})
    for name, cell in table.get("small-8", {}).items():
        if name not in ("kit", "bare"):
            cells[name] = cell
    aged = dataclasses.replace(
        bench, subjects=[subject for subject in bench.subjects if subject.name in ("kit", "bare")])
    with ExitStack() as stack:
        servers, _ = start_all(aged, scene, stack)
        for name, server in servers.items():
            with server.run("login", server.subject.user, 120_000, sessions=8, count=sessions // 8) as load:
                served = load.run()["count"]
            say(f"{server.subject.title} has served {served} sessions")
            if served < sessions // 8 * 8:
                cells[name] = Cell(why=f"only {served} of {sessions} sessions were served")
        for number in range(bench.extent.rounds):
            for name in servers:
                attempt(aged, scene, servers, name, AGED, table)
            say(f"aged {number + 1}   {AGED.title:48} {progress(table[AGED.key])}")
    return f"{sessions:,}"
