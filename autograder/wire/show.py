"""Bytes as text for people: escaped, shortened, compared. Pure functions."""

from __future__ import annotations

_ESCAPES = {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r", 0x22: '\\"', 0x5C: "\\\\"}


def escape(data: bytes) -> str:
    """ASCII as it is; every other byte as an escape: `\\r`, `\\xff`."""
    return "".join(
        _ESCAPES.get(byte) or (chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}") for byte in data
    )


def quote(data: bytes, limit: int = 80) -> str:
    """The bytes escaped and in quotes, the middle left out where there are more than `limit`."""
    if len(data) <= limit:
        return f'"{escape(data)}"'
    half = limit // 2
    return f'"{escape(data[:half])}" ... {len(data) - 2 * half} bytes ... "{escape(data[-half:])}"'


def count(number: int, noun: str) -> str:
    """`1 byte`, `2 bytes`, `200,000 bytes`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def first_difference(left: bytes, right: bytes) -> int | None:
    """The first offset at which the two part (the shorter's length where it is a prefix), or None when equal."""
    if left == right:
        return None
    low, high = 0, min(len(left), len(right))
    if left[:high] == right[:high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle
    return low


def describe_difference(observed: bytes, expected: bytes, what: str) -> tuple[str, str, int] | None:
    """(expected, observed, offset) as sentences about two byte strings that part; None when they are equal."""
    at = first_difference(observed, expected)
    if at is None:
        return None
    window = slice(max(0, at - 8), at + 24)
    if at == len(observed):
        missing = len(expected) - at
        return (
            f"{what}: {count(len(expected), 'byte')}, going on with {quote(expected[at:at + 32])} at offset {at:,}",
            f"it ends after {count(at, 'byte')}: the last {count(missing, 'byte')} are missing",
            at,
        )
    if at == len(expected):
        surplus = observed[at:]
        return (
            f"{what}: {count(at, 'byte')} and then the end",
            f"{count(len(surplus), 'byte')} too many follow: {quote(surplus, 32)}",
            at,
        )
    return (
        f"{what}: {quote(expected[window])} around offset {at:,}",
        f"{quote(observed[window])} there: the first wrong byte, at offset {at:,}, is {quote(observed[at:at + 1])}, "
        f"not {quote(expected[at:at + 1])} (of {count(len(observed), 'byte')})",
        at,
    )
