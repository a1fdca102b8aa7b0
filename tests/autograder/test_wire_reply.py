"""The reply grammar, code patterns, command lines and escaped text: pure parsing, tested with strings."""

from __future__ import annotations

import unittest

from autograder.wire import command, reply
from autograder.wire.show import describe_difference, first_difference, quote


class Replies(unittest.TestCase):
    def test_a_line_is_a_reply(self) -> None:
        parsed = reply.parse(b"220 Hello there\r\n331 next")
        assert parsed is not None
        self.assertEqual((parsed.code, parsed.text, parsed.raw), (220, "Hello there", b"220 Hello there\r\n"))

    def test_lines_up_to_the_same_code_are_one_reply(self) -> None:
        raw = b"211-Features\r\n 211 is not the end\r\n SIZE\r\n211-more\r\n211 End\r\n"
        parsed = reply.parse(raw)
        assert parsed is not None
        self.assertEqual(parsed.raw, raw)
        self.assertEqual(parsed.text, "Features\n 211 is not the end\n SIZE\n211-more\nEnd")
        self.assertTrue(parsed.is_multi_line)

    def test_every_front_part_is_incomplete(self) -> None:
        for raw in (b"220 Hello\r\n", b"220-Hello\r\n  there\r\n220 you\r\n", b"200 \r\n"):
            for end in range(len(raw)):
                self.assertIsNone(reply.parse(raw[:end]), raw[:end])

    def test_violations_are_found_at_their_byte(self) -> None:
        table = {
            b"22 Hello\r\n": 2, b"ok\r\n": 0, b"620 x\r\n": 0, b"260 x\r\n": 1, b"220Hello\r\n": 3, b"220\r\n": 3,
            b"220 Hello\n": 9, b"220 a\rb\r\n": 5, b"220-a\r\n331 b\r\n": 7, b"220-a\r\n2200 b\r\n": 7, b"\r\n": 0,
            b"220-a\r\n b\n": 9, b"220 a\r\r\n": 5,
        }
        for raw, at in table.items():
            with self.subTest(raw):
                with self.assertRaises(reply.BadReply) as caught:
                    reply.parse(raw)
                self.assertEqual(caught.exception.at, at)
                self.assertIn("RFC 959 4.2", caught.exception.rule)

    def test_a_violation_is_seen_before_the_line_ends(self) -> None:
        with self.assertRaises(reply.BadReply):
            reply.parse(b"Wel")

    def test_the_path_of_257_is_unquoted(self) -> None:
        self.assertEqual(self._reply(b'257 "/a ""b"" c" made\r\n').path, '/a "b" c')
        for bad in (b"257 /a\r\n", b'257  "/a"\r\n', b'257 "/a\r\n'):
            with self.assertRaises(reply.BadArgument):
                self._reply(bad).path  # noqa: B018  (the property raises)

    def test_the_address_of_227_is_read_strictly(self) -> None:
        for text in (b"Entering Passive Mode (127,0,0,1,128,7).", b"=127,0,0,1,128,7", b"127,0,0,1,128,7 ok"):
            self.assertEqual(self._reply(b"227 " + text + b"\r\n").host_port, ("127.0.0.1", 32775))
        for text in (b"(127,0,0,1,128)", b"(127,0,0,1,128,256)", b"IPv4 (127,0,0,1,128,7)", b"127.0.0.1,128,7",
                     b"(127,0,0,1,128,7,9)"):
            with self.subTest(text), self.assertRaises(reply.BadArgument):
                self._reply(b"227 " + text + b"\r\n").host_port  # noqa: B018

    def test_patterns_stand_for_classes(self) -> None:
        self.assertTrue(reply.matches(226, "2yz") and reply.matches(502, "50z") and reply.matches(150, 150))
        self.assertFalse(reply.matches(326, "2yz") or reply.matches(512, "50z") or reply.matches(150, 125))
        self.assertEqual(reply.any_of((150, 125)), "150 or 125")
        self.assertEqual(reply.any_of((230, 331, "5yz")), "one of 230, 331, 5yz")

    def _reply(self, raw: bytes) -> reply.WireReply:
        parsed = reply.parse(raw)
        assert parsed is not None
        return parsed


class Commands(unittest.TestCase):
    def test_verb_and_argument_part_at_the_first_space(self) -> None:
        parsed = command.parse(b"retr  a b \r\n")
        self.assertEqual((parsed.verb, parsed.argument), ("RETR", " a b "))

    def test_escaped_bytes_are_one_byte_of_the_name(self) -> None:
        self.assertEqual(command.parse(b"RETR a\r\0b\xff\xff\r\n").argument, "a\rb\udcff")

    def test_violations_are_found_at_their_byte(self) -> None:
        for raw, at in {b"QUIT\n": 4, b"RETR a\rb\r\n": 6, b"RETR a\0b\r\n": 6, b"\xff\xfb\x01NOOP\r\n": 0}.items():
            with self.subTest(raw), self.assertRaises(command.BadCommand) as caught:
                command.parse(raw)
            self.assertEqual(caught.exception.at, at)

    def test_port_is_read_strictly(self) -> None:
        self.assertEqual(command.parse(b"PORT 127,0,0,1,1,2\r\n").address, ("127.0.0.1", 258))
        for bad in (b"PORT\r\n", b"PORT 1,2,3\r\n", b"PORT 127,0,0,1,1,256\r\n"):
            with self.assertRaises(command.BadCommand):
                command.parse(bad).address  # noqa: B018


class Shown(unittest.TestCase):
    def test_bytes_are_escaped_and_shortened(self) -> None:
        self.assertEqual(quote(b'a"\r\n\x00\xff'), '"a\\"\\r\\n\\x00\\xff"')
        self.assertEqual(quote(b"a" * 100, 10), '"aaaaa" ... 90 bytes ... "aaaaa"')

    def test_the_first_difference_is_found_at_every_place(self) -> None:
        text = bytes(range(50))
        for at in range(50):
            other = text[:at] + b"\xff" + text[at + 1:]
            self.assertEqual(first_difference(text, other), at)
            self.assertEqual(first_difference(text, text[:at]), at)
        self.assertIsNone(first_difference(text, bytes(text)))

    def test_a_difference_is_told_in_words(self) -> None:
        expected, observed, at = describe_difference(b"hellO", b"hello", "in a.txt") or ("", "", -1)
        self.assertEqual(at, 4)
        self.assertIn('is "O", not "o"', observed)
        self.assertIn("in a.txt", expected)
        self.assertIn("last 3 bytes are missing", (describe_difference(b"he", b"hello", "x") or ("", ""))[1])
        self.assertIn("1 byte too many", (describe_difference(b"hello!", b"hello", "x") or ("", ""))[1])


if __name__ == "__main__":
    unittest.main()
