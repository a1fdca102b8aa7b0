"""The server's side of an FTP session, scripted line by line, to drive a client under test.

Clients may ask for more than a scenario is about (SYST, TYPE, FEAT, PASV ...): such chatter is answered plainly, until
the command comes that the scenario waits for.
"""

from __future__ import annotations

from autograder.wire import faults
from autograder.wire.client import Wire
from autograder.wire.command import BadCommand, Command, parse
from autograder.wire.data import DataPeer
from autograder.wire.faults import Ending, Fault
from autograder.wire.server import DataListener
from autograder.wire.show import quote
from autograder.wire.transcript import Divergence

LONGEST_LINE = 1 << 16

CHATTER = {
    "SYST": "215 UNIX Type: L8", "TYPE": "200 Type set.", "MODE": "200 Mode set.", "STRU": "200 Structure set.",
    "NOOP": "200 Nothing done.", "PWD": '257 "/" is the current directory.', "ALLO": "202 Not needed.",
    "FEAT": "502 No extensions.", "OPTS": "502 No options.", "EPSV": "500 Unknown command.",
    "EPRT": "500 Unknown command.", "SIZE": "502 Not implemented.", "MDTM": "502 Not implemented.",
    "HELP": "502 Not implemented.", "CLNT": "500 Unknown command.",
}


