"""Lab 6, the program in a person's hands: prompts, commands, errors and the exit status."""

from __future__ import annotations

from autograder.scenario import COURSE, MUST, scenario
from autograder.scenarios.client_talk import CLIENT, SERVER_AND, failed, moved, succeeded, talk
from autograder.wire import faults
from autograder.workspace import MiB

FILES = {"hello.txt": b"hello\r\nworld\n", "a b.txt": b"blanks", "sub/": b"", "sub/inner.txt": b"deeper"}
WORKS = ("client_asks_for_the_port_and_prompts",)
RUNS = ("client_session_in_a_terminal",)


@scenario(
    points=3, clause="course: the classic session", level=COURSE, program=CLIENT, carries=True,
    by_hand="ftp_server 2121 & ftp_client   # answer its question with 2121",
    causes=("the prompts are exactly `Enter server port: ` and `ftp> `, each with one blank behind it",
            "the prompt is printed and not flushed: it has no line end that would do it",
            "something else is printed: the login as anonymous is silent where the server allows it"),
)
def client_asks_for_the_port_and_prompts(client, peer, check):
    """Without arguments: `Enter server port: `, then `ftp> ` with nothing in between; quit ends it with status 0."""
    with peer.serving({}):
        terminal = client.terminal()
        check.equal(terminal.expect("Enter server port: "), "", "what stands before the question")
        terminal.type(str(peer.port))
        check.equal(terminal.expect("ftp> "), f"{peer.port}\n", "what stands between the question and the prompt")
        terminal.type("quit")
        terminal.expect_exit(0)


@scenario(
    points=4, clause="course: the classic session", level=COURSE, program=CLIENT, carries=True, covers=(181, 192),
    after=WORKS,
    by_hand=SERVER_AND + "get hello.txt, put up.txt, ls, quit",
    causes=("get and put print one line each: the file's name and how many bytes were moved",
            "the client looks for a file in the server's directory: the two share nothing but their connections",
            "ls prints the lines that come over the data connection"),
)
def client_session_in_a_terminal(client, peer, workdir, rng, check):
    """get, put, ls, quit as a person types them: name and number of bytes below each transfer, then the next prompt."""
    files = dict(FILES)
    content = workdir.write("up.txt", rng.bytes(1234))
    with peer.serving(files):
        terminal = client.terminal(peer.address[0], peer.port)
        terminal.expect("ftp> ")
        for line, name, size in (("get hello.txt", "hello.txt", "13"), ("put up.txt", "up.txt", "1234")):
            terminal.type(line)
            terminal.expect(line)
            shown = terminal.expect("ftp> ")
            check(name in shown and size in shown, expected=f"{name} and {size} below `{line}`", observed=repr(shown))
        terminal.type("ls")
        terminal.expect("ls\n")
        shown = terminal.expect("ftp> ")
        for name in ("hello.txt", "a b.txt", "sub", "up.txt"):
            check(name in shown, expected=f"{name} in what ls shows", observed=repr(shown))
        terminal.type("quit")
        terminal.expect_exit(0)
    workdir.expect("hello.txt", FILES["hello.txt"])
    workdir.expect_names("hello.txt", "up.txt")
    check.equal(files["up.txt"], content, "what the server got")


@scenario(
    points=2, clause="course: unattended use", level=COURSE, program=CLIENT, carries=True, covers=(192,), after=RUNS,
    by_hand="printf '2121\\nget hello.txt\\nquit\\n' | ftp_client",
    causes=("the prompts are shown whether or not somebody sees them: scripts wait for them",
            "a progress bar belongs on a terminal: ask isatty() before drawing one",
            "commands are read with a function that needs a terminal"),
)
def client_prompts_on_a_pipe_too(client, peer, workdir, check):
    """With stdin and stdout on pipes: the same prompts, the same lines, and not a trace of a progress bar."""
    shell = client.start(stdin=f"{peer.port}\nget big.bin\nquit\n".encode())
    size = 3_000_000
    session = peer.serve({"big.bin": bytes(size)})
    done = succeeded(shell).expect_output(moved("big.bin", size))
    check(done.stdout.startswith(b"Enter server port: ftp> "), expected="`Enter server port: ftp> ` on stdout first",
          observed=repr(done.stdout[:60]))
    check.equal(done.stdout.count(b"ftp> "), 2, "prompts")
    check(not set(b"\r\b\x1b") & set(done.stdout + done.stderr), expected="no carriage return, no escape sequence",
          observed=repr(done.stdout + done.stderr))
    check.equal([command.verb for command in session.heard][-1:], ["QUIT"], "the last command")
    workdir.expect_names("big.bin")


