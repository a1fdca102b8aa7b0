"""The scripted TCP peer: what it awaits, what it says when that does not come, and how its bytes travel."""

from __future__ import annotations

import random
import socket
import struct
import time
import unittest

from autograder.scenario import Weather
from autograder.wire.client import Wire
from autograder.wire.weather import pieces
from tests.autograder.wire_pair import WireTest


class Awaiting(WireTest):
    def test_bytes_are_read_in_every_way(self) -> None:
        wire, program = self.pair()
        program.sendall(b"abcdef\r\nrest of it")
        self.assertEqual(wire.read_exactly(3), b"abc")
        self.assertEqual(wire.read_line(), b"def")
        wire.expect_bytes(b"rest")
        self.assertEqual(wire.read_until(b"of"), b" of")
        program.close()
        self.assertEqual(wire.read_to_eof(), b" it")
        wire.expect_eof()

    def test_a_wait_in_vain_says_what_had_come(self) -> None:
        wire, program = self.pair()
        began = time.monotonic()
        self.diverges(lambda: wire.read_exactly(5), "5 bytes", "nothing came within 0.5 s")
        self.assertLess(time.monotonic() - began, 2)
        program.sendall(b"abc")
        self.diverges(lambda: wire.read_exactly(5, 0.2), "5 bytes", 'only "abc" came, and nothing more')

    def test_the_end_of_the_stream_is_told_from_a_reset(self) -> None:
        wire, program = self.pair()
        program.sendall(b"ab")
        program.close()
        self.diverges(lambda: wire.read_exactly(5), "5 bytes", 'the server closed the connection after 2 bytes: "ab"')
        wire, program = self.pair()
        _reset(program)
        self.diverges(lambda: wire.read_exactly(5), "5 bytes", "the server reset the connection (RST)")
        wire.expect_gone()

    def test_the_caret_stands_at_the_first_wrong_byte(self) -> None:
        wire, program = self.pair()
        program.sendall(b"first,")
        wire.expect_bytes(b"first,")
        program.sendall(b"secOnd")
        failed = self.diverges(lambda: wire.expect_bytes(b"second"), '"second" around offset 3', 'is "O", not "o"')
        event = wire.conditions.transcript.events[failed.event or 0]
        self.assertEqual(event.data[failed.caret or 0:][:1], b"O")

    def test_a_wrong_byte_is_not_waited_past(self) -> None:
        wire, program = self.pair()
        program.sendall(b"ax")
        self.diverges(lambda: wire.expect_bytes(b"ab" + b"c" * 1000), "ab", 'is "x"')

    def test_silence_and_the_end_are_expectations_too(self) -> None:
        wire, program = self.pair()
        wire.expect_silence(0.2)
        self.diverges(wire.expect_eof, "the server to close", "nothing came")
        program.sendall(b"?")
        self.diverges(lambda: wire.expect_silence(1), "nothing to come", '"?"')
        self.diverges(wire.expect_eof, "the end of the stream", '"?"')
        wire.take(1)
        program.close()
        self.diverges(wire.expect_silence, "open and silent", "closed the connection")

    def test_a_stream_is_thrown_away_and_counted(self) -> None:
        wire, program = self.pair()
        self.beside(lambda: (program.sendall(bytes(3_000_000)), program.close()) and None)
        wire.discard(1_000_000)
        self.assertEqual(wire.discard_to_eof(), 2_000_000)
        wire, program = self.pair()
        program.sendall(b"abc")
        program.close()
        self.diverges(lambda: wire.discard(4), "4 bytes", "after 3 bytes")

    def test_nobody_listens(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            address = listener.getsockname()
        self.diverges(lambda: Wire.connect(address, self.conditions()), "to accept connections on 127.0.0.1", "refused")


class Sending(WireTest):
    def test_a_peer_that_reads_nothing_is_noticed(self) -> None:
        wire, _ = self.pair()
        self.diverges(lambda: wire.send(bytes(50_000_000)), "to read 50,000,000 bytes", "then none for 0.5 s")

    def test_a_peer_that_hangs_up_is_noticed_with_its_last_words(self) -> None:
        wire, program = self.pair()
        program.sendall(b"421 no\r\n")
        _reset(program)
        self.diverges(lambda: [wire.send(b"x" * 1000) for _ in range(3)], "to read", "it ended the connection")
        self.assertFalse(wire.try_send(b"more"))

    def test_echo_through_needs_no_reader_first(self) -> None:
        wire, program = self.pair()
        self.beside(lambda: _echo(program))
        wire.expect_echo(random.Random(2).randbytes(8_000_000))
        wire.half_close()
        wire.expect_eof()

    def test_an_echo_that_falters_is_told_with_its_place(self) -> None:
        wire, program = self.pair()
        program.sendall(b"hellO")
        self.diverges(lambda: wire.expect_echo(b"hello"), "the same bytes back", "offset 4")
        self.diverges(lambda: wire.expect_echo(b"hello"), "5 bytes to come back", "only 0 of 5 bytes")

    def test_reset_reaches_the_program_as_one(self) -> None:
        wire, program = self.pair()
        wire.reset()
        with self.assertRaises(ConnectionResetError):
            program.recv(1)

    def test_urgent_data_is_marked(self) -> None:
        wire, program = self.pair()
        program.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, 1)
        wire.send_urgent(b"\xff\xf2")
        self.assertEqual(program.recv(10), b"\xff")  # the mark parts the urgent byte from those before it
        self.assertEqual(program.recv(10), b"\xf2")


