"""FTP replies: the strict grammar of RFC 959 4.2, and patterns of reply codes. Pure: no sockets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from autograder.wire.show import quote

PRELIMINARY, COMPLETION, INTERMEDIATE, TRANSIENT, PERMANENT = "1yz", "2yz", "3yz", "4yz", "5yz"
REFUSAL = (TRANSIENT, PERMANENT)  # any reply that says no

Code = int | str  # 226, or a pattern: "2yz", "50z"

LONGEST_REPLY = 1 << 20  # bytes; longer is an endless reply

_CODE = re.compile(rb"[1-5][0-5][0-9]")
_SIX_NUMBERS = re.compile(r"(\d+),(\d+),(\d+),(\d+),(\d+),(\d+)")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')


class BadReply(Exception):
    """Bytes that are no reply. `at` is the offset of the offending byte; `rule` says what the grammar wants."""

    def __init__(self, rule: str, observed: str, at: int) -> None:
        super().__init__(f"{rule}: {observed}")
        self.rule = rule
        self.observed = observed
        self.at = at


class BadArgument(Exception):
    """A reply of the right code whose text does not hold what that reply must hold."""


@dataclass(frozen=True)
class WireReply:
    """A reply as it came. `lines` are without CRLF, the first and last still with their code; bytes that are no
    UTF-8 stand as surrogate escapes."""

    code: int
    raw: bytes
    lines: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """The text without codes, lines joined by newlines."""
        inner = self.lines[1:-1]
        ends = [self.lines[0][4:]] if len(self.lines) == 1 else [self.lines[0][4:], *inner, self.lines[-1][4:]]
        return "\n".join(ends)

    @property
    def is_multi_line(self) -> bool:
        """Whether it came in the `nnn-` form."""
        return len(self.lines) > 1

    @property
    def path(self) -> str:
        """The pathname of a 257 reply, its doubled quotes undone (RFC 959 appendix II). Raises BadArgument."""
        found = _QUOTED.match(self.lines[0][4:])
        if found is None:
            raise BadArgument('257, one SP, then a pathname in double quotes, as in 257 "/dir" (RFC 959 appendix II)')
        return found[1].replace('""', '"')

    @property
    def host_port(self) -> tuple[str, int]:
        """The address of a 227 reply. Raises BadArgument unless it holds h1,h2,h3,h4,p1,p2 and no digit before."""
        text = self.lines[0][4:]
        found = _SIX_NUMBERS.search(text)
        numbers = [int(number) for number in found.groups()] if found else []
        if found is None or re.search(r"\d", text[: found.start()]) or re.match(r",?\d", text[found.end():]):
            raise BadArgument("227 with six numbers h1,h2,h3,h4,p1,p2 and no digit before them (RFC 1123 4.1.2.6)")
        if any(number > 255 for number in numbers):
            raise BadArgument("227 with six numbers from 0 to 255: each is one byte of an address (RFC 959 4.1.2)")
        return ".".join(map(str, numbers[:4])), numbers[4] * 256 + numbers[5]


def matches(code: int, wanted: Code) -> bool:
    """Whether a code is the wanted one, or fits a pattern such as "2yz" or "50z"."""
    pattern = str(wanted)
    return len(pattern) == 3 and all(p in (c, "x", "y", "z") for p, c in zip(pattern, str(code)))


def any_of(codes: tuple[Code, ...]) -> str:
    """The codes as words: `226`, `150 or 125`, `one of 230, 331, 5yz`."""
    words = [str(code) for code in codes]
    return " or ".join(words) if len(words) < 3 else "one of " + ", ".join(words)


def parse(data: bytes | bytearray) -> WireReply | None:
    """The reply at the front of `data`, or None while it is incomplete. Raises BadReply as soon as it cannot be one."""
    lines: list[bytes] = []
    start = 0
    while True:
        end = data.find(b"\n", start)
        line = bytes(data[start : end + 1 if end >= 0 else len(data)])
        _check_line(line, start)
        if not lines:
            _check_first(line)
        elif end >= 0:
            _check_inner(line, lines[0][:3], start)
        if end < 0:
            return None
        lines.append(line[:-2])
        start = end + 1
        if line[3:4] == b" " and (len(lines) == 1 or line.startswith(lines[0][:3])):
            decoded = tuple(entry.decode("utf-8", "surrogateescape") for entry in lines)
            return WireReply(int(lines[0][:3]), bytes(data[:start]), decoded)


def _check_line(line: bytes, start: int) -> None:
    """Line ends: CRLF, and no CR or LF alone. A CR at the very end may still get its LF."""
    body = line[:-1] if line.endswith(b"\n") else line
    stray = body.find(b"\r")
    if line.endswith(b"\n") and stray < 0:
        raise BadReply("every line of a reply ends with CRLF (RFC 959 4.2)", "a LF without a CR before it",
                       start + len(line) - 1)
    if 0 <= stray < len(body) - 1:
        raise BadReply("every line of a reply ends with CRLF (RFC 959 4.2)", "a CR that no LF follows", start + stray)


def _check_first(line: bytes) -> None:
    code = line[:3]
    for at in range(len(code)):
        allowed = b"12345" if at == 0 else b"012345" if at == 1 else b"0123456789"
        if code[at] not in allowed:
            rule = "a reply begins with three digits, the first 1 to 5, the second 0 to 5 (RFC 959 4.2)"
            raise BadReply(rule, f"it begins with {quote(line, 40)}", at)
    if len(line) > 3 and line[3:4] not in (b" ", b"-"):
        rule = "the code of a reply is followed by SP, or by - when more lines follow (RFC 959 4.2)"
        raise BadReply(rule, f"the line is {quote(line, 60)}", 3)


def _check_inner(line: bytes, code: bytes, start: int) -> None:
    if line.startswith(code) and line[3:4] in (b" ", b"-"):
        return  # the end; `nnn-` on every line is not what the RFC says, but no client can mistake it
    if _CODE.match(line) or line[:3].isdigit():
        raise BadReply("a line inside a multi-line reply that begins with three digits is padded, with a space for "
                       "example (RFC 959 4.2)", f"inside the {code.decode()} reply stands {quote(line, 60)}", start)
