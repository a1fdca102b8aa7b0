"""Lab 9, the client: many files and whole trees, by names that a server has made up."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, SHOULD, Weather, scenario
from autograder.scenarios.extended_peer import FEATURES, MS_DOS, PLAIN_FEATURES, Server, serve, verbs

CLIENT = "ftp_client"
SERVER_AND = "ftp_server 2121 & ftp_client --verbose 127.0.0.1 2121   # "
EVIL = ("sub/evil", "x/../../evil", "|touch evil", "ev\x1b[31mil", "../evil", "..")


def absolute(workdir) -> str:
    """A path that begins with '/', of a file beside the client's folder."""
    return str(workdir.root.parent / "evil")


def expect_nothing_outside(workdir, check):
    """No file called evil beside the client's folder."""
    beside = workdir.root.parent
    found = [path for path in (beside / "evil", beside / "evils") if path.exists()]
    check(not found, expected="nothing outside of the current directory", observed=f"{found} was made")


@scenario(
    points=2, clause="RFC 3659 7; RFC 959 4.1.3 (NLST)", level=MUST, program=CLIENT, carries=True, covers=(197,),
    by_hand=SERVER_AND + "mget *.c",
    causes=("the pattern is sent to the server: SIZE, RETR and MLSD take names, not patterns",
            "NLST is asked though FEAT announces MLSD, or MLSD though it does not",
            "the first file that fails ends the command"),
)
def mget_fetches_what_fits(client, peer, workdir, check):
    """mget asks for the names (by MLSD, or by NLST where FEAT does not announce it) and fetches what fits."""
    files = {"a.c": b"one", "b.c": b"two", "bc": b"three", "x.h": b"no", "d.c/": b"", ".c": b"hidden", "e f.c": b"four"}
    for features, verb in ((FEATURES, "MLSD"), (PLAIN_FEATURES, "NLST")):
        listed = {name: content for name, content in files.items() if features is FEATURES or not name.endswith("/")}
        shell = client.start_at(peer, "mget [ae]*.c b*", "quit")
        session = serve(peer, Server(listed, features=features))
        shell.finish().expect_status(0)
        workdir.expect_names("a.c", "b.c", "bc", "e f.c")
        for name in ("a.c", "b.c", "bc", "e f.c"):
            workdir.expect(name, files[name])
            workdir.remove(name)
        asked = {command.verb for command in session.heard} & {"MLSD", "NLST"}
        check.equal(asked, {verb}, "how the names were asked for")


@scenario(
    points=2, clause="course: names from a server", level=MUST, program=CLIENT, carries=True, covers=(190, 194),
    after=("mget_fetches_what_fits",), by_hand="mget * from a server that lists ../evil",
    causes=("a name that the server sent is opened as it is: ../.bashrc is a name too",
            "only names that begin with / or .. are refused: a/../../x leads out as well",
            "one bad name ends the command", "control bytes of the name reach the terminal in the error"),
)
def evil_names_are_refused(client, peer, workdir, check):
    """mget and mdelete of a list with ../evil, /etc/evil and the like: one line for each, only good names count."""
    for features in (FEATURES, PLAIN_FEATURES):
        names = (absolute(workdir), *EVIL)
        lines = tuple(f"type=file;size=1; {name}" for name in names) if features is FEATURES else names
        for command in ("mget", "mdelete"):
            shell = client.start_at(peer, f"{command} *", "quit")
            files = {"good": b"good", "x": b"fine"}
            session = serve(peer, Server(files, features=features, extra=lines))
            done = shell.finish().expect_status(1)
            told = len(done.errors.splitlines())  # * need not stand for the two that begin with a dot
            check(len(names) - 2 <= told <= len(names), expected=f"{command} to tell of each bad name in one line",
                  observed=repr(done.errors))
            check("\x1b" not in done.errors, expected="no control byte in the errors", observed=repr(done.errors))
            named = [heard.argument for heard in session.heard if heard.verb in ("RETR", "DELE")]
            check.equal(named, ["good", "x"], f"the names that {command} sent")
        workdir.expect_names("good", "x")
    expect_nothing_outside(workdir, check)


