"""Process: what it reports of programs that behave and programs that do not."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
import time
import unittest

from autograder.run import proc_fs, sanitizer
from autograder.run.process import Process
from autograder.wire.transcript import Divergence
from tests.autograder import fakes

DEADLINE = 10.0  # seconds; never reached unless something is broken
BRIEF = 0.5  # seconds; long enough for a fake to do its wrong thing


class ProcessTest(unittest.TestCase):
    def start(self, argv: list[str], **options: object) -> Process:
        process = Process.start(argv, cwd=tempfile.gettempdir(), **options)
        self.addCleanup(process.kill)
        return process

    def why_not_listening(self, argv: list[str], seconds: float = DEADLINE) -> str:
        with self.assertRaises(Divergence) as caught:
            self.start(argv).wait_listening(seconds)
        return caught.exception.observed


class Listening(ProcessTest):
    def test_returns_the_port_on_which_a_client_can_connect(self) -> None:
        process = self.start(fakes.ECHO)
        port = process.wait_listening(DEADLINE)
        with socket.create_connection(("127.0.0.1", port), DEADLINE) as peer:
            peer.sendall(b"hello")
            self.assertEqual(peer.recv(5), b"hello")
        self.assertEqual(process.listening_ports(), {port})

    def test_tells_that_the_program_ended_and_its_last_words(self) -> None:
        observed = self.why_not_listening(fakes.EXITS_AT_ONCE)
        self.assertIn("ended with exit status 1", observed)
        self.assertIn("bind: Address already in use", observed)

    def test_tells_that_it_listens_nowhere(self) -> None:
        self.assertIn("listens nowhere", self.why_not_listening(fakes.SILENT, BRIEF))

    def test_suggests_a_flush_when_it_listens_but_does_not_say_so(self) -> None:
        self.assertIn("is stdout flushed?", self.why_not_listening(fakes.FORGETS_TO_FLUSH, BRIEF))

    def test_quotes_the_wrong_line(self) -> None:
        self.assertIn("`Server started on port", self.why_not_listening(fakes.WRONG_WORDS, BRIEF))

    def test_explains_port_zero(self) -> None:
        self.assertIn("getsockname", self.why_not_listening(fakes.PORT_ZERO, BRIEF))

    def test_names_the_port_on_which_it_really_listens(self) -> None:
        self.assertRegex(self.why_not_listening(fakes.LISTENS_ELSEWHERE, BRIEF), r"does listen, on port \d+")

    def test_passes_on_what_is_not_implemented_yet(self) -> None:
        observed = self.why_not_listening(fakes.UNFINISHED)
        self.assertEqual(observed, "not implemented yet: lab 1, TcpListener::accept")
        logged = 'FAILURE verb=FEAT error="not implemented yet: lab 9, offer_restart" bytes=0'
        self.assertEqual(sanitizer.unfinished(logged), "lab 9, offer_restart")

    def test_tells_that_there_is_no_such_program(self) -> None:
        with self.assertRaises(Divergence) as caught:
            self.start(["/nonexistent/server"])
        self.assertIn("No such file", caught.exception.observed)


class Ending(ProcessTest):
    def test_a_good_program_ends_at_sigterm_without_being_a_crash(self) -> None:
        process = self.start(fakes.ECHO)
        process.wait_listening(DEADLINE)
        self.assertEqual(process.stop(DEADLINE), "signal SIGTERM")
        self.assertFalse(process.crashed)

    def test_a_signal_of_its_own_is_a_crash(self) -> None:
        process = self.start(fakes.SEGFAULTS)
        socket.create_connection(("127.0.0.1", process.wait_listening(DEADLINE)), DEADLINE).close()
        self.assertEqual(process.wait(DEADLINE), -signal.SIGSEGV)
        self.assertTrue(process.crashed)
        self.assertEqual(process.exit_text, "signal SIGSEGV")

    def test_stop_kills_what_ignores_sigterm(self) -> None:
        process = self.start(fakes.IGNORES_SIGTERM)
        process.wait_listening(DEADLINE)
        self.assertEqual(process.stop(BRIEF), "signal SIGKILL")

    def test_a_flood_is_stopped_at_the_limit(self) -> None:
        process = self.start(fakes.FLOODS)
        self.assertIsNotNone(process.wait(DEADLINE))
        self.assertEqual(process.over_limit, "stdout")
        self.assertFalse(process.crashed)

    def test_kill_also_ends_a_daemonised_child(self) -> None:
        process = self.start([sys.executable, "-S", "-c", """
