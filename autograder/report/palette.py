"""Colours for a terminal, and none anywhere else."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TextIO

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


@dataclass(frozen=True)
class Palette:
    """Paints text, or leaves it as it is."""

    enabled: bool = False

    def paint(self, text: str, *styles: str) -> str:
        """`text` in the given styles: "bold", "dim", "red", "green", "yellow", "cyan"."""
        if not self.enabled or not text:
            return text
        return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"


def palette_for(stream: TextIO) -> Palette:
    """Colours if `stream` is a terminal that can show them and nobody objects (NO_COLOR)."""
    return Palette(stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")
