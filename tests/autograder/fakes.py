"""Small programs that misbehave in one way each, for the autograder's own tests."""

from __future__ import annotations

import sys
import textwrap
import time
from pathlib import Path

_LISTEN = """
    import os, signal, socket, sys, time
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    port = listener.getsockname()[1]
    def announce(number=port):
        print(f"listening on 127.0.0.1:{number}", flush=True)
    def echo():
        while True:
            peer, _ = listener.accept()
            while data := peer.recv(65536):
                peer.sendall(data)
            peer.close()
"""


def program(body: str) -> list[str]:
    """The command line of a Python program; `listener`, `port`, `announce` and `echo` are there for `body` to use."""
    return [sys.executable, "-S", "-c", textwrap.dedent(_LISTEN) + textwrap.dedent(body)]


ECHO = program("announce(); echo()")
EXITS_AT_ONCE = program("sys.stderr.write('bind: Address already in use\\n'); sys.exit(1)")
SILENT = program("listener.close(); time.sleep(60)")
FORGETS_TO_FLUSH = program("time.sleep(60)")
WRONG_WORDS = program("print('Server started on port', port, flush=True); time.sleep(60)")
PORT_ZERO = program("announce(0); time.sleep(60)")
LISTENS_ELSEWHERE = program("announce(port + 1 if port < 65535 else port - 1); time.sleep(60)")
UNFINISHED = program("sys.stderr.write('not implemented yet: lab 1, TcpListener::accept\\n'); sys.exit(70)")
SEGFAULTS = program("announce(); peer = listener.accept(); os.kill(os.getpid(), signal.SIGSEGV); time.sleep(60)")
IGNORES_SIGTERM = program("signal.signal(signal.SIGTERM, signal.SIG_IGN); announce(); echo()")
FLOODS = program("announce()\nwhile True: os.write(1, bytes(65536))")
DAEMON = program("""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(60)
        os._exit(0)
    os.wait()
    announce()
    echo()
""")
EXITS_AFTER_FIRST_CLIENT = program("""
    announce()
    peer, _ = listener.accept()
    while data := peer.recv(65536):
        peer.sendall(data)
    sys.exit(0)
""")


def command_lines_with(token: str) -> list[str]:
    """Command lines of living processes that hold `token`."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            command = (entry / "cmdline").read_bytes().decode(errors="replace") if entry.name.isdigit() else ""
        except OSError:
            continue
        if token in command:
            found.append(command)
    return found


def running_with(token: str, seconds: float = 2.0) -> list[str]:
    """The same, where what is just dying gets a moment."""
    deadline = time.monotonic() + seconds
    while (found := command_lines_with(token)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found