class Weathers(WireTest):
    """The program reads as soon as it can, and each read shows one segment."""

    def test_pieces_join_to_the_message(self) -> None:
        rng = random.Random(3)
        for size in (0, 1, 2, 511, 512, 513, 5000):
            data = rng.randbytes(size)
            for weather in Weather:
                self.assertEqual(b"".join(pieces(data, weather, rng)), data)
        self.assertEqual(len(pieces(b"abc", Weather.DRIP, rng)), 3)
        self.assertEqual(len(pieces(b"abc", Weather.SPLIT, rng)), 2)
        self.assertEqual({pieces(b"abcd", Weather.SPLIT, rng)[0] for _ in range(50)}, {b"a", b"ab", b"abc"})

    def test_split_is_two_reads(self) -> None:
        self.assertEqual([len(self.reads(Weather.SPLIT, [b"USER x\r\n"])) for _ in range(5)], [2] * 5)

    def test_drip_is_one_byte_a_read(self) -> None:
        self.assertEqual(self.reads(Weather.DRIP, [b"USER x\r\n", b"NOOP\r\n"]), [1] * 14)

    def test_coalesced_messages_are_one_read(self) -> None:
        self.assertEqual(self.reads(Weather.COALESCED, [b"USER x\r\n", b"NOOP\r\n"]), [14])

    def test_pieces_are_segments_in_any_weather(self) -> None:
        wire, program = self.pair()
        sizes: list[int] = []
        self.beside(lambda: _record(program, sizes))
        wire.send_pieces([b"NOOP\r\nNO", b"OP", b"\r\n"])
        wire.half_close()
        wire.expect_eof()
        self.assertEqual(sizes, [8, 2, 2])

    def test_what_is_held_leaves_when_any_wire_waits(self) -> None:
        conditions = self.conditions(Weather.COALESCED)
        first, program = self.pair(conditions)
        second, _ = self.pair(conditions)
        first.send(b"held")
        program.setblocking(False)
        with self.assertRaises(BlockingIOError):
            program.recv(10)
        second.expect_silence(0.1)
        program.settimeout(5)
        self.assertEqual(program.recv(10), b"held")

    def test_a_program_that_does_not_read_is_not_waited_for_long(self) -> None:
        wire, program = self.pair(self.conditions(Weather.DRIP))
        began = time.monotonic()
        wire.send(b"x" * 300)
        self.assertLess(time.monotonic() - began, 2)
        wire.half_close()
        self.assertEqual(len(b"".join(iter(lambda: program.recv(1000), b""))), 300)

    def reads(self, weather: Weather, messages: list[bytes]) -> list[int]:
        """The sizes of the program's reads."""
        wire, program = self.pair(self.conditions(weather))
        sizes: list[int] = []
        self.beside(lambda: _record(program, sizes))
        for message in messages:
            wire.send(message)
        wire.half_close()
        wire.expect_eof()
        return sizes


def _reset(program: socket.socket) -> None:
    program.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    program.close()


def _echo(program: socket.socket) -> None:
    while data := program.recv(1 << 16):
        program.sendall(data)
    program.close()


def _record(program: socket.socket, sizes: list[int]) -> None:
    while data := program.recv(1 << 16):
        sizes.append(len(data))
    program.close()


if __name__ == "__main__":
    unittest.main()
