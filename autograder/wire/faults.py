"""How a scripted server may misbehave, as data.

A `Fault` is one departure from a plain transfer; `ftp_script` plays it. The tables of greetings and 227 replies are all
legal or at least in the field: a client has to take them.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Ending(enum.Enum):
    """How the server ends the data connection."""

    CLOSE = "close"  # FIN: as in every plain transfer
    RESET = "reset"  # RST
    STALL = "stall"  # neither byte nor end, until the client gives up or the scenario moves on


@dataclass(frozen=True)
class Fault:
    """One way of serving a transfer. The defaults are those of a plain, correct one."""

    name: str
    preliminary: bytes = b"150 Here it comes.\r\n"  # b"": none
    share: float = 1.0  # of the content that is sent; of an upload, less than 1 means: ended after the first bytes
    ending: Ending = Ending.CLOSE
    final: bytes = b"226 Done.\r\n"  # b"": none
    final_before_data: bool = False  # the final reply leaves right behind the preliminary one, before the data
    final_before_end: bool = False  # the final reply leaves after the data but before their end
    no_data_connection: bool = False  # the final reply comes, and nobody listens on the port announced
    leaves: bool = False  # the server closes the control connection instead of the final reply


PLAIN = Fault("plain")
ANSWERS_125 = Fault("125 for 150", preliminary=b"125 Data connection already open.\r\n")
ANSWERS_250 = Fault("250 for 226", final=b"250 Requested file action okay.\r\n")
LONG_PRELIMINARY = Fault(
    "a 150 of several lines", preliminary=b"150-Here it comes\r\n 226 is not this line\r\n150 (bytes: 12345)\r\n")
COALESCED_150_226 = Fault("150 and 226 in one segment", final_before_data=True)
FINAL_BEFORE_END = Fault("226 before the end of the data", final_before_end=True)
CUT_426 = Fault("half the data, then 426", share=0.5, final=b"426 Connection closed; transfer aborted.\r\n")
CUT_451 = Fault("half the data, then 451", share=0.5, final=b"451 Local error in processing.\r\n")
RESET_426 = Fault("data connection reset midway, then 426", share=0.5, ending=Ending.RESET,
                  final=b"426 Connection closed; transfer aborted.\r\n")
RESET_226 = Fault("data connection reset midway, and yet 226", share=0.5, ending=Ending.RESET)
WHOLE_451 = Fault("all the data, then 451", final=b"451 Local error in processing.\r\n")
WHOLE_552 = Fault("all the data, then 552", final=b"552 Exceeded storage allocation.\r\n")
VANISHES = Fault("half the data, then both connections closed", share=0.5, final=b"", leaves=True)
STALLS = Fault("half the data, then nothing", share=0.5, ending=Ending.STALL, final=b"")
REFUSED_550 = Fault("550 and no transfer", preliminary=b"", final=b"550 No such file.\r\n", no_data_connection=True)
REFUSED_425 = Fault("150, then 425", final=b"425 Can't open data connection.\r\n", no_data_connection=True)
REFUSED_553 = Fault("553 and no transfer", preliminary=b"", final=b"553 File name not allowed.\r\n",
                    no_data_connection=True)

GREETINGS: dict[str, bytes] = {
    "plain": b"220 Scripted server ready.\r\n",
    "bare": b"220 \r\n",
    "three lines": b"220-Welcome\r\nto this server\r\n220 Ready\r\n",
    "digits inside": b"220-Welcome\r\n 220 is not the end\r\n2200 guests so far\r\n  331 nor is this\r\n220 Ready\r\n",
    "hyphens throughout": b"220-Welcome\r\n220-to\r\n220-this server\r\n220 Ready\r\n",
    "delayed": b"120 Ready in a moment.\r\n220 Ready\r\n",
    "long": b"220 " + b"x" * 2000 + b"\r\n",
    "8-bit": b"220 Gr\xc3\xbc\xc3\x9fe \xff\xff \x1b[31mred\r\n",
}

PASSIVE_REPLIES: dict[str, str] = {
    "plain": "227 Entering Passive Mode ({h}).",
    "no parentheses": "227 Entering Passive Mode {h}",
    "other words": "227 OK ({h})",
    "equals sign": "227 Passive mode ={h}",
    "no final dot": "227 Entering Passive Mode ({h})",
    "long tail": "227 Entering Passive Mode ({h}). Please connect soon.",
}
