"""The benchmarks' pure parts: what /proc says, ratios, verdicts, the page and the picture."""

from __future__ import annotations

import fcntl
import os
import re
import resource
import tempfile
import unittest
from pathlib import Path
from xml.etree import ElementTree

from tests.bench import figures, plan, plot, process_tree, report, results
from tests.bench.__main__ import shown_command
from tests.bench.idle import Held
from tests.bench.measure import Cell
from tests.bench.plan import Row, Wanted
from tests.bench.results import Results
from tests.bench.server import ready
from tests.bench.warm_memory import half_of_what_is_free, warm_memory
from tests.bench.wishes import wishes

TITLES = {"kit": "reference", "vsftpd": "vsftpd", "proftpd": "ProFTPD", "bare": "bare"}


def run() -> Results:
    """A small run, made up."""
    found = Results("python3 -m tests.bench", {
        "cpu": "a CPU", "cores": 2, "memory_gib": 8.0, "kernel": "6.1", "load": 0.1,
        "file_systems": {"memory": "tmpfs", "disk": "ext4"}, "versions": {"kit": "1.0"}},
        TITLES, {name: f"as {name} likes" for name in TITLES}, 3, 400, True, 61.0)
    found.table["noop-1"] = {"kit": Cell([90.0, 110.0, 100.0]), "vsftpd": Cell([50.0]), "bare": Cell([100.0] * 3)}
    found.table["retr-10m-1"] = {"kit": Cell([4.0], [0.2], [1 << 30]), "vsftpd": Cell([2.0], [0.4], [1 << 30]),
                                 "proftpd": Cell(why="530 no | entry", errors=1)}
    found.idle = {"kit": [Held(100, 100, [0.1], [0.5], [0.0], 3, 1, [90.0]),
                          Held(10000, 10000, [1.0], [0.9], [0.0], 3, 1, [90.0], "unexpected reply: 421 full")],
                  "proftpd": [Held(100, 100, [0.5], [500.0], [16.0], 101, 101, [900.0]),
                              Held(10000, 80, [9.0], [500.0], [16.0], 81, 81, [900.0], why="80 in 10 s")]}
    found.clients = {"get": {"kit": Cell([2.0], [1.0], [1 << 32], peak_kib=[4096]),
                             "curl": Cell([1.0], [2.0], [1 << 32], peak_kib=[9000])},
                     "put": {"kit": Cell([1.0], [1.0], [1 << 32], peak_kib=[40_000]),
                             "curl": Cell(why="curl: (55) no | luck", errors=1)}}
    return found


class Proc(unittest.TestCase):
    def test_a_program_may_be_called_anything(self) -> None:
        line = "42 (a) S (b) 1 2) S 7 " + " ".join(str(field) for field in range(5, 53))
        stat = process_tree.parse_stat(line)
        self.assertEqual((stat.parent, stat.own_ticks, stat.children_ticks, stat.threads), (7, 14 + 15, 16 + 17, 20))

    def test_a_missing_line_is_nothing(self) -> None:
        self.assertEqual(process_tree.parse_field("Rss:  9 kB\nPss:     7 kB\nPss_Anon: 1 kB\n", "Pss"), 7)
        self.assertEqual(process_tree.parse_field("", "Pss"), 0)

    def test_a_tree_holds_all_descendants_and_nobody_else(self) -> None:
        self.assertEqual(sorted(process_tree.tree(2, {1: 0, 2: 1, 3: 2, 4: 3, 5: 1, 6: 3})), [2, 3, 4, 6])

    def test_this_process_uses_something(self) -> None:
        memory = process_tree.memory(os.getpid())
        self.assertGreater(memory.user_kib, 1000)
        self.assertEqual(memory.stacks_kib, memory.threads * 16)
        self.assertGreater(process_tree.cpu_seconds(os.getpid()), 0)


class Figures(unittest.TestCase):
    def test_a_ratio_is_the_median_over_the_rounds(self) -> None:
        self.assertEqual(figures.ratio([10, 1, 30], [10, 10, 10]), 1)
        self.assertIsNone(figures.ratio([1.0], []))
        self.assertIsNone(figures.ratio([1.0], [0.0]))

    def test_spread_is_a_part_of_the_median(self) -> None:
        self.assertAlmostEqual(figures.spread([90, 100, 120]), 0.3)
        self.assertEqual(figures.spread([]), 0)

    def test_the_best_peer_is_the_hardest_to_beat(self) -> None:
        cells = {"kit": Cell([6.0]), "vsftpd": Cell([2.0]), "proftpd": Cell([3.0]), "bare": Cell([9.0]),
                 "pureftpd": Cell(why="cannot")}
        self.assertEqual(figures.best_peer(cells), ("proftpd", 2.0))

    def test_verdicts_compare_with_peer_yardstick_and_cost(self) -> None:
        row = Row("x", "x", "retr", 1, Wanted(peer=2.0, bare=0.95, cpu=0.8), "GB/s")
        gib = 1 << 30
        cells = {"kit": Cell([6.0], [0.5], [gib]), "vsftpd": Cell([3.0], [1.0], [2 * gib]), "bare": Cell([9.0])}
        found = {verdict.what: (verdict.met, verdict.ratio) for verdict in figures.verdicts(row, cells)}
        self.assertEqual(found["best peer"], (True, 2.0))
        self.assertEqual(found["bare"], (False, 6 / 9))
        self.assertEqual(found["CPU of the best peer"], (False, 1.0))

    def test_nothing_to_compare_with_is_no_verdict(self) -> None:
        verdict, = figures.verdicts(Row("x", "x", "noop", 1, Wanted(peer=2.0)), {"kit": Cell([1.0])})
        self.assertIsNone(verdict.met)

    def test_numbers_show_three_digits(self) -> None:
        shown = [figures.short(value) for value in (None, 0.01234, 1.239, 45.67, 456.7, 4567.8, 1234567)]
        self.assertEqual(shown, ["-", "0.0123", "1.24", "45.7", "457", "4,570", "1,230,000"])


