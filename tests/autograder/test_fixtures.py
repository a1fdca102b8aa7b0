"""The fixtures, with small Python programs under test."""

from __future__ import annotations

import signal
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path
from typing import Any

from autograder.fixtures import Context
from autograder.programs import Program
from autograder.scenario import MUST, Scenario, Weather
from autograder.servers import FtpServer, Server
from autograder.wire.transcript import Divergence
from autograder.workspace import Tree

SERVER = """
import os, signal, socket, sys, threading
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=50)
print("listening on 127.0.0.1:%d" % listener.getsockname()[1], flush=True)
kept = []
while True:
    client, _ = listener.accept()
    if "--greet" in sys.argv:
        client.sendall(b"220 hello\\r\\n")
    if "--busy" in sys.argv:
        threading.Thread(target=lambda: [None for _ in iter(int, 1)], daemon=True).start()
    if "--leak" in sys.argv:
        kept.append(os.dup(client.fileno()))
    if "--crash" in sys.argv:
        os.kill(os.getpid(), signal.SIGKILL)
    print("SUCCESS", os.getcwd(), os.environ.get("LD_PRELOAD"), file=sys.stderr, flush=True)
    while data := client.recv(65536):
        client.sendall(data)
    client.close()
"""

CLIENT = """
import socket, sys
if len(sys.argv) > 2:
    connection = socket.create_connection((sys.argv[1], int(sys.argv[2])))
    connection.sendall(sys.stdin.buffer.read())
    connection.shutdown(socket.SHUT_WR)
    while data := connection.recv(65536):
        sys.stdout.buffer.write(data)
elif sys.argv[1:] == ["hang"]:
    print("hanging", flush=True)
    sys.stdin.read()
else:
    print(sys.argv[1:], file=sys.stderr)
    sys.exit(2)
"""


