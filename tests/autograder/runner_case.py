"""What the tests of the runner share: scenarios outside the registry, run in a folder of their own."""

from __future__ import annotations

import os
import shutil
import tempfile
import unittest
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from autograder.run import sandbox
from autograder.run.job import Circumstances
from autograder.run.runner import Runner
from autograder.scenario import MUST, Result, Scenario
from tests.autograder import fakes


def echoes(server) -> None:
    """One message comes back."""
    with server.connect() as wire:
        wire.expect_echo(b"hello")


def starts(server) -> None:
    """The server starts."""


def a_scenario(function: Callable[..., None], **changes) -> Scenario:
    """A scenario as the decorator makes it, but in no registry."""
    plain = Scenario(name=function.__name__, lab=1, points=4, level=MUST, clause="none", function=function,
                     program="echo_server")
    return replace(plain, **changes)


class RunnerTest(unittest.TestCase):
    level = sandbox.best_level()

    def setUp(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.token = f"kit-test-{os.getpid()}-{id(self)}"

    def run_all(self, command: list[str], *scenarios: Scenario, **given) -> list[Result]:
        circumstances = Circumstances(commands={"echo_server": [*command, self.token]}, workspace=self.folder,
                                      level=self.level, **given)
        results = Runner(circumstances).run(scenarios)
        self.assertEqual(fakes.running_with(self.token), [], "programs were left running")
        self.assertEqual(list(self.folder.iterdir()), [], "a workspace was left")
        return results

    def run_one(
        self, command: list[str], function: Callable[..., None] = echoes, scale: float = 1.0, **changes,
    ) -> Result:
        return self.run_all(command, a_scenario(function, **changes), time_scale=scale)[0]