@scenario(
    points=3, clause="course: errors never end the session", level=COURSE, program=CLIENT, carries=True, after=RUNS,
    by_hand=SERVER_AND + "an empty line, frobnicate, get, ls",
    causes=("an empty line has no first word: words[0] is not there", "the words are used before they are counted",
            "what was read is not a command, and is sent to the server all the same"),
)
def client_takes_nonsense_calmly(client, peer, check):
    """Empty lines do nothing; unknown commands, missing or unclosed words are errors, nothing is sent; GeT is get."""
    nonsense = ("frobnicate", "get", "rename a", "put", "get \"a", "xyzzy b c", "cd", "\x01\x02")
    blank = ("", "   ", "\t", "")
    with talk(client, peer, *blank, *nonsense, *blank, "GeT after") as (session, shell):
        session.serve_retr(b"still here")  # diverges at any command that belongs to no transfer
    done = failed(shell).expect_output(moved("after", 10))
    lines = [line for line in done.errors.splitlines() if line.strip()]
    check.equal(len(lines), len(nonsense), "the number of lines on stderr")


@scenario(
    points=2, clause="course: end of input means quit", level=COURSE, program=CLIENT, carries=True, after=RUNS,
    by_hand="ftp_client localhost 2121 </dev/null; echo $?   # and in a terminal: Ctrl-D at the prompt",
    causes=("the end of input is not looked for: getline() goes on failing and the prompt comes for ever",
            "quit at the end of input is the same as `quit`: status 0 if nothing has failed"),
)
def client_quits_at_the_end_of_input(client, peer):
    """A pipe that ends, and Ctrl-D at a terminal, end the session like `quit`: status 0."""
    for lines in ((), ("pwd",)):
        shell = client.start_at(peer, *lines)
        with peer.session() as session:
            session.greet()
            session.accept_login()
            if lines:
                session.expect_command("PWD", "XPWD")
                session.reply('257 "/"')
            session.expect_end()
        succeeded(shell)
    with peer.serving({}):
        terminal = client.terminal(peer.address[0], peer.port)
        terminal.expect("ftp> ")
        terminal.press("ctrl-d")
        terminal.expect_exit(0)


@scenario(
    points=3, clause="RFC 1123 4.1.4.3", level=MUST, program=CLIENT, carries=True, covers=(188,), after=RUNS,
    by_hand=SERVER_AND + "get nothing, then quit; echo $?",
    causes=("the reply is looked at but not shown: the user needs the server's own words",
            "the exit status is always 0: a script could not tell", "after an error the rest of the lines is dropped"),
)
def client_shows_every_refusal(client, peer, workdir, check):
    """Whatever the server refuses: its text in one line on stderr; the next command is sent; status 1 at the end."""
    refusals = (("cd a", "CWD", "550 no directory amber"), ("mkdir b", "MKD", "553 birch is no name"),
                ("rmdir c", "RMD", "550 cedar is not empty"), ("delete d", "DELE", "450 delta is busy"),
                ("get e", "RETR", "550 ember is not there"), ("put f", "STOR", "553 fjord may not be"),
                ("ls g", "LIST", "450 grove is closed"), ("rename h i", "RNFR", "550 heron has gone"))
    workdir.write("f", b"content")
    with talk(client, peer, *(line for line, _, _ in refusals)) as (session, shell):
        for _, verb, reply in refusals:
            session.expect_command(verb)
            session.reply(reply)
    done = failed(shell)
    for line, _, reply in refusals:
        check(reply[4:] in done.errors, expected=f"`{reply[4:]}` on stderr, for `{line}`", observed=repr(done.errors))
    check.equal(len(done.errors.splitlines()), len(refusals), "the number of lines on stderr")


