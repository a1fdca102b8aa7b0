"""Lab 7, to whom a server connects and to whom it does not, and what becomes of it when it cannot."""

from __future__ import annotations

import socket

from autograder.scenario import COURSE, MUST, SHOULD, scenario
from autograder.scenarios.lab04_files import typed
from autograder.scenarios.lab07_active import DONE, OPENING, announce, binary, download, listening
from autograder.wire.transcript import Unsupported

REFUSED = (504, 500, 501)  # what a server says that does not connect there


def privileged_pair(rng) -> int:
    """A port L below 1024 such that L and L - 1 are free and may be bound. Unsupported where that is not allowed."""
    for _ in range(20):
        port = rng.randint(700, 1023)
        try:
            for one in (port, port - 1):
                socket.create_server(("127.0.0.1", one)).close()
            return port
        except PermissionError:
            raise Unsupported("ports below 1024, which this user may not bind") from None
        except OSError:
            continue
    raise Unsupported("ports below 1024: all that were tried are taken")


@scenario(
    points=3, clause="RFC 959 5.4", level=MUST, carries=True, covers=(52,), after=("the_server_connects_after_port",),
    by_hand=typed("PORT 127,0,0,1,255,254", "RETR f", "NOOP"),
    causes=("the result of connect() is not looked at, and 226 follows", "two final replies: 425 and then 226 or 426",
            "the target of STOR is truncated before the data connection stands", "the session ends with the failure"),
)
def a_connection_refused_is_one_425(ftp, tree):
    """Nobody listens at the address: one 425, the file that STOR names is whole, and the session goes on."""
    content = tree.write("f", b"old and dear")
    control = binary(ftp)
    with listening(control) as listener:
        closed = listener.six_numbers
    for line in ("RETR f", "STOR f", "LIST"):
        control.ask(f"PORT {closed}", 200)
        control.final(line, 425)
        control.in_step()
    tree.expect("f", content)
    with listening(control) as listener:
        announce(control, listener)
        download(control, listener, "f", content)


@scenario(
    points=3, clause="RFC 2577 3", level=COURSE, carries=True, covers=(55,),
    after=("the_server_connects_after_port",), by_hand=typed("PORT 127,0,0,2,200,1", "RETR f"),
    causes=("a client can make this server connect to anybody (the FTP bounce attack): compare the host in PORT with "
            "the peer of the control connection", "the refusal comes, but the address is kept and used"),
)
def port_leads_to_the_client_only(ftp, tree):
    """PORT with an address that is not the client's is refused, and nobody is connected to, then or later."""
    tree.write("f", b"content")
    control = binary(ftp)
    with listening(control, "127.0.0.2") as victim:
        control.ask(f"PORT {victim.six_numbers}", *REFUSED)
        control.final("RETR f", 425)
        victim.expect_nobody()
    for argument in ("192,0,2,7,200,1", "0,0,0,0,200,1", "255,255,255,255,200,1"):
        control.ask(f"PORT {argument}", *REFUSED)
    control.in_step()


@scenario(
    points=2, clause="RFC 2577 3", level=COURSE, carries=True, covers=(55,),
    options=("--allow-foreign-data",), by_hand=typed("PORT 127,0,0,1,0,25"),
    causes=("ports below 1024 belong to services: no client listens there, and the server must not be made to talk to "
            "them, whatever --allow-foreign-data says",),
)
def port_leads_to_no_privileged_port(ftp):
    """PORT to a port below 1024 is refused, with --allow-foreign-data as well; 1024 is the first that is not."""
    control = binary(ftp)
    for low in ("0,25", "0,21", "3,255", "0,1", "0,0"):
        control.ask(f"PORT 127,0,0,1,{low}", *REFUSED)
    control.ask("PORT 127,0,0,1,4,0", 200)
    control.in_step()


@scenario(
    points=1, clause="RFC 2577 3", level=COURSE, carries=True, covers=(55,), options=("--allow-foreign-data",),
    after=("the_server_connects_after_port",), by_hand=typed("PORT 127,0,0,2,200,1"),
    causes=("--allow-foreign-data is not looked at: with it, another host's address is as good as the client's",),
)
def foreign_addresses_are_served_on_request(ftp, tree):
    """With --allow-foreign-data one server's data may go to another host, as in a transfer between two servers."""
    content = tree.write("f", b"content")
    control = binary(ftp)
    with listening(control, "127.0.0.2") as listener:
        announce(control, listener)
        download(control, listener, "f", content)


