"""The servers that are measured: ours, four that others wrote, and the bare yardstick. How each is tuned stands here.

Wherever a server can be told so: no name lookups, no delays, no log, no limits on sessions, directories or rates.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ACCOUNT = ("alice", "pa55word")
_HASH = "$6$benchmark$pvMrgyz50X6NRJHIeFTS7r2Gvnha1SQry8lFfVXhMb1F6N05RemYOuQ4JT/bqn0sJAWYe/hn3QVoGQBSzKgTC/"
_CHEAP = ("bench", "bench")  # for servers whose anonymous users may do less than the others'
_CHEAP_HASH = "$1$bench$IDaFocGqo.f39hZ5dc3P7."
_ANONYMOUS = ("anonymous", "bench@example.org")
_UID = _GID = 65534  # nobody's


class Missing(Exception):
    """A server that is not here, and why."""


@dataclass(frozen=True)
class Place:
    """Where one server works."""

    root: Path  # what it serves
    folder: Path  # for its own files
    port: int
    options: tuple[str, ...] = ()  # more of them, for the reference server


@dataclass(frozen=True)
class Subject:
    """A server: how to start it and whom it lets in."""

    name: str
    title: str
    configured: str  # for the report
    command: Callable[[Place], list[str]]  # raises Missing
    user: tuple[str, str] = _ANONYMOUS  # for all but the login tests
    anonymous: tuple[str, str] | None = _ANONYMOUS
    account: tuple[str, str] | None = None  # with a SHA-512 hash


def program(name: str) -> str:
    """A peer's program: from KIT_PEERS or build/peers, where packages are unpacked, else from the PATH."""
    peers = Path(os.environ.get("KIT_PEERS") or ROOT / "build" / "peers")
    folders = [str(folder) for place in ("usr/sbin", "usr/bin") for folder in sorted(peers.glob(f"*/{place}"))]
    found = shutil.which(name, path=os.pathsep.join([*folders, os.environ.get("PATH", ""), "/usr/sbin"]))
    if not found:
        raise Missing(f"{name} is not installed")
    return found


