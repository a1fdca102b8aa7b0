"""A whole server with extensions for clients under test: files in memory, FEAT, SIZE, MDTM, REST, MLSD, and mishaps."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from autograder.wire import faults
from autograder.wire.faults import Fault
from autograder.wire.ftp_model import FileModel, Files
from autograder.wire.ftp_peer import FtpPeer
from autograder.wire.ftp_script import FtpScript

FEATURES = ("MDTM", "MLST type*;size*;modify*;unique*;", "REST STREAM", "SIZE", "UTF8")
PLAIN_FEATURES = ("MDTM", "REST STREAM", "SIZE")  # no MLSD: names come by NLST, entries by LIST
UNIX, MS_DOS = "unix", "ms-dos"


@dataclass
class Server:
    """How the server is. `breaks` is spent from the front: each download or upload breaks after so many bytes."""

    files: Files
    features: tuple[str, ...] = FEATURES
    links: dict[str, str] = field(default_factory=dict)  # "tree/loop": "tree": two names of one directory
    extra: tuple[str, ...] = ()  # lines that stand in every MLSD, LIST and NLST besides, as they are
    listing: str = UNIX
    times: dict[str, str] = field(default_factory=dict)
    breaks: list[int] = field(default_factory=list)
    hangs_up: bool = True  # a break takes the control connection along; else it is 426


class ExtendedModel(FileModel):
    """One session with the server."""

    def __init__(self, session: FtpScript, server: Server) -> None:
        super().__init__(session, server.files, {})
        self.server = server
        self.offset = 0
        for verb in ("FEAT", "MDTM", "OPTS"):
            session.chatter.pop(verb, None)

    def _key(self, path: str) -> str:
        parts: list[str] = []
        for part in posixpath.join(self.cwd, path).split("/"):
            if part == "..":
                parts = parts[:-1]
            elif part not in ("", "."):
                parts.append(part)
            parts = self.server.links.get("/".join(parts), "/".join(parts)).split("/") if parts else []
        return "/".join(parts)

    def _announced(self, name: str) -> bool:
        return any(feature.split(" ")[0] == name for feature in self.server.features)

    def _refused(self, name: str) -> bool:
        if not self._announced(name):
            self.session.reply(f"502 {name} is not known here.")
        return not self._announced(name)

    def _feat(self, _: str) -> None:
        self.session.reply("211-Features:", *(f" {feature}" for feature in self.server.features), "211 End")

    def _opts(self, _: str) -> None:
        self.session.reply("200 Well.")

    def _rest(self, argument: str) -> None:
        if self._refused("REST"):
            return
        if not re.fullmatch("[0-9]+", argument):
            self.session.reply("501 No such offset.")
            return
        self.offset = int(argument)
        self.session.reply("350 From there.")

    def _size(self, path: str) -> None:
        if not self._refused("SIZE"):
            super()._size(path)

    def _mdtm(self, path: str) -> None:
        if not self._refused("MDTM"):
            known = self._key(path) in self.files
            time = self.server.times.get(self._key(path), "20200101000000")
            self.session.reply(f"213 {time}" if known else "550 No such file.")

    def _facts(self, key: str, name: str) -> str:
        key = self.server.links.get(key, key)
        kind, size = ("dir", 0) if self._is_directory(key) else ("file", len(self.files[key]))
        unique = "".join(f"{byte:02x}" for byte in key.encode("utf-8", "surrogateescape")) or "root"
        return f"type={kind};size={size};modify=20200101000000;unique={unique}; {name}"

    def _mlst(self, path: str) -> None:
        if not self._refused("MLST"):
            key = self._key(path)
            known = key in self.files or self._is_directory(key)
            facts = ["250-Facts", f" {self._facts(key, path)}", "250 End"] if known else ["550 No such file."]
            self.session.reply(*facts)

    def _mlsd(self, path: str) -> None:
        if self._refused("MLST"):
            return
        base = self._key(path)
        self._send_list("MLSD", path, lambda name: self._facts(posixpath.join(base, name), name))

    def _names(self, path: str) -> list[str] | None:
        names = super()._names(path)
        base = self._key("" if path.startswith("-") else path)
        linked = [posixpath.basename(link) for link in self.server.links if posixpath.dirname(link) == base]
        return None if names is None else sorted({*names, *linked})

    def _list(self, path: str) -> None:
        if self.server.listing == UNIX:
            super()._list(path)
            return
        base = self._key(path)

        def line(name: str) -> str:
            key = posixpath.join(base, name)
            size = f"{'<DIR>':<14}" if self._is_directory(key) else f"{len(self.files[key]):>14}"
            return f"02-29-24  12:30PM {size} {name}"

        self._send_list("LIST", path, line)

    def _send_list(self, verb: str, path: str, line: Callable[[str], str]) -> None:
        names = self._names(path)
        if names is None:
            self.session.download(b"", faults.REFUSED_550)
            return
        lines = [*(line(name) for name in names), *self.server.extra]
        text = "".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogateescape")
        self.session.download(text)

    def _retr(self, path: str) -> None:
        content, offset, self.offset = self.files.get(self._key(path)), self.offset, 0
        if content is None:
            self.session.download(b"", faults.REFUSED_550)
        elif self.server.breaks:
            self._send_part(content[offset:][: self.server.breaks.pop(0)])
        else:
            self.session.download(content[offset:])

    def _stor(self, path: str) -> None:
        key, offset, self.offset = self._key(path), self.offset, 0
        before = self.files.get(key, b"")[:offset]
        if not self.server.breaks:
            self.files[key] = before + self.session.take_upload()
            self.session.finish()
            return
        fault = self._break()
        part = self.session.take_upload(fault)[: self.server.breaks.pop(0)]
        self.files[key] = before + part
        self.session.finish(fault)

    def _send_part(self, part: bytes) -> None:
        """A download that breaks, at a moment when the client has read all that came (or takes long to say so)."""
        self.session.reply("150 Here it comes.")
        data = self.session.open_data()
        data.send(part)
        data.half_close()
        data.readable(self.session.conditions.lull(0.5))
        data.close()
        self.session.finish(self._break())

    def _break(self) -> Fault:
        if self.server.hangs_up:
            return Fault("both connections end", share=0.5, final=b"", leaves=True)
        return Fault("the data connection ends", share=0.5, final=b"426 Connection closed.\r\n")


def serve(peer: FtpPeer, server: Server) -> FtpScript:
    """Takes one client and serves it until it quits or the connection breaks. Returns the session: see `.heard`."""
    session = peer.session()
    session.greet()
    model = ExtendedModel(session, server)
    wire = session.wire
    try:
        while not wire.closed and (wire.buffer or wire.receive("a command from the client", None)):
            if not model.answer(session.next_command()):
                break
    finally:
        session.close()
    return session


def verbs(session: FtpScript, *which: str) -> list[str]:
    """Those of the commands heard that are among these, with their arguments, in their order."""
    return [str(command) for command in session.heard if command.verb in which]
