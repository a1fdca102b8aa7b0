"""Lab 10, transfers: bytes that the kernel moves by itself, and listings that two threads make."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.cost import at_most, cpu_of, moved_by
from autograder.scenarios.lab08_server import DONE, STARTED, binary, open_data, served
from autograder.scenarios.lab10_parked import PARKED
from autograder.wire.yardstick import sendfile_copies, sendfile_cpu_seconds
from autograder.workspace import GiB, KiB, MiB

COPIED = ("retr_copies_nothing",)
STRACE = "strace -f -c -p $(pgrep -n ftp_server), and a download of a large file: read and write, or sendfile?"


def cheaper_than_text(ftp, check, share, action, what):
    """TYPE I takes at most this share of the CPU time of TYPE A, which has to look at each byte: for kernels that count nothing."""
    control = ftp.login()

    def in_type(kind):
        control.ask(f"TYPE {kind}", 200)
        return cpu_of(ftp, lambda: action(control))

    at_most(check, share, of="TYPE A", what=f"{what} in TYPE I", own=lambda: in_type("I"), other=lambda: in_type("A"))


def pages_are_sent(control, tree, check):
    """What is written into a file reaches a client for which its bytes wait already: they are the file's own pages."""
    tree.write("pages", b"a" * (4 * MiB))
    with control.passive() as data:
        control.ask("RETR pages", *STARTED)
        waiting = data.arrived(64 * KiB)
        tree.overwrite("pages", b"b" * (4 * MiB))
        copies = data.read(waiting).count(b"a")
        data.discard_to_eof()
        control.expect(*DONE)
    check(copies <= waiting / 2, expected="the file's own pages to be on their way: what is written into the file "
          f"changes the {waiting:,} bytes that wait at the client", observed=f"{copies:,} of them are copies of what was there")


@scenario(
    points=5, clause="course: no copy", level=COURSE, after=PARKED, alone=True, options=("--log-level", "warning"),
    by_hand=STRACE,
    causes=("the file is read into memory and written from there: sendfile(2) leaves it to the kernel",
            "the file is mapped and sent from there: send(2) copies it too", "small pieces: each call costs",
            "sendfile(2) fails at once and the fallback does it all: look at errno",
            "each byte is looked at, though nothing has to be changed"),
)
def retr_copies_nothing(ftp, tree, check):
    """RETR of 512 MiB in TYPE I: the kernel sends the file's own pages, some at a time; the program copies nothing."""
    tree.sparse("big", 512 * MiB)

    def fetch(control):
        with control.passive() as data:
            control.ask("RETR big", *STARTED)
            check.equal(data.discard_to_eof(), 512 * MiB, "bytes")
            control.expect(*DONE)

    control = binary(ftp)
    moved = moved_by(ftp, lambda: fetch(control))
    if not moved:  # a kernel that does not count
        cheaper_than_text(ftp, check, 0.75, fetch, "RETR")
        return
    check(moved.read - moved.written < 64 * MiB, expected="next to nothing of 512 MiB to be read into the program's "
          "memory and sent from there (rchar less wchar in /proc/PID/io: what sendfile(2) moves is in both)",
          observed=f"{moved.read - moved.written:,} bytes")
    check(moved.writes < 512 * MiB / (64 * KiB), expected="fewer than 8,192 calls for 512 MiB (syscw in /proc/PID/io)",
          observed=f"{moved.writes:,} calls")
    if not sendfile_copies(tree.path()):
        pages_are_sent(control, tree, check)
    at_most(check, 3, of="a bare loop of sendfile(2)", what="RETR", own=lambda: cpu_of(ftp, lambda: fetch(control)),
            other=lambda: sendfile_cpu_seconds(tree.path("big")))


@scenario(
    points=4, clause="course: no copy", level=COURSE, after=PARKED, alone=True, options=("--log-level", "warning"),
    by_hand=STRACE,
    causes=("what comes is read into memory and written from there: splice(2) moves it through a pipe",
            "the pipe is as small as it is made: F_SETPIPE_SZ"),
)
def stor_copies_nothing(ftp, tree, check):
    """STOR of 256 MiB in TYPE I: the bytes do not pass through write(2), or at least cost less CPU than in TYPE A."""
    block = bytes(1 * MiB)

    def store(control):
        with control.passive() as data:
            control.ask("STOR big", *STARTED)
            data.send_stream(block for _ in range(256))
            data.close()
            control.expect(*DONE, seconds=60)
        check.equal(tree.stat("big").st_size, 256 * MiB, "bytes in the file")

    control = binary(ftp)
    moved = moved_by(ftp, lambda: store(control))
    if not moved:  # a kernel that does not count
        cheaper_than_text(ftp, check, 0.9, store, "STOR")
        return
    check(moved.written < 64 * MiB, expected="next to nothing of 256 MiB to be written from the program's memory (wchar "
          "in /proc/PID/io)", observed=f"{moved.written:,} bytes")


@scenario(
    points=4, clause="RFC 959 3.1.1, 5.3.2", level=MUST, after=COPIED, by_hand="curl -T f -a ftp://127.0.0.1:{port}/f",
    causes=("splice(2) into a file that is open for appending fails with EINVAL: what is in the pipe by then has left "
            "the socket, and has to be written in another way", "the fallback begins behind what was lost",
            "sendfile(2) begins at the offset it is given, not at where the file stands",
            "a file that was replaced is held open: what has no name any more still takes room on the disk"),
)
def no_byte_is_lost_on_the_way(ftp, tree, rng):
    """APPE, STOR over an old file, empty files and odd sizes: every byte is in its place, and no old file is kept."""
    old = tree.write("log", rng.bytes(1000))
    control = binary(ftp)
    more = rng.bytes(3 * MiB + 17)
    control.store("log", more, verb="APPE")
    tree.expect("log", old + more)
    before = ftp.usage()
    for size in (0, 1, 4095, 65537, 2 * MiB, 5 * MiB + 1):
        content = rng.bytes(size)
        control.store("file", content)
        tree.expect("file", content)
        with control.passive() as data:
            control.ask("RETR file", *STARTED)
            data.expect(content, "file")
            control.expect(*DONE)
    ftp.expect_usage(before, seconds=4)


