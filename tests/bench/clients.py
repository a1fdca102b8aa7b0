"""The client beside curl: one long file down and up, from and to the reference server, in memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import process_tree
from tests.bench.measure import Bench, Cell, Table, say
from tests.bench.plan import LONG, MiB
from tests.bench.scene import Scene
from tests.bench.server import LoadFailed, Server, end, ready
from tests.bench.warm_memory import half_of_what_is_free, warm_memory

TITLES = {"kit": "ftp_client", "curl": "curl"}
DIRECTIONS = {"get": "get 4 GiB", "put": "put 4 GiB"}
_SECONDS = 120  # for one transfer
_SPARE = 512 * MiB


def commands(client: Path, port: int, here: Path, there: str) -> dict[str, dict[str, list[str]]]:
    """By direction and client: what fetches /`there` into `here`, or sends `here` to /`there`."""
    url = f"ftp://127.0.0.1:{port}/{there}"
    ours = [str(client), "127.0.0.1", str(port), "-e"]
    return {"get": {"kit": [*ours, f"get /{there} {here}"], "curl": ["curl", "-sS", "-o", str(here), url]},
            "put": {"kit": [*ours, f"put {here} /{there}"], "curl": ["curl", "-sS", "-T", str(here), url]}}


def run_one(argv: list[str], enter: Callable[[], None] | None, cell: Cell, size: int) -> None:
    """Runs a client to its end and notes its rate, its CPU time and the most memory it had. Raises LoadFailed."""
    began = time.monotonic()
    process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               preexec_fn=enter)
    try:
        assert process.stderr is not None
        peak = _peak_until_end(process.pid, began + _SECONDS)
        if peak is None:
            raise LoadFailed(f"{argv[0]} did not end in {_SECONDS} s")
        seconds = time.monotonic() - began
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise LoadFailed(process.stderr.read().decode("utf-8", "replace").strip()[-300:] or "it failed")
    finally:
        end(process)
        if process.stderr:
            process.stderr.close()
    cell.values.append(size / seconds / 1e9)
    cell.cpu.append(used.ru_utime + used.ru_stime)
    cell.bytes.append(size)
    cell.peak_kib.append(peak)


def _peak_until_end(pid: int, until: float) -> int | None:
    """Waits for the end of a process; returns the most KiB that it had, or None when it does not end.

    Looked at while it runs: ru_maxrss also counts what the process was before it became the client, a fork of this one.
    """
    peak = 0
    descriptor = os.pidfd_open(pid)
    try:
        while time.monotonic() < until:
            if ready(descriptor, 0.02):
                return peak
            peak = max(peak, process_tree.peak_kib(pid))
        return None
    finally:
        os.close(descriptor)


def compare(bench: Bench, scene: Scene, client: Path) -> tuple[Table, str]:
    """Both directions, client after client, round by round. What could not be done is told in the second place."""
    size = LONG
    if shutil.which("curl") is None:
        return {}, "curl is not installed"
    if shutil.disk_usage(scene.folder).free < 2 * size + _SPARE:
        return {}, f"{scene.folder.parent} has no room for 8 GiB"
    table: Table = {direction: {name: Cell() for name in TITLES} for direction in DIRECTIONS}
    subject = next((subject for subject in bench.subjects if subject.name == "kit"), None)
    if subject is None:
        return {}, "the reference server is not among the subjects"
    with _long_file(scene.root / "long.bin", size) as source, warm_memory(half_of_what_is_free(size + size // 2)):
        server = bench.start(subject, scene.root, scene.folder)
        try:
            for number in range(bench.extent.rounds):
                _round(server, client, source, table, number)
        finally:
            server.close()
    return table, ""


def _round(server: Server, client: Path, source: Path, table: Table, number: int) -> None:
    fetched, sent = source.parent.parent / "fetched", source.parent / "in-kit" / "sent"
    port, size = server.place.port, source.stat().st_size
    runs = {"get": commands(client, port, fetched, source.name)["get"],
            "put": commands(client, port, source, f"in-kit/{sent.name}")["put"]}
    for direction, by_client in runs.items():
        target = fetched if direction == "get" else sent
        order = list(by_client.items())
        for name, argv in order[number % 2:] + order[:number % 2]:
            cell = table[direction][name]
            try:
                run_one(argv, server.enter, cell, size)
                if target.stat().st_size != size:
                    raise LoadFailed(f"{target.stat().st_size} of {size} bytes arrived")
            except (LoadFailed, OSError) as error:
                cell.why, cell.errors = str(error), cell.errors + 1
            target.unlink(missing_ok=True)
        say(f"round {number + 1}  {DIRECTIONS[direction]:48} " + "  ".join(
            f"{name} {cell.values[-1]:.3g}" for name, cell in table[direction].items() if cell.values))


@contextmanager
def _long_file(path: Path, size: int) -> Iterator[Path]:
    block = os.urandom(MiB)
    try:
        with open(path, "wb") as file:
            for _ in range(size // MiB):
                file.write(block)
        path.chmod(0o644)
        yield path
    finally:
        path.unlink(missing_ok=True)
