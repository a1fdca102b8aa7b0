"""What the server says of its files, and transfers that go on where they stopped, with every client that knows how."""

from __future__ import annotations

import io
import os
import re
import subprocess
from collections.abc import Callable

from tests.interop.clients import Curl, Ftplib, Lftp, Ncftp, Tnftp, Wget
from tests.interop.support import CONTENTS, PASSWORD, SPACED, USER, UTF8, MiB, TreeTest
from tests.interop.test_huge_files import EDGE, SIZE, sparse

OLD = 1_000_000_000  # seconds since 1970: 2001-09-09 01:46:40 UTC


class ExtensionTest(TreeTest):
    """The server under test, and every client by its name."""

    def setUp(self) -> None:
        super().setUp()
        port = self.start_kit_server("--user", f"{USER}:{PASSWORD}")
        self.curl, self.ftplib, self.lftp = Curl(port, self.local), Ftplib(port, self.local), Lftp(port, self.local)
        self.ncftp, self.tnftp, self.wget = Ncftp(port, self.local), Tnftp(port, self.local), Wget(port, self.local)
        self.log = self.local.parent / "server.log"

    def assert_well(self, done: "subprocess.CompletedProcess[bytes]") -> bytes:
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout


class Resume(ExtensionTest):
    """The first half is there already: only the second one travels."""

    def setUp(self) -> None:
        super().setUp()
        self.content = os.urandom(4 * MiB)
        self.half = len(self.content) // 2

    def fetches_the_rest(self, fetch: Callable[[], object]) -> None:
        (self.served / "whole").write_bytes(self.content)
        (self.local / "whole").write_bytes(self.content[:self.half])
        fetch()
        self.assertTrue((self.local / "whole").read_bytes() == self.content, "the file differs")
        self.only_the_rest("RETR")

    def sends_the_rest(self, send: Callable[[], object]) -> None:
        (self.local / "whole").write_bytes(self.content)
        (self.served / "whole").write_bytes(self.content[:self.half])
        send()
        self.assertTrue((self.served / "whole").read_bytes() == self.content, "the file differs")
        self.only_the_rest("STOR|APPE")

    def only_the_rest(self, verbs: str) -> None:
        moved = re.findall(rf'verb="(?:{verbs})" .* bytes=(\d+)', self.log.read_text(encoding="utf-8"))
        self.assertEqual(moved, [str(self.half)])

    def test_curl_goes_on(self) -> None:
        self.fetches_the_rest(lambda: self.assert_well(self.curl.run("-C", "-", "-o", "whole", self.curl.url("whole"))))

    def test_curl_goes_on_sending(self) -> None:
        self.sends_the_rest(lambda: self.assert_well(self.curl.run("-C", "-", "-T", "whole", self.curl.url("whole"))))

    def test_lftp_goes_on(self) -> None:
        self.fetches_the_rest(lambda: self.assert_well(self.lftp.run("get -c whole")))

    def test_lftp_goes_on_sending(self) -> None:
        self.sends_the_rest(lambda: self.assert_well(self.lftp.run("put -c whole")))

    def test_ncftp_goes_on(self) -> None:
        self.fetches_the_rest(lambda: self.assert_well(self.ncftp.run("ncftpget", "-z", self.ncftp.host, ".", "whole")))

    # Not ncftpput: 3.2.6 sends REST, and then the file from its beginning.

    def test_tnftp_goes_on(self) -> None:
        self.fetches_the_rest(lambda: self.tnftp.run("-V", "reget whole"))

    def test_wget_goes_on(self) -> None:
        self.fetches_the_rest(lambda: self.assert_well(self.wget.run("-c", self.wget.url("whole", None))))

    def test_ftplib_goes_on(self) -> None:
        def fetch() -> None:
            with self.ftplib.session() as session, open(self.local / "whole", "ab") as file:
                session.retrbinary("RETR whole", file.write, rest=self.half)

        self.fetches_the_rest(fetch)

    def test_ftplib_goes_on_sending(self) -> None:
        def send() -> None:
            with self.ftplib.session() as session:
                session.storbinary("STOR whole", io.BytesIO(self.content[self.half:]), rest=self.half)

        self.sends_the_rest(send)

    def test_ftplib_goes_on_behind_4_gib(self) -> None:
        tail, got = sparse(self.served)[1], io.BytesIO()
        with self.ftplib.session() as session:
            session.voidcmd("TYPE I")
            self.assertEqual(session.size("huge"), SIZE)
            session.retrbinary("RETR huge", got.write, rest=SIZE - EDGE)
            session.storbinary("STOR huge", io.BytesIO(b"behind it"), rest=SIZE)
        self.assertTrue(got.getvalue() == tail, "the tail differs")
        with open(self.served / "huge", "rb") as file:
            file.seek(SIZE - EDGE)
            self.assertTrue(file.read() == tail + b"behind it", "what stands in the file differs")


