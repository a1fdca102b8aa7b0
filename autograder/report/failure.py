"""One scenario that did not pass, told so that the bug can be understood from it."""

from __future__ import annotations

import inspect
import re
import textwrap

from autograder.report.about import About
from autograder.report.palette import Palette
from autograder.report.wires import table
from autograder.run.sanitizer import sanitizer_report
from autograder.scenario import REGISTRY, Result, Scenario, Verdict, Weather

_STDERR_LINES = 12
_STEPS = 10
_HAND_PORT = "2121"  # for commands typed by hand
_WEATHER = {
    Weather.SPLIT.value: "the grader's messages arrive in two segments each",
    Weather.DRIP.value: "the grader's messages arrive byte by byte",
    Weather.COALESCED.value: "messages sent back to back arrive in one segment",
    Weather.SHORT_IO.value: "read and write calls of the program are cut short and interrupted",
}
_EXPLAINED = (Verdict.FAIL, Verdict.TIMEOUT, Verdict.LIMIT)
COLOURS = {
    Verdict.PASS: "green", Verdict.WARN: "yellow", Verdict.BLOCKED: "yellow", Verdict.UNSUPPORTED: "yellow",
    Verdict.GRADER_ERROR: "yellow",
}


def story(result: Result, about: About, palette: Palette, width: int) -> str:
    """Everything worth knowing about one result, as lines of at most `width` columns where they can be broken."""
    scenario = REGISTRY[result.scenario]
    parts = [
        _header(result, scenario, palette, width),
        _steps(result.steps, palette, width),
        _section("On the wires  (-> to your program, <- from it; times in seconds)", palette,
                 table(result.transcript, result.failure, width - 4, palette)),
        _difference(result, palette, width),
        _section("", palette, result.detail.splitlines()) if result.detail else "",
        _list("Likely causes", list(scenario.causes), palette, width) if result.verdict in _EXPLAINED else "",
        _last_words(result, scenario, palette),
        _commands(result, scenario, about, palette),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _header(result: Result, scenario: Scenario, palette: Palette, width: int) -> str:
    colour = COLOURS.get(result.verdict, "red")
    worth = "an earlier lab's scenario" if result.regression else f"{result.points:g} of {result.max_points} points"
    title = f"{result.verdict.value.upper()}  {result.scenario}"
    gap = " " * max(2, width - len(title) - len(worth))
    lines = [palette.paint(title, colour, "bold") + gap + palette.paint(worth, "dim")]
    paragraphs = (inspect.getdoc(scenario.function) or "").split("\n\n")
    for paragraph in paragraphs:
        lines += textwrap.wrap(" ".join(paragraph.split()), width, initial_indent="  ", subsequent_indent="  ")
    lines.append(palette.paint(f"  {scenario.level.value}  {scenario.clause}", "dim"))
    if result.weather in _WEATHER:
        lines.append(palette.paint(f"  Weather {result.weather}: {_WEATHER[result.weather]}", "dim"))
    if result.verdict is Verdict.GRADER_ERROR:
        lines += ["", "  The grader itself failed here. That is no fault of yours and costs no points.",
                  "  Please report it, with the lines below."]
    return "\n".join(lines)


def _difference(result: Result, palette: Palette, width: int) -> str:
    if not result.failure:
        return ""
    lines = []
    expected, observed = result.failure.expected, result.failure.observed
    for label, text, colour in (("Expected", expected, "green"), ("Observed", observed, "red")):
        if text:
            wrapped = textwrap.wrap(text, width - 12, break_long_words=False, break_on_hyphens=False,
                                    drop_whitespace=True) or [""]
            lines.append(f"  {palette.paint(label, colour, 'bold')}  {wrapped[0]}")
            lines += [" " * 12 + line for line in wrapped[1:]]
    return "\n".join(lines)


def _last_words(result: Result, scenario: Scenario, palette: Palette) -> str:
    """The tail of stderr without the sanitizer's report, which is shown already, and how the program ended."""
    text = result.stderr
    headline = sanitizer_report(text).partition("\n")[0]
    if headline and headline in text:
        text = re.sub(r"\n?=+\s*$", "", text[:text.index(headline)])
    mark = palette.paint(f"[{scenario.program}]", "dim")
    lines = [f"{mark} {line}" for line in text.splitlines()[-_STDERR_LINES:] if line.strip()]
    if result.exit:
        lines.append(palette.paint(f"{scenario.program} ended: {result.exit}", "bold"))
    return _section("Its stderr" if text.strip() else "", palette, lines)


def _commands(result: Result, scenario: Scenario, about: About, palette: Palette) -> str:
    again = about.rerun_command(result.scenario, result.seed)
    rows = [("Again", again), ("With gdb", f"{again} --gdb")]
    if scenario.by_hand:
        by_hand = scenario.by_hand.replace("{port}", _HAND_PORT).replace("{root}", ".")
        start = about.commands.get(scenario.program)
        if start and scenario.program.endswith("_server"):
            rows.insert(0, ("Start it", f"{start} {_HAND_PORT}"))
        rows[-2:-2] = [("By hand" if first else "", line) for first, line in _numbered(by_hand.splitlines())]
    return "\n".join(f"  {palette.paint(f'{label:<8}', 'bold')}  {text}" for label, text in rows)


def _numbered(lines: list[str]) -> list[tuple[bool, str]]:
    return [(number == 0, line) for number, line in enumerate(lines)]


def _section(title: str, palette: Palette, lines: list[str]) -> str:
    if not lines:
        return ""
    head = [f"  {palette.paint(title, 'bold')}"] if title else []
    return "\n".join(head + [f"    {line}" for line in lines])


def _steps(steps: list[str], palette: Palette, width: int) -> str:
    first = max(0, len(steps) - _STEPS)
    lines = [palette.paint(f"    ... {first} before these", "dim")] if first else []
    for number, step in enumerate(steps[first:], first + 1):
        lines += _item(step, f"{number:>3}. ", width)
    return _section("Passed so far", palette, lines)


def _list(title: str, items: list[str], palette: Palette, width: int) -> str:
    return _section(title, palette, [line for item in items for line in _item(item, "- ", width)])


def _item(text: str, mark: str, width: int) -> list[str]:
    return textwrap.wrap(text, width - 4, initial_indent=mark, subsequent_indent=" " * len(mark),
                         break_long_words=False) or [mark]