class FtpScript:
    """One session with the client under test. Owns its control wire, its passive listener and stalled data wires."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.conditions = wire.conditions
        self.heard: list[Command] = []  # every command so far, chatter too
        self.chatter = dict(CHATTER)  # change an answer, or delete the verb to forbid it
        self.passive_template = faults.PASSIVE_REPLIES["plain"]  # {h}: the six numbers
        self.announced: str | None = None  # six numbers to announce instead of the true ones
        self.data_host = self.wire.local[0]  # the loopback address on which passive data ports listen
        self.listener: DataListener | None = None
        self._active: tuple[str, int] | None = None
        self._stalled: list[DataPeer] = []

    # What the server says

    def greet(self, greeting: bytes = faults.GREETINGS["plain"]) -> None:
        """Sends the greeting: see `faults.GREETINGS`."""
        self.reply_raw(greeting)

    def reply(self, *lines: str) -> None:
        """Sends a reply as given, a line at a time; CRLF is added."""
        self.reply_raw("".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogateescape"))

    def reply_raw(self, data: bytes) -> None:
        """Sends bytes as they are."""
        self.wire.send(data)

    # What the client says

    def next_command(self, expected: str = "a command", seconds: float | None = None) -> Command:
        """The client's next line. Divergence where it is no command line, or none comes."""
        wire = self.wire
        while (end := wire.buffer.find(b"\n")) < 0:
            if len(wire.buffer) > LONGEST_LINE:
                raise wire.diverge(expected, f"a line without end: {quote(bytes(wire.buffer))}")
            wire.await_bytes(f"{expected} from the client", seconds)
        try:
            command = parse(bytes(wire.buffer[: end + 1]))
        except BadCommand as bad:
            raise wire.diverge(bad.rule, f"the client sent {bad.observed}", ahead=bad.at) from None
        wire.take(end + 1)
        self.heard.append(command)
        return command

    def expect_command(self, *verbs: str, seconds: float | None = None) -> str:
        """Answers chatter until one of the verbs comes; returns its argument. Any other command is a Divergence."""
        return self.await_command(*verbs, seconds=seconds).argument

    def await_command(self, *verbs: str, seconds: float | None = None) -> Command:
        """Like `expect_command`, but returns the whole command."""
        expected = " or ".join(verbs)
        while True:
            command = self.next_command(expected, seconds)
            if command.verb in verbs:
                self.conditions.transcript.step(f"the client sends {command}")
                return command
            if not self.answer(command):
                raise self.unexpected(command, expected)

    def unexpected(self, command: Command, expected: str) -> Divergence:
        """A Divergence at a command that has been heard."""
        return self.wire.diverge(expected, f"the client sent {quote(command.raw)}", ahead=-len(command.raw))

    def answer(self, command: Command) -> bool:
        """Answers chatter plainly; False when the command is none."""
        if command.verb == "PASV":
            self.announce()
        elif command.verb == "PORT":
            try:
                self._active = command.address
            except BadCommand as bad:
                raise self.unexpected(command, bad.rule) from None
            self.reply("200 PORT understood.")
        elif command.verb in self.chatter:
            self.reply(self.chatter[command.verb])
        else:
            return False
        return True

    def expect_end(self, seconds: float | None = None) -> None:
        """The client says QUIT (answered 221) or just closes."""
        if self.wire.buffer or self.wire.receive("QUIT, or the end of the connection", seconds):
            self.expect_command("QUIT", seconds=seconds)
            self.reply("221 Goodbye.")
            self.conditions.flush()

    # A session's usual parts

    def accept_login(self, user: str | None = None, password: str | None = None) -> str:
        """USER and PASS: 331, 230. Returns the user name. `user` and `password` are what must be sent (None: any)."""
        name = self._expect_argument("USER", user)
        self.reply("331 Password, please.")
        self._expect_argument("PASS", password)
        self.reply("230 Logged in.")
        return name

    def _expect_argument(self, verb: str, wanted: str | None) -> str:
        command = self.await_command(verb)
        if wanted is not None and command.argument != wanted:
            raise self.unexpected(command, f"{verb} {wanted}")
        return command.argument

    def announce(self) -> None:
        """Opens a passive data port and announces it with 227. The port before it is closed."""
        if self.listener is not None:
            self.listener.close()
        self._active = None
        self.listener = DataListener(self.conditions, host=self.data_host)
        self.reply(self.passive_template.format(h=self.announced or self.listener.six_numbers))

    def open_data(self, receive_buffer: int | None = None) -> DataPeer:
        """The data connection the client asked for: accepted (PASV) or made (PORT). Serves one transfer."""
        if self._active is not None:
            address, self._active = self._active, None
            return DataPeer.connect(address, self.conditions, channel="data", peer="the client")
        if self.listener is None:
            raise Divergence("PASV (or PORT) before the transfer", "the client asked for no data connection")
        listener, self.listener = self.listener, None
        try:
            return listener.accept(receive_buffer=receive_buffer)
        finally:
            listener.close()

    def serve_retr(self, content: bytes, fault: Fault = faults.PLAIN, verbs: tuple[str, ...] = ("RETR",)) -> str:
        """Waits for the download and serves it; returns the name asked for."""
        name = self.expect_command(*verbs)
        self.download(content, fault)
        return name

    def serve_list(self, *lines: str, fault: Fault = faults.PLAIN) -> str:
        """Waits for LIST or NLST and serves these lines; returns its argument."""
        text = "".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogateescape")
        return self.serve_retr(text, fault, ("LIST", "NLST"))

    def serve_stor(self, fault: Fault = faults.PLAIN, verbs: tuple[str, ...] = ("STOR",)) -> tuple[str, bytes]:
        """Waits for the upload and takes it; returns the name and the bytes that came."""
        name = self.expect_command(*verbs)
        return name, self.upload(fault)

    def download(self, content: bytes, fault: Fault = faults.PLAIN) -> None:
        """Plays a download whose command has been heard."""
        self.reply_raw(fault.preliminary + (fault.final if fault.final_before_data else b""))
        if not fault.no_data_connection:
            data = self.open_data()
            data.send(content[: int(len(content) * fault.share)])
            if fault.final_before_end:
                self.reply_raw(fault.final)
                self.conditions.flush()
            self._end_data(data, fault)
        self.finish(fault)

    def upload(self, fault: Fault = faults.PLAIN) -> bytes:
        """Plays an upload whose command has been heard; returns the bytes that came."""
        content = self.take_upload(fault)
        self.finish(fault)
        return content

    def take_upload(self, fault: Fault = faults.PLAIN) -> bytes:
        """An upload up to the end of its data; `finish` sends the final reply."""
        self.reply_raw(fault.preliminary + (fault.final if fault.final_before_data else b""))
        content = b""
        if not fault.no_data_connection:
            data = self.open_data()
            content = data.read_all() if fault.share == 1.0 else data.read_some()
            self._end_data(data, fault)
        return content

    def _end_data(self, data: DataPeer, fault: Fault) -> None:
        if fault.ending is Ending.STALL:
            self._stalled.append(data)
        elif fault.ending is Ending.RESET:
            data.reset()
        else:
            data.close()

    def finish(self, fault: Fault = faults.PLAIN) -> None:
        """Ends a transfer: the final reply, unless it has been sent."""
        if self.listener is not None:  # a transfer refused: whoever has connected is turned away
            self.listener.close()
            self.listener = None
        if not (fault.final_before_data or fault.final_before_end):
            self.reply_raw(fault.final)
        if fault.leaves:
            self.close()

    def close(self) -> None:
        """Closes everything the session holds."""
        self.conditions.flush()
        for owned in (self.listener, self.wire, *self._stalled):
            if owned is not None:
                owned.close()
        self._stalled.clear()
        self.listener = None

    def __enter__(self) -> FtpScript:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
