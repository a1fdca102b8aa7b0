"""What `selftest` tries. Each function is one step; none of them changes a file that git knows."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

from autograder.kit import starters
from autograder.kit.install import ensure
from autograder.kit.reference import build_preset, configure_preset
from autograder.kit.step import Outcome, closing_outcome, command, counted, ctest_outcome, prove_outcome, unittest_outcome
from autograder.kit.tidy import look
from autograder.kit.tools import TOOLS, Use
from autograder.kit.tree import ROOT

LINES = 250  # of a file of code
THREADED = (8, 9, 10)  # labs; in the programs of those before them there is one thread
_CXX = (".h", ".cpp")
_CORES = os.cpu_count() or 2
_AUTOGRADER = [sys.executable, str(ROOT / "autograder")]
_UNITTEST = [sys.executable, "-m", "unittest", "discover", "-t", ".", "-s"]


def setup() -> Outcome:
    """Installs what the other steps need."""
    uses = (Use.BUILD, Use.STUDY, Use.INTEROP, Use.UPKEEP)
    return Outcome.of([] if ensure(uses, yes=True) else ["something that the kit needs is missing"], len(TOOLS))


def starters_in_sync() -> Outcome:
    """labs/ is what solution/ yields."""
    files = starters.render(ROOT)
    mistakes = [f"labs/{change.path} is not what solution/ yields: `python3 autograder starters --check` shows how"
                for change in starters.changes(ROOT, files)]
    if not mistakes and starters.drift(ROOT):
        mistakes = [starters.drift(ROOT)]
    return Outcome.of(mistakes, len(files))


def unit_tests() -> Outcome:
    """The solution with ASan and UBSan, warnings being errors, passes its unit tests."""
    build_preset("solution")
    return ctest_outcome(command(["ctest", "--preset", "solution", "--parallel", str(_CORES)], 900))


def threads() -> Outcome:
    """With ThreadSanitizer the labs whose programs have threads pass their unit tests: whole servers run in them."""
    numbers = [f"{lab:02}" for lab in THREADED]
    build_preset("solution-tsan", [f"lab{number}_tests" for number in numbers])
    labels = f"^lab({'|'.join(numbers)})$"
    return ctest_outcome(command(["ctest", "--preset", "solution-tsan", "-L", labels, "--parallel", str(_CORES)], 900))


def scenarios() -> Outcome:
    """The solution, still with ASan and UBSan, passes every scenario and meets every MUST: docs/conformance.md."""
    return closing_outcome(command([*_AUTOGRADER, "conformance", "--check", "--preset", "solution"], 1800))


def prove() -> Outcome:
    """Every mutant dies at its scenarios."""
    return prove_outcome(command([*_AUTOGRADER, "prove", "--jobs", str(_CORES + 2)], 2700))  # they often wait


def autograder_tests() -> Outcome:
    """The autograder's own unit tests."""
    return unittest_outcome(command([*_UNITTEST, "tests/autograder"], 600))


def interop() -> Outcome:
    """The reference talks to programs that others wrote."""
    build_preset("reference")
    return unittest_outcome(command([*_UNITTEST, "tests/interop"], 600))


def catalogue() -> Outcome:
    """docs/catalog.md lists the scenarios as they are."""
    words = "catalog --format markdown"
    path = ROOT / "docs" / "catalog.md"
    ran = command([*_AUTOGRADER, *words.split()], 60)
    current = ran.status == 0 and path.is_file() and path.read_text(encoding="utf-8") == ran.output
    return Outcome.of([] if current else [
        f"docs/catalog.md is out of date: `python3 autograder {words} --out docs/catalog.md`"], 1)


def layout() -> Outcome:
    """clang-format would change nothing."""
    paths = sources(("common", "solution", "tests", "autograder/shim"), _CXX)
    ran = command(["clang-format", "--dry-run", "-Werror", *paths], 120)
    wrong = {line.split(":")[0] for line in ran.output.splitlines() if ": error: " in line}
    return counted(ran, len(paths) - len(wrong), len(wrong))


def tidy() -> Outcome:
    """clang-tidy finds nothing in the solution and in common/."""
    directory = configure_preset("solution", ["KIT_PCH=OFF", "KIT_UNITY=OFF"], "tidy")  # for its compile commands
    paths = sources(("common", "solution"), (".cpp",))
    return Outcome.of(look(directory, paths, _CORES) or ([] if paths else ["there is nothing to look at"]), len(paths))


def lengths() -> Outcome:
    """No file of code is longer than 250 lines."""
    paths = sources(("common", "solution", "tests", "autograder"), (*_CXX, ".py"))
    counts = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in paths}
    return Outcome.of([f"{path} has {count} lines" for path, count in counts.items() if count > LINES], len(paths))


def sources(folders: Iterable[str], suffixes: Sequence[str]) -> list[str]:
    """The files with these suffixes below some folders of the kit, as paths from its root."""
    paths = (path for folder in folders for path in sorted((ROOT / folder).rglob("*")))
    return [path.relative_to(ROOT).as_posix() for path in paths if path.suffix in suffixes and path.is_file()]
