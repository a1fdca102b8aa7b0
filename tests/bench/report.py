"""docs/performance.md from a run's results. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from tests.bench import clients, plot
from tests.bench.figures import BARE, OURS, cpu_per_gib, cpu_per_operation, ratio, short, spread
from tests.bench.idle import Held
from tests.bench.measure import Cell
from tests.bench.plan import Row
from tests.bench.results import Results
from tests.bench.wishes import Line, wishes

_BEGIN, _END = "<!-- notes: written by hand, kept by the next run -->", "<!-- end of the notes -->"

_HEAD = """# Performance

The reference server beside the FTP servers that people run, on one machine in one run. Made by `{command}`, which
writes this page; only the notes at the end are written by hand. Figures of another machine will differ, ratios less so.

![Throughput and memory against the number of sessions](performance.svg)

## How it is measured

- Machine: {cpu}, {cores} cores, {memory_gib} GiB, Linux {kernel}; load average before the run {load:.1f}.
- {rounds} rounds; within a round test by test, within a test server by server, in an order that turns. Each measurement
  takes {milliseconds} ms or one transfer, whichever is longer; of a long file with one session four transfers. Shown are
  medians; ratios are medians of the rounds' ratios.
- Loopback; {isolated}. Files on {memory}, in the rows "on disk" on {disk} (read from the page cache).
- The load comes from `ftp_load` (tests/bench), one epoll thread. It drops what it receives in the kernel (MSG_TRUNC)
  and sends with sendfile: a client costs little, and shares the cores with the server.
- "bare" is no FTP server but a yardstick: one epoll thread, ready-made replies, sendfile and splice, no checks at all.
  {echo}
- Tests of one control connection run on one CPU: on two, the wake-up of the second would be most of what is measured.
- Memory: the sum of PSS over the server's processes, and 16 KiB of kernel stack for each thread. CPU: user and system
  time of the server's processes, ended ones too.
- While the clients move 4 GiB, the free memory that they take was used before, and is kept in small pieces: the host of a
  virtual machine takes back what is free, and gives it again page by page. That was a factor of four from file to file.
