"""Lab 9, listings for programs: MLST, MLSD, their facts, and OPTS MLST."""

from __future__ import annotations

import re
from typing import NamedTuple

from autograder.scenario import MUST, SHOULD, Weather, scenario
from autograder.scenarios.lab04_files import typed
from autograder.scenarios.lab09_features import feature
from autograder.scenarios.server_talk import Told
from autograder.wire.control import Control
from autograder.wire.transcript import Divergence

MLST = "RFC 3659 7.2"
FACTS = "RFC 3659 7.5"
USUAL = "type;size;modify;perm;unique;"
LINE = re.compile(r"((?:[!-:<>-~]+=[^; ]*;)*) (.*)", re.DOTALL)


class Entry(NamedTuple):
    """One line of MLST or MLSD: its facts by their names in small letters, the name behind them, the line itself."""

    facts: Told
    name: str
    line: str


def entry(line: str) -> Entry:
    """Reads "fact=value;fact=value; name" (RFC 3659 7.2). Divergence for anything else."""
    found = LINE.fullmatch(line)
    if found is None:
        raise Divergence("facts, each as name=value and ';', then one blank and the name", line)
    pairs = (fact.split("=", 1) for fact in found[1].split(";")[:-1])
    return Entry(Told((name.lower(), value) for name, value in pairs), found[2], line)


def mlst(control: Control, path: str = "") -> Entry:
    """What MLST tells of a path: the one inner line, behind its blank."""
    reply = control.ask(f"MLST {path}".rstrip(), 250)
    if len(reply.lines) != 3 or not reply.lines[1].startswith(" "):
        raise Divergence("250-, one line that begins with a blank, 250 (RFC 3659 7.2)", "\n".join(reply.lines))
    return entry(reply.lines[1][1:])


def mlsd(control: Control, path: str = "") -> dict[str, Entry]:
    """What MLSD lists, by its names; the directory itself and the one above stand under their types."""
    with control.passive() as data:
        control.ask(f"MLSD {path}".rstrip(), 150)
        lines = data.read_lines()
        control.expect(226, 250)
    entries = [entry(line.decode("utf-8", "surrogateescape")) for line in lines]
    of_directories = ("cdir", "pdir")
    return Told((found.facts["type"] if found.facts.get("type") in of_directories else found.name, found)
                for found in entries)


@scenario(
    points=3, clause=MLST, level=MUST, carries=True, covers=(127, 131, 135), by_hand=typed("MLST a b", "MLST"),
    weather=(Weather.PLAIN, Weather.SPLIT),
    causes=("the line goes over the control connection, behind one blank, between '250-' and '250 '",
            "the facts end with ';', and one blank parts them from the name: the name may hold blanks itself",
            "modify is UTC (gmtime), size is a number of bytes and stands at files only"),
)
def mlst_tells_of_one_path(ftp, tree, check):
    """MLST over the control connection: 250-, a blank, facts, a blank, the name, 250; without a name the directory."""
    tree.write("a b", b"four")
    tree.mkdir("d")
    control = ftp.login()
    control.ask("MFMT 20200229123456 a b", 213, 500, 502)
    one = mlst(control, "a b")
    check.equal({key: one.facts.get(key) for key in ("type", "size")}, {"type": "file", "size": "4"}, "type and size")
    control.ask("MDTM a b", 213)
    check.equal(one.facts.get("modify"), control.last.text.split(".")[0], "modify, which is what MDTM says")
    for key in ("perm", "unique"):
        check(key in one.facts, expected=f"the fact {key}", observed=one.line)
    for line in (mlst(control, "d"), mlst(control), mlst(control, "/")):
        check.equal(line.facts.get("type"), "dir", f"type of {line.name}")
        check("size" not in line.facts, expected="no size of a directory", observed=line.line)
        check("create" not in line.facts and "lang" not in line.facts and "media-type" not in line.facts,
              expected="no fact that nobody can know here (create, lang, media-type)", observed=line.line)
    control.ask("MLST nope", 550)
    control.in_step()


