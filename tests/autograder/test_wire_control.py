"""The scripted FTP client: replies expected one by one, data connections, whole transfers."""

from __future__ import annotations

import socket
from contextlib import suppress

from autograder.scenario import Weather
from autograder.wire.client import Wire
from autograder.wire.control import Control
from autograder.wire.ftp_model import Files
from autograder.wire.ftp_peer import FtpPeer
from autograder.wire.reply import PRELIMINARY
from tests.autograder.wire_pair import WireTest


class Dialogue(WireTest):
    def control(self, *replies: bytes) -> tuple[Control, socket.socket]:
        """A control connection on which these bytes have come already."""
        wire, program = self.pair(channel="control")
        program.sendall(b"".join(replies))
        return Control(wire), program

    def test_replies_are_expected_by_code_or_class(self) -> None:
        control, _ = self.control(b"220 hello\r\n331 more\r\n230 in\r\n150 here\r\n226 done\r\n")
        control.expect(220)
        control.login()
        control.ask("RETR x", PRELIMINARY)
        self.assertEqual(control.expect("2yz").text, "done")
        self.assertEqual(control.conditions.transcript.steps[-2:], ["RETR x: 150", "RETR x: 226"])

    def test_another_code_is_told_with_the_command_and_the_caret(self) -> None:
        control, _ = self.control(b"220 hello\r\n", b"550 No such file\r\n")
        control.expect(220)
        failed = self.diverges(lambda: control.ask("RETR x", 150, 125), "150 or 125 in reply to RETR x",
                               'the server sent "550 No such file"')
        event = control.conditions.transcript.events[failed.event or 0]
        self.assertTrue(event.data[failed.caret or 0:].startswith(b"550"))

    def test_a_reply_that_never_comes(self) -> None:
        control, program = self.control()
        self.diverges(lambda: control.ask("NOOP", 200), "200 in reply to NOOP", "nothing came within 0.5 s")
        program.sendall(b"200 half")
        self.diverges(lambda: control.expect(200, seconds=1), "200", 'only "200 half" came')
        program.recv(100)
        program.close()
        self.diverges(lambda: control.expect(200), "200 in reply to NOOP", "closed the connection")

    def test_a_violation_of_the_grammar_names_rule_and_byte(self) -> None:
        control, _ = self.control(b"200 ok\r\n200 lf only\n")
        control.expect(200)
        failed = self.diverges(lambda: control.expect(200), "CRLF (RFC 959 4.2)", "LF without a CR")
        event = control.conditions.transcript.events[failed.event or 0]
        self.assertEqual(event.data[failed.caret or 0:], b"\n")

    def test_final_lets_one_preliminary_reply_pass(self) -> None:
        control, _ = self.control(b"150 a\r\n450 b\r\n550 c\r\n150 d\r\n150 e\r\n")
        self.assertEqual(control.final("RETR x", "4yz").code, 450)
        self.assertEqual(control.final("RETR x", 550).code, 550)
        self.diverges(lambda: control.final("RETR x", 226), "226", '"150 e"')

    def test_a_reply_too_many_is_out_of_step(self) -> None:
        self.answering(b"200 a\r\n", b"500 b\r\n").in_step()
        self.diverges(self.control(b"500 left over\r\n")[0].in_step, "200", "left over")
        for answers in ((b"200 a\r\n200 b\r\n", b"500 c\r\n"), (b"500 late\r\n200 a\r\n", b"500 b\r\n"),
                        (b"200 a\r\n", b"500 b\r\n500 c\r\n")):
            self.diverges(self.answering(*answers).in_step, "", "the server sent")

    def answering(self, *answers: bytes) -> Control:
        """A control connection whose other end gives one answer to each line."""
        control, program = self.control()

        def answer() -> None:
            with suppress(ConnectionError):  # a wire that has failed answers no more
                for text in answers:
                    if program.recv(1000):
                        program.sendall(text)

        self.beside(answer)
        self.addCleanup(control.wire.abandon)  # before the thread is joined: it may wait for a command
        return control

    def test_names_of_any_bytes_are_sent_as_they_are(self) -> None:
        control, program = self.control(b"250 ok\r\n" * 3)
        control.ask("CWD grüße", 250)
        control.ask(b"CWD a\xff\xffb", 250)
        control.send_raw(b"CWD x\nNO")
        self.assertEqual(program.recv(100), "CWD grüße\r\n".encode() + b"CWD a\xff\xffb\r\nCWD x\nNO")

    def test_quit_ends_the_connection(self) -> None:
        control, program = self.control(b"221 bye\r\n")
        self.diverges(control.quit, "the server to close", "nothing came")
        program.close()

    def test_replies_belong_to_commands_in_their_order(self) -> None:
        control, _ = self.control(b"150 a\r\n426 b\r\n226 c\r\n")
        control.ask("RETR big", 150)
        control.send("ABOR")
        control.expect(426)
        control.expect(226)
        self.assertEqual(control.conditions.transcript.steps, ["RETR big: 150", "RETR big: 426", "ABOR: 226"])


class Passive(WireTest):
    def test_the_announced_address_must_be_the_server_s_and_open(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        wire, program = self.pair(channel="control")
        control = Control(wire)
        program.sendall(b"227 ok (10,0,0,1,4,5)\r\n227 ok (127,0,0,1,%d,%d)\r\n227 none\r\n" % divmod(port, 256))
        self.diverges(lambda: control.passive().__enter__(), "127.0.0.1", "10,0,0,1")
        self.diverges(lambda: control.passive().__enter__(), f"connections on 127.0.0.1:{port} (data)", "refused")
        self.diverges(control.passive_port, "six numbers", "227 none")


class Transfers(WireTest):
    """Against the scripted server: the grader's two halves have to understand each other in every weather."""

    def test_whole_sessions_in_every_weather(self) -> None:
        content = bytes(range(256)) * 20
        for weather in (Weather.PLAIN, Weather.SPLIT, Weather.DRIP, Weather.COALESCED):
            with self.subTest(weather):
                files: Files = {"a.bin": content, "d/": b"", "d/b c": b"x"}
                peer = FtpPeer(self.conditions(weather))
                with peer.serving(files) as sessions:
                    control = Control(Wire.connect(peer.address, self.conditions(weather), channel="control"))
                    control.expect(220)
                    control.login()
                    self.assertEqual(control.retrieve("a.bin"), content)
                    control.store("new", content)
                    self.assertEqual(files["new"], content)
                    self.assertEqual(control.list("d", verb="NLST"), [b"b c"])
                    self.assertEqual(control.directory('MKD a"b'), '/a"b')
                    control.final("RETR missing", 550)
                    control.quit()
                peer.close()
                self.assertEqual(sessions[0].heard[-1].verb, "QUIT")

    def test_a_listing_s_lines_end_with_crlf(self) -> None:
        wire, program = self.pair(channel="control")
        control = Control(wire)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            for text in (b"one\r\ntwo\nthree\r\n", b"one\r\ntwo"):
                data = control.connect_data(*listener.getsockname())
                sender, _ = listener.accept()
                sender.sendall(text)
                sender.close()
                self.diverges(data.read_lines, "CRLF", "two")
                data.close()
        program.close()