@scenario(
    points=2, clause="course: -e", level=COURSE, program=CLIENT, carries=True, covers=(186,), after=RUNS,
    by_hand="ftp_client localhost 2121 -e 'cd sub; get inner.txt; get \"a;b\"'",
    causes=("a semicolon within quotes separates nothing", "commands that failed are forgotten in the exit status",
            "standard input is read although -e was given"),
)
def client_carries_out_its_e_option(client, peer, workdir, check):
    """`-e "cmd; cmd"` runs without a prompt and ends; semicolons in quotes are text; one failure makes the status 1."""
    files = {**FILES, "sub/a;b": b"semicolon"}
    host = peer.address[0]
    shell = client.start(host, peer.port, "-e", "cd sub; get inner.txt ;; get \"a;b\" copy; pwd; quit; frobnicate")
    peer.serve(dict(files))
    done = succeeded(shell).expect_output(moved("inner.txt", 6)).expect_output("/sub")
    check(b"ftp>" not in done.stdout, expected="no prompt with -e", observed=repr(done.stdout))
    workdir.expect("inner.txt", b"deeper")
    workdir.expect("copy", b"semicolon")
    shell = client.start(host, peer.port, "-e", "get nothing; get hello.txt; quit; get 'a b.txt'")
    peer.serve(dict(files))
    failed(shell)
    workdir.expect_names("copy", "hello.txt", "inner.txt")


@scenario(
    points=1, clause="course: the local side", level=COURSE, program=CLIENT, carries=True, after=RUNS,
    by_hand=SERVER_AND + "lcd /tmp, lpwd, get hello.txt, !ls",
    causes=("lcd is for get and put as well as for !", "the program after the ! runs in the client's own directory"),
)
def client_has_a_local_side(client, peer, workdir, check):
    """lcd, lpwd and ! act here: get keeps its file in the local directory, ! runs a command in it."""
    workdir.mkdir("here")
    lines = ("lcd here", "lpwd", "get x", "!cp x 'copy of x'", "!kill $$; touch blocked", "lcd nowhere")
    with talk(client, peer, *lines) as (session, shell):
        session.serve_retr(b"content")
    failed(shell, "nowhere").expect_output(r"/here\b")
    workdir.expect_names("here")
    check(not workdir.exists("here/blocked"), expected="a command behind ! to be one that SIGTERM can end",
          observed="the signal did not reach it: it inherited that it is blocked")
    workdir.expect_names("copy of x", "x", within="here")
    workdir.expect("here/copy of x", b"content")


@scenario(
    points=2, clause="course: Ctrl-C", level=COURSE, program=CLIENT, covers=(192,), after=RUNS,
    by_hand="get a big file in a terminal and press Ctrl-C; then ls -la",
    causes=("the temporary file is removed in a destructor, which a signal's default action never reaches",
            "data are written to the file itself before the transfer is complete"),
)
def client_leaves_no_half_file_at_ctrl_c(client, peer, workdir, rng):
    """Ctrl-C in the middle of a get: whatever becomes of the program, the old file is whole and alone."""
    workdir.write("x", b"old and dear")
    terminal = client.terminal(peer.address[0], peer.port)
    with peer.session() as session:
        session.greet()
        session.accept_login()
        terminal.expect("ftp> ")
        terminal.type("get x")
        session.serve_retr(rng.bytes(32 * MiB), faults.STALLS)  # more than the buffers in between hold
        terminal.press("ctrl-c")
        session.wire.expect_gone()
    terminal.expect_exit(None)
    workdir.expect_names("x")
    workdir.expect("x", b"old and dear")
