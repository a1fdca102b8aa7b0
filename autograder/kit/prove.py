"""`prove`: does every scenario catch what it is there to catch? Runs the mutants and prints the kill matrix.

First the reference has to pass every scenario that a mutant names; then each mutant has to fail at the scenarios it
names. Two workers share the mutants. Each has a workshop under build/prove, so that trying a mutant compiles one file
and runs one scenario, and a second `prove` finds everything else built.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from autograder.commands.options import positive
from autograder.errors import WrongUse
from autograder.kit.mutants import Mutant, MutantError, load, verify
from autograder.kit.tree import ROOT
from autograder.labs import LABS
from autograder.scenario import REGISTRY, Verdict, of_lab

if TYPE_CHECKING:
    from autograder.kit.prove_worker import Outcome


def choose(rows: dict[int, list[Mutant]], lab: int | None, only: Sequence[str]) -> list[Mutant]:
    """The mutants of one lab or of all, or those with the ids in `only`. Raises WrongUse where that is none."""
    if lab is not None and lab not in LABS:
        raise WrongUse(f"there is no lab {lab}: the labs are {min(LABS)} to {max(LABS)}")
    mutants = [mutant for number, group in rows.items() if lab in (None, number) for mutant in group]
    unknown = sorted(set(only) - {mutant.id for mutant in mutants})
    if unknown:
        raise WrongUse(f"no mutant is called {', '.join(unknown)}")
    chosen = [mutant for mutant in mutants if not only or mutant.id in only]
    if not chosen:
        raise WrongUse("there is no mutant to try" + (f" in lab {lab}" if lab else ""))
    return chosen


def idle(mutants: Iterable[Mutant], labs: Iterable[int]) -> list[str]:
    """Scenarios of these labs that no mutant names: nobody has seen that they can fail."""
    named = {name for mutant in mutants for name in mutant.scenarios}
    return [scenario.name for lab in labs for scenario in of_lab(lab) if scenario.name not in named]


def in_order(mutants: Iterable[Mutant]) -> list[Mutant]:
    """By their files: the next mutant then often replaces the last one's edit in one compilation.

    Those whose scenarios have to be alone come last: while one of them waits for the others to stop, its worker idles.
    """
    return sorted(mutants, key=lambda mutant: (any(REGISTRY[name].alone for name in mutant.scenarios), mutant.file))


def row(outcome: Outcome) -> str:
    """One mutant's line of the kill matrix."""
    mutant = outcome.mutant
    if outcome.error:
        return f"{mutant.id:6} BROKEN    {outcome.error}"
    died = ", ".join(f"{name} ({outcome.verdicts[name].value})" for name in mutant.scenarios)
    state = "dies at" if outcome.killed else "SURVIVES"
    others = [name for name, verdict in outcome.verdicts.items()
              if name not in mutant.scenarios and verdict not in (Verdict.PASS, Verdict.BLOCKED)]
    more = f"; also {', '.join(others)}" if others else ""
    why = "" if outcome.killed else f"\n       {mutant.symptom}; solution/{mutant.file}: {mutant.needle!r}"
    tries = f"  at try {outcome.tries}" if outcome.tries > 1 else ""
    return f"{mutant.id:6} {state:9} {died}{more}{tries}  {outcome.seconds:.1f} s{why}"


def prove(mutants: Sequence[Mutant], whole_labs: bool, workers: int) -> list[Outcome] | None:
    """Tries the reference and then the mutants, printing a line for each; None when the reference fails."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    from autograder.kit.prove_worker import attempt, enter, try_reference

    names = tuple(dict.fromkeys(name for mutant in mutants for name in mutant.scenarios))
    with ProcessPoolExecutor(workers, initializer=enter, initargs=(ROOT / "build" / "prove",)) as pool:
        try:
            failures = pool.submit(try_reference, names).result()
            if failures:
                print("The reference itself does not pass:\n  " + "\n  ".join(failures))
                return None
            print(f"The reference passes the {len(names)} scenarios that mutants name. Now the mutants:", flush=True)
            outcomes = []
            for outcome in pool.map(attempt, in_order(mutants), itertools.repeat(whole_labs)):
                print(row(outcome), flush=True)
                outcomes.append(outcome)
            return outcomes
        except BrokenProcessPool:
            raise WrongUse("a worker of `prove` was killed: is there enough memory?") from None
        finally:
            pool.shutdown(cancel_futures=True)


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `prove` to the command line."""
    parser = subparsers.add_parser("prove", help="run the mutants: every scenario has to catch its wrong programs")
    parser.add_argument("--lab", type=int, help="only the mutants of this lab")
    parser.add_argument("--only", action="append", default=[], metavar="ID", help="only this mutant (repeatable)")
    parser.add_argument("--matrix", action="store_true", help="run all of a lab's scenarios on each mutant")
    parser.add_argument("--jobs", type=positive, default=2, metavar="N", help="mutants tried at a time (default: 2)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0: every mutant dies at its scenarios; 1: one survives, does not compile, or its row is wrong."""
    from autograder.scenarios import load_all

    began = time.monotonic()
    load_all()
    try:
        rows = load(ROOT / "tests" / "mutants")
        mutants = choose(rows, arguments.lab, arguments.only)
        concerned = {lab: [mutant for mutant in group if mutant in mutants] for lab, group in rows.items()}
        verify(concerned, ROOT / "solution", REGISTRY)
    except MutantError as error:
        print(error, file=sys.stderr)
        return 1
    outcomes = prove(mutants, arguments.matrix, arguments.jobs)
    if outcomes is None:
        return 1
    everything = [mutant for group in rows.values() for mutant in group]
    for name in [] if arguments.only else idle(everything, [arguments.lab] if arguments.lab else rows):
        print(f"No mutant names {name}: nobody has seen it fail.")
    survivors = [outcome for outcome in outcomes if not outcome.killed]
    if len(outcomes) > 20:
        # Once more: above they stand among hundreds.
        print("".join(f"{row(outcome)}\n" for outcome in survivors), end="")
    killed = len(outcomes) - len(survivors)
    print(f"{killed} of {len(outcomes)} mutants die at their scenarios ({time.monotonic() - began:.0f} s)")
    return 0 if killed == len(outcomes) else 1
