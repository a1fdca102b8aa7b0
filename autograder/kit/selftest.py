"""`selftest`: is the whole kit as it should be? Sets up what it needs, tries everything, and counts."""

from __future__ import annotations

import argparse
import time
import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from autograder.errors import BuildError, WrongUse

if TYPE_CHECKING:
    from autograder.kit.step import Outcome

_SHOWN_LINES = 60  # of a failed step's output


def steps() -> dict[str, Callable[[], Outcome]]:
    """The steps by name, in the order in which they run: what is quick to fail comes first."""
    from autograder.kit import selftest_starters, selftest_steps

    return {
        "setup": selftest_steps.setup,
        "sync": selftest_steps.starters_in_sync,
        "catalogue": selftest_steps.catalogue,
        "length": selftest_steps.lengths,
        "format": selftest_steps.layout,
        "autograder": selftest_steps.autograder_tests,
        "unit": selftest_steps.unit_tests,
        "scenarios": selftest_steps.scenarios,
        "threads": selftest_steps.threads,
        "tidy": selftest_steps.tidy,
        "starters": selftest_starters.starters_fail_cleanly,
        "interop": selftest_steps.interop,
        "prove": selftest_steps.prove,
    }


def attempt(step: Callable[[], Outcome]) -> Outcome:
    """Runs a step; what it raises is a failure of that step and stops no other."""
    from autograder.kit.step import Outcome

    try:
        return step()
    except BuildError as error:
        return Outcome(0, 1, str(error))
    except Exception:
        return Outcome(0, 1, traceback.format_exc())


def tail(output: str) -> str:
    """The last lines of an output, indented."""
    lines = output.rstrip().splitlines()
    cut = [f"... {len(lines) - _SHOWN_LINES} lines before"] if len(lines) > _SHOWN_LINES else []
    return "".join(f"    {line}\n" for line in cut + lines[-_SHOWN_LINES:])


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `selftest` to the command line."""
    parser = subparsers.add_parser("selftest", help="set up and test the whole kit")
    parser.add_argument("--only", action="append", default=[], metavar="STEP", help="just this step (repeatable)")
    parser.add_argument("--list", action="store_true", help="list the steps and run none")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0: all passed; 1: something failed."""
    chosen = _chosen(steps(), arguments.only)
    if arguments.list:
        for name, step in chosen.items():
            print(f"{name:12} {(step.__doc__ or '').splitlines()[0]}")
        return 0
    passed = failed = 0
    for name, step in chosen.items():
        print(f"{name:12} ", end="", flush=True)
        began = time.monotonic()
        outcome = attempt(step)
        seconds = time.monotonic() - began
        state = "FAILED" if outcome.failed else "ok"
        print(f"{state:7} {outcome.passed:5} passed {outcome.failed:4} failed {seconds:8.1f} s", flush=True)
        if outcome.failed:
            print(tail(outcome.output), end="", flush=True)
        passed, failed = passed + outcome.passed, failed + outcome.failed
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def _chosen(rows: dict[str, Callable[[], Outcome]], only: Sequence[str]) -> dict[str, Callable[[], Outcome]]:
    unknown = [name for name in only if name not in rows]
    if unknown:
        raise WrongUse(f"selftest has no step {unknown[0]}: the steps are {', '.join(rows)}")
    return {name: step for name, step in rows.items() if not only or name in only}
