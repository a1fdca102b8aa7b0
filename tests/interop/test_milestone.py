"""The classic session, as a person types it: `ftp_server PORT` in one terminal, `ftp_client` in another."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import termios
import time
import unittest
from pathlib import Path

from tests.interop.support import TreeTest, end, free_port, program

SECONDS = 20.0  # for each thing waited for


class Screen:
    """A program on a terminal of its own, and what it has shown there. Owns the terminal and the process."""

    def __init__(self, argv: list[str], cwd: Path) -> None:
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            argv, stdin=slave, stdout=slave, stderr=slave, cwd=cwd, preexec_fn=lambda: controlling_terminal(slave))
        os.close(slave)
        self.shown = ""
        self.seen = 0  # how far `shown` has been matched

    def expect(self, pattern: str) -> "re.Match[str]":
        """Waits until `pattern` shows behind what was matched before. AssertionError when it does not in time."""
        compiled = re.compile(pattern)
        until = time.monotonic() + SECONDS
        while not (match := compiled.search(self.shown, self.seen)):
            if not self.read_more(until):
                raise AssertionError(f"{pattern!r} did not show; the screen:\n{self.shown}")
        self.seen = match.end()
        return match

    def read_more(self, until: float) -> bool:
        """Adds what is shown next; False at the end of the program's output or when the time is up."""
        if not select.select([self.master], [], [], max(0.0, until - time.monotonic()))[0]:
            return False
        try:
            piece = os.read(self.master, 65536)
        except OSError:  # EIO: the program has closed its terminal
            return False
        self.shown += piece.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(piece)

    def type(self, line: str) -> None:
        """Types a line and presses Enter."""
        os.write(self.master, line.encode() + b"\n")

    def press_ctrl_c(self) -> None:
        """What the terminal makes SIGINT of."""
        os.write(self.master, b"\x03")

    def exit_status(self) -> int:
        """Waits for the program's end and reads what it still had to show."""
        until = time.monotonic() + SECONDS
        while self.read_more(until):
            pass
        return self.process.wait(SECONDS)

    def close(self) -> None:
        """Ends the program if it still runs, and the terminal."""
        end(self.process)
        os.close(self.master)


def controlling_terminal(slave: int) -> None:
    """Runs in the child: a session of its own with `slave` as its terminal, so that Ctrl-C finds it."""
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


class Milestone(TreeTest):
    """Two terminals: one shows the requests, in the other somebody works."""

    def setUp(self) -> None:
        super().setUp()
        (self.local / "notes.txt").write_bytes(b"line one\nline two\n")
        self.port = free_port()
        self.server = self.screen(program("KIT_SERVER", "ftp_server"), str(self.port), cwd=self.served)
        self.server.expect(rf"(?m)^listening on 127\.0\.0\.1:{self.port}\n")

    def screen(self, *argv: str, cwd: Path) -> Screen:
        """A program on a terminal, closed after the test."""
        screen = Screen(list(argv), cwd)
        self.addCleanup(screen.close)
        return screen

    def connected_client(self) -> Screen:
        """A client started without arguments, after it has been told the port: at its prompt."""
        client = self.screen(program("KIT_CLIENT", "ftp_client"), cwd=self.local)
        client.expect(r"\AEnter server port: ")
        client.type(str(self.port))
        client.expect(r"ftp> ")
        self.assertEqual(client.shown, f"Enter server port: {self.port}\nftp> ")
        return client

    def test_get_put_ls_quit(self) -> None:
        client = self.connected_client()

        client.type("get hello.txt")
        client.expect(r"\nhello\.txt: 13 bytes received in \d+\.\d\d s\nftp> ")
        self.assertEqual((self.local / "hello.txt").read_bytes(), (self.served / "hello.txt").read_bytes())
        self.server.expect(r"\n.*SUCCESS.*RETR.*hello\.txt.*226.*\n")

        client.type("put notes.txt")
        client.expect(r"\nnotes\.txt: 18 bytes sent in \d+\.\d\d s\nftp> ")
        self.assertEqual((self.served / "notes.txt").read_bytes(), b"line one\nline two\n")
        self.server.expect(r".*SUCCESS.*STOR.*notes\.txt.*226.*\n")

        client.type("ls")
        listing = client.expect(r"(?s)ls\n(.*)ftp> ").group(1)
        names = {line.split(None, 8)[8] for line in listing.splitlines()}
        self.assertEqual(names, set(os.listdir(self.served)))
        self.server.expect(r".*SUCCESS.*LIST.*226.*\n")

        client.type("quit")
        self.assertEqual(client.exit_status(), 0, client.shown)
        self.assertTrue(client.shown.endswith("ftp> quit\n"), client.shown)
        self.server.expect(r".*SUCCESS.*QUIT.*221.*\n")

        self.server.press_ctrl_c()
        self.assertEqual(self.server.exit_status(), 0, self.server.shown)

    def test_a_file_that_is_missing_on_either_side(self) -> None:
        client = self.connected_client()

        client.type("get nothing.txt")
        client.expect(r"\nget: 550 [^\n]*\nftp> ")
        self.server.expect(r".*FAILURE.*RETR.*nothing\.txt.*550.*\n")
        client.type("put nothing.txt")
        client.expect(r"\nput: nothing\.txt: No such file or directory\nftp> ")
        self.assertEqual(os.listdir(self.local), ["notes.txt"])
        self.assertFalse((self.served / "nothing.txt").exists())

        client.type("get empty")
        client.expect(r"\nempty: 0 bytes received in \d+\.\d\d s\nftp> ")
        client.type("quit")
        self.assertEqual(client.exit_status(), 1, client.shown)
        self.assertNotIn("STOR", self.server.shown)

    def test_one_client_after_another(self) -> None:
        for _ in range(2):
            client = self.connected_client()
            client.type("get hello.txt")
            client.expect(r"hello\.txt: 13 bytes received")
            client.type("quit")
            self.assertEqual(client.exit_status(), 0, client.shown)


if __name__ == "__main__":
    unittest.main()