class FixtureTest(unittest.TestCase):
    """Builds contexts around programs called `echo_*` or `ftp_*`."""

    def context(self, program: str = "echo_server", weather: Weather = Weather.PLAIN, **scenario: Any) -> Context:
        """A context; it is closed when the test ends."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        home = Path(folder.name)
        (home / "server.py").write_text(textwrap.dedent(SERVER))
        (home / "client.py").write_text(textwrap.dedent(CLIENT))
        commands = {f"{kind}_{side}": [sys.executable, str(home / f"{side}.py")]
                    for kind in ("echo", "ftp") for side in ("server", "client")}
        made = Context(
            scenario=Scenario(name="x", lab=1, points=1, level=MUST, clause="-", function=lambda: None,
                              program=program, **scenario),
            seed=5, time_scale=1.0, weather=weather, workspace=home / "run", commands=commands,
            shim=Path("/nowhere/shim.so"))
        self.addCleanup(made.close)
        return made

    def diverges(self, work: Any, expected: str, observed: str) -> None:
        """`work` raises a Divergence that holds both texts."""
        with self.assertRaises(Divergence) as caught:
            work()
        self.assertIn(expected, caught.exception.expected)
        self.assertIn(observed, caught.exception.observed)


class Servers(FixtureTest):
    def test_a_server_listens_in_its_root(self) -> None:
        context = self.context()
        server: Server = context.provide("server")
        with server.connect() as wire:
            wire.expect_echo(b"hello")
        self.assertIn(str(context.workspace / "root"), server.expect_log("SUCCESS .*"))
        self.diverges(lambda: server.expect_log("FAILURE", 0.1), "FAILURE", "SUCCESS")
        self.assertIs(context.provide("server"), server)

    def test_ftp_servers_greet(self) -> None:
        context = self.context("ftp_client", options=("--greet", "--root={root}"))
        ftp: FtpServer = context.provide("ftp")
        self.assertEqual(ftp.connect().last.code, 220)  # type: ignore[union-attr]
        self.assertEqual(ftp.options[1], f"--root={context.workspace / 'root'}")
        self.assertIs(context.provide("server"), ftp)

    def test_a_restarted_server_has_its_old_port(self) -> None:
        server: Server = self.context().provide("server")
        port, pid = server.port, server.process.pid
        server.connect().expect_echo(b"x")
        server.restart(kill=True)
        self.assertEqual(server.port, port)
        self.assertNotEqual(server.process.pid, pid)
        other = server.start_another()
        self.assertNotEqual(other.port, port)
        other.connect().expect_echo(b"y")

    def test_a_signal_must_end_the_server_with_status_0(self) -> None:
        server: Server = self.context().provide("server")
        self.diverges(lambda: server.expect_exit(signal.SIGINT), "exit status 0 after SIGINT", "signal SIGINT")
        server.restart()
        server.expect_exit()

    def test_what_a_server_keeps_is_found(self) -> None:
        for options, honest in (((), True), (("--leak",), False)):
            server: Server = self.context(options=options).provide("server")
            server.connect().close()
            server.expect_log("SUCCESS")
            before = server.usage()
            for _ in range(5):
                with server.connect() as wire:
                    wire.expect_echo(b"x")
            if honest:
                server.expect_usage(before)
            else:
                self.diverges(lambda: server.expect_usage(before, 0.2), "no more than before", "open descriptors")

    def test_a_busy_server_is_found(self) -> None:
        for options, honest in (((), True), (("--busy",), False)):
            server: Server = self.context(options=options).provide("server")
            server.connect().expect_echo(b"x")
            if honest:
                server.expect_idle(0.2)
            else:
                self.diverges(lambda: server.expect_idle(0.4), "without using the CPU", "s of CPU time")

    def test_a_death_is_told_where_it_is_felt(self) -> None:
        context = self.context(options=("--crash",))
        wire = context.provide("server").connect()
        context.processes[0].wait(5)
        self.diverges(lambda: wire.read_exactly(1), "1 byte", "(echo_server has ended: signal SIGKILL)")

    def test_the_shim_is_there_in_its_weather_only(self) -> None:
        for weather in (Weather.PLAIN, Weather.SHORT_IO):
            server: Server = self.context(weather=weather).provide("server")
            server.connect().expect_echo(b"x")
            shim = "/nowhere/shim.so" if weather is Weather.SHORT_IO else "None"
            server.expect_log(f"SUCCESS .* {shim}")

    def test_closing_ends_everything(self) -> None:
        context = self.context()
        server: Server = context.provide("server")
        wire = server.connect()
        wire.expect_echo(b"x")
        running = context.provide("client").start("hang", stdin=Program.PIPE)
        context.close()
        self.assertFalse(server.process.running or running.process.running)
        self.assertTrue(wire.closed)


class Programs(FixtureTest):
    def test_a_program_runs_to_its_end(self) -> None:
        program: Program = self.context("echo_client").provide("program")
        done = program.run("1", stdin=b"")
        done.expect_status(2).expect_error(r"\['1'\]").expect_stdout(b"")
        self.diverges(lambda: done.expect_status(0), "exit status 0", "exit status 2; stderr: \"['1']")
        self.diverges(lambda: done.expect_output("x"), "matches x on echo_client's stdout", "stdout is empty")
        self.diverges(lambda: done.expect_stdout(b"abc"), "on echo_client's stdout", "3 bytes are missing")

    def test_a_program_that_does_not_end_is_a_divergence(self) -> None:
        program: Program = self.context("echo_client").provide("program")
        running = program.start("hang", stdin=Program.PIPE)
        running.expect_output(b"hanging")
        self.diverges(lambda: running.expect_output(b"more", 0.1), '"more"', "hanging")
        running.write(b"text")
        self.assertEqual(running.finish().status, 0)

    def test_a_client_talks_to_the_scripted_server(self) -> None:
        context = self.context("echo_client")
        peer = context.provide("peer")
        running = context.provide("client").start_at(peer, "hello", "you")
        with peer.accept() as wire:
            wire.expect_bytes(b"hello\nyou\n")
            wire.expect_eof()
            wire.send(b"back")
            wire.close()
        running.finish().expect_status(0).expect_stdout(b"back")

    def test_a_client_that_has_ended_is_not_waited_for(self) -> None:
        context = self.context("echo_client")
        context.provide("client").run()
        self.diverges(lambda: context.provide("peer").accept(1000), "to open", "echo_client has ended: exit status 2")

    def test_a_client_runs_in_the_work_folder_on_a_terminal(self) -> None:
        context = self.context("echo_client")
        terminal = context.provide("client").terminal("hang")
        terminal.expect("hanging")
        terminal.press("ctrl-d")
        terminal.expect_exit(0)


class Folders(FixtureTest):
    def test_contents_come_from_the_seed(self) -> None:
        first, second = (self.context().provide("tree").write("a", 3_000_000) for _ in range(2))
        self.assertEqual(first, second)
        self.assertEqual(len(first), 3_000_000)
        self.assertNotEqual(first[:1 << 20], first[1 << 20:2 << 20])
        rng = self.context().provide("rng")
        self.assertNotEqual(rng.name(), rng.name())

    def test_a_tree_tells_what_is_wrong_in_it(self) -> None:
        tree: Tree = self.context().provide("tree")
        tree.write("d/a b", b"hello", mode=0o640)
        tree.write(b"\xff", b"")
        tree.symlink("link", "/nowhere")
        tree.sparse("big", 5 << 30, b"end")
        tree.expect("d/a b", b"hello")
        tree.expect_names("d", "\udcff", "link", "big")
        self.assertEqual((tree.stat("big").st_size, tree.mode("d/a b")), (5 << 30, 0o640))
        self.diverges(lambda: tree.expect("d/a b", b"hellO"), "in d/a b", 'is "o", not "O"')
        self.diverges(lambda: tree.expect("none", b""), "the file none", "No such file")
        self.diverges(lambda: tree.expect_absent("link"), "no link in the server's root", "it is there")
        self.diverges(tree.expect_names, "the server's root to hold []", "big")
        self.diverges(lambda: tree.expect_names("x", within="d"), "the server's root/d to hold ['x']", "a b")

    def test_checks_and_steps_are_noted(self) -> None:
        context = self.context()
        check, step = context.provide("check"), context.provide("step")
        check(True, expected="the sum is 2", observed="3")
        check.equal(2, 2, "the number")
        step("half way")
        self.assertEqual(context.transcript.steps, ["the sum is 2", "the number is right", "half way"])
        self.diverges(lambda: check(False, expected="a", observed="b"), "a", "b")
        self.diverges(lambda: check.equal(b"ab", b"ac", "the text"), "the text", 'is "b", not "c"')
        self.diverges(lambda: check.equal(1, 2, "the number"), "the number: 2", "it is 1")

    def test_there_is_no_other_fixture(self) -> None:
        with self.assertRaises(KeyError):
            self.context().provide("sever")


if __name__ == "__main__":
    unittest.main()
