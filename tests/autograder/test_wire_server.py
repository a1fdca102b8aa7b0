"""The scripted server: what it expects of a client, and how it misbehaves on purpose."""

from __future__ import annotations

import socket
from autograder.wire import faults
from autograder.wire.faults import Fault
from autograder.wire.ftp_model import Files, serve_files
from autograder.wire.ftp_peer import FtpPeer
from autograder.wire.ftp_script import FtpScript
from autograder.wire.server import ScriptedServer
from tests.autograder.wire_pair import WireTest


class PlainClient:
    """A client made of a socket and a file, with no judgement of its own."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.sock = socket.create_connection(address, 5)
        self.file = self.sock.makefile("rb")

    def send(self, *lines: bytes) -> None:
        """Sends lines as they are, CRLF added."""
        self.sock.sendall(b"".join(line + b"\r\n" for line in lines))

    def line(self) -> bytes:
        """The next line of a reply."""
        return self.file.readline()

    def data(self) -> socket.socket:
        """PASV, and the connection to the port announced."""
        self.send(b"PASV")
        numbers = self.line().split(b"(")[1].split(b")")[0].split(b",")
        return socket.create_connection(("127.0.0.1", int(numbers[4]) * 256 + int(numbers[5])), 5)

    def close(self) -> None:
        """Closes both."""
        self.file.close()
        self.sock.close()


class ServerTest(WireTest):
    """Gives tests a session: the script, and the client at its other end."""

    def session(self) -> tuple[FtpScript, PlainClient]:
        """An accepted, greeted session."""
        peer = FtpPeer(self.conditions())
        client = PlainClient(peer.address)
        session = peer.session()
        session.greet()
        client.line()
        for made in (peer, client, session):
            self.addCleanup(made.close)
        return session, client


class Listening(WireTest):
    def test_a_client_that_never_connects(self) -> None:
        peer = ScriptedServer(self.conditions())
        self.addCleanup(peer.close)
        self.diverges(lambda: peer.accept(1), "the client to open a control connection", "not connect within 0.1 s")
        peer.expect_nobody(0.1)

    def test_a_client_that_has_died_is_not_waited_for(self) -> None:
        conditions = self.conditions()
        conditions.obituary = lambda: "ftp_client has ended: exit status 1"
        peer = ScriptedServer(conditions)
        self.addCleanup(peer.close)
        self.diverges(lambda: peer.accept(1000), "to open", "exit status 1")


class Script(ServerTest):
    def test_chatter_is_answered_until_the_command_comes(self) -> None:
        session, client = self.session()
        client.send(b"FEAT", b"syst", b"TYPE I", b"RETR a b")
        self.assertEqual(session.expect_command("RETR"), "a b")
        self.assertEqual([client.line()[:3] for _ in range(3)], [b"502", b"215", b"200"])
        self.assertEqual([command.verb for command in session.heard], ["FEAT", "SYST", "TYPE", "RETR"])

    def test_another_command_is_a_divergence(self) -> None:
        session, client = self.session()
        client.send(b"DELE x")
        self.diverges(lambda: session.expect_command("RETR"), "RETR", 'the client sent "DELE x\\r\\n"')

    def test_chatter_can_be_forbidden(self) -> None:
        session, client = self.session()
        del session.chatter["SYST"]
        client.send(b"SYST")
        self.diverges(lambda: session.expect_command("RETR"), "RETR", "SYST")

    def test_lines_are_held_to_the_grammar(self) -> None:
        for line, rule in ((b"NOOP\n", "CRLF"), (b"RETR a\0b\r\n", "NUL"), (b"\xff\xfd\x06\r\n", "negotiation"),
                           (b"PORT 1,2\r\n", "six numbers")):
            with self.subTest(line):
                session, client = self.session()
                client.sock.sendall(line)
                self.diverges(lambda: session.expect_command("QUIT"), rule, "the client sent")

    def test_login_can_be_held_to_a_name(self) -> None:
        session, client = self.session()
        client.send(b"USER kim", b"PASS secret")
        self.assertEqual(session.accept_login("kim", "secret"), "kim")
        session, client = self.session()
        client.send(b"USER kim")
        self.diverges(lambda: session.accept_login("pat"), "USER pat", "USER kim")

    def test_a_transfer_without_pasv_is_a_divergence(self) -> None:
        session, client = self.session()
        client.send(b"RETR x")
        self.diverges(lambda: session.serve_retr(b"abc"), "PASV (or PORT)", "no data connection")

    def test_active_clients_are_served_too(self) -> None:
        session, client = self.session()
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
            client.send(b"PORT 127,0,0,1,%d,%d" % divmod(port, 256), b"LIST")
            self.assertEqual(session.serve_list("one", "two"), "")
            data, _ = listener.accept()
        with data:
            self.assertEqual(data.recv(100), b"one\r\ntwo\r\n")

    def test_the_end_of_a_session_may_be_quit_or_close(self) -> None:
        session, client = self.session()
        client.send(b"QUIT")
        session.expect_end()
        self.assertEqual(client.line()[:3], b"221")
        session, client = self.session()
        client.close()
        session.expect_end()


class Faults(ServerTest):
    """Each fault as a client sees it: the replies' codes, the bytes of the data, and how the data end."""

    def play(self, fault: Fault, size: int = 1000) -> tuple[list[bytes], int, str]:
        """A download with the fault; "open" is the end of a data connection that stays."""
        session, client = self.session()
        self.beside(lambda: (session.serve_retr(bytes(size), fault), session.conditions.flush()) and None)
        got, end = 0, "none"
        if fault.no_data_connection:
            client.send(b"RETR x")
        else:
            with client.data() as data:
                client.send(b"RETR x")
                got, end = _drain(data)
        codes = [line[:3] for line in iter(client.line, b"") if line[3:4] == b" "] if fault.leaves else [
            client.line()[:3] for _ in range(bool(fault.preliminary) + bool(fault.final))]
        return codes, got, end

    def test_faults_are_played_as_described(self) -> None:
        table: dict[str, tuple[Fault, tuple[list[bytes], int, str]]] = {
            fault.name: (fault, seen) for fault, seen in (
                (faults.PLAIN, ([b"150", b"226"], 1000, "eof")),
                (faults.ANSWERS_125, ([b"125", b"226"], 1000, "eof")),
                (faults.COALESCED_150_226, ([b"150", b"226"], 1000, "eof")),
                (faults.FINAL_BEFORE_END, ([b"150", b"226"], 1000, "eof")),
                (faults.CUT_426, ([b"150", b"426"], 500, "eof")),
                (faults.WHOLE_451, ([b"150", b"451"], 1000, "eof")),
                (faults.VANISHES, ([b"150"], 500, "eof")),
                (faults.STALLS, ([b"150"], 500, "open")),
                (faults.REFUSED_550, ([b"550"], 0, "none")),
                (faults.REFUSED_425, ([b"150", b"425"], 0, "none")),
            )
        }
        for name, (fault, seen) in table.items():
            with self.subTest(name):
                self.assertEqual(self.play(fault), seen)

    def test_a_reset_is_one(self) -> None:
        codes, got, end = self.play(faults.RESET_426)
        self.assertEqual((codes, end), ([b"150", b"426"], "reset"))
        self.assertLessEqual(got, 500)

    def test_every_passive_reply_holds_the_numbers_behind_the_first_digit(self) -> None:
        for name, template in faults.PASSIVE_REPLIES.items():
            with self.subTest(name):
                text = template.format(h="127,0,0,1,2,3")[4:]
                first = next(at for at, character in enumerate(text) if character.isdigit())
                self.assertEqual(text[first:].split(",")[:5], ["127", "0", "0", "1", "2"])


