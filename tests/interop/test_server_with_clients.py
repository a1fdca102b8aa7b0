"""The reference server with clients that people use: curl, wget, lftp, tnftp and Python's ftplib."""

from __future__ import annotations

import ftplib
import re
from pathlib import Path
from urllib.parse import quote

from tests.interop import support
from tests.interop.support import CONTENTS, PASSWORD, SPACED, USER, UTF8, TreeTest, run, tool


class ClientDriver:
    """How to make one client do one thing. Every method returns whether the client says that it succeeded."""

    def __init__(self, port: int, folder: Path) -> None:
        self.port = port
        self.folder = folder  # the client's current directory

    def url(self, name: str, password: str = PASSWORD) -> str:
        secret = quote(password, safe="")
        return f"ftp://{USER}:{secret}@127.0.0.1:{self.port}/{quote(name)}"

    def get(self, name: str, local: str, password: str = PASSWORD) -> bool:
        raise NotImplementedError

    def put(self, local: str, name: str) -> bool:
        raise NotImplementedError

    def names(self) -> set[str]:
        raise NotImplementedError


class Curl(ClientDriver):
    def get(self, name: str, local: str, password: str = PASSWORD) -> bool:
        argv = ("-sS", "-o", local, self.url(name, password))
        return run(tool("curl"), *argv, cwd=self.folder).returncode == 0

    def put(self, local: str, name: str) -> bool:
        return run(tool("curl"), "-sS", "-T", local, self.url(name), cwd=self.folder).returncode == 0

    def names(self) -> set[str]:
        short = run(tool("curl"), "-sS", "-l", self.url(""))
        long = run(tool("curl"), "-sS", self.url(""))
        names = set(short.stdout.decode().splitlines())
        for name in names:
            assert f" {name}" in long.stdout.decode(), f"LIST does not show {name}: {long.stdout!r}"
        return names


class Wget(ClientDriver):
    """Wget cannot upload; the driver puts files through the file system of the test instead of leaving the test out."""

    def get(self, name: str, local: str, password: str = PASSWORD) -> bool:
        login = (f"--user={USER}", f"--password={password}")
        url = f"ftp://127.0.0.1:{self.port}/{quote(name)}"
        return run(tool("wget"), "-q", "--tries=1", *login, "-O", local, url, cwd=self.folder).returncode == 0

    def names(self) -> set[str]:
        login = (f"--user={USER}", f"--password={PASSWORD}")
        argv = ("-q", "--tries=1", *login, "--no-remove-listing", "-O", "index.html", f"ftp://127.0.0.1:{self.port}/")
        assert run(tool("wget"), *argv, cwd=self.folder).returncode == 0
        listing = (self.folder / ".listing").read_text(encoding="utf-8")
        return {re.sub(r"^.* \w{3} +\d+ +[\d:]{4,5} ", "", line) for line in listing.splitlines()}


class Lftp(ClientDriver):
    def _script(self, commands: str, password: str = PASSWORD) -> "support.subprocess.CompletedProcess[bytes]":
        settings = "set net:max-retries 1; set net:reconnect-interval-base 1; set net:timeout 10; set cmd:fail-exit yes; set ftp:ssl-allow no; "
        login = f"open -p {self.port} -u {USER},'{password}' 127.0.0.1; "
        return run(tool("lftp"), "--norc", "-c", settings + login + commands, cwd=self.folder)

    def get(self, name: str, local: str, password: str = PASSWORD) -> bool:
        return self._script(f'get -c "{name}" -o "{local}"', password).returncode == 0

    def put(self, local: str, name: str) -> bool:
        return self._script(f'put "{local}" -o "{name}"').returncode == 0

    def names(self) -> set[str]:
        listed = self._script("cls -1")
        assert listed.returncode == 0, listed.stderr
        return {line.rstrip("/@") for line in listed.stdout.decode().splitlines()}


class Tnftp(ClientDriver):
    def get(self, name: str, local: str, password: str = PASSWORD) -> bool:
        return run(tool("tnftp"), "-V", "-o", local, self.url(name, password), cwd=self.folder).returncode == 0

    def put(self, local: str, name: str) -> bool:
        sent = self._script("-v", f'put {local} "{name}"')
        return b"226" in sent and b"550" not in sent

    def names(self) -> set[str]:
        return set(self._script("-V", "nlist").decode().splitlines())

    def _script(self, verbosity: str, command: str) -> bytes:
        """What tnftp shows, with -v the replies too: its exit status says nothing of its commands."""
        script = f'open 127.0.0.1 {self.port}\nuser {USER} "{PASSWORD}"\n{command}\nbye\n'
        return run(tool("tnftp"), "-n", verbosity, stdin=script.encode(), cwd=self.folder).stdout


