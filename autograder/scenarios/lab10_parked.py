"""Lab 10, the parked server: sessions that cost bytes and no threads, and commands that run where they should."""

from __future__ import annotations

import time

from autograder.scenario import COURSE, MUST, Weather, scenario
from autograder.scenarios.lab08_server import DONE, STARTED, binary, served
from autograder.workspace import KiB, MiB

PARKED = ("idle_sessions_have_no_threads",)
ORDER = ("a_pipeline_keeps_its_order",)
STATUS = "grep -E 'Threads|VmRSS' /proc/$(pgrep -n ftp_server)/status"


def idle_sessions(ftp, count):
    """So many sessions that have logged in and say nothing more."""
    return [ftp.login() for _ in range(count)]


def threads_come_down_to(ftp, most, seconds=4.0):
    """Waits until the server has at most so many threads; returns how many it has."""
    until = time.monotonic() + seconds
    while ftp.process.threads() > most and time.monotonic() < until:
        ftp.process.wait(0.02)
    return ftp.process.threads()


def wait_until_idle(ftp, seconds=15.0):
    """Waits until the server has used next to no CPU for a while."""
    until = time.monotonic() + seconds
    used = -1.0
    while used + 0.01 < (used := ftp.process.cpu_seconds()) and time.monotonic() < until:
        ftp.process.wait(0.3)


@scenario(
    points=5, clause="course: a parked session has no thread", level=COURSE, by_hand=STATUS,
    causes=("every session has a thread of its own, as in lab 8", "a worker keeps the session it has run, and waits for "
            "its next command: when no complete line is there, the session goes back to the loop",
            "workers that have nothing to do never end"),
)
def idle_sessions_have_no_threads(ftp, check):
    """Three hundred sessions that are logged in and silent: the server has a handful of threads, and all are served."""
    sessions = idle_sessions(ftp, 300)
    threads = threads_come_down_to(ftp, 8)
    check(threads <= 8, expected="at most 8 threads for 300 idle sessions", observed=f"{threads} threads")
    for control in sessions[::30]:
        control.in_step()
        control.quit()


@scenario(
    points=5, clause="course: a parked session is small", level=COURSE, after=PARKED, by_hand=STATUS,
    causes=("each session has a buffer of its own, though it is idle: use one on the stack of whoever reads",
            "each session has a thread: its stack counts", "what a command needs is kept when it is done"),
)
def idle_sessions_are_small(ftp, check):
    """Three hundred more idle sessions take at most 16 KiB of memory each (the sanitizers' share is in that)."""
    idle_sessions(ftp, 100)
    threads_come_down_to(ftp, 8)
    before = ftp.process.memory_bytes()
    idle_sessions(ftp, 300)
    threads_come_down_to(ftp, 8)
    each = (ftp.process.memory_bytes() - before) / 300
    check(each <= 16 * KiB, expected="at most 16 KiB for each idle session", observed=f"{each / KiB:.1f} KiB each")


@scenario(
    points=3, clause="course: a loop sleeps", level=MUST, after=PARKED, alone=True,
    by_hand="top -H -p $(pgrep -n ftp_server), with idle clients, and with one that has half-closed",
    causes=("the loop is told that sockets are writable, which they always are: ask for EPOLLOUT only while something "
            "is unsent", "the timeout given to epoll_wait(2) is 0 or has passed",
            "the descriptor of a session that a worker runs is still watched, and nobody reads it"),
)
def a_parked_server_sleeps(ftp, tree):
    """With idle sessions, a stalled transfer and a command that waits behind it the server uses no CPU."""
    tree.write("file", b"content")
    idle_sessions(ftp, 50)
    waiting = binary(ftp)
    waiting.passive_port()
    waiting.ask("RETR file", *STARTED)
    for _ in range(100):
        waiting.send("NOOP")
    ftp.expect_idle(1.0)