@scenario(
    points=1, clause="course: mput, mdelete", level=COURSE, program=CLIENT, carries=True, covers=(197,),
    by_hand=SERVER_AND + "mput *.c, mdelete *.c",
    causes=("the local pattern is not expanded: there is no file `*.c`", "the directories are sent with the names",
            "a pattern that fits nothing is no error"),
)
def mput_and_mdelete_expand_patterns(client, peer, workdir, check):
    """mput sub/*.c sends the files under their own names; mdelete deletes what fits; nothing that fits is an error."""
    workdir.mkdir("sub")
    workdir.mkdir("sub/d.c")
    for name in ("sub/a.c", "sub/b b.c", "sub/x.h"):
        workdir.write(name, name.encode())
    files = {"keep": b"", "old.c": b"", "older.c": b"", "dir.c/": b""}
    shell = client.start_at(peer, "mput sub/*.c", "mdelete old*", "quit")
    session = serve(peer, Server(files))
    shell.finish().expect_status(0)
    check.equal(verbs(session, "STOR"), ["STOR a.c", "STOR b b.c"], "the uploads")
    check.equal(sorted(files), ["a.c", "b b.c", "dir.c/", "keep"], "the files on the server")
    check.equal(files["b b.c"], b"sub/b b.c", "the content of an upload")
    for line in ("mput *.none", "mdelete *.none", "mget *.none"):
        shell = client.start_at(peer, line, "quit")
        serve(peer, Server(files))
        shell.finish().expect_status(1).expect_error()


@scenario(
    points=3, clause="RFC 3659 7", level=MUST, program=CLIENT, carries=True, covers=(186, 197),
    by_hand=SERVER_AND + "get -r tree", weather=(Weather.PLAIN, Weather.SPLIT),
    causes=("an empty directory is not made", "a name is cut at its first blank, or its 0xFF is lost",
            "a link that leads upwards is followed for ever: facts have `unique`",
            "one file that is refused ends the tree"),
)
def get_r_fetches_a_tree(client, peer, workdir, check):
    """get -r: empty directories, blanks, 0xFF, forty levels, and a loop; a file that is refused is one error."""
    deep = "/".join(f"d{level}" for level in range(40))
    files = {"t/": b"", "t/a  b": b"one", "t/\udcff": b"two", "t/empty/": b"", "t/sub/": b"", "t/sub/x": b"three"}
    files |= {f"t/{deep[:end]}/": b"" for end in range(len(deep) + 1) if deep[:end] and deep[end:end + 1] in ("/", "")}
    files[f"t/{deep}/bottom"] = b"four"
    server = Server(files, links={"t/sub/up": "t"}, extra=())
    shell = client.start_at(peer, "get -r t", "get -r t/ other", "get -r missing", "quit")
    session = serve(peer, server)
    done = shell.finish().expect_status(1)
    check.equal(len(done.errors.strip().splitlines()), 1, "the lines of errors: one, for the tree that is not there")
    for top in ("t", "other"):
        check(workdir.is_directory(f"{top}/empty"), expected=f"a directory {top}/empty", observed="there is none")
        for name, content in (("a  b", b"one"), ("sub/x", b"three"), (f"{deep}/bottom", b"four")):
            workdir.expect(f"{top}/{name}", content)
        workdir.expect(top.encode() + b"/\xff", b"two")
    workdir.expect_names("t", "other")
    listings = [command for command in session.heard if command.verb == "MLSD"]
    check(len(listings) < 120, expected="each directory to be listed once", observed=f"{len(listings)} listings")


@scenario(
    points=2, clause="course: LIST", level=SHOULD, program=CLIENT, carries=True, covers=(197,),
    after=("get_r_fetches_a_tree",), by_hand=SERVER_AND + "get -r tree   # with a server that knows no MLSD (vsftpd)",
    causes=("MLSD is sent though FEAT does not announce it", "the ninth word of a line is taken for the name",
            "LIST gets the directory as its argument: there, names are patterns, and a dash is an option"),
)
def get_r_reads_listings_too(client, peer, workdir):
    """Without MLSD: get -r reads LIST, as of `ls -l` and as of MS-DOS, in directories whose names look like options."""
    files = {"t/": b"", "t/a b 1 Jan": b"one", "t/-l x/": b"", "t/-l x/y": b"two", "t/empty/": b""}
    for listing in ("unix", MS_DOS):
        shell = client.start_at(peer, f"get -r t {listing}", "pwd", "quit")
        serve(peer, Server(files, features=PLAIN_FEATURES, listing=listing, extra=("total 3",)))
        shell.finish().expect_status(0).expect_output(r"(?m)(^|> )/$")
        workdir.expect(f"{listing}/a b 1 Jan", b"one")
        workdir.expect(f"{listing}/-l x/y", b"two")
        workdir.expect_names("a b 1 Jan", "-l x", "empty", within=listing)


