"""Results as JUnit XML, which most continuous integration systems show."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from autograder.report.about import About
from autograder.report.failure import story
from autograder.report.palette import Palette
from autograder.scenario import Result, Verdict

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FAILED = (Verdict.FAIL, Verdict.TIMEOUT, Verdict.CRASH, Verdict.LIMIT)
_SKIPPED = (Verdict.BLOCKED, Verdict.UNSUPPORTED)


def render(results: list[Result], about: About) -> str:
    """One test suite; each scenario is a test case whose failure is the whole story."""
    failures = sum(result.verdict in _FAILED for result in results)
    errors = sum(result.verdict is Verdict.GRADER_ERROR for result in results)
    skipped = sum(result.verdict in _SKIPPED for result in results)
    seconds = sum(result.seconds for result in results)
    head = (f'<testsuite name={quoteattr(f"lab{about.lab:02}")} tests="{len(results)}" failures="{failures}" '
            f'errors="{errors}" skipped="{skipped}" time="{seconds:.3f}">')
    cases = "".join(_case(result, about) for result in results)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{head}\n{cases}</testsuite>\n</testsuites>\n'


def _case(result: Result, about: About) -> str:
    suite = "regression" if result.regression else "scenario"
    opening = (f'<testcase classname={quoteattr(f"lab{result.lab:02}.{suite}")} name={quoteattr(result.scenario)} '
               f'time="{result.seconds:.3f}">')
    return f"{opening}{_outcome(result, about)}</testcase>\n"


def _outcome(result: Result, about: About) -> str:
    if result.verdict is Verdict.PASS:
        return ""
    if result.verdict in _SKIPPED:
        why = f"waits for {result.blocked_by}" if result.blocked_by else "not offered by the program"
        return f"<skipped message={quoteattr(why)}/>"
    text = escape(_clean(story(result, about, Palette(), 100)))
    if result.verdict is Verdict.WARN:
        return f"<system-out>{text}</system-out>"
    message = quoteattr(_clean(result.failure.observed if result.failure else "the grader failed"))
    tag = "error" if result.verdict is Verdict.GRADER_ERROR else "failure"
    return f'<{tag} type="{result.verdict.value}" message={message}>{text}</{tag}>'


def _clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)
