"""A small registry and results of every kind, for the tests of selection and reports."""

from __future__ import annotations

import unittest
from unittest import mock

from autograder import scenario as scenarios
from autograder.report.about import About
from autograder.scenario import COURSE, MUST, SHOULD, Event, Failure, Result, Scenario, Verdict

ABOUT = About(5, "Passive: the data connection", 42, commands={"ftp_server": "build/check/lab05/ftp_server"})


def retr_sends_every_byte(ftp) -> None:
    """RETR sends every byte of the file, then 226.

    The end of the file is the end of the data connection.
    """
    ftp.login().ask("RETR a.bin", 150, 125)


def retr_twice(ftp) -> None:
    """A second RETR needs a second PASV."""
    ftp.login().ask("NOOP", 200)


def noop(ftp) -> None:
    """NOOP gets 200."""
    ftp.login().ask("NOOP", 200)


def entry(function, **changes) -> Scenario:
    """A scenario of lab 5 made of a function of this module."""
    about = dict(name=function.__name__, lab=5, points=4, level=MUST, clause="RFC 959 4.1.3", function=function,
                 program="ftp_server")
    return Scenario(**{**about, **changes})


REGISTRY = {found.name: found for found in (
    entry(retr_sends_every_byte, causes=("only one send()",), by_hand="curl ftp://127.0.0.1:{port}/a.bin"),
    entry(retr_twice, after=("retr_sends_every_byte",), level=SHOULD, points=2),
    entry(noop, lab=3, level=COURSE, clause="RFC 959 4.1.10", points=1, carries=True),
)}


def result(name: str, verdict: Verdict, **changes) -> Result:
    """What became of one of the sample scenarios."""
    worth = REGISTRY[name].points
    plain = Result(name, REGISTRY[name].lab, verdict, worth if verdict.earns else 0, worth, 0.25, 42)
    for field, value in changes.items():
        setattr(plain, field, value)
    return plain


def failed() -> Result:
    """A failure with everything that a failure can have."""
    return result(
        "retr_sends_every_byte", Verdict.FAIL, weather="short-io", steps=["log in as anonymous", "PASV"],
        transcript=[
            Event(0.001, "control", "opened", text="connected to 127.0.0.1:4711"),
            Event(0.002, "control", "sent", b"RETR a.bin\r\n", 12),
            Event(0.003, "data", "received", b"abc\x00\x1bdef", 8),
            Event(0.004, "data", "eof"),
        ],
        failure=Failure("9 bytes", "8 bytes, and \x01 too", 4, 2), stderr="accepted\nSUCCESS\n", exit="exit status 0",
    )


def unfinished(name: str = "retr_sends_every_byte") -> Result:
    """A scenario that met a function which is not written yet."""
    return result(name, Verdict.FAIL, failure=Failure("", "not implemented yet: lab 5, DataChannel::open"))


class SampleTest(unittest.TestCase):
    """A test in which the registry holds the samples and nothing else."""

    def setUp(self) -> None:
        """Puts the samples into the registry."""
        patch = mock.patch.dict(scenarios.REGISTRY, REGISTRY, clear=True)
        patch.start()
        self.addCleanup(patch.stop)
