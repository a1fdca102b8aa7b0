"""Lab 3, the program around the sessions: its accounts, its log, its patience and its end."""

from __future__ import annotations

import re

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.lab03_login import BOB, GREETED, KNOWN, NC, logged_in
from autograder.wire.control import Control

# "secret", as crypt(3) hashes it: SHA-512 with few rounds, and MD5 as old files have it.
SHA512 = ("$6$rounds=1000$kitsalt$"
          "xouzQdM1/DeZm7KmcP5bg78SIANPG0tGHje5ugcMVmGOr3E4DOm8IWN.Rk5ywgPaBuZ0hlruoedTULyAggaPO.")
MD5 = "$1$kitsalt$CLtVnhqrTSV2gD1x4dPcg/"


@scenario(
    points=3, clause="RFC 959 3.2", level=MUST, carries=True, covers=(6,), options=BOB, after=KNOWN,
    by_hand="for i in 1 2 3; do timeout 0.2 nc 127.0.0.1 {port} </dev/null; done; nc -C 127.0.0.1 {port}",
    causes=("the end of the connection is taken for a line: the session goes on for ever, and nobody else is served",
            "an error of one client (ECONNRESET, EPIPE) leaves the accept loop"),
)
def sessions_end_with_their_clients(ftp):
    """Clients that leave without QUIT, before, in and after the login, cleanly or not: the next is served."""
    for rude in (b"", b"USER bob\r\n", b"USER bob\r\nPASS sec", b"USER bob\r\nPASS secret\r\n", b"NOOP\r\n" * 500):
        for reset in (False, True):
            wire = ftp.dial()
            wire.send(rude)
            if reset:
                wire.reset()
            else:
                wire.close()
            ftp.connect().quit()
    ftp.login("bob", "secret").quit()


@scenario(
    points=2, clause="course: a session leaves nothing behind", level=COURSE, carries=True, covers=(6,), options=BOB,
    alone=True, after=("sessions_end_with_their_clients",),
    by_hand="ls /proc/$(pgrep -n ftp_server)/fd | wc -l   # before and after some sessions",
    causes=("the connection is not closed after QUIT",
            "an exception leaves the session before its connection is closed",
            "the server polls instead of waiting"),
)
def sessions_leave_nothing_behind(ftp, step):
    """After twenty sessions the server holds no descriptor more than before, and waits without using the CPU."""

    def visit(number: int) -> None:
        control = ftp.login("bob", "secret") if number % 2 else ftp.connect()
        if number % 3 == 0:
            control.reset()
        else:
            control.quit()

    visit(1)
    before = ftp.usage()
    for number in range(20):
        visit(number)
    step("twenty sessions came and went")
    ftp.expect_usage(before)
    control = ftp.login("bob", "secret")
    ftp.expect_idle()
    control.quit()


@scenario(
    points=1, clause="course: --banner; RFC 959 4.2", level=COURSE, carries=True, covers=(1, 3, 29), after=GREETED,
    options=("--banner", "Welcome\n220 is not the end\n\nof this greeting"),
    by_hand="ftp_server 2121 --banner 'Welcome\n220 is not the end'; nc -C 127.0.0.1 2121",
    causes=("the option is not asked", "the banner is sent as one text: each of its lines is one of the reply's lines"),
)
def banner_is_one_greeting(ftp, check):
    """A banner of several lines is one well-formed 220, from which the session goes on as ever."""
    control = Control(ftp.dial())
    greeting = control.expect(220)
    check("Welcome" in greeting.text and "of this greeting" in greeting.text,
          expected="the whole banner in the greeting", observed=f"it is {greeting.text!r}")
    control.in_step()
    control.quit()


