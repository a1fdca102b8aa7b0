"""Lab 5, downloads: RETR."""

from __future__ import annotations

import shutil
import subprocess

from autograder.scenario import COURSE, MUST, Weather, scenario
from autograder.scenarios.lab05_data import CURL, DATA, DONE, OPENED, STARTED, binary
from autograder.workspace import KiB, MiB

EVERY_BYTE = bytes(range(256))
SENT = ("retr_sends_every_byte",)
REFUSED = (550, 450, 551, 553)


@scenario(
    points=4, clause="RFC 959 4.1.3, 5.2", level=MUST, carries=True, covers=(52, 53, 84), after=OPENED,
    weather=(Weather.PLAIN, Weather.SPLIT, Weather.SHORT_IO),
    by_hand="curl -sS ftp://127.0.0.1:{port}/file | cmp - {root}/file && echo same",
    causes=("send() took only a part, or read() gave only a part: both say how much",
            "the data went through a C string: it ended at a NUL",
            "the data connection stays open: in stream mode its end is the end of the file",
            "150 comes before the data, 226 after the data connection is closed"),
)
def retr_sends_every_byte(ftp, tree, rng):
    """RETR: 150, the file byte for byte, the end of the data connection, 226."""
    content = tree.write("file", EVERY_BYTE * 3 + rng.bytes(300 * KiB))
    control = binary(ftp)
    with control.passive() as data:
        control.ask("RETR file", *STARTED)
        data.expect(content)
        control.expect(*DONE)
    control.in_step()
    tree.expect("file", content)


@scenario(
    points=2, clause="RFC 959 4.1.3", level=MUST, carries=True, covers=(90,), after=SENT,
    by_hand=": > {root}/empty; " + CURL + "empty",
    causes=("a size of 0 is taken for an error, or for \"not known yet\"",
            "the loop waits for a first byte that never comes: read() returning 0 is the end of the file"),
)
def retr_of_an_empty_file(ftp, tree):
    """A file of no bytes is sent like any other: 150, nothing, the end, 226."""
    tree.write("empty", b"")
    control = binary(ftp)
    with control.passive() as data:
        control.ask("RETR empty", *STARTED)
        data.expect(b"", "the empty file")
        control.expect(*DONE)
    control.in_step()


@scenario(
    points=2, clause=DATA, level=MUST, carries=True, covers=(48, 49), after=SENT, by_hand=CURL + "file",
    causes=("the session keeps the data connection of an earlier transfer and uses it again",
            "the session still thinks that PASV was said: a transfer uses it up",
            "no connector in the session means 425, before anything else is done"),
)
def one_pasv_serves_one_transfer(ftp, tree):
    """Without a PASV of its own a transfer is 425, both at first and after another transfer."""
    content = tree.write("file", 5000)
    control = binary(ftp)
    for line in ("RETR file", "STOR new", "APPE file", "LIST", "NLST"):
        control.final(line, 425, 503)
    tree.expect_names("file")
    for _ in range(3):
        with control.passive() as data:
            control.ask("RETR file", *STARTED)
            data.expect(content)
            control.expect(*DONE)
        control.final("RETR file", 425, 503)
    control.in_step()


@scenario(
    points=2, clause="RFC 959 5.4 (550)", level=MUST, carries=True, covers=(84, 170, 172), after=SENT,
    by_hand=CURL + "nowhere",
    causes=("150 is sent before the file is opened: open first, then 150",
            "open() of a directory succeeds with O_RDONLY: ask fstat() what it is",
            "open() of a FIFO waits for a writer: Root::open_file does not",
            "the error is thrown where nobody turns it into a reply"),
)
def retr_refuses_what_it_cannot_send(ftp, tree, outside):
    """What is missing, a directory, a FIFO or outside of the root gets one refusal and no 150."""
    outside.write("secret", b"secret")
    tree.mkdir("directory")
    tree.fifo("pipe")
    tree.symlink("door", "../outside/secret")
    tree.write("file", b"fine")
    control = binary(ftp)
    for name in ("nowhere", "directory", "pipe", "door", "../outside/secret", "file/x", "/", ""):
        control.passive_port()
        control.ask(f"RETR {name}", *REFUSED, *((501,) if not name else ()))
    control.in_step()
    with control.passive() as data:
        control.ask("RETR file", *STARTED)
        data.expect(b"fine")
        control.expect(*DONE)


@scenario(
    points=1, clause="RFC 959 4.1.3", level=COURSE, carries=True, covers=(84, 90), after=SENT,
    by_hand="chmod 444 {root}/file; " + CURL + "file",
    causes=("the file is opened for reading and writing: RETR only reads",),
)
def retr_of_what_may_only_be_read(ftp, tree):
    """A file that nobody may write to, such as a program that is running, is sent all the same."""
    content = tree.write("file", 1000, mode=0o444)
    shutil.copy("/bin/sleep", tree.path("program"))
    control = binary(ftp)
    with subprocess.Popen([tree.path("program"), "60"]) as running:  # not even root may write to it now
        try:
            for name, wanted in (("file", content), ("program", tree.read("program"))):
                with control.passive() as data:
                    control.ask(f"RETR {name}", *STARTED)
                    data.expect(wanted)
                    control.expect(*DONE)
        finally:
            running.kill()
    control.in_step()


