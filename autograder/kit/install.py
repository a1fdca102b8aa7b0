"""Getting what is missing with apt-get: says what, asks where somebody can answer, and never half-silently fails."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.kit import unpack
from autograder.kit.tools import Use, examine, packages, which

_SECONDS = 1200  # for one apt-get run: a slow mirror, not a hang


def apt_command(names: Iterable[str]) -> list[str]:
    """The command that installs these packages, with sudo for those who are not root."""
    rise = [] if os.geteuid() == 0 else ["sudo"]
    return [*rise, "apt-get", "install", "-y", "--no-install-recommends", *names]


def install(names: Sequence[str], yes: bool, unpacked: Sequence[str] = ()) -> bool:
    """Installs packages and unpacks others; true when all came. Asks first on a terminal, unless `yes`."""
    if not names and not unpacked:
        return True
    if not which("apt-get"):
        print(f"There is no apt-get here. Install what these Debian packages bring: {' '.join([*names, *unpacked])}")
        return False
    command = apt_command(names)
    if names:
        print(f"Missing, and to be installed: {' '.join(names)}\n  {shlex.join(command)}", flush=True)
    if unpacked:
        print(f"Missing, and to be unpacked below build/peers: {' '.join(unpacked)}", flush=True)
    if not (yes or _agreed()):
        return False
    update = command[:command.index("apt-get") + 1] + ["update", "-q"]
    if not _ran(update):
        print("apt-get update failed: trying with the package lists that are here.", flush=True)
    installed = not names or _ran(command)
    return _unpacked(unpacked) and installed


def _unpacked(names: Sequence[str]) -> bool:
    """Unpacks packages, and installs the libraries that they need; true when all that worked."""
    with tempfile.TemporaryDirectory(prefix="kit-packages-") as folder:
        files: dict[str, Path] = {}
        for name in names:
            place = Path(folder) / name
            place.mkdir()
            if deb := unpack.download(name, place):
                files[name] = deb
        lacking = unpack.absent(library for deb in files.values() for library in unpack.libraries(unpack.depends(deb)))
        complete = not lacking or _ran(apt_command(lacking))
        unpacked = [unpack.unpack(deb, name) for name, deb in files.items()]
        return complete and len(files) == len(names) and all(unpacked)


def ensure(uses: Iterable[Use], yes: bool) -> bool:
    """Installs what these uses lack; true when nothing is missing afterwards. What stays missing is named."""
    wanted = tuple(uses)
    findings = examine(wanted)
    if all(finding.good for finding in findings):
        return True
    install(packages(findings), yes, packages(findings, unpacked=True))
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
