"""Lab 10, slots: no more transfers at once than there are workers to spare."""

from __future__ import annotations

import time

from autograder.scenario import COURSE, scenario
from autograder.scenarios.lab08_server import DONE, STARTED, binary, open_data
from autograder.scenarios.lab10_parked import PARKED

REFUSED = (450, 425)
SLOTS = ("slow_transfers_leave_workers",)


def stalled(ftp, count):
    """Uploads whose clients send nothing: each holds a slot and a worker."""
    held = []
    for index in range(count):
        control = binary(ftp)
        data = open_data(control)
        control.ask(f"STOR slow{index}", *STARTED)
        held.append((control, data))
    return held


def refused(control, line):
    """The transfer does not begin, and that is said at once."""
    with control.passive():
        return control.ask(line, *REFUSED)


@scenario(
    points=5, clause="course: slots below the number of workers", level=COURSE, after=PARKED,
    options=("--max-transfers", "4"), by_hand="ftp_server {port} --max-transfers 4; four times STOR, and nothing sent",
    causes=("transfers may take all workers: nobody is left for MKD",
            "a transfer over the limit waits in the queue instead of being told 450",
            "a slot is not held for as long as the transfer lasts"),
)
def slow_transfers_leave_workers(ftp, tree):
    """Four stalled transfers of four: a fifth is told 450 (or 425) at once; logins, MKD and DELE go on."""
    stalled(ftp, 4)
    tree.write("file", b"content")
    control = binary(ftp)
    refused(control, "RETR file")
    refused(control, "LIST")
    for line, code in (("MKD d", 257), ("RNFR file", 350), ("RNTO d/file", 250), ("DELE d/file", 250), ("RMD d", 250)):
        control.ask(line, code)
    control.in_step()
    ftp.login().in_step()


@scenario(
    points=4, clause="course: slots below the number of workers", level=COURSE, after=SLOTS,
    options=("--max-transfers", "2"), by_hand="ftp_server {port} --max-transfers 2; ABOR, close or reset one of two",
    causes=("a slot is given back by 226 only: let an object's destructor do it",
            "a transfer that was refused has taken a slot and not given it back",
            "the 150 is held back (MSG_MORE) to go with the 226: it has to be sent before the transfer waits"),
)
def a_slot_comes_back(ftp, tree, check):
    """However a transfer ends, by its end, ABOR, a reset or the client's going away: its slot is free again."""
    content = tree.write("file", b"content")
    opening = 0.0
    for ending in ("end", "abort", "reset", "gone"):
        began = time.monotonic()
        held = stalled(ftp, 2)
        opening += time.monotonic() - began
        control = binary(ftp)
        for _ in range(3):
            refused(control, "RETR file")
        for other, data in held:
            if ending == "end":
                data.close()
                other.expect(*DONE)
            elif ending == "abort":
                other.send("ABOR")
                other.expect(426)
                other.expect(226, 225)
            elif ending == "reset":
                data.reset()
                other.expect(426, 451)
            else:
                other.reset()
                data.expect_gone()
        with control.passive() as data:
            control.ask("RETR file", *STARTED)
            data.expect(content, "file")
            control.expect(*DONE)
    check(opening < 1, expected="each 150 at once: eight uploads begun in less than a second",
          observed=f"{opening:.1f} s")
