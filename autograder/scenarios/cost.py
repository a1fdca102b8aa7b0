"""What a server's work costs: CPU time beside a measure of the same run, bytes and calls as the kernel counts them."""

from __future__ import annotations

from autograder.run.proc_fs import Moved


def cpu_of(ftp, action):
    """The CPU seconds that the server needs for something."""
    before = ftp.process.cpu_seconds()
    action()
    return ftp.process.cpu_seconds() - before


def at_most(check, share, *, of, what, own, other):
    """The best of three rounds of one takes at most this multiple of the CPU seconds of the best of three of another."""
    best, measure = float("inf"), float("inf")
    for _ in range(3):
        measure, best = min(measure, other()), min(best, own())
    check(best <= share * measure, expected=f"{what} to take at most {share:g} times the CPU time of {of} ({measure:.3f} s)",
          observed=f"{best:.3f} s: {best / measure:.1f} times")


def moved_by(ftp, action):
    """What went through read(2) and write(2) meanwhile; None if the kernel does not count."""
    before = ftp.process.moved()
    action()
    after = ftp.process.moved()
    return Moved(*(now - then for now, then in zip(after, before))) if before and after else None
