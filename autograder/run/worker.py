"""Runs one scenario in a process of its own and sends what became of it through a pipe."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from autograder.fixtures import Context
from autograder.report.json_ import to_plain
from autograder.run import sandbox
from autograder.run.environment import prepare
from autograder.run.job import Circumstances, Job
from autograder.run.judge import Happened, OutOfTime, judge
from autograder.run.process import Process
from autograder.scenario import Result, Verdict

CLOSING_SECONDS = 10.0  # for stopping the programs after the scenario


class Terminated(BaseException):
    """The grader is told to end: clean up and go."""


def start_worker(job: Job, given: Circumstances) -> tuple[int, int]:
    """Forks; returns the worker's pid and the descriptor from which its result can be read until EOF."""
    reading, writing = os.pipe()
    runner = os.getpid()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    status = 1
    try:
        os.close(reading)
        status = _work(job, given, writing, runner)
    except BaseException as error:  # nothing may return into the runner's loop
        print(f"worker {job.name}: {error!r}", file=sys.stderr, flush=True)
    finally:
        os._exit(status)


def _work(job: Job, given: Circumstances, pipe: int, runner: int) -> int:
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _terminate)
    sandbox.die_with_parent(signal.SIGKILL if given.level == sandbox.NAMESPACES else signal.SIGTERM)
    if os.getppid() != runner:  # it died before it could be watched
        return 1
    sandbox.adopt_orphans()
    inside = sandbox.enter(given.level)

    def work() -> None:
        try:
            result = run_job(job, given)
        except Exception:
            result = job.result(Verdict.GRADER_ERROR, given.seed)
            result.detail = traceback.format_exc()
        with os.fdopen(pipe, "w") as out:
            json.dump(to_plain(result), out)

    if inside:
        return inside(work)
    work()
    return 0


def _terminate(*_: object) -> None:
    raise Terminated


def run_job(job: Job, given: Circumstances) -> Result:
    """Runs the scenario; whatever happens, all of its processes are dead when this returns or raises."""
    result = job.result(Verdict.GRADER_ERROR, given.seed)
    result.sandbox = given.level
    began = time.monotonic()
    overrun = threading.Event()
    threading.Thread(target=_watch_for_fork_bombs, args=(given.level, overrun), daemon=True).start()
    try:
        workspace = given.workspace / job.name
        workspace.mkdir(parents=True)
        prepare(workspace, given, job.scenario.level)
        happened = _play(job, given, workspace, result, overrun)
        result.seconds = round(time.monotonic() - began, 3)
        judge(job.scenario, happened, result)
    finally:
        sandbox.kill_everything(given.level)
    return result


def _play(job: Job, given: Circumstances, workspace: Path, result: Result, overrun: threading.Event) -> Happened:
    context = Context(
        scenario=job.scenario, seed=job.seed(given.seed), time_scale=given.time_scale, weather=job.weather,
        workspace=workspace, commands=given.commands, shim=given.shim,
    )
    outcome = _attempt(lambda: _perform(context, job), job.seconds(given.time_scale))
    deserters = [process for process in context.processes if _deserted(process)]
    trouble = _attempt(context.close, CLOSING_SECONDS * given.time_scale)
    if isinstance(trouble, Exception):  # a close that takes too long is no trouble: the sandbox kills what is left
        outcome = outcome or trouble
    result.steps = list(context.transcript.steps)
    result.transcript = list(context.transcript.events)
    return Happened(outcome, list(context.processes), deserters, overrun.is_set())


def _perform(context: Context, job: Job) -> None:
    fixtures = {name: context.provide(name) for name in job.scenario.fixtures}
    job.scenario.function(**fixtures)


def _deserted(process: Process) -> bool:
    """Whether a server ended that nobody had told to."""
    return process.port is not None and not process.running and not process.signals_sent


def _attempt(action: Callable[[], None], seconds: float) -> BaseException | None:
    """Does it, in this (main) thread, for so long at most; returns what it raised. Terminated goes through."""

    def ring(*_: object) -> None:
        raise OutOfTime

    try:
        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        action()
    except (Exception, OutOfTime) as error:
        return error
    finally:
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        signal.setitimer(signal.ITIMER_REAL, 0)
    return None


def _watch_for_fork_bombs(level: str, overrun: threading.Event) -> None:
    """Runs in a thread as long as the worker does."""
    while not sandbox.crowded():
        time.sleep(0.1)  # between two looks: the kernel has no event for many processes
    overrun.set()
    sandbox.kill_everything(level)
    os.kill(os.getpid(), signal.SIGALRM)  # the scenario is over


def remove(workspace: Path) -> None:
    """Deletes a workspace, also the folders in it that a scenario made unreadable."""

    def unlock_and_retry(function: object, path: str, _: object) -> None:
        os.chmod(os.path.dirname(path), 0o700)
        if not os.path.islink(path):
            os.chmod(path, 0o700)
        function(path)  # type: ignore[operator]

    try:
        shutil.rmtree(workspace, onerror=unlock_and_retry)
    except OSError as error:
        print(f"{workspace} could not be removed: {error.strerror}", file=sys.stderr)