- The run took {minutes:.0f} min {seconds:.0f} s.
"""


def notes_of(document: str) -> str:
    """The part of an earlier page that was written by hand."""
    _, found, rest = document.partition(_BEGIN)
    return rest.partition(_END)[0].strip() if found else ""


def table(head: list[str], rows: Iterable[list[str]], texts: int = 1) -> str:
    """A Markdown table; the first `texts` columns are text, the others are figures."""
    lines = ["| " + " | ".join(head) + " |", "|---" * texts + "|---:" * (len(head) - texts) + "|"]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def markdown(found: Results, notes: str) -> str:
    """The whole page."""
    parts = [_head(found), "## What was wanted\n", _wanted(wishes(found)), "## Throughput\n", _throughput(found),
             "## CPU time of the server\n", _cpu(found), "## Memory for a long listing\n", _listing(found)]
    if found.idle:
        parts += ["## Idle sessions\n", _idle(found)]
    if found.clients:
        parts += ["## The client\n", _clients(found)]
    parts += ["## What could not be measured\n", _unmeasured(found), "## How the servers are set up\n", _set_up(found),
              "## Notes\n", f"{_BEGIN}\n{notes}\n{_END}"]
    return "\n".join(parts).rstrip() + "\n"


def _head(found: Results) -> str:
    systems = found.machine["file_systems"]
    echo = "" if found.echo is None else f"A bare echo of lines makes {short(found.echo)} round trips a second " \
        "with 64 connections."
    isolated = "each server in a network namespace of its own" if found.isolated else \
        "all servers on the machine's own, for network namespaces were not to be had"
    minutes, seconds = divmod(found.seconds, 60)
    text = _HEAD.format(command=found.command, rounds=found.rounds, milliseconds=found.milliseconds,
                        isolated=isolated, memory=systems["memory"], disk=systems["disk"], echo=echo,
                        minutes=minutes, seconds=seconds,
                        **{key: found.machine[key] for key in ("cpu", "cores", "memory_gib", "kernel", "load")})
    return "\n".join(line for line in text.split("\n") if line.strip() or line == "")


def _wanted(lines: list[Line]) -> str:
    told = {True: "yes", False: "**no**", None: "not seen"}
    met = sum(line.met is True for line in lines)
    return f"{met} of {len(lines)} met.\n\n" + table(
        ["test", "wanted", "found", "met"],
        ([line.row, line.wish, line.found, told[line.met]] for line in lines), texts=4)


def _throughput(found: Results) -> str:
    def cells(row: Row) -> list[str]:
        by_name = found.table[row.key]
        figures = [short(median(by_name[name].values)) if name in by_name and by_name[name].values else "-"
                   for name in found.titles]
        ours = by_name.get(OURS)
        to_bare = ratio(ours.values, by_name[BARE].values) if ours and BARE in by_name else None
        apart = f"{spread(ours.values):.0%}" if ours and ours.values else "-"
        return [row.place_and_title, row.unit, *figures, "-" if to_bare is None else f"{to_bare:.2f}", apart]

    text = table(["test", "unit", *found.titles.values(), "reference / bare", "spread"], map(cells, found.rows()))
    aged = f"\nThe aged servers had served {found.aged} sessions before; peers are as in the fresh row.\n"
    apart = "\nSpread: how far the reference's rounds lie apart, of their median.\n"
    return text + (aged if found.aged else "") + apart


def _cpu(found: Results) -> str:
    def cells(row: Row) -> list[str]:
        by_name = found.table[row.key]
        unit, cost = ("s/GiB", cpu_per_gib) if row.unit == "GB/s" else ("µs each", cpu_per_operation)
        return [row.place_and_title, unit, *(short(cost(by_name[name])) if name in by_name else "-"
                                             for name in found.titles)]

    return table(["test", "CPU time", *found.titles.values()],
                 (cells(row) for row in found.rows() if not row.curve))


def _listing(found: Results) -> str:
    def cells(row: Row) -> list[str]:
        by_name = found.table[row.key]
        return [row.title, *(short(median(by_name[name].peak_kib) / 1024) if name in by_name
                             and by_name[name].peak_kib else "-" for name in found.titles)]

    rows = [row for row in found.rows() if row.mode in ("list", "mlsd")]
    return "By how many MiB the server's memory grows at its peak.\n\n" + table(
        ["test", *found.titles.values()], map(cells, rows))


def _idle(found: Results) -> str:
    def line(title: str, held: Held) -> list[str]:
        def middle(values: list[float], digits: int) -> str:
            return f"{median(values):.{digits}f}" if values else "-"
        p99 = [value / 1000 for value in held.p99]
        return [title, f"{held.held:,} of {held.asked:,}", middle(held.seconds, 2), middle(held.user_kib, 2),
                middle(held.kernel_kib, 1), f"{held.threads:,}", f"{held.processes:,}", middle(p99, 3)]

    head = ["server", "held", "opened in, s", "user KiB each", "kernel stack KiB each", "threads", "processes",
            "p99 of a NOOP, ms"]
    return table(head, (line(found.titles.get(name, name), held) for name, several in found.idle.items()
                        for held in several))


def _clients(found: Results) -> str:
    def cells(direction: str, name: str, cell: Cell) -> list[str]:
        rate, peak = (median(values) if values else None for values in (cell.values, cell.peak_kib))
        return [clients.DIRECTIONS[direction], clients.TITLES[name], short(rate), short(cpu_per_gib(cell)),
                short(peak and peak / 1024)]

    head = ["transfer", "client", "GB/s", "CPU s/GiB", "memory at its peak, MiB"]
    return "From and to the reference server, files in memory on both sides.\n\n" + table(
        head, (cells(direction, name, cell) for direction, by_client in found.clients.items()
               for name, cell in by_client.items()), texts=2)


def _unmeasured(found: Results) -> str:
    lines = [f"- {found.titles.get(name, name)}: {why}" for name, why in found.missing.items()]
    for row in found.rows():
        for name, cell in found.table[row.key].items():
            if cell.why and name != BARE:
                kind = f"{cell.errors} errors" if cell.values else "no figure"
                lines.append(f"- {row.place_and_title}, {found.titles.get(name, name)}: {kind}: {cell.why}")
    lines += [f"- {clients.DIRECTIONS[direction]}, {clients.TITLES[name]}: {cell.why}"
              for direction, by_client in found.clients.items() for name, cell in by_client.items() if cell.why]
    for name, several in found.idle.items():
        lines += [f"- {held.asked:,} idle sessions, {found.titles.get(name, name)}: {held.why}"
                  for held in several if held.why]
    return "\n".join(dict.fromkeys(lines)) + "\n" if lines else "Nothing.\n"


def _set_up(found: Results) -> str:
    versions = found.machine["versions"]
    return "\n".join(f"- {found.titles[name]} {versions.get(name, '')}".rstrip() + f": {text}."
                     for name, text in found.configured.items()) + "\n"


def picture(found: Results) -> str:
    """docs/performance.svg."""
    rows = sorted((row for row in found.rows() if row.key.startswith("retr-10m-")), key=lambda row: row.sessions)
    speed: dict[str, plot.Points] = {}
    for row in rows:
        for name, cell in found.table[row.key].items():
            if cell.values:
                speed.setdefault(name, []).append((row.sessions, median(cell.values)))
    memory = {name: [(held.held, median(held.user_kib) * held.held / 1024) for held in several if held.user_kib]
              for name, several in found.idle.items() if any(held.user_kib for held in several)}
    asked = sorted({held.asked for several in found.idle.values() for held in several})
    return plot.svg(plot.Panel("RETR 10 MiB", "GB/s", speed, [row.sessions for row in rows]),
                    plot.Panel("user memory of idle sessions", "MiB", memory, asked, True), found.titles)
