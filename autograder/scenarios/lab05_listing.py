"""Lab 5, listings: LIST, NLST, and STAT with a path."""

from __future__ import annotations

import os
import re
import time
from calendar import timegm

from autograder.scenario import COURSE, MUST, SHOULD, Weather, scenario
from autograder.scenarios.lab05_data import DONE, OPENED, STARTED
from autograder.scenarios.server_talk import Told
from autograder.wire.transcript import Divergence

LISTED = ("list_looks_like_ls",)
LS = "curl -sS ftp://127.0.0.1:{port}/"
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
NAME_AS_IT_IS = "exactly one blank stands between the date and the name, and the name stands there byte for byte"
DAY = 86_400

_LINE = re.compile(
    rb"([-dlpscb])([-r][-w][-xsS]){2}[-r][-w][-xtT][.+@]? +(\d+) +(\S+) +(\S+) +(\d+) "
    rb"((?:" + MONTHS.replace(" ", "|").encode() + rb") [ \d]\d (?:\d\d:\d\d| \d{4})) (.+)", re.DOTALL)


def entries(lines: list[bytes]) -> dict[bytes, tuple[str, int, str]]:
    """Name -> (kind, size, date) of the lines of LIST; the name of a link is without its target."""
    found = Told()
    for line in lines:
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise Divergence("lines as `ls -l` has them: mode, links, owner, group, size, `Mon dd hh:mm` or "
                             "`Mon dd  yyyy`, one blank, name", f"the line {line!r}")
        name = parts[8].split(b" -> ")[0] if parts[1] == b"l" else parts[8]
        found[name] = (parts[1].decode(), int(parts[6]), parts[7].decode())
    return found


@scenario(
    points=4, clause="course: LIST is `ls -l`", level=COURSE, carries=True, covers=(113, 115), after=OPENED,
    weather=(Weather.PLAIN, Weather.SHORT_IO), by_hand=LS + "dir/",
    causes=("stat() was asked about the name alone: it has to be the name in the directory that is listed",
            "lines end with CRLF, the last one too", "what is still in the buffer at the end is never sent"),
)
def list_looks_like_ls(ftp, tree, check):
    """LIST shows a line as `ls -l` for each entry of the directory, with its kind and size."""
    tree.write("dir/note", 1234)
    tree.write("dir/empty", b"")
    tree.mkdir("dir/sub")
    tree.write("note", b"outside of dir: another size")
    control = ftp.login()
    for line in ("LIST dir", "LIST dir/", "LIST /dir"):
        with control.passive() as data:
            control.ask(line, *STARTED)
            found = entries(data.read_lines())
            control.expect(*DONE)
        check.equal(sorted(found), [b"empty", b"note", b"sub"], f"the names in {line}")
        kinds = {name: entry[:2] if name != b"sub" else entry[0] for name, entry in found.items()}
        check.equal(kinds, {b"empty": ("-", 0), b"note": ("-", 1234), b"sub": "d"}, f"kinds and sizes in {line}")
    control.ask("CWD dir", 250, 200)
    check.equal(entries(control.list())[b"note"][1], 1234, "the size of note in LIST after CWD dir")
    control.in_step()


@scenario(
    points=1, clause="RFC 1123 4.1.2.7", level=SHOULD, carries=True, covers=(113,), after=LISTED, by_hand=LS,
    causes=("the lines go out as TYPE I would have them, with LF alone",),
)
def listings_end_lines_with_crlf_in_any_type(ftp, tree, check):
    """LIST and NLST are lines with CRLF, whether TYPE says A or I."""
    tree.write("one", b"1")
    tree.write("two", b"2")
    control = ftp.login()
    for kind in "AI":
        control.ask(f"TYPE {kind}", 200)
        check.equal(len(control.list()), 2, f"the number of lines of LIST in TYPE {kind}")
        check.equal(sorted(control.list(verb="NLST")), [b"one", b"two"], f"the names of NLST in TYPE {kind}")


