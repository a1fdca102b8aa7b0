"""Lab 1: an echo server (RFC 862) and a client for it, over raw sockets."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, Weather, scenario

KiB, MiB = 1 << 10, 1 << 20
ECHO = "RFC 862"
TCP = "RFC 9293 3.6"  # closing a connection: each direction ends for itself
SERVER = "echo_server"
EVERY_BYTE = bytes(range(256))

ONE_RECV = "recv() returns what has arrived so far, be it one byte: it never waits for the buffer to be full"
ONE_SEND = "send() may take only a part of what it is given: its result says how much, the rest is yours to send again"
BY_HAND = "printf 'hello\\n' | nc -N 127.0.0.1 {port}"


@scenario(
    points=6, clause=ECHO, level=MUST, program=SERVER, by_hand=BY_HAND,
    causes=("the server listens but never calls accept(), or accepts and never reads",
            "the reply waits for the client to close: echo each piece as it comes"),
)
def echo_returns_what_it_was_sent(server):
    """The server sends back the bytes it was sent."""
    with server.connect() as client:
        client.expect_echo(b"hello\r\n")
        client.expect_echo(b"is there anybody?\r\n")


@scenario(
    points=6, clause=ECHO, level=MUST, program=SERVER, after=("echo_returns_what_it_was_sent",),
    by_hand="nc 127.0.0.1 {port}   # type a line and wait: it has to come back before you end the input",
    causes=("the server waits for a full buffer, a line end or a NUL before it answers", ONE_RECV),
)
def echo_answers_every_byte_at_once(server, rng):
    """A byte comes back before the next one is sent, forty times."""
    with server.connect() as client:
        for byte in rng.bytes(40):
            client.send(bytes([byte]))
            client.expect_bytes(bytes([byte]), "the byte just sent")


@scenario(
    points=6, clause=ECHO, level=MUST, program=SERVER, after=("echo_returns_what_it_was_sent",),
    by_hand="printf 'a\\0b\\377c' | nc -N 127.0.0.1 {port} | od -c",
    causes=("the length is taken with strlen() or the bytes pass through a C string: both end at a NUL",
            "bytes over 0x7F go through a signed char or a text conversion"),
)
def echo_keeps_every_byte_value(server):
    """All 256 byte values come back unchanged, NUL and 0xFF among them."""
    with server.connect() as client:
        client.expect_echo(EVERY_BYTE)
        client.expect_echo(EVERY_BYTE[::-1])


@scenario(
    points=6, clause=ECHO, level=MUST, program=SERVER, after=("echo_answers_every_byte_at_once",),
    weather=(Weather.PLAIN, Weather.SPLIT, Weather.COALESCED),
    by_hand="(printf 'four'; sleep 1; printf 'andsix'; sleep 1; printf 'next') | nc -N 127.0.0.1 {port}",
    causes=("recv() is called again with the whole buffer's size where only the rest was wanted",
            "bytes left over from one recv() are dropped before the next"),
)
def echo_keeps_the_order_of_odd_pieces(server, rng):
    """Messages of every size, cut anywhere, come back whole and in order."""
    sizes = [1, 4, 6, 10, 1023, 1024, 1025, 4095, 4096, 4097, 16 * KiB + 1]
    with server.connect() as client:
        for size in sizes + rng.sample(sizes, len(sizes)):
            message = rng.bytes(size)
            client.send(message)
            client.expect_bytes(message, f"the message of {size} bytes")


@scenario(
    points=8, clause="POSIX send(), recv()", level=MUST, program=SERVER, after=("echo_keeps_the_order_of_odd_pieces",),
    weather=(Weather.SHORT_IO,),
    by_hand="strace -e trace=sendto,recvfrom -p $(pgrep -n echo_server)   # compare what was asked with what was done",
    causes=(ONE_SEND, "a call that a signal interrupts (EINTR) is treated as a failure: it has to be made again"),
)
def echo_survives_short_reads_and_writes(server, rng):
    """Nothing is lost when every system call moves only a part of what it was asked to."""
    with server.connect() as client:
        client.expect_echo(rng.bytes(1 * MiB))


@scenario(
    points=6, clause=ECHO, level=MUST, program=SERVER, after=("echo_keeps_the_order_of_odd_pieces",),
    by_hand="head -c 50M /dev/urandom > r; nc -N 127.0.0.1 {port} < r | (sleep 1; cmp - r) && echo same",
    causes=(ONE_SEND, "EAGAIN on a non-blocking socket: wait until the socket can be written, then go on"),
)
def echo_waits_for_a_late_reader(server, rng):
    """A client that sends until every buffer is full, and only then reads, gets every byte back."""
    block = rng.bytes(1 * MiB)
    with server.connect(receive_buffer=64 * KiB) as client:
        total = client.send_until_stuck(block)
        client.half_close()
        for start in range(0, total, len(block)):
            client.expect_bytes(block[: total - start], f"byte {start:,} and on, of {total:,} sent")
        client.expect_eof()


@scenario(
    points=6, clause=TCP, level=MUST, program=SERVER, after=("echo_returns_what_it_was_sent",),
    by_hand="head -c 300k /dev/zero | nc -N 127.0.0.1 {port} | wc -c   # 307200",
    causes=("the server closes as soon as recv() returns 0, though bytes it read are not sent back yet",
            "recv() returning 0 is taken for an error: it says that the client ended *its* direction; yours is still open"),
)
def echo_finishes_after_a_half_close(server, rng):
    """A client that has sent everything and shut its direction down still gets everything, then the end."""
    message = rng.bytes(300 * KiB)
    with server.connect() as client:
        client.send(message)
        client.half_close()
        client.expect_bytes(message, "what was sent before the half-close")
        client.expect_eof()


@scenario(
    points=6, clause="RFC 862; POSIX accept()", level=MUST, program=SERVER, after=("echo_returns_what_it_was_sent",),
    by_hand="for i in 1 2 3; do echo $i | nc -N 127.0.0.1 {port}; done",
    causes=("accept() stands outside the loop, or the program exits after its first client",
            "the first client's socket is never closed, and the server still reads from it"),
)
def echo_serves_one_client_after_another(server):
    """The next client is served when one has gone, five times."""
    for number in range(5):
        with server.connect() as client:
            client.expect_echo(f"client {number}".encode())
            client.half_close()
            client.expect_eof()


@scenario(
    points=7, clause="POSIX send(), EPIPE", level=MUST, program=SERVER, after=("echo_serves_one_client_after_another",),
    by_hand="head -c 50M /dev/zero | timeout 0.1 nc 127.0.0.1 {port} > /dev/null; echo again | nc -N 127.0.0.1 {port}",
    causes=("SIGPIPE: writing to a connection whose peer is gone kills the process unless the signal is ignored or "
            "send() is given MSG_NOSIGNAL",
            "an error of one client (ECONNRESET, EPIPE) leaves the accept loop"),
)
def echo_survives_a_client_that_vanishes(server, rng):
    """A client that breaks the connection off in the middle of the answer takes nobody with it."""
    block = rng.bytes(64 * KiB)
    for _ in range(3):
        rude = server.connect(receive_buffer=4096)
        rude.send_until_stuck(block)  # it reads nothing: so the server is in the middle of a send
        rude.reset()
    with server.connect() as client:
        client.expect_echo(b"still there?")
        client.half_close()
        client.expect_eof()


@scenario(
    points=5, clause="POSIX recv(): 0 is end of file", level=MUST, program=SERVER, alone=True,
    after=("echo_serves_one_client_after_another",),
    by_hand="echo x | nc -N 127.0.0.1 {port}; top -b -n 1 -p $(pgrep -n echo_server)",
    causes=("recv() returning 0 is end of file, not \"nothing yet\": a loop that goes on spins for ever",
            "poll() is asked for POLLOUT all the time: a socket can nearly always be written"),
)
def echo_does_not_spin(server, step):
    """The process uses no CPU while a client is silent, nor after one has gone."""
    with server.connect() as silent:
        silent.expect_echo(b"x")
        server.expect_idle(0.3)
    step("the client has gone")
    server.expect_idle(0.3)
    with server.connect() as client:
        client.expect_echo(b"still there?")


@scenario(
    points=4, clause="POSIX close()", level=COURSE, program=SERVER, after=("echo_serves_one_client_after_another",),
    by_hand="ls /proc/$(pgrep -n echo_server)/fd   # the same after one client and after twenty",
    causes=("the client's socket is not closed on every path, errors among them",),
)
def echo_server_frees_its_descriptors(server, step):
    """Twenty clients later the process has no more descriptors open than after the first."""

    def visit(rude: bool) -> None:
        with server.connect() as client:
            client.expect_echo(b"hello")
            if rude:
                client.reset()
            else:
                client.half_close()
                client.expect_eof()

    visit(rude=False)
    before = server.usage()
    for number in range(20):
        visit(rude=number % 2 == 1)
    step("twenty clients came and went")
    server.expect_usage(before)


@scenario(
    points=4, clause="POSIX SO_REUSEADDR", level=COURSE, program=SERVER, after=("echo_returns_what_it_was_sent",),
    by_hand="start it on a fixed port, connect, kill -9 it, start it again on the same port at once",
    causes=("SO_REUSEADDR is not set, or set after bind(): the port is held for a minute by connections in TIME_WAIT",),
)
def echo_server_restarts_on_its_port(server):
    """Killed with a client connected and started again on the same port, it serves."""
    client = server.connect()
    client.expect_echo(b"before")
    server.restart(kill=True)
    client.close()
    with server.connect() as again:
        again.expect_echo(b"after")


@scenario(
    points=3, clause="course: exit status 0 on SIGTERM", level=COURSE, program=SERVER,
    after=("echo_returns_what_it_was_sent",), by_hand="kill $(pgrep -n echo_server); echo $?",
    causes=("the wait does not watch the stop descriptor", "Stopped is caught inside the loop and the loop goes on"),
)
def echo_server_stops_when_asked(server):
    """SIGTERM ends the server with exit status 0, even while a client is connected."""
    with server.connect() as client:
        client.expect_echo(b"hello")
        server.expect_exit()


@scenario(
    points=3, clause="course: command line", level=COURSE, program=SERVER, after=("echo_returns_what_it_was_sent",),
    by_hand="echo_server 65536; echo $?",
    causes=("the given main() was changed: port_argument() refuses these by itself",),
)
def echo_server_refuses_a_bad_command_line(program, check):
    """A missing, malformed or impossible port is one line on stderr and exit status 2."""
    for words in ([], ["abc"], ["65536"], ["-1"], ["12x"], ["1", "2"], [""]):
        ended = program.run(*words).expect_status(2)
        check(len(ended.errors.splitlines()) == 1, expected="one line on stderr", observed=repr(ended.errors))
