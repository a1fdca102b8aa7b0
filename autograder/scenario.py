"""Scenarios, their registry, and the results they produce.

A scenario is a plain function whose parameters name the fixtures it needs (see `fixtures.py`). The decorator
`@scenario` records what it is worth and which clause it proves. This module knows nothing of sockets or processes.
"""

from __future__ import annotations

import enum
import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any


class Level(enum.Enum):
    """How binding the clause is. COURSE is policy of this course: the handout states it, no RFC does."""

    MUST = "MUST"
    SHOULD = "SHOULD"
    COURSE = "COURSE"


MUST, SHOULD, COURSE = Level.MUST, Level.SHOULD, Level.COURSE


class Verdict(enum.Enum):
    """What became of a scenario. GRADER_ERROR is the grader's own fault and never costs points."""

    PASS = "pass"
    FAIL = "fail"
    WARN = "warn"  # a SHOULD that is not met: costs nothing
    BLOCKED = "blocked"  # an earlier scenario named in `after` did not pass, so this one says nothing new
    UNSUPPORTED = "unsupported"  # the program says it does not offer this, and may
    TIMEOUT = "timeout"  # the whole scenario ran past its limit
    CRASH = "crash"  # the program died of a signal or a sanitizer spoke
    LIMIT = "limit"  # the program ran into a resource limit (output, processes, memory)
    GRADER_ERROR = "grader-error"

    @property
    def earns(self) -> bool:
        """Whether the points of the scenario are given."""
        return self in (Verdict.PASS, Verdict.WARN, Verdict.GRADER_ERROR)


class Weather(enum.Enum):
    """How the bytes travel in one run of a scenario."""

    PLAIN = "plain"
    SPLIT = "split"  # every message of the grader in two TCP segments, cut at a random place
    DRIP = "drip"  # one byte per segment
    COALESCED = "coalesced"  # messages sent back to back are held and leave in one segment
    SHORT_IO = "short-io"  # the program's own read/write calls are cut short and interrupted (preloaded shim)


@dataclass(frozen=True)
class Scenario:
    """One conformance scenario. `name` is unique in the whole kit."""

    name: str
    lab: int
    points: int
    level: Level
    clause: str
    function: Callable[..., None]
    program: str  # the program under test: "echo_server", "ftp_client", ...
    after: tuple[str, ...] = ()
    weather: tuple[Weather, ...] = (Weather.PLAIN,)
    options: tuple[str, ...] = ()  # extra options for the program
    causes: tuple[str, ...] = ()  # likely causes, shown when it fails
    by_hand: str = ""  # how to see the same with curl or nc; {port} {root} are filled in
    covers: tuple[int, ...] = ()  # rows of the requirements list
    carries: bool = False  # also run, for no points, against later labs' programs (regressions)
    alone: bool = False  # measures CPU or memory: nothing else may run meanwhile
    seconds: float = 10.0  # limit of the whole scenario, before --time-scale

    @property
    def summary(self) -> str:
        """The docstring's first line: what the program has to do."""
        return (inspect.getdoc(self.function) or "").splitlines()[0]

    @property
    def fixtures(self) -> tuple[str, ...]:
        """The names of the fixtures that the scenario asks for."""
        return tuple(inspect.signature(self.function).parameters)

    @property
    def verbs(self) -> tuple[str, ...]:
        """FTP commands the scenario sends, read off its source: the catalogue's index by command."""
        return tuple(sorted(set(re.findall(r"[\"']([A-Z]{3,4})[ \"'\\]", self._source()))))

    @property
    def codes(self) -> tuple[int, ...]:
        """Reply codes the scenario accepts, read off its source: the catalogue's index by reply code."""
        found = re.findall(r"\b([1-5][0-5][0-9])\b(?![ .]*(?:KiB|MiB|GiB|\*))", self._source())
        return tuple(sorted({int(code) for code in found}))

    def _source(self) -> str:
        return inspect.getsource(self.function)


REGISTRY: dict[str, Scenario] = {}

_MODULE = re.compile(r"lab(\d\d)_")


def scenario(
    *, points: int, clause: str, level: Level, program: str = "ftp_server", **rest: Any
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Registers a function as a scenario; its lab is read off the module's name (`lab05_passive`).

    Raises ValueError for a name that is taken, a missing docstring, or an `after` that is not registered yet.
    """

    def register(function: Callable[..., None]) -> Callable[..., None]:
        name = function.__name__
        if name in REGISTRY:
            raise ValueError(f"scenario {name} is defined twice")
        if not inspect.getdoc(function):
            raise ValueError(f"scenario {name} has no docstring")
        module = _MODULE.search(function.__module__)
        if module is None:
            raise ValueError(f"scenario {name} stands in {function.__module__}, which names no lab")
        unknown = [other for other in rest.get("after", ()) if other not in REGISTRY]
        if unknown:
            raise ValueError(f"scenario {name} comes after {unknown}, which nobody defined before it")
        REGISTRY[name] = Scenario(
            name=name, lab=int(module.group(1)), points=points, level=level, clause=clause, function=function,
            program=program, **rest,
        )
        return function

    return register


def of_lab(lab: int) -> list[Scenario]:
    """The scenarios of one lab, in the order of their definition."""
    return [entry for entry in REGISTRY.values() if entry.lab == lab]


def carried_into(lab: int, programs: Iterable[str]) -> list[Scenario]:
    """Scenarios of earlier labs that also hold for the programs of `lab`."""
    wanted = set(programs)
    return [s for s in REGISTRY.values() if s.lab < lab and s.carries and (s.program in wanted or s.lab == 2)]


@dataclass
class Event:
    """One line of the transcript. `channel` is "control", "data", "echo", "terminal", ...; `kind` is "sent",
    "received", "opened", "closed", "reset", "eof" or "note"; `at` is seconds since the scenario began."""

    at: float
    channel: str
    kind: str
    data: bytes = b""
    total: int = 0  # bytes in all, where `data` holds only the first of them
    text: str = ""


@dataclass
class Failure:
    """Where a run left the path: what was expected, what came, and the byte at which they part (or None)."""

    expected: str
    observed: str
    caret: int | None = None  # offset into the last received event's data
    event: int | None = None  # index into the transcript


@dataclass
class Result:
    """What became of one scenario; everything a report needs, and plain data throughout."""

    scenario: str
    lab: int
    verdict: Verdict
    points: float
    max_points: int
    seconds: float = 0.0
    seed: int = 0
    weather: str = Weather.PLAIN.value
    regression: bool = False  # an earlier lab's scenario: reported, not counted
    steps: list[str] = field(default_factory=list)  # the steps that passed
    transcript: list[Event] = field(default_factory=list)
    failure: Failure | None = None
    stderr: str = ""  # tail of the program's stderr
    exit: str = ""  # "exit status 1", "signal SIGSEGV", "" while it ran
    blocked_by: str = ""
    detail: str = ""  # a sanitizer's report, a resource count, the grader's own traceback
    facts: dict[str, str] = field(default_factory=dict)  # port, root, command: what by_hand and rerun lines need
    sandbox: str = ""
