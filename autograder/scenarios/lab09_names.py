"""Lab 9, names: UTF-8 and what is none, names with wildcards in them, and patterns for LIST and NLST."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab04_files import typed
from autograder.scenarios.lab09_facts import mlst
from autograder.wire.control import Control
from autograder.wire.reply import COMPLETION, REFUSAL


def names(control: Control, path: str) -> list[str]:
    """What NLST lists, sorted."""
    return sorted(line.decode("utf-8", "surrogateescape") for line in control.list(path, verb="NLST"))


@scenario(
    points=2, clause="RFC 2640 3.1, 3.2", level=MUST, carries=True, covers=(137, 149, 150),
    by_hand="curl -s ftp://127.0.0.1:{port}/gr%C3%B6%C3%9Fe",
    causes=("names are decoded and encoded again: what is no UTF-8 is lost on the way; pass the bytes on",
            "names are normalised: the two forms of one letter with its accent are two names",
            "the byte FF is not doubled in replies, or not halved in commands (Telnet)"),
)
def names_travel_in_their_own_bytes(ftp, tree, check):
    """UTF-8 names, both forms of an accent, and names that are no UTF-8: listed, told of, fetched and deleted."""
    wanted = [*(name.encode() for name in ("größe", "e\u0301", "\u00e9", "日本 語")), b"latin-\xe9", b"\xfe\x80"]
    for name in wanted:
        tree.write(name, b"content")
    control = ftp.login()
    control.ask("OPTS UTF8 ON", 200)
    control.ask("TYPE I", 200)
    check.equal(sorted(control.list(verb="NLST")), sorted(wanted), "the names in NLST")
    listed = [line.partition(b" ")[2] for line in control.list(verb="MLSD") if b"type=file" in line.lower()]
    check.equal(sorted(listed), sorted(wanted), "the names in MLSD")
    for name in wanted:
        check.equal(control.retrieve(name), b"content", f"the file {name!r}")
        control.ask(b"SIZE " + name, 213)
        control.ask(b"MDTM " + name, 213)
        told = [line.encode("utf-8", "surrogateescape") for line in control.ask(b"MLST " + name, 250).lines]
        check(any(line.endswith(name) for line in told[1:]), expected=f"the name {name!r} in MLST", observed=repr(told))
        control.ask(b"DELE " + name, 250)
    check.equal(tree.names(), [], "what is left")
    control.in_step()


@scenario(
    points=1, clause="RFC 3659 2.2.2", level=MUST, carries=True, covers=(136,), by_hand=typed("SIZE *", "MLST *"),
    causes=("glob() or a shell reads the names: what a program sends is a name, with a star or without",),
)
def programs_mean_names_as_they_are(ftp, tree, check):
    """MLST, MLSD, SIZE, MDTM, RETR and DELE take '*', '?' and '[a]' for themselves: 550 where no such name is."""
    for name in ("a", "b*", "d1"):
        tree.write(name, b"12")
    tree.mkdir("dir")
    control = ftp.login()
    control.ask("TYPE I", 200)
    for pattern in ("*", "?", "[a]", "a*", "dir*"):
        for verb in ("MLST", "MLSD", "SIZE", "MDTM", "DELE"):
            if verb == "MLSD":
                with control.passive():
                    control.ask(f"{verb} {pattern}", 550, 501)
            else:
                control.ask(f"{verb} {pattern}", 550)
    check.equal(control.retrieve("b*"), b"12", "the file b*")
    check.equal(mlst(control, "b*").facts["size"], "2", "the size of b*")
    control.ask("DELE b*", 250)
    check.equal(sorted(tree.names()), ["a", "d1", "dir"], "what is left")


@scenario(
    points=2, clause="RFC 1123 4.1.2.7", level=COURSE, carries=True, covers=(114,), by_hand=typed("PASV", "NLST *.txt"),
    causes=("the name goes back without the directory in front: RETR has to understand what NLST gives",
            "a directory that fits is opened and listed: its name is what fits",
            "'*' takes names that begin with a dot, which no shell would"),
)
def patterns_list_what_fits_them(ftp, tree, check):
    """NLST and LIST of a pattern (* ? [a-z] in the last component) show the names that fit; 550 or 450 if none does."""
    for name in ("a.txt", "b.txt", "c.bin", ".hidden.txt"):
        tree.write(name, b"1")
    tree.mkdir("d")
    tree.write("d/x.txt", b"1")
    tree.write("d/y.txt", b"1")
    control = ftp.login()
    for pattern, wanted in (("*.txt", ["a.txt", "b.txt"]), ("[bc].*", ["b.txt", "c.bin"]), ("?", ["d"]),
                            ("[!a-b]*", ["c.bin", "d"]), ("d/*", ["d/x.txt", "d/y.txt"]), ("/d/x*", ["/d/x.txt"]),
                            (".*", [".hidden.txt"])):
        check.equal(names(control, pattern), wanted, f"NLST {pattern}")
    lines = control.list("*.txt")
    check.equal(sorted(line.split(b" ")[-1] for line in lines), [b"a.txt", b"b.txt"], "the names in LIST *.txt")
    for line in ("NLST *.zip", "LIST nope/*"):
        with control.passive():
            control.ask(line, 550, 450)
    for name in names(control, "d/*"):
        check.equal(control.retrieve(name), b"1", f"the file {name}, as NLST named it")
    control.in_step()


@scenario(
    points=1, clause="-", level=COURSE, carries=True, covers=(120,), by_hand=typed("PASV", "NLST *a*a*a*a*a*b"),
    after=("patterns_list_what_fits_them",),
    causes=("each * tries every length, and each of those the next *: the time doubles with every star. Only the last "
            "star has to be tried again",
            "stars in front of a slash walk the whole tree, once for each of them"),
)
def no_pattern_keeps_the_server_busy(ftp, tree, outside, check):
    """Patterns made to take for ever, or to lead out of the root, are answered at once: work is bounded."""
    outside.write("canary", b"")
    for number in range(20):
        tree.write("a" * 200 + str(number), b"")
    tree.mkdir("d")
    control = ftp.login()
    before = ftp.process.cpu_seconds()
    for pattern in ("*a" * 60 + "*b", "*/../" * 8 + "*", "[" * 100, "{a,b}" * 20, "*" * 300, "../*", "../../*",
                    "?" * 199 + "*a" * 20 + "z"):
        with control.passive() as data:
            reply = control.ask(f"NLST {pattern}", "150", "125", COMPLETION, *REFUSAL)
            if reply.code < 200:
                content = data.read_all()
                check(b"canary" not in content, expected="nothing from outside the root", observed=f"{content!r}")
                control.expect(COMPLETION, *REFUSAL)
    spent = ftp.process.cpu_seconds() - before
    check(spent < 3, expected="less than 3 s of processor time for all of them", observed=f"{spent:.1f} s")
    control.in_step()
