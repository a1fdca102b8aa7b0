"""FTP command lines as a client must send them. Pure: no sockets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from autograder.wire.show import quote

_SIX_NUMBERS = re.compile(r"\d{1,3}(?:,\d{1,3}){5}")


class BadCommand(Exception):
    """Bytes that are no command line. `at` is the offset of the offending byte; `rule` says what the line must be."""

    def __init__(self, rule: str, observed: str, at: int) -> None:
        super().__init__(f"{rule}: {observed}")
        self.rule = rule
        self.observed = observed
        self.at = at


@dataclass(frozen=True)
class Command:
    """A line from the client: the verb in capitals, the argument decoded (bytes that are no UTF-8 as surrogates)."""

    verb: str
    argument: str
    raw: bytes  # with its CRLF

    def __str__(self) -> str:
        return f"{self.verb} {self.argument}" if self.argument else self.verb

    @property
    def address(self) -> tuple[str, int]:
        """The argument of PORT. Raises BadCommand."""
        numbers = [int(number) for number in self.argument.split(",")] if _SIX_NUMBERS.fullmatch(self.argument) else []
        if not numbers or max(numbers) > 255:
            raise BadCommand("PORT with six numbers from 0 to 255 (RFC 959 4.1.2)", quote(self.raw), 5)
        return ".".join(map(str, numbers[:4])), numbers[4] * 256 + numbers[5]


def parse(line: bytes) -> Command:
    """The command in a line that ends with LF. Raises BadCommand."""
    if not line.endswith(b"\r\n"):
        raise BadCommand("a command line that ends with CRLF (RFC 959 5.3)", quote(line), len(line) - 1)
    body = line[:-2].replace(b"\r\0", b"..")
    for bad, rule in ((b"\r", "no bare CR in a command line"), (b"\0", "no NUL in a command line")):
        if bad in body:
            raise BadCommand(f"{rule} (RFC 2640 3.1)", quote(line), body.find(bad))
    plain = body.replace(b"\xff\xff", b"..")
    for option in range(0xFB, 0xFF):  # WILL, WONT, DO, DONT
        if (at := plain.find(bytes((0xFF, option)))) >= 0:
            raise BadCommand("no Telnet negotiation (RFC 1123 4.1.2.12)", quote(line), at)
    text = line[:-2].replace(b"\r\0", b"\r").replace(b"\xff\xff", b"\xff").decode("utf-8", "surrogateescape")
    verb, _, argument = text.partition(" ")
    return Command(verb.upper(), argument, line)
