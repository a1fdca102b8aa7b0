"""The transcript as a table for people: time, channel, direction, escaped bytes, and a caret where they went wrong."""

from __future__ import annotations

from autograder.report.palette import Palette
from autograder.scenario import Event, Failure
from autograder.wire.show import count, escape

_SHOWN_BEFORE = 18  # events before the place of the failure
_SHOWN_AFTER = 4
_ARROWS = {"sent": "->", "received": "<-"}
_WORDS = {
    "opened": "connection opened", "closed": "closed by the grader", "reset": "connection reset (RST)",
    "eof": "end of the stream: your program closed it", "note": "",
}
_NARROWEST = 24  # columns for bytes, however narrow the page


def table(events: list[Event], failure: Failure | None, width: int, palette: Palette) -> list[str]:
    """The lines of the table, `width` columns at most, with the events around the failure."""
    if not events:
        return []
    at = failure.event if failure and failure.event is not None else len(events) - 1
    first = max(0, min(at, len(events) - 1) - _SHOWN_BEFORE)
    last = min(len(events), at + _SHOWN_AFTER + 1)
    channel_width = max(len(event.channel) for event in events[first:last])
    lines = [palette.paint(f"... {count(first, 'earlier event')}", "dim")] if first else []
    for index in range(first, last):
        caret = failure.caret if failure and failure.event == index else None
        lines += _row(events[index], caret, channel_width, width, palette)
    if last < len(events):
        lines.append(palette.paint(f"... {count(len(events) - last, 'later event')}", "dim"))
    return lines


def _row(event: Event, caret: int | None, channel_width: int, width: int, palette: Palette) -> list[str]:
    arrow = _ARROWS.get(event.kind, "--")
    margin = f"{event.at:8.3f}  {event.channel:<{channel_width}}  {arrow}  "
    room = max(_NARROWEST, width - len(margin))
    head = palette.paint(f"{event.at:8.3f}", "dim") + f"  {event.channel:<{channel_width}}  " + palette.paint(
        arrow, *(["cyan"] if event.kind == "received" else ["dim"])) + "  "
    if event.kind not in _ARROWS:
        return [head + palette.paint(event.text or _WORDS.get(event.kind, event.kind), "dim")]
    text, column = window(event.data, event.total, caret, room)
    lines = [head + text]
    if column is not None:
        lines.append(" " * (len(margin) + column) + palette.paint("^", "red", "bold"))
    return lines


def window(data: bytes, total: int, caret: int | None, room: int) -> tuple[str, int | None]:
    """As much of `data` as fits into `room` columns, around the caret, and the caret's column.

    `total` is the number of bytes of which `data` holds the first.
    """
    total = max(total, len(data))
    shown = [escape(data[at:at + 1]) for at in range(len(data))]
    if sum(map(len, shown)) + 2 <= room and total == len(data):
        column = None if caret is None else 1 + sum(map(len, shown[:caret]))
        return f'"{"".join(shown)}"', column
    tail = f"  ({count(total, 'byte')})"
    room -= len(tail) + 2 + 6  # quotes, and dots at both ends
    start = end = min(caret if caret is not None else 0, len(shown))
    used = 0
    while start > 0 and used + len(shown[start - 1]) <= room // 3:
        start -= 1
        used += len(shown[start])
    while end < len(shown) and used + len(shown[end]) <= room:
        used += len(shown[end])
        end += 1
    left = "..." if start else ""
    right = "..." if end < total else ""
    column = None if caret is None else len(left) + 1 + sum(map(len, shown[start:caret]))
    return f'{left}"{"".join(shown[start:end])}"{right}{tail}', column
