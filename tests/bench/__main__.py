"""`python3 -m tests.bench`: measures the reference server beside its peers, and tells."""

from __future__ import annotations

import argparse
import dataclasses
import resource
import shlex
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.bench import clients, idle, machine, measure, namespace, report, results
from tests.bench.plan import FULL, IN_MEMORY, ON_DISK, QUICK
from tests.bench.results import Results
from tests.bench.scene import Scene
from tests.bench.server import LoadFailed, Server
from tests.bench.subjects import ROOT, Subject, subjects

_EXPLAINED = """Programs: build/bin/ftp_server and build/bench/bench/{ftp_load,bare_server}
  (cmake --preset bench -G Ninja && cmake --build --preset bench).
Peers: vsftpd, ProFTPD, Pure-FTPd and pyftpdlib, where they are installed or unpacked (build/peers, KIT_PEERS).
Full: at most 12 minutes; --quick: at most 2. Run as root: peers and network namespaces need it."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m tests.bench", description=__doc__, epilog=_EXPLAINED,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a quick look: fewer and shorter rounds")
    parser.add_argument("--rounds", type=int, metavar="N", help="rounds of each test (5; 2 with --quick)")
    parser.add_argument("--only", action="append", default=[], metavar="ROW",
                        help="just this row of tests/bench/plan.py; or idle, aged, echo, clients (repeatable)")
    parser.add_argument("--server", type=Path, default=ROOT / "build" / "bin" / "ftp_server", metavar="PATH")
    parser.add_argument("--client", type=Path, default=ROOT / "build" / "bin" / "ftp_client", metavar="PATH")
    parser.add_argument("--server-options", default="", metavar="TEXT", help="more options for the reference server")
    parser.add_argument("--subjects", metavar="A,B", help="just these: kit,vsftpd,proftpd,pureftpd,pyftpdlib,bare")
    parser.add_argument("--programs", type=Path, default=ROOT / "build" / "bench" / "bench", metavar="DIR",
                        help="where ftp_load and bare_server stand")
    parser.add_argument("--memory", type=Path, default=Path("/dev/shm"), metavar="DIR", help="a directory on tmpfs")
    parser.add_argument("--disk", type=Path, default=ROOT / "build", metavar="DIR", help="a directory on disk")
    parser.add_argument("--results", type=Path, default=ROOT / "build" / "bench" / "results.json", metavar="FILE")
    parser.add_argument("--render", action="store_true", help="measure nothing: tell again what --results holds")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md and docs/performance.svg")
    return parser


def shown_command(words: Sequence[str]) -> str:
    """How the page says it was made. Where the figures were kept belongs to this machine and not to the page."""
    kept = [word for before, word in zip(["", *words], words)
            if "--results" not in (word, before) and not word.startswith("--results=")]
    return shlex.join(["python3", "-m", "tests.bench", *kept])


def _raise_limits() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _echo(programs: Path, folder: Path, isolated: bool) -> float | None:
    """Round trips a second of a server that only echoes: what epoll and loopback allow."""
    echo = Subject("echo", "bare echo", "", lambda place: [str(programs / "bare_server"), str(place.port), "--echo"])
    server = Server(echo, folder, folder / "echo", programs / "ftp_load", isolated, probe="echo")
    try:
        with server.run("echo", echo.user, sessions=64, time=500) as load:
            figures = load.run()
            return figures["count"] / figures["seconds"] if figures["count"] else None
    finally:
        server.close()


def _measure(options: argparse.Namespace) -> Results:
    extent = QUICK if options.quick else FULL
    if options.rounds:
        extent = dataclasses.replace(extent, rounds=options.rounds)
    chosen = subjects(options.server.resolve(), options.programs.resolve() / "bare_server")
    if options.subjects:
        chosen = [subject for subject in chosen if subject.name in options.subjects.split(",")]
    isolated = namespace.available()
    bench = measure.Bench(chosen, options.programs.resolve() / "ftp_load", isolated, extent,
                          tuple(shlex.split(options.server_options)))
    found = Results(shown_command(sys.argv[1:]),
                    machine.describe(options.server, options.memory, options.disk),
                    {subject.name: subject.title for subject in chosen},
                    {subject.name: subject.configured for subject in chosen},
                    extent.rounds, extent.milliseconds, isolated)
    _carry_out(options, bench, found)
    return found


def _carry_out(options: argparse.Namespace, bench: measure.Bench, found: Results) -> None:
    def asked(key: str) -> bool:
        return not options.only or key in options.only

    began = time.monotonic()
    writers = [subject.name for subject in bench.subjects]
    in_memory = [row for row in IN_MEMORY if asked(row.key)]
    on_disk = [row for row in ON_DISK if asked(row.key)]
    with ExitStack() as stack:
        scene = stack.enter_context(Scene(options.memory, any(row.path.startswith("names") for row in in_memory),
                                          writers))
        if asked("echo"):
            found.echo = _echo(options.programs.resolve(), scene.folder, bench.isolated)
        if asked("idle"):
            found.idle = idle.idle(bench, scene)
        if in_memory:
            found.missing |= measure.run_rows(bench, scene, in_memory, found.table)
        if asked("small-8-aged"):
            found.aged = idle.age(bench, scene, found.table)
        if asked("clients"):
            found.clients, why = clients.compare(bench, scene, options.client.resolve())
            found.missing |= {"the client beside curl": why} if why else {}
    if on_disk:
        with Scene(options.disk, False, writers) as scene:
            found.missing |= measure.run_rows(bench, scene, on_disk, found.table)
    found.seconds = time.monotonic() - began


def main() -> int:
    """Exit status 0: measured and told; 1: that was not possible; 2: wrong use."""
    parser = _parser()
    options = parser.parse_args()
    try:
        if options.render:
            found = results.read(options.results)
        else:
            for name in ("ftp_load", "bare_server"):
                if not (options.programs / name).is_file():
                    parser.error(f"{options.programs / name} is not built; see --help")
            _raise_limits()
            found = _measure(options)
            found.write(options.results)
    except (OSError, LoadFailed) as error:
        print(f"tests.bench: {error}", file=sys.stderr)
        return 1
    document = ROOT / "docs" / "performance.md"
    notes = report.notes_of(document.read_text(encoding="utf-8")) if document.is_file() else ""
    text = report.markdown(found, notes)
    if options.write:
        document.write_text(text, encoding="utf-8")
        document.with_suffix(".svg").write_text(report.picture(found), encoding="utf-8")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
