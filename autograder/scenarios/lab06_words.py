"""Lab 6, what goes to the server as the user meant it, and what is shown of what the server says."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.client_talk import CLIENT, SERVER_AND, failed, succeeded, talk
from autograder.wire import faults

RUNS = ("client_session_in_a_terminal",)
WORKS = ("get_fetches_every_byte",)


@scenario(
    points=3, clause="RFC 959 4.1.1, 4.1.3", level=MUST, program=CLIENT, carries=True, covers=(178,), after=RUNS,
    by_hand=SERVER_AND + "mkdir new, cd new, pwd, cdup, rename new old, rmdir old",
    causes=("rename is two commands: RNTO only when RNFR was answered 3yz",
            "pwd shows the path alone, with its doubled quotes made single (RFC 959, Appendix II)",
            "250 is expected where a server may say 200: the first digit decides"),
)
def client_changes_directories_and_names(client, peer):
    """cd cdup pwd mkdir rmdir delete rename send CWD CDUP PWD MKD RMD DELE RNFR RNTO; any 2yz (3yz to RNFR) is good."""
    script = (("cd sub/dir", "CWD", "sub/dir", "200 not 250"), ("cdup", "CDUP", "", "250 not 200"),
              ("pwd", "PWD", "", '257 "/the ""quoted"" path" it is'), ("mkdir new", "MKD", "new", '257 "/new" made'),
              ("rmdir new", "RMD", "new", "200 gone"), ("delete a", "DELE", "a", "299 gone"),
              ("rename a b", "RNFR", "a", "399 go on"), ("", "RNTO", "b", "200 done"))
    with talk(client, peer, *(line for line, *_ in script if line)) as (session, shell):
        session.chatter.pop("PWD")
        for _, verb, argument, reply in script:
            command = session.await_command(verb, f"X{verb}")
            if command.argument != argument:
                raise session.unexpected(command, f"{verb} {argument}".rstrip())
            session.reply(reply)
    succeeded(shell).expect_output(r'/the "quoted" path')


@scenario(
    points=1, clause="RFC 1123 4.1.4.2", level=MUST, program=CLIENT, carries=True, covers=(187,), after=RUNS,
    by_hand=SERVER_AND + "quote STAT",
    causes=("the line is taken apart and put together again: it goes out as it was typed",
            "only the first line of the reply is shown"),
)
def client_quotes_any_line(client, peer, check):
    """quote sends the rest of the line as it is and shows all of the reply."""
    with talk(client, peer, 'quote SITE  "x"  y;z', "quote XYZZY") as (session, shell):
        check.equal(session.expect_command("SITE"), ' "x"  y;z', "the argument of SITE")
        session.reply("211-first line", " second line", "2111 third line", "211 last line")
        session.expect_command("XYZZY")
        session.reply("502 plugh")
    done = shell.finish().expect_status(1)
    for text in ("first line", "second line", "third line", "last line"):
        done.expect_output(text)
    check("plugh" in done.output + done.errors, expected="the 502 to be shown", observed=repr(done.output))


@scenario(
    points=2, clause="RFC 959 4.1.1", level=MUST, program=CLIENT, carries=True, covers=(178,), after=RUNS,
    by_hand="ftp_server 2121 --user bob:secret & ftp_client localhost 2121",
    causes=("a refusal of anonymous ends the session", "the password is sent though USER was answered 230",
            "the answer to PASS is not looked at", "the password is echoed: tcsetattr() without ECHO"),
)
def client_asks_who_you_are(client, peer, check):
    """anonymous in silence; where that is refused `Name: ` and `Password: `, and the password is not shown."""
    terminal = client.terminal(peer.address[0], peer.port)
    with peer.session() as session:
        session.greet()
        check.equal(session.expect_command("USER").lower() in ("anonymous", "ftp"), True, "anonymous is tried first")
        session.reply("530 Not here.")
        terminal.expect("Name: ")
        terminal.type("bob")
        check.equal(session.expect_command("USER"), "bob", "the name in USER")
        session.reply("331 Password, please.")
        terminal.expect("Password: ")
        check(not terminal.echoes, expected="the terminal's echo to be off", observed="it is on")
        terminal.type("hush hush")
        check.equal(session.expect_command("PASS"), "hush hush", "the password in PASS")
        session.reply("230 Welcome.")
        terminal.expect("ftp> ")
        check("hush" not in terminal.text, expected="no password on the screen", observed=repr(terminal.text))
        terminal.type("quit")
        terminal.expect("quit")  # shown again, by the terminal or by the program
        session.expect_end()
    terminal.expect_exit(None)


@scenario(
    points=2, clause="course: the command line", level=COURSE, program=CLIENT, carries=True, after=RUNS,
    by_hand="ftp_client ftp://bob:secret@localhost:2121/sub",
    causes=("PASS is sent only after a 3yz: 230 to USER means that nothing more is asked",
            "a refused login must make the exit status 1, and the commands of -e are not carried out"),
)
def client_logs_in_as_it_is_told(client, peer, check):
    """The URL's name and password are sent (%40 decoded); USER alone suffices at 230; a refusal is an error."""
    host, port = peer.address
    shell = client.start(f"ftp://b%40b:se%20cret@{host}:{port}/sub", "-e", "get a")
    with peer.session() as session:
        session.greet()
        session.accept_login("b@b", "se cret")
        check.equal(session.expect_command("CWD"), "sub", "the directory in CWD")
        session.reply("250 Done.")
        session.serve_retr(b"")
        session.expect_end()
    succeeded(shell)
    shell = client.start(host, port, "--user", "guest", "-e", "get a")
    with peer.session() as session:
        session.greet()
        check.equal(session.expect_command("USER"), "guest", "the name in USER")
        session.reply("230 No password needed.")
        session.serve_retr(b"")
        session.expect_end()
    succeeded(shell)
    shell = client.start(f"ftp://bob:wrong@{host}:{port}", "-e", "get a")
    with peer.session() as session:
        session.greet()
        session.expect_command("USER")
        session.reply("331 Password, please.")
        session.expect_command("PASS")
        session.reply("530 Login incorrect.")
        session.expect_end()
    failed(shell, "Login incorrect")


