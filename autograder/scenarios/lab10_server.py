"""Lab 10, the server as a whole: how clients come in, what it tells of itself, and how it ends."""

from __future__ import annotations

import re
import signal
import socket
import time
from http.client import HTTPConnection, HTTPException

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab08_limits import admitted
from autograder.scenarios.lab10_parked import PARKED, threads_come_down_to
from autograder.scenarios.server_talk import DONE, STARTED, Told, binary, open_data, served
from autograder.wire.transcript import Divergence
from autograder.workspace import KiB, MiB

METRICS = ("metrics_tell_what_happened",)
COUNTED = ("--metrics", "0")


def metrics_port(ftp):
    """The port that the server's log names: it was told to take a free one."""
    line = ftp.expect_log(r"metrics.*127\.0\.0\.1:\d{1,5}")
    return int(re.findall(r"127\.0\.0\.1:(\d{1,5})", line)[-1])


def fetch(port, path):
    """Status and body of a GET. A server that does not answer so has failed: that is no fault of the grader's."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read(16 * MiB).decode("utf-8", "replace")
    except (OSError, OverflowError, HTTPException) as error:
        raise Divergence(f"an answer in HTTP to GET {path} on 127.0.0.1:{port}", repr(error)) from None
    finally:
        connection.close()


def metrics(ftp):
    """All samples: name with labels -> number."""
    status, text = fetch(metrics_port(ftp), "/metrics")
    if status != 200:
        raise Divergence("200 for GET /metrics", str(status))
    samples = Told()
    for line in text.splitlines():
        if line and not line.startswith("#"):
            found = re.fullmatch(r"([a-z_:]+(?:\{[^}]*\})?) (\d+(?:\.\d+)?(?:e[+-]?\d+)?)", line)
            if not found:
                raise Divergence("lines of the text exposition format: name{label=\"value\"} number", line)
            samples[found[1]] = float(found[2])
    return samples


@scenario(
    points=3, clause="course: clients come in crowds", level=MUST, after=PARKED,
    by_hand="for i in $(seq 200); do curl -s ftp://127.0.0.1:{port}/ & done; wait",
    causes=("one client is let in for each time the loop goes round, with something slow in between",
            "the loop lets in whoever comes, without end, and serves nobody meanwhile"),
)
def a_storm_of_clients(ftp, check):
    """Three hundred clients connect before one is read from: all are greeted, and who is in is served meanwhile."""
    inside = ftp.login()
    wires = [ftp.dial() for _ in range(300)]
    inside.in_step()
    for wire in wires:
        wire.expect_bytes(b"220", "a greeting")
    inside.in_step()
    for wire in wires:
        wire.reset()
    served_again = ftp.login()
    served_again.in_step()
    threads = threads_come_down_to(ftp, 8)
    check(threads <= 8, expected="at most 8 threads", observed=f"{threads} threads")


@scenario(
    points=4, clause="course: EMFILE is survived", level=MUST, after=PARKED, alone=True,
    by_hand="prlimit --nofile=40 ftp_server {port}; fifty times nc",
    causes=("accept(2) fails, the client stays in the line, and the loop is woken for it again at once: busy",
            "an exception of accept(2) ends the loop", "the listener is not watched again when descriptors are free"),
)
def no_descriptor_left(ftp, check):
    """With descriptors for two dozen sessions: who is in is served, no CPU is burnt, and there is room again later."""
    ftp.restart(limits={"n": 40})
    inside = ftp.login()
    wires = [ftp.dial() for _ in range(60)]
    until = time.monotonic() + 2
    greeted = [wire for wire in wires if wire.readable(until) and wire.read_until(b"\r\n").startswith(b"220")]
    check(10 < len(greeted) < 40, expected="some two dozen greetings", observed=f"{len(greeted)}")
    inside.in_step()
    ftp.expect_idle(0.6, share=0.35)
    for wire in wires:
        wire.close()
    _, greeting = admitted(ftp, seconds=5)
    check(greeting.startswith(b"220"), expected="220 when descriptors are free again", observed=repr(greeting))
    inside.in_step()


@scenario(
    points=4, clause="course: SIGTERM", level=COURSE, after=PARKED, options=("--stop-timeout", "10"), seconds=30,
    by_hand="an upload by hand: kill -TERM in the middle of it, and then the rest of the bytes",
    causes=("the stop ends what runs at once: workers wait through the listener's waiter, and transfers through lab 8's door",
            "the exit does not wait for the workers", "sessions that come back are parked again instead of being told 421"),
)
def sigterm_lets_a_transfer_end(ftp, tree, rng, check):
    """SIGTERM in an upload: parked sessions get 421 at once, the upload may end (226), then 421, and exit status 0."""
    idle = ftp.login()
    content = rng.bytes(40 * KiB)
    control = binary(ftp)
    data = open_data(control)
    control.ask("STOR file", *STARTED)
    data.send(content[:1000])
    ftp.process.signal(signal.SIGTERM)
    idle.expect(421)
    idle.expect_closed()
    idle.close()
    check(ftp.process.wait(0.6) is None, expected="the server to wait for the upload", observed="it has ended")
    data.send(content[1000:])
    data.close()
    control.expect(*DONE)
    control.expect(421)
    control.close()
    tree.expect("file", content)
    ftp.expect_exit(signal.SIGTERM)


@scenario(
    points=3, clause="course: SIGTERM", level=MUST, after=PARKED,
    by_hand="STOR and no data; kill -TERM; echo $?",
    causes=("what runs is waited for without a limit: the waiter of the workers has to be stopped in the end",
            "clients that have been told 421 and do not close are waited for"),
)
def sigterm_waits_for_nobody_for_long(ftp, tree, check):
    """SIGTERM with stalled transfers, silent clients and new ones that still come: exit 0 within three seconds."""
    tree.write("file", b"content")
    for line in ("RETR file", "STOR new", "LIST"):
        control = binary(ftp)
        control.passive_port()
        control.ask(line, *STARTED)
    for _ in range(20):
        ftp.login()
    ftp.expect_exit(signal.SIGTERM, seconds=4)
    tree.expect_names("file")


@scenario(
    points=5, clause="course: --metrics", level=COURSE, after=PARKED, options=COUNTED,
    by_hand="ftp_server {port} --metrics 9100; curl http://127.0.0.1:9100/metrics",
    causes=("bytes are counted for one direction only", "replies are counted when they are sent by the loop, and not "
            "when a worker sends them", "a histogram's bucket holds only what is not in the smaller ones"),
)
def metrics_tell_what_happened(ftp, tree, check):
    """After known commands the counters say exactly that: replies by code, bytes by direction, sessions, times."""
    tree.write("file", b"x" * 1000)
    control = binary(ftp)
    before = metrics(ftp)
    for _ in range(3):
        control.retrieve("file")
    control.store("new", b"y" * 70)
    control.ask("CWD none", 550)
    idle = ftp.login()
    after = metrics(ftp)

    def grown(name):
        return after.get(name, 0) - before.get(name, 0)

    for name, expected in (
        ('ftp_replies_total{code="226"}', 4), ('ftp_replies_total{code="550"}', 1),
        ('ftp_replies_total{code="230"}', 1), ('ftp_bytes_total{direction="sent"}', 3000),
        ('ftp_bytes_total{direction="received"}', 70), ("ftp_sessions_total", 1), ("ftp_transfer_seconds_count", 4),
    ):
        check.equal(grown(name), expected, name)
    for name in ("ftp_command_seconds", "ftp_transfer_seconds"):
        buckets = [value for key, value in after.items() if key.startswith(name + "_bucket")]
        check(buckets == sorted(buckets) and buckets[-1:] == [after[name + "_count"]],
              expected=f"the buckets of {name} to grow up to {name}_count", observed=str(buckets))
    idle.in_step()


@scenario(
    points=3, clause="course: --metrics", level=COURSE, after=METRICS, options=COUNTED,
    by_hand="STOR and no data; curl http://127.0.0.1:9100/metrics | grep -E 'sessions|transfers|workers'",
    causes=("a gauge is stored when the loop goes round: while it sleeps, it tells of the past",
            "sessions that a worker runs are not counted"),
)
def metrics_tell_what_is(ftp, check):
    """The gauges: how many sessions are parked and running, transfers and workers, now and not some time ago."""
    for _ in range(5):
        ftp.login()
    held = []
    for index in range(2):
        control = binary(ftp)
        held.append((control, open_data(control)))
        control.ask(f"STOR f{index}", *STARTED)
    until = time.monotonic() + 3
    wanted = {'ftp_sessions{state="parked"}': 5, 'ftp_sessions{state="running"}': 2, "ftp_transfers": 2, "ftp_workers": 2}
    while True:
        seen = {name: metrics(ftp).get(name) for name in wanted}
        if seen == wanted or time.monotonic() > until:
            break
    check.equal(seen, wanted, "gauges")
    for control, data in held:
        data.close()
        control.expect(*DONE)
    until = time.monotonic() + 3
    while metrics(ftp).get("ftp_workers") != 0 and time.monotonic() < until:
        ftp.process.wait(0.05)
    check.equal(metrics(ftp).get("ftp_transfers"), 0.0, "ftp_transfers")
    check.equal(metrics(ftp).get("ftp_workers"), 0.0, "ftp_workers")


@scenario(
    points=3, clause="course: --metrics", level=COURSE, after=METRICS, options=COUNTED,
    by_hand="curl -i http://127.0.0.1:9100/ ; nc 127.0.0.1 9100, silent, and FTP meanwhile",
    causes=("whoever asks for metrics and says nothing holds up the loop", "it listens on all addresses",
            "every path is answered"),
)
def metrics_are_for_this_machine(ftp, tree, check):
    """Only on 127.0.0.1, only /metrics; clients of it that say nothing or nonsense hold up no session."""
    metrics(ftp)
    port = metrics_port(ftp)
    for address in ("127.0.0.2",):
        with socket.socket() as probe:
            probe.settimeout(2)
            check(probe.connect_ex((address, port)) != 0, expected="nobody to listen but on 127.0.0.1",
                  observed=f"a connection to {address}:{port}")
    with socket.create_connection(("127.0.0.1", port)) as silent:
        served(ftp, tree)
        silent.sendall(b"\x00\xff nonsense\r\n\r\n")
        served(ftp, tree)
    check.equal(fetch(port, "/etc/passwd")[0], 404, "status of another path")
    check(metrics(ftp)["ftp_sessions_total"] >= 2, expected="metrics as before", observed="none")
