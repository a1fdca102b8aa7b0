"""`grade`: many submissions of one lab, one after the other; whatever is wrong with one, the others get their grades.

Of a submission only the lab's own files are taken, and laid over a pristine copy of the kit. A run that was interrupted
goes on where it was: a grade that depends on the same files, the same grader and the same options is not made again.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.commands.options import lab_list, scale
from autograder.errors import BuildError, WrongUse
from autograder.labs import LABS

if TYPE_CHECKING:
    from autograder.kit.workshop import Workshop
    from autograder.run.check import Selection
    from autograder.run.grades import Grade
    from autograder.run.submissions import Submission

# For the few files of a lab: a compiler can be made to run for ever, and to eat all memory.
BUILD_SECONDS = 120.0
BUILD_MEMORY = 3 << 30  # bytes of address space, each process


@dataclass(frozen=True)
class Batch:
    """What all submissions of a run have in common."""

    lab: int
    borrowed: Sequence[int]  # labs taken from the solution; other earlier ones come from the submission
    seed: int
    time_scale: float
    out: Path
    workshop: Workshop
    selection: Selection
    grader: str  # the hash of everything in the kit that a grade depends on

    def grade(self, submission: Submission) -> tuple[Grade, bool]:
        """The grade of one submission, and whether it was there already. Never raises for what a submission does."""
        from autograder.run import grades

        began = time.monotonic()
        worth = sum(scenario.points for scenario in self.selection.scenarios)
        grade = grades.Grade(submission.name, self.lab, worth, borrowed=list(self.borrowed), grader=self.grader)
        try:
            files = self._files(submission, grade)
            earlier = grades.load(self.out / f"{submission.name}.json")
            if earlier and earlier.same_question(grade) and earlier.status != grades.GRADER_ERROR:
                return earlier, True
            if files is not None:
                self._run(files, grade)
        except Exception:  # the grader's own fault: told in full, costs no points, and the next one is graded
            grade.status, grade.message = grades.GRADER_ERROR, traceback.format_exc()
        grade.seconds = round(time.monotonic() - began, 1)
        grades.save(grade, self.out)
        return grade, False

    def _files(self, submission: Submission, grade: Grade) -> dict[str, bytes] | None:
        """The files to lay over the kit; None, with the reason in `grade`, when there are none."""
        from autograder.run import grades, submissions

        starters = {lab.folder: _starter_names(self.workshop, lab.folder) for lab in LABS.values()}
        grade.options = f"seed {self.seed}, time scale {self.time_scale:g}"
        try:
            sources = submissions.read(submission.path)
            files = {
                f"labs/{LABS[lab].folder}/{name}": text
                for lab in range(1, self.lab + 1) if lab not in self.borrowed
                for name, text in submissions.choose(sources, LABS[lab].folder, starters).items()
            }
        except submissions.BadSubmission as error:
            grade.status, grade.message = grades.REJECTED, str(error)
            grade.content = digest([("", str(error).encode())])
            return None
        grade.files, grade.content = sorted(files), digest(files.items())
        return files

    def _run(self, files: dict[str, bytes], grade: Grade) -> None:
        from autograder.run.check import run_checks
        from autograder.run.grades import UNBUILT

        self.workshop.lay(files)
        try:
            with _bounded_memory(BUILD_MEMORY):
                programs = self.workshop.build(self.selection, self.borrowed, BUILD_SECONDS)
        except BuildError as error:
            grade.status, grade.message = UNBUILT, str(error)
            return
        grade.results = run_checks(self.selection, programs.commands, shim=programs.shim, seed=self.seed,
                                   time_scale=self.time_scale)


@contextmanager
def _bounded_memory(size: int) -> Iterator[None]:
    """Programs started meanwhile may not use more than `size` bytes of address space."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def digest(parts: Iterable[tuple[str, bytes]]) -> str:
    """One hash of named contents, in whatever order they come."""
    total = hashlib.sha256()
    for name, content in sorted(parts):
        total.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(content).digest())
    return total.hexdigest()[:32]


