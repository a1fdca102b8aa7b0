"""The programs where their surroundings fail them: descriptors missing, a log that nobody reads, a peer who never
pauses."""

from __future__ import annotations

import itertools
import os
import socket
import subprocess
import threading

from tests.interop.support import MiB, TreeTest, end, free_port, program, run

SECONDS = 20.0  # for each thing waited for


def read_line(control: socket.socket) -> bytes:
    """One line of the server's; b"" at its end."""
    line = b""
    while not line.endswith(b"\r\n"):
        byte = control.recv(1)
        if not byte:
            return b""
        line += byte
    return line


def send_for_ever(control: socket.socket, flooded: threading.Event) -> None:
    """Sends a line that never ends until the other end has gone; sets `flooded` when it is in full flow."""
    try:
        for mebibyte in itertools.count():
            control.sendall(b"x" * MiB)
            if mebibyte == 16:  # far more than sockets hold: the server is busy reading
                flooded.set()
    except OSError:
        return


class SurroundingsTest(TreeTest):
    def serve(self, stderr: int) -> tuple[subprocess.Popen[bytes], socket.socket]:
        """Starts the server with its log going to `stderr`; returns it and a control connection greeted already."""
        process = subprocess.Popen([program("KIT_SERVER", "ftp_server"), "0", "--root", str(self.served)],
                                   stdout=subprocess.PIPE, stderr=stderr)
        self.addCleanup(end, process)
        assert process.stdout is not None
        self.addCleanup(process.stdout.close)
        port = int(process.stdout.readline().rsplit(b":", 1)[1])
        control = socket.create_connection(("127.0.0.1", port), SECONDS)
        self.addCleanup(control.close)
        self.assertTrue(read_line(control).startswith(b"220 "))
        return process, control


class LogTest(SurroundingsTest):
    def test_a_log_whose_reader_has_left_does_not_end_the_server(self) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        process, control = self.serve(writer)
        os.close(writer)
        control.sendall(b"NOOP\r\nNOOP\r\n")
        self.assertTrue(read_line(control).startswith(b"200 "))
        self.assertTrue(read_line(control).startswith(b"200 "))
        self.assertIsNone(process.poll())

    def test_a_log_that_nobody_reads_delays_the_server_once_and_then_counts_what_it_lost(self) -> None:
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        process, control = self.serve(writer)
        os.close(writer)
        for _ in range(2000):  # far more lines than a pipe holds
            control.sendall(b"NOOP\r\n")
            self.assertTrue(read_line(control).startswith(b"200 "))
        os.read(reader, 1 << 20)
        control.sendall(b"NOOP\r\n")
        self.assertTrue(read_line(control).startswith(b"200 "))
        lost = os.read(reader, 1 << 20)
        self.assertRegex(lost, rb"warning log lines were lost: nobody took them lines=\d+\n.*verb=\"NOOP\"")
        process.terminate()
        self.assertEqual(process.wait(SECONDS), 0)


class MissingDescriptorsTest(TreeTest):
    def test_a_server_without_standard_descriptors_serves_and_logs_to_nobody(self) -> None:
        port = free_port()
        argv = ["/bin/sh", "-c", 'exec "$0" "$@" <&- >&- 2>&-', program("KIT_SERVER", "ftp_server"), str(port),
                "--root", str(self.served)]
        process = self.start(argv, port)
        fetched = run(program("KIT_CLIENT", "ftp_client"), "-e", "get hello.txt", "127.0.0.1", str(port), cwd=self.local)
        self.assertEqual(fetched.returncode, 0, fetched.stderr)
        self.assertEqual((self.local / "hello.txt").read_bytes(), (self.served / "hello.txt").read_bytes())
        process.terminate()
        self.assertEqual(process.wait(SECONDS), 0)

    def test_a_client_without_standard_output_sends_none_of_it_to_the_server(self) -> None:
        port = self.start_kit_server()
        client = run("/bin/sh", "-c", 'exec "$0" "$@" <&- >&-', program("KIT_CLIENT", "ftp_client"), "-e",
                     "ls; pwd; ls", "127.0.0.1", str(port), cwd=self.local)
        self.assertEqual(client.returncode, 1, "what could not be written was taken for success")
        log = (self.local.parent / "server.log").read_text()
        self.assertIn('verb="LIST"', log)
        self.assertNotIn("reply=50", log, "the server was sent what no client sends")


class NeverPausingPeerTest(SurroundingsTest):
    def test_the_server_stops_in_the_middle_of_a_flood(self) -> None:
        process, control = self.serve(subprocess.DEVNULL)
        flooded = threading.Event()
        flood = threading.Thread(target=send_for_ever, args=(control, flooded), daemon=True)
        flood.start()
        self.assertTrue(flooded.wait(SECONDS))
        process.terminate()
        self.assertEqual(process.wait(SECONDS), 0)
        flood.join(SECONDS)
        self.assertFalse(flood.is_alive())
