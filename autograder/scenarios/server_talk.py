"""What the scenarios of many clients at once have in common: logins, data connections, and stuck transfers."""

from __future__ import annotations

from autograder.wire.transcript import Divergence
from autograder.workspace import KiB, MiB

NC = "nc -C 127.0.0.1 {port}   # in two terminals: "
STARTED = (150, 125)
DONE = (226, 250)
IN_TRANSFER = NC + "PASV, RETR big with nothing reading the data connection; then "
WATCH = "while it waits for the data connection the server does not look at the control connection: poll(2) both"


class Told(dict):
    """What a program has told, by its names. What is looked up and was not told is a failure of the program."""

    def __missing__(self, name):
        raise Divergence(f"{name} to be told", f"only {', '.join(map(str, self)) or 'nothing'}")


def binary(ftp, **how):
    """A session that has logged in and said TYPE I."""
    control = ftp.login(**how)
    control.ask("TYPE I", 200)
    return control


def open_data(control, receive_buffer=32 * KiB):
    """PASV and its data connection, which stays open until the scenario ends; small buffers make a slow reader."""
    return control.connect_data(*control.passive_port(), receive_buffer=receive_buffer)


def served(ftp, tree):
    """Somebody else is served: login, download, QUIT."""
    content = tree.write("for the other", b"content")
    control = binary(ftp)
    with control.passive() as data:
        control.ask("RETR for the other", *STARTED)
        data.expect(content, "for the other")
    control.expect(*DONE)
    control.quit()


def stuck_download(ftp, tree):
    """A download that cannot go on, for nobody reads it: its control and data connections."""
    tree.write("big", 24 * MiB)
    control = binary(ftp)
    data = open_data(control)
    control.ask("RETR big", *STARTED)
    data.read(64 * KiB)
    return control, data
