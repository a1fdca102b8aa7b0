"""Reading what the sanitizers and the starters write on stderr."""

from __future__ import annotations

import re

LEAK = "LeakSanitizer"
_HEADLINE = re.compile(r"(ERROR|WARNING): (Address|Leak|Thread|Memory|UndefinedBehavior)Sanitizer|: runtime error: ")
_FRAME = re.compile(r"\s*#\d+ 0x[0-9a-f]+ in (?P<function>.+?) (?P<place>\S+?:\d+)(:\d+)?$")
_OURS = re.compile(r"(labs|solution|common)/")
_TODO = re.compile(r"not implemented yet: (?P<what>[^\r\n\"]+)")  # a log line puts it in quotes
_FRAMES = 5  # of one stack: the rest is main() and what calls it


def sanitizer_report(stderr: str) -> str:
    """The first sanitizer report in `stderr`, cut to headline, first stack and summary. "" when there is none.

    Of the stack the frames in the kit's own folders are shown; where there are none, all.
    """
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in stderr.splitlines()]
    start = next((number for number, line in enumerate(lines) if _HEADLINE.search(line)), None)
    if start is None:
        return ""
    ends = (number for number, line in enumerate(lines) if number > start and line.startswith("SUMMARY:"))
    summary = next(ends, None)
    head: list[str] = []
    stack: list[str] = []
    for line in lines[start:summary]:
        if line.lstrip().startswith("#"):
            stack.append(line)
        elif stack:
            break
        elif line.strip():
            head.append(line)
    frames = [found for line in stack if (found := _FRAME.match(line)) and _OURS.match(found["place"])]
    shown = [f"    in {_short(frame['function'])} at {frame['place']}" for frame in frames]
    return "\n".join(head[:4] + (shown or stack)[:_FRAMES] + ([lines[summary]] if summary else []))


def _short(function: str) -> str:
    return "a lambda" if function.startswith("operator()") else function.partition("(")[0]


def unfinished(text: str) -> str:
    """What a starter says is still to be written ("lab 2, LineReader::next"), or ""."""
    found = _TODO.search(text)
    return found["what"].strip() if found else ""
