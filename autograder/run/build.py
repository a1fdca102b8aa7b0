"""Builds the programs under test with AddressSanitizer and UndefinedBehaviorSanitizer, as fast as can be."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from autograder.errors import BuildError, WrongUse
from autograder.labs import LABS
from autograder.run import proc_fs

ROOT = Path(__file__).resolve().parent.parent.parent
SHIM_SOURCE = ROOT / "autograder" / "shim" / "short_io.cpp"
BUILD_SECONDS = 900  # a compiler can be made to run for ever
_LOG = "kit_build.log"
_SETTINGS = ".kit_settings.json"
_ERROR = re.compile(r"^\S[^:]*:\d+:(\d+:)? (fatal )?error: |^CMake Error|undefined reference to|multiple definition of")
_CONTEXT = re.compile(r"^\s")
_SHOWN_ERRORS = 3


@dataclass(frozen=True)
class Target:
    """A program of a lab."""

    lab: int
    program: str

    @property
    def name(self) -> str:
        """The CMake target."""
        return f"lab{self.lab:02}_{self.program}"

    def path(self, directory: Path) -> Path:
        """Where the build puts it."""
        return directory / f"lab{self.lab:02}" / self.program


@dataclass(frozen=True)
class Built:
    """What came of a build."""

    directory: Path
    seconds: float
    shim: Path | None


def build(
    targets: Sequence[Target], *, solved: Iterable[int] | str = (), directory: Path | None = None, root: Path = ROOT,
    seconds: float = BUILD_SECONDS,
) -> Built:
    """Configures where needed, and builds the targets and the short-io shim.

    `solved` are the labs taken from the solution, or "all"; `seconds` is how long the compilers may take. Raises
    WrongUse when tools or labs are missing and BuildError with the compiler's first errors.
    """
    began = time.monotonic()
    solved = solved if isinstance(solved, str) else ";".join(str(lab) for lab in sorted(set(solved)))
    directory = directory or root / "build" / ("check-solution" if solved == "all" else "check")
    _require(root, targets, solved)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        lock = _locked(directory)
    except OSError as error:
        raise WrongUse(f"{directory} cannot be written: {error.strerror}") from None
    with lock:
        _configure(root, directory, solved, seconds)
        names = [target.name for target in targets]
        has_shim = (root / "autograder" / "shim" / "CMakeLists.txt").exists()
        command = ["cmake", "--build", str(directory), "--parallel", str(os.cpu_count() or 2), "--target", *names]
        _run(command + (["kit_shim"] if has_shim else []), root, directory / _LOG, seconds)
    shim = directory / "autograder" / "libkit_shim.so"
    return Built(directory, time.monotonic() - began, shim if has_shim and shim.exists() else None)


def compile_shim(directory: Path) -> Path | None:
    """The short-io shim without CMake, for programs that were not built here; None where it cannot be made."""
    compiler = next(filter(None, map(shutil.which, ("c++", "g++", "clang++"))), None)
    shim = directory / "libkit_shim.so"
    if compiler is None or not SHIM_SOURCE.exists():
        return None
    newest = max(source.stat().st_mtime for source in SHIM_SOURCE.parent.iterdir())
    if shim.exists() and shim.stat().st_mtime > newest:
        return shim
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    half_done = directory / f"libkit_shim.{os.getpid()}.so"  # renamed when whole: another check may run beside this one
    command = [compiler, "-std=c++20", "-O2", "-shared", "-fPIC", str(SHIM_SOURCE), "-o", str(half_done), "-ldl"]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        return None
    half_done.replace(shim)
    return shim


def _require(root: Path, targets: Sequence[Target], solved: str) -> None:
    for tool in ("cmake", "c++"):
        if shutil.which(tool) is None and not (tool == "c++" and os.environ.get("CXX")):
            raise WrongUse(f"{tool} is not installed: `python3 autograder doctor` tells how to get it")
    for target in targets:
        tree = "solution" if solved == "all" or str(target.lab) in solved.split(";") else "labs"
        folder = root / tree / LABS[target.lab].folder
        if not (folder / "CMakeLists.txt").exists():
            raise WrongUse(f"{folder.relative_to(root)}/CMakeLists.txt is missing: is this the whole kit?")


def _locked(directory: Path) -> IO[str]:
    """A file that is locked as long as it is open: two builds in one directory wait for each other."""
    lock = open(directory / ".kit_lock", "w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def _configure(root: Path, directory: Path, solved: str, seconds: float) -> None:
    """Runs CMake unless the directory is configured in just this way: the build itself notices edited CMake files."""
    generator = "Ninja" if shutil.which("ninja") else "Unix Makefiles"
    settings = {
        "CMAKE_BUILD_TYPE": "Debug", "CMAKE_CXX_FLAGS_DEBUG": "-O0 -g", "KIT_SANITIZE": "address,undefined",
        "KIT_TESTS": "OFF", "KIT_COPY_BIN": "OFF", "KIT_SOLVED": solved,
    }
    wanted = json.dumps([generator, str(root), os.environ.get("CXX", ""), settings, _recipe(root)])
    stamp = directory / _SETTINGS
    made = directory / ("build.ninja" if generator == "Ninja" else "Makefile")
    if made.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    (directory / "CMakeCache.txt").unlink(missing_ok=True)  # old values outlive a changed default
    stamp.unlink(missing_ok=True)
    command = ["cmake", "-S", str(root), "-B", str(directory), "-G", generator]
    _run(command + [f"-D{name}={value}" for name, value in settings.items()], root, directory / _LOG, seconds)
    stamp.write_text(wanted)


def _recipe(root: Path) -> str:
    """Changes when the kit's CMake files do. Those of the labs are watched by the build itself."""
    files = [root / "CMakeLists.txt", root / "autograder/shim/CMakeLists.txt", *sorted(root.glob("common/**/*.cmake"))]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files if file.exists())).hexdigest()


def _run(command: list[str], root: Path, log: Path, seconds: float) -> None:
    """Runs a build step; its output goes to `log`. Raises BuildError."""
    with open(log, "wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                                   start_new_session=True, env={**os.environ, "LC_ALL": "C", "NINJA_STATUS": ""})
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise BuildError(f"the build was given up after {seconds:g} seconds") from None
        finally:
            if process.returncode is None:
                _kill(process)
    if status != 0:
        text = log.read_text(errors="replace").replace(f"{root}/", "")
        shown_log = log.relative_to(root) if log.is_relative_to(root) else log
        raise BuildError(f"{first_errors(text)}\n\nthe compiler's whole output: {shown_log}")


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends a build step with its compilers, each of which Ninja puts into a process group of its own."""
    for entry in proc_fs.family(process.pid):
        try:
            os.kill(entry.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    process.wait()


def first_errors(output: str) -> str:
    """The first errors of a build with the lines the compiler quotes, and how many more there are."""
    lines = output.splitlines()
    places = [number for number, line in enumerate(lines) if _ERROR.search(line)]
    if not places:
        return "\n".join(lines[-15:])
    shown: list[str] = []
    for place in places[:_SHOWN_ERRORS]:
        block = [lines[place]]
        for line in lines[place + 1:place + 6]:
            if not (_CONTEXT.match(line) or lines[place].startswith("CMake Error")):
                break
            block.append(line)
        shown += block
    more = len(places) - _SHOWN_ERRORS
    return "\n".join(shown + ([f"... and {more} more {'error' if more == 1 else 'errors'}"] if more > 0 else []))
