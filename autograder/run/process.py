"""A program under test: started in its own session, its output drained at all times, its end observed."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, ClassVar

from autograder.run import proc_fs
from autograder.run.announcement import await_announcement
from autograder.run.launch import ask_to_be_held, command_line, heed_interrupts, hold
from autograder.run.output import Output, feed
from autograder.run.sanitizer import sanitizer_report, unfinished
from autograder.wire.transcript import Divergence

MiB = 1024 * 1024
OUTPUT_LIMIT = 16 * MiB  # of stdout and of stderr, each


class Process:
    """One running program.

    It owns the process, its pipes and the threads that serve them. It does not know what the program is for, nor
    does it clean up daemons that left the family: the sandbox does.
    """

    on_start: ClassVar[Callable[[Process], None] | None] = None  # `--gdb` waits here for the debugger

    def __init__(self, popen: subprocess.Popen[bytes], name: str, output_limit: int) -> None:
        """Not for callers: use `start`."""
        self.name = name
        self.pid = popen.pid
        self.port: int | None = None  # once it has said where it listens
        self.signals_sent: list[int] = []
        self.stdin: IO[bytes] | None = None  # only with stdin=subprocess.PIPE
        self._popen = popen
        self._returncode: int | None = None
        self._changed = threading.Condition()
        self._output = Output(popen.stdout, popen.stderr, self._changed, output_limit, self.kill)
        threading.Thread(target=self._reap, name="exit", daemon=True).start()

    @classmethod
    def start(
        cls, argv: Sequence[str], *, cwd: str | Path, env: Mapping[str, str] | None = None,
        stdin: bytes | int | None = None, name: str = "program", limits: Mapping[str, int] | None = None,
        terminal: str | None = None, output_limit: int = OUTPUT_LIMIT,
    ) -> Process:
        """Starts `argv` in `cwd` and returns at once.

        `env` is added to the environment. `stdin` is fed and then closed (bytes), used as it is (a descriptor, or
        subprocess.PIPE for `.stdin`), or empty (None). `limits` are ulimit letters ({"n": 32}: 32 descriptors).
        `terminal` is the path of a pty's slave: stdin, stdout and stderr are that terminal, and nothing is drained.
        Raises Divergence when the program cannot be started.
        """
        pipe = None if terminal else subprocess.PIPE
        source = subprocess.PIPE if isinstance(stdin, bytes) else subprocess.DEVNULL if stdin is None else stdin
        try:
            heed_interrupts()
            command = command_line(argv, limits or {}, terminal)
            popen = subprocess.Popen(
                command, cwd=cwd, env={**os.environ, **(env or {})},
                stdin=source, stdout=pipe, stderr=pipe, start_new_session=True, bufsize=0,
                preexec_fn=ask_to_be_held if cls.on_start else None,
            )
            if cls.on_start:
                hold(popen.pid, 1 if command == list(argv) else 2)
        except subprocess.SubprocessError:
            raise Divergence(f"{name} starts and is held", "this machine allows no debugger (ptrace)") from None
        except OSError as error:
            raise Divergence(f"{name} starts", f"{argv[0]}: {error.strerror}") from None
        process = cls(popen, name, output_limit)
        process._begin(stdin)
        return process

    def _begin(self, stdin: bytes | int | None) -> None:
        if isinstance(stdin, bytes):
            threading.Thread(target=feed, args=(self._popen.stdin, stdin), daemon=True).start()
        else:
            self.stdin = self._popen.stdin
        if Process.on_start:
            Process.on_start(self)

    def _reap(self) -> None:
        """Runs in a thread: the pid stays a zombie until the status is stored, so that no signal can hit a stranger."""
        os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
        with self._changed:
            _, status = os.waitpid(self.pid, 0)
            self._returncode = self._popen.returncode = os.waitstatus_to_exitcode(status)
            self._changed.notify_all()

    # What it says.

    @property
    def stdout_bytes(self) -> bytes:
        """All that it wrote on stdout so far."""
        return self._output.bytes_of("stdout")

    def stdout_text(self) -> str:
        """stdout so far; bytes that are no UTF-8 are shown as \\xNN."""
        return self.stdout_bytes.decode(errors="backslashreplace")

    def stderr_text(self) -> str:
        """stderr so far; bytes that are no UTF-8 are shown as \\xNN."""
        return self._output.bytes_of("stderr").decode(errors="backslashreplace")

    @property
    def over_limit(self) -> str:
        """The stream on which it wrote more than the output limit ("stdout", "stderr"), or ""."""
        return self._output.flooded

    def wait_for_output(self, done: Callable[[], bool], deadline_seconds: float) -> bool:
        """Waits until `done()` holds; it is asked again after each piece of output and at the exit. False: never."""
        with self._changed:
            return self._changed.wait_for(done, timeout=deadline_seconds)

    @property
    def sanitizer_report(self) -> str:
        """The essential lines of a sanitizer's report on stderr, or ""."""
        return sanitizer_report(self.stderr_text())

    @property
    def unfinished(self) -> str:
        """The function that the starter says is not written yet, or ""."""
        return unfinished(self.stderr_text())

    # Where it listens.

    def wait_listening(self, deadline_seconds: float) -> int:
        """Waits for the line `listening on HOST:PORT` and for a socket that really listens there; returns the port.

        Raises Divergence, which says what the program did instead.
        """
        self.port = await_announcement(self, deadline_seconds)
        return self.port

    def listening_ports(self) -> set[int]:
        """TCP ports on which the program or a child of it listens."""
        return proc_fs.listening_ports(self.pid)

    # How it ends.

    @property
    def running(self) -> bool:
        """Whether the process (not its children) is alive."""
        return self._returncode is None

    @property
    def status(self) -> int | None:
        """The exit status; minus the signal's number when a signal ended it; None while it runs."""
        return self._returncode

    @property
    def exit_text(self) -> str:
        """"exit status 1", "signal SIGSEGV", or "" while it runs."""
        if self._returncode is None:
            return ""
        if self._returncode >= 0:
            return f"exit status {self._returncode}"
        return f"signal {signal_name(-self._returncode)}"

    @property
    def crashed(self) -> bool:
        """Whether a sanitizer spoke, or a signal ended it that the grader did not send."""
        by_signal = self._returncode is not None and self._returncode < 0
        return bool(self.sanitizer_report) or (by_signal and -self._returncode not in self.signals_sent)

    def wait(self, seconds: float) -> int | None:
        """Waits for the end; returns `status`, None when it still runs. The output is complete afterwards."""
        with self._changed:
            self._changed.wait_for(lambda: self._returncode is not None, timeout=seconds)
        if self._returncode is not None:
            self._output.join(0.5)  # bounded: a child may hold the pipe
        return self._returncode

    def signal(self, number: int) -> None:
        """Sends a signal to the program; nothing happens when it has ended."""
        with self._changed:
            if self._returncode is None:
                self.signals_sent.append(number)
                os.kill(self.pid, number)

    def stop(self, seconds: float = 2.0) -> str:
        """Asks it to end (SIGTERM), waits, then kills what is left; returns `exit_text`."""
        self.signal(signal.SIGTERM)
        self.wait(seconds)
        self.kill()
        return self.exit_text

    def kill(self) -> None:
        """Kills the program and its descendants, and waits for its end."""
        with self._changed:
            pids = [entry.pid for entry in proc_fs.descendants(self.pid)] if self._returncode is None else []
            if self._returncode is None:
                self.signals_sent.append(signal.SIGKILL)
                os.killpg(self.pid, signal.SIGKILL)
        pids += [entry.pid for entry in proc_fs.all_processes() if entry.session == self.pid]
        for pid in pids:
            _kill(pid)
        self.wait(5.0)

    # What it uses.

    def cpu_seconds(self) -> float:
        """CPU time of the program and its children so far."""
        return proc_fs.cpu_seconds(self.pid)

    def moved(self) -> proc_fs.Moved | None:
        """What has gone through read(2) and write(2) so far; None where the kernel does not count."""
        return proc_fs.moved(self.pid)

    def open_files(self) -> int:
        """Open descriptors of the program and its children."""
        return proc_fs.open_files(self.pid)

    def threads(self) -> int:
        """Threads of the program and its children."""
        return proc_fs.threads(self.pid)

    def zombies(self) -> int:
        """Children that ended and were never waited for."""
        return proc_fs.zombies(self.pid)

    def memory_bytes(self, *, peak: bool = False) -> int:
        """Resident memory of the program and its children: now, or at its peak."""
        return proc_fs.memory_bytes(self.pid, peak=peak)


def signal_name(number: int) -> str:
    """"SIGSEGV" for 11."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
