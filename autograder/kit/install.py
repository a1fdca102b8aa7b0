"""Installing what is missing with apt-get: says what, asks where somebody can answer, and never half-silently fails."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterable

from autograder.kit.tools import Use, examine, packages, which

_SECONDS = 1200  # for one apt-get run: a slow mirror, not a hang


def apt_command(names: Iterable[str]) -> list[str]:
    """The command that installs these packages, with sudo for those who are not root."""
    rise = [] if os.geteuid() == 0 else ["sudo"]
    return [*rise, "apt-get", "install", "-y", "--no-install-recommends", *names]


def install(names: list[str], yes: bool) -> bool:
    """Installs packages; true when apt-get says it did. Asks first on a terminal, unless `yes`."""
    if not names:
        return True
    command = apt_command(names)
    if not which("apt-get"):
        print(f"There is no apt-get here. Install what these Debian packages bring: {' '.join(names)}")
        return False
    print(f"Missing, and to be installed: {' '.join(names)}\n  {shlex.join(command)}", flush=True)
    if not (yes or _agreed()):
        return False
    update = command[:command.index("apt-get") + 1] + ["update", "-q"]
    if not _ran(update):
        print("apt-get update failed: trying with the package lists that are here.", flush=True)
    return _ran(command)


def ensure(uses: Iterable[Use], yes: bool) -> bool:
    """Installs what these uses lack; true when nothing is missing afterwards. What stays missing is named."""
    wanted = tuple(uses)
    names = packages(examine(wanted))
    if not names:
        return True
    install(names, yes)
    left = [finding.tool.name for finding in examine(wanted) if not finding.good]
    if left:
        print(f"Still missing: {', '.join(left)}. `python3 autograder doctor` says what each is for.")
    return not left


def _agreed() -> bool:
    """Asks on a terminal; where nobody can answer, starting the command was the answer."""
    if not sys.stdin.isatty():
        return True
    try:
        return input("Install them now? [Y/n] ").strip().lower() in ("", "y", "yes")
    except EOFError:
        return False


def _ran(command: list[str]) -> bool:
    """Runs apt-get with its output going where ours goes."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        return subprocess.run(command, env=environment, timeout=_SECONDS, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{shlex.join(command[:3])}: {error}")
        return False
