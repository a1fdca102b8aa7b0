"""Lab 5, the data connection: PASV, what it says, what listens behind it, and who may come."""

from __future__ import annotations

import random
import socket
import time
from contextlib import ExitStack

from autograder.scenario import COURSE, MUST, scenario
from autograder.servers import FtpServer
from autograder.wire.control import Control
from autograder.wire.transcript import Divergence

DATA = "RFC 959 3.2"
STARTED = (150, 125)
DONE = (226, 250)
LOST = (425, 426, 451)  # the data connection did not come about, or broke
IMPATIENT = ("--stall-timeout", "1")
NC = ("nc -C 127.0.0.1 {port}   # USER anonymous, PASS x, PASV; "
      "then in a second terminal: nc 127.0.0.1 $((p1 * 256 + p2))")
CURL = "curl -v -o /dev/null ftp://127.0.0.1:{port}/"
OPENED = ("pasv_opens_the_port_that_it_tells",)


def binary(ftp: FtpServer, user: str = "anonymous", password: str = "kit@") -> Control:
    """A session that is logged in and has said TYPE I: files travel as they are."""
    control = ftp.login(user, password)
    control.ask("TYPE I", 200)
    return control


def data_ports(ftp: FtpServer) -> set[int] | None:
    """The ports on which the server listens beside its own; None where the system does not tell."""
    ports = ftp.process.listening_ports()
    return ports - {ftp.port} if ftp.port in ports else None


def taken_ports(stack: ExitStack, rng: random.Random, count: int) -> list[socket.socket]:
    """Sockets of the grader that listen on `count` ports side by side, until the stack is closed."""
    while True:
        first = rng.randrange(20_000, 60_000)
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        try:
            for port, sock in enumerate(sockets, first):
                sock.bind(("127.0.0.1", port))
                sock.listen()
        except OSError:
            for sock in sockets:
                sock.close()
        else:
            return sockets


def take_again(stack: ExitStack, port: int) -> socket.socket:
    """Listens on a port that the server has just used. Divergence when it keeps it."""
    until = time.monotonic() + 3
    while True:
        try:
            return stack.enter_context(socket.create_server(("127.0.0.1", port)))
        except OSError as error:
            if time.monotonic() > until:
                raise Divergence(f"port {port} to be given back behind QUIT", error.strerror or str(error)) from None
            time.sleep(0.02)  # between two tries


@scenario(
    points=4, clause="RFC 959 4.1.2; RFC 1123 4.1.2.6", level=MUST, carries=True, covers=(48,), by_hand=NC,
    causes=("p1 is the high byte of the port: p1 * 256 + p2; a port read from a sockaddr needs ntohs() first",
            "227 tells a port, but nothing listens there: bind() and listen() come before the reply",
            "getsockname() has to be asked of the new listener, not of the control connection"),
)
def pasv_opens_the_port_that_it_tells(ftp, check):
    """PASV: 227 with six numbers, and at that address and port the server listens for the client."""
    control = ftp.login()
    for _ in range(8):
        host, port = control.passive_port()
        ports = data_ports(ftp)
        check(ports is None or port in ports, expected="a data port of the server's own in 227",
              observed=f"227 tells port {port}; the server listens on {sorted(ports or ())}")
        control.connect_data(host, port).close()
    with control.passive():
        pass
    control.in_step()


@scenario(
    points=2, clause="RFC 959 4.1.2", level=MUST, carries=True, covers=(48,), after=OPENED,
    by_hand="ftp_server {port} --passive-ports 51200-51200; then PASV has to tell 127,0,0,1,200,0",
    causes=("the low byte is port % 256 and the high byte port / 256: both 0 to 255, never 256",
            "a byte over 127 went through a signed char and became negative",
            "--passive-ports is not heeded: options().passive_ports says where to look for a port"),
)
def pasv_writes_every_port_right(ftp, check, rng):
    """Ports whose low byte is 0, 127, 128 or 255 are told right, too."""
    for low_byte in (0, 127, 128, 255):
        with ExitStack() as stack:
            while True:  # somebody else may use such a port
                port = rng.randrange(130, 230) * 256 + low_byte
                sock = stack.enter_context(socket.socket())
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if sock.connect_ex(("127.0.0.1", port)) != 0:
                    break
        server = ftp.start_another("--passive-ports", f"{port}-{port}")
        control = server.login()
        check.equal(control.passive_port()[1], port, "the port in 227, the only one that was offered")
        control.connect_data("127.0.0.1", port).close()
        server.process.stop()


@scenario(
    points=2, clause="RFC 959 4.1.2", level=MUST, carries=True, covers=(48,), after=OPENED,
    options=("--bind", "0.0.0.0", "--anonymous", "rw"),
    by_hand="ftp_server {port} --bind 0.0.0.0 --anonymous rw; nc -C 127.0.0.2 {port}: 227 has to say 127,0,0,2",
    causes=("227 tells 0,0,0,0: that is the listener's wildcard and no address that anybody could call",
            "the host is taken from the host's name or its first interface: take the control connection's own end "
            "(getsockname), the address that this client has reached"),
)
def pasv_tells_the_address_that_the_client_reached(ftp):
    """227 tells the address to which the control connection was made, whichever of the host's that is."""
    for host in ("127.0.0.2", "127.0.0.1", "127.9.9.9"):
        ftp.host = host
        control = ftp.login()
        with control.passive():
            pass
        control.quit()


