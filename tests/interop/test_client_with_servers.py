"""The reference client with servers that people run: vsftpd, ProFTPD, Pure-FTPd, pyftpdlib; and with our own."""

from __future__ import annotations

from tests.interop import servers
from tests.interop.support import CONTENTS, SPACED, UTF8

MISSING = "no such file"


class ClientConversation:
    """What the client has to manage with every server. A mixin: the classes below say with which."""

    def test_downloads_every_kind_of_file(self) -> None:
        for name, content in CONTENTS.items():
            with self.subTest(name=name):
                output = self.assert_done(f'get "{name}" copy').stdout
                self.assertEqual((self.local / "copy").read_bytes(), content)
                self.assertIn(str(len(content)).encode(), output)

    def test_uploads_every_kind_of_file(self) -> None:
        for name, content in {SPACED: bytes(range(256)) * 3, UTF8: b"utf-8", "new empty": b""}.items():
            with self.subTest(name=name):
                (self.local / "source").write_bytes(content)
                self.assert_done(f'put source "up {name}"')
                self.assertEqual((self.served / f"up {name}").read_bytes(), content)

    def test_moves_64_mib_both_ways(self) -> None:
        content = self.big_file(self.local)
        self.assert_done("put big.bin there.bin; get there.bin back.bin")
        self.assertTrue((self.served / "there.bin").read_bytes() == content, "what was uploaded differs")
        self.assertTrue((self.local / "back.bin").read_bytes() == content, "what came back differs")

    def test_lists_the_directory(self) -> None:
        output = self.assert_done("ls").stdout.decode()
        for name in ("hello.txt", SPACED, UTF8, "empty", "sub"):
            self.assertIn(name, output)

    def test_walks_through_directories(self) -> None:
        self.assert_done('mkdir "a new one"; cd "a new one"; pwd; cdup; rmdir "a new one"; cd sub; get inner.txt')
        self.assertEqual((self.local / "inner.txt").read_bytes(), CONTENTS["sub/inner.txt"])

    def test_says_that_a_file_is_missing_and_goes_on(self) -> None:
        done = self.client(f'get "{MISSING}"; get hello.txt copy')
        self.assertNotEqual(done.returncode, 0)
        self.assertTrue(done.stderr.strip(), "nothing was said about it")
        self.assertFalse((self.local / MISSING).exists())
        self.assertEqual((self.local / "copy").read_bytes(), CONTENTS["hello.txt"])

    def test_says_that_the_password_is_wrong(self) -> None:
        done = self.client("ls", login=self.wrong_login)
        self.assertNotEqual(done.returncode, 0)
        self.assertTrue(done.stderr.strip(), "nothing was said about it")


class WithKitServer(ClientConversation, servers.KitServer):
    pass


class WithPyftpdlib(ClientConversation, servers.Pyftpdlib):
    pass


class WithVsftpd(ClientConversation, servers.Vsftpd):
    pass


class WithProftpd(ClientConversation, servers.Proftpd):
    pass


class WithPureftpd(ClientConversation, servers.Pureftpd):
    pass
