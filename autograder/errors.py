"""What a command raises when it cannot do its work. The command line turns each into one clear message."""

from __future__ import annotations


class WrongUse(Exception):
    """The person at the keyboard asked for something that cannot be; the text is the line to print."""


class BuildError(Exception):
    """The tree under test does not build; the text holds the compiler's first errors."""