class Facts(ExtensionTest):
    def test_ftplib_lists_facts(self) -> None:
        os.utime(self.served / UTF8, (OLD, OLD))
        with self.ftplib.session() as session:
            facts = dict(session.mlsd())
            inner = dict(session.mlsd("sub", ["size"]))
        files = {name for name, fact in facts.items() if fact["type"] == "file"}
        self.assertEqual(files, {"hello.txt", SPACED, UTF8, "empty"})
        self.assertEqual({name: int(facts[name]["size"]) for name in files},
                         {name: len(CONTENTS[name]) for name in files})
        self.assertEqual(facts["sub"]["type"], "dir")
        self.assertEqual(facts[UTF8]["modify"].split(".")[0], "20010909014640")
        self.assertEqual(inner["inner.txt"], {"size": str(len(CONTENTS["sub/inner.txt"]))})

    def test_curl_asks_for_size_and_time(self) -> None:
        os.utime(self.served / "hello.txt", (OLD, OLD))
        head = self.assert_well(self.curl.run("-I", self.curl.url("hello.txt")))
        self.assertIn(b"Content-Length: 13", head)
        self.assertIn(b"Last-Modified: Sun, 09 Sep 2001 01:46:40 GMT", head)
        self.assert_well(self.curl.run("-R", "-o", "copy", self.curl.url("hello.txt")))
        self.assertEqual((self.local / "copy").stat().st_mtime, OLD)

    def test_wget_leaves_alone_what_is_no_newer(self) -> None:
        for _ in range(2):
            self.assert_well(self.wget.run("-N", self.wget.url("hello.txt", None)))
        self.assertEqual(len(re.findall(r'SUCCESS .*verb="RETR"', self.log.read_text(encoding="utf-8"))), 1)

    def test_lftp_sends_times_along(self) -> None:
        (self.local / "old").write_bytes(b"old")
        os.utime(self.local / "old", (OLD, OLD))
        self.assert_well(self.lftp.run("put old; get hello.txt"))
        self.assertEqual((self.served / "old").stat().st_mtime, OLD)
        self.assertEqual(int((self.local / "hello.txt").stat().st_mtime),
                         int((self.served / "hello.txt").stat().st_mtime))

    def test_a_second_mirror_moves_nothing(self) -> None:
        os.utime(self.served / "sub" / "inner.txt", (OLD, OLD))
        for there, here, command in (("/", "mirrored", "mirror"), ("again", "mirrored", "mirror -R")):
            with self.subTest(command=command):
                arguments = f"{there} {here}" if command == "mirror" else f"{here} {there}"
                self.assert_well(self.lftp.run(f"{command} {arguments}"))
                transfers = self.transfers()
                self.assert_well(self.lftp.run(f"{command} {arguments}"))
                self.assertEqual(self.transfers(), transfers)

    def transfers(self) -> int:
        """How many files the server has sent and received so far."""
        return len(re.findall(r'verb="(RETR|STOR)"', self.log.read_text(encoding="utf-8")))

    def test_tnftp_fetches_by_a_pattern(self) -> None:
        self.tnftp.run("-V", "prompt", "mget *.txt")
        self.assertEqual({path.name for path in self.local.iterdir()}, {"hello.txt", SPACED, UTF8})
