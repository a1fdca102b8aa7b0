"""`check.equal` on lists: what differs is told, and not all of two long lists."""

from __future__ import annotations

import unittest

from autograder.fixtures import Check
from autograder.wire.transcript import Divergence, Transcript

NAMES = [f"f{number}" for number in range(1000)]


class Lists(unittest.TestCase):
    def told(self, observed: list[str], expected: list[str]) -> tuple[str, str]:
        """What is said of two lists that differ."""
        with self.assertRaises(Divergence) as caught:
            Check(Transcript()).equal(observed, expected, "the names")
        return caught.exception.expected, caught.exception.observed

    def test_equal_ones_are_right(self) -> None:
        Check(Transcript()).equal(list(NAMES), NAMES, "the names")

    def test_short_ones_are_shown_whole(self) -> None:
        self.assertEqual(self.told(["a"], ["a", "b"]), ("the names: ['a', 'b']", "it is ['a']"))

    def test_of_long_ones_what_is_missing_and_too_many(self) -> None:
        self.assertEqual(self.told([*NAMES[5:], "f7"], NAMES),
                         ("the names: 1000 of them", "996 are there; 5 missing: 'f0', 'f1', 'f2', ...; 1 too many: 'f7'"))

    def test_of_long_ones_that_only_the_order_is_another(self) -> None:
        self.assertEqual(self.told(NAMES[::-1], NAMES)[1], "1000 are there; they are in another order")


if __name__ == "__main__":
    unittest.main()
