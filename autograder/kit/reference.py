"""The reference solution: built as a preset says, and graded lab by lab."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from autograder.errors import BuildError
from autograder.kit.step import command
from autograder.kit.tree import ROOT
from autograder.labs import LABS
from autograder.run.build import first_errors
from autograder.run.check import Selection, run_checks, select
from autograder.scenario import Result, Verdict

CCACHE = {"CCACHE_SLOPPINESS": "pch_defines,time_macros"}  # lets ccache see through precompiled headers
LAST_SERIAL, LAST_WITH_A_THREAD_EACH = 7, 9  # labs, by how their servers serve several clients
_SECONDS = 1800  # for a whole build on a slow machine


def configure_preset(preset: str, settings: Sequence[str] = (), directory: str | None = None) -> Path:
    """Configures a preset, and returns its build directory.

    `settings` are further cache entries ("KIT_SOLVED=1"); `directory` is the one below build/ where it is not the
    preset's own. Raises BuildError.
    """
    place = ROOT / "build" / (directory or preset)
    configure = ["cmake", "--preset", preset, "-B", str(place), *(f"-D{setting}" for setting in settings)]
    if not (place / "CMakeCache.txt").exists():
        configure += ["-G", "Ninja" if shutil.which("ninja") else "Unix Makefiles"]
        if shutil.which("ccache"):
            configure.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    _run(configure)
    return place


def build_preset(
    preset: str, targets: Sequence[str] = (), settings: Sequence[str] = (), directory: str | None = None,
) -> Path:
    """Configures a preset as above, builds the targets (or all), and returns the build directory.

    Raises BuildError with the compiler's first errors.
    """
    place = configure_preset(preset, settings, directory)
    build = ["cmake", "--build", str(place), "--parallel", str(os.cpu_count() or 2)]
    _run([*build, "--target", *targets] if targets else build)
    return place


def _run(argv: list[str]) -> None:
    ran = command(argv, _SECONDS, {"LC_ALL": "C", **CCACHE})
    if ran.status != 0:
        raise BuildError(first_errors(ran.output.replace(f"{ROOT}/", "")))


def programs_in(directory: Path, selection: Selection) -> dict[str, list[str]]:
    """The command lines of the programs that the scenarios start, where a build directory has them."""
    return {name: [str(target.path(directory))] for name, target in selection.targets().items()}


def good(result: Result) -> bool:
    """Whether the reference may get this result. A grader error costs a student nothing, but here it is a fault."""
    return result.verdict in (Verdict.PASS, Verdict.WARN)


def complaint(result: Result) -> str:
    """One line about a result that is not good."""
    seen = f"expected {result.failure.expected}; {result.failure.observed}" if result.failure else result.detail
    return f"lab {result.lab}, {result.scenario}: {result.verdict.value}" + (f": {seen}" if seen else "")


def grade_lab(lab: int, directory: Path, on_result: Callable[[Result], None] = lambda result: None) -> list[Result]:
    """Runs all scenarios of a lab, without the regressions, on the programs in a build directory."""
    return _grade(Selection(lab, select(lab).scenarios), directory, on_result)


def grade_everything(directory: Path) -> list[Result]:
    """Runs all scenarios on their own lab's programs, and those that later labs have to keep on later ones.

    These are the newest of each name, and the last of each way to serve many: the handlers are the same in all.
    """
    newest = {program: lab.number for lab in LABS.values() for program in lab.programs}
    kept = [Selection(lab, (), select(lab).regressions)
            for lab in sorted({*newest.values(), LAST_SERIAL, LAST_WITH_A_THREAD_EACH})]
    return [result for lab in LABS for result in grade_lab(lab, directory)] + [
        result for selection in kept if selection.regressions for result in _grade(selection, directory)]


def _grade(
    selection: Selection, directory: Path, on_result: Callable[[Result], None] = lambda result: None,
) -> list[Result]:
    shim = directory / "autograder" / "libkit_shim.so"
    return run_checks(selection, programs_in(directory, selection), shim=shim if shim.exists() else None,
                      on_result=on_result)
