"""Lab 8, what sessions cost: nothing is left of them, nothing is burnt, and trouble stays where it is."""

from __future__ import annotations

import threading

from autograder.scenario import MUST, scenario
from autograder.scenarios.lab08_server import GREETED
from autograder.scenarios.server_talk import STARTED, binary, open_data, served
from autograder.workspace import MiB


@scenario(
    points=2, clause="course: one session's trouble is its own", level=MUST, after=GREETED,
    by_hand="connect, send USER x, and kill nc with -9; then look whether others are still served",
    causes=("an exception leaves the thread's function: std::terminate ends the server for all",
            "a write to a connection that was reset raises SIGPIPE: send with MSG_NOSIGNAL"),
)
def resets_hurt_only_their_session(ftp, tree):
    """Clients reset their connections before the greeting, in a line and in transfers; nobody else notices."""
    tree.write("big", 16 * MiB)
    witness = ftp.login()
    for _ in range(3):
        ftp.dial().reset()
        control = ftp.connect()
        control.send_raw(b"USER ano")
        control.reset()
        for line in ("RETR big", "STOR new"):
            control = binary(ftp)
            data = open_data(control)
            control.ask(line, *STARTED)
            control.reset()
            data.reset()
    witness.in_step()
    served(ftp, tree)


@scenario(
    points=2, clause="course: nothing is left of a session", level=MUST, after=GREETED, seconds=20,
    by_hand="ls /proc/$(pgrep -n ftp_server)/fd /proc/$(pgrep -n ftp_server)/task   # before and after some sessions",
    causes=("the thread never ends: it waits for something that the client's end does not wake",
            "the socket belongs to nobody: let the thread's own stream close it"),
)
def threads_leave_nothing_behind(ftp, tree):
    """After thirty sessions, ended in every way, the server has no thread and no descriptor more than before."""
    tree.write("file", 2 * MiB)
    served(ftp, tree)
    before = ftp.usage()
    for _ in range(10):
        served(ftp, tree)
        ftp.connect().close()
        control = binary(ftp)
        data = open_data(control)
        control.ask("RETR file", *STARTED)
        control.close()
        data.reset()
    ftp.expect_usage(before, seconds=4)


@scenario(
    points=2, clause="course: waiting costs nothing", level=MUST, after=GREETED, alone=True,
    by_hand="top -H -p $(pgrep -n ftp_server)   # with clients connected that do nothing",
    causes=("a loop polls with a timeout of 0", "a descriptor that is always ready is watched: one that has ended"),
)
def idle_sessions_use_no_cpu(ftp, tree):
    """Idle sessions, one in a stalled transfer and one that said QUIT and ended its direction: no CPU is used."""
    tree.write("big", 24 * MiB)
    for _ in range(4):
        ftp.login()
    for last in ("NOOP", "QUIT"):
        control = binary(ftp)
        open_data(control)
        control.ask("RETR big", *STARTED)
        control.send(last)
        if last == "QUIT":
            control.wire.half_close()
    control.wire.expect_silence(0.3)
    ftp.expect_idle(0.6)


@scenario(
    points=2, clause="course: EMFILE", level=MUST, after=GREETED, alone=True, seconds=20,
    by_hand="bash -c 'ulimit -n 32; exec ftp_server {port}', and 40 times nc 127.0.0.1 {port} &",
    causes=("an error of accept() ends the loop, or the server",
            "accept() fails at once and is tried again at once: a busy loop. The client stays in the line; close a "
            "descriptor kept in reserve, accept, say 421, close, and take the reserve again"),
)
def no_descriptor_left_is_survived(ftp, tree, check):
    """With 32 descriptors and 48 clients some have to go without; no CPU is burnt, and afterwards all is as before."""
    served(ftp, tree)
    ftp.restart(limits={"n": 32})
    wires = [ftp.dial() for _ in range(48)]
    wires[0].expect_bytes(b"220", "a greeting")
    ftp.expect_idle(0.6, share=0.5)
    check(ftp.process.running, expected="a server that is still there", observed=ftp.process.exit_text)
    for wire in wires:
        wire.close()
    for _ in range(50):
        with ftp.dial() as wire:
            if wire.read_until(b"\r\n").startswith(b"220"):
                break
    served(ftp, tree)


@scenario(
    points=2, clause="course: memory is bounded", level=MUST, covers=(177,), after=GREETED, alone=True, seconds=20,
    options=("--log-level", "warning"),  # a line for each command would be more output than is allowed
    by_hand="yes NOOP | nc -C 127.0.0.1 {port} | sleep 60   # and watch the server's memory",
    causes=("lines that come in a transfer are kept without a limit: stop reading at some number, and TCP stops the "
            "client", "replies are gathered in memory while the client does not read"),
)
def endless_commands_take_no_memory(ftp, tree, check):
    """Commands without end, while a transfer stands still or the replies are not read: the memory stays as it is."""
    tree.write("big", 24 * MiB)
    served(ftp, tree)
    before = ftp.process.memory_bytes()
    control = binary(ftp)
    open_data(control)
    control.ask("RETR big", *STARTED)
    control.wire.send_until_stuck(b"NOOP\r\n" * 5000, seconds=1.0, limit=8 * MiB)  # who takes it all may be slow
    grown = ftp.process.memory_bytes() - before
    check(grown < 16 * MiB, expected="less than 16 MiB more memory", observed=f"{grown / MiB:.1f} MiB more")
    other = ftp.login(receive_buffer=4096)
    other.wire.send_until_stuck(b"NOOP\r\n" * 5000)
    grown = ftp.process.memory_bytes() - before
    check(grown < 48 * MiB, expected="less than 48 MiB more memory", observed=f"{grown / MiB:.1f} MiB more")
    served(ftp, tree)


@scenario(
    points=2, clause="course: locks", level=MUST, after=("many_transfers_at_once",), seconds=20,
    by_hand="for i in $(seq 32); do (curl -s ftp://127.0.0.1:{port}/ -Q NOOP) & done; wait",
    causes=("what several threads write is not protected by one lock: limits, counters, a list of sessions",
            "threads are joined or removed from a list by themselves: a deadlock, or a list that breaks"),
)
def sessions_come_and_go_in_parallel(ftp, check):
    """Eight threads of the grader open and end sessions as fast as they can; all of them are served."""
    failures: list[str] = []

    def visit() -> None:
        try:
            for _ in range(12):
                with ftp.connect() as control:
                    control.login()
                    control.ask("PWD", 257)
                    control.quit()
        except Exception as error:  # noqa: BLE001: it is told to the main thread
            failures.append(str(error))

    visitors = [threading.Thread(target=visit) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    check(not failures, expected="96 sessions without a failure", observed=failures[0] if failures else "")
