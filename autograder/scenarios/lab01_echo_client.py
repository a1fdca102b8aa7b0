"""Lab 1, the client: two directions at the same time."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, Weather, scenario
from autograder.scenarios.lab01_echo import ECHO, EVERY_BYTE, ONE_SEND, TCP, KiB, MiB

CLIENT = "echo_client"


def come_to_an_end(wire):
    """A moment for the client to find the end of its input. A server that ended before it would take it by surprise."""
    wire.readable(wire.conditions.lull(1))


@scenario(
    points=6, clause=ECHO, level=MUST, program=CLIENT,
    by_hand="echo_client 127.0.0.1 7 < file   # against: nc -l 127.0.0.1 7",
    causes=("the client reads one answer and ends: it has to go on until the server ends",
            "standard output is not written, or only at the end and never flushed"),
)
def client_prints_what_comes_back(client, peer, rng):
    """The client sends its standard input and prints the answer, every byte of it."""
    message = EVERY_BYTE + rng.bytes(20 * KiB)
    running = client.start(*peer.address, stdin=message)
    with peer.accept() as wire:
        wire.expect_bytes(message, "the client's standard input")
        wire.send(message[:300])
        running.expect_output(message[:300])  # at once: the server may wait for somebody to read it
        wire.send(message[300:])
        come_to_an_end(wire)
    running.finish().expect_status(0).expect_stdout(message)


@scenario(
    points=4, clause=TCP, level=MUST, program=CLIENT, after=("client_prints_what_comes_back",),
    by_hand="nc -l 127.0.0.1 7 & echo_client 127.0.0.1 7 < /dev/null",
    causes=("the end of standard input does nothing: it has to shut the sending direction down",
            "close() instead of shutdown(SHUT_WR): that ends both directions, and the answer is lost"),
)
def client_half_closes_at_the_end_of_its_input(client, peer):
    """At the end of its input the client ends its own direction and goes on reading."""
    running = client.start(*peer.address, stdin=b"question")
    with peer.accept() as wire:
        wire.expect_bytes(b"question")
        wire.expect_eof()
        wire.send(b"the answer comes after the end of your side")
    running.finish().expect_status(0).expect_stdout(b"the answer comes after the end of your side")


@scenario(
    points=6, clause=ECHO, level=MUST, program=CLIENT, after=("client_prints_what_comes_back",), seconds=30,
    by_hand="head -c 64M /dev/urandom > r; echo_client 127.0.0.1 {port} < r | cmp - r",
    causes=("the client sends everything before it reads anything: both sides' buffers fill up and both wait for ever",
            "while a send waits for the server to read, nobody takes what the server sends"),
)
def client_does_not_deadlock_on_a_long_answer(client, peer, rng):
    """64 MiB go out and 64 MiB come in: a server that does not read for a while is read all the same."""
    block = rng.bytes(1 * MiB)
    running = client.start(*peer.address, stdin=block * 64, output_limit=65 * MiB)
    with peer.accept(receive_buffer=64 * KiB) as wire:
        wire.expect_bytes(block, "the first MiB of the client's standard input")
        wire.send(block * 64)  # meanwhile nobody takes what the client sends
        for _ in range(63):
            wire.expect_bytes(block, "the rest of the client's standard input")
        come_to_an_end(wire)
    running.finish().expect_status(0).expect_stdout(block * 64)


@scenario(
    points=4, clause="POSIX send(), recv()", level=MUST, program=CLIENT, after=("client_prints_what_comes_back",),
    weather=(Weather.SHORT_IO,),
    by_hand="strace -e trace=read,write,sendto,recvfrom echo_client 127.0.0.1 {port} < file",
    causes=(ONE_SEND, "write() to standard output is cut short too, when it is a pipe"),
)
def client_survives_short_reads_and_writes(client, peer, rng):
    """Nothing is lost when every system call moves only a part of what it was asked to."""
    message = rng.bytes(200 * KiB)
    running = client.start(*peer.address, stdin=message)
    with peer.accept() as wire:
        wire.expect_bytes(message, "the client's standard input")
        wire.send(message)
        come_to_an_end(wire)
    running.finish().expect_status(0).expect_stdout(message)


@scenario(
    points=4, clause="course: exit status", level=COURSE, program=CLIENT, after=("client_prints_what_comes_back",),
    by_hand="echo_client 127.0.0.1 1 < /dev/null; echo $?",
    causes=("connect() fails and the client goes on", "the exit status is 0 whatever happened"),
)
def client_reports_what_went_wrong(client, peer, check):
    """A refused connection, and a server that ends before it took everything, are one line on stderr and status 1."""
    running = client.start(*peer.address, stdin=client.PIPE)  # open: there may be more to send
    with peer.accept() as wire:
        wire.send(b"no, thank you")
    running.process.wait(5)
    early = running.finish().expect_status(1).expect_stdout(b"no, thank you")
    address = peer.address
    peer.close()
    refused = client.run(*address).expect_status(1)
    for ended in (early, refused):
        check(len(ended.errors.splitlines()) == 1, expected="one line on stderr", observed=repr(ended.errors))
