"""The client with every server in active mode, with text, over IPv6, and with hundreds of files in one session."""

from __future__ import annotations

from tests.interop import servers, support
from tests.interop.support import CONTENTS, SPACED, TEXT

FILES = 500


class Ways:
    """What the client manages with every server. A mixin: the classes below say with which."""

    def test_lets_the_server_connect(self) -> None:
        content = self.big_file(self.local)
        output = self.assert_done("put big.bin there.bin; get there.bin back.bin; ls", "--active").stdout
        self.assertTrue((self.local / "back.bin").read_bytes() == content, "what came back differs")
        self.assertIn(b"there.bin", output)

    def test_moves_text(self) -> None:
        (self.local / "text").write_bytes(TEXT)
        for number, how in enumerate(((), ("--active",))):
            with self.subTest(how=how):
                self.assert_done(f"ascii; put text there{number}; get there{number} back", *how)
                self.assertEqual((self.local / "back").read_bytes(), TEXT)
                self.assertEqual((self.served / f"there{number}").read_bytes(), TEXT)

    def test_moves_hundreds_of_small_files_in_one_session(self) -> None:
        contents = {f"small {number:03}": f"{number}\r\n".encode() * (number % 7) for number in range(FILES)}
        for name, content in contents.items():
            (self.local / name).write_bytes(content)
        self.assert_done("", stdin="".join(f'put "{name}"\n' for name in contents).encode())
        self.assert_done("", "--active", stdin="".join(f'get "{name}" "back {name}"\n' for name in contents).encode())
        for name, content in contents.items():
            self.assertEqual((self.served / name).read_bytes(), content)
            self.assertEqual((self.local / f"back {name}").read_bytes(), content)


class WithKitServer(Ways, servers.KitServer):
    pass


class WithPyftpdlib(Ways, servers.Pyftpdlib):
    pass


class WithVsftpd(Ways, servers.Vsftpd):
    pass


class WithProftpd(Ways, servers.Proftpd):
    pass


class WithPureftpd(Ways, servers.Pureftpd):
    pass


class OverIpv6:
    """What the client manages with every server on ::1. A mixin too."""

    host = "::1"

    def setUp(self) -> None:
        support.needs(support.ipv6_here(), "IPv6")
        super().setUp()  # type: ignore[misc]

    def test_comes_by_ipv6(self) -> None:
        (self.local / "source").write_bytes(CONTENTS[SPACED])
        for number, how in enumerate(((), ("--active",))):
            with self.subTest(how=how):
                done = self.assert_done(f"get hello.txt; put source there{number}; get there{number} back; ls", *how)
                self.assertEqual((self.local / "hello.txt").read_bytes(), CONTENTS["hello.txt"])
                self.assertEqual((self.local / "back").read_bytes(), CONTENTS[SPACED])
                self.assertIn(f"there{number}".encode(), done.stdout)


class WithKitServerOverIpv6(OverIpv6, servers.KitServer):
    pass


class WithPyftpdlibOverIpv6(OverIpv6, servers.Pyftpdlib):
    pass


class WithVsftpdOverIpv6(OverIpv6, servers.Vsftpd):
    pass


class WithProftpdOverIpv6(OverIpv6, servers.Proftpd):
    pass


class WithPureftpdOverIpv6(OverIpv6, servers.Pureftpd):
    pass
