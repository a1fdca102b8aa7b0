"""The yardstick: what a bare loop of sendfile needs."""

from __future__ import annotations

import os
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

from autograder.wire.yardstick import sendfile_copies, sendfile_cpu_seconds


class YardstickTest(unittest.TestCase):
    def test_takes_cpu_time_that_is_in_the_time_that_passes(self) -> None:
        with tempfile.NamedTemporaryFile() as file:
            file.truncate(64 << 20)
            began = time.monotonic()
            used = sendfile_cpu_seconds(Path(file.name))
            self.assertGreater(used, 0)
            self.assertLess(used, time.monotonic() - began)

    def test_ends_though_there_is_nothing_to_send(self) -> None:
        with tempfile.NamedTemporaryFile() as file:
            self.assertLess(sendfile_cpu_seconds(Path(file.name)), 1)

    def test_tells_that_there_is_no_file(self) -> None:
        with self.assertRaises(FileNotFoundError):
            sendfile_cpu_seconds(Path("/nonexistent/file"))

    def test_says_whether_sendfile_copies(self) -> None:
        self.assertFalse(sendfile_copies(Path("/dev/shm")), "tmpfs hands out its pages")
        with mock.patch("os.sendfile", lambda out, file, at, size: os.write(out, os.pread(file, size, at))):
            self.assertTrue(sendfile_copies(Path("/dev/shm")))
        with self.assertRaises(FileNotFoundError):
            sendfile_copies(Path("/nonexistent"))


if __name__ == "__main__":
    unittest.main()