import os, time
if os.fork() == 0:
    os.setsid()
    print("ready", flush=True)
    time.sleep(60)
time.sleep(60)
"""])
        self.assertTrue(process.wait_for_output(lambda: "ready" in process.stdout_text(), DEADLINE))
        children = [entry.pid for entry in proc_fs.descendants(process.pid)]
        self.assertEqual(len(children), 1)
        process.kill()
        self.assertTrue(_gone(children[0]))


class InputOutputAndResources(ProcessTest):
    def test_feeds_stdin_and_keeps_all_of_stdout_and_stderr(self) -> None:
        body = "import sys; sys.stdout.write(sys.stdin.read().upper()); sys.stderr.write('done'); sys.exit(3)"
        process = self.start([sys.executable, "-S", "-c", body], stdin=b"x" * 300_000)
        self.assertEqual(process.wait(DEADLINE), 3)
        self.assertEqual(process.stdout_text(), "X" * 300_000)
        self.assertEqual(process.stderr_text(), "done")

    def test_sets_limits_environment_and_terminal(self) -> None:
        body = "import os, resource; print(os.environ['KIT_X'], resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
        process = self.start([sys.executable, "-S", "-c", body], env={"KIT_X": "7"}, limits={"n": 32})
        process.wait(DEADLINE)
        self.assertEqual(process.stdout_text(), "7 32\n")
        master, slave = os.openpty()
        self.addCleanup(os.close, master)
        self.addCleanup(os.close, slave)
        shown = "import os; os.write(1, os.ttyname(0).encode() + b' ' + str(os.tcgetpgrp(0) == os.getpid()).encode())"
        self.start([sys.executable, "-S", "-c", shown], terminal=os.ttyname(slave)).wait(DEADLINE)
        self.assertEqual(os.read(master, 200).decode(), f"{os.ttyname(slave)} True")

    def test_counts_what_a_server_uses(self) -> None:
        process = self.start(fakes.ECHO)
        port = process.wait_listening(DEADLINE)
        before = process.open_files()
        with socket.create_connection(("127.0.0.1", port), DEADLINE) as peer:
            peer.sendall(b"x")
            peer.recv(1)
            self.assertEqual(process.open_files(), before + 1)
        self.assertEqual(process.threads(), 1)
        self.assertGreater(process.memory_bytes(), 1 << 20)
        self.assertGreaterEqual(process.memory_bytes(peak=True), process.memory_bytes())
        self.assertGreater(process.cpu_seconds(), 0)
        moved = process.moved()
        if moved:  # else the kernel does not count
            self.assertGreater(moved.read, 1 << 10)  # the program itself
            self.assertGreaterEqual(moved.written, len(f"listening on 127.0.0.1:{port}\n"))
            self.assertGreaterEqual(moved.writes, 1)

    def test_finds_the_essential_lines_of_a_sanitizer_report(self) -> None:
        report = "\\n".join([
            "ordinary log line", "=" * 65, "==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x1",
            "READ of size 1", "    #0 0x5 in main a.cpp:3", "", "0x1 is located 0 bytes inside of 1-byte region",
            "freed by thread T0 here:", "    #0 0x7 in free", "SUMMARY: AddressSanitizer: heap-use-after-free a.cpp:3"])
        process = self.start([sys.executable, "-S", "-c", f"import sys; sys.stderr.write('{report}'); sys.exit(1)"])
        process.wait(DEADLINE)
        self.assertTrue(process.crashed)
        lines = process.sanitizer_report.splitlines()
        self.assertIn("heap-use-after-free on address", lines[0])
        self.assertIn("a.cpp:3", lines[2])
        self.assertTrue(lines[-1].startswith("SUMMARY"))
        self.assertNotIn("freed by", process.sanitizer_report)


def _gone(pid: int) -> bool:
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline:
        entry = proc_fs.stat(pid)
        if entry is None or entry.state == "Z":
            return True
        time.sleep(0.01)
    return False


if __name__ == "__main__":
    unittest.main()
