"""The programs the kit uses: what each is for, how to find it here, and the Debian packages that bring it."""

from __future__ import annotations

import enum
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.kit import unpack

Version = tuple[int, ...]


class Use(enum.Enum):
    """Who needs a tool."""

    BUILD = "needed to build, learn and grade"
    STUDY = "useful in the labs: the protocol by hand, and finding bugs"
    INTEROP = "peers of the interop tests"
    UPKEEP = "for those who change the kit"


@dataclass(frozen=True)
class Found:
    """A tool that is here: its version as people write it, and why it will not do (empty: it will)."""

    version: str
    wrong: str = ""


@dataclass(frozen=True)
class Tool:
    """One row of `doctor`. `find` returns None where the tool is missing.

    Packages that are `unpacked` only are never installed: their files go below build/peers.
    """

    name: str
    use: Use
    purpose: str
    packages: tuple[str, ...]  # Debian's names
    find: Callable[[], Found | None]
    unpacked: bool = False


def which(program: str) -> str | None:
    """The path of a program, installed or unpacked; daemons in sbin are found where PATH leaves that out."""
    places = [os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin", *unpack.folders()]
    return shutil.which(program, path=os.pathsep.join(places))


def numbers(text: str) -> Version:
    """The first dotted number in a text ("cmake version 3.25.1" gives (3, 25, 1)); empty without one."""
    found = re.search(r"\d+(?:\.\d+)+|\d+", text)
    return tuple(int(part) for part in found.group().split(".")) if found else ()


def _output(*command: str) -> str:
    """What a program prints, on either stream; empty when it can't be run or takes over ten seconds."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=10, check=False, env={**os.environ, "LC_ALL": "C"})
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _dotted(version: Version) -> str:
    return ".".join(str(part) for part in version)


def judge(version: Version, least: Version, name: str = "") -> Found:
    """A version held against the least one that will do."""
    wrong = f"older than {_dotted(least)}" if version < least else ""
    return Found(f"{name} {_dotted(version)}".strip(), wrong)


def program(name: str, *others: str, least: Version = (), ask: str = "--version") -> Callable[[], Found | None]:
    """Finds the first of some programs; runs it for its version only where a least one is asked for."""

    def find() -> Found | None:
        for candidate in (name, *others):
            path = which(candidate)
            if path:
                return judge(numbers(_output(path, ask)), least) if least else Found(candidate if others else "")
        return None

    return find


def server(name: str, ask: str = "--version") -> Callable[[], Found | None]:
    """Finds a server that starts: one that is only unpacked may lack a library."""

    def find() -> Found | None:
        path = which(name)
        text = _output(path, ask) if path else ""
        broken = not path or "error while loading shared libraries" in text
        return None if broken else Found(_dotted(numbers(text)))

    return find


def compiler() -> Found | None:
    """The compiler that CMake would take: $CXX, else c++, g++ or clang++."""
    wanted = os.environ.get("CXX", "").split()[:1]
    path = next((path for path in map(which, wanted or ["c++", "g++", "clang++"]) if path), None)
    if path is None:
        return None
    text = _output(path, "--version")
    if "clang" in text:
        return judge(numbers(text), (14,), "clang++")
    return judge(numbers(_output(path, "-dumpfullversion", "-dumpversion")), (12,), "g++")


def python() -> Found:
    """The interpreter that runs the autograder."""
    return judge(tuple(sys.version_info[:3]), (3, 10))


def file(*places: str) -> Callable[[], Found | None]:
    """Finds a library by one of its files."""
    return lambda: Found("") if any(Path(place).exists() for place in places) else None


def python_module(name: str) -> Callable[[], Found | None]:
    """Finds a module of the system's Python: Debian's packages install there, whichever Python runs this."""
    command = ("/usr/bin/python3", "-c", f"import {name}; print('here')")
    return lambda: Found("") if _output(*command).strip() == "here" else None


TOOLS: tuple[Tool, ...] = (
    Tool("C++ compiler", Use.BUILD, "g++ 12 or clang++ 14, in C++20 mode", ("g++",), compiler),
    Tool("cmake", Use.BUILD, "3.22 or newer: builds the labs", ("cmake",), program("cmake", least=(3, 22))),
    Tool("ninja or make", Use.BUILD, "runs the build that CMake lays out", ("ninja-build",), program("ninja", "make")),
    Tool("GoogleTest", Use.BUILD, "the unit tests (else CMake fetches it)", ("libgtest-dev",),
         file("/usr/include/gtest/gtest.h", "/usr/local/include/gtest/gtest.h")),
    Tool("python3", Use.BUILD, "3.10 or newer: runs the autograder", ("python3",), python),
    Tool("git", Use.BUILD, "keeps your work", ("git",), program("git")),
    Tool("nc", Use.STUDY, "speak a protocol by hand", ("netcat-openbsd",), program("nc")),
    Tool("telnet", Use.STUDY, "the same, line by line", ("telnet",), program("telnet")),
    Tool("curl", Use.STUDY, "curl -v shows an FTP dialogue", ("curl",), program("curl")),
    Tool("gdb", Use.STUDY, "look into a running or crashed program", ("gdb",), program("gdb")),
    Tool("strace", Use.STUDY, "see every system call", ("strace",), program("strace")),
    Tool("tcpdump", Use.STUDY, "see the segments on the wire", ("tcpdump",), program("tcpdump")),
    Tool("wget", Use.INTEROP, "a client against our server", ("wget",), program("wget")),
    Tool("lftp", Use.INTEROP, "a client against our server", ("lftp",), program("lftp")),
    Tool("tnftp", Use.INTEROP, "a client against our server", ("tnftp",), program("tnftp")),
    Tool("GNU ftp", Use.INTEROP, "a client against our server", ("inetutils-ftp",), program("inetutils-ftp")),
    Tool("ncftp", Use.INTEROP, "a client against our server", ("ncftp",), program("ncftpget")),
    Tool("vsftpd", Use.INTEROP, "a server against our client", ("vsftpd",), server("vsftpd", "-v"), unpacked=True),
    Tool("ProFTPD", Use.INTEROP, "a server against our client", ("proftpd-core",), server("proftpd"), unpacked=True),
    Tool("Pure-FTPd", Use.INTEROP, "a server against our client", ("pure-ftpd",), server("pure-ftpd", "--help"),
         unpacked=True),
    Tool("pyftpdlib", Use.INTEROP, "a server against our client", ("python3-pyftpdlib",), python_module("pyftpdlib")),
    Tool("clang-format", Use.UPKEEP, "the layout of the C++", ("clang-format",), program("clang-format", least=(14,))),
    Tool("clang-tidy", Use.UPKEEP, "finds bugs without running", ("clang-tidy",), program("clang-tidy", least=(14,))),
    Tool("ccache", Use.UPKEEP, "repeated builds in seconds", ("ccache",), program("ccache")),
)


@dataclass(frozen=True)
class Finding:
    """A tool and what became of the search for it."""

    tool: Tool
    found: Found | None

    @property
    def good(self) -> bool:
        """Whether the tool is here and will do."""
        return self.found is not None and not self.found.wrong


def examine(uses: Iterable[Use] = tuple(Use)) -> list[Finding]:
    """Searches for every tool of these uses, in the table's order."""
    wanted = set(uses)
    return [Finding(tool, tool.find()) for tool in TOOLS if tool.use in wanted]


def packages(findings: Iterable[Finding], unpacked: bool = False) -> list[str]:
    """The Debian packages that bring what is missing or too old, each once: those to install, or to unpack."""
    wanted = (finding.tool for finding in findings if not finding.good)
    return list(dict.fromkeys(name for tool in wanted if tool.unpacked is unpacked for name in tool.packages))
