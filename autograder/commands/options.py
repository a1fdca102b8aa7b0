"""Values of options, read strictly."""

from __future__ import annotations

import argparse

from autograder.labs import LABS


def lab_list(text: str) -> tuple[int, ...]:
    """(1, 2, 3, 6) for "1-3,6"."""
    labs: set[int] = set()
    try:
        for part in text.split(","):
            first, _, last = part.partition("-")
            labs.update(range(int(first), int(last or first) + 1))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of labs: write 1-3 or 1,2,5") from None
    unknown = sorted(labs - LABS.keys())
    if unknown or not labs:
        raise argparse.ArgumentTypeError(f"{text!r} names no lab" if not labs else f"there is no lab {unknown[0]}")
    return tuple(sorted(labs))


def positive(text: str) -> int:
    """A whole number above 0."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above 0")
    return int(text)


def scale(text: str) -> float:
    """A factor above 0."""
    try:
        factor = float(text)
    except ValueError:
        factor = 0.0
    if not 0.0 < factor <= 1000.0:
        raise argparse.ArgumentTypeError(f"{text!r} is no factor between 0 and 1000")
    return factor