@scenario(
    points=2, clause="course: a line with SUCCESS or FAILURE for each request", level=COURSE, carries=True,
    covers=(173,), options=BOB, after=KNOWN, by_hand=NC + "and look at what the server prints",
    causes=("the line is missing for replies that come from dispatch() itself: 500, 530, 503",
            "SUCCESS stands beside a 5yz: it is the reply that decides",
            "argument or reply code are missing"),
)
def every_request_is_logged(ftp):
    """The log has a line for each request: SUCCESS or FAILURE, the verb, the argument, the reply's code."""
    control = ftp.connect()
    control.ask("TYPE I", 530)
    ftp.expect_log(r"FAILURE.*\bTYPE\b.*\bI\b.*\b530\b")
    control.ask("USER bob", 331)
    ftp.expect_log(r"SUCCESS.*\bUSER\b.*\bbob\b.*\b331\b")
    control.ask("PASS secret", 230)
    ftp.expect_log(r"SUCCESS.*\bPASS\b.*\b230\b")
    control.ask("XYZZY", 500)
    ftp.expect_log(r"FAILURE.*\b500\b")
    control.ask("HELP XYZZY", 501, 502, 504)
    ftp.expect_log(r"FAILURE.*\bHELP\b.*\bXYZZY\b.*\b50[124]\b")
    control.quit()
    ftp.expect_log(r"SUCCESS.*\bQUIT\b.*\b221\b")


@scenario(
    points=2, clause="course: no password and no raw control byte in the log", level=COURSE, carries=True,
    covers=(173,), options=BOB, after=("every_request_is_logged",),
    by_hand=NC + "USER bob, pass oops: is `oops` in the log?",
    causes=("only PASS in capitals is masked", "a password in a line that is refused (503, 500) is logged",
            "the bytes of the client go to the terminal as they came: escape_controls() is given"),
)
def log_keeps_secrets(ftp, rng, check):
    """No password stands in the log, right or wrong, nor behind a misspelt PASS; control bytes are escaped."""
    word = rng.name("")
    for line in (f"PASS {word}", f"pass {word}", f"PAsS  {word}", f"PASS{word}", f" PASS {word}", f"PSAS {word}"):
        control = ftp.connect()
        control.ask(line, 503, 500)
        control.ask("USER bob", 331)
        control.ask(line, 530, 500)
        control.close()
    control = ftp.connect()
    control.ask("USER bob", 331)
    control.ask(word, 500)
    control.ask("USER \x1b[31m\x07red\rink", 331)
    control.quit()
    ftp.expect_log(r"\bQUIT\b")
    log = ftp.process.stdout_bytes.decode(errors="replace") + ftp.process.stderr_text()
    line_with = next((line for line in log.splitlines() if word in line), "")
    check(not line_with, expected="no password in the log", observed=f"the password stands in: {line_with}")
    raw = re.search(r".*[\x00-\x09\x0b-\x1f].*", log)
    check(raw is None, expected="control bytes in the log are escaped",
          observed=f"a control byte stands in {raw[0]!r}" if raw else "")


@scenario(
    points=2, clause="course: --users FILE", level=COURSE, carries=True, covers=(36,), after=KNOWN,
    by_hand="echo \"bob:$(openssl passwd -6 secret)\" > users; ftp_server 2121 --users users",
    causes=("the password is compared with the hash: first hash it in the way of the hash (hash_like)",
            "an account called ftp lets everybody in: is_anonymous() has to look whether there is one"),
)
def hashed_accounts_work(ftp, outside):
    """Accounts from a file with crypt(3) hashes: the password gets in, the hash does not; an account `ftp` is one."""
    outside.write("users", f"# people\n\nbob:{SHA512}\neve:{MD5}:ro\nftp:{SHA512}\n".encode())
    server = ftp.start_another("--users", str(outside.path("users")), "--anonymous", "ro")
    for user in ("bob", "eve", "ftp"):
        server.login(user, "secret").quit()
    server.login("anonymous", "x").quit()
    for user, wrong in (("bob", "Secret"), ("bob", SHA512), ("eve", MD5), ("ftp", "x"), ("# people", "")):
        control = server.connect()
        control.ask(f"USER {user}", 331, 530)
        control.ask(f"PASS {wrong}", 530, 501, 503)
        logged_in(control, False)
        control.quit()


