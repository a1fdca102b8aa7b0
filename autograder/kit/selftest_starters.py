"""The step of `selftest` that looks at every lab as a student finds it on the first day."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from autograder.errors import BuildError
from autograder.kit.reference import build_preset
from autograder.kit.step import Outcome, command
from autograder.labs import LABS, Lab

_SECONDS = 300  # for one lab's unit tests, of which most end at once; other steps may have the processors


def starters_fail_cleanly() -> Outcome:
    """Starters compile without a warning and fail their unit tests with "not implemented yet", by no crash or hang."""
    mistakes = [mistake for lab in LABS.values() for mistake in _look_at(lab)]
    return Outcome.of(mistakes, len(LABS))


def _look_at(lab: Lab) -> list[str]:
    """What is wrong with one lab's starter, where the labs before it are solved."""
    number = f"lab{lab.number:02}"
    targets = [f"{number}_tests", *(f"{number}_{program}" for program in lab.programs)]
    solved = ";".join(str(earlier) for earlier in range(1, lab.number))
    # One build directory for all: from lab to lab only one library changes from starter to solution.
    settings = [f"KIT_SOLVED={solved}", "KIT_WERROR=ON", "KIT_UNITY=ON", "KIT_SANITIZE=", "CMAKE_CXX_FLAGS_DEBUG=-O0"]
    try:
        directory = build_preset("dev", targets, settings, directory="starters")
    except BuildError as error:
        return [f"{lab.folder} does not compile without warnings: {error}"]
    binary = directory / f"{number}_build" / f"{number}_tests"
    if not binary.exists():
        return [f"{lab.folder}: the build does not make {binary.name}"]
    report = directory / f"{number}_tests.json"
    report.unlink(missing_ok=True)
    ran = command([str(binary), f"--gtest_output=json:{report}"], _SECONDS)
    if ran.status != 1 or not report.exists():
        return [f"{lab.folder}: the unit tests end with status {ran.status}, not by failing\n{_last_test(ran.output)}"]
    return [f"{lab.folder}: {mistake}" for mistake in unclean(_read(report), lab.number)]


def _read(report: Path) -> dict[str, Any]:
    report_text = report.read_text(encoding="utf-8", errors="replace")
    return dict(json.loads(report_text, strict=False))


def _last_test(output: str) -> str:
    started = re.findall(r"(?m)^\[ RUN      \] (.*)$", output)
    return f"in {started[-1]}:\n{output[-1000:]}" if started else output[-1000:]


def unclean(report: dict[str, Any], lab: int) -> list[str]:
    """The tests that fail for another reason than that a function of this lab is not written yet.

    `report` is GoogleTest's JSON. A report in which nothing fails is a mistake too.
    """
    tests = [(f"{suite['name']}.{test['name']}", " ".join(entry["failure"] for entry in test.get("failures", ())))
             for suite in report["testsuites"] for test in suite["testsuite"]]
    failed = [(name, text) for name, text in tests if text]
    if not failed:
        return [f"none of {len(tests)} unit tests fails: what do they test?"]
    return [f"{name} fails without saying \"not implemented yet: lab {lab}, ...\":\n{text}" for name, text in failed
            if f"not implemented yet: lab {lab}, " not in text]