@scenario(
    points=1, clause="course: dates in LIST", level=COURSE, carries=True, covers=(115, 116), after=LISTED,
    by_hand="touch -d '2021-03-09' {root}/old; " + LS,
    causes=("the year is shown for what is older than six months and for the future, the time of day for the rest",
            "localtime() was asked: listings are in UTC", "the month follows the locale"),
)
def list_dates_follow_ls(ftp, tree, check):
    """`Mon dd hh:mm` for the last six months, `Mon dd  yyyy` for what is older or in the future, in UTC and English."""
    now = int(time.time())
    wanted = {}
    for name, when in (("fresh", now - 3600), ("month", now - 35 * DAY), ("five", now - 150 * DAY),
                       ("year", now - 300 * DAY), ("old", timegm((2003, 2, 1, 4, 5, 6))), ("leap", 951_782_400),
                       ("soon", now + 3 * DAY), ("far", timegm((2037, 12, 31, 23, 59, 59)))):
        tree.write(name, b"")
        os.utime(tree.path(name), (when, when))
        parts = time.gmtime(when)
        behind = f"{parts.tm_hour:02}:{parts.tm_min:02}" if now - 180 * DAY < when <= now else f" {parts.tm_year}"
        wanted[name.encode()] = f"{MONTHS.split()[parts.tm_mon - 1]} {parts.tm_mday:>2} {behind}"
    control = ftp.login()
    found = {name: re.sub(r"^(\w+) 0", r"\1  ", date) for name, (_, _, date) in entries(control.list()).items()}
    for name, date in wanted.items():
        check.equal(found.get(name), date, f"the date of {name.decode()}")


@scenario(
    points=2, clause="course: names in LIST", level=COURSE, carries=True, covers=(116, 150), after=LISTED, by_hand=LS,
    causes=(NAME_AS_IT_IS, "names that are no UTF-8 are dropped or changed", "hidden files are left out",
            "of a link the target is listed: lstat() tells of the link itself"),
)
def list_shows_names_as_they_are(ftp, tree, check):
    """Blanks, 8-bit bytes, hidden files and links are listed as they are."""
    names = [b"two  blanks", b" leading", b"trailing ", b".hidden", b"-dash", "\u00e9t\u00e9".encode(), b"\xff\xfe",
             b'"q"', b"%s"]
    for name in names:
        tree.write(name, b"12345")
    tree.symlink("link", "-dash")
    control = ftp.login()
    found = entries(control.list())
    check.equal(sorted(found), sorted([*names, b"link"]), "the names in LIST")
    check.equal(found[b"link"][0], "l", "the kind of a link")
    check.equal(sorted(control.list(verb="NLST")), sorted([*names, b"link"]), "the names in NLST")
    shown = [line for line in control.list() if line.startswith(b"l")]
    check(shown and shown[0].endswith(b" link -> -dash"), expected="a link as `link -> -dash`", observed=repr(shown))


@scenario(
    points=1, clause="course: options of LIST", level=COURSE, carries=True, covers=(117,), after=LISTED,
    by_hand="curl -sS -X 'LIST -la' ftp://127.0.0.1:{port}/",
    causes=("`-la` is taken for a name: people and programs send options, read over them",
            "everything behind an option is dropped, the path too",
            "a name that begins with - cannot be reached any more: ./-la is a name"),
)
def list_reads_over_options(ftp, tree, check):
    """`LIST -la`, `LIST -l dir` and the like list as if the options were not there; `./-x` is a name."""
    tree.write("dir/inside", b"1")
    tree.write("-x", b"22")
    control = ftp.login()
    for line in ("-la", "-a", "-l", "-al ", "-l -a"):
        names = set(entries(control.list(line))) - {b".", b".."}
        check.equal(sorted(names), [b"-x", b"dir"], f"the names in LIST {line}")
    for line in ("-la dir", "-l -a dir", "-a dir/"):
        names = set(entries(control.list(line))) - {b".", b".."}
        check.equal(sorted(names), [b"inside"], f"the names in LIST {line}")
    found = [name.removeprefix(b"./") for name in entries(control.list("./-x"))]
    check.equal(found, [b"-x"], "the names in LIST ./-x")


@scenario(
    points=2, clause="RFC 959 5.4", level=MUST, carries=True, covers=(118, 121), after=LISTED,
    by_hand="mkdir {root}/empty; " + LS + "empty/",
    causes=("an empty directory is no error: 150, nothing, 226",
            "a path that is not there is no empty list: 450 or 550, and no 150",
            "the path is taken for a directory whatever it is"),
)
def list_of_nothing_and_of_one(ftp, tree, check):
    """An empty directory is an empty list, a missing one an error, a file itself, a link to a directory its content."""
    tree.mkdir("empty")
    tree.write("dir/inside", b"1")
    tree.symlink("link", "dir")
    control = ftp.login()
    for verb in ("LIST", "NLST"):
        check.equal(control.list("empty", verb=verb), [], f"the lines of {verb} empty")
        control.passive_port()
        control.ask(f"{verb} nowhere", 450, 550)
        control.ask(f"{verb} dir/nowhere", 450, 550)
    for path, name in (("dir/inside", b"inside"), ("link", b"inside")):
        found = [entry.rsplit(b"/", 1)[-1] for entry in entries(control.list(path))]
        check.equal(found, [name], f"the names in LIST {path}")
    control.in_step()