class Ftplib(ClientDriver):
    def _session(self, password: str = PASSWORD) -> ftplib.FTP:
        session = ftplib.FTP(timeout=20, encoding="utf-8")
        session.connect("127.0.0.1", self.port)
        session.login(USER, password)
        return session

    def get(self, name: str, local: str, password: str = PASSWORD) -> bool:
        try:
            with self._session(password) as session, open(self.folder / local, "wb") as file:
                session.retrbinary(f"RETR {name}", file.write)
        except ftplib.error_perm:
            return False
        return True

    def put(self, local: str, name: str) -> bool:
        with self._session() as session, open(self.folder / local, "rb") as file:
            return session.storbinary(f"STOR {name}", file).startswith("226")

    def names(self) -> set[str]:
        with self._session() as session:
            return set(session.nlst())


class Conversation:
    """What every client has to manage. A mixin: the classes below say which client it is."""

    driver: type[ClientDriver]

    def setUp(self) -> None:
        super().setUp()  # type: ignore[misc]
        port = self.start_kit_server("--user", f"{USER}:{PASSWORD}")
        self.peer = self.driver(port, self.local)

    def test_downloads_every_kind_of_file(self) -> None:
        for name, content in CONTENTS.items():
            with self.subTest(name=name):
                self.assertTrue(self.peer.get(name, "copy"))
                self.assertEqual((self.local / "copy").read_bytes(), content)
                (self.local / "copy").unlink()

    def test_downloads_64_mib(self) -> None:
        content = self.big_file(self.served)
        self.assertTrue(self.peer.get("big.bin", "copy"))
        self.assertTrue((self.local / "copy").read_bytes() == content, "the copy differs")

    def test_lists_the_names(self) -> None:
        self.assertEqual(self.peer.names(), {"hello.txt", SPACED, UTF8, "empty", "sub"})

    def test_is_told_that_a_file_is_missing(self) -> None:
        self.assertFalse(self.peer.get("no such file", "copy"))

    def test_is_refused_with_a_wrong_password(self) -> None:
        self.assertFalse(self.peer.get("hello.txt", "copy", "wrong"))


class UploadingConversation(Conversation):
    def test_uploads_every_kind_of_file(self) -> None:
        for name, content in {SPACED: bytes(range(256)) * 3, UTF8: b"utf-8", "new empty": b"", "hello.txt": b"!"}.items():
            with self.subTest(name=name):
                (self.local / "source").write_bytes(content)
                self.assertTrue(self.peer.put("source", name))
                self.assertEqual((self.served / name).read_bytes(), content)

    def test_uploads_64_mib(self) -> None:
        content = self.big_file(self.local)
        self.assertTrue(self.peer.put("big.bin", "copy"))
        self.assertTrue((self.served / "copy").read_bytes() == content, "the copy differs")


class WithCurl(UploadingConversation, TreeTest):
    driver = Curl


class WithWget(Conversation, TreeTest):
    driver = Wget


class WithLftp(UploadingConversation, TreeTest):
    driver = Lftp

    def test_mirrors_a_tree_there_and_back(self) -> None:
        back = self.local / "back"
        for commands in ("mirror . there", "mirror -R there again"):
            done = self.peer._script(commands)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(self.peer.get("again/sub/inner.txt", str(back)))
        self.assertEqual(back.read_bytes(), CONTENTS["sub/inner.txt"])


class WithTnftp(UploadingConversation, TreeTest):
    driver = Tnftp


class WithFtplib(UploadingConversation, TreeTest):
    driver = Ftplib

    def test_walks_through_directories(self) -> None:
        with self.peer._session() as session:
            self.assertEqual(session.mkd('with "quotes"'), '/with "quotes"')
            session.cwd('with "quotes"')
            self.assertEqual(session.pwd(), '/with "quotes"')
            session.cwd("..")
            session.rename("hello.txt", "moved.txt")
            session.delete("moved.txt")
            session.rmd('with "quotes"')
            self.assertNotIn("hello.txt", session.nlst())