@scenario(
    points=1, clause="RFC 3659 7.3.1", level=SHOULD, carries=True, covers=(128, 137), by_hand=typed("CWD d", "MLST"),
    after=("mlst_tells_of_one_path",),
    causes=("MLST shows the last component only: the client cannot tell which directory that is in",
            "without an argument the name is missing: it is the working directory"),
)
def mlst_names_what_it_was_asked_for(ftp, tree, check):
    """The name in MLST is the one that was given, or the whole path from the root; of nothing the working directory."""
    tree.mkdir("d")
    tree.write("d/f", b"")
    control = ftp.login()
    control.ask("CWD d", 250)
    check(mlst(control, "f").name in ("f", "/d/f"), expected="f or /d/f", observed=control.last.lines[1])
    check(mlst(control, "/d/f").name == "/d/f", expected="/d/f", observed=control.last.lines[1])
    check(mlst(control).name in ("/d", ".", ""), expected="/d, the working directory", observed=control.last.lines[1])


@scenario(
    points=3, clause="RFC 3659 7.2, 7.3", level=MUST, carries=True, covers=(129, 132), by_hand=typed("PASV", "MLSD d"),
    weather=(Weather.PLAIN, Weather.SHORT_IO),
    causes=("MLSD uses a data connection, MLST does not: 150, the lines, 226",
            "lines end with CR LF in every TYPE, and nothing is added to them by TYPE A",
            "cdir and pdir are the directory itself and the one above: what is in it is file or dir"),
)
def mlsd_lists_a_directory(ftp, tree, check):
    """MLSD: 150, a line with CRLF for each name and no other, the same in TYPE A and I, then 226."""
    tree.mkdir("d")
    tree.mkdir("d/sub")
    tree.write("d/f", b"four")
    tree.write("d/ a  b ", b"")
    tree.write("d/größe", b"12")
    control = ftp.login()
    seen = []
    for line in ("TYPE A", "TYPE I"):
        control.ask(line, 200)
        listed = mlsd(control, "d")
        check.equal(sorted(name for name in listed if name not in ("cdir", "pdir")),
                    [" a  b ", "f", "größe", "sub"], f"the names in {line}")
        seen.append([one.line for one in listed.values()])
    check.equal(seen[0], seen[1], "the lists in TYPE A and TYPE I")
    check.equal((listed["f"].facts["type"], listed["f"].facts["size"]), ("file", "4"), "type and size of f")
    check.equal(listed["sub"].facts["type"], "dir", "type of sub")
    control.ask("CWD d/sub", 250)
    check.equal([name for name in mlsd(control) if name not in ("cdir", "pdir")], [], "what is in an empty directory")
    control.in_step()


@scenario(
    points=2, clause="RFC 3659 7.5.1, 7.5.2", level=MUST, carries=True, covers=(132, 134), by_hand=typed("MLST l"),
    after=("mlsd_lists_a_directory",),
    causes=("unique is made of the name: it is to be the same for the same file under two names (device and inode)",
            "a link is shown as what it is, and not as what it points to; one that leads out is not followed at all",
            "the listing of the root has a directory above it: pdir, if there is one, is the root's own"),
)
def unique_knows_a_file_again(ftp, tree, outside, check):
    """unique is the same for a file and a link to it, in MLST, MLSD and for cdir, and differs between two files."""
    outside.write("secret", b"12345")
    tree.mkdir("d")
    for name in ("d/f", "d/g"):
        tree.write(name, b"four")
    tree.symlink("l", "d/f")
    tree.symlink("m", "d")
    tree.symlink("out", str(outside.path("secret")))
    control = ftp.login()
    listed = mlsd(control, "d")
    uniques = {name: mlst(control, name).facts["unique"] for name in ("d", "d/f", "d/g", "l", "m", "/")}
    check.equal(uniques["l"], uniques["d/f"], "unique of a link and of its target")
    check.equal(uniques["m"], uniques["d"], "unique of a link to a directory and of the directory")
    check.equal(listed["f"].facts["unique"], uniques["d/f"], "unique in MLSD and in MLST")
    check.equal(len({uniques[name] for name in ("d", "d/f", "d/g", "/")}), 4, "how many things were told apart")
    for kind, path in (("cdir", "d"), ("pdir", "/")):
        if kind in listed:
            check.equal(listed[kind].facts["unique"], uniques[path], f"unique of {kind} and of {path}")
    kinds = {name: found.facts["type"].lower() for name, found in mlsd(control).items()}
    check.equal((kinds["l"], kinds["m"]), ("file", "dir"), "types of links to a file and to a directory")
    check("pdir" not in kinds, expected="no directory above the root", observed=f"{kinds}")
    check(kinds.get("out", "os.").startswith("os."), expected="a link that leads out to be OS.unix=...",
          observed=f"{kinds}")
    check("5" not in (mlst(control, "out").facts.get("size"),), expected="nothing about a file outside the root",
          observed=control.last.text)


