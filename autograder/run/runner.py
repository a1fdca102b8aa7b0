"""Runs scenarios in parallel, each in a worker process, and gathers one Result for each.

One thread, one loop: start what may start, wait for workers to end, kill what outstays its time.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.report.json_ import from_plain
from autograder.run import proc_fs, sandbox
from autograder.run.job import Circumstances, Job
from autograder.run.process import signal_name
from autograder.run.worker import CLOSING_SECONDS, remove, start_worker
from autograder.scenario import Failure, Result, Scenario, Verdict, Weather

GRACE_SECONDS = 5.0  # after a worker should have ended by itself
_LETS_PASS = (Verdict.PASS, Verdict.WARN, Verdict.GRADER_ERROR)


@dataclass
class Entry:
    """One scenario on its way: the weathers still to run, and what came of the others."""

    scenario: Scenario
    regression: bool
    waiting: list[Weather]
    results: dict[Weather, Result] = field(default_factory=dict)
    running: int = 0
    final: Result | None = None


@dataclass
class Worker:
    """A forked child that runs a job."""

    pid: int
    job: Job
    entry: Entry
    deadline: float  # time.monotonic()
    received: bytearray = field(default_factory=bytearray)
    killed: bool = False


class Runner:
    """Owns the workers and the workspaces; when `run` returns or raises, no worker and no program is left."""

    def __init__(self, given: Circumstances, on_result: Callable[[Result], None] = lambda result: None) -> None:
        """`on_result` is called with each result as it comes."""
        self._given = given
        self._on_result = on_result
        self._entries: dict[str, Entry] = {}
        self._workers: dict[int, Worker] = {}  # by the descriptor of its pipe
        self._selector = selectors.DefaultSelector()

    def run(self, scenarios: Sequence[Scenario], regressions: Sequence[Scenario] = ()) -> list[Result]:
        """Runs all of them and returns their results in the same order, regressions last."""
        for scenario in (*scenarios, *regressions):
            weathers = [w for w in scenario.weather if w is not Weather.SHORT_IO or self._given.shim]
            self._entries[scenario.name] = Entry(scenario, scenario in regressions, weathers or [Weather.PLAIN])
        strangers = {entry.pid for entry in proc_fs.descendants(os.getpid())}
        sandbox.adopt_orphans()
        gc.freeze()  # workers share the parent's memory; the collector would copy it
        try:
            while self._start_what_can() or self._workers:
                self._wait()
                if self._given.level != sandbox.NAMESPACES:
                    sandbox.kill_strays(strangers | {worker.pid for worker in self._workers.values()})
        finally:
            self._kill(list(self._workers.values()))
            sandbox.kill_strays(strangers)
            self._selector.close()
            gc.unfreeze()
        return [entry.final for entry in self._entries.values() if entry.final]

    def _start_what_can(self) -> bool:
        """Starts jobs up to the limit; those that want the machine for themselves come last. False: none was left."""
        unfinished = [entry for entry in self._entries.values() if entry.final is None]
        for entry in unfinished:
            self._block(entry)
        ready = [entry for entry in unfinished if entry.final is None and entry.waiting and self._may_start(entry)]
        together = [entry for entry in ready if not entry.scenario.alone]
        together.sort(key=lambda entry: -entry.scenario.seconds)  # the longest first: it must not be the last to end
        for entry in together:
            while entry.waiting and len(self._workers) < self._given.jobs and not self._somebody_is_alone():
                self._start(entry)
        if not self._workers and not together and ready:
            self._start(ready[0])
        return any(entry.final is None for entry in unfinished)

    def _somebody_is_alone(self) -> bool:
        return any(worker.job.scenario.alone for worker in self._workers.values())

    def _earlier(self, entry: Entry) -> list[Entry]:
        return [self._entries[name] for name in entry.scenario.after if name in self._entries]

    def _may_start(self, entry: Entry) -> bool:
        return all(earlier.final is not None for earlier in self._earlier(entry))

    def _block(self, entry: Entry) -> None:
        for earlier in self._earlier(entry):
            if earlier.final is not None and earlier.final.verdict not in _LETS_PASS:
                job = Job(entry.scenario, entry.waiting[0] if entry.waiting else Weather.PLAIN, entry.regression)
                result = job.result(Verdict.BLOCKED, self._given.seed)
                result.blocked_by = earlier.final.blocked_by or earlier.scenario.name
                self._finish(entry, result)
                return

    def _start(self, entry: Entry) -> None:
        job = Job(entry.scenario, entry.waiting.pop(0), entry.regression)
        pid, pipe = start_worker(job, self._given)
        limit = job.seconds(self._given.time_scale) + CLOSING_SECONDS * self._given.time_scale + GRACE_SECONDS
        self._workers[pipe] = Worker(pid, job, entry, time.monotonic() + limit)
        self._selector.register(pipe, selectors.EVENT_READ)
        entry.running += 1

    def _wait(self) -> None:
        """Waits until a worker says something or outstays its time."""
        if not self._workers:
            return
        first = min(worker.deadline for worker in self._workers.values())
        for key, _ in self._selector.select(max(0.0, first - time.monotonic())):
            self._read(key.fd)
        now = time.monotonic()
        self._kill([worker for worker in self._workers.values() if worker.deadline < now and not worker.killed])

    def _read(self, pipe: int) -> None:
        worker = self._workers[pipe]
        chunk = os.read(pipe, 1 << 16)
        worker.received += chunk
        if chunk:
            return
        self._selector.unregister(pipe)
        os.close(pipe)
        del self._workers[pipe]
        status = os.waitstatus_to_exitcode(os.waitpid(worker.pid, 0)[1])
        if not self._given.keep:
            remove(self._given.workspace / worker.job.name)
        self._take(worker.entry, self._result_of(worker, status))

    def _result_of(self, worker: Worker, status: int) -> Result:
        """What the worker said, or why it said nothing."""
        try:
            return from_plain(json.loads(worker.received))
        except (ValueError, KeyError, TypeError):
            pass
        if worker.killed:
            result = worker.job.result(Verdict.TIMEOUT, self._given.seed)
            result.failure = Failure("the scenario to end", "it did not, and had to be killed with all its programs")
        elif status < 0:
            # The grader's fault would cost no points, and a program that kills its grader must not profit from that.
            result = worker.job.result(Verdict.CRASH, self._given.seed)
            result.failure = Failure("", f"the scenario's own process was killed by {signal_name(-status)} meanwhile")
        else:
            result = worker.job.result(Verdict.GRADER_ERROR, self._given.seed)
            result.detail = f"the worker ended with status {status} and no result"
        return result

    def _take(self, entry: Entry, result: Result) -> None:
        entry.running -= 1
        entry.results[Weather(result.weather)] = result
        if result.verdict is not Verdict.PASS:
            entry.waiting.clear()  # the other weathers would tell nothing more
        if not entry.waiting and not entry.running:
            self._finish(entry, _combine(entry))

    def _finish(self, entry: Entry, result: Result) -> None:
        entry.final = result
        entry.waiting.clear()
        self._on_result(result)

    def _kill(self, workers: list[Worker]) -> None:
        """Ends workers with all that they started."""
        for worker in workers:
            worker.killed = True
            below = [entry.pid for entry in proc_fs.descendants(worker.pid)]
            for pid in (worker.pid, *reversed(below)):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            worker.deadline = time.monotonic() + GRACE_SECONDS


def _combine(entry: Entry) -> Result:
    """One result for all weathers: the first that failed speaks, else the first."""
    order = [entry.results[weather] for weather in entry.scenario.weather if weather in entry.results]
    order = order or list(entry.results.values())
    failed = [result for result in order if result.verdict not in _LETS_PASS]
    odd = [result for result in order if result.verdict is not Verdict.PASS]
    chosen = (failed or odd or order)[0]
    return replace(chosen, seconds=round(sum(result.seconds for result in order), 3))


@contextmanager
def workspace(keep: bool = False) -> Iterator[Path]:
    """A folder for a run's workspaces, removed at the end unless `keep`."""
    path = Path(tempfile.mkdtemp(prefix="ftp-kit-"))
    try:
        yield path
    finally:
        if not keep:
            remove(path)
