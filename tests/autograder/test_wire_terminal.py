"""A program on a pseudo-terminal, used as a person would."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from autograder.run.process import Process
from autograder.wire.terminal import Terminal
from tests.autograder.wire_pair import WireTest

SHELL = """
import getpass, os, signal, sys, time
print("size", os.get_terminal_size().columns, os.get_terminal_size().lines)
for line in iter(lambda: input("ftp> "), "quit"):
    if line == "password":
        print("got", getpass.getpass("Password: "))
    elif line == "bar":
        print("10%\\r50%\\r\\x1b[32m100%\\x1b[0m")
    elif line == "long":
        try:
            print("at work")
            signal.pause()
        except KeyboardInterrupt:
            print("stopped")
    else:
        print("you said", line)
sys.exit(3)
"""


class Terminals(WireTest):
    def terminal(self, program: str = SHELL) -> Terminal:
        """A terminal with a Python program on it."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)

        def launch(path: str) -> Process:
            process = Process.start([sys.executable, "-c", program], cwd=Path(folder.name), name="shell", terminal=path)
            self.addCleanup(process.kill)
            return process

        conditions = self.conditions()
        conditions.time_scale = 1.0
        made = Terminal(launch, conditions)
        self.addCleanup(made.close)
        return made

    def test_a_session_as_typed(self) -> None:
        terminal = self.terminal()
        self.assertEqual(terminal.expect("ftp> "), "size 80 24\n")
        terminal.type("hello")
        self.assertEqual(terminal.expect("ftp> "), "hello\nyou said hello\n")
        terminal.type("quit")
        self.assertEqual(terminal.expect_exit(3), "quit\n")
        self.assertEqual(terminal.screen[1], "ftp> hello")

    def test_keys_interrupt_and_end_the_program(self) -> None:
        terminal = self.terminal()
        terminal.expect("ftp> ")
        terminal.type("long")
        terminal.expect("at work")
        terminal.press("ctrl-c")
        terminal.expect("stopped")
        terminal.expect("ftp> ")
        terminal.press("ctrl-d")
        self.assertIn("EOFError", terminal.expect_exit(1))

    def test_a_password_is_not_shown(self) -> None:
        terminal = self.terminal()
        terminal.expect("ftp> ")
        self.assertTrue(terminal.echoes)
        terminal.type("password")
        terminal.expect("Password: ")
        self.assertFalse(terminal.echoes)
        terminal.type("secret")
        self.assertEqual(terminal.expect("got secret"), "\n")

    def test_what_was_overwritten_is_not_on_the_screen(self) -> None:
        terminal = self.terminal()
        terminal.expect("ftp> ")
        terminal.type("bar")
        terminal.expect("ftp> ")
        self.assertIn("100%", terminal.screen)

    def test_a_wait_in_vain_shows_the_screen(self) -> None:
        terminal = self.terminal()
        terminal.expect("ftp> ")
        terminal.type("x")
        self.diverges(lambda: terminal.expect("login:", 0.3), '"login:" on the terminal', "you said x")
        self.diverges(lambda: terminal.expect_exit(seconds=0.1), "shell to end", "nothing more within 0.1 s")

    def test_a_program_that_ends_is_not_waited_for(self) -> None:
        terminal = self.terminal("print('no server')")
        self.diverges(lambda: terminal.expect("ftp> ", 100), "ftp> ", "has ended: exit status 0")
        self.diverges(lambda: terminal.expect_exit(1), "exit status 1", "exit status 0")