@scenario(
    points=1, clause="course: names from a server", level=MUST, program=CLIENT, carries=True, covers=(190,),
    after=("get_r_fetches_a_tree",), by_hand="get -r t from a server that lists ../evil in t",
    causes=("names are looked at in mget only: a tree has names too, of directories as well",),
)
def a_tree_stays_in_its_directory(client, peer, workdir, check):
    """get -r of a directory that lists ../evil, `..` as a directory and the like: nothing outside, one line each."""
    lines = ("type=file; ../evil", "type=dir; ../evils", "type=dir; ..", f"type=file; {absolute(workdir)}",
             "type=file; |x")
    files = {"t/": b"", "t/good": b"good", "evil": b"evil", "t/evil": b"evil", "evils/": b"", "evils/x": b"evil"}
    shell = client.start_at(peer, "get -r t", "quit")
    session = serve(peer, Server(files, extra=lines))
    done = shell.finish().expect_status(1)
    check.equal(len(done.errors.strip().splitlines()), len(lines), "the lines of errors, one for each bad name")
    check.equal(verbs(session, "MLSD"), ["MLSD t"], "the listings")
    workdir.expect_names("t")
    workdir.expect_names("good", "evil", within="t")
    expect_nothing_outside(workdir, check)


@scenario(
    points=2, clause="course: put -r", level=COURSE, program=CLIENT, carries=True, covers=(186, 197),
    by_hand=SERVER_AND + "put -r tree",
    causes=("a directory that is there already ends it: MKD is refused with 550 or 521 then",
            "an empty directory is not made", "a link to a directory is followed, upwards and for ever"),
)
def put_r_sends_a_tree(client, peer, workdir, check):
    """put -r: empty directories, blanks, 0xFF; what is there already is no error; links to directories are left out."""
    workdir.mkdir("t")
    workdir.mkdir("t/empty")
    workdir.mkdir("t/sub")
    for name, content in (("t/a  b", b"one"), (b"t/sub/\xff", b"two"), ("t/sub/y", b"three")):
        workdir.write(name, content)
    workdir.symlink("t/sub/loop", "..")
    workdir.symlink("t/nowhere", "missing")
    files = {"t/": b"", "t/old": b"old"}
    shell = client.start_at(peer, "put -r t", "put -r t/ pub", "pwd", "quit")
    serve(peer, Server(files))
    shell.finish().expect_status(0).expect_output(r"(?m)(^|> )/$")
    wanted = {"t/old": b"old"}
    for top in ("t", "pub"):
        wanted |= {f"{top}/": b"", f"{top}/empty/": b"", f"{top}/sub/": b"", f"{top}/a  b": b"one",
                   f"{top}/sub/\udcff": b"two", f"{top}/sub/y": b"three"}
    check.equal(sorted(files), sorted(wanted), "the names on the server")
    for name, content in wanted.items():
        check.equal(files[name], content, f"the content of {name!r}")


@scenario(
    points=1, clause="RFC 2389 3; RFC 3659 3.1", level=SHOULD, program=CLIENT, carries=True, covers=(194,),
    by_hand=SERVER_AND + "newer f",
    causes=("FEAT is asked before every command", "what one server announced is believed of the next",
            "OPTS UTF8 is sent to a server that does not announce UTF8",
            "the local time is compared with the UTC of MDTM"),
)
def features_are_read_once_for_each_connection(client, peer, workdir, check):
    """FEAT goes out once on each connection, OPTS UTF8 ON only where UTF8 is announced; `newer` fetches by MDTM."""
    host, port = peer.address
    workdir.write("f", b"old")
    files = {"f": b"new", "g": b"g"}
    shell = client.start_at(peer, "mget g*", "mget *g", f"open {host} {port}", "mget ?", "newer f", "quit")
    first = serve(peer, Server(files))
    second = serve(peer, Server(files, features=PLAIN_FEATURES, times={"f": "20000101000000"}))
    shell.finish().expect_status(0)
    check.equal(verbs(first, "FEAT", "OPTS"), ["FEAT", "OPTS UTF8 ON"], "on the first connection")
    check.equal(verbs(second, "FEAT", "OPTS"), ["FEAT"], "on the second connection")
    check.equal(verbs(second, "RETR"), ["RETR f", "RETR g"], "the downloads, by mget: to newer, f is as new")
