"""docs/performance.svg: throughput and memory against the number of sessions. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_WIDTH, _HEIGHT = 900, 430
_COLOURS = {"kit": "#d62728", "vsftpd": "#1f77b4", "proftpd": "#2ca02c", "pureftpd": "#9467bd",
            "pyftpdlib": "#ff7f0e", "bare": "#7f7f7f"}
_TOP, _BOTTOM, _PLOT_WIDTH = 60, 330, 340

Points = list[tuple[float, float]]


@dataclass(frozen=True)
class Panel:
    """One of the two diagrams."""

    title: str
    unit: str
    lines: dict[str, Points]  # by the server's name
    marks: list[int]  # numbers of sessions to be named
    log_y: bool = False


def ticks(low: float, high: float, logarithmic: bool) -> list[float]:
    """Round numbers along an axis, both ends covered."""
    if logarithmic:
        return [10.0 ** power for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]
    step = 10.0 ** math.floor(math.log10(high or 1))
    step = next(part * step for part in (0.1, 0.2, 0.5, 1, 2) if high / (part * step) <= 8)
    return [index * step for index in range(math.ceil(round(high / step, 6)) + 1)]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:g}"


class _Axes:
    """Where a value stands in a panel."""

    def __init__(self, left: int, panel: Panel) -> None:
        xs = [x for points in panel.lines.values() for x, _ in points] + [float(mark) for mark in panel.marks] or [1.0]
        ys = [y for points in panel.lines.values() for _, y in points if y > 0 or not panel.log_y] or [1.0]
        self.left, self.log_y = left, panel.log_y
        self.y_ticks = ticks(min(ys), max(ys), panel.log_y)
        self._x_range = (math.log10(min(xs)), math.log10(max(xs)))
        self._y_range = (self._scaled(self.y_ticks[0]), self._scaled(self.y_ticks[-1]))

    def _scaled(self, y: float) -> float:
        return math.log10(y) if self.log_y else y

    def x(self, value: float) -> float:
        low, high = self._x_range
        return self.left + (math.log10(value) - low) / ((high - low) or 1) * _PLOT_WIDTH

    def y(self, value: float) -> float:
        low, high = self._y_range
        return _BOTTOM - (self._scaled(value) - low) / ((high - low) or 1) * (_BOTTOM - _TOP)


def _text(x: float, y: float, text: str, anchor: str = "middle", size: int = 12) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}">{text}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str = "#ddd") -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def _panel(left: int, panel: Panel) -> list[str]:
    axes = _Axes(left, panel)
    parts = [_text(left + _PLOT_WIDTH / 2, 30, panel.title, size=15), _text(left, 50, panel.unit, "end", 11)]
    for value in axes.y_ticks:
        parts += [_line(left, axes.y(value), left + _PLOT_WIDTH, axes.y(value)),
                  _text(left - 6, axes.y(value) + 4, _number(value), "end", 11)]
    for value in panel.marks:
        parts += [_line(axes.x(value), _BOTTOM, axes.x(value), _BOTTOM + 4, "#333"),
                  _text(axes.x(value), _BOTTOM + 18, _number(value), size=11)]
    parts += [_line(left, _BOTTOM, left + _PLOT_WIDTH, _BOTTOM, "#333"), _line(left, _TOP, left, _BOTTOM, "#333"),
              _text(left + _PLOT_WIDTH / 2, _BOTTOM + 36, "sessions")]
    for name, points in panel.lines.items():
        shown = [(axes.x(x), axes.y(y)) for x, y in points if y > 0 or not panel.log_y]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in shown)
        colour = _COLOURS.get(name, "#000")
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in shown]
    return parts


def svg(left: Panel, right: Panel, titles: dict[str, str]) -> str:
    """Both panels and the legend."""
    parts = _panel(70, left) + _panel(520, right)
    names: Sequence[str] = [name for name in titles if name in left.lines or name in right.lines]
    for index, name in enumerate(names):
        x = 70 + index * 135
        parts += [f'<rect x="{x}" y="{_HEIGHT - 32}" width="18" height="4" fill="{_COLOURS.get(name, "#000")}"/>',
                  _text(x + 24, _HEIGHT - 25, titles[name], "start")]
    body = "\n".join(parts)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" '
            f'viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" fill="#222">\n'
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>\n{body}\n</svg>\n')