@scenario(
    points=2, clause=DATA, level=COURSE, carries=True, covers=(60,), after=("retr_refuses_what_it_cannot_send",),
    by_hand="PASV, connect with nc, then RETR nowhere: nc has to end",
    causes=("the refusal leaves the data connection open that the client has made: whoever reads it waits for ever",
            "only the listener is closed: a connection that waits in its line has to be accepted and closed"),
)
def refused_retr_ends_the_data_connection(ftp):
    """After 550 a data connection that stands already is closed: the client does not wait for its end."""
    control = binary(ftp)
    with control.passive() as data:
        control.ask("RETR nowhere", *REFUSED)
        data.expect_gone()
    with control.passive() as data:
        control.ask("LIST nowhere", *REFUSED)
        data.expect_gone()
    control.in_step()


@scenario(
    points=1, clause=DATA, level=COURSE, carries=True, covers=(60,), after=("retr_refuses_what_it_cannot_send",),
    by_hand="PASV, RETR nowhere, then connect to the port and RETR file",
    causes=("the connector is given up by a command that was refused: only a transfer that begins uses it up",),
)
def refused_retr_keeps_the_listener(ftp, tree):
    """After 550 the listener is still there: the next transfer command may use it."""
    content = tree.write("file", 5000)
    control = binary(ftp)
    host, port = control.passive_port()
    control.ask("RETR nowhere", *REFUSED)
    with control.connect_data(host, port) as data:
        control.ask("RETR file", *STARTED)
        data.expect(content)
        control.expect(*DONE)
    control.in_step()


@scenario(
    points=2, clause="RFC 959 5.3; RFC 3659 2.2", level=MUST, carries=True, covers=(16, 20, 150), after=SENT,
    by_hand="curl -sS 'ftp://127.0.0.1:{port}/two%20%20blanks'",
    causes=("the argument is cut at a blank: it is everything behind the one blank after the verb",
            "leading or trailing blanks are trimmed: they belong to the name",
            "a name is used as a format string or handed to a shell"),
)
def names_are_taken_as_they_are(ftp, tree, rng):
    """Blanks, quotes, 8-bit bytes, percent signs and shell characters in a name mean themselves, both ways."""
    control = binary(ftp)
    for name in (b"two  blanks", b" leading", b"trailing ", b"-dash", b'"quoted"', b"per%n%s", b"a;touch b",
                 b"$(touch c)", "\u00e9t\u00e9".encode(), b"\xe9t\xe9", b"star*", b"back\\slash"):
        content = tree.write(name, rng.bytes(100))
        with control.passive() as data:
            control.ask(b"RETR " + name, *STARTED)
            data.expect(content)
            control.expect(*DONE)
        with control.passive() as data:
            control.ask(b"STOR " + name, *STARTED)
            data.send(content[::-1])
            data.close()
            control.expect(*DONE)
        tree.expect(name, content[::-1])
    tree.write(b"\xff\xff", b"two octets")
    with control.passive() as data:
        control.ask(b"RETR \xff\xff\xff\xff", *STARTED)  # each octet 0xFF is doubled on a Telnet connection
        data.expect(b"two octets")
        control.expect(*DONE)
    tree.expect_absent("b")
    tree.expect_absent("c")


@scenario(
    points=3, clause="RFC 959 5.2", level=MUST, carries=True, covers=(31, 53), after=SENT, seconds=20,
    by_hand="RETR of 16 MB with `nc PORT | (sleep 5; wc -c)`: 226 has to wait for it",
    causes=("226 is sent when the transfer has begun, or by another thread than the one that sends the data",
            "the data connection is closed or reset with bytes in it that were not sent yet"),
)
def completion_follows_the_last_byte(ftp, tree):
    """A client that reads slowly gets everything, and 226 no sooner than the end of it."""
    content = tree.write("file", 16 * MiB)
    control = binary(ftp)
    with control.passive(receive_buffer=32 * KiB) as data:
        control.ask("RETR file", *STARTED)
        data.expect_bytes(content[:64 * KiB], "the first bytes of the file")
        control.wire.expect_silence(0.2)
        data.expect_bytes(content[64 * KiB:8 * MiB], "the next bytes of the file")
        control.wire.expect_silence(0.05)
        data.expect(content[8 * MiB:], "the rest of the file")
        control.expect(*DONE)
    control.in_step()


@scenario(
    points=1, clause="RFC 959 5.4", level=MUST, carries=True, covers=(61,), after=SENT,
    by_hand="yes | nc 127.0.0.1 PORT, then RETR file",
    causes=("close() with bytes in the socket that nobody has read resets the connection: shutdown(SHUT_WR) first, "
            "then read away what came",
            "what comes on a download is taken for a command, or for the end"),
)
def data_against_the_stream_is_ignored(ftp, tree):
    """Bytes that the client sends on the data connection of a RETR change nothing."""
    content = tree.write("file", 300 * KiB)
    control = binary(ftp)
    for _ in range(2):
        with control.passive(receive_buffer=32 * KiB) as data:  # so that the last bytes still wait in the server's end
            data.send(b"nobody has asked for this\r\n" * 40)
            control.ask("RETR file", *STARTED)
            data.expect(content)
            control.expect(*DONE)
    control.in_step()
