"""`catalog`: every scenario, with four indexes: by lab, by clause, by command, by reply code."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from autograder.commands.output import write_out
from autograder.errors import WrongUse
from autograder.labs import LABS
from autograder.scenario import REGISTRY, Scenario, of_lab

SCHEMA = "ftp-kit-catalog/1"
VERBS = frozenset(  # RFC 959, 1123, 2228, 2389, 2428, 2640, 3659 and what is in use besides
    "ABOR ACCT ADAT ALLO APPE AUTH AVBL CCC CDUP CONF CWD DELE ENC EPRT EPSV FEAT HASH HELP HOST LANG LIST LPRT LPSV "
    "MDTM MFF MFMT MIC MKD MLSD MLST MODE NLST NOOP OPTS PASS PASV PBSZ PORT PROT PWD QUIT REIN REST RETR RMD RNFR "
    "RNTO SITE SIZE SMNT STAT STOR STOU STRU SYST TYPE USER XCUP XCWD XMKD XPWD XRMD".split())
CODES = frozenset((  # RFC 959 4.2.2, 2228, 2389, 2428, 2640
    110, 120, 125, 150, 200, 202, 211, 212, 213, 214, 215, 220, 221, 225, 226, 227, 229, 230, 232, 234, 250, 257,
    331, 332, 334, 350, 421, 425, 426, 430, 431, 434, 450, 451, 452, 500, 501, 502, 503, 504, 521, 522, 530, 532, 533,
    534, 535, 536, 550, 551, 552, 553))
_RFC = re.compile(r"(RFC \d+)\b")
_INDEXES: tuple[tuple[str, Callable[[Scenario], Iterable[Any]]], ...] = (
    ("clause", lambda scenario: clauses(scenario.clause)),
    ("command", lambda scenario: [verb for verb in scenario.verbs if verb in VERBS]),
    ("reply code", lambda scenario: [code for code in scenario.codes if scenario.lab > 1 and code in CODES]),
)


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `catalog` to the command line."""
    parser = subparsers.add_parser("catalog", help="list all scenarios by lab, clause, command and reply code")
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the catalogue here")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0."""
    from autograder.scenarios import load_all

    load_all()
    if not REGISTRY:
        raise WrongUse("there are no scenarios to list")
    write_out({"text": text, "json": as_json, "markdown": markdown}[arguments.format](), arguments.out)
    return 0


def index(keys: Callable[[Scenario], Iterable[Any]]) -> dict[Any, list[str]]:
    """Scenario names by key, in the order of the keys."""
    found: dict[Any, list[str]] = {}
    for scenario in REGISTRY.values():
        for key in keys(scenario):
            found.setdefault(key, []).append(scenario.name)
    return dict(sorted(found.items(), key=lambda item: _natural(str(item[0]))))


def clauses(text: str) -> list[str]:
    """The single clauses of "RFC 959 4.1.1, 5.4; RFC 1123 4.1.3.1 (a SHOULD there)", each with its RFC."""
    found: list[str] = []
    for part in re.sub(r"\s+\([^)]*\)", "", text).split(";"):
        document = ""
        for place in map(str.strip, part.split(",") if _RFC.match(part.strip()) else [part]):
            named = _RFC.match(place)
            document = named[1] if named else document
            found.append(place if named or not document else f"{document} {place}")
    return list(dict.fromkeys(filter(None, found)))


def _natural(key: str) -> list[tuple[int, str]]:
    """Sorts 4.1.10 after 4.1.9."""
    words = key.replace(".", " ").split()
    return [(int(word), "") if word.isdigit() else (1 << 30, word) for word in words]


def text() -> str:
    """The catalogue for a terminal."""
    lines: list[str] = []
    for lab in LABS.values():
        scenarios = of_lab(lab.number)
        if scenarios:
            lines.append(f"Lab {lab.number}  {lab.title}  ({len(scenarios)} scenarios)")
            lines += [f"  {s.points:>3}  {s.level.value:<6}  {s.name:<44}  {s.summary}" for s in scenarios]
            lines.append("")
    for title, keys in _INDEXES:
        found = index(keys)
        lines += [f"By {title}"] if found else []
        for key, names in found.items():
            lines.append(f"  {key}")
            lines += [f"    {name}" for name in names]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def markdown() -> str:
    """The catalogue for the documentation."""
    lines = ["# Scenario catalogue", "",
             "Written by `python3 autograder catalog --format markdown`. What a level means: MUST and SHOULD are the",
             "RFC's words, COURSE is a rule of this course that the handout states.", ""]
    lines += ["- [By lab](#by-lab)", "- [By clause](#by-clause)", "- [By command](#by-command)",
              "- [By reply code](#by-reply-code)", "", "## By lab", ""]
    for lab in LABS.values():
        scenarios = of_lab(lab.number)
        if scenarios:
            lines += [f"### Lab {lab.number}: {lab.title}", "",
                      "| scenario | points | level | clause | what has to happen |", "|---|---:|---|---|---|"]
            lines += [f"| `{s.name}` | {s.points} | {s.level.value} | {_cell(s.clause)} | {_cell(s.summary)} |"
                      for s in scenarios]
            lines.append("")
    for title, keys in _INDEXES:
        lines += [f"## By {title}", "", f"| {title} | scenarios |", "|---|---|"]
        lines += [f"| {_cell(str(key))} | {', '.join(f'`{name}`' for name in names)} |"
                  for key, names in index(keys).items()]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def as_json() -> str:
    """The catalogue for programs."""
    rows = [{
        "name": s.name, "lab": s.lab, "points": s.points, "level": s.level.value, "clause": s.clause,
        "program": s.program, "summary": s.summary, "after": list(s.after), "weather": [w.value for w in s.weather],
        "options": list(s.options), "causes": list(s.causes), "by_hand": s.by_hand, "covers": list(s.covers),
        "carries": s.carries, "alone": s.alone, "seconds": s.seconds, "commands": list(s.verbs), "codes": list(s.codes),
    } for s in REGISTRY.values()]
    indexes = {title.replace(" ", "_"): index(keys) for title, keys in _INDEXES}
    return json.dumps({"schema": SCHEMA, "scenarios": rows, "by": indexes}, indent=1) + "\n"
