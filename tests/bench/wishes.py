"""What was wanted of the reference server, and what came of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from tests.bench.clients import DIRECTIONS
from tests.bench.figures import OURS, Verdict, ratio, verdicts
from tests.bench.idle import Held
from tests.bench.measure import Cell
from tests.bench.results import Results

_KIB = 2.0  # of user memory for an idle session
_P99 = 1000.0  # microseconds for a NOOP among idle sessions
_CLIENT_MIB = 16.0  # of a client that moves 4 GiB


@dataclass(frozen=True)
class Line:
    """One wish as the report tells it."""

    row: str
    wish: str
    found: str
    met: bool | None  # None: it could not be seen


def wishes(found: Results) -> list[Line]:
    """All wishes of the run."""
    lines = []
    for row in found.rows():
        cells = found.table[row.key]
        ours = cells.get(OURS)
        for verdict in verdicts(row, cells):
            lines.append(_line(found, row.place_and_title, verdict, ours.why if ours and not ours.values else ""))
    return lines + _idle(found) + _clients(found)


def _line(found: Results, title: str, verdict: Verdict, why: str) -> Line:
    against = f"{verdict.what} ({found.titles.get(verdict.peer, verdict.peer)})" if verdict.peer else verdict.what
    wish = f"at {'most' if verdict.ceiling else 'least'} {verdict.bound:g} of {against}"
    told = why or "nothing to compare with"
    return Line(title, wish, told if verdict.ratio is None else f"{verdict.ratio:.2f}",
                False if why else verdict.met)


def _idle(found: Results) -> list[Line]:
    if not found.idle.get(OURS):
        return []
    ours = found.idle[OURS][-1]
    title = f"{ours.asked:,} idle sessions"
    lines = [Line(title, "all are held", f"{ours.held:,}", ours.held == ours.asked)]
    if ours.user_kib:
        size, p99 = median(ours.user_kib), median(ours.p99) if ours.p99 else None
        lines.append(Line(title, f"at most {_KIB:g} KiB of user memory each", f"{size:.2f} KiB", size <= _KIB))
        lines.append(Line(title, "p99 of a NOOP among them under 1 ms", f"{p99 / 1000:.2f} ms" if p99 else "-",
                          p99 is not None and p99 < _P99))
    lines.append(Line(title, "one more is refused with 421", ours.refused or "-", " 421 " in f" {ours.refused} "))
    other = found.idle.get("pyftpdlib", [Held(0)])[-1] if found.idle.get("pyftpdlib") else Held(0)
    if ours.seconds and other.seconds and other.held:
        # A peer that did not open all of them in its time would have needed longer.
        theirs = median(other.seconds) * other.asked / other.held
        mine = median(ours.seconds) * ours.asked / max(ours.held, 1)
        lines.append(Line(title, "opened in at most pyftpdlib's time", f"{mine:.2f} s; {theirs:.2f} s", mine <= theirs))
    return lines


def _clients(found: Results) -> list[Line]:
    lines = []
    for direction, cells in found.clients.items():
        title, ours, curl = DIRECTIONS[direction], cells.get(OURS, Cell()), cells.get("curl", Cell())
        part = ratio(ours.values, curl.values)
        lines.append(Line(title, "at least 1 of curl", ours.why if part is None else f"{part:.2f}",
                          part is not None and part >= 1))
        if ours.peak_kib:
            most = max(ours.peak_kib) / 1024
            lines.append(Line(title, f"constant memory, at most {_CLIENT_MIB:g} MiB", f"{most:.1f} MiB",
                              most <= _CLIENT_MIB))
    return lines
