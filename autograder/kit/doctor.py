"""`doctor`: is everything here that the kit needs, and how to get what is not."""

from __future__ import annotations

import argparse
import itertools
import shlex

from autograder.kit.install import apt_command, install
from autograder.kit.tools import Finding, Use, examine, packages


def table(findings: list[Finding]) -> str:
    """The findings as text, one line each, under a heading for each use."""
    lines: list[str] = []
    for use, group in itertools.groupby(findings, key=lambda finding: finding.tool.use):
        lines.append(use.value)
        for finding in group:
            state = "ok" if finding.good else "too old" if finding.found else "missing"
            version = finding.found.version if finding.found else ""
            lines.append(f"  {state:8} {finding.tool.name:14} {version:16} {finding.tool.purpose}")
    return "\n".join(lines)


def advice(findings: list[Finding]) -> str:
    """How to get what is missing: one command for what is needed, one for the rest."""
    needed = packages(finding for finding in findings if finding.tool.use is Use.BUILD)
    others = [name for name in packages(findings) if name not in needed]
    unpacked = packages(findings, unpacked=True)
    lines = []
    if needed:
        lines.append(f"Needed before anything works:\n  {shlex.join(apt_command(needed))}")
    if others or unpacked:
        lines.append(f"{'Useful' if needed else 'All that is needed is here. Useful'} too, when you want it:")
    if others:
        lines.append(f"  {shlex.join(apt_command(others))}")
    if unpacked:
        lines.append(f"  python3 autograder doctor --install  (unpacks below build/peers: {' '.join(unpacked)})")
    return "\n".join(lines) or "Everything is here."


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `doctor` to the command line."""
    parser = subparsers.add_parser("doctor", help="check that compiler, CMake and the other tools are here")
    parser.add_argument("--install", action="store_true", help="install what is missing with apt-get")
    parser.add_argument("--yes", action="store_true", help="with --install: do not ask")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0: whatever is needed is here; 1: something needed is missing."""
    findings = examine()
    if arguments.install:
        install(packages(findings), arguments.yes, packages(findings, unpacked=True))
        findings = examine()
    print(table(findings))
    print(advice(findings))
    return 0 if all(finding.good for finding in findings if finding.tool.use is Use.BUILD) else 1