@scenario(
    points=2, clause="RFC 959 5.4 (425)", level=COURSE, carries=True, covers=(48,), after=OPENED,
    by_hand="ftp_server {port} --passive-ports 50000-50003, and let nc -l hold some of them",
    causes=("one port is tried and the first EADDRINUSE ends it: go on with the next, around the end of the range",
            "an exception of bind() ends the session instead of becoming 425"),
)
def pasv_passes_over_ports_in_use(ftp, rng):
    """Of five ports four are taken: PASV finds the fifth, and says 4yz when that is taken as well."""
    with ExitStack() as stack:
        sockets = taken_ports(stack, rng, 5)
        first = sockets[0].getsockname()[1]
        server = ftp.start_another("--passive-ports", f"{first}-{first + 4}")
        control = server.login()
        for free in rng.sample(range(5), 3):
            sockets[free].close()
            with control.passive():
                pass
            control.quit()  # the port is given back
            control = server.login()
            sockets[free] = take_again(stack, first + free)
        control.ask("PASV", "4yz")
        control.in_step()


@scenario(
    points=1, clause="RFC 2577 8", level=COURSE, carries=True, covers=(57,), after=OPENED, by_hand=NC,
    causes=("port 0 or a counter chooses the port: the next one can be foreseen, and a stranger gets there first",
            "the random generator is seeded with a constant or the time, or not at all"),
)
def data_ports_cannot_be_foreseen(ftp, check):
    """Twelve PASV, in two sessions, tell ports that do not follow one another."""
    ports = []
    for _ in range(2):
        control = ftp.login()
        ports += [control.passive_port()[1] for _ in range(6)]
        control.quit()
    steps = [abs(after - before) for before, after in zip(ports, ports[1:])]
    check(sum(step <= 64 for step in steps) <= 5 and ports[:6] != ports[6:],
          expected="data ports that nobody can foresee (steps over 64, another order in each session)",
          observed=f"ports {', '.join(map(str, ports))}")


@scenario(
    points=3, clause=DATA, level=MUST, carries=True, covers=(51, 58), after=OPENED,
    by_hand="thirty times PASV, then: ss -ltnp | grep ftp_server",
    causes=("the old listener is not closed when a new one takes its place",
            "the session's listener is not closed when the session ends"),
)
def pasv_replaces_the_one_before(ftp, check):
    """Of thirty PASV only the last one's listener is left, and at the end of the session not even that."""
    first = ftp.login()
    first.passive_port()
    first.quit()
    before = ftp.usage()
    control = ftp.login()
    for _ in range(30):
        last = control.passive_port()[1]
    ports = data_ports(ftp)
    check(ports is None or ports == {last}, expected=f"one data port open, {last}, which the last 227 told",
          observed=f"the server listens on {sorted(ports or ())}")
    control.quit()
    ftp.expect_usage(before)


@scenario(
    points=1, clause="RFC 959 5.4 (530)", level=MUST, carries=True, covers=(40,), after=OPENED,
    by_hand="printf 'PASV\\r\\nQUIT\\r\\n' | nc -q 1 127.0.0.1 {port}",
    causes=("the column `login` of a row is switched off", "the port is opened before the login is looked at"),
)
def pasv_needs_a_login(ftp, tree, check):
    """Before login PASV and every transfer command are 530, and no data port is opened."""
    tree.write("file", b"not for everybody")
    control = ftp.connect()
    for line in ("PASV", "RETR file", "STOR new", "APPE file", "STOU", "LIST", "NLST", "STAT file"):
        control.ask(line, 530)
    ports = data_ports(ftp)
    check(not ports, expected="no data port", observed=f"the server listens on {sorted(ports or ())}")
    tree.expect_names("file")


@scenario(
    points=2, clause="RFC 2577 4", level=COURSE, carries=True, covers=(56,), after=OPENED,
    by_hand="after PASV: nc -s 127.0.0.9 127.0.0.1 PORT; then RETR file: nc must not show it",
    causes=("whoever connects first gets the data: compare the peer's address with the control connection's peer",
            "after the stranger's connection the server gives up without closing it"),
)
def strangers_get_no_data(ftp, tree, check):
    """Somebody from another address who connects first gets no byte; the client gets its file, or 425."""
    content = tree.write("file", 1000)
    control = binary(ftp)
    host, port = control.passive_port()
    with control.connect_data(host, port, source="127.0.0.9") as stranger, control.connect_data(host, port) as data:
        if control.ask("RETR file", *STARTED, 425).code != 425 and control.expect(*DONE, 425, 426).code in DONE:
            stranger.expect_gone()
            check(stranger.channel.received_bytes == 0, expected="no data for the stranger from 127.0.0.9",
                  observed=f"it got {stranger.channel.received_bytes} bytes")
            data.expect(content)
        else:
            stranger.expect_gone()
    control.in_step()


@scenario(
    points=1, clause="RFC 2428 1", level=COURSE, carries=True, covers=(148,), after=OPENED,
    by_hand="ftp_server {port} --bind ::1; nc -C ::1 {port}",
    causes=("six numbers cannot hold an IPv6 address: 0,0,0,0 or an IPv4 address of the host would be a lie",
            "the exception for an address that is no IPv4 ends the session"),
)
def pasv_over_ipv6_is_refused(ftp, step):
    """On a control connection over IPv6, PASV is 522 or 425 and the session lives on."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        step("this machine has no IPv6: nothing to be seen")
        return
    server = ftp.start_another("--bind", "::1")
    server.host = "::1"
    control = server.login()
    control.ask("PASV", 522, 425)
    control.in_step()
