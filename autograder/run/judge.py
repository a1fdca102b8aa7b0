"""From what happened in a run to its verdict."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.run.process import Process, signal_name
from autograder.run.sandbox import PROCESSES
from autograder.run.sanitizer import LEAK
from autograder.scenario import COURSE, SHOULD, Failure, Result, Scenario, Verdict
from autograder.wire.transcript import Divergence, Unsupported

STDERR_TAIL = 8192  # characters kept of the program's stderr


class OutOfTime(BaseException):
    """The scenario ran past its limit. No `except Exception` of a scenario may swallow it."""


@dataclass(frozen=True)
class Happened:
    """All that a run left behind."""

    outcome: BaseException | None  # what ended the scenario's function
    processes: Sequence[Process]  # every program that was started, all ended by now
    deserters: Sequence[Process]  # servers that ended by themselves while the scenario still ran
    overrun: bool = False  # more processes than the sandbox allows


def judge(scenario: Scenario, happened: Happened, result: Result) -> None:
    """Fills in verdict, points, failure, detail, exit and stderr of `result`."""
    under_test = _under_test(scenario.program, happened.processes)
    if under_test:
        result.stderr = under_test.stderr_text()[-STDERR_TAIL:]
        result.exit = under_test.exit_text if under_test in happened.deserters or _crashed(under_test, scenario) else ""
        if under_test.port is not None:
            result.facts["port"] = str(under_test.port)
    result.verdict = _by_outcome(scenario, happened, result)
    _by_processes(scenario, happened, result)
    result.points = result.max_points if result.verdict.earns else 0


def _under_test(program: str, processes: Sequence[Process]) -> Process | None:
    """The last process that ran the program under test; where names tell nothing, the last process."""
    named = [process for process in processes if process.name == program]
    return (named or list(processes) or [None])[-1]


def _by_outcome(scenario: Scenario, happened: Happened, result: Result) -> Verdict:
    outcome = happened.outcome
    if outcome is None:
        return Verdict.PASS
    if isinstance(outcome, Divergence):
        result.failure = outcome.failure()
        return Verdict.WARN if scenario.level is SHOULD else Verdict.FAIL
    if isinstance(outcome, Unsupported):
        result.failure = Failure("", str(outcome))
        return Verdict.UNSUPPORTED
    if isinstance(outcome, OutOfTime):
        result.failure = Failure(f"the whole scenario to take less than {scenario.seconds:g} s", "it is not over yet")
        return Verdict.TIMEOUT
    result.detail = "".join(traceback.format_exception(outcome))
    return Verdict.GRADER_ERROR


def _by_processes(scenario: Scenario, happened: Happened, result: Result) -> None:
    """What a process did to itself outweighs what the peers saw of it."""
    unfinished = next((process.unfinished for process in happened.processes if process.unfinished), "")
    flooded = next((process for process in happened.processes if process.over_limit), None)
    too_big = next((process for process in happened.processes if process.status == -signal.SIGXFSZ), None)
    crashed = next((process for process in happened.processes if _crashed(process, scenario)), None)
    deserter = next(iter(happened.deserters), None)
    if unfinished:
        _overrule(result, Verdict.FAIL, "", f"not implemented yet: {unfinished}")
    elif flooded:
        _overrule(result, Verdict.LIMIT, "at most 16 MiB of output",
                  f"{flooded.name} wrote more on {flooded.over_limit}")
    elif happened.overrun:
        _overrule(result, Verdict.LIMIT, f"at most {PROCESSES} processes", "the program went on forking")
    elif too_big:
        _overrule(result, Verdict.LIMIT, "no file over 8 GiB", f"{too_big.name} wrote a bigger one")
    elif crashed:
        _overrule(result, Verdict.CRASH, "", f"{crashed.name} {_manner(crashed)}", crashed.sanitizer_report)
    elif deserter:
        _overrule(result, Verdict.CRASH, f"{deserter.name} to go on serving",
                  f"it ended by itself: {deserter.exit_text}")


def _crashed(process: Process, scenario: Scenario) -> bool:
    """Whether it crashed. A leak is no crash but a matter of tidiness: only the course's own scenarios mind it."""
    if LEAK in process.sanitizer_report.partition("\n")[0] and (process.status or 0) >= 0:
        return scenario.level is COURSE
    return process.crashed


def _manner(crashed: Process) -> str:
    if crashed.sanitizer_report:
        return "leaks memory" if LEAK in crashed.sanitizer_report else "was stopped by a sanitizer"
    return f"died: signal {signal_name(-(crashed.status or 0))}"


def _overrule(result: Result, verdict: Verdict, expected: str, observed: str, detail: str = "") -> None:
    """Where the scenario saw the bytes part, that place stays; the process's own end explains it."""
    seen = result.failure
    if verdict is Verdict.FAIL or seen is None or result.verdict is Verdict.UNSUPPORTED:
        result.failure = Failure(expected, observed)
    else:
        result.failure = Failure(seen.expected, f"{seen.observed}; {observed}",
                                 seen.caret, seen.event)
    result.verdict = verdict
    result.detail = "\n".join(filter(None, (detail, result.detail)))