class Model(ServerTest):
    def test_it_keeps_a_tree_of_files(self) -> None:
        session, client = self.session()
        files: Files = {"a": b"1", "d/": b"", "d/b": b"22"}
        self.beside(lambda: serve_files(session, files, idle=50) and None)

        def code(line: bytes) -> bytes:
            client.send(line)
            return client.line()[:3]

        table = (
            (b"CWD d", b"250"), (b"SIZE b", b"213"), (b"SIZE a", b"550"), (b"CDUP", b"250"), (b"SIZE a", b"213"),
            (b"RMD d", b"550"), (b"DELE d/b", b"250"), (b"RMD d", b"250"), (b"MKD e", b"257"), (b"MKD a", b"550"),
            (b"RNTO x", b"503"), (b"RNFR a", b"350"), (b"RNTO e/z", b"250"), (b"CWD nowhere", b"550"),
            (b"XYZZY", b"502"),
        )
        for line, wanted in table:
            self.assertEqual(code(line), wanted, line)
        self.assertEqual(files, {"e/": b"", "e/z": b"1"})
        self.assertEqual(code(b"QUIT"), b"221")

    def test_a_client_s_violation_is_raised_at_the_end(self) -> None:
        peer = FtpPeer(self.conditions())
        self.addCleanup(peer.close)

        def misuse() -> None:
            with peer.serving({}):
                client = PlainClient(peer.address)
                client.line()
                client.sock.sendall(b"USER x\n")
                client.line()
                client.close()

        self.diverges(misuse, "CRLF", "USER x")


def _drain(sock: socket.socket) -> tuple[int, str]:
    sock.settimeout(0.3)
    got = 0
    try:
        while piece := sock.recv(1 << 16):
            got += len(piece)
    except ConnectionResetError:
        return got, "reset"
    except TimeoutError:
        return got, "open"
    return got, "eof"
