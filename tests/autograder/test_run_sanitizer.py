"""What is read out of a program's stderr: sanitizer reports and functions that are not written yet."""

from __future__ import annotations

import unittest

from autograder.run.sanitizer import sanitizer_report, unfinished

_ASAN = """2026 info client connected
=================================================================
==3==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000011 at pc 0x55 bp 0x7f sp 0x7f
WRITE of size 1 at 0x602000000011 thread T0
    #0 0x55fab35e2bef in memcpy ../../../../src/libsanitizer/asan/asan_interceptors.cpp:22
    #1 0x55fab35e2bef in kit::echo(kit::TcpStream&, std::chrono::duration<long>) labs/lab01_echo/echo.cpp:12
    #2 0x55fab35d9fd7 in __invoke_impl<kit::ExitStatus, main(int, char**)::<lambda()>&> /usr/include/c++/invoke.h:61
    #3 0x55fab35d8b55 in main labs/lab01_echo/echo_server_main.cpp:11:3

0x602000000011 is located 0 bytes to the right of 1-byte region
allocated by thread T0 here:
    #0 0x7f2e03ab9628 in operator new[](unsigned long) ../../../../src/libsanitizer/asan/asan_new_delete.cpp:98
SUMMARY: AddressSanitizer: heap-buffer-overflow labs/lab01_echo/echo.cpp:12 in kit::echo
Shadow bytes around the buggy address:
"""
_UBSAN = """labs/lab01_echo/echo.cpp:12:5: runtime error: index 5 out of bounds for type 'int [4]'
    #0 0x55fab35e2bef in kit::echo() labs/lab01_echo/echo.cpp:12
"""


class SanitizerReport(unittest.TestCase):
    def test_is_cut_to_headline_own_frames_and_summary(self) -> None:
        self.assertEqual(sanitizer_report(_ASAN).splitlines(), [
            "==3==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000011 at pc 0x55 bp 0x7f sp 0x7f",
            "WRITE of size 1 at 0x602000000011 thread T0",
            "    in kit::echo at labs/lab01_echo/echo.cpp:12",
            "    in main at labs/lab01_echo/echo_server_main.cpp:11",
            "SUMMARY: AddressSanitizer: heap-buffer-overflow labs/lab01_echo/echo.cpp:12 in kit::echo",
        ])

    def test_undefined_behaviour_has_no_summary(self) -> None:
        self.assertEqual(sanitizer_report(_UBSAN).splitlines()[1], "    in kit::echo at labs/lab01_echo/echo.cpp:12")

    def test_foreign_frames_are_better_than_none(self) -> None:
        foreign = "==3==ERROR: AddressSanitizer: SEGV\n    #0 0x5 in main server.c:3\n    #1 0x6 in start libc.c:1\n"
        self.assertIn("main server.c:3", sanitizer_report(foreign))

    def test_ordinary_stderr_holds_none(self) -> None:
        self.assertEqual(sanitizer_report("error: no such file\nERROR: bad\n"), "")

    def test_what_is_to_be_written_is_found_anywhere(self) -> None:
        stderr = "x\nserver: not implemented yet: lab 2, LineReader::next\r\ny"
        self.assertEqual(unfinished(stderr), "lab 2, LineReader::next")
        self.assertEqual(unfinished("implemented"), "")


if __name__ == "__main__":
    unittest.main()
