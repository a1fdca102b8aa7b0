"""What is measured, as data: a row for each test, with what is wanted of the reference server."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

MiB = 1 << 20
BIG, TEN, SMALL = "big.bin", "ten.bin", "small.bin"
SIZES = {BIG: 1024 * MiB, TEN: 10 * MiB, SMALL: 4096}
LONG = 4096 * MiB  # what the clients move
FEW, MANY = "names-1000", "names-100000"
NAMES = {FEW: 1000, MANY: 100_000}


@dataclass(frozen=True)
class Wanted:
    """Ratios that the reference server should reach: to the best peer and to the bare yardstick."""

    peer: float | None = None
    bare: float | None = None
    cpu: float | None = None  # CPU seconds per GiB, at most this part of the best peer's


@dataclass(frozen=True)
class Row:
    """One test: how ftp_load is called, and what counts."""

    key: str
    title: str
    mode: str
    sessions: int
    wanted: Wanted = Wanted()
    unit: str = "1/s"  # or GB/s
    path: str = ""
    depth: int = 1
    size: int = 0
    count: int = 0  # operations of each session; 0: as many as fit into the time
    account: bool = False  # log in with a hashed password
    pinned: bool = False  # server and load on one CPU: the wake-up of a second one would be all that is measured
    slow: bool = False  # seconds for a round: one round is enough for a quick look
    curve: bool = False  # for the plot only
    disk: bool = False  # the files are on disk

    @property
    def place_and_title(self) -> str:
        return f"{self.title}, on disk" if self.disk else self.title


def _retr(key: str, path: str, sessions: int, wanted: Wanted, **more: object) -> Row:
    size = f"{SIZES[path] // MiB} MiB" if SIZES[path] >= MiB else f"{SIZES[path] // 1024} KiB"
    unit = "GB/s" if SIZES[path] >= MiB else "1/s"
    return Row(key, f"RETR {size}, {_sessions(sessions)}", "retr", sessions, wanted, unit, path, **more)


def _stor(key: str, sessions: int, wanted: Wanted, **more: object) -> Row:
    return Row(key, f"STOR 10 MiB, {_sessions(sessions)}", "stor", sessions, wanted, "GB/s", size=SIZES[TEN], **more)


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions"


WAVERING = 4  # transfers of one long file: who runs on which processor makes each fast or slow, whatever the server
_PEER = Wanted(peer=1.0, cpu=1.0)
_SMALL = Wanted(peer=1.2, bare=0.95)
_LOGIN = Wanted(peer=1.7, bare=0.95)
_LISTING = Wanted(peer=2.0)

IN_MEMORY = (
    Row("noop-1", "NOOP round trips, 1 session", "noop", 1, Wanted(bare=0.95), pinned=True),
    Row("noop-64", "NOOP round trips, 64 sessions", "noop", 64, Wanted(bare=0.95)),
    Row("noop-16-deep", "NOOP, 8 sessions, 16 deep", "noop", 8, Wanted(peer=5.0), depth=16),
    Row("login-1", "logins, anonymous, 1 at once", "login", 1, _LOGIN, pinned=True),
    Row("login-8", "logins, anonymous, 8 at once", "login", 8, _LOGIN),
    Row("login-hashed-8", "logins, account with SHA-512 hash, 8 at once", "login", 8, account=True),
    _retr("small-1", SMALL, 1, _SMALL, pinned=True),
    _retr("small-8", SMALL, 8, _SMALL),
    _retr("retr-10m-1", TEN, 1, _PEER),
    _retr("retr-10m-8", TEN, 8, _PEER),
    _retr("retr-10m-4", TEN, 4, Wanted(), curve=True),
    _retr("retr-10m-32", TEN, 32, Wanted(), curve=True),
    _retr("retr-10m-128", TEN, 128, Wanted(), curve=True),
    _retr("retr-1g-1", BIG, 1, _PEER, count=WAVERING),
    _retr("retr-1g-4", BIG, 4, _PEER, count=1, slow=True),
    _stor("stor-1", 1, Wanted(peer=1.3, bare=0.95, cpu=0.8)),
    _stor("stor-8", 8, Wanted(peer=1.0, bare=1.0, cpu=0.8)),
    Row("list-1000", "LIST of 1,000 names", "list", 1, _LISTING, path=FEW),
    Row("mlsd-1000", "MLSD of 1,000 names", "mlsd", 1, _LISTING, path=FEW),
    Row("list-100000", "LIST of 100,000 names", "list", 1, _LISTING, path=MANY, count=1, slow=True),
    Row("mlsd-100000", "MLSD of 100,000 names", "mlsd", 1, _LISTING, path=MANY, count=1, slow=True),
)

ON_DISK = (
    _retr("disk-retr-1g-1", BIG, 1, _PEER, count=WAVERING, disk=True),
    _retr("disk-retr-10m-8", TEN, 8, _PEER, disk=True),
    _stor("disk-stor-1", 1, Wanted(peer=1.3, bare=0.95), disk=True),
    _stor("disk-stor-8", 8, Wanted(peer=1.0, bare=1.0), disk=True),
)

# On a server that has already served many sessions; the peers' figures are those of "small-8".
AGED = dataclasses.replace(_retr("small-8-aged", SMALL, 8, _SMALL), title="RETR 4 KiB, 8 sessions, aged server")


@dataclass(frozen=True)
class Extent:
    """How much of it all: the whole, or a quick look."""

    rounds: int
    slow_rounds: int  # of slow rows and of those for the plot only
    milliseconds: int  # for one measurement
    limit: int  # milliseconds after which a measurement is given up; half of it for slow rows
    idle: tuple[int, ...]  # sessions to hold
    idle_rounds: int  # of the largest number, for servers that can
    forks_too: bool  # the largest number also for servers with a process for each session
    opening: int  # milliseconds to open them in
    sessions_of_age: int


FULL = Extent(5, 5, 400, 30_000, (100, 1000, 10_000), 3, True, 10_000, 100_000)
QUICK = Extent(2, 1, 150, 8_000, (1000, 10_000), 1, False, 5_000, 5_000)
