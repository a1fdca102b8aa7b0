"""The transcript: what it joins, what it keeps, where each byte stands."""

from __future__ import annotations

import unittest

from autograder.wire.transcript import KEPT_BYTES, Transcript


class Transcripts(unittest.TestCase):
    def test_lines_are_events_and_pieces_of_a_line_are_one(self) -> None:
        transcript = Transcript()
        channel = transcript.channel("control")
        for piece in (b"220 he", b"llo\r\n", b"331 next\r\n"):
            channel.received(piece)
        self.assertEqual([event.data for event in transcript.events], [b"220 hello\r\n", b"331 next\r\n"])
        self.assertEqual(channel.locate(12), (1, 1))

    def test_long_streams_keep_their_head_and_are_counted(self) -> None:
        transcript = Transcript()
        data, control = transcript.channel("data"), transcript.channel("control")
        for _ in range(20):
            data.received(b"x" * 5000)
            data.sent(b"y" * 5000)
        control.sent(b"ABOR\r\n")
        data.received(b"x" * 1000)
        self.assertEqual([(event.kind, event.total) for event in transcript.events if event.total > 6], [
            ("received", 100_000), ("sent", 100_000), ("received", 1000)])
        self.assertTrue(all(len(event.data) <= KEPT_BYTES for event in transcript.events))
        self.assertEqual(data.locate(50_000), (0, None))

    def test_connections_that_are_open_together_have_two_names(self) -> None:
        transcript = Transcript()
        first, second = transcript.channel("data"), transcript.channel("data")
        self.assertEqual((first.name, second.name), ("data", "data 2"))
        first.release()
        self.assertEqual(transcript.channel("data").name, "data")

    def test_a_step_many_times_over_is_one_line(self) -> None:
        transcript = Transcript()
        for step in ("NOOP: 200", "NOOP: 200", "NOOP: 200", "QUIT: 221"):
            transcript.step(step)
        self.assertEqual(transcript.steps, ["NOOP: 200 (3 times)", "QUIT: 221"])

    def test_a_flood_does_not_fill_the_report(self) -> None:
        transcript = Transcript()
        channel = transcript.channel("control")
        for number in range(20_000):
            channel.received(f"500 no {number}\r\n".encode())
            channel.sent(b"x\r\n")
        self.assertLessEqual(len(transcript.events), 4000)
        self.assertIsNotNone(channel.locate(channel.received_bytes))


if __name__ == "__main__":
    unittest.main()
