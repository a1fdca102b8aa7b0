"""The reports: what a student, a machine and a grading platform are told."""

from __future__ import annotations

import json
import unittest
import xml.etree.ElementTree as xml
from dataclasses import replace

from autograder.report import gradescope, json_, junit, text
from autograder.report.palette import Palette
from autograder.report.wires import window
from autograder.scenario import Event, Failure, Verdict
from tests.autograder.samples import ABOUT, SampleTest, failed, result, unfinished


class TextReport(SampleTest):
    def test_tells_all_that_is_known_of_a_failure(self) -> None:
        report = text.render([failed()], ABOUT)
        for wanted in (
            "FAIL  retr_sends_every_byte", "0 of 4 points", "RETR sends every byte of the file, then 226.",
            "The end of the file is the end of the data connection.", "MUST  RFC 959 4.1.3", "Weather short-io",
            "1. log in as anonymous", "2. PASV", "Expected  9 bytes", "Observed  8 bytes", "- only one send()",
            "[ftp_server] SUCCESS", "ftp_server ended: exit status 0", "curl ftp://127.0.0.1:2121/a.bin",
            "build/check/lab05/ftp_server 2121",
            "python3 autograder check 5 --only retr_sends_every_byte --seed 42\n", "--seed 42 --gdb",
        ):
            self.assertIn(wanted, report)

    def test_puts_the_caret_under_the_first_wrong_byte(self) -> None:
        lines = text.render([failed()], ABOUT).splitlines()
        number = next(number for number, line in enumerate(lines) if '"abc\\x00\\x1bdef"' in line)
        self.assertEqual(lines[number + 1].index("^"), lines[number].index("\\x1b"))

    def test_shows_no_colour_without_a_terminal_and_some_with_one(self) -> None:
        self.assertNotIn("\x1b", text.render([failed()], ABOUT))
        self.assertIn("\x1b[31", text.render([failed()], ABOUT, Palette(True)))

    def test_tells_only_the_first_failures_in_full(self) -> None:
        results = [replace(failed(), facts={}) for _ in range(5)]
        report = text.render(results, ABOUT, full=3)
        self.assertEqual(report.count("Likely causes"), 3)
        self.assertIn("2 more (all in full: --all", report)
        self.assertEqual(text.render(results, ABOUT, full=5).count("Likely causes"), 5)

    def test_groups_what_is_not_written_yet(self) -> None:
        blocked = result("retr_twice", Verdict.BLOCKED, blocked_by="retr_sends_every_byte")
        report = text.render([unfinished(), blocked], ABOUT)
        self.assertIn("lab 5, DataChannel::open  (2 scenarios wait for it)", report)
        self.assertNotIn("Expected", report)
        self.assertIn("waits for retr_sends_every_byte", report)

    def test_a_crash_shows_the_sanitizer_once_and_stderr_before_it(self) -> None:
        spoken = "==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x1\n    #0 0x5 in main a.cpp:3"
        crash = result("retr_sends_every_byte", Verdict.CRASH, failure=Failure("", "stopped by a sanitizer"),
                       detail=spoken, stderr=f"accepted\n{'=' * 65}\n{spoken}\n", exit="exit status 1")
        report = text.render([crash], ABOUT)
        self.assertEqual(report.count("heap-use-after-free"), 1)
        self.assertIn("[ftp_server] accepted", report)
        self.assertNotIn("=====", report)

    def test_a_fault_of_the_grader_is_owned_up_to(self) -> None:
        report = text.render([result("retr_sends_every_byte", Verdict.GRADER_ERROR, detail="Traceback ...")], ABOUT)
        self.assertIn("no fault of yours", report)
        self.assertIn("4 of 4 points", report)

    def test_a_broken_regression_is_shown_and_costs_nothing(self) -> None:
        good = result("retr_sends_every_byte", Verdict.PASS)
        broken = result("noop", Verdict.FAIL, regression=True, max_points=0, failure=Failure("200", "500"))
        report = text.render([good, broken], ABOUT)
        self.assertIn("1 scenario of earlier labs no longer passes", report)
        self.assertIn("Lab 5: 4 of 4 points", report)

    def test_a_missed_should_is_a_warning_after_the_failures(self) -> None:
        warn = result("retr_twice", Verdict.WARN, failure=Failure("425", "150"))
        report = text.render([warn, failed()], ABOUT)
        self.assertLess(report.index("FAIL  retr_sends"), report.index("WARN  retr_twice"))

    def test_a_long_transcript_is_shown_around_the_failure(self) -> None:
        long = failed()
        long.transcript = [Event(number, "control", "sent", b"NOOP\r\n", 6) for number in range(200)]
        long.failure = Failure("200", "500", None, 150)
        report = text.render([long], ABOUT)
        self.assertIn("... 132 earlier events", report)
        self.assertIn("... 45 later events", report)


