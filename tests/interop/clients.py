"""Clients to try the server with, each driven through the same few methods."""

from __future__ import annotations

import ftplib
import re
import subprocess
from pathlib import Path
from urllib.parse import quote

from tests.interop import support
from tests.interop.support import PASSWORD, USER, run, tool


class ClientDriver:
    """How to make one client do one thing. Every method returns whether the client says that it succeeded."""

    knows_ipv6 = True

    def __init__(self, port: int, folder: Path, host: str = "127.0.0.1", active: bool = False) -> None:
        self.port = port
        self.folder = folder  # the client's current directory
        self.host = host
        self.active = active  # whether the client is told to listen for data

    def url(self, name: str, password: str | None = PASSWORD) -> str:
        """Where a file is; without a login where there is no password."""
        where = f"[{self.host}]" if ":" in self.host else self.host
        login = "" if password is None else f"{USER}:{quote(password, safe='')}@"
        return f"ftp://{login}{where}:{self.port}/{quote(name)}"

    def get(self, name: str, local: str, password: str = PASSWORD) -> bool:
        raise NotImplementedError

    def put(self, local: str, name: str) -> bool:
        raise NotImplementedError

    def names(self) -> set[str]:
        raise NotImplementedError


class Curl(ClientDriver):
    def run(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        how = (*(("-P", "-") if self.active else ()), *(("-g",) if ":" in self.host else ()))
        return run(tool("curl"), "-sS", *how, *arguments, cwd=self.folder)

    def get(self, name: str, local: str, password: str = PASSWORD) -> bool:
        return self.run("-o", local, self.url(name, password)).returncode == 0

    def put(self, local: str, name: str) -> bool:
        return self.run("-T", local, self.url(name)).returncode == 0

    def names(self) -> set[str]:
        short = self.run("-l", self.url(""))
        long = self.run(self.url(""))
        names = set(short.stdout.decode().splitlines())
        for name in names:
            assert f" {name}" in long.stdout.decode(), f"LIST does not show {name}: {long.stdout!r}"
        return names


class Wget(ClientDriver):
    """Wget cannot upload."""

    def run(self, *arguments: str, password: str = PASSWORD) -> "subprocess.CompletedProcess[bytes]":
        how = ("--no-passive-ftp",) if self.active else ()
        login = (f"--user={USER}", f"--password={password}")
        return run(tool("wget"), "-q", "--tries=1", *how, *login, *arguments, cwd=self.folder)

    def get(self, name: str, local: str, password: str = PASSWORD) -> bool:
        return self.run("-O", local, self.url(name, None), password=password).returncode == 0

    def names(self) -> set[str]:
        done = self.run("--no-remove-listing", "-O", "index.html", self.url("", None))
        assert done.returncode == 0, done.stderr
        listing = (self.folder / ".listing").read_text(encoding="utf-8")
        return {re.sub(r"^.* \w{3} +\d+ +[\d:]{4,5} ", "", line) for line in listing.splitlines()}


class Lftp(ClientDriver):
    def run(self, commands: str, password: str = PASSWORD) -> "subprocess.CompletedProcess[bytes]":
        # Over IPv6 it announces "::" as its address (EPRT |2|::|...), is refused, and tries again in passive mode.
        settings = ("set net:max-retries 2; set net:reconnect-interval-base 1; set net:timeout 10; "
                    "set cmd:fail-exit yes; set ftp:ssl-allow no; "
                    f"set ftp:passive-mode {'off' if self.active else 'on'}; ")
        login = f"open -p {self.port} -u {USER},'{password}' {self.host}; "
        return run(tool("lftp"), "--norc", "-c", settings + login + commands, cwd=self.folder)

    def get(self, name: str, local: str, password: str = PASSWORD) -> bool:
        return self.run(f'get -c "{name}" -o "{local}"', password).returncode == 0

    def put(self, local: str, name: str) -> bool:
        return self.run(f'put "{local}" -o "{name}"').returncode == 0

    def names(self) -> set[str]:
        listed = self.run("cls -1")
        assert listed.returncode == 0, listed.stderr
        return {line.rstrip("/@") for line in listed.stdout.decode().splitlines()}


class Tnftp(ClientDriver):
    def get(self, name: str, local: str, password: str = PASSWORD) -> bool:
        argv = (*self.how(), "-V", "-o", local, self.url(name, password))
        return run(tool("tnftp"), *argv, cwd=self.folder).returncode == 0

    def put(self, local: str, name: str) -> bool:
        sent = self.run("-v", f'put {local} "{name}"')
        return bool(re.search(rb"(?m)^226 ", sent)) and not re.search(rb"(?m)^550 ", sent)

    def names(self) -> set[str]:
        return set(self.run("-V", "nlist").decode().splitlines())

    def how(self) -> tuple[str, ...]:
        return ("-A",) if self.active else ()

    def run(self, verbosity: str, *commands: str) -> bytes:
        """What tnftp shows, with -v the replies too: its exit status says nothing of its commands."""
        script = "\n".join((f"open {self.host} {self.port}", f'user {USER} "{PASSWORD}"', *commands, "bye\n"))
        return run(tool("tnftp"), *self.how(), "-n", verbosity, stdin=script.encode(), cwd=self.folder).stdout


class Inetutils(ClientDriver):
    """GNU's ftp. It prints the replies, and its exit status says nothing; its active mode is PORT or EPRT."""

    def get(self, name: str, local: str, password: str = PASSWORD) -> bool:
        return self.transfers(f'get "{name}" {local}', password=password)

    def put(self, local: str, name: str) -> bool:
        return self.transfers(f'put {local} "{name}"')

    def names(self) -> set[str]:
        assert self.transfers("nlist . names")
        listed = (self.folder / "names").read_text(encoding="utf-8").splitlines()
        return {name.removeprefix("./") for name in listed}

    def transfers(self, command: str, password: str = PASSWORD) -> bool:
        """Whether the command's transfer is complete."""
        mode = () if self.active else ("passive",)
        script = "\n".join((f"open {self.host} {self.port}", f'user {USER} "{password}"', *mode, "binary", command, "bye\n"))
        shown = run(tool("inetutils-ftp"), "-n", "-v", stdin=script.encode(), cwd=self.folder).stdout
        return bool(re.search(rb"(?m)^226 ", shown))


class Ncftp(ClientDriver):
    """A program each for getting, putting and listing."""

    knows_ipv6 = False

    def run(self, program: str, *arguments: str, password: str = PASSWORD) -> "subprocess.CompletedProcess[bytes]":
        login = ("-u", USER, "-p", password, "-P", str(self.port))
        how = ("-E",) if self.active else ("-F",)
        return run(tool(program), *login, *how, *arguments, cwd=self.folder)

    def get(self, name: str, local: str, password: str = PASSWORD) -> bool:
        return self.run("ncftpget", "-V", "-C", self.host, name, local, password=password).returncode == 0

    def put(self, local: str, name: str) -> bool:
        return self.run("ncftpput", "-V", "-C", self.host, local, name).returncode == 0

    def names(self) -> set[str]:
        listed = self.run("ncftpls", "-1", self.url("", None))
        assert listed.returncode == 0, listed.stderr
        return set(listed.stdout.decode().splitlines())


class Ftplib(ClientDriver):
    def session(self, password: str = PASSWORD) -> ftplib.FTP:
        """A session that is logged in; the caller closes it."""
        session = ftplib.FTP(timeout=support.SECONDS, encoding="utf-8")
        session.connect(self.host, self.port)
        try:
            session.login(USER, password)
        except ftplib.Error:
            session.close()
            raise
        session.set_pasv(not self.active)
        return session

    def get(self, name: str, local: str, password: str = PASSWORD) -> bool:
        try:
            with self.session(password) as session, open(self.folder / local, "wb") as file:
                session.retrbinary(f"RETR {name}", file.write)
        except ftplib.error_perm:
            return False
        return True

    def put(self, local: str, name: str) -> bool:
        with self.session() as session, open(self.folder / local, "rb") as file:
            return session.storbinary(f"STOR {name}", file).startswith("226")

    def names(self) -> set[str]:
        with self.session() as session:
            return set(session.nlst())