@scenario(
    points=1, clause="RFC 1123 4.1.4.3", level=MUST, program=CLIENT, carries=True, covers=(188,), after=RUNS,
    by_hand="ftp_client --verbose localhost 2121",
    causes=("the password is shown like any other argument", "only some of the commands go through the observer"),
)
def client_shows_the_dialogue_when_verbose(client, peer, check):
    """--verbose shows every line sent and every reply, and never a password."""
    host, port = peer.address
    shell = client.start("--verbose", f"ftp://bob:hushhush@{host}:{port}", "-e", "get a")
    with peer.session() as session:
        session.greet(faults.GREETINGS["three lines"])
        session.accept_login("bob", "hushhush")
        session.serve_retr(b"")
        session.expect_end()
    done = succeeded(shell)
    shown = done.output + done.errors
    for text in ("to this server", "USER bob", "331 Password", "PASS ", "230 Logged in", "RETR a", "150 Here",
                 "226 Done"):
        check(text in shown, expected=f"`{text}` to be shown", observed=repr(shown[-300:]))
    check("hushhush" not in shown, expected="no password to be shown", observed="it is shown")


@scenario(
    points=2, clause="RFC 1123 4.1.4.1; RFC 2640 3.1", level=MUST, program=CLIENT, carries=True, covers=(186, 191),
    after=WORKS,
    by_hand=SERVER_AND + "delete \"a  b\", delete -x, delete 'say \"hi\"'",
    causes=("the line is cut at every blank: quotes and backslashes hold a name together",
            "a leading dash is taken for an option", "0xFF is doubled on the control connection, NUL follows a CR",
            "a NUL ends the name silently: it has to be refused"),
)
def client_sends_any_name(client, peer, check):
    """Blanks, quotes, dashes, 8-bit bytes and even a CR reach the server as they are; NUL is refused before that."""
    names = {"delete a": "a", "delete \"a  b\"": "a  b", "delete ' lead and trail '": " lead and trail ",
             "delete a\\ b": "a b", "delete -x": "-x", "delete --": "--", "delete 'say \"hi\"'": 'say "hi"',
             'delete "it\'s"': "it's", "delete back\\\\slash": "back\\slash", "delete ;x": ";x",
             "delete grüße-世界": "grüße-世界", "delete \udcff\udc80x": "\udcff\udc80x", "delete 'a\rb'": "a\rb",
             "delete 'x;y'": "x;y"}
    lines = list(names)
    with talk(client, peer, *lines[:5], "delete 'a\0b'", *lines[5:]) as (session, shell):
        for name in names.values():
            command = session.await_command("DELE")
            check.equal(command.argument, name, "the name in DELE")
            check.equal(command.raw.replace(b"\xff\xff", b"").count(b"\xff"), 0, "0xFF octets that are not doubled")
            session.reply("250 Done.")
    done = failed(shell)
    check.equal(len(done.errors.splitlines()), 1, "the number of errors")


@scenario(
    points=1, clause="RFC 2640 3.3; course: harmless text", level=COURSE, program=CLIENT, carries=True,
    covers=(194,), after=RUNS,
    by_hand="touch $'\\e]0;pwned\\a' in the server's root, then ls in a terminal",
    causes=("the server's text goes to the terminal as it is: escape_controls() makes it harmless",),
)
def client_shows_no_control_bytes(client, peer, check):
    """Escape sequences in names, listings and error texts are shown, not obeyed; good UTF-8 is left alone."""
    terminal = client.terminal(peer.address[0], peer.port)
    with peer.session() as session:
        session.greet()
        session.accept_login()
        terminal.expect("ftp> ")
        terminal.type("ls")
        session.serve_list("-rw-r--r-- evil\x1b]0;pwned\x07name", "-rw-r--r-- Grüße", "\x08\x08\x9bhidden\udc9b2J")
        terminal.expect("ftp> ")
        terminal.type("cd x")
        session.expect_command("CWD")
        session.reply("550 no\x1b[2J such\x07 place")
        terminal.expect("ftp> ")
        terminal.type("quit")
        session.expect_end()
    terminal.expect_exit(1)
    for bad in (b"\x1b]", b"\x07", b"\x08", b"\x1b[2J", b"\x9b"):
        check(bad not in terminal.raw, expected=f"no {bad!r} on the terminal", observed="it is there")
    check("Grüße" in terminal.text, expected="Grüße to be shown as it is", observed=repr(terminal.text))
