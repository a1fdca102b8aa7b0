"""What a program writes on stdout and stderr, drained at all times so that it never blocks on a full pipe."""

from __future__ import annotations

import os
import selectors
import threading
from collections.abc import Callable
from typing import IO


class Output:
    """The two pipes of one program and the thread that empties them. All of it is kept, up to a limit per stream."""

    def __init__(
        self, stdout: IO[bytes] | None, stderr: IO[bytes] | None, changed: threading.Condition, limit: int,
        on_flood: Callable[[], None],
    ) -> None:
        """`changed` is notified after each piece; `on_flood` is called once, when a stream goes over `limit` bytes."""
        self.flooded = ""  # the stream that went over the limit
        self._pipes = {name: pipe for name, pipe in (("stdout", stdout), ("stderr", stderr)) if pipe}
        self._kept = {"stdout": bytearray(), "stderr": bytearray()}
        self._changed = changed
        self._limit = limit
        self._on_flood = on_flood
        self._thread = threading.Thread(target=self._drain, name="output", daemon=True)
        self._thread.start()

    def bytes_of(self, stream: str) -> bytes:
        """All that came so far on "stdout" or "stderr"."""
        with self._changed:
            return bytes(self._kept[stream])

    def join(self, seconds: float) -> None:
        """Waits until the last writer has closed its end, at most `seconds`: a child may hold it for ever."""
        if threading.current_thread() is not self._thread:
            self._thread.join(seconds)

    def _drain(self) -> None:
        with selectors.DefaultSelector() as selector:
            for stream, pipe in self._pipes.items():
                selector.register(pipe, selectors.EVENT_READ, stream)
            while selector.get_map():
                for key, _ in selector.select():
                    chunk = os.read(key.fd, 1 << 16)
                    if not chunk:
                        selector.unregister(key.fileobj)
                        self._pipes[key.data].close()
                    self._take(key.data, chunk)

    def _take(self, stream: str, chunk: bytes) -> None:
        with self._changed:
            kept = self._kept[stream]
            kept += chunk[:max(0, self._limit - len(kept))]
            flooded = len(kept) >= self._limit and not self.flooded
            if flooded:
                self.flooded = stream
            self._changed.notify_all()
        if flooded:
            self._on_flood()


def feed(pipe: IO[bytes], data: bytes) -> None:
    """Writes `data` and closes the pipe. Meant for a thread: a program that never reads must not stop the grader."""
    try:
        view = memoryview(data)
        while view:
            view = view[pipe.write(view):]
        pipe.close()
    except (BrokenPipeError, ValueError):
        pass
