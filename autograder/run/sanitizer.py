"""Reading what the sanitizers and the starters write on stderr."""

from __future__ import annotations

import re

_HEADLINE = re.compile(r"(ERROR|WARNING): (Address|Leak|Thread|Memory|UndefinedBehavior)Sanitizer|: runtime error: ")
_FRAME = re.compile(r"\s*#\d+ ")
_NOISE = re.compile(r"^=+$|^\s*$")
_TODO = re.compile(r"not implemented yet: (?P<what>[^\r\n]+)")
_LINES = 14  # enough for the headline, one stack and its summary


def sanitizer_report(stderr: str) -> str:
    """The essential lines of the first sanitizer report in `stderr`: headline, first stack, summary. "" when none."""
    lines = stderr.splitlines()
    start = next((number for number, line in enumerate(lines) if _HEADLINE.search(line)), None)
    if start is None:
        return ""
    kept = [lines[start]]
    in_first_stack = True
    for line in lines[start + 1:]:
        if line.startswith("SUMMARY:"):
            kept.append(line)
            break
        if _NOISE.match(line):
            in_first_stack = in_first_stack and not any(map(_FRAME.match, kept))
        elif in_first_stack and len(kept) < _LINES:
            kept.append(line)
    return "\n".join(re.sub(r"\x1b\[[0-9;]*m", "", line) for line in kept)


def unfinished(text: str) -> str:
    """What a starter says is still to be written ("lab 2, LineReader::next"), or ""."""
    found = _TODO.search(text)
    return found["what"].strip() if found else ""
