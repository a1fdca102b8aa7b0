"""Results as JSON and back. The schema is versioned: a field is added freely, never renamed or given a new meaning.

Bytes of the transcript are strings of the characters U+0000 to U+00FF, one for each byte.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from typing import Any

from autograder.scenario import Event, Failure, Result, Verdict

SCHEMA = "ftp-kit-results/1"


def to_plain(result: Result) -> dict[str, Any]:
    """One result as dicts, lists, strings and numbers."""
    plain = dict(vars(result))
    plain["verdict"] = result.verdict.value
    plain["transcript"] = [{**vars(event), "data": event.data.decode("latin-1")} for event in result.transcript]
    plain["failure"] = vars(result.failure) if result.failure else None
    return plain


def from_plain(plain: dict[str, Any]) -> Result:
    """The result that `to_plain` turned into `plain`; fields that this version does not know are left out.

    Raises ValueError, TypeError or KeyError for anything else.
    """
    known = {field.name for field in dataclasses.fields(Result)}
    values = {name: value for name, value in plain.items() if name in known}
    values["verdict"] = Verdict(plain["verdict"])
    values["transcript"] = [Event(**{**event, "data": event["data"].encode("latin-1")})
                            for event in plain["transcript"]]
    values["failure"] = Failure(**plain["failure"]) if plain.get("failure") else None
    return Result(**values)


def totals(results: Iterable[Result]) -> tuple[float, int]:
    """(points given, points to be had); regressions count for nothing."""
    counted = [result for result in results if not result.regression]
    return sum(result.points for result in counted), sum(result.max_points for result in counted)


def render(results: list[Result], about: dict[str, Any] | None = None) -> str:
    """The whole report. `about` is put beside the results: lab, seed, borrowed labs, ..."""
    points, max_points = totals(results)
    document = {"schema": SCHEMA, **(about or {}), "points": points, "max_points": max_points,
                "results": [to_plain(result) for result in results]}
    return json.dumps(document, indent=1) + "\n"
