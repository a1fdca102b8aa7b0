"""Who connects to whom, text, and IPv6: the server with clients of each kind."""

from __future__ import annotations

import ftplib
import io

from tests.interop import support
from tests.interop.clients import Lftp, Ncftp, Tnftp, Wget
from tests.interop.servers import url
from tests.interop.support import CONTENTS, PASSWORD, SPACED, TEXT, USER, TreeTest, program, run, tool


class ServerTest(TreeTest):
    """The server under test, with a text in its tree."""

    options: tuple[str, ...] = ()

    def setUp(self) -> None:
        super().setUp()
        (self.served / "text").write_bytes(TEXT)
        self.port = self.start_kit_server("--user", f"{USER}:{PASSWORD}", *self.options)

    def curl(self, *arguments: str, host: str = "127.0.0.1") -> bytes:
        """Runs curl in `local`; {url} in its arguments is that of the server."""
        base = f"ftp://{host}:{self.port}/"
        argv = [argument.replace("{url}", base) for argument in arguments]
        done = run(tool("curl"), "-sS", "-g", "-u", f"{USER}:{PASSWORD}", *argv, cwd=self.local)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout


class ActiveServer(ServerTest):
    """The server connects."""

    def test_curl_listens(self) -> None:
        big = self.big_file(self.served)
        for how in (("-P", "-"), ("-P", "-", "--disable-eprt")):
            with self.subTest(how=how):
                self.assertEqual(self.curl(*how, "{url}hello.txt"), CONTENTS["hello.txt"])
                self.assertTrue(self.curl(*how, "{url}big.bin") == big, "64 MiB differ")
                (self.local / "up").write_bytes(CONTENTS[SPACED])
                self.curl(*how, "-T", "up", "{url}")
                self.assertEqual((self.served / "up").read_bytes(), CONTENTS[SPACED])
                self.assertIn(b"hello.txt", self.curl(*how, "-l", "{url}"))

    def test_ftplib_listens(self) -> None:
        with ftplib.FTP() as ftp:
            ftp.connect("127.0.0.1", self.port, timeout=support.SECONDS)
            ftp.login(USER, PASSWORD)
            ftp.set_pasv(False)
            got = io.BytesIO()
            ftp.retrbinary("RETR hello.txt", got.write)
            self.assertEqual(got.getvalue(), CONTENTS["hello.txt"])
            ftp.storbinary("STOR back", io.BytesIO(CONTENTS[SPACED]))
            self.assertIn("back", ftp.nlst())
        self.assertEqual((self.served / "back").read_bytes(), CONTENTS[SPACED])

    def test_lftp_listens(self) -> None:
        settings = ("set ftp:passive-mode off; set net:max-retries 1; set net:timeout 10; set cmd:fail-exit yes; "
                    "set ftp:ssl-allow no; ")
        commands = f"open -p {self.port} -u {USER},'{PASSWORD}' 127.0.0.1; get hello.txt; put hello.txt -o again; cls"
        done = run(tool("lftp"), "--norc", "-c", settings + commands, cwd=self.local)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.local / "hello.txt").read_bytes(), CONTENTS["hello.txt"])
        self.assertEqual((self.served / "again").read_bytes(), CONTENTS["hello.txt"])


class PassiveServer(ServerTest):
    """The server listens."""

    def test_curl_connects_where_pasv_or_epsv_says(self) -> None:
        for how in ((), ("--disable-epsv",), ("--disable-epsv", "--no-ftp-skip-pasv-ip")):
            with self.subTest(how=how):
                self.assertEqual(self.curl(*how, "{url}hello.txt"), CONTENTS["hello.txt"])
                (self.local / "up").write_bytes(CONTENTS[SPACED])
                self.curl(*how, "-T", "up", "{url}")
                self.assertEqual((self.served / "up").read_bytes(), CONTENTS[SPACED])


class TextServer(ServerTest):
    """TYPE A."""

    def test_curl_asks_for_text(self) -> None:
        self.assertEqual(self.curl("-B", "{url}text"), TEXT)  # curl takes the CRs out, and puts them in, itself
        self.assertEqual(self.curl("{url}text;type=a"), TEXT)
        self.assertEqual(self.curl("{url}text"), TEXT)
        (self.local / "up").write_bytes(TEXT)
        self.curl("-B", "-T", "up", "{url}")
        self.assertEqual((self.served / "up").read_bytes(), TEXT)

    def test_lftp_ncftp_tnftp_and_wget_ask_for_text(self) -> None:
        there = (self.port, self.local)
        for name, get in {
            "lftp": lambda: Lftp(*there).run("get -a text -o lftp"),
            "ncftp": lambda: Ncftp(*there).run("ncftpget", "-a", "-C", "127.0.0.1", "text", "ncftp"),
            "tnftp": lambda: Tnftp(*there).run("-V", "ascii", "get text tnftp"),
        }.items():
            with self.subTest(name=name):
                get()
                self.assertEqual((self.local / name).read_bytes(), TEXT)
        Wget(*there).run("-O", "wget", Wget(*there).url("text", None) + ";type=a")
        self.assertEqual((self.local / "wget").read_bytes(), TEXT.replace(b"\n", b"\r\n"))  # it leaves the CRs in

    def test_lftp_ncftp_and_tnftp_send_text(self) -> None:
        there = (self.port, self.local)
        (self.local / "up").write_bytes(TEXT)
        for name, put in {
            "lftp": lambda: Lftp(*there).run("put -a up -o lftp"),
            "ncftp": lambda: Ncftp(*there).run("ncftpput", "-a", "-C", "127.0.0.1", "up", "ncftp"),
            "tnftp": lambda: Tnftp(*there).run("-V", "ascii", "put up tnftp"),
        }.items():
            with self.subTest(name=name):
                put()
                self.assertEqual((self.served / name).read_bytes(), TEXT)

    def test_ftplib_moves_lines(self) -> None:
        with ftplib.FTP() as ftp:
            ftp.connect("127.0.0.1", self.port, timeout=support.SECONDS)
            ftp.login(USER, PASSWORD)
            lines: list[str] = []
            ftp.retrlines("RETR text", lines.append)
            self.assertEqual(lines, TEXT.decode().splitlines())
            ftp.storlines("STOR back", io.BytesIO(TEXT))
        self.assertEqual((self.served / "back").read_bytes(), TEXT)


class Ipv6Server(ServerTest):
    """The server on ::1."""

    options = ("--bind", "::1")

    def setUp(self) -> None:
        support.needs(support.ipv6_here(), "IPv6")
        super().setUp()

    def test_curl_comes_by_ipv6(self) -> None:
        for how in ((), ("-P", "-")):
            with self.subTest(how=how):
                self.assertEqual(self.curl(*how, "{url}hello.txt", host="[::1]"), CONTENTS["hello.txt"])

    def test_the_client_comes_by_ipv6(self) -> None:
        for how in ((), ("--active",)):
            with self.subTest(how=how):
                there = url(self.port, USER, PASSWORD, "::1")
                done = run(program("KIT_CLIENT", "ftp_client"), *how, "-e", "get hello.txt", there, cwd=self.local)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual((self.local / "hello.txt").read_bytes(), CONTENTS["hello.txt"])