def grader_version(workshop: Workshop, package: Path) -> str:
    """The hash of the kit's C++ and of the autograder's Python."""
    modules = [(path.relative_to(package).as_posix(), path.read_bytes()) for path in package.rglob("*.py")]
    return digest([*workshop.kit.items(), *modules])


def _starter_names(workshop: Workshop, folder: str) -> set[str]:
    return {path.rpartition("/")[2] for path in workshop.kit if path.startswith(f"labs/{folder}/")}


def _time_left(seconds: float) -> str:
    return f"{seconds / 60:.0f} min left" if seconds >= 90 else f"{seconds:.0f} s left"


def _line(number: int, total: int, grade: Grade, cached: bool, seconds_left: float) -> str:
    """One submission's line while the batch runs."""
    parts = [f"[{number:>{len(str(total))}}/{total}] {grade.submission}"]
    parts.append("somebody has to look" if grade.points is None else f"{grade.points:g}/{grade.lab_points}")
    if grade.message:
        parts.append(f"{grade.status}: {grade.summary}")
    if cached:
        parts.append("(unchanged)")
    if seconds_left:
        parts.append(_time_left(seconds_left))
    return "  ".join(parts)


def grade_all(batch: Batch, submissions: Sequence[Submission]) -> list[Grade]:
    """Grades all of them, printing a line for each, and keeps grades.csv up to date."""
    from autograder.run.grades import write_table

    done: list[Grade] = []
    spent, worked = 0.0, 0
    for number, submission in enumerate(submissions, 1):
        grade, cached = batch.grade(submission)
        done.append(grade)
        spent, worked = spent + (0.0 if cached else grade.seconds), worked + (not cached)
        left = (len(submissions) - number) * spent / max(worked, 1)
        print(_line(number, len(submissions), grade, cached, left), flush=True)
        write_table(done, batch.out / "grades.csv")
    return done


def _labs_or_none(text: str) -> tuple[int, ...]:
    return () if text == "none" else lab_list(text)


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `grade` to the command line."""
    parser = subparsers.add_parser("grade", help="grade many submissions of one lab")
    parser.add_argument("places", nargs="+", type=Path, metavar="DIR",
                        help="a folder whose subfolders and archives are submissions, or one archive")
    parser.add_argument("--lab", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the grades go")
    parser.add_argument("--solved", type=_labs_or_none, metavar="1-4",
                        help="labs to take from the solution, or none (default: all earlier ones)")
    parser.add_argument("--seed", type=int, default=1, help="the same for everybody (default: 1)")
    parser.add_argument("--time-scale", type=scale, default=1.0, metavar="X", help="stretch every deadline")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0: every submission has its grade; 4: for some the grader itself failed."""
    from autograder.kit.tree import ROOT
    from autograder.kit.workshop import Workshop
    from autograder.run import submissions
    from autograder.run.check import select
    from autograder.run.grades import GRADER_ERROR

    selection = select(arguments.lab)
    borrowed = arguments.solved if arguments.solved is not None else tuple(range(1, arguments.lab))
    if any(lab >= arguments.lab for lab in borrowed):
        raise WrongUse(f"--solved is for labs before {arguments.lab}")
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
        found = submissions.find(arguments.places, leave_out=arguments.out)
    except (OSError, ValueError) as error:
        raise WrongUse(str(error)) from None
    workshop = Workshop.first_free(ROOT / "build" / "grade")
    workshop.lay()
    workshop.build(selection, borrowed)  # the kit by itself: what is wrong there is no student's fault
    batch = Batch(arguments.lab, borrowed, arguments.seed, arguments.time_scale, arguments.out, workshop, selection,
                  grader_version(workshop, ROOT / "autograder"))
    grades = grade_all(batch, found)
    counts = Counter(grade.status for grade in grades)
    print(f"{len(grades)} submissions: " + ", ".join(f"{count} {status}" for status, count in counts.items())
          + f"; see {arguments.out / 'grades.csv'}")
    return 4 if counts[GRADER_ERROR] else 0
