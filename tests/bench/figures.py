"""From what was measured to what is said: medians, ratios, verdicts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.measure import Cell
from tests.bench.plan import Row

GIB = 1 << 30
OURS, BARE = "kit", "bare"


@dataclass(frozen=True)
class Verdict:
    """One wish of a row, and what came of it. `bound` is a floor, or a ceiling for costs."""

    what: str
    ratio: float | None  # None: there was nothing to compare with
    bound: float
    ceiling: bool = False
    peer: str = ""  # the best one

    @property
    def met(self) -> bool | None:
        if self.ratio is None:
            return None
        return self.ratio <= self.bound if self.ceiling else self.ratio >= self.bound


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    """The median of the ratios round by round: what disturbs a whole round falls out."""
    pairs = [(a, b) for a, b in zip(ours, theirs) if b > 0]
    return median(a / b for a, b in pairs) if pairs else None


def spread(values: Sequence[float]) -> float:
    """How far the values lie apart, as a part of their median."""
    return (max(values) - min(values)) / median(values) if values and median(values) else 0.0


def cpu_per_gib(cell: Cell) -> float | None:
    """CPU seconds for a GiB over all rounds: a tick of the clock is too coarse for one."""
    moved = sum(cell.bytes)
    return sum(cell.cpu) / (moved / GIB) if moved else None


def cpu_per_operation(cell: Cell) -> float | None:
    """CPU microseconds for an operation over all rounds."""
    done = sum(cell.counts)
    return sum(cell.cpu) / done * 1e6 if done else None


def best_peer(cells: dict[str, Cell]) -> tuple[str, float] | None:
    """The peer that comes out best against ours, and our ratio to it."""
    ours = cells.get(OURS, Cell()).values
    ratios = {name: ratio(ours, cell.values) for name, cell in cells.items() if name not in (OURS, BARE)}
    known = {name: value for name, value in ratios.items() if value is not None}
    return min(known.items(), key=lambda item: item[1]) if known else None


def cheapest_peer(cells: dict[str, Cell]) -> tuple[str, float] | None:
    """The peer with the least CPU seconds for a GiB."""
    costs = {name: cpu_per_gib(cell) for name, cell in cells.items() if name not in (OURS, BARE)}
    known = {name: cost for name, cost in costs.items() if cost}
    return min(known.items(), key=lambda item: item[1]) if known else None


def verdicts(row: Row, cells: dict[str, Cell]) -> list[Verdict]:
    """What was wanted of the reference server in this row."""
    found = []
    ours = cells.get(OURS, Cell())
    if row.wanted.peer is not None:
        best = best_peer(cells)
        found.append(Verdict("best peer", best[1] if best else None, row.wanted.peer, peer=best[0] if best else ""))
    if row.wanted.bare is not None:
        found.append(Verdict("bare", ratio(ours.values, cells.get(BARE, Cell()).values), row.wanted.bare))
    if row.wanted.cpu is not None:
        cheapest, cost = cheapest_peer(cells), cpu_per_gib(ours)
        part = cost / cheapest[1] if cheapest and cost is not None else None
        found.append(Verdict("CPU of the best peer", part, row.wanted.cpu, True, cheapest[0] if cheapest else ""))
    return found


def short(value: float | None) -> str:
    """A figure with three digits that count, as people read it."""
    if value is None:
        return "-"
    if value >= 1000:
        digits = len(str(int(value))) - 3
        return f"{round(value, -digits):,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
