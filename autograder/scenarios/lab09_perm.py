"""Lab 9, the fact perm: what it says is allowed, and what is."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab04_files import typed
from autograder.scenarios.lab09_facts import mlsd, mlst
from autograder.wire.control import Control
from autograder.wire.reply import COMPLETION, INTERMEDIATE, REFUSAL


def permitted(control: Control, name: str, letter: str) -> bool:
    """Whether the command that a letter of perm stands for is carried out: on a file `name`, or in a directory."""
    def did(line: str) -> bool:
        return control.ask(line, COMPLETION, INTERMEDIATE, *REFUSAL).code < 400

    def moved(line: str, content: bytes | None = None) -> bool:
        with control.passive() as data:
            reply = control.ask(line, "1yz", *REFUSAL)
            if reply.code >= 400:
                return False
            if content is not None:
                data.send(content)
                data.close()
            else:
                data.read_all()
            return control.expect(COMPLETION, *REFUSAL).code < 400

    if letter in "rl":
        return moved(f"{'RETR' if letter == 'r' else 'NLST'} {name}")
    if letter in "aw":
        return moved(f"{'APPE' if letter == 'a' else 'STOR'} {name}", b"new")
    if letter == "c":
        return moved(f"STOR {name}/made", b"new")
    if letter == "e":
        entered = did(f"CWD {name}")
        return entered and did("CWD /")
    if letter == "f":
        return did(f"RNFR {name}")
    if letter == "m":
        return did(f"MKD {name}/made-dir")
    return did(f"RMD {name}") or did(f"DELE {name}")


@scenario(
    points=3, clause="RFC 3659 7.5.5", level=MUST, carries=True, covers=(133,), by_hand=typed("MLST f", "MLST d"),
    after=("mlst_tells_of_one_path",),
    causes=("perm is a constant, or the mode bits: it says which commands would be carried out now, for this user",
            "a name is deleted and renamed by the rights of its directory, not by its own",
            "letters of directories (c e l m p) stand at files, or those of files (a r w) at directories"),
)
def perm_says_what_is_allowed(ftp, tree, check):
    """Each letter of perm that MLST shows is a command that is carried out; each that is missing is refused."""
    tree.write("f", b"content")
    tree.write("locked", b"content", mode=0o444)
    tree.mkdir("d")
    tree.mkdir("empty")
    control = ftp.login()
    control.ask("TYPE I", 200)
    for name, letters in (("f", "rawf"), ("locked", "rawf"), ("d", "elcmf")):
        shown = mlst(control, name).facts["perm"]
        foreign = set(shown) & set("celmp" if name != "d" else "arw")
        check(not foreign, expected=f"letters that make sense for {name}", observed=shown)
        for letter in letters:
            allowed = permitted(control, name, letter)
            check.equal(allowed, letter in shown, f"whether {letter} goes at {name}, where perm={shown}")
    for name in ("f", "empty"):
        shown = mlst(control, name).facts["perm"]
        check.equal(permitted(control, name, "d"), "d" in shown, f"{name}: perm={shown}, whether d goes")
    shown = mlst(control, "/").facts["perm"]
    for letter in "df":
        allowed = permitted(control, "/", letter)
        check.equal(allowed, letter in shown, f"whether {letter} goes at the root, where perm={shown}")


@scenario(
    points=1, clause="RFC 3659 7.5.5", level=COURSE, carries=True, covers=(133, 176),
    options=("--user", "eve:looks:ro", "--user", "bob:works"), after=("perm_says_what_is_allowed",),
    by_hand="curl -s --user eve:looks ftp://127.0.0.1:{port}/ -X MLSD",
    causes=("perm goes by the file's mode alone: an account that may only read has r, e and l at most",),
)
def perm_of_a_reader_is_to_read(ftp, tree, check):
    """For an account that may only read, perm has r at a file and e and l at a directory, and nothing else."""
    tree.write("f", b"content")
    tree.mkdir("d")
    reader = ftp.login("eve", "looks")
    check.equal(mlst(reader, "f").facts["perm"], "r", "perm of a file")
    check.equal("".join(sorted(mlst(reader, "d").facts["perm"])), "el", "perm of a directory")
    check.equal(mlsd(reader)["f"].facts["perm"], "r", "perm in MLSD")
    writer = ftp.login("bob", "works")
    check("w" in mlst(writer, "f").facts["perm"], expected="w for an account that may write",
          observed=writer.last.text)
