"""The numbered list of what the RFCs and practice ask of FTP programs (requirements.tsv), and what proves each row.

A scenario names the rows it proves in `covers`; nothing else ties the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from autograder.scenario import REGISTRY, Scenario

_FILE = Path(__file__).with_name("requirements.tsv")

# Rows that this kit leaves out on purpose, with the reason.
OUTSIDE: dict[int, str] = {
    **dict.fromkeys(range(156, 169), "FTPS: the kit has no TLS package; AUTH is answered 502"),
    82: "MODE C is answered 504, as RFC 959 5.1 allows",
    83: "MODE Z is answered 504",
    195: "FTPS: the client has no certificates to check; HOST is for one address with several servers",
    196: "FTPS: the client has no TLS, and says so by having no option for it",
}


@dataclass(frozen=True)
class Requirement:
    """One row. `side` is S (server) or C (client); `level` as the RFC has it, SECURITY or PRACTICE."""

    number: int
    side: str
    level: str
    source: str  # "RFC 959 5.4", or "-" where practice asks and no RFC
    text: str

    @property
    def scenarios(self) -> list[Scenario]:
        """The scenarios that prove it, in the order of their definition."""
        return [scenario for scenario in REGISTRY.values() if self.number in scenario.covers]


@lru_cache
def requirements() -> dict[int, Requirement]:
    """All rows by number. Raises ValueError for a row that is not number, side, level, source and text."""
    rows: dict[int, Requirement] = {}
    for count, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), 1):
        fields = line.split("\t")
        if len(fields) != 5 or int(fields[0]) != count:
            raise ValueError(f"{_FILE.name}:{count}: not number, side, level, source and text")
        rows[count] = Requirement(count, *fields[1:])
    return rows
