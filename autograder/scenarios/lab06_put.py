"""Lab 6, put, append and ls: what leaves this side, and what comes as a list."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, Weather, scenario
from autograder.scenarios.client_talk import CLIENT, SERVER_AND, failed, moved, succeeded, talk
from autograder.wire import faults
from autograder.wire.faults import Fault
from autograder.workspace import MiB

RUNS = ("client_session_in_a_terminal",)
WORKS = ("put_sends_every_byte",)
ALL_BYTES = bytes(range(256))


@scenario(
    points=4, clause="RFC 959 3.4", level=MUST, program=CLIENT, carries=True, covers=(178, 192), after=RUNS,
    weather=(Weather.PLAIN, Weather.SHORT_IO), by_hand=SERVER_AND + "put a file; then cmp the two",
    causes=("one send() takes part of what it is given: its result says how much",
            "the file is read as text or as a C string",
            "the end of the file is told by the end of the data connection: close it",
            "append is APPE, put is STOR"),
)
def put_sends_every_byte(client, peer, workdir, rng, check):
    """put and append send a file byte for byte: empty, all 256 values, 3 MiB; then close the data connection."""
    contents = {"empty": b"", "all.bin": ALL_BYTES * 3 + b"\r\n\n\r\xff", "big.bin": rng.bytes(3 * MiB)}
    for name, content in contents.items():
        workdir.write(name, content)
    lines = (*(f"put {name}" for name in contents), "put all.bin sub/other.bin", "append all.bin")
    with talk(client, peer, *lines) as (session, shell):
        for name, content in contents.items():
            got, data = session.serve_stor()
            check.equal(got, name, "the name in STOR")
            check.equal(data, content, f"what came for {name}")
        check.equal(session.serve_stor(), ("sub/other.bin", contents["all.bin"]), "name and bytes of the fourth")
        check.equal(session.serve_stor(verbs=("APPE",)), ("all.bin", contents["all.bin"]), "name and bytes of APPE")
    done = succeeded(shell)
    for name, content in contents.items():
        done.expect_output(moved(name, len(content)))


@scenario(
    points=3, clause="course: the local side comes first", level=COURSE, program=CLIENT, carries=True, covers=(189,),
    after=WORKS,
    by_hand=SERVER_AND + "put nothing; then ls: is it answered?",
    causes=("STOR is sent before the local file is opened: the server waits for data, or keeps an empty file",
            "a directory can be opened, but not read"),
)
def put_of_a_missing_file_sends_nothing(client, peer, workdir):
    """put of a file that is missing, or a directory: an error and not a byte to the server; the next command works."""
    workdir.mkdir("folder")
    workdir.fifo("pipe")
    with talk(client, peer, "put nothing", "put folder", "put pipe", "append nothing", "cd after") as (session, shell):
        session.expect_command("CWD")  # diverges at STOR
        session.reply("250 Done.")
    failed(shell, "nothing").expect_error("folder").expect_error("pipe")


@scenario(
    points=3, clause="RFC 959 5.4", level=MUST, program=CLIENT, carries=True, covers=(188, 189, 192), after=WORKS,
    by_hand="put a file into a full disk",
    causes=("the final reply is not read, or its code is not looked at", "after a 553 the data are sent all the same",
            "a reply that was not read is taken for the answer to the next command"),
)
def put_that_is_refused_is_a_failure(client, peer, workdir, check):
    """553 at once, 552 after all the data, 425: each is an error with the server's words; the session stays in step."""
    content = workdir.write("a", 100_000)
    with talk(client, peer, "put a", "put a", "put a", "put a") as (session, shell):
        session.serve_stor(faults.REFUSED_553)
        session.serve_stor(faults.WHOLE_552)
        session.serve_stor(faults.REFUSED_425)
        check.equal(session.serve_stor()[1], content, "the bytes of the fourth")
    done = failed(shell, "name not allowed").expect_error("storage").expect_error("data connection")
    check.equal(done.output.count("100000"), 1, "transfers told as done")


@scenario(
    points=3, clause="RFC 959 5.4", level=MUST, program=CLIENT, carries=True, covers=(189, 192), after=WORKS,
    by_hand="put a big file and end the server's session in the middle",
    causes=("the peer's end makes send() fail, and SIGPIPE ends the program: MSG_NOSIGNAL",
            "the error of send() is told, but the server's final reply is left unread",
            "the client goes on sending to a server that has said 552: look at the control connection too"),
)
def put_that_the_server_ends_is_a_failure(client, peer, workdir, check):
    """The server takes some data, resets or closes the data connection, and says 426 or 552: an error, in step."""
    workdir.write("big", 8 * MiB)
    after = workdir.write("after", b"after")
    full = Fault("552 in the middle", share=0.1, final=b"552 Quota exceeded.\r\n")
    reset = Fault("reset in the middle", share=0.1, ending=faults.Ending.RESET, final=b"426 Connection closed.\r\n")
    with talk(client, peer, "put big", "put big", "put big", "put after") as (session, shell):
        session.serve_stor(reset)
        session.serve_stor(full)
        session.expect_command("STOR")
        session.reply("150 Go on.")
        with session.open_data() as data:  # an end, and a reset behind it: now send() means SIGPIPE
            data.half_close()
            data.read_some()
        session.wire.expect_silence(0.2)  # the client meets the broken connection before it hears why
        session.reply("451 Something broke.")
        check.equal(session.serve_stor()[1], after, "the bytes of the fourth")
    failed(shell, "Connection closed").expect_error("Quota").expect_error("Something broke")


@scenario(
    points=3, clause="RFC 959 4.1.3", level=MUST, program=CLIENT, carries=True, covers=(181,), after=RUNS,
    weather=(Weather.PLAIN, Weather.DRIP), by_hand=SERVER_AND + "ls, ls -la, ls sub, nlist",
    causes=("a data connection is used twice: each listing has its own PASV",
            "an empty listing is a success", "the lines are cut at blanks, or at the buffer's end"),
)
def ls_prints_what_the_server_lists(client, peer, check):
    """ls and nlist print the list's lines, whole; options and path go along; an empty list is no error."""
    lines = ("drwxr-xr-x   2 ftp      ftp          4096 Jan 01  2024 sub",
             "-rw-r--r--   1 ftp      ftp            13 Jan 01  2024  leading and trailing ", "-rw-r--r-- schöne Grüße")
    asked = (("ls", "LIST", ""), ("ls -la", "LIST", "-la"), ("ls sub", "LIST", "sub"), ("nlist 'a b'", "NLST", "a b"))
    with talk(client, peer, *(line for line, *_ in asked), "ls empty") as (session, shell):
        for _, verb, argument in asked:
            listing = "".join(f"{line}\r\n" for line in lines).encode()
            check.equal(session.serve_retr(listing, verbs=(verb,)), argument, f"the argument of {verb}")
        session.serve_list()
    done = succeeded(shell)
    for line in lines:
        check.equal(done.stdout.count(line.encode()), len(asked), f"times that `{line}` is printed")
    check(b"\r" not in done.stdout, expected="lines that end as lines do here", observed="a carriage return on stdout")
