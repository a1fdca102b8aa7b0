"""The reference server with clients that people use: curl, wget, lftp, tnftp, GNU's ftp, ncftp and Python's ftplib."""

from __future__ import annotations

from tests.interop import support
from tests.interop.clients import ClientDriver, Curl, Ftplib, Inetutils, Lftp, Ncftp, Tnftp, Wget
from tests.interop.support import CONTENTS, PASSWORD, SPACED, USER, UTF8, TreeTest


class Conversation:
    """What every client has to manage. A mixin: the classes below say which client it is."""

    driver: type[ClientDriver]

    def setUp(self) -> None:
        super().setUp()  # type: ignore[misc]
        self.peer = self.serve()

    def serve(self, host: str = "127.0.0.1", active: bool = False) -> ClientDriver:
        """The client, with a server of its own that listens on `host`."""
        port = self.start_kit_server("--user", f"{USER}:{PASSWORD}", "--bind", host)
        return self.driver(port, self.local, host, active)

    def other_ways(self) -> list[ClientDriver]:
        """The client in active mode, and over IPv6 in both modes where it knows that."""
        if not self.driver.knows_ipv6:
            return [self.serve(active=True)]
        support.needs(support.ipv6_here(), "IPv6")
        return [self.serve(active=True), self.serve("::1"), self.serve("::1", active=True)]

    def test_downloads_every_kind_of_file(self) -> None:
        for name, content in CONTENTS.items():
            with self.subTest(name=name):
                self.assertTrue(self.peer.get(name, "copy"))
                self.assertEqual((self.local / "copy").read_bytes(), content)
                (self.local / "copy").unlink()

    def test_downloads_and_lists_in_active_mode_and_over_ipv6(self) -> None:
        for peer in self.other_ways():
            with self.subTest(host=peer.host, active=peer.active):
                self.assertTrue(peer.get(SPACED, "copy"))
                self.assertEqual((self.local / "copy").read_bytes(), CONTENTS[SPACED])
                self.assertEqual(peer.names(), {"hello.txt", SPACED, UTF8, "empty", "sub"})
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
        contents = {SPACED: bytes(range(256)) * 3, UTF8: b"utf-8", "new empty": b"", "hello.txt": b"!"}
        for name, content in contents.items():
            with self.subTest(name=name):
                (self.local / "source").write_bytes(content)
                self.assertTrue(self.peer.put("source", name))
                self.assertEqual((self.served / name).read_bytes(), content)

    def test_uploads_in_active_mode_and_over_ipv6(self) -> None:
        (self.local / "source").write_bytes(CONTENTS[SPACED])
        for number, peer in enumerate(self.other_ways()):
            with self.subTest(host=peer.host, active=peer.active):
                self.assertTrue(peer.put("source", f"sent {number}"))
                self.assertEqual((self.served / f"sent {number}").read_bytes(), CONTENTS[SPACED])

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
            done = self.peer.run(commands)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(self.peer.get("again/sub/inner.txt", str(back)))
        self.assertEqual(back.read_bytes(), CONTENTS["sub/inner.txt"])


class WithTnftp(UploadingConversation, TreeTest):
    driver = Tnftp


class WithInetutils(UploadingConversation, TreeTest):
    driver = Inetutils


class WithNcftp(UploadingConversation, TreeTest):
    driver = Ncftp


class WithFtplib(UploadingConversation, TreeTest):
    driver = Ftplib

    def test_walks_through_directories(self) -> None:
        with self.peer.session() as session:
            self.assertEqual(session.mkd('with "quotes"'), '/with "quotes"')
            session.cwd('with "quotes"')
            self.assertEqual(session.pwd(), '/with "quotes"')
            session.cwd("..")
            session.rename("hello.txt", "moved.txt")
            session.delete("moved.txt")
            session.rmd('with "quotes"')
            self.assertNotIn("hello.txt", session.nlst())
