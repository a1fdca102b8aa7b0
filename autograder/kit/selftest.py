"""`selftest`: is the whole kit as it should be? Sets up what it needs, tries everything, and counts."""

from __future__ import annotations

import argparse
import os
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from autograder.errors import BuildError, WrongUse

if TYPE_CHECKING:
    from autograder.kit.step import Outcome

BEHIND = ("tidy", "starters")  # nothing but work for the compiler; the steps after them often wait for programs
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
        "tidy": selftest_steps.tidy,
        "starters": selftest_starters.starters_fail_cleanly,
        "autograder": selftest_steps.autograder_tests,
        "unit": selftest_steps.unit_tests,
        "scenarios": selftest_steps.scenarios,
        "threads": selftest_steps.threads,
        "interop": selftest_steps.interop,
        "prove": selftest_steps.prove,
    }


def attempt(step: Callable[[], Outcome]) -> tuple[Outcome, float]:
    """Runs a step, and takes its seconds; what it raises is a failure of that step and stops no other."""
    from autograder.kit.step import Outcome

    began = time.monotonic()
    try:
        outcome = step()
    except BuildError as error:
        outcome = Outcome(0, 1, str(error))
    except Exception:
        outcome = Outcome(0, 1, traceback.format_exc())
    return outcome, time.monotonic() - began


def give_way() -> None:
    """This thread, and every program that it starts from now on, runs when nobody else wants the processor."""
    try:
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    except OSError:
        pass  # not allowed here: then it all takes a little longer


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
    outcomes = _run(chosen)
    passed, failed = (sum(counts) for counts in zip(*((outcome.passed, outcome.failed) for outcome in outcomes)))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def _run(chosen: dict[str, Callable[[], Outcome]]) -> list[Outcome]:
    """Runs the steps in their order, those of BEHIND in the background of those after them; prints what comes of each."""
    from autograder.kit.step import stop_all

    later: dict[str, Future[tuple[Outcome, float]]] = {}
    outcomes = []
    with ThreadPoolExecutor(1, initializer=give_way) as background:
        try:
            for name, step in chosen.items():
                if name in BEHIND:
                    later[name] = background.submit(attempt, step)
                else:
                    outcomes.append(_shown(name, lambda step=step: attempt(step)))
            return outcomes + [_shown(name, future.result) for name, future in later.items()]
        except BaseException:  # Ctrl-C or a signal: the background would be waited for
            background.shutdown(wait=False, cancel_futures=True)
            stop_all()
            raise


def _shown(name: str, run_it: Callable[[], tuple[Outcome, float]]) -> Outcome:
    print(f"{name:12} ", end="", flush=True)
    outcome, seconds = run_it()
    state = "FAILED" if outcome.failed else "ok"
    print(f"{state:7} {outcome.passed:5} passed {outcome.failed:4} failed {seconds:8.1f} s", flush=True)
    if outcome.failed:
        print(tail(outcome.output), end="", flush=True)
    return outcome


def _chosen(rows: dict[str, Callable[[], Outcome]], only: Sequence[str]) -> dict[str, Callable[[], Outcome]]:
    unknown = [name for name in only if name not in rows]
    if unknown:
        raise WrongUse(f"selftest has no step {unknown[0]}: the steps are {', '.join(rows)}")
    return {name: step for name, step in rows.items() if not only or name in only}
