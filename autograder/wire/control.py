"""The grader's user-FTP: a control connection on which every line and every reply is the scenario's."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from autograder.wire.client import Wire
from autograder.wire.data import DataPeer
from autograder.wire.reply import (
    LONGEST_REPLY, BadArgument, BadReply, Code, WireReply, any_of, matches, parse,
)
from autograder.wire.show import escape, quote
from autograder.wire.transcript import Divergence

T = TypeVar("T")


class Control:
    """One FTP session as its client sees it. Lines go out as given; replies are held to the grammar.

    A passed expectation is a step of the transcript. The wire beneath (`.wire`) is there for bytes that are no lines.
    """

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.conditions = wire.conditions
        self.last: WireReply | None = None
        self._unanswered: deque[str] = deque()

    # The dialogue

    def send(self, line: str | bytes) -> None:
        """Sends a command line; the CRLF is added. Text goes as UTF-8; bytes go as they are."""
        raw = line.encode("utf-8", "surrogateescape") if isinstance(line, str) else line
        self._unanswered.append(escape(raw))
        self.wire.send(raw + b"\r\n")

    def send_raw(self, data: bytes, name: str = "") -> None:
        """Sends bytes with nothing added. `name` is what to call them in sentences; each line in them wants a reply."""
        for line in data.split(b"\n")[:-1]:
            self._unanswered.append(name or escape(line.rstrip(b"\r")[:60]))
        self.wire.send(data)

    def send_pieces(self, *parts: bytes) -> None:
        """Sends each part in a segment of its own, whatever the weather."""
        for line in b"".join(parts).split(b"\n")[:-1]:
            self._unanswered.append(escape(line.rstrip(b"\r")[:60]))
        self.wire.send_pieces(parts)

    def ask(self, line: str | bytes, *codes: Code, seconds: float | None = None) -> WireReply:
        """Sends a line and expects its reply: `ask("CWD x", 250)`, `ask("CWD y", 550, "4yz")`."""
        self.send(line)
        return self.expect(*codes, seconds=seconds)

    def expect(self, *codes: Code, seconds: float | None = None) -> WireReply:
        """The next reply has one of these codes: numbers, or patterns such as "2yz" and "50z"."""
        asked = f" in reply to {self._unanswered[0]}" if self._unanswered else ""
        reply = self.read_reply(f"{any_of(codes)}{asked}", seconds)
        if not any(matches(reply.code, code) for code in codes):
            raise self._diverge(reply, f"{any_of(codes)}{asked}")
        self._passed(reply)
        return reply

    def final(self, line: str | bytes, *codes: Code, seconds: float | None = None) -> WireReply:
        """Sends a line; at most one preliminary reply may come before the one expected."""
        self.send(line)
        expected = f"{any_of(codes)} in reply to {self._unanswered[-1]}"
        reply = self.read_reply(expected, seconds)
        if reply.code < 200:
            self._passed(reply)
            reply = self.read_reply(expected, seconds)
        if not any(matches(reply.code, code) for code in codes):
            raise self._diverge(reply, expected)
        self._passed(reply)
        return reply

    def read_reply(self, expected: str = "a reply", seconds: float | None = None) -> WireReply:
        """The next reply, whatever its code. Divergence where the bytes are no reply."""
        while True:
            try:
                reply = parse(self.wire.buffer)
            except BadReply as bad:
                raise self.wire.diverge(bad.rule, bad.observed, ahead=bad.at) from None
            if reply is not None:
                self.wire.take(len(reply.raw))
                self.last = reply
                return reply
            if len(self.wire.buffer) > LONGEST_REPLY:
                raise self.wire.diverge(f"{expected}", "a reply without end")
            self.wire.await_bytes(expected, seconds)

    def in_step(self) -> None:
        """Each command gets exactly one reply: NOOP its 200, and then an unknown command its 500 and nothing else.

        A reply too many, left over from before, shows as the wrong reply here.
        """
        self.ask("NOOP", 200)
        self.ask("XYZZY", 500, 502, 530)
        self.nothing_more()

    def nothing_more(self) -> None:
        """No reply has arrived that nobody asked for."""
        self.wire.drain()
        if self.wire.buffer:
            raise self.wire.diverge("no further reply: every command has had its own (RFC 959 4.2)",
                                    f"{self.wire.peer} sent {quote(bytes(self.wire.buffer))}")

    # A session's usual parts

    def login(self, user: str = "anonymous", password: str = "kit@") -> Control:
        """Logs in; PASS is sent only if it is asked for."""
        if self.ask(f"USER {user}", 230, 331).code == 331:
            self.ask(f"PASS {password}", 230, 202)
        return self

    def quit(self) -> None:
        """QUIT: 221, then the end of the connection."""
        self.ask("QUIT", 221)
        self.wire.expect_eof()
        self.close()

    def passive_port(self) -> tuple[str, int]:
        """PASV without connecting: the announced (host, port)."""
        return self.held_by(self.ask("PASV", 227), lambda reply: reply.host_port)

    def directory(self, line: str = "PWD") -> str:
        """The pathname in the 257 reply to PWD or to a MKD line."""
        return self.held_by(self.ask(line, 257), lambda reply: reply.path)

    def held_by(self, reply: WireReply, read: Callable[[WireReply], T]) -> T:
        """What `read` finds in a reply: its path, its address. Divergence where the reply does not hold it."""
        try:
            return read(reply)
        except BadArgument as bad:
            raise self._diverge(reply, str(bad)) from None

    @contextmanager
    def passive(self, receive_buffer: int | None = None) -> Iterator[DataPeer]:
        """PASV, and a data connection to the address announced, closed at the end of the `with`.

        A `receive_buffer` of a few KiB makes a slow reader.
        """
        host, port = self.passive_port()
        if host != self.wire.remote[0]:
            assert self.last is not None
            raise self._diverge(self.last, f"227 with the address of the control connection, {self.wire.remote[0]}")
        with self.connect_data(host, port, receive_buffer=receive_buffer) as data:
            yield data

    def connect_data(self, host: str, port: int, **how: Any) -> DataPeer:
        """A data connection to any address; keywords as for `Wire.connect` (source, receive_buffer)."""
        how.setdefault("source", self.wire.local[0])
        return DataPeer.connect((host, port), self.conditions, channel="data", **how)

    def retrieve(self, path: str | bytes, verb: str = "RETR") -> bytes:
        """A whole download over a passive data connection: 150, the bytes, 226."""
        with self.passive() as data:
            self.ask(_command(verb, path), 150, 125)
            content = data.read_all()
            self.expect(226, 250)
        return content

    def store(self, path: str | bytes, content: bytes, verb: str = "STOR") -> WireReply:
        """A whole upload over a passive data connection. Returns the completion reply."""
        with self.passive() as data:
            self.ask(_command(verb, path), 150, 125)
            data.send(content)
            data.close()
            return self.expect(226, 250)

    def list(self, path: str | bytes = "", verb: str = "LIST") -> list[bytes]:
        """A whole listing: its lines without CRLF."""
        with self.passive() as data:
            self.ask(_command(verb, path), 150, 125)
            lines = data.read_lines()
            self.expect(226, 250)
        return lines

    # Ends

    def expect_closed(self, seconds: float | None = None) -> None:
        """The server closes the control connection and says nothing more."""
        self.wire.expect_eof(seconds)

    def close(self) -> None:
        """Closes without QUIT."""
        self.wire.close()

    def reset(self) -> None:
        """Breaks the connection off (RST)."""
        self.wire.reset()

    def __enter__(self) -> Control:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _passed(self, reply: WireReply) -> None:
        """Notes the step. A completion reply answers the oldest command; a preliminary one leaves it open."""
        line = self._unanswered[0] if self._unanswered else "without a command"
        if reply.code >= 200 and self._unanswered:
            self._unanswered.popleft()
        self.conditions.transcript.step(f"{line}: {reply.code}")

    def _diverge(self, reply: WireReply, expected: str) -> Divergence:
        """At the first byte of a reply already taken."""
        text = quote(reply.raw.removesuffix(b"\r\n"))
        return self.wire.diverge(
            expected, f"{self.wire.peer} sent {text}{self.conditions.died()}", ahead=-len(reply.raw))


def _command(verb: str, path: str | bytes) -> str | bytes:
    if isinstance(path, bytes):
        return verb.encode() + b" " + path if path else verb
    return f"{verb} {path}" if path else verb