@scenario(
    points=1, clause="RFC 3659 7.2.1", level=MUST, carries=True, covers=(130,), by_hand=typed("PASV", "MLSD f"),
    after=("mlsd_lists_a_directory",),
    causes=("MLSD lists a file as LIST does: MLST is for files, and MLSD of one is 501",
            "the refusal comes behind 150, or leaves the client waiting on the data connection"),
)
def mlsd_is_for_directories(ftp, tree, check):
    """MLSD of a file is 501, of nothing 550; no 150 comes, and the session goes on."""
    tree.write("f", b"four")
    control = ftp.login()
    for line, code in (("MLSD f", 501), ("MLSD nope", 550)):
        with control.passive() as data:
            control.ask(line, code)
            data.close()
        control.in_step()
    check("f" in mlsd(control), expected="f in the list of the root", observed=f"{control.last}")


@scenario(
    points=3, clause="RFC 3659 7.8, 7.9", level=MUST, carries=True, covers=(125, 126),
    by_hand=typed("OPTS MLST size;type;", "FEAT", "MLST f"), after=("mlst_tells_of_one_path",),
    causes=("OPTS MLST replaces the selection, it does not add to it; OPTS MLST alone selects nothing",
            "a fact that is not known is passed over, and not refused", "FEAT marks with * what is selected now",
            "what is wrong with the line changes nothing: it is read as a whole before anything is stored"),
)
def opts_mlst_selects_the_facts(ftp, tree, check):
    """OPTS MLST: 200 with the facts now in use; MLST, MLSD and FEAT's stars follow; unknown ones are passed over."""
    tree.write("f", b"four")
    control = ftp.login()
    all_facts = [name.rstrip("*").lower() for name in (feature(control, "MLST") or "").split(";")[:-1]]
    check(set(USUAL.rstrip(";").split(";")) <= set(all_facts), expected=f"{USUAL} at least",
          observed=";".join(all_facts))

    def expect_facts(line: str, *wanted: str) -> None:
        reply = control.ask(line, 200)
        words = reply.text.lower().split()
        check.equal(words[:2], ["mlst", "opts"], f"the first words of the reply to {line}")
        check.equal(sorted("".join(words[2:]).split(";")), sorted([*wanted, ""]), f"the facts in the reply to {line}")
        check.equal(sorted(mlst(control, "f").facts), sorted(wanted), f"the facts of MLST behind {line}")
        marked = [name for name in (feature(control, "MLST") or "").split(";") if name.endswith("*")]
        check.equal(sorted(name.rstrip("*").lower() for name in marked), sorted(wanted), f"the stars behind {line}")

    expect_facts("OPTS MLST size;type;", "size", "type")
    expect_facts("OPTS MLST MODIFY;nonsense;Type;", "modify", "type")
    for line in ("OPTS MLST size; type;", "OPTS MLST size ;"):
        control.ask(line, 501)
    check.equal(sorted(mlst(control, "f").facts), ["modify", "type"], "the facts behind a line that was refused")
    expect_facts("OPTS MLST nonsense;")
    expect_facts("OPTS MLST unique;", "unique")
    expect_facts("OPTS MLST")
    check.equal(control.ask("MLST f", 250).lines[1][:2], "  ", "the two blanks before the name, where no fact is")
    other = ftp.login()
    check("size" in mlst(other, "f").facts, expected="the selection of another session untouched",
          observed=other.last.text)
