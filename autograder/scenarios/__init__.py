"""The scenarios, one module for each lab: lab01_echo, lab02_lines, ..."""

from __future__ import annotations

import importlib
from pathlib import Path


def load_all() -> None:
    """Registers every scenario, lab by lab: a scenario may name those of earlier labs in its `after`."""
    for path in sorted(Path(__file__).parent.glob("lab[0-9][0-9]_*.py")):
        importlib.import_module(f"{__name__}.{path.stem}")
