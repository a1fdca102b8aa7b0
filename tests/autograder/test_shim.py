"""The preloaded shim cuts and interrupts what it may, and nothing else; with and without a sanitizer in the program."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

SHIM = Path(__file__).resolve().parents[2] / "autograder" / "shim" / "short_io.cpp"
COMPILER = shutil.which("c++") or shutil.which("g++") or shutil.which("clang++")

CASES = Path(__file__).with_name("shim_cases.cpp")


@unittest.skipUnless(COMPILER, "no C++ compiler here")
class Shim(unittest.TestCase):
    """Runs one small program, built plainly, under the shim."""

    flags: tuple[str, ...] = ()

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.shim = cls.folder / "shim.so"
        commands = [
            [str(COMPILER), "-std=c++20", "-shared", "-fPIC", "-O1", str(SHIM), "-o", str(cls.shim), "-ldl"],
            [str(COMPILER), "-std=c++20", "-w", *cls.flags, str(CASES), "-o", str(cls.folder / "program")],
        ]
        builds = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for command in commands]
        for build in builds:
            _, errors = build.communicate(timeout=120)
            if build.returncode:
                raise unittest.SkipTest(f"cannot build: {errors.splitlines()[:1]}")

    def run_program(self, case: str, **settings: int) -> subprocess.CompletedProcess[str]:
        """Runs a case with the given KIT_SHIM_ settings."""
        environment = {**os.environ, "LD_PRELOAD": str(self.shim), "ASAN_OPTIONS": "verify_asan_link_order=0",
                       **{f"KIT_SHIM_{name}": str(value) for name, value in settings.items()}}
        return subprocess.run([str(self.folder / "program"), case], cwd=self.folder, env=environment, text=True,
                              capture_output=True, timeout=60, check=False)

    def counts(self, case: str, **settings: int) -> dict[str, int]:
        """What a case that must succeed has counted."""
        done = self.run_program(case, **settings)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        words = done.stdout.split()
        return {word: int(number) for word, number in zip(words[::2], words[1::2])}

    def test_streams_are_cut_and_interrupted_and_keep_their_bytes(self) -> None:
        for case in ("stream", "vectors"):
            with self.subTest(case):
                counts = self.counts(case, MAX=300, EINTR=10, SEED=1)
                self.assertGreater(counts["shortened"], 500)
                self.assertGreater(counts["interrupted"], 50)
                self.assertEqual(counts["wrong"], 0)

    def test_without_settings_nothing_changes(self) -> None:
        self.assertEqual(self.counts("stream"), {"shortened": 0, "interrupted": 0, "wrong": 0})

    def test_files_are_cut_and_never_interrupted(self) -> None:
        counts = self.counts("file", MAX=4000, EINTR=2)
        self.assertGreater(counts["shortened"], 50)
        self.assertEqual((counts["interrupted"], counts["wrong"]), (0, 0))

    def test_messages_that_keep_their_borders_are_not_cut(self) -> None:
        self.assertEqual(self.counts("datagram", MAX=10)["shortened"], 0)

    def test_calls_that_cannot_wait_are_not_interrupted(self) -> None:
        self.assertEqual(self.counts("nonblocking", EINTR=2)["interrupted"], 0)

    def test_waitall_stays_whole(self) -> None:
        self.counts("whole", MAX=100)

    def test_pipes_are_cut_for_readers_only(self) -> None:
        self.assertEqual(self.counts("pipes", MAX=100, EINTR=2)["interrupted"], 0)

    def test_counters_are_read_whole(self) -> None:
        self.counts("counter", MAX=3, EINTR=2)

    def test_connect_goes_on_after_an_interruption(self) -> None:
        self.assertGreater(self.counts("tcp", EINTR=3)["interrupted"], 50)

    def test_a_seed_repeats_its_chances(self) -> None:
        first, second = (self.counts("stream", MAX=300, EINTR=10, SEED=7) for _ in range(2))
        self.assertEqual(first, second)
        self.assertNotEqual(first, self.counts("stream", MAX=300, EINTR=10, SEED=8))


class ShimWithAddressSanitizer(Shim):
    """The same with the sanitizer's own read and write behind the shim's."""

    flags = ("-fsanitize=address", "-g")

    def test_the_sanitizer_still_sees_the_buffers(self) -> None:
        done = self.run_program("overflow", SEED=1)
        self.assertIn("AddressSanitizer: heap-buffer-overflow", done.stderr)


if __name__ == "__main__":
    unittest.main()