def python_with(module: str) -> str:
    """A Python that can import `module`: Debian's packages go to Debian's own Python."""
    for candidate in (sys.executable, "/usr/bin/python3"):
        if subprocess.run([candidate, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0:
            return candidate
    raise Missing(f"{module} is not installed")


def _write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return str(path)


def _vsftpd(place: Place) -> list[str]:
    empty = place.folder / "empty"
    empty.mkdir(exist_ok=True)
    settings = {
        "listen": "YES", "listen_ipv6": "NO", "listen_address": "127.0.0.1", "listen_port": place.port,
        "background": "NO", "anonymous_enable": "YES", "local_enable": "NO", "ftp_username": "ftp",
        "anon_root": place.root, "secure_chroot_dir": empty, "no_anon_password": "NO", "write_enable": "YES",
        "anon_upload_enable": "YES", "anon_other_write_enable": "YES", "anon_umask": "022",
        "anon_world_readable_only": "NO", "max_clients": 0, "max_per_ip": 0, "seccomp_sandbox": "NO",
        "isolate_network": "NO", "xferlog_enable": "NO", "tcp_wrappers": "NO", "idle_session_timeout": 3600,
    }
    text = "".join(f"{name}={value}\n" for name, value in settings.items())
    return [program("vsftpd"), _write(place.folder / "vsftpd.conf", text)]


_PROFTPD = """ServerType standalone
DefaultAddress 127.0.0.1
SocketBindTight on
Port {port}
User nobody
Group nogroup
UseReverseDNS off
RequireValidShell off
AuthPAM off
AuthOrder mod_auth_file.c
AuthUserFile {folder}/accounts
WtmpLog off
TransferLog none
SystemLog none
SyslogLevel emerg
PidFile {folder}/pid
ScoreboardFile none
ControlsEngine off
DelayEngine off
MaxInstances none
TimeoutIdle 3600
tcpBackLog 255
AllowOverwrite on
<Anonymous {root}>
  User ftpbench
  Group nogroup
  UserAlias anonymous ftpbench
  AnonRequirePassword off
  RequireValidShell off
  MaxClients none
  <Limit ALL>
    AllowAll
  </Limit>
</Anonymous>
"""


def _proftpd(place: Place) -> list[str]:
    people = [(ACCOUNT[0], _HASH), ("ftpbench", _HASH)]
    _write(place.folder / "accounts",
           "".join(f"{name}:{hashed}:{_UID}:{_GID}::{place.root}:/bin/sh\n" for name, hashed in people))
    config = _write(place.folder / "proftpd.conf",
                    _PROFTPD.format(port=place.port, folder=place.folder, root=place.root))
    return [program("proftpd"), "--nodaemon", "--quiet", "--config", config]


def _pureftpd(place: Place) -> list[str]:
    people = [(ACCOUNT[0], _HASH), (_CHEAP[0], _CHEAP_HASH)]
    accounts = _write(place.folder / "accounts", "".join(
        f"{name}:{hashed}:{_UID}:{_GID}::{place.root}/./{12 * ':'}\n" for name, hashed in people))
    database = f"{accounts}.db"
    subprocess.run([program("pure-pw"), "mkdb", database, "-f", accounts], check=True, capture_output=True)
    return [program("pure-ftpd"), "--bind", f"127.0.0.1,{place.port}", "--login", f"puredb:{database}",
            "--dontresolve", "--minuid", "1", "--maxclientsnumber", "30000", "--maxclientsperip", "30000",
            "--limitrecursion", "10000000:100", "--maxidletime", "60", "--syslogfacility", "none",
            "--pidfile", str(place.folder / "pid")]


def _pyftpdlib(place: Place) -> list[str]:
    return [python_with("pyftpdlib"), str(HERE / "pyftpdlib_server.py"), str(place.port), str(place.root), *ACCOUNT]


def _kit(server: Path) -> Callable[[Place], list[str]]:
    def command(place: Place) -> list[str]:
        if not os.access(server, os.X_OK):
            raise Missing(f"{server} is not built")
        accounts = _write(place.folder / "accounts", f"{ACCOUNT[0]}:{_HASH}\n")
        return [str(server), str(place.port), "--root", str(place.root), "--users", accounts, "--anonymous", "rw",
                "--log-level", "error", "--idle-timeout", "3600", *place.options]
    return command


def _bare(server: Path) -> Callable[[Place], list[str]]:
    return lambda place: [str(server), str(place.port), "--root", str(place.root)]


def subjects(server: Path, bare: Path) -> list[Subject]:
    """All servers, ours first and the yardstick last."""
    return [
        Subject("kit", "reference", "`--anonymous rw --users FILE --log-level error --idle-timeout 3600`", _kit(server),
                account=ACCOUNT),
        Subject("vsftpd", "vsftpd", "standalone, its default of two processes for a session; `max_clients=0 "
                "max_per_ip=0 seccomp_sandbox=NO isolate_network=NO xferlog_enable=NO tcp_wrappers=NO`. Accounts would "
                "be the system's own: not measured", _vsftpd),
        Subject("proftpd", "ProFTPD", "standalone; `UseReverseDNS off, DelayEngine off, ScoreboardFile none, "
                "WtmpLog off, TransferLog none, SystemLog none, ControlsEngine off, MaxInstances none, "
                "tcpBackLog 255`, accounts from AuthUserFile", _proftpd, account=ACCOUNT),
        Subject("pureftpd", "Pure-FTPd", "standalone; `--dontresolve --maxclientsnumber 30000 --maxclientsperip 30000 "
                "--limitrecursion 10000000:100 --syslogfacility none`, accounts from a puredb. Its anonymous users may "
                "not overwrite files, and live in another directory: all but the anonymous logins run as an account "
                "with a cheap hash", _pureftpd, user=_CHEAP, account=ACCOUNT),
        Subject("pyftpdlib", "pyftpdlib", "asynchronous FTPServer (epoll, one thread), sendfile, no log, no limits, "
                "`timeout = 0`, backlog 4096. It keeps passwords as they are: hashed logins not measured", _pyftpdlib),
        Subject("bare", "bare", "no FTP server: one epoll thread, ready-made replies, sendfile and splice",
                _bare(bare)),
    ]
