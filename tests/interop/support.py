"""What the interop tests share: a tree of files to move, the programs under test, and other people's servers.

The programs are those of KIT_SERVER and KIT_CLIENT, else build/bin/ftp_server and build/bin/ftp_client.
A peer that is not installed makes its tests SKIPPED; with KIT_REQUIRE_PEERS=1 (as in CI) it makes them fail.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from collections.abc import Callable
from pathlib import Path

from autograder.kit.tools import which

ROOT = Path(__file__).resolve().parents[2]
USER, PASSWORD = "alice", "pa:ss word"
MiB = 1 << 20
SECONDS = 180.0  # for one run of a peer: generous, it only ends what hangs

SPACED = "a name with  spaces.txt"
UTF8 = "grüße-世界.txt"
TEXT = b"one\ntwo\n\nthree\n"
CONTENTS = {
    "hello.txt": b"hello\r\nworld\n",
    SPACED: bytes(range(256)),
    UTF8: "schöne Grüße\n".encode(),
    "empty": b"",
    "sub/inner.txt": b"one floor down",
}


def program(variable: str, name: str) -> str:
    """The path of a program under test. Fails the test run when it is not built."""
    path = os.environ.get(variable) or str(ROOT / "build" / "bin" / name)
    if not os.access(path, os.X_OK):
        raise unittest.TestCase.failureException(f"{path} is not built: run `python3 autograder quickstart` first")
    return path


def needs(condition: object, peer: str) -> None:
    """Skips the test when `peer` is missing, or fails it where peers are required."""
    if condition:
        return
    if os.environ.get("KIT_REQUIRE_PEERS") == "1":
        raise unittest.TestCase.failureException(f"{peer} is required here and not installed")
    raise unittest.SkipTest(f"SKIPPED: {peer} is not installed")


def tool(name: str) -> str:
    """The path of a peer's program, or a skip."""
    path = which(name)
    needs(path, name)
    return str(path)


def python_with(module: str) -> str:
    """A Python that can import `module`: Debian's packages go to Debian's own Python."""
    for candidate in (sys.executable, "/usr/bin/python3"):
        probe = subprocess.run([candidate, "-c", f"import {module}"], capture_output=True, check=False)
        if probe.returncode == 0:
            return candidate
    needs(False, module)
    raise AssertionError("not reached")


def run(*argv: str, stdin: bytes | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Runs a peer to its end; a peer that hangs fails the test."""
    given = {"input": stdin} if stdin is not None else {"stdin": subprocess.DEVNULL}
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}  # else some peers rewrite the names of files
    return subprocess.run(argv, capture_output=True, cwd=cwd, env=environment, timeout=SECONDS, check=False, **given)


def free_port(host: str = "127.0.0.1") -> int:
    """A port that was free a moment ago, for programs that cannot choose one themselves."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as sock:
        sock.bind((host, 0))
        return sock.getsockname()[1]


def ipv6_here() -> bool:
    """Whether a program can listen on ::1."""
    try:
        free_port("::1")
        return True
    except OSError:
        return False


def await_port(port: int, process: subprocess.Popen[bytes], host: str = "127.0.0.1") -> None:
    """Returns when somebody accepts connections on `port`. Fails when the process ends or nobody does in 10 s."""
    until = time.monotonic() + 10
    while True:
        try:
            socket.create_connection((host, port), 1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                raise unittest.TestCase.failureException(f"the server did not start on port {port}") from None
            time.sleep(0.01)  # between two tries; the deadline above bounds it


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends one process, by its pid, however stubborn it is."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class TreeTest(unittest.TestCase):
    """A server's directory `served` with CONTENTS in it, and an empty directory `local`."""

    place: str | None = None  # where both are made; None: where temporary files belong

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="kit-interop-", dir=self.place)
        self.addCleanup(folder.cleanup)
        base = Path(folder.name)
        base.chmod(0o755)
        self.served, self.local = base / "served", base / "local"
        for path in (self.served, self.local):
            path.mkdir()
        for name, content in CONTENTS.items():
            target = self.served / name
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
        for path in (self.served, *self.served.rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)

    def start(self, argv: list[str], port: int, host: str = "127.0.0.1",
              end: Callable[[subprocess.Popen[bytes]], None] = end) -> subprocess.Popen[bytes]:
        """Starts somebody else's server and waits for its port; `end` ends it after the test."""
        process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert process.stdin is not None
        self.addCleanup(process.stdin.close)
        self.addCleanup(end, process)
        await_port(port, process, host)
        return process

    def start_kit_server(self, *options: str) -> int:
        """Starts the server under test on `served` and returns its port."""
        argv = [program("KIT_SERVER", "ftp_server"), "0", "--root", str(self.served), *options]
        log = open(self.local.parent / "server.log", "wb")
        self.addCleanup(log.close)
        process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=log)
        self.addCleanup(end, process)
        assert process.stdout is not None
        self.addCleanup(process.stdout.close)
        line = process.stdout.readline().decode()
        self.assertRegex(line, r"^listening on (127\.0\.0\.1|\[::1\]):\d+$")
        return int(line.rsplit(":", 1)[1])

    def big_file(self, folder: Path, name: str = "big.bin", size: int = 64 * MiB) -> bytes:
        """Writes a file of random bytes and returns them."""
        content = os.urandom(1 * MiB) * (size // MiB)
        (folder / name).write_bytes(content)
        (folder / name).chmod(0o666)
        return content