@scenario(
    points=1, clause="course: command line", level=COURSE, carries=True, after=GREETED,
    by_hand="ftp_server 65536; ftp_server 0 --root /nope; ftp_server 0 --users /nope; echo $?",
    causes=("a given file was changed: parse_server_options() and Accounts refuse these by themselves",),
)
def bad_command_line_is_refused(program, outside, check):
    """A bad port, option, root or users file is one line on stderr and exit status 2, and no password is shown."""
    outside.write("users", f"bob:{SHA512}\nhunter2\n".encode())
    outside.write("clear", b"bob:hunter2\n")
    users, clear, nowhere = (str(outside.path(name)) for name in ("users", "clear", "nowhere"))
    for words in ([], ["65536"], ["0", "--nope"], ["0", "1"], ["0", "--user", "hunter2"], ["0", "--bind", "0.0.0.0"],
                  ["0", "--root", nowhere], ["0", "--root", users], ["0", "--users", nowhere], ["0", "--users", users],
                  ["0", "--users", clear]):
        ended = program.run(*words).expect_status(2)
        check(len(ended.errors.splitlines()) == 1 and "hunter2" not in ended.errors,
              expected=f"one line on stderr without a password for {' '.join(words[1:2])}", observed=repr(ended.errors))


@scenario(
    points=2, clause="RFC 1123 4.1.3.2; course: --idle-timeout", level=COURSE, carries=True, covers=(4,),
    options=("--idle-timeout", "1"), after=KNOWN,
    by_hand="ftp_server 2121 --idle-timeout 1; nc -C 127.0.0.1 2121   # wait",
    causes=("the next line is awaited for ever: Deadline::after(options().idle_timeout)",
            "the session ends without a word: 421 comes first"),
)
def idle_client_is_sent_away(ftp):
    """A client that sends no line for the idle timeout gets 421 and the end; the next one is served."""
    control = ftp.login()
    control.expect(421, seconds=6)
    control.expect_closed()
    control.close()
    ftp.login().quit()


@scenario(
    points=3, clause="course: exit status 0 on SIGTERM; RFC 959 5.4", level=COURSE, carries=True, covers=(34,),
    after=KNOWN, by_hand="kill $(pgrep -n ftp_server); echo $?",
    causes=("Stopped is caught and forgotten: the accept loop has to end with it",
            "the client is left without a word: 421 is what a server says that goes down"),
)
def ftp_server_stops_when_asked(ftp):
    """SIGTERM ends the server with status 0, also in a session; its client gets 421 and the end."""
    control = ftp.login()
    ftp.expect_exit()
    control.expect(421)
    control.expect_closed()


@scenario(
    points=2, clause="RFC 959 4.2", level=MUST, carries=True, covers=(17,), options=BOB, after=KNOWN,
    by_hand="(printf 'USER '; head -c 4000 /dev/zero | tr '\\0' a; printf '\\r\\n') | nc -q 1 127.0.0.1 {port}",
    causes=("the name is copied into a buffer of fixed size (strcpy, sscanf)",),
)
def long_names_are_only_wrong(ftp, rng):
    """A name and a password of 4,000 bytes are as wrong as short ones; of 9,000 bytes the line is refused whole."""
    control = ftp.connect()
    long = "x" * 4000
    if control.ask(f"USER {long}", 331, "5yz").code == 331:
        control.ask(f"PASS {long}", 530, 501, 500)
    control.ask("USER bob", 331)
    control.ask(f"PASS {long}", 530, 501, 500)
    control.ask("USER " + "y" * 9000, 500, 501)
    control.login("bob", "secret")
    control.in_step()
    control.quit()
