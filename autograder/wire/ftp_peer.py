"""The scripted FTP server that clients under test connect to: sessions to script, or files served by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from autograder.wire.ftp_model import Faults, Files, serve_files
from autograder.wire.ftp_script import FtpScript
from autograder.wire.server import GLANCE, ScriptedServer

LONG_IDLE = 60.0  # seconds that a client on a terminal may think


class FtpPeer(ScriptedServer):
    """The fixture `peer` of FTP clients: accepts sessions to script, or serves files by itself."""

    def session(self, seconds: float | None = None) -> FtpScript:
        """The client's next control connection, to be scripted; not yet greeted. A context manager."""
        return FtpScript(self.accept(seconds))

    def serve(self, files: Files, misbehaviour: Faults | None = None) -> FtpScript:
        """Takes one client and serves it until it quits. `misbehaviour` maps a verb to its Fault."""
        session = self.session()
        session.greet()
        return serve_files(session, files, misbehaviour)

    @contextmanager
    def serving(self, files: Files, misbehaviour: Faults | None = None) -> Iterator[list[FtpScript]]:
        """Serves client after client beside the scenario, for terminals. Yields the list of sessions so far.

        A client's violation of the protocol is raised at the end of the `with`, before what it led to.
        """
        background = _Background(self, files, misbehaviour)
        background.start()
        try:
            yield background.sessions
        finally:
            background.stop()
            if background.error is not None:
                raise background.error


class _Background(Thread):
    """Serves sessions one after another until it is stopped."""

    def __init__(self, peer: FtpPeer, files: Files, misbehaviour: Faults | None) -> None:
        super().__init__(name="ftp model", daemon=True)
        self.sessions: list[FtpScript] = []
        self.error: BaseException | None = None
        self._peer = peer
        self._files = files
        self._misbehaviour = misbehaviour
        self._stopping = Event()
        self._interrupted = False

    def run(self) -> None:
        """Raises nothing: an error is kept for the scenario's thread."""
        try:
            while not self._stopping.is_set():
                if self._peer.pending(time.monotonic() + GLANCE):
                    session = self._peer.session()
                    self.sessions.append(session)
                    session.greet()
                    serve_files(session, self._files, self._misbehaviour, idle=LONG_IDLE)
        except BaseException as error:
            if not self._interrupted:
                self.error = error

    def stop(self) -> None:
        """Ends the session being served, if any, and the thread. What the end does to that session is no error."""
        still_open = [session for session in self.sessions if not session.wire.closed]
        self._interrupted = bool(still_open)
        self._stopping.set()
        for session in still_open:
            session.wire.interrupt()
        self.join()
