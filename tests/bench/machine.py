"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path

from tests.bench.subjects import Missing, program, python_with


def _line(command: list[str]) -> str:
    """The first line that a program prints about itself."""
    ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=10, check=False)
    text = (ran.stdout + ran.stderr).decode("utf-8", "replace").strip()
    return text.splitlines()[0] if text else ""


def _version(line: str) -> str:
    found = re.search(r"\d+(\.\d+)+\w*", line)
    return found.group(0) if found else "unknown"


def versions(server: Path) -> dict[str, str]:
    """The version of each server, by its name."""
    commands = {
        "kit": lambda: [str(server), "--version"],
        "vsftpd": lambda: ["sh", "-c", '"$1" -v 0>&1', "sh", program("vsftpd")],  # it prints to its input
        "proftpd": lambda: [program("proftpd"), "--version"],
        "pureftpd": lambda: [program("pure-ftpd"), "--help"],
        "pyftpdlib": lambda: [python_with("pyftpdlib"), "-c", "import pyftpdlib; print(pyftpdlib.__ver__)"],
    }
    found = {}
    for name, command in commands.items():
        try:
            found[name] = _version(_line(command()))
        except (Missing, OSError, subprocess.TimeoutExpired):
            found[name] = "missing"
    return found


def _field(path: str, name: str) -> str:
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return "unknown"


def file_system(path: Path) -> str:
    """The kind of file system that holds a path, as /proc/mounts calls it."""
    longest, kind = "", "unknown"
    for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines():
        mount, this_kind = line.split()[1:3]
        if f"{path.resolve()}/".startswith(mount.rstrip("/") + "/") and len(mount) >= len(longest):
            longest, kind = mount, this_kind
    return kind


def describe(server: Path, memory: Path, disk: Path) -> dict[str, object]:
    """Everything about the machine that the report names."""
    return {
        "cpu": _field("/proc/cpuinfo", "model name"),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(int(_field("/proc/meminfo", "MemTotal").split()[0]) / (1 << 20), 1),
        "kernel": platform.release(),
        "load": os.getloadavg()[0],
        "file_systems": {"memory": file_system(memory), "disk": file_system(disk)},
        "versions": versions(server),
    }
