"""The markers in solution/ and the starter text they yield. Pure: text in, text out.

A marker is a comment that has its line to itself, `//` in C++ and `#` in CMake:

    std::optional<std::string> LineReader::next() {
      // BEGIN SOLUTION LineReader::next
      ...                                     what the student is to write
      // END SOLUTION
    }

becomes, in lab 2,

    std::optional<std::string> LineReader::next() {
      KIT_TODO("lab 2, LineReader::next");
    }

and the starter includes "todo.h" if it did not before. The name is the function's, as it stands above the marker. A
function that may not throw (a destructor, noexcept) needs starter lines of its own instead, as below.

A block may end with lines for the starter only, each commented with `//:` (`#:` in CMake). They come before the
KIT_TODO; a block whose starter lines are enough leaves the name out and gets no KIT_TODO:

      // BEGIN SOLUTION Root::open
      ...
      // STARTER
      //: // openat2(2) does most of this.
      // END SOLUTION

Private members and helper functions go without a trace, or with the trace that STARTER gives them:

    // BEGIN PRIVATE
    std::string buffer_;
    // STARTER
    //: // Keep here what next() has to remember from call to call.
    // END PRIVATE

A file whose first line is `// SOLUTION ONLY` has no starter. Blocks do not nest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_MARKER = re.compile(r"(?P<indent>\s*)(?://|#)\s*(?P<word>(?:BEGIN|END) (?:SOLUTION|PRIVATE)|STARTER)\b(?P<rest>.*)")
_LOOKALIKE = re.compile(r"(?i)(//|#).*\b(begin|end)[ _-]+(solution|private)\b|(//|#)\s*SOLUTION[ _-]+ONLY\b")
_ONLY = re.compile(r"(//|#) SOLUTION ONLY\s*")
_NAME = re.compile(r"(?:[A-Za-z_]\w*::)*(?P<last>~?[A-Za-z_]\w*|operator\S+)")
_STARTER_LINE = re.compile(r"\s*(?://|#):(?: (?P<code>.*)|\s*)")
_INCLUDE = re.compile(r'#include (?P<what>["<][^">]+[">])')
_TODO_INCLUDE = '#include "todo.h"'


class MarkerError(Exception):
    """A marker that cannot be right; the text says file, line and what is wrong."""


@dataclass
class _Block:
    """One open block: what it is, where it began and what the starter gets in its place."""

    kind: str  # "SOLUTION" or "PRIVATE"
    line: int
    indent: str
    name: str
    starter: list[str] | None = None  # None until a STARTER marker is met

    def replacement(self, lab: int) -> list[str]:
        lines = [(self.indent + code).rstrip() for code in self.starter or []]
        if self.name:
            lines.append(f'{self.indent}KIT_TODO("lab {lab}, {self.name}");')
        return lines


@dataclass
class _Reader:
    """Reads one file line by line and gathers its starter."""

    path: str
    lab: int
    output: list[str] = field(default_factory=list)
    block: _Block | None = None
    just_removed: bool = False
    number: int = 0

    def fail(self, what: str, line: int | None = None) -> MarkerError:
        return MarkerError(f"{self.path}:{line or self.number}: {what}")

    def read(self, line: str) -> None:
        self.number += 1
        marker = _MARKER.fullmatch(line)
        if marker:
            word, rest = marker.group("word"), marker.group("rest").strip()
            if word.startswith("BEGIN"):
                self.begin(word.split()[1], rest, marker.group("indent"))
            else:
                self.end_or_starter(word, rest)
        elif _LOOKALIKE.search(line):
            raise self.fail("this looks like a marker and is none: a marker has its line to itself, in capitals "
                            "(SOLUTION ONLY: the first line)")
        elif self.block is None:
            self.keep(line)
        elif self.block.starter is not None:
            self.block.starter.append(self.starter_code(line))

    def begin(self, kind: str, name: str, indent: str) -> None:
        if self.block:
            raise self.fail(f"BEGIN {kind} inside the BEGIN {self.block.kind} of line {self.block.line}: "
                            "blocks do not nest")
        if kind == "PRIVATE" and name:
            raise self.fail(f"BEGIN PRIVATE takes no name, but {name!r} follows it")
        if kind == "SOLUTION" and name:
            self.check_name(name)
        self.block = _Block(kind, self.number, indent, name)

    def check_name(self, name: str) -> None:
        parsed = _NAME.fullmatch(name)
        if not parsed:
            raise self.fail(f"{name!r} is no function's name (such as LineReader::next)")
        if not any(parsed.group("last") in line for line in self.output):
            raise self.fail(f"{name} is named here, but nothing above declares {parsed.group('last')}")
        if parsed.group("last").startswith("~") or "noexcept" in self.output[-1]:
            raise self.fail(f"{name} may not throw, so KIT_TODO would end the program: give starter lines, no name")

    def end_or_starter(self, word: str, rest: str) -> None:
        if self.block is None:
            raise self.fail(f"{word} without a BEGIN")
        if rest:
            raise self.fail(f"{word} stands alone, but {rest!r} follows it")
        if word != "STARTER":
            self.end(word.split()[1], self.block)
        elif self.block.starter is not None:
            raise self.fail(f"a second STARTER in the block of line {self.block.line}")
        else:
            self.block.starter = []

    def end(self, kind: str, block: _Block) -> None:
        if kind != block.kind:
            raise self.fail(f"END {kind} closes the BEGIN {block.kind} of line {block.line}")
        if block.kind == "SOLUTION" and not block.name and not block.starter:
            raise self.fail("BEGIN SOLUTION needs the function's name, or starter lines after STARTER", block.line)
        lines = block.replacement(self.lab)
        self.output += lines
        self.just_removed = not lines
        self.block = None

    def starter_code(self, line: str) -> str:
        parsed = _STARTER_LINE.fullmatch(line)
        if not parsed:
            raise self.fail("between STARTER and END every line begins with //: (or #: in CMake)")
        return parsed.group("code") or ""

    def keep(self, line: str) -> None:
        """Keeps a line outside of all blocks; where a block left nothing, two blank lines become one."""
        gap = self.just_removed and (not self.output or not self.output[-1] or _opens_a_class(self.output[-1]))
        if gap and not line:
            return
        if gap and line.lstrip().startswith("}") and self.output and not self.output[-1]:
            self.output.pop()
        self.just_removed = False
        self.output.append(line)

    def close(self) -> list[str]:
        if self.block:
            raise self.fail(f"BEGIN {self.block.kind} is never closed", self.block.line)
        return self.output


def _opens_a_class(line: str) -> bool:
    """Whether a line ends in a brace after which no blank line belongs."""
    return line.endswith("{") and not line.startswith("namespace")


def _include_todo(lines: list[str]) -> list[str]:
    """Adds the include of todo.h in its sorted place, unless it is there or nothing needs it."""
    if not any("KIT_TODO(" in line for line in lines) or _TODO_INCLUDE in lines:
        return lines
    includes = [number for number, line in enumerate(lines) if _INCLUDE.match(line)]
    if not includes:
        return [_TODO_INCLUDE, "", *lines]
    last = includes[-1]
    if lines[last].startswith("#include <") or last == includes[0]:
        return [*lines[:last + 1], "", _TODO_INCLUDE, *lines[last + 1:]]
    place = last + 1
    while place > 0 and lines[place - 1].startswith('#include "') and lines[place - 1] > _TODO_INCLUDE:
        place -= 1
    return [*lines[:place], _TODO_INCLUDE, *lines[place:]]


def starter_text(source: str, path: str, lab: int) -> str | None:
    """The starter that a file of the solution yields; None for a file marked SOLUTION ONLY.

    `path` is used in messages only. Raises MarkerError.
    """
    lines = source.splitlines()
    if lines and _ONLY.fullmatch(lines[0]):
        return None
    reader = _Reader(path, lab)
    for line in lines:
        reader.read(line)
    return "\n".join(_include_todo(reader.close())) + "\n"
