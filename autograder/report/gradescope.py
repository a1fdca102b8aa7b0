"""Results in the form of Gradescope's results.json."""

from __future__ import annotations

import json
from typing import Any

from autograder.report.about import About
from autograder.report.failure import story
from autograder.report.json_ import totals
from autograder.report.palette import Palette
from autograder.scenario import REGISTRY, Result, Verdict

_LONGEST_OUTPUT = 16_000  # characters of one test: Gradescope shows the page as a whole


def render(results: list[Result], about: About) -> str:
    """The document that the platform reads from /autograder/results/results.json."""
    points, max_points = totals(results)
    document = {
        "score": points,
        "execution_time": round(sum(result.seconds for result in results), 3),
        "output": "\n".join([f"Lab {about.lab}: {points:g} of {max_points} points, seed {about.seed}", *about.notes]),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": about.plain(),
        "tests": [_test(number, result, about) for number, result in enumerate(results, 1)],
    }
    return json.dumps(document, indent=1) + "\n"


def _test(number: int, result: Result, about: About) -> dict[str, Any]:
    scenario = REGISTRY[result.scenario]
    output = scenario.summary
    if result.verdict is Verdict.BLOCKED:
        output = f"{output}\nNot run: it waits for {result.blocked_by}."
    elif result.verdict is not Verdict.PASS:
        output = story(result, about, Palette(), 100)[:_LONGEST_OUTPUT]
    return {
        "name": result.scenario,
        "number": str(number),
        "status": "passed" if result.verdict.earns else "failed",
        "score": result.points,
        "max_score": result.max_points,
        "output": output,
        "tags": [f"lab{result.lab:02}", scenario.level.value, *(["regression"] if result.regression else [])],
        "visibility": "visible",
        "extra_data": {"verdict": result.verdict.value, "clause": scenario.clause, "seed": result.seed},
    }
