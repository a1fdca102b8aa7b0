"""Lab 9, what a server says it can do: FEAT, OPTS, LANG, HOST, and the codes that each command may answer."""

from __future__ import annotations

import re

from autograder.scenario import COURSE, MUST, Weather, scenario
from autograder.scenarios.lab04_files import typed
from autograder.wire.control import Control
from autograder.wire.reply import COMPLETION, PERMANENT

FEATURES = "RFC 2389 3.2"
HOST = "RFC 7151 3"
PROMISED = ("MDTM", "MLST", "REST STREAM", "SIZE", "TVFS", "UTF8")


def features(control: Control) -> list[str]:
    """What FEAT lists, without the blank in front. Each line is held against RFC 2389 3.2."""
    reply = control.ask("FEAT", 211)
    return control.held_by(reply, lambda given: [_feature(line) for line in given.lines[1:-1]])


def _feature(line: str) -> str:
    # What is not behind one blank is no feature; an empty name finds its way into the message.
    return line[1:] if re.fullmatch(r" [!-~].*", line) else f"no feature line: {line!r}"


def feature(control: Control, name: str) -> str | None:
    """What stands behind a feature's name ("" for nothing); None where it is not listed."""
    for line in features(control):
        word, _, rest = line.partition(" ")
        if word.upper() == name:
            return rest
    return None


@scenario(
    points=3, clause=FEATURES, level=MUST, carries=True, covers=(41, 122, 123, 149, 155), by_hand=typed("FEAT"),
    weather=(Weather.PLAIN, Weather.SPLIT),
    causes=("each feature stands on a line of its own, behind exactly one blank: not behind '211-'",
            "the list is written down by hand, and names what is not there, or forgets what is: make it from the rows",
            "MLSD has no line of its own: the line MLST stands for both (RFC 3659 7.8)"),
)
def feat_lists_what_there_is(ftp, check):
    """FEAT, before the login too: 211, a line for each extension behind one blank, and no command of RFC 959."""
    with ftp.connect() as control:
        lines = features(control)
        check(not [line for line in lines if line.startswith("no feature")],
              expected="one blank and the feature's name in each inner line", observed=f"{lines}")
        names = [line.upper() for line in lines]
        for name in PROMISED:
            check(any(line == name or line.startswith(name + " ") for line in names),
                  expected=f"a line for {name}", observed=f"{lines}")
        for word in ("FEAT", "OPTS", "MLSD", "PASV", "PORT", "RETR", "NOOP", "CDUP", "STOU", "APPE"):
            check(all(line.split()[0] != word for line in names),
                  expected=f"no line for {word}, which is no extension", observed=f"{lines}")
        check(len(set(names)) == len(names), expected="each feature once", observed=f"{lines}")
        control.in_step()


@scenario(
    points=2, clause=FEATURES, level=MUST, carries=True, covers=(24, 101, 123, 200), by_hand=typed("FEAT", "AVBL"),
    after=("feat_lists_what_there_is",),
    causes=("FEAT promises a command whose row has no handler, or is not in the table",
            "an extension is there and FEAT does not say so: no client will ever use it"),
)
def feat_keeps_its_promises(ftp, tree, check):
    """Every command that FEAT lists is there, and none of the extensions that it does not list."""
    tree.write("f", b"content")
    control = ftp.login()
    control.ask("TYPE I", 200)
    listed = {line.split()[0].upper() for line in features(control)}
    lines = {"SIZE": "SIZE f", "MDTM": "MDTM f", "MLST": "MLST f", "REST": "REST 1", "AVBL": "AVBL",
             "CLNT": "CLNT kit", "HASH": "HASH f", "MFMT": "MFMT 20200102030405 f", "LANG": "LANG", "EPSV": "EPSV",
             "HOST": "HOST localhost",
             "MFCT": "MFCT 20200102030405 f", "CSID": "CSID Name=kit;", "RMDA": "RMDA nothing", "DSIZ": "DSIZ",
             "RANG": "RANG 1 2", "COMB": "COMB g f", "XCRC": "XCRC f", "XMD5": "XMD5 f", "XSHA": "XSHA f",
             "THMB": "THMB x", "PRET": "PRET RETR f", "AUTH": "AUTH TLS"}
    for verb, line in lines.items():
        if verb in listed:
            reply = control.ask(line, COMPLETION, "3yz", "503")
            check(reply.code not in (500, 502), expected=f"{verb} as FEAT promises it", observed=reply.lines[0])
        else:
            control.ask(line, 500, 502, "530", "504")
    control.ask("FEAT now", 501)
    control.in_step()


