"""The command line: one subcommand, one function. Wrong use is one line and exit status 2, never a traceback."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from typing import NoReturn

from autograder.commands import catalog, check, conformance, explain
from autograder.errors import BuildError, WrongUse
from autograder.kit import doctor, prove, quickstart, selftest, starters
from autograder.run import batch

PASSED, FAILED, WRONG_USE, BUILD_FAILED, GRADER_ERROR = range(5)
INTERRUPTED = 130


class Interrupted(BaseException):
    """SIGTERM or SIGHUP: end like Ctrl-C does, leaving nothing behind."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """One line and exit status 2."""
        print(f"{self.prog}: {message}", file=sys.stderr)
        sys.exit(WRONG_USE)


def parser() -> Parser:
    """The whole command line."""
    top = Parser(prog="python3 autograder",
                 description="Checks, explains and grades the labs of FTP from an echo socket.")
    subparsers = top.add_subparsers(metavar="COMMAND", required=True, parser_class=Parser)
    for command in (quickstart, doctor, check, explain, catalog, conformance, starters, batch, prove, selftest):
        command.register(subparsers)
    return top


def main(argv: list[str]) -> int:
    """Runs one command; returns the exit status."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    try:
        arguments = parser().parse_args(argv)
        status = arguments.run(arguments)
        sys.stdout.flush()
        return status
    except WrongUse as error:
        print(f"python3 autograder: {error}", file=sys.stderr)
        return WRONG_USE
    except BuildError as error:
        print(f"It does not build yet.\n\n{error}", file=sys.stderr)
        return BUILD_FAILED
    except (KeyboardInterrupt, Interrupted):
        print("\ninterrupted; everything that was started is ended", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # `... | head`: the reader has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return FAILED
    except Exception as error:
        if os.environ.get("KIT_DEBUG"):
            raise
        print(f"python3 autograder: a fault of the grader, not yours: {type(error).__name__}: {error} "
              "(KIT_DEBUG=1 shows more)".replace("\n", " "), file=sys.stderr)
        return GRADER_ERROR


def _interrupt(*_: object) -> None:
    raise Interrupted
