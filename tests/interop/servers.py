"""Servers to try the client with: the one under test and four that others wrote, each serving the tree of its test.

A test class takes one of the classes below as its base, and finds in `login` the client's arguments that lead to
`served`. The servers belong to their test: own configuration, free port, no account of the system's, ended by pid.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import subprocess
from urllib.parse import quote

from tests.interop import support
from tests.interop.support import PASSWORD, USER, TreeTest, program, run, tool

PASSWORD_HASH = "$6$interop$BmdeVP78AycQMrBWePgRHP3yeD6xcy1qZvyl6m6FQaU3SkGZ4AHm1USW0jX2RyftSwDZVvcJZMK9P39GIzCZe1"

VSFTPD = """listen={ipv4}
listen_ipv6={ipv6}
listen_address{six}={host}
listen_port={port}
background=NO
anonymous_enable=YES
local_enable=YES
ftp_username=nobody
anon_root={root}
run_as_launching_user=YES
write_enable=YES
anon_upload_enable=YES
anon_mkdir_write_enable=YES
anon_other_write_enable=YES
anon_umask=022
port_enable=YES
ascii_upload_enable=YES
ascii_download_enable=YES
seccomp_sandbox=NO
secure_chroot_dir={empty}
delay_failed_login=0
"""

PROFTPD = """ServerType standalone
DefaultAddress {host}
Port {port}
User {user}
Group {group}
UseReverseDNS off
RequireValidShell off
AuthPAM off
AuthOrder mod_auth_file.c
AuthUserFile {folder}/accounts
WtmpLog off
TransferLog none
SystemLog {folder}/log
PidFile {folder}/pid
ScoreboardFile {folder}/scoreboard
ControlsEngine off
DelayEngine off
AllowOverwrite on
AllowRetrieveRestart on
AllowStoreRestart on
"""

# As `python -m pyftpdlib` does, but without three seconds' thought about a wrong password.
PYFTPDLIB = "from pyftpdlib import __main__, handlers; handlers.FTPHandler.auth_failed_timeout = 0; __main__.main()"

# Runs a server until its own input ends: that also ends one that runs as root when the test does not.
UNTIL_INPUT_ENDS = ["sh", "-c", '"$@" < /dev/null & read -r _; kill "$!"; wait', "sh"]


def url(port: int, user: str, password: str, host: str = "127.0.0.1") -> str:
    """An ftp:// URL with everything in it."""
    where = f"[{host}]" if ":" in host else host
    return f"ftp://{user}:{quote(password, safe='')}@{where}:{port}/"


def identity() -> tuple[int, int]:
    """The user and group to serve as: ourselves, but never root, whom servers don't let in."""
    return (os.getuid(), os.getgid()) if os.getuid() else (pwd.getpwnam("nobody").pw_uid, pwd.getpwnam("nobody").pw_gid)


class ServerTest(TreeTest):
    """A test with a server that serves `served` on `host`."""

    host = "127.0.0.1"
    login: tuple[str, ...]  # the client's arguments that lead to the served tree
    wrong_login: tuple[str, ...]  # the same with a wrong password

    def allow(self, port: int) -> None:
        """Sets the logins for a server that lets USER in."""
        self.login = (url(port, USER, PASSWORD, self.host),)
        self.wrong_login = (url(port, USER, "wrong", self.host),)

    def client(self, commands: str, *options: str, login: tuple[str, ...] | None = None,
               stdin: bytes | None = None) -> "subprocess.CompletedProcess[bytes]":
        """Runs `commands`, separated by ';', in the directory `local`; those of `stdin` where there are none."""
        execute = ("-e", commands) if commands else ()
        argv = (program("KIT_CLIENT", "ftp_client"), *options, *(login or self.login), *execute)
        return run(*argv, stdin=stdin, cwd=self.local)

    def assert_done(self, commands: str, *options: str,
                    stdin: bytes | None = None) -> "subprocess.CompletedProcess[bytes]":
        """The same, when every command has to succeed."""
        done = self.client(commands, *options, stdin=stdin)
        self.assertEqual(done.returncode, 0, f"{commands}\n{done.stdout[-2000:]!r}\n{done.stderr[-2000:]!r}")
        return done


class KitServer(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.allow(self.start_kit_server("--user", f"{USER}:{PASSWORD}", "--bind", self.host))


class Pyftpdlib(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        python, port = support.python_with("pyftpdlib"), support.free_port(self.host)
        self.start([python, "-c", PYFTPDLIB, "-i", self.host, "-p", str(port), "-w", "-d", str(self.served),
                    "-u", USER, "-P", PASSWORD], port, self.host)
        self.allow(port)


class Vsftpd(ServerTest):
    """Anonymous: vsftpd knows no other users than the system's."""

    def setUp(self) -> None:
        super().setUp()
        server, port, ipv6 = tool("vsftpd"), support.free_port(self.host), ":" in self.host
        empty, config = self.local.parent / "empty-for-vsftpd", self.local.parent / "vsftpd.conf"
        empty.mkdir()
        config.write_text(VSFTPD.format(ipv4="NO" if ipv6 else "YES", ipv6="YES" if ipv6 else "NO",
                                        six="6" if ipv6 else "", host=self.host, port=port, root=self.served,
                                        empty=empty), encoding="utf-8")
        self.start([server, str(config)], port, self.host)
        self.login = (self.host, str(port))
        self.wrong_login = (url(port, "nobody-knows-me", "wrong", self.host),)


class Proftpd(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        server, port = tool("proftpd"), support.free_port(self.host)
        folder, (uid, gid) = self.local.parent / "proftpd", identity()
        folder.mkdir()
        accounts, config = folder / "accounts", folder / "conf"
        accounts.write_text(f"{USER}:{PASSWORD_HASH}:{uid}:{gid}::{self.served}:/bin/sh\n", encoding="utf-8")
        accounts.chmod(0o600)  # it reads no other
        config.write_text(PROFTPD.format(host=self.host, port=port, folder=folder, user=pwd.getpwuid(uid).pw_name,
                                         group=grp.getgrgid(gid).gr_name), encoding="utf-8")
        self.start([server, "--nodaemon", "--config", str(config)], port, self.host)
        self.allow(port)


class Pureftpd(ServerTest):
    """As root, with sudo if need be: it lets nobody in otherwise."""

    def setUp(self) -> None:
        super().setUp()
        server, port = tool("pure-ftpd"), support.free_port(self.host)
        rise = [] if os.geteuid() == 0 else ["sudo", "-n"]
        support.needs(not rise or shutil.which("sudo"), "sudo for Pure-FTPd")
        accounts, (uid, gid) = self.local.parent / "pure-ftpd.accounts", identity()
        accounts.write_text(f"{USER}:{PASSWORD_HASH}:{uid}:{gid}::{self.served}/./{12 * ':'}\n", encoding="utf-8")
        made = run(tool("pure-pw"), "mkdb", f"{accounts}.db", "-f", str(accounts))
        self.assertEqual(made.returncode, 0, made.stderr)
        argv = [server, "--bind", f"{self.host},{port}", "--login", f"puredb:{accounts}.db", "--noanonymous",
                "--dontresolve", "--minuid", "1", "--pidfile", f"{accounts}.pid"]
        self.start([*rise, *UNTIL_INPUT_ENDS, *argv], port, self.host, end=end_input)
        self.allow(port)


def end_input(process: subprocess.Popen[bytes]) -> None:
    """Ends what UNTIL_INPUT_ENDS has started."""
    assert process.stdin is not None
    process.stdin.close()
    process.wait(support.SECONDS)
