"""Which TCP ports are listened on, in the network of this process.

The kernel is asked through sock_diag, which looks at listening sockets only. /proc/net/tcp goes through every bucket of
a large table, which takes milliseconds: it is read only where there is no sock_diag.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from pathlib import Path

_SOCK_DIAG = 4
_SOCK_DIAG_BY_FAMILY = 20
_REQUEST_DUMP = 0x301  # NLM_F_REQUEST | NLM_F_ROOT | NLM_F_MATCH
_LISTEN = 10
_ERROR, _DONE = 2, 3
_HEADER = 16
_PORT, _INODE = _HEADER + 4, _HEADER + 68  # in struct inet_diag_msg


def listeners() -> list[tuple[int, str]] | None:
    """(port, inode) of each listening TCP socket; None when the system does not tell."""
    try:
        return [found for family in (socket.AF_INET, socket.AF_INET6) for found in _by_netlink(family)]
    except OSError:
        pass
    try:
        return [found for table in ("tcp", "tcp6") for found in _by_proc(table)]
    except OSError:
        return None


def _by_netlink(family: int) -> Iterator[tuple[int, str]]:
    # struct inet_diag_req_v2: family, protocol, no extensions, padding, states, and an empty socket id
    request = struct.pack("=BBBBI48x", family, socket.IPPROTO_TCP, 0, 0, 1 << _LISTEN)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _SOCK_DIAG) as kernel:
        kernel.settimeout(1.0)
        kernel.send(struct.pack("=IHHII", _HEADER + len(request), _SOCK_DIAG_BY_FAMILY, _REQUEST_DUMP, 1, 0) + request)
        while True:
            answer = kernel.recv(1 << 16)
            while answer:
                length, kind = struct.unpack_from("=IH", answer)
                if kind == _DONE:
                    return
                if kind == _ERROR:
                    raise OSError("sock_diag is refused")
                yield struct.unpack_from("!H", answer, _PORT)[0], str(struct.unpack_from("=I", answer, _INODE)[0])
                answer = answer[(length + 3) & ~3:]


def _by_proc(table: str) -> Iterator[tuple[int, str]]:
    for fields in map(str.split, Path(f"/proc/net/{table}").read_text().splitlines()[1:]):
        if fields[3] == f"{_LISTEN:02X}":
            yield int(fields[1].rsplit(":", 1)[1], 16), fields[9]
