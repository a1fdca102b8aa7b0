"""One running server, and one run of the load generator against it."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from tests.bench import process_tree
from tests.bench.namespace import Namespace, make
from tests.bench.subjects import Place, Subject

_PORT = 2121  # in a namespace of its own
_START = 10.0  # seconds for a server to start
_MORE = 10.0  # seconds for the load generator beyond its own limit


class LoadFailed(Exception):
    """The load generator gave no figures."""


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends one process by its pid, however stubborn it is."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def ready(descriptor: int, seconds: float) -> bool:
    """Whether there is something to read within that time; of a pidfd: whether the process ends.

    Not by select(): it takes no descriptor above 1023, and a server may leave thousands of processes behind.
    """
    poller = select.poll()
    poller.register(descriptor, select.POLLIN)
    return bool(poller.poll(seconds * 1000))


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Server:
    """A subject at work, in a network namespace of its own where that is possible. Raises Missing or LoadFailed."""

    def __init__(self, subject: Subject, root: Path, folder: Path, load: Path, isolated: bool,
                 options: tuple[str, ...] = (), probe: str = "noop") -> None:
        self.subject, self._load, self._probe = subject, load, probe
        folder.mkdir(parents=True, exist_ok=True)
        self.place = Place(root, folder, _PORT if isolated else _free_port(), options)
        self.log = folder / "log"
        with open(self.log, "wb") as log:
            self._process = subprocess.Popen(subject.command(self.place), stdin=subprocess.DEVNULL, stdout=log,
                                             stderr=log, preexec_fn=make if isolated else None)
        self._namespace = Namespace(self._process.pid) if isolated else None
        try:
            self._await()
        except BaseException:
            self.close()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def enter(self) -> Callable[[], None] | None:
        """What a client has to call between fork and exec to reach this server."""
        return self._namespace.enter() if self._namespace else None

    def _await(self) -> None:
        """Returns when the server takes a session."""
        until = time.monotonic() + _START
        while True:
            with Load(self, self._probe, self.subject.user, limit=2000) as load:
                if load.ready["held"]:
                    return
            if self._process.poll() is not None or time.monotonic() > until:
                said = self.log.read_text(encoding="utf-8", errors="replace").strip()[-300:]
                raise LoadFailed(f"{self.subject.title} did not start: {said or load.ready['opening']['errors']}")
            time.sleep(0.05)  # between two tries; the deadline above bounds it

    def run(self, mode: str, user: tuple[str, str], limit: int = 60_000, **options: object) -> Load:
        return Load(self, mode, user, limit, **options)

    def load_command(self, mode: str) -> list[str]:
        return [str(self._load), mode, str(self.place.port)]

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def settle(self, seconds: float = 60) -> None:
        """Waits until the processes of ended sessions are gone, or grow no fewer for a while."""
        until, fewest, progress = time.monotonic() + seconds, 1 << 30, time.monotonic()
        while time.monotonic() < until:
            count, now = len(process_tree.stats(self.pid)), time.monotonic()
            if count <= 1 or now - progress > 0.5:
                return
            if count < fewest:
                fewest, progress = count, now
            time.sleep(0.005)  # between two looks; the deadline above bounds it

    def close(self) -> None:
        """Ends the server, and by their pids whatever sessions it left behind."""
        self.settle()
        left = []
        for pid in set(process_tree.stats(self.pid)) - {self.pid}:
            try:
                left.append(os.pidfd_open(pid))
            except ProcessLookupError:
                continue
        end(self._process)
        for descriptor in left:
            if not ready(descriptor, 1):
                signal.pidfd_send_signal(descriptor, signal.SIGKILL)
            os.close(descriptor)
        if self._namespace:
            self._namespace.close()
            self._namespace = None


class Load:
    """ftp_load, step by step: its sessions are open when this is made; run() loads the server; close() ends them."""

    def __init__(self, server: Server, mode: str, user: tuple[str, str], limit: int, **options: object) -> None:
        argv = [*server.load_command(mode), "--steps", "--user", user[0], "--password", user[1], "--limit", str(limit)]
        for name, value in options.items():
            argv += [f"--{name}", str(value)]
        self._until = time.monotonic() + limit / 1000 + _MORE
        self._process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                         preexec_fn=server.enter)
        self._buffer = b""
        try:
            self.ready = self._line()
        except BaseException:
            self.close()
            raise

    def _line(self) -> dict:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        while b"\n" not in self._buffer:
            left = max(self._until - time.monotonic(), 0)
            if not ready(descriptor, left):
                raise LoadFailed("the load generator did not end in time")
            got = os.read(descriptor, 1 << 16)
            if not got:
                assert self._process.stderr is not None
                raise LoadFailed(self._process.stderr.read().decode("utf-8", "replace").strip() or "no figures")
            self._buffer += got
        line, _, self._buffer = self._buffer.partition(b"\n")
        return json.loads(line)

    def run(self) -> dict:
        """Loads the server and returns the figures; the sessions stay open."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"\n")
        self._process.stdin.flush()
        return self._line()

    @property
    def pid(self) -> int:
        return self._process.pid

    def close(self) -> None:
        """Ends the sessions. Never asked twice: the program ends when its input does."""
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream:
                try:
                    stream.close()
                except BrokenPipeError:
                    pass
        end(self._process)

    def __enter__(self) -> Load:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()