@scenario(
    points=1, clause="RFC 2389 4", level=MUST, carries=True, covers=(124, 151),
    by_hand=typed("OPTS UTF8 ON", "OPTS NOOP"),
    causes=("success is 200 exactly, and 501 whatever is wrong: OPTS has no codes of its own for its commands",
            "OPTS asks for a login first: clients send OPTS UTF8 ON before USER",
            "what stands behind OPTS is compared as it came: case does not matter"),
)
def opts_is_answered_by_200_or_501(ftp):
    """OPTS UTF8 ON is 200 in any case and before the login; options of what has none are 501."""
    with ftp.connect() as control:
        for line in ("OPTS UTF8 ON", "opts utf8 on", "OPTS UTF-8 ON"):
            control.ask(line, 200)
        for line in ("OPTS NOOP", "OPTS RETR x", "OPTS XYZZY on", "OPTS", "OPTS UTF8 MAYBE"):
            control.ask(line, 501)
        control.in_step()


@scenario(
    points=1, clause="RFC 2640 4", level=MUST, carries=True, covers=(152,), by_hand=typed("LANG", "LANG xx"),
    after=("feat_lists_what_there_is",),
    causes=("LANG takes every language and goes on in English: 504 for one that is not spoken",
            "a tag is not looked at: 501 for what cannot be one", "FEAT names no language, or marks none with *"),
)
def languages_are_offered_and_refused(ftp, check):
    """FEAT's LANG line marks the language in use; LANG is 200 for those it names, 504 for others, 501 for no tag."""
    with ftp.connect() as control:
        offered = feature(control, "LANG")
        check(offered is not None and offered.count("*") == 1,
              expected="a LANG line with one language marked by *", observed=f"LANG {offered}")
        for tag in (offered or "").replace("*", "").split(";"):
            control.ask(f"LANG {tag}", 200)
        control.ask("LANG x-klingon", 504)
        control.ask("LANG zz", 504)
        for line in ("LANG e n", "LANG -", "LANG en_GB", "LANG abcdefghi"):
            control.ask(line, 501)
        control.ask("LANG", 200)
        control.in_step()


@scenario(
    points=2, clause=HOST, level=MUST, carries=True, covers=(153,),
    by_hand="printf 'HOST localhost\\r\\nUSER anonymous\\r\\nQUIT\\r\\n' | nc -q 1 127.0.0.1 {port}",
    causes=("HOST asks for a login: it comes before USER", "after the login HOST is 503: the user is known by then",
            "REIN does not take the login back, or HOST remembers one that is over"),
)
def host_comes_before_the_login(ftp):
    """HOST: 220 before the login, as often as it is sent; 503 behind it; 220 again behind REIN."""
    with ftp.connect() as control:
        control.ask("HOST localhost", 220)
        control.ask("HOST 127.0.0.1", 220)
        control.login()
        control.ask("HOST localhost", 503)
        control.ask("PWD", 257)
        control.ask("REIN", 220)
        control.ask("HOST localhost", 220)
        control.in_step()


@scenario(
    points=1, clause="RFC 7151 3.1, 3.3", level=COURSE, carries=True, covers=(154,), by_hand=typed("HOST localhost:21"),
    after=("host_comes_before_the_login",),
    causes=("HOST takes any name: 504 for a host that is not served here",
            "a port behind the name passes for a part of it: 501", "an IPv6 address stands in brackets, a name never"),
)
def hosts_are_told_apart(ftp):
    """HOST: 504 for a host that this is not; 501 for what is no host, with a port, or IPv6 without brackets."""
    with ftp.connect() as control:
        for name in ("ftp.example", "[2001:db8::1]", "192.0.2.7", "a" * 63 + ".example"):
            control.ask(f"HOST {name}", 504)
        for name in ("localhost:21", "127.0.0.1:21", "::1", "[::1", "[127.0.0.1]", "a..b", "-a.example", "a b",
                     "256.1.1.1", "a" * 64 + ".example", "a_b"):
            control.ask(f"HOST {name}", 501)
        control.ask("HOST", 501)
        control.ask("HOST LocalHost", 220)
        control.in_step()


