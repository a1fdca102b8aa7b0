"""`check`: builds a lab, runs its scenarios, and says what is wrong and why."""

from __future__ import annotations

import argparse
import os
import random
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.commands.options import lab_list, positive, scale
from autograder.commands.output import Progress, write_out
from autograder.errors import WrongUse
from autograder.labs import LABS
from autograder.report.about import About
from autograder.run.selection import Selection, select
from autograder.scenario import Result, Verdict

FORMATS = ("text", "json", "junit", "gradescope")
_ROOT = Path(__file__).resolve().parent.parent.parent


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `check` to the command line."""
    parser = subparsers.add_parser("check", help="build a lab, run its scenarios and tell what is wrong")
    parser.add_argument("lab", type=int, help="the lab's number")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="run just this (repeatable)")
    parser.add_argument("--seed", type=int, help="repeat the chances of an earlier run")
    parser.add_argument("--all", action="store_true", help="tell every failure in full, not just the first three")
    parser.add_argument("--solved", type=lab_list, default=(), metavar="1-4", help="take these labs from the solution")
    parser.add_argument("--solution", action="store_true", help="check the reference solution")
    parser.add_argument("--server", metavar="COMMAND", help="check this server; it is run as `COMMAND PORT options`")
    parser.add_argument("--client", metavar="COMMAND", help="check this client; its arguments follow the command")
    parser.add_argument("--jobs", type=positive, metavar="N", help="scenarios that run at the same time")
    parser.add_argument("--time-scale", type=scale, default=1.0, metavar="X", help="stretch every deadline")
    parser.add_argument("--format", choices=FORMATS, default="text", help="form of the report")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the report here")
    parser.add_argument("--gdb", action="store_true", help="wait until a debugger is attached to the program")
    parser.add_argument("--keep", action="store_true", help="keep the folders in which the scenarios ran")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0: all passed; 1: something failed; 4: the grader itself failed."""
    from autograder.run.check import run_checks
    from autograder.run.process import Process

    selection = select(arguments.lab, arguments.only)
    if arguments.gdb and len(selection.all) != 1:
        raise WrongUse("--gdb needs exactly one scenario: name it with --only NAME")
    named = arguments.server is not None or arguments.client is not None
    tested = (_given if named else _built)(arguments, selection)
    if arguments.gdb:
        from autograder.run.debugger import wait_for_debugger
        Process.on_start = wait_for_debugger
    seed = arguments.seed if arguments.seed is not None else random.randrange(1, 1_000_000)
    progress = Progress(len(tested.selection.all))
    results = run_checks(
        tested.selection, tested.commands, seed=seed, time_scale=1000.0 if arguments.gdb else arguments.time_scale,
        jobs=arguments.jobs, shim=tested.shim, gdb=arguments.gdb, keep=arguments.keep, on_result=progress.one_more,
    )
    progress.clear()
    kept = [f"The folders of the scenarios: {results[0].facts['workspace']}"] if arguments.keep else []
    about = About(
        lab=arguments.lab, title=LABS[arguments.lab].title, seed=seed, borrowed=arguments.solved,
        solution=arguments.solution, rerun=_rerun_options(arguments), notes=tested.notes(selection) + kept,
        commands={name: shlex.join(map(_shorten, command)) for name, command in tested.commands.items()},
    )
    _publish(results, about, arguments)
    return exit_status(results)


@dataclass(frozen=True)
class Tested:
    """What is checked, with what."""

    selection: Selection
    commands: dict[str, list[str]]
    shim: Path | None

    def notes(self, wanted: Selection) -> list[str]:
        """What was wanted and could not be, a sentence each."""
        left_out = len(wanted.all) - len(self.selection.all)
        others = sorted(wanted.targets().keys() - self.commands.keys())
        notes = [f"Not run: {left_out} of the scenarios, which start {', '.join(others)}"] if left_out else []
        if self.selection.needs_shim and self.shim is None:
            notes.append("The preloaded shim could not be built: nothing ran with short reads and writes")
        return notes


def _given(arguments: argparse.Namespace, selection: Selection) -> Tested:
    """The programs that a person named, and the scenarios that need no others."""
    from autograder.run.build import compile_shim

    given = {"server": arguments.server, "client": arguments.client}
    commands = {name: command_line(text, name) for name in selection.targets()
                if (text := given[name.rpartition("_")[2]]) is not None}
    chosen = selection.limited_to(commands)
    if not chosen.all:
        raise WrongUse(f"these scenarios start {', '.join(selection.targets())}: no command for that was given")
    shim = compile_shim(_ROOT / "build" / "shim") if chosen.needs_shim else None
    return Tested(chosen, {name: commands[name] for name in chosen.targets()}, shim)


def _built(arguments: argparse.Namespace, selection: Selection) -> Tested:
    """The programs of the tree, built where they have to be."""
    from autograder.run.build import build

    if any(lab >= arguments.lab for lab in arguments.solved):
        raise WrongUse(f"--solved is for labs before {arguments.lab}; --solution checks the reference")
    targets = selection.targets()
    built = build(list(targets.values()), solved="all" if arguments.solution else arguments.solved)
    commands = {name: [str(target.path(built.directory))] for name, target in targets.items()}
    return Tested(selection, commands, built.shim)


def command_line(text: str, name: str) -> list[str]:
    """The words of a command a person gave; files among them by their whole path, since programs run elsewhere.

    Raises WrongUse when it cannot be run.
    """
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise WrongUse(f"the command for {name} cannot be read: {error}") from None
    program = shutil.which(words[0]) if words else None
    if program is None:
        raise WrongUse(f"the command for {name} cannot be run: {words[0] if words else 'it is empty'}")
    return [os.path.abspath(word) if os.path.isfile(word) else word for word in (program, *words[1:])]


def _rerun_options(arguments: argparse.Namespace) -> str:
    words = []
    if arguments.solution:
        words.append("--solution")
    if arguments.solved:
        words += ["--solved", ",".join(map(str, arguments.solved))]
    for option in ("server", "client"):
        if getattr(arguments, option):
            words += [f"--{option}", getattr(arguments, option)]
    if arguments.time_scale != 1.0:
        words += ["--time-scale", f"{arguments.time_scale:g}"]
    return shlex.join(words)


def _shorten(part: str) -> str:
    """A path of the kit relative to the current folder, as a person would type it."""
    if not part.startswith(str(_ROOT)):
        return part
    relative = os.path.relpath(part)
    return relative if len(relative) < len(part) else part


def _publish(results: list[Result], about: About, arguments: argparse.Namespace) -> None:
    from autograder.report.palette import Palette, palette_for

    if arguments.format == "text":
        from autograder.report import text
        colours = Palette() if arguments.out else palette_for(sys.stdout)
        full = len(results) if arguments.all or arguments.only else 3
        report = text.render(results, about, colours, full=full, width=shutil.get_terminal_size((100, 24)).columns)
    elif arguments.format == "json":
        from autograder.report import json_
        report = json_.render(results, about.plain())
    elif arguments.format == "junit":
        from autograder.report import junit
        report = junit.render(results, about)
    else:
        from autograder.report import gradescope
        report = gradescope.render(results, about)
    write_out(report, arguments.out)


def exit_status(results: list[Result]) -> int:
    """0: all passed; 1: something failed; 4: the grader itself failed."""
    if any(result.verdict is Verdict.GRADER_ERROR for result in results):
        return 4
    return 0 if all(result.verdict.earns for result in results) else 1