@scenario(
    points=4, clause="course: what cannot block runs in place", level=COURSE, after=PARKED,
    by_hand="yes NOOP | head -1000 | nc -C 127.0.0.1 {port}, and ls /proc/$(pgrep -n ftp_server)/task meanwhile",
    causes=("every command goes to a worker: Policy::may_block says which ones have to",
            "a command that will be refused (530) goes to a worker, for its row may block"),
)
def quick_commands_need_no_worker(ftp, check):
    """NOOP, TYPE, PWD, SYST, and what is refused: hundreds of them, and 64 in a segment, and not one thread more."""
    stranger, control = ftp.connect(), ftp.login()
    threads = threads_come_down_to(ftp, 1)
    for line, code in (("NOOP", 200), ("TYPE I", 200), ("PWD", 257), ("SYST", 215), ("NONSENSE", 500), ("STRU F", 200)):
        for _ in range(20):
            control.ask(line, code)
    for _ in range(10):
        control.send_raw(b"NOOP\r\n" * 64)
        for _ in range(64):
            control.expect(200)
    stranger.ask("RETR x", 530)
    check(ftp.process.threads() <= threads, expected=f"still {threads} threads",
          observed=f"{ftp.process.threads()} threads")


@scenario(
    points=4, clause="RFC 959 5.4", level=MUST, after=PARKED, weather=(Weather.PLAIN, Weather.SHORT_IO),
    by_hand=r"printf 'NOOP\r\nMKD d\r\nPWD\r\nRMD d\r\nNOOP\r\n' | nc 127.0.0.1 {port}",
    causes=("the loop goes on with the lines behind one that it gave to a worker",
            "lines that were read already are lost when the session moves, or wait for ever behind a short send",
            "a worker does not look for further lines, and epoll will not tell of what has been read already"),
)
def a_pipeline_keeps_its_order(ftp):
    """Lines in one segment, some for the loop and some for workers: every reply, in the order of the lines."""
    control = ftp.login()
    control.send_raw(b"NOOP\r\nMKD d\r\nSYST\r\nCWD d\r\nPWD\r\nCDUP\r\nRMD d\r\nNOOP\r\nSYST\r\nDELE none\r\nNOOP\r\n")
    for code in (200, 257, 215, 250, 257, (250, 200), 250, 200, 215, 550, 200):
        control.expect(*(code if isinstance(code, tuple) else (code,)))
    for number in range(2000):
        if number % 100 == 0:
            control.send_raw(b"HELP\r\n" * 100)
        control.expect(211, 214)
    control.in_step()


@scenario(
    points=4, clause="course: a session belongs to one thread at a time", level=MUST, after=ORDER,
    by_hand="for i in $(seq 24); do curl -s ftp://127.0.0.1:{port}/ & done; wait",
    causes=("epoll still watches a session that a worker runs: two threads use it",
            "what comes back from the workers is not watched again, or not looked into for lines that are there",
            "the queue back is not guarded, or the loop is not woken for it"),
)
def sessions_move_to_workers_and_back(ftp, tree):
    """Two dozen sessions go to and fro between loop and workers, all at once, again and again."""
    tree.write("file", b"content")
    sessions = [binary(ftp) for _ in range(24)]
    for turn in range(6):
        for index, control in enumerate(sessions):
            control.send_raw(f"NOOP\r\nMKD d{index}\r\n".encode())
            control.send_raw(f"PWD\r\nRMD d{index}\r\nNOOP\r\n".encode())
        for control in sessions:
            for code in (200, 257, 257, 250, 200):
                control.expect(code)
        if turn % 3 == 0:
            for control in sessions[::6]:
                control.retrieve("file")
    for control in sessions:
        control.quit()