class ByteWindow(unittest.TestCase):
    def test_short_data_is_whole(self) -> None:
        self.assertEqual(window(b"a\r\n", 3, 1, 40), ('"a\\r\\n"', 2))

    def test_long_data_is_cut_around_the_caret_and_counted(self) -> None:
        shown, column = window(bytes(range(65, 91)) * 100, 5000, 1300, 60)
        self.assertLessEqual(len(shown), 60)
        self.assertTrue(shown.startswith("...") and "(5,000 bytes)" in shown)
        self.assertEqual(shown[column], "A")

    def test_a_caret_behind_the_last_byte_stands_there(self) -> None:
        shown, column = window(b"abc", 3, 3, 40)
        self.assertEqual((shown, column), ('"abc"', 4))

    def test_nothing_is_an_empty_string(self) -> None:
        self.assertEqual(window(b"", 0, 0, 40), ('""', 1))


class JsonReport(SampleTest):
    def test_results_survive_the_round_trip(self) -> None:
        for before in (failed(), unfinished(), result("noop", Verdict.PASS)):
            again = json_.from_plain(json.loads(json.dumps(json_.to_plain(before))))
            self.assertEqual(again, before)

    def test_the_document_has_schema_and_points_without_regressions(self) -> None:
        regression = result("noop", Verdict.PASS, regression=True)
        document = json.loads(json_.render([failed(), regression], ABOUT.plain()))
        self.assertEqual((document["schema"], document["points"], document["max_points"], document["seed"]),
                         ("ftp-kit-results/1", 0, 4, 42))

    def test_unknown_fields_of_a_later_version_are_left_out(self) -> None:
        self.assertEqual(json_.from_plain({**json_.to_plain(failed()), "later": 1}), failed())


class JunitReport(SampleTest):
    def test_is_xml_with_a_name_for_every_case_and_no_control_characters(self) -> None:
        verdicts = [result("noop", verdict, detail="\x00\x1b[31m") for verdict in Verdict]
        report = junit.render([failed(), *verdicts], ABOUT)
        suite = xml.fromstring(report.encode()).find("testsuite")
        self.assertEqual(int(suite.get("tests")), len(verdicts) + 1)
        self.assertTrue(all(case.get("name") for case in suite))
        self.assertEqual(int(suite.get("failures")), len(suite.findall("testcase/failure")))
        self.assertEqual(int(suite.get("errors")), len(suite.findall("testcase/error")))
        self.assertEqual(int(suite.get("skipped")), len(suite.findall("testcase/skipped")))
        self.assertNotRegex(report, "[\x00-\x08\x0b\x0c\x0e-\x1f]")

    def test_the_failure_holds_the_story(self) -> None:
        failure = xml.fromstring(junit.render([failed()], ABOUT).encode()).find("testsuite/testcase/failure")
        self.assertIn("Likely causes", failure.text)


class GradescopeReport(SampleTest):
    def test_has_the_fields_and_values_that_the_platform_takes(self) -> None:
        document = json.loads(gradescope.render([failed(), result("retr_twice", Verdict.WARN)], ABOUT))
        self.assertEqual(document["score"], 2)
        self.assertIn(document["output_format"], ("text", "html", "simple_format", "md", "ansi"))
        self.assertEqual([test["status"] for test in document["tests"]], ["failed", "passed"])
        self.assertEqual([test["max_score"] for test in document["tests"]], [4, 2])
        for test in document["tests"]:
            self.assertIn(test["visibility"], ("hidden", "after_due_date", "after_published", "visible"))


if __name__ == "__main__":
    unittest.main()
