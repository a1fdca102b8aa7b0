"""`explain`: what a scenario does, step by step, which clause it proves, and how to see the same by hand."""

from __future__ import annotations

import argparse
import inspect
import sys
import textwrap

from autograder.report.palette import Palette, palette_for
from autograder.scenario import Scenario, Weather


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `explain` to the command line."""
    parser = subparsers.add_parser("explain", help="tell what a scenario does and which clause it proves")
    parser.add_argument("name", help="the scenario's name")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0."""
    from autograder.run.selection import scenario_named

    print(explanation(scenario_named(arguments.name), palette_for(sys.stdout)))
    return 0


def explanation(scenario: Scenario, palette: Palette = Palette()) -> str:
    """The scenario told for a person."""
    def section(title: str, lines: list[str]) -> str:
        return "\n".join([palette.paint(title, "bold"), *(f"  {line}".rstrip() for line in lines)]) if lines else ""

    worth = f"lab {scenario.lab}, {scenario.points} points, drives {scenario.program}"
    head = [palette.paint(scenario.name, "bold") + palette.paint(f"  {worth}", "dim"),
            *textwrap.indent(inspect.getdoc(scenario.function) or "", "  ").splitlines(),
            palette.paint(f"  {scenario.level.value}  {scenario.clause}", "dim")]
    weathers = [weather.value for weather in scenario.weather if weather is not Weather.PLAIN]
    return "\n\n".join(filter(None, [
        "\n".join(head),
        section("Steps", steps(scenario)),
        section("Runs also in this weather", [", ".join(weathers)] if weathers else []),
        section("Options of the program", [" ".join(scenario.options)] if scenario.options else []),
        section("Runs only once these pass", list(scenario.after)),
        section("Likely causes when it fails", list(scenario.causes)),
        section("By hand", scenario.by_hand.replace("{port}", "2121").replace("{root}", ".").splitlines()),
        section("Run it", [f"python3 autograder check {scenario.lab} --only {scenario.name}"]),
    ]))


def steps(scenario: Scenario) -> list[str]:
    """The scenario's own lines, which read like a transcript: without decorator, signature and docstring."""
    lines, _ = inspect.getsourcelines(scenario.function)
    text = textwrap.dedent("".join(lines))
    signature = next(number for number, line in enumerate(text.splitlines()) if line.startswith("def "))
    body = text.splitlines()[signature:]
    end = next(number for number, line in enumerate(body) if line.rstrip().endswith(":"))
    source = textwrap.dedent("\n".join(body[end + 1:]))
    for quotes in ('"""', "'''"):
        if source.startswith(quotes):
            source = source[source.index(quotes, 3) + 3:].lstrip("\n")
    return source.splitlines()