@scenario(
    points=2, clause="RFC 1123 4.1.2.7", level=MUST, carries=True, covers=(114,), after=LISTED,
    by_hand="curl -sS -l ftp://127.0.0.1:{port}/",
    causes=("NLST shows more than names: no header, no type marks, no `total`",
            "of another directory the names alone are no use to RETR: `NLST dir` shows dir/name"),
)
def nlst_gives_names_for_retr(ftp, tree, check):
    """Every line of NLST is a name that RETR takes, byte for byte, also of another directory."""
    for name in ("a", "b c", "dir/inside", "dir/x y"):
        tree.write(name, name.encode())
    control = ftp.login()
    control.ask("TYPE I", 200)
    check.equal(sorted(control.list(verb="NLST")), [b"a", b"b c", b"dir"], "the names of NLST")
    check.equal(control.retrieve(b"b c"), b"b c", "what RETR fetches by a name of NLST")
    names = control.list("dir", verb="NLST")
    check.equal(sorted(name.rsplit(b"/", 1)[-1] for name in names), [b"inside", b"x y"], "the names of NLST dir")
    for name in names:
        check.equal(control.retrieve(name), b"dir/" + name.rsplit(b"/", 1)[-1], f"what RETR {name.decode()} fetches")


@scenario(
    points=1, clause="CWE-93 (line breaks in names)", level=COURSE, carries=True, covers=(30, 119), after=LISTED,
    by_hand="touch \"$(printf '{root}/a\\nforged')\"; " + LS,
    causes=("a name with CR or LF in it makes two lines, the second of a file that does not exist: leave it out",
            "the target of a link can hold a line break as well as its name"),
)
def names_with_line_breaks_forge_nothing(ftp, tree, check):
    """A name with CR or LF in it is left out, or its line breaks are; never do two lines come from it."""
    forged = b"-rw-r--r-- 1 0 0 666 Jan  1 00:00 forged"
    for name in (b"lf\n" + forged, b"cr\r" + forged, b"crlf\r\n" + forged, b"end\r\n"):
        tree.write(name, b"")
    tree.write("good", b"")
    tree.symlink("link", "nowhere\r\n" + forged.decode())
    control = ftp.login()
    for verb in ("LIST", "NLST"):
        lines = control.list(verb=verb)
        ends = [line.split(b" -> ")[0].split(b" ")[-1] for line in lines]
        check(not any(line == forged or line == b"forged" for line in lines) and len(lines) <= 6,
              expected=f"no forged line in {verb}", observed=repr(lines))
        check(b"good" in ends, expected=f"the other files in {verb}", observed=repr(lines))
    reply = control.ask("STAT .", 212, 213)
    check(forged.decode() not in reply.lines, expected="no forged line in STAT", observed=repr(reply.lines))
    control.in_step()


@scenario(
    points=1, clause="RFC 959 4.1.3 (STAT)", level=MUST, carries=True, covers=(110,), after=LISTED,
    by_hand="printf 'USER anonymous\\r\\nPASS x\\r\\nSTAT .\\r\\nQUIT\\r\\n' | nc -q 1 127.0.0.1 {port}",
    causes=("the row of lab 3 is still there: a later table's row takes its place, and calls it where there is no path",
            "the lines go over a data connection: STAT has none"),
)
def stat_of_a_path_is_a_listing(ftp, tree, check):
    """STAT of a file is 213, of a directory 212, with lines as LIST has them; STAT alone is still 211."""
    tree.write("dir/note", 1234)
    control = ftp.login()
    for path, codes in (("dir", (212, 213)), ("/dir/", (212, 213)), ("dir/note", (213,))):
        reply = control.ask(f"STAT {path}", *codes)
        check(any(re.search(r" 1234 .* (dir/)?note$", line) for line in reply.lines),
              expected=f"the line of note, size 1234, in the reply to STAT {path}", observed=repr(reply.lines))
    control.ask("STAT nowhere", 450, 550)
    control.ask("STAT", 211)
    control.in_step()


@scenario(
    points=1, clause="CWE-78 (shell injection)", level=COURSE, carries=True, covers=(120,), after=LISTED,
    by_hand="curl -sS -X 'LIST ;touch injected' ftp://127.0.0.1:{port}/",
    causes=("the listing is made by popen(\"ls -l ...\"): the argument is a command for the shell",),
)
def list_runs_no_shell(ftp, tree):
    """What a shell would take for a command is a name like any other."""
    tree.mkdir(";touch made")
    control = ftp.login()
    for name in (";touch injected", "$(touch injected)", "`touch injected`", "|touch injected", "-la;touch injected"):
        control.passive_port()
        for verb in ("LIST", "NLST"):
            control.final(f"{verb} {name}", 450, 550, 501, 553)
    control.ask("CWD ;touch made", 250, 200)
    control.list()
    tree.expect_names(";touch made")
