"""The labs: their numbers, titles and programs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lab:
    """One lab. `name` is the folder's name after its number: labs/lab05_passive."""

    number: int
    name: str
    title: str
    programs: tuple[str, ...]

    @property
    def folder(self) -> str:
        """The name of its folder in labs/ and solution/."""
        return f"lab{self.number:02}_{self.name}"


LABS: dict[int, Lab] = {
    lab.number: lab for lab in (
        Lab(1, "echo", "Echo: bytes across a socket", ("echo_server", "echo_client")),
        Lab(2, "lines", "Lines: framing and replies", ("line_server", "line_client")),
        Lab(3, "login", "Login: the control connection", ("ftp_server",)),
        Lab(4, "files", "Files: a root that nobody leaves", ("ftp_server",)),
        Lab(5, "passive", "Passive: the data connection", ("ftp_server",)),
        Lab(6, "client", "Client: get, put, ls, quit", ("ftp_client",)),
        Lab(7, "active", "Active: who connects to whom, and what travels", ("ftp_server", "ftp_client")),
        Lab(8, "concurrency", "Concurrency: many clients, and Ctrl-C", ("ftp_server", "ftp_client")),
        Lab(9, "extensions", "Extensions: what FTP has learned since 1985", ("ftp_server", "ftp_client")),
        Lab(10, "scale", "Scale: ten thousand sessions, and files that are not copied", ("ftp_server", "ftp_client")),
    )
}

# A later program that keeps an earlier one's promises: scenarios of the left one, where they carry, also run on it.
STANDS_IN_FOR = {"line_server": "ftp_server"}


def program_for(lab: int, program: str) -> str | None:
    """The program of `lab` on which a scenario for `program` can run; None when the lab has none."""
    programs = LABS[lab].programs
    if program in programs:
        return program
    later = STANDS_IN_FOR.get(program)
    return later if later in programs else None


def latest_lab_with(program: str, up_to: int) -> int | None:
    """The newest lab, not after `up_to`, that builds `program`."""
    return max((lab.number for lab in LABS.values() if program in lab.programs and lab.number <= up_to), default=None)
