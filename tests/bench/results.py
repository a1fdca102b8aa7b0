"""What a run has found, as one value that can be written to a file and read again."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.idle import Held
from tests.bench.measure import Cell, Table
from tests.bench.plan import AGED, IN_MEMORY, ON_DISK, Row


@dataclass
class Results:
    """A whole run."""

    command: str
    machine: dict
    titles: dict[str, str]  # of the servers, by name
    configured: dict[str, str]  # how each was tuned
    rounds: int
    milliseconds: int
    isolated: bool
    seconds: float = 0.0  # of the whole run
    table: Table = field(default_factory=dict)
    idle: dict[str, list[Held]] = field(default_factory=dict)
    clients: Table = field(default_factory=dict)  # by the direction and the client
    missing: dict[str, str] = field(default_factory=dict)
    aged: str = ""  # how many sessions the aged servers had served
    echo: float | None = None  # round trips a second of a bare echo, 64 sessions

    def rows(self) -> list[Row]:
        """The rows that were measured, in the order of the plan."""
        return [row for row in (*IN_MEMORY, AGED, *ON_DISK) if row.key in self.table]

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(dataclasses.asdict(self), indent=1), encoding="utf-8")


def read(path: Path) -> Results:
    """Reads what write() wrote."""
    found = json.loads(path.read_text(encoding="utf-8"))
    for table in ("table", "clients"):
        found[table] = {key: {name: Cell(**cell) for name, cell in cells.items()}
                        for key, cells in found.get(table, {}).items()}
    found["idle"] = {name: [Held(**held) for held in several] for name, several in found["idle"].items()}
    return Results(**found)