@scenario(
    points=3, clause="RFC 959 3.1.1, 3.4", level=MUST, after=COPIED,
    by_hand="curl --use-ascii ftp://127.0.0.1:{port}/text | od -c",
    causes=("the kernel moves the bytes as they are, though TYPE A or MODE B want them changed",),
)
def what_must_be_changed_is_changed(ftp, tree):
    """TYPE A and MODE B still do what they should, between transfers that copy nothing."""
    tree.write("text", b"one\ntwo\n")
    control = binary(ftp)
    for line, expected in (("TYPE I", b"one\ntwo\n"), ("TYPE A", b"one\r\ntwo\r\n"), ("TYPE I", b"one\ntwo\n")):
        control.ask(line, 200)
        with control.passive() as data:
            control.ask("RETR text", *STARTED)
            data.expect(expected, line)
            control.expect(*DONE)
    control.ask("TYPE A", 200)
    control.store("other", b"a\r\nb\r\n")
    tree.expect("other", b"a\nb\n")


@scenario(
    points=4, clause="RFC 959 4.1.3 (ABOR)", level=MUST, after=COPIED,
    by_hand="RETR of 4 GiB in one window, the data to /dev/null; ABOR",
    causes=("the pump asks its waiter only when the socket is full: a fast client's never is",
            "one call is given the whole file"),
)
def abor_ends_a_transfer_at_full_speed(ftp, tree):
    """ABOR while 4 GiB go to a client that reads as fast as they come: 426 and 226 within seconds, not at the end."""
    tree.sparse("huge", 4 * GiB)
    control = binary(ftp)
    with control.passive() as data:
        control.ask("RETR huge", *STARTED)
        data.discard(64 * MiB)
        control.send("ABOR")
        data.discard_to_eof()
        control.expect(426, seconds=5)
        control.expect(226, 225)
    control.in_step()


@scenario(
    points=3, clause="course: no signal kills the server", level=MUST, after=COPIED,
    by_hand="curl --max-time 1 --limit-rate 1k ftp://127.0.0.1:{port}/big; pgrep ftp_server",
    causes=("sendfile(2) knows no MSG_NOSIGNAL: SIGPIPE has to be ignored",
            "a reset in a splice is taken for the end of the file"),
)
def clients_that_vanish_in_a_transfer(ftp, tree):
    """Data connections that are reset in the middle, down and up: 426, the server lives, no half a file is left."""
    tree.sparse("big", 1 * GiB)
    for politely in (False, True, False, True):
        control = binary(ftp)
        data = open_data(control)
        control.ask("RETR big", *STARTED)
        data.read(1 * KiB)
        if politely:
            data.half_close()  # a reset behind that is EPIPE, and so SIGPIPE, where it else is ECONNRESET
        data.reset()
        control.expect(426, 451)
        control.in_step()
        data = open_data(control)
        control.ask("STOR half", *STARTED)
        data.send(bytes(1 * MiB))
        data.reset()
        control.expect(426, 451, 425)
    tree.expect_absent("half")
    served(ftp, tree)


@scenario(
    points=3, clause="RFC 959 4.1.3 (LIST)", level=MUST, after=PARKED, by_hand="curl ftp://127.0.0.1:{port}/ | sort | uniq -d",
    causes=("a list that several threads make has to be put together in order: each piece once, none left out",
            "the thread that helps has to end when the client goes away in the middle, and to be joined",
            "what the threads share is not guarded: run the tests with ThreadSanitizer"),
)
def long_listings_are_whole(ftp, tree, check):
    """LIST, NLST and MLSD of 3,000 names: each once and with its size, also behind a list that the client breaks off."""
    sizes = {f"{number:04}-{'n' * 150}": number % 10 for number in range(3000)}
    first = list(sizes)[:10]
    for name in first:
        tree.write(name, bytes(sizes[name]))
    for name in list(sizes)[10:]:
        tree.link(name, first[sizes[name]])
    control = binary(ftp)
    for verb in ("LIST", "MLSD"):
        with control.passive() as data:
            control.ask(verb, *STARTED)
            data.read(1 * KiB)
            data.reset()
            control.expect(426, 451, 226)
    found = {
        "LIST": [(line.split(b" ")[-1], b"".join(line.split()[4:5])) for line in control.list()],
        "MLSD": [(line.split(b" ")[-1], line.lower().partition(b"size=")[2].partition(b";")[0])
                 for line in control.list(verb="MLSD") if b"=file;" in line],
        "NLST": [(name, b"") for name in control.list(verb="NLST")],
    }
    wanted = [name.encode() for name in sizes]
    for verb, lines in found.items():
        check.equal(sorted(name for name, _ in lines), wanted, f"the names in {verb}")
    for verb in ("LIST", "MLSD"):
        wrong = [name for name, size in found[verb] if size != b"%d" % sizes[name.decode()]]
        check.equal(wrong, [], f"the names to which {verb} gives a wrong size")
    control.in_step()
