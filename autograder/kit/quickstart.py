"""`quickstart`: from a fresh machine to a graded reference and a running server, in one command."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from autograder.labs import LABS

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.scenario import Result

FAREWELL = """
The reference server and client are built. In one terminal:
  build/bin/ftp_server 1234
in another:
  build/bin/ftp_client
  Enter server port: 1234
  ftp> ls
Then open labs/lab01_echo/README.md, and grade your own work with
  python3 autograder check 1"""


def row(name: str, results: list[Result], seconds: float) -> str:
    """One line of the board."""
    from autograder.kit.reference import good
    from autograder.report.json_ import totals

    passed = sum(good(result) for result in results)
    points, most = totals(results)
    share = 100 * points / most if most else 0
    return f"{name:12} {f'{passed}/{len(results)}':>11} {f'{points:g}/{most}':>11} {share:>6.0f} % {seconds:>7.1f} s"


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `quickstart` to the command line."""
    parser = subparsers.add_parser("quickstart", help="install what is missing, build and grade the reference")
    parser.add_argument("--yes", action="store_true", help="install without asking")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0: the reference is built and earns all points; 1: something is missing or failed."""
    from autograder.kit.install import ensure
    from autograder.kit.reference import build_preset, complaint, good
    from autograder.kit.tools import Use

    if not ensure([Use.BUILD], arguments.yes):
        return 1
    print("Building the reference ...", flush=True)
    began = time.monotonic()
    directory = build_preset("reference")
    print(f"Built in {time.monotonic() - began:.0f} s. Grading it, lab by lab:\n", flush=True)
    results = _board(directory)
    failed = [result for result in results if not good(result)]
    for result in failed:
        print(f"{complaint(result)}\n  see `python3 autograder check {result.lab} --solution --only {result.scenario}`")
    print(FAREWELL)
    return 1 if failed else 0


def _board(directory: Path) -> list[Result]:
    """Grades every lab, printing a line for each, and returns all results."""
    from autograder.kit.reference import grade_lab

    everything: list[Result] = []
    total = 0.0
    print(f"{'lab':12} {'scenarios':>11} {'points':>11}")
    for lab in LABS.values():
        began = time.monotonic()
        results = grade_lab(lab.number, directory)
        seconds = time.monotonic() - began
        everything, total = everything + results, total + seconds
        print(row(f"{lab.number} {lab.name}", results, seconds), flush=True)
    print(row("all", everything, total))
    return everything
