"""The report a student reads: a board of all scenarios, the first failures in full, and a summary at the end."""

from __future__ import annotations

import re
from collections import Counter

from autograder.report.about import About
from autograder.report.failure import COLOURS, story
from autograder.report.json_ import totals
from autograder.report.palette import Palette
from autograder.scenario import REGISTRY, Result, Verdict
from autograder.wire.show import count

WIDEST = 110
_UNFINISHED = "not implemented yet: "
_LAB = re.compile(r"lab (\d+)")
_MARKS = {Verdict.PASS: "ok", Verdict.WARN: "warn", Verdict.FAIL: "FAIL", Verdict.BLOCKED: "-",
          Verdict.UNSUPPORTED: "n/a", Verdict.TIMEOUT: "TIME", Verdict.CRASH: "CRASH", Verdict.LIMIT: "LIMIT",
          Verdict.GRADER_ERROR: "?"}
_TELLING = (Verdict.FAIL, Verdict.TIMEOUT, Verdict.CRASH, Verdict.LIMIT, Verdict.GRADER_ERROR, Verdict.WARN)


def render(
    results: list[Result], about: About, palette: Palette = Palette(), *, full: int = 3, width: int = 100,
) -> str:
    """The whole report. `full` is how many failures are told in full; the others get a line."""
    width = min(width, WIDEST)
    telling = [result for result in results if result.verdict in _TELLING and not unfinished(result)]
    telling.sort(key=lambda result: _TELLING.index(Verdict.WARN) == _TELLING.index(result.verdict))
    parts = [_board(results, about, palette, width)]
    rule = palette.paint("-" * width, "dim")
    parts += [f"{rule}\n{story(result, about, palette, width)}" for result in telling[:full]]
    parts.append(_others(telling[full:], about, palette, width))
    parts.append(_waiting(results, about, palette))
    parts.append(_summary(results, about, palette))
    return "\n".join(part for part in parts if part)


def unfinished(result: Result) -> str:
    """The function the program says is not written yet ("lab 2, LineReader::next"), or ""."""
    observed = result.failure.observed if result.failure else ""
    return observed[len(_UNFINISHED):] if observed.startswith(_UNFINISHED) else ""


def _title(about: About, palette: Palette) -> str:
    which = ", the reference solution" if about.solution else ""
    return palette.paint(f"Lab {about.lab}  {about.title}{which}", "bold") + "\n"


def _board(results: list[Result], about: About, palette: Palette, width: int) -> str:
    lines = [_title(about, palette)]
    column = max(len(result.scenario) for result in results)
    lines += [_row(result, palette, width, column) for result in results if not result.regression]
    regressions = [result for result in results if result.regression]
    broken = [result for result in regressions if result.verdict is not Verdict.PASS]
    if regressions:  # the good ones are only counted
        passed = len(regressions) - len(broken)
        lines.append(f"\n  Scenarios of earlier labs that have to hold here too (no points): "
                     f"{passed} of {len(regressions)} pass")
        lines += [_row(result, palette, width, column) for result in broken]
    return "\n".join(lines) + "\n"


def _row(result: Result, palette: Palette, width: int, column: int) -> str:
    mark = palette.paint(f"{_MARKS[result.verdict]:>7}", COLOURS.get(result.verdict, "red"))
    points = "" if result.regression else f"{result.points:g}/{result.max_points}"
    remark = REGISTRY[result.scenario].summary
    if result.verdict is Verdict.BLOCKED:
        remark = f"waits for {result.blocked_by}"
    elif unfinished(result):
        mark = palette.paint(f"{'to do':>7}", "yellow")
        remark = unfinished(result)
    room = max(20, width - column - 17)
    short = remark if len(remark) <= room else remark[:room - 3].rstrip() + "..."
    return f"{mark} {points:>5}  {result.scenario:<{column}}  {palette.paint(short, 'dim')}".rstrip()


def _others(results: list[Result], about: About, palette: Palette, width: int) -> str:
    """A line for each failure that is not told in full."""
    if not results:
        return ""
    lines = [palette.paint("-" * width, "dim"),
             f"{len(results)} more (all in full: --all; one: --only NAME --seed {about.seed})"]
    for result in results:
        observed = result.failure.observed if result.failure else result.detail.strip().rpartition("\n")[2]
        text = f"  {_MARKS[result.verdict]:<5} {result.scenario}: {observed}"
        lines.append(text if len(text) <= width else text[:width - 3] + "...")
    return "\n".join(lines) + "\n"


def _waiting(results: list[Result], about: About, palette: Palette) -> str:
    """What is not written yet, and how much waits for it."""
    todo = Counter(unfinished(result) for result in results if unfinished(result))
    if not todo:
        return ""
    blocked = Counter(result.blocked_by for result in results if result.verdict is Verdict.BLOCKED)
    behind = {result.scenario: unfinished(result) for result in results if unfinished(result)}
    for name, number in blocked.items():
        if name in behind:
            todo[behind[name]] += number
    lines = [palette.paint("Still to be written:", "bold")]
    lines += [f"  {what}  ({count(number, 'scenario')} {'waits' if number == 1 else 'wait'} for it)"
              for what, number in todo.most_common()]
    labs = sorted({int(found[1]) for what in todo if (found := _LAB.match(what)) and int(found[1]) < about.lab})
    if labs:
        lines.append(f"  To go on without: python3 autograder check {about.lab} --solved {','.join(map(str, labs))}")
    return "\n".join(lines) + "\n"


def _summary(results: list[Result], about: About, palette: Palette) -> str:
    points, max_points = totals(results)
    own = Counter("to do" if unfinished(result) else result.verdict.value
                  for result in results if not result.regression)
    broken = sum(result.regression and not result.verdict.earns for result in results)
    words = [f"{own[word]} {word}" for word in (*(verdict.value for verdict in Verdict), "to do") if own[word]]
    lines = [f"Seed {about.seed}"]
    if about.borrowed:
        lines.append("Taken from the solution: lab " + ", ".join(map(str, about.borrowed)))
    lines += list(about.notes)
    if broken:
        lines.append(palette.paint(f"{count(broken, 'scenario')} of earlier labs no longer "
                                   f"{'passes' if broken == 1 else 'pass'}", "yellow"))
    colour = "green" if points == max_points and not broken else "red" if points < max_points / 2 else "yellow"
    score = palette.paint(f"Lab {about.lab}: {points:g} of {max_points} points", colour, "bold")
    return "\n".join([*lines, f"{score}   {', '.join(words)}"]) + "\n"
