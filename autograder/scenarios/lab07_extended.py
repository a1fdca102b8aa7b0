"""Lab 7, EPRT and EPSV: data connections for both networks."""

from __future__ import annotations

import re
import socket

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab04_files import typed
from autograder.scenarios.lab07_active import DONE, OPENING, binary, download, listening
from autograder.scenarios.lab07_targets import REFUSED
from autograder.wire.control import Control
from autograder.wire.reply import REFUSAL
from autograder.wire.transcript import Divergence, Unsupported

EXTENDED = "RFC 2428 2, 3"
NETWORKS = re.compile(r"\(\d+(,\d+)*\)")


def extended_port(control: Control, line: str = "EPSV") -> int:
    """The port in the 229 reply to EPSV: (<d><d><d>port<d>)."""
    reply = control.ask(line, 229)
    found = re.search(r"\(([!-~])\1\1(\d{1,5})\1\)", reply.text)
    if found is None or not 0 < int(found[2]) < 65536:
        raise Divergence("229 with (|||port|) in it", reply.text)
    return int(found[2])


def retrieve_extended(control: Control, name: str, line: str = "EPSV") -> bytes:
    """A download over EPSV, from the host of the control connection."""
    with control.connect_data(control.wire.remote[0], extended_port(control, line)) as data:
        control.ask(f"RETR {name}", *OPENING)
        content = data.read_all()
        control.expect(*DONE)
    return content


def refuses_with_a_list(control: Control, line: str, *also: int) -> None:
    """522 and the networks in brackets; another code of `also` needs no list."""
    reply = control.ask(line, 522, *also)
    if reply.code == 522 and not NETWORKS.search(reply.text):
        raise Divergence("522 with the networks that are possible, as in (1,2)", reply.text)


def want_ipv6() -> None:
    """Raises Unsupported where nobody can listen on ::1."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        raise Unsupported("IPv6 on this machine") from None


@scenario(
    points=2, clause="RFC 2428 2", level=MUST, carries=True, covers=(144,), by_hand=typed("EPRT |1|127.0.0.1|51201|"),
    causes=("the delimiter is taken to be | always: it is whatever character stands first",
            "the last delimiter is missing from what is expected"),
)
def eprt_takes_any_delimiter(ftp, tree):
    """EPRT with |, !, ~ and others between its fields: 200, and the server connects there."""
    content = tree.write("f", b"content")
    control = binary(ftp)
    for mark in "|!~#;x":
        with listening(control) as listener:
            control.ask(f"EPRT {mark}1{mark}127.0.0.1{mark}{listener.port}{mark}", 200)
            control.ask("RETR f", *OPENING)
            with listener.accept() as data:
                data.expect(content, "f")
            control.expect(*DONE)


@scenario(
    points=2, clause="RFC 2428 2", level=MUST, carries=True, covers=(145,), by_hand=typed("EPRT |9|x|51201|", "EPRT |"),
    causes=("an unknown network is 522 with the list of those that are known, (1,2); nonsense is 501",
            "the port is not checked: 1 to 65535", "the host is not checked: numbers of the network that is named"),
)
def eprt_tells_nonsense_from_unknown_networks(ftp, tree, check):
    """An unknown network is 522 with (1,2); what cannot be read is 501; the session goes on."""
    content = tree.write("f", b"content")
    control = binary(ftp)
    for network in (3, 9, 27):
        refuses_with_a_list(control, f"EPRT |{network}|127.0.0.1|51201|")
    for argument in ("", "|", "||||", "|1|127.0.0.1|51201", "|1|127.0.0.1|", "|1|127.0.0.1|70000|", "|1|127.0.0.1|0|",
                     "|1|127.0.0.1|x|", "|1|300.0.0.1|51201|", "|1|127.0.0|51201|", "|x|127.0.0.1|51201|",
                     "|2|127.0.0.1|51201|", "127,0,0,1,200,1"):
        control.ask(f"EPRT {argument}", 501, 500)
    control.in_step()
    check.equal(control.retrieve("f"), content, "the file over PASV")


@scenario(
    points=2, clause="RFC 2577 3", level=COURSE, carries=True, covers=(55,), by_hand=typed("EPRT |1|127.0.0.2|51201|"),
    causes=("PORT is guarded against the bounce attack, EPRT is not: one check for both",),
)
def eprt_leads_to_the_client_only(ftp, tree):
    """EPRT to another host, of either network, or to a port below 1024 is refused, and nobody is connected to."""
    tree.write("f", b"content")
    control = binary(ftp)
    with listening(control, "127.0.0.2") as victim:
        control.ask(f"EPRT |1|127.0.0.2|{victim.port}|", *REFUSED)
        control.final("RETR f", 425)
        victim.expect_nobody()
    for argument in ("|2|2001:db8::7|51201|", "|1|127.0.0.1|25|", "|1|127.0.0.1|1023|"):
        control.ask(f"EPRT {argument}", *REFUSED, 522)


@scenario(
    points=3, clause="RFC 2428 3", level=MUST, carries=True, covers=(146, 51), by_hand="curl -v {url}f",
    causes=("the reply is 229 and (|||port|): three delimiters, the port, a fourth, in round brackets",
            "EPSV opens a second listener beside that of PASV instead of replacing it"),
)
def epsv_announces_a_port(ftp, tree, check):
    """EPSV is 229 with a port on the server's own host; the transfer goes over it; what was before it is closed."""
    content = tree.write("f", b"content")
    control = binary(ftp)
    for line in ("EPSV", "EPSV 1"):
        check.equal(retrieve_extended(control, "f", line), content, f"the file over {line}")
    _, earlier = control.passive_port()
    check.equal(retrieve_extended(control, "f"), content, "the file over EPSV after PASV")
    check(earlier not in (ftp.process.listening_ports() or ()), expected=f"the port {earlier} of PASV to be closed",
          observed="the server still listens there")
    control.final("RETR f", 425)
    control.in_step()