class Plan(unittest.TestCase):
    def test_every_row_has_its_own_key_and_a_file_that_is_made(self) -> None:
        rows = [*plan.IN_MEMORY, plan.AGED, *plan.ON_DISK]
        self.assertEqual(len({row.key for row in rows}), len(rows))
        for row in rows:
            self.assertIn(row.path, {"", *plan.SIZES, *plan.NAMES}, row.key)
            self.assertEqual(bool(row.size), row.mode == "stor", row.key)


class Page(unittest.TestCase):
    def test_every_wish_has_a_line_and_a_verdict(self) -> None:
        met = {(line.row, line.wish): line.met for line in wishes(run())}
        self.assertEqual(met[("NOOP round trips, 1 session", "at least 0.95 of bare")], True)
        self.assertEqual(met[("RETR 10 MiB, 1 session", "at most 1 of CPU of the best peer (vsftpd)")], True)
        self.assertEqual(met[("10,000 idle sessions", "one more is refused with 421")], True)
        self.assertEqual(met[("get 4 GiB", "at least 1 of curl")], True)
        self.assertEqual(met[("put 4 GiB", "at least 1 of curl")], False)
        self.assertEqual(met[("put 4 GiB", "constant memory, at most 16 MiB")], False)

    def test_a_server_that_cannot_is_a_failed_wish_of_ours_and_a_remark_of_others(self) -> None:
        found = run()
        found.table["retr-10m-1"]["kit"] = Cell(why="502 no", errors=1)
        lines = {line.wish: line for line in wishes(found) if line.row == "RETR 10 MiB, 1 session"}
        self.assertEqual((lines["at least 1 of best peer"].met, lines["at least 1 of best peer"].found),
                         (False, "502 no"))
        page = report.markdown(found, "")
        self.assertIn("- RETR 10 MiB, 1 session, ProFTPD: no figure: 530 no | entry", page)
        self.assertIn("- put 4 GiB, curl: curl: (55) no | luck", page)

    def test_tables_have_as_many_cells_in_every_line(self) -> None:
        for block in report.markdown(run(), "").split("\n\n"):
            lines = [line.replace("\\|", "") for line in block.splitlines() if line.startswith("|")]
            self.assertEqual(len({line.count("|") for line in lines}), min(len(lines), 1), block)

    def test_notes_outlive_the_next_run(self) -> None:
        text = report.markdown(run(), "Uploads are slow\nbecause.")
        self.assertEqual(report.notes_of(text), "Uploads are slow\nbecause.")
        self.assertEqual(report.notes_of("# no such page"), "")

    def test_results_are_read_as_they_were_written(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "deep" / "results.json"
            run().write(path)
            self.assertEqual(results.read(path), run())


class Picture(unittest.TestCase):
    def test_is_well_formed_and_draws_every_server(self) -> None:
        found = run()
        for sessions in (4, 32):
            found.table[f"retr-10m-{sessions}"] = {"kit": Cell([5.0]), "vsftpd": Cell([3.0])}
        root = ElementTree.fromstring(report.picture(found))
        self.assertEqual(len(root.findall("{*}polyline")), 4)
        self.assertIn("ProFTPD", {text.text for text in root.findall("{*}text")})

    def test_ticks_cover_the_values(self) -> None:
        self.assertEqual(plot.ticks(0.3, 250, True), [0.1, 1, 10, 100, 1000])
        for high in (0.07, 0.9, 1, 3.7, 8, 42, 9999):
            marks = plot.ticks(0, high, False)
            self.assertGreaterEqual(marks[-1], high)
            self.assertLessEqual(len(marks), 10)

    def test_nothing_measured_is_still_a_picture(self) -> None:
        found = run()
        found.table, found.idle = {}, {}
        ElementTree.fromstring(report.picture(found))


class Waiting(unittest.TestCase):
    def test_descriptors_are_not_limited(self) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        reading, writing = os.pipe()
        high = fcntl.fcntl(reading, fcntl.F_DUPFD_CLOEXEC, 1024)  # more than select() takes
        try:
            self.assertFalse(ready(high, 0))
            os.write(writing, b"x")
            self.assertTrue(ready(high, 5))
        finally:
            for descriptor in (reading, writing, high):
                os.close(descriptor)


class Memory(unittest.TestCase):
    def test_an_eighth_is_kept_and_the_rest_free(self) -> None:
        faults = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        with warm_memory(70 << 20):
            text = Path("/proc/self/smaps").read_text(encoding="utf-8")
            kept = max(int(number) for number in re.findall(r"^Size:\s+%d kB\n(?:.*\n)*?Rss:\s+(\d+) kB$" % (80 << 10),
                                                            text, re.MULTILINE))
        self.assertEqual(kept, 10 << 10)
        touched = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - faults
        self.assertGreaterEqual(touched, (80 << 20) // resource.getpagesize())

    def test_half_of_what_is_free_is_something_and_limited(self) -> None:
        self.assertEqual(half_of_what_is_free(1 << 20), 1 << 20)
        self.assertGreater(half_of_what_is_free(1 << 60), 1 << 20)


class Command(unittest.TestCase):
    def test_the_page_does_not_tell_where_its_figures_were_kept(self) -> None:
        for words in (["--results", "/a/b", "--write"], ["--write", "--results=/a/b"], ["--write"]):
            self.assertEqual(shown_command(words), "python3 -m tests.bench --write")


if __name__ == "__main__":
    unittest.main()
