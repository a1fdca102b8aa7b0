"""clang-tidy over C++ files, a folder at a time.

Nearly all of its time goes into the headers of the standard library, once for each file that it is given. So the files of
a folder that are compiled alike are included one behind the other in one file, and the headers are looked at once. The
name of that file begins with "UnifiedSource": then clang's analyzer takes what it includes for code and not for headers.
"""

from __future__ import annotations

import json
import os
import re
import shlex
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from autograder.kit.step import command
from autograder.kit.tree import ROOT

_SECONDS = 600  # for one folder
_NO_OTHER_MAIN = "_main.cpp"  # a program's main() stands alone


@dataclass(frozen=True)
class Unit:
    """Files that clang-tidy looks at in one go, and the compiler's options for them."""

    files: tuple[str, ...]  # from the kit's root
    options: tuple[str, ...]  # of the compile command, without the file and the object
    directory: str  # in which the command is run


def units(entries: Sequence[dict[str, str]], paths: Sequence[str]) -> list[Unit]:
    """Sorts files into units by the entries of a compile_commands.json. A file that is in none is a unit without options.

    The largest units come first, so that two workers end at about the same time.
    """
    known = {os.path.relpath(entry["file"], ROOT): entry for entry in reversed(entries)}
    groups: dict[tuple[str, tuple[str, ...], str], list[str]] = defaultdict(list)
    for path in paths:
        entry = known.get(path)
        alone = path if path.endswith(_NO_OTHER_MAIN) or entry is None else str(Path(path).parent)
        groups[alone, _options(entry) if entry else (), entry["directory"] if entry else str(ROOT)].append(path)
    found = [Unit(tuple(files), options, directory) for (_, options, directory), files in groups.items()]
    return sorted(found, key=lambda unit: -len(unit.files))


def _options(entry: dict[str, str]) -> tuple[str, ...]:
    words = shlex.split(entry["command"])
    cut = {index + step for index, word in enumerate(words) if word == "-o" for step in (0, 1)}
    return tuple(word for index, word in enumerate(words) if index not in cut and word not in ("-c", entry["file"]))


def write(found: Sequence[Unit], folder: Path) -> list[Path]:
    """Writes a file for each unit, and the compile_commands.json for them, into a folder. Returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"UnifiedSource{number}.cpp" for number in range(len(found))]
    for unit, file in zip(found, files, strict=True):
        file.write_text("".join(f'#include "{ROOT / path}"  // NOLINT\n' for path in unit.files), encoding="utf-8")
    entries = [{"directory": unit.directory, "file": str(file),
                "command": shlex.join([*unit.options, "-c", str(file)])}
               for unit, file in zip(found, files, strict=True)]
    (folder / "compile_commands.json").write_text(json.dumps(entries, indent=1), encoding="utf-8")
    return files


def look(build: Path, paths: Sequence[str], workers: int) -> list[str]:
    """What clang-tidy finds in these files, a text for each unit; `build` has the compile_commands.json of them all."""
    entries = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    found = units(entries, paths)
    folder = build / "units"
    files = write(found, folder)
    # The compile commands may be for GCC, which knows warnings that clang does not.
    how = ["clang-tidy", "--quiet", f"--config-file={ROOT / '.clang-tidy'}",
           "--extra-arg=-Wno-unknown-warning-option", "-p", str(folder)]

    def check(unit: Unit, file: Path) -> str:
        if not unit.options:
            return f"{unit.files[0]} is compiled for no target"
        ran = command([*how, str(file)], _SECONDS)
        shown = re.sub(r"(?m)^\d+ warnings? .*\n", "", ran.output).replace(f"{ROOT}/", "")
        return "" if ran.status == 0 else f"{', '.join(unit.files)}\n{shown}"

    with ThreadPoolExecutor(workers) as pool:
        return [text for text in pool.map(check, found, files) if text]