@scenario(
    points=1, clause="RFC 959 3.2, 5.2", level=COURSE, carries=True, after=("the_server_connects_after_port",),
    by_hand="start the server with --bind 127.0.0.5, and look at its data connection with `ss -tn`",
    causes=("the data connection is made from whatever address the system likes: bind() the socket to the local "
            "address of the control connection first",),
)
def the_server_calls_from_its_own_address(ftp, tree, check):
    """A server at 127.0.0.5 connects from 127.0.0.5: a client that looks who is calling finds the one it talks to."""
    content = tree.write("f", b"content")
    other = ftp.start_another("--bind", "127.0.0.5")
    other.host = "127.0.0.5"
    control = binary(other)
    with listening(control) as listener:
        announce(control, listener)
        control.ask("RETR f", *OPENING)
        with listener.accept() as data:
            check.equal(data.remote[0], "127.0.0.5", "the address from which the server connects")
            data.expect(content, "f")
        control.expect(*DONE)


@scenario(
    points=1, clause="RFC 959 5.4", level=MUST, carries=True, covers=(40,),
    by_hand="printf 'PORT 127,0,0,1,200,1\\r\\nEPSV\\r\\nQUIT\\r\\n' | nc -q 1 127.0.0.1 {port}",
    causes=("the rows of the new commands forgot the policy `login`",),
)
def data_connections_want_a_login(ftp, check):
    """Before login PORT, EPRT, EPSV and PASV are 530, and no port is opened for them."""
    control = ftp.connect()
    for line in ("PORT 127,0,0,1,200,1", "EPRT |1|127.0.0.1|51201|", "EPSV", "EPSV ALL", "PASV"):
        control.ask(line, 530)
    ports = ftp.process.listening_ports()
    check(not ports or set(ports) == {ftp.port}, expected="the server to listen on its own port only",
          observed=f"it listens on {ports}")
    control.login()
    control.passive_port()


@scenario(
    points=1, clause="RFC 959 3.2", level=MUST, carries=True, covers=(58,), after=("the_last_of_port_and_pasv_holds",),
    causes=("the socket that connects is not closed on some way out: a refused connection, a broken transfer",),
    by_hand="ls -l /proc/$(pidof ftp_server)/fd, before and after some transfers",
)
def active_transfers_leave_nothing_open(ftp, tree):
    """Transfers, refused connections, and PORT after PORT leave no descriptor open behind them."""
    content = tree.write("f", b"content")
    first = binary(ftp)
    first.retrieve("f")
    first.quit()
    before = ftp.usage()
    control = binary(ftp)
    with listening(control) as closed:
        nowhere = closed.six_numbers
    for _ in range(10):
        with listening(control) as listener:
            announce(control, listener)
            announce(control, listener)
            download(control, listener, "f", content)
        control.ask(f"PORT {nowhere}", 200)
        control.final("RETR f", 425)
    control.quit()
    ftp.expect_usage(before)


@scenario(
    points=1, clause="RFC 959 3.2, 5.2", level=SHOULD, carries=True, covers=(54,),
    after=("the_server_connects_after_port",), by_hand="sudo ftp_server 21, and `ss -tn` while it sends",
    causes=("the default data port of a server is the one below its control port, 20 for 21: bind() to it where that "
            "is privileged and allowed, and to any port where it is not",),
)
def a_privileged_server_calls_from_the_port_below(ftp, tree, rng, check):
    """A server on a port L below 1024 connects from L - 1, again and again."""
    content = tree.write("f", b"content")
    ftp.port = privileged_pair(rng)
    ftp.restart()
    control = binary(ftp)
    for _ in range(3):
        with listening(control) as listener:
            announce(control, listener)
            control.ask("RETR f", *OPENING)
            with listener.accept() as data:
                check.equal(data.remote[1], ftp.port - 1, "the port from which the server connects")
                data.expect(content, "f")
            control.expect(*DONE)