@scenario(
    points=2, clause="RFC 2428 3", level=MUST, carries=True, covers=(146,), by_hand=typed("EPSV 2", "EPSV 9", "EPSV x"),
    causes=("the argument is ignored: EPSV 2 asks for IPv6, which a client that came by IPv4 cannot have",),
)
def epsv_refuses_another_network(ftp):
    """EPSV with a network that is not that of the control connection is 522 with the list; nonsense is 501 or 522."""
    control = binary(ftp)
    for network in ("2", "3", "9"):
        refuses_with_a_list(control, f"EPSV {network}")
    for argument in ("x", "1 2", "ALLES"):
        control.ask(f"EPSV {argument}", 501, 522, 500)
    extended_port(control)


@scenario(
    points=2, clause="RFC 2428 4", level=MUST, carries=True, covers=(147,), after=("epsv_announces_a_port",),
    by_hand=typed("EPSV ALL", "PASV", "PORT 127,0,0,1,200,1", "EPSV"),
    causes=("EPSV ALL is a promise for the whole session: PASV, PORT and EPRT are refused from then on",
            "the promise is forgotten after the next transfer, or EPSV itself is refused too"),
)
def epsv_all_rules_out_the_others(ftp, tree, check):
    """After EPSV ALL, PORT, EPRT and PASV are refused for the session, EPSV is not; another session is not bound."""
    content = tree.write("f", b"content")
    control = binary(ftp)
    control.ask("EPSV ALL", 200)
    for _ in range(2):
        with listening(control) as listener:
            for line in (f"PORT {listener.six_numbers}", f"EPRT |1|127.0.0.1|{listener.port}|", "PASV"):
                control.ask(line, *REFUSAL)
        check.equal(retrieve_extended(control, "f"), content, "the file over EPSV")
    control.ask("RETR f", 425)
    control.quit()
    binary(ftp).passive_port()


@scenario(
    points=2, clause=EXTENDED, level=MUST, carries=True, covers=(144, 146, 148), after=("epsv_announces_a_port",),
    by_hand="ftp_server 2121 --bind ::1 & curl -v 'ftp://[::1]:2121/f'; curl -v -P - 'ftp://[::1]:2121/f'",
    causes=("EPRT and EPSV make AF_INET sockets only: the family is that of the address",
            "PASV over IPv6 announces an address that does not exist: it has none to offer"),
)
def both_networks_are_served(ftp, tree, check):
    """Over IPv6: EPSV and EPRT work, EPSV 2 too, EPSV 1 is 522, and PASV is refused."""
    want_ipv6()
    content = tree.write("f", b"content")
    server = ftp.start_another("--bind", "::1")
    server.host = "::1"
    control = binary(server)
    for line in ("EPSV", "EPSV 2"):
        check.equal(retrieve_extended(control, "f", line), content, f"the file over {line}")
    refuses_with_a_list(control, "EPSV 1")
    control.ask("PASV", *REFUSAL)
    with listening(control, "::1") as listener:
        control.ask(f"EPRT |2|::1|{listener.port}|", 200)
        download(control, listener, "f", content)
    control.in_step()


@scenario(
    points=1, clause="RFC 4291 2.5.5.2", level=MUST, carries=True, covers=(148,), after=("both_networks_are_served",),
    by_hand="ftp_server 2121 --bind :: --anonymous rw & curl -v -P - ftp://127.0.0.1:2121/f",
    causes=("a client that comes by IPv4 to a server on :: has the address ::ffff:127.0.0.1: it is IPv4 all the same, "
            "in PASV, in PORT and in the comparison of hosts",),
)
def ipv4_inside_ipv6_is_ipv4(ftp, tree, check):
    """A server on :: serves a client that comes by IPv4 with PASV, PORT, EPSV 1 and EPRT of network 1."""
    want_ipv6()
    content = tree.write("f", b"content")
    server = ftp.start_another("--bind", "::", "--anonymous", "rw")
    control = binary(server)
    check.equal(control.retrieve("f"), content, "the file over PASV")
    check.equal(retrieve_extended(control, "f", "EPSV 1"), content, "the file over EPSV 1")
    for line in ("PORT {}", "EPRT |1|127.0.0.1|{}|"):
        with listening(control) as listener:
            control.ask(line.format(listener.six_numbers if line.startswith("PORT") else listener.port), 200)
            download(control, listener, "f", content)