@scenario(
    points=5, clause="course: the loop never waits for a client", level=MUST, after=ORDER,
    options=("--log-level", "warning"), seconds=30,
    by_hand="(yes HELP | head -200000; sleep 60) | nc -C 127.0.0.1 {port} | sleep 60   # and curl meanwhile",
    causes=("the loop waits until a socket takes the reply: keep the rest, and watch for EPOLLOUT",
            "what the socket does not take is thrown away: replies are missing later",
            "a worker waits until the socket takes the reply: the loop can wait for that, and costs nothing"),
)
def who_does_not_read_blocks_nobody(ftp, tree):
    """A client sends commands without end and reads nothing: others are served, and no reply is lost."""
    silent = ftp.login(receive_buffer=64 * KiB)
    size = len(silent.ask("HELP", 214).raw)
    total = 6 * (8 * MiB // size)
    sent = silent.wire.send_until_stuck(b"HELP\r\n" * 100, seconds=0.5, limit=total)
    wait_until_idle(ftp)  # it has answered what the sockets hold, and waits for the client
    served(ftp, tree)
    replies = sent // 6
    silent.wire.discard(replies * size)
    silent.send_raw(b"HELP\r\n"[sent % 6:])
    silent.expect(214)
    silent.in_step()


@scenario(
    points=3, clause="RFC 2577 5; course: no worker sleeps", level=MUST, after=PARKED, options=("--user", "bob:secret"),
    by_hand="for i in $(seq 60); do printf 'USER bob\\r\\nPASS x\\r\\n' | nc 127.0.0.1 {port} & done; ls /proc/*/task",
    causes=("a worker waits until the 530 may be sent: the loop has timers for that", "the 530 is sent at once"),
)
def wrong_passwords_take_no_threads(ftp, check):
    """Sixty clients guess at once: each waits for its 530, at least half a second, and the server needs few threads."""
    guessers = [ftp.connect() for _ in range(60)]
    for control in guessers:
        control.ask("USER bob", 331)
    began = time.monotonic()
    for control in guessers:
        control.send_raw(b"PASS guess\r\nNOOP\r\n")
        control.wire.settle()  # not all in one moment: to look at a password does take a thread
    ftp.login("bob", "secret").in_step()
    threads = ftp.process.threads()
    check(threads <= 40, expected="fewer threads than guessers, at most 40", observed=f"{threads} threads")
    for control in guessers:
        control.expect(530, 421)
    taken = time.monotonic() - began
    check(taken >= 0.4, expected="530 after half a second or more", observed=f"{taken:.2f} s")
    for control in guessers:
        control.expect(200)


@scenario(
    points=4, clause="RFC 1123 4.1.3.2", level=MUST, covers=(4,), after=PARKED, options=("--idle-timeout", "1"),
    by_hand="ftp_server {port} --idle-timeout 1, and many nc, of which some talk",
    causes=("a session that comes back from a worker has no timer any more", "a command does not begin the time anew",
            "only the timer that is due first is looked at", "the loop sleeps past the first timer"),
)
def timers_of_many_sessions(ftp, check):
    """Of 120 sessions half talk for two seconds and live; the others get 421 after one second, and before three."""
    silent, talking = idle_sessions(ftp, 60), idle_sessions(ftp, 60)
    for control in silent[:10]:
        control.ask("MKD x", 257, 550)
    began = time.monotonic()
    while time.monotonic() < began + 2:
        for control in talking:
            control.ask("NOOP", 200)
        ftp.process.wait(0.1)
    for control in silent:
        control.expect(421)
        control.expect_closed()
    taken = time.monotonic() - began
    check(taken < 4, expected="421 soon after the second is over", observed=f"{taken:.1f} s")
    for control in talking:
        control.in_step()


@scenario(
    points=3, clause="course: workers come and go", level=COURSE, after=PARKED, options=("--max-transfers", "50"),
    by_hand=STATUS,
    causes=("a worker waits for work for ever", "there is a fixed number of workers", "threads that ended are not joined"),
)
def workers_go_when_there_is_no_work(ftp, tree, check):
    """Thirty transfers at once have thirty threads; when they are over, the threads go."""
    tree.write("file", b"content")
    ftp.login().quit()
    held = []
    for _ in range(30):
        control = binary(ftp)
        port = control.passive_port()
        control.ask("RETR file", *STARTED)
        held.append((control, port))
    threads = ftp.process.threads()
    check(threads >= 30, expected="a thread for each of 30 transfers", observed=f"{threads} threads")
    for control, port in held:
        with control.connect_data(*port) as data:
            data.expect(b"content", "file")
        control.expect(*DONE)
    threads = threads_come_down_to(ftp, 8)
    check(threads <= 8, expected="at most 8 threads when all is done", observed=f"{threads} threads")