# What RFC 959 5.4 and the later RFCs list for each command, but for 500, 501, 502, 421 and 530, which every one may
# answer. Where practice answers 550 and the RFC 553 or 450, all stand here.
TABLE = {
    "CWD": (250, 550), "CDUP": (200, 250, 550), "PWD": (257, 550), "MKD": (257, 521, 550, 553), "RMD": (250, 550),
    "DELE": (250, 450, 550), "RNFR": (350, 450, 550), "RNTO": (250, 503, 550, 553, 532), "TYPE": (200, 504),
    "MODE": (200, 504), "STRU": (200, 504), "ALLO": (200, 202, 504), "REST": (350, 504),
    "STAT": (211, 212, 213, 450, 550), "HELP": (211, 214), "NOOP": (200,), "SYST": (215,), "ABOR": (225, 226),
    "SITE": (200, 202, 504, 214, 211, 550), "SIZE": (213, 550, 504), "MDTM": (213, 550), "MLST": (250, 550, 553, 504),
    "FEAT": (211,), "OPTS": (200, 451), "PASV": (227, 425), "EPSV": (229, 522, 425), "PORT": (200, 504, 522, 425),
    "EPRT": (200, 522, 504, 425), "RETR": (425, 450, 550, 551, 553, 554, 504),
    "STOR": (425, 450, 452, 532, 550, 551, 552, 553, 554), "LIST": (425, 450, 550), "NLST": (425, 450, 550),
    "MLSD": (425, 450, 550, 553), "PASS": (230, 202, 332, 503), "ACCT": (202, 230, 503), "SMNT": (202, 250, 550),
    "STOU": (425, 450, 452, 550, 551, 552, 553), "USER": (230, 331, 332),
}
LINES = (
    "CWD d", "CWD ..", "CWD nope", "CDUP", "PWD", "MKD d", "MKD new", "RMD new", "RMD nope", "DELE nope", "DELE d",
    "RNTO x", "RNFR nope", "RNFR f", "RNTO nope/g", "TYPE E", "TYPE A", "TYPE X", "MODE C", "MODE S", "STRU P",
    "STRU F", "ALLO 1", "ALLO x", "REST 1", "REST x", "STAT", "STAT f", "STAT nope", "HELP", "HELP NOOP", "HELP XYZZY",
    "NOOP", "SYST", "ABOR", "SITE", "SITE HELP", "SITE XYZZY", "SIZE nope", "SIZE d", "SIZE f", "MDTM f", "MDTM nope",
    "MLST", "MLST nope", "FEAT", "FEAT x", "OPTS UTF8 ON", "OPTS X", "RETR f", "STOR g", "LIST", "NLST", "MLSD",
    "STOU", "EPSV 9", "EPRT |9|x|1|", "EPRT x", "PORT 1", "PORT 192,0,2,1,4,1", "PASV", "RETR nope", "RETR d",
    "STOR d", "STOR nope/g", "LIST nope", "NLST nope", "MLSD nope", "MLSD f", "EPSV", "PASS x", "ACCT x", "SMNT x",
    "USER anonymous",
)


@scenario(
    points=2, clause="RFC 959 4.2, 5.4", level=MUST, carries=True, covers=(32, 33), by_hand=typed("MLSD nope"),
    causes=("a code was chosen by its words: look the command up in RFC 959 5.4, or in its own RFC",
            "an error of the system falls through to 451 or 500: reply_for() chooses by what went wrong"),
)
def codes_keep_to_the_tables(ftp, tree, check):
    """Each of many commands, right and wrong, is answered by a code that its RFC lists for it."""
    tree.write("f", b"content")
    tree.mkdir("d")
    control = ftp.login()
    for line in LINES:
        allowed = (*TABLE[line.split()[0]], 500, 501, 502, 530)
        reply = control.ask(line, COMPLETION, "3yz", "4yz", PERMANENT)
        check(reply.code in allowed, expected=f"{line}: one of {', '.join(map(str, allowed))}", observed=reply.lines[0])
