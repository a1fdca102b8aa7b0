"""What a scenario is given, by the names of its parameters.

    tree, outside, workdir   folders: the server's root, one beside it, the client's current directory
    server, ftp              the server under test, started (two names of one thing)
    program, client          the program under test, to be run
    peer                     a scripted server for the client under test
    rng                      names and contents from the run's seed
    step, check              marks a passed step; checks a condition
"""

from __future__ import annotations

import random
import signal
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from autograder.programs import Program
from autograder.run.process import Process
from autograder.scenario import Scenario, Weather
from autograder.servers import FtpServer, Server
from autograder.wire.conditions import Conditions
from autograder.wire.ftp_peer import FtpPeer
from autograder.wire.show import describe_difference
from autograder.wire.transcript import Divergence, Transcript, Unsupported
from autograder.workspace import Chance, Tree

__all__ = ["Check", "Context", "Divergence", "Unsupported"]

SHORTEST_READS = 4093  # bytes: the shim cuts reads and writes to a random length up to this
INTERRUPTED_CALLS = 7  # one call in so many fails with EINTR
STOP_SECONDS = 1.0  # that a program has to end in after the scenario

Kept = TypeVar("Kept")
_LONG, _FEW = 40, 3  # entries of lists: more are not shown whole, and of what differs so many


def _lists_differ(observed: list[object], expected: list[object]) -> str:
    """How a list differs from one that was expected, by its entries and not by all of it."""
    lacks, has = (Counter(map(repr, entries)) for entries in (expected, observed))
    parts = [f"{sum(rest.values())} {how}: {', '.join(islice(rest.elements(), _FEW))}{', ...' * (rest.total() > _FEW)}"
             for rest, how in ((lacks - has, "missing"), (has - lacks, "too many")) if rest]
    return f"{len(observed)} are there; " + ("; ".join(parts) or "they are in another order")


class Check:
    """The fixture `check`: `check(condition, expected="...", observed="...")`."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript

    def __call__(self, condition: object, *, expected: str, observed: str) -> None:
        """Raises Divergence with these sentences unless the condition holds."""
        if not condition:
            raise Divergence(expected, observed)
        self._transcript.step(expected)

    def equal(self, observed: object, expected: object, what: str) -> None:
        """Both are the same; byte strings are shown where they part, long lists by what is missing or too many."""
        if isinstance(observed, bytes) and isinstance(expected, bytes):
            difference = describe_difference(observed, expected, what)
            if difference is not None:
                raise Divergence(*difference[:2])
        elif observed != expected:
            if isinstance(observed, list) and isinstance(expected, list) and len(observed) + len(expected) > _LONG:
                raise Divergence(f"{what}: {len(expected)} of them", _lists_differ(observed, expected))
            raise Divergence(f"{what}: {expected!r}", f"it is {observed!r}")
        self._transcript.step(f"{what} is right")


class Context:
    """One run of one scenario: its fixtures, its programs, its transcript. `close` ends everything it started."""

    def __init__(
        self, *, scenario: Scenario, seed: int, time_scale: float, weather: Weather, workspace: Path,
        commands: Mapping[str, Sequence[str]], shim: Path | None = None,
    ) -> None:
        """`commands` maps a program's name to its command line, to which ports and options are appended."""
        self.scenario = scenario
        self.seed = seed
        self.workspace = workspace
        self.processes: list[Process] = []  # every program started, in order
        self.transcript = Transcript()
        self.conditions = Conditions(
            self.transcript, weather, random.Random(seed ^ 0x5EED), time_scale, obituary=self._obituary)
        self._commands = commands
        self._shim = shim if weather is Weather.SHORT_IO else None
        self._made: dict[str, Any] = {}
        self._kept: list[Any] = []
        self._trees = {
            "tree": Tree(workspace / "root", "the server's root", self.transcript, self._chance("tree")),
            "workdir": Tree(workspace / "local", "the client's folder", self.transcript, self._chance("workdir")),
            "outside": Tree(workspace / "outside", "the folder outside", self.transcript, self._chance("outside")),
        }

    def provide(self, name: str) -> Any:
        """The fixture of that name, made at the first request. Raises KeyError when there is none."""
        if name not in self._made:
            makers: dict[str, Callable[[], Any]] = {
                **{tree: lambda: self._trees[name] for tree in self._trees},
                "server": self._server,
                "ftp": lambda: self.provide("server"),
                "program": lambda: Program(self, self.scenario.program, self._trees["workdir"].root),
                "client": lambda: Program(self, self._sibling("client"), self._trees["workdir"].root),
                "peer": lambda: self.keep(FtpPeer(self.conditions, channel=self._peer_channel())),
                "rng": lambda: self._chance("rng"),
                "step": lambda: self.transcript.step,
                "check": lambda: Check(self.transcript),
                "context": lambda: self,
            }
            self._made[name] = makers[name]()
        return self._made[name]

    def start(self, name: str, args: Sequence[str | int], *, cwd: Path, **how: Any) -> Process:
        """Starts one of the programs, under the shim where the weather asks for it. Keywords as for Process.start."""
        argv = [*self._commands[name], *map(str, args)]
        self.transcript.note(f"{name} is started: {' '.join([Path(argv[0]).name, *argv[1:]])}")
        process = Process.start(argv, cwd=cwd, env=self._environment(), name=name, **how)
        self.processes.append(process)
        return process

    def keep(self, made: Kept) -> Kept:
        """Remembers something with a `close`, to be closed with the run."""
        self._kept.append(made)
        return made

    def close(self) -> None:
        """Closes every connection, then ends every program: first asks all of them, then kills what is left.

        Children that a program left behind are the sandbox's to find.
        """
        for link in self.conditions.links:
            link.abandon()
        for kept in self._kept:
            kept.close()
        for process in self.processes:
            if process.stdin is not None:
                process.stdin.close()
            process.signal(signal.SIGTERM)
        for process in self.processes:
            if process.wait(STOP_SECONDS * self.conditions.time_scale) is None:
                process.kill()

    def _server(self) -> Server:
        name = self._sibling("server")
        kind = Server if name == "echo_server" else FtpServer
        return kind(self, name, self._trees["tree"].root, self.scenario.options)

    def _sibling(self, side: str) -> str:
        """The server or the client of the program's family: `ftp_client` has `ftp_server`."""
        return f"{self.scenario.program.rsplit('_', 1)[0]}_{side}"

    def _peer_channel(self) -> str:
        return "echo" if self.scenario.program.startswith("echo") else "control"

    def _chance(self, use: str) -> Chance:
        return Chance(f"{self.seed}/{use}")

    def _environment(self) -> dict[str, str]:
        if self._shim is None:
            return {}
        return {"LD_PRELOAD": str(self._shim), "KIT_SHIM_MAX": str(SHORTEST_READS),
                "KIT_SHIM_EINTR": str(INTERRUPTED_CALLS), "KIT_SHIM_SEED": str(self.seed % (1 << 31))}

    def _obituary(self) -> str:
        """The end of a program that the grader did not end: of each name, the one started last counts."""
        latest = {process.name: process for process in self.processes}
        ended = [process for process in latest.values() if not process.running and not process.signals_sent]
        return "; ".join(f"{process.name} has ended: {process.exit_text}" for process in ended)
