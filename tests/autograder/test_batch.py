"""`grade`: what one submission may do to the others (nothing), what is graded again, and what the gradebook says."""

import contextlib
import csv
import io
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from autograder.errors import BuildError
from autograder.run import batch as batch_module
from autograder.run import grades
from autograder.run.batch import Batch, digest, grade_all
from autograder.run.check import Selection
from autograder.run.grades import Grade
from autograder.run.submissions import find
from autograder.scenario import MUST, Result, Scenario, Verdict


def echo_works() -> None:
    """It echoes."""


SCENARIO = Scenario("echo_works", 1, 100, MUST, "RFC 862", echo_works, "echo_server")


def result(verdict: Verdict) -> Result:
    return Result("echo_works", 1, verdict, 100 if verdict.earns else 0, 100)


class FakeWorkshop:
    """Knows lab 1's starter; does what the submission's echo.cpp says."""

    kit = {"labs/lab01_echo/echo.cpp": b""}

    def __init__(self) -> None:
        self.laid: dict[str, bytes] = {}

    def lay(self, changes: dict[str, bytes]) -> None:
        self.laid = changes

    def build(self, *_: object) -> SimpleNamespace:
        text = self.laid["labs/lab01_echo/echo.cpp"]
        if text == b"broken":
            raise BuildError("echo.cpp:1:1: error: no\nmore")
        if text == b"fault":
            raise RuntimeError("the grader's own bug")
        return SimpleNamespace(commands={"echo_server": [text.decode()]}, shim=None)


class BatchTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.top, self.out = Path(folder.name) / "subs", Path(folder.name) / "out"
        self.out.mkdir()
        self.runs: list[str] = []
        patch = mock.patch("autograder.run.check.run_checks", self.run_checks)
        patch.start()
        self.addCleanup(patch.stop)

    def run_checks(self, selection: Selection, commands: dict[str, list[str]], **_: object) -> list[Result]:
        text = commands["echo_server"][0]
        self.runs.append(text)
        return [result(Verdict.PASS if text == "right" else Verdict.FAIL)]

    def submit(self, name: str, text: str) -> None:
        (self.top / name / "lab01_echo").mkdir(parents=True, exist_ok=True)
        (self.top / name / "lab01_echo/echo.cpp").write_text(text)

    def grade(self, grader: str = "g1", seed: int = 1) -> tuple[dict[str, Grade], str]:
        batch = Batch(1, (), seed, 1.0, self.out, FakeWorkshop(), Selection(1, (SCENARIO,)), grader)  # type: ignore
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            done = grade_all(batch, find([self.top]))
        return {grade.submission: grade for grade in done}, printed.getvalue()

    def test_whatever_goes_wrong_with_one_the_others_are_graded(self) -> None:
        for name, text in {"ann": "right", "bob": "wrong", "cleo": "broken", "dan": "fault"}.items():
            self.submit(name, text)
        (self.top / "eve").mkdir()
        done, printed = self.grade()
        self.assertEqual({name: (grade.status, grade.points) for name, grade in done.items()}, {
            "ann": (grades.GRADED, 100), "bob": (grades.GRADED, 0), "cleo": (grades.UNBUILT, 0),
            "dan": (grades.GRADER_ERROR, None), "eve": (grades.REJECTED, 0)})
        self.assertIn("[3/5] cleo  0/100  does not build: echo.cpp:1:1: error: no", printed)
        self.assertIn("dan  somebody has to look  grader error: RuntimeError: the grader's own bug", printed)

    def test_the_gradebook_has_a_row_for_each(self) -> None:
        self.submit("=cmd()", "right")
        self.submit("ann", "broken")
        self.grade()
        columns = ("submission", "points", "max_points", "pass", "message")
        with (self.out / "grades.csv").open() as table:
            rows = [tuple(row[column] for column in columns) for row in csv.DictReader(table)]
        self.assertEqual(rows, [("'=cmd()", "100", "100", "1", ""),
                                ("ann", "0", "100", "0", "echo.cpp:1:1: error: no")])

    def test_a_second_run_grades_only_what_changed(self) -> None:
        self.submit("ann", "right")
        self.submit("bob", "wrong")
        self.grade()
        self.submit("bob", "right")
        done, printed = self.grade()
        self.assertEqual(self.runs, ["right", "wrong", "right"])
        self.assertIn("ann  100/100  (unchanged)", printed)
        self.assertEqual(done["bob"].points, 100)

    def test_another_grader_or_seed_grades_again(self) -> None:
        self.submit("ann", "right")
        self.grade()
        self.grade(grader="g2")
        self.grade(grader="g2", seed=7)
        self.assertEqual(len(self.runs), 3)

    def test_a_grader_error_and_a_damaged_file_are_tried_again(self) -> None:
        self.submit("ann", "fault")
        self.submit("bob", "right")
        self.grade()
        (self.out / "bob.json").write_text("{")
        with mock.patch.object(FakeWorkshop, "build", return_value=SimpleNamespace(
                commands={"echo_server": ["right"]}, shim=None)):
            done, _ = self.grade()
        self.assertEqual(self.runs, ["right", "right", "right"])
        self.assertEqual(done["ann"].points, 100)

    def test_a_grade_is_read_back_as_it_was_written(self) -> None:
        grade = Grade("ann", 1, 100, content="c", grader="g", results=[result(Verdict.PASS)], borrowed=[1], seconds=1.5)
        grades.save(grade, self.out)
        self.assertEqual(grades.load(self.out / "ann.json"), grade)


class Bounds(unittest.TestCase):
    def test_a_digest_tells_where_one_content_ends(self) -> None:
        self.assertNotEqual(digest([("a", b"bc")]), digest([("ab", b"c")]))
        self.assertEqual(digest([("a", b"1"), ("b", b"2")]), digest([("b", b"2"), ("a", b"1")]))

    def test_time_left_is_said_in_minutes_when_it_is_long(self) -> None:
        self.assertEqual(batch_module._time_left(600), "10 min left")
        self.assertEqual(batch_module._time_left(42), "42 s left")


if __name__ == "__main__":
    unittest.main()
