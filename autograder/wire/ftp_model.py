"""A small, correct FTP server over files in memory, for scenarios in which a client under test needs a whole server.

The store is a plain dict: `{"a.txt": b"...", "dir/": b"", "dir/b.txt": b"..."}`; names that end with `/` are
directories. The scenario reads from it what the client did.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping

from autograder.wire import faults
from autograder.wire.command import Command
from autograder.wire.faults import Fault
from autograder.wire.ftp_script import FtpScript

Files = dict[str, bytes]
Faults = Mapping[str, Fault]  # by verb


class FileModel:
    """Answers the commands of one session out of a dict of files. Owns the session's state, not its connection."""

    def __init__(self, session: FtpScript, files: Files, misbehaviour: Faults) -> None:
        self.session = session
        self.files = files
        self.misbehaviour = misbehaviour
        self.cwd = "/"
        self.renaming = ""
        session.chatter.pop("PWD", None)
        session.chatter.pop("SIZE", None)

    def answer(self, command: Command) -> bool:
        """Answers any command; False after QUIT."""
        handler: Callable[[str], None] | None = getattr(self, f"_{command.verb.lower()}", None)
        refused = self.misbehaviour.get(command.verb)
        if refused is not None and refused.no_data_connection:
            self.session.download(b"", refused)
        elif handler is not None:
            handler(command.argument)
        elif not self.session.answer(command):
            self.session.reply("502 Not implemented.")
        return command.verb != "QUIT"

    def _key(self, path: str) -> str:
        return posixpath.normpath(posixpath.join(self.cwd, path)).lstrip("/")

    def _is_directory(self, key: str) -> bool:
        return key == "" or f"{key}/" in self.files

    def _fault(self, verb: str) -> Fault:
        return self.misbehaviour.get(verb, faults.PLAIN)

    def _user(self, _: str) -> None:
        self.session.reply("331 Password, please.")

    def _pass(self, _: str) -> None:
        self.session.reply("230 Logged in.")

    def _quit(self, _: str) -> None:
        self.session.reply("221 Goodbye.")

    def _pwd(self, _: str) -> None:
        self.session.reply('257 "{}"'.format(self.cwd.replace('"', '""')))

    def _cwd(self, path: str) -> None:
        key = self._key(path)
        if self._is_directory(key):
            self.cwd = f"/{key}"
        self.session.reply("250 Done." if self._is_directory(key) else "550 No such directory.")

    def _cdup(self, _: str) -> None:
        self._cwd("..")

    def _mkd(self, path: str) -> None:
        key = self._key(path)
        if key in self.files or self._is_directory(key):
            self.session.reply("550 It exists.")
        else:
            self.files[f"{key}/"] = b""
            self.session.reply('257 "/{}" created.'.format(key.replace('"', '""')))

    def _rmd(self, path: str) -> None:
        key = self._key(path)
        within = [name for name in self.files if name.startswith(f"{key}/")]
        self._remove(f"{key}/", within == [f"{key}/"])

    def _dele(self, path: str) -> None:
        self._remove(self._key(path), True)

    def _remove(self, key: str, allowed: bool) -> None:
        done = allowed and self.files.pop(key, None) is not None
        self.session.reply("250 Done." if done else "550 Not possible.")

    def _rnfr(self, path: str) -> None:
        key = self._key(path)
        self.renaming = key if key in self.files or self._is_directory(key) else ""
        self.session.reply("350 Whereto?" if self.renaming else "550 No such file.")

    def _rnto(self, path: str) -> None:
        source, target = self.renaming, self._key(path)
        self.renaming = ""
        for name in [name for name in self.files if source and (name == source or name.startswith(f"{source}/"))]:
            self.files[target + name[len(source):]] = self.files.pop(name)
        self.session.reply("250 Done." if source else "503 RNFR first.")

    def _size(self, path: str) -> None:
        key = self._key(path)
        self.session.reply(f"213 {len(self.files[key])}" if key in self.files else "550 No such file.")

    def _names(self, path: str) -> list[str] | None:
        """The direct entries of a directory, the name of a file, or None."""
        key = self._key("" if path.startswith("-") else path)
        if key in self.files:
            return [key]
        if not self._is_directory(key):
            return None
        prefix = f"{key}/" if key else ""
        below = [name[len(prefix):] for name in self.files if name.startswith(prefix) and name != prefix]
        return sorted({name.split("/")[0] for name in below})

    def _nlst(self, path: str) -> None:
        self._send_list("NLST", path, str)

    def _list(self, path: str) -> None:
        base = self._key("" if path.startswith("-") else path)

        def line(name: str) -> str:
            key = posixpath.join(base, name) if self._is_directory(base) else base
            kind, size = ("drwxr-xr-x", 0) if self._is_directory(key) else ("-rw-r--r--", len(self.files[key]))
            return f"{kind}   1 ftp      ftp  {size:12d} Jan 01  2024 {name}"

        self._send_list("LIST", path, line)

    def _send_list(self, verb: str, path: str, line: Callable[[str], str]) -> None:
        names = self._names(path)
        if names is None:
            self.session.download(b"", faults.REFUSED_550)
        else:
            text = "".join(f"{line(name)}\r\n" for name in names)
            self.session.download(text.encode("utf-8", "surrogateescape"), self._fault(verb))

    def _retr(self, path: str) -> None:
        content = self.files.get(self._key(path))
        if content is None:
            self.session.download(b"", faults.REFUSED_550)
        else:
            self.session.download(content, self._fault("RETR"))

    def _stor(self, path: str) -> None:
        self._store(self._key(path), b"", self._fault("STOR"))

    def _appe(self, path: str) -> None:
        key = self._key(path)
        self._store(key, self.files.get(key, b""), self._fault("APPE"))

    def _stou(self, _: str) -> None:
        name = f"unique{len(self.files)}"
        self._store(name, b"", Fault("names the file", preliminary=f"150 FILE: {name}\r\n".encode()))

    def _store(self, key: str, before: bytes, fault: Fault) -> None:
        self.files[key] = before + self.session.take_upload(fault)
        self.session.finish(fault)


def serve_files(
    session: FtpScript, files: Files, misbehaviour: Faults | None = None, idle: float | None = None
) -> FtpScript:
    """Serves an open, greeted session until the client says QUIT or closes. Returns the session: see `.heard`.

    `idle` is how many seconds the client may take over its next command.
    """
    model = FileModel(session, files, misbehaviour or {})
    wire = session.wire
    try:
        while not wire.closed and (wire.buffer or wire.receive("a command from the client", idle)):
            if not model.answer(session.next_command()):
                break
    finally:
        session.close()
    return session
