"""Packages that are unpacked below build/peers and never installed.

Debian's FTP servers exclude one another, and installing one starts it on port 21: the interop tests want all of them,
and only while they run.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from autograder.kit.tree import ROOT

PEERS = ROOT / "build" / "peers"  # a folder for each package
_SECONDS = 300  # for one download of a few megabytes


def folders() -> list[str]:
    """Where the programs of unpacked packages stand."""
    return [str(path) for place in ("usr/sbin", "usr/bin") for path in sorted(PEERS.glob(f"*/{place}"))]


def download(package: str, folder: Path) -> Path | None:
    """Fetches a package's file into an empty folder. None, and one line that says why, when that fails."""
    # As root, apt would fetch as the user _apt, who cannot write here, and warn of it.
    command = ["apt-get", "download", "-q", "-o", "APT::Sandbox::User=root", package]
    try:
        ran = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{package}: {error}", flush=True)
        return None
    found = next(folder.glob("*.deb"), None) if ran.returncode == 0 else None
    if not found:
        reasons = re.findall(r"(?m)^E: (.*)", ran.stdout.decode("utf-8", "replace"))
        print(f"{package} could not be downloaded: {reasons[0] if reasons else 'apt-get does not say why'}", flush=True)
    return found


def depends(deb: Path) -> str:
    """What a package depends on, as its control file says it; empty when it can't be read."""
    return _output("dpkg-deb", "-f", str(deb), "Depends")


def libraries(depends_on: str) -> list[str]:
    """The libraries among "libc6 (>= 2.34), adduser, libssl3 | libssl1.1"; of alternatives the first."""
    names = (re.split(r"[\s(|:]", part.strip(), maxsplit=1)[0] for part in depends_on.split(","))
    return [name for name in names if re.match(r"z?lib", name)]


def absent(packages: Iterable[str]) -> list[str]:
    """Those packages, each once, that are not installed: naming the others to apt-get could change their versions."""
    names = list(dict.fromkeys(packages))
    states = _output("dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names).splitlines() if names else []
    return [name for name in names if f"{name} installed" not in states]


def unpack(deb: Path, package: str) -> bool:
    """Unpacks a package's file into its folder: wholly or, with one line that says why, not at all."""
    PEERS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{package}-", dir=PEERS) as fresh:
        files = Path(fresh) / "files"
        ran = subprocess.run(["dpkg-deb", "-x", str(deb), str(files)], capture_output=True, check=False)
        if ran.returncode != 0:
            print(f"{package} could not be unpacked: {ran.stderr.decode('utf-8', 'replace').strip()}", flush=True)
            return False
        shutil.rmtree(PEERS / package, ignore_errors=True)
        files.rename(PEERS / package)
    return True


def _output(*command: str) -> str:
    """What a program prints to stdout, whatever its status; empty when it can't be run."""
    try:
        return subprocess.run(command, capture_output=True, check=False).stdout.decode("utf-8", "replace")
    except OSError:
        return ""
