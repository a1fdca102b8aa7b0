"""Lab 4, the root: by no name, no link and no race does anybody leave it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.scenario import COURSE, scenario
from autograder.scenarios.lab04_files import DONE, typed
from autograder.wire.control import Control
from autograder.wire.transcript import Divergence
from autograder.workspace import Tree

TRAVERSAL, LINKS = "CWE-22 (path traversal)", "CWE-59 (link following)"
ANY = ("2yz", "3yz", "4yz", "5yz")
SECRET = b"nobody may read, change or remove this\n"
WALKS = ("cwd_takes_relative_and_absolute_names", "mkd_makes_a_directory")

LEXICAL = "take \"..\" out of the path yourself, before the system sees it: at the root it leads nowhere"
EVERY_VERB = "only CWD is guarded: resolve the argument of every command in one place, the row's reader"
BENEATH = ("a check of the name, then a system call with the same name: follow links only beneath the root (openat2 "
           "with RESOLVE_BENEATH), or one component at a time with O_NOFOLLOW")


class Vault:
    """A secret and a directory where no session may get; `inspect` tells whether one did."""

    def __init__(self, outside: Tree, folder: str = "") -> None:
        """Fills `folder`, a path relative to `outside`."""
        outside.write(f"{folder}secret", SECRET, mode=0o600)
        outside.mkdir(f"{folder}empty")
        self._place = outside.path(folder)
        self._before = self._state()

    def inspect(self, line: str) -> None:
        """Everything is as it was, in name, content, mode and time, after this command."""
        now = self._state()
        differ = sorted(name for name in {*self._before, *now} if self._before.get(name) != now.get(name))
        if differ:
            held = [f"{name} was {'changed' if name in now else 'removed'}" if name in self._before
                    else f"{name} was made" for name in differ]
            raise Divergence(f"nothing done outside of the root by {line}", f"outside, {', '.join(held)}")

    def _state(self) -> dict[str, tuple[int, float, bytes]]:
        return {path.name: (path.lstat().st_mode, path.lstat().st_mtime, b"" if path.is_dir() else path.read_bytes())
                for path in (*self._place.iterdir(), *self._place.glob("*/*"))}


def poke(control: Control, vault: Vault, at: str) -> None:
    """Tries every command on names below `at`, a way out. Any reply will do: the vault tells what was done."""
    for line in (f"CWD {at}/secret", f"MKD {at}/made", f"XMKD {at}/made", f"RMD {at}/empty", f"XRMD {at}/empty",
                 f"DELE {at}/secret", f"SITE CHMOD 777 {at}/secret", f"SITE UTIME 20010203040506 {at}/secret"):
        control.ask(line, *ANY)
        vault.inspect(line)
    for source, target in ((f"{at}/secret", "stolen"), (f"{at}/empty", "taken"), ("mine", f"{at}/planted"),
                           ("mine", f"{at}/secret")):
        if control.ask(f"RNFR {source}", *ANY).code == 350:
            control.ask(f"RNTO {target}", *ANY)
            vault.inspect(f"RNFR {source} and RNTO {target}")
    control.in_step()


@scenario(
    points=4, clause=TRAVERSAL, level=COURSE, carries=True, covers=(103, 169), after=WALKS,
    by_hand=typed("CWD ..", "CWD ../..", "MKD here", "PWD"),
    causes=(LEXICAL, "\"../\" is looked for, and \"..\" at the end passes"),
)
def cwd_never_leaves_the_root(ftp, tree, outside, check):
    """However ".." is dressed up in CWD, what is made afterwards is made below the root."""
    tree.mkdir("d/e")
    ways = ("..", "../", "../..", "/..", "/../..", "d/../..", "d/e/../../..", "./..", ".//..//..", "../outside",
            "/../outside", "d/../../outside", "..\\outside", "../../../../../..")
    vault = Vault(outside)
    for number, way in enumerate(ways):
        control = ftp.login()
        control.ask(f"CWD {way}", *DONE, 550)
        control.ask(f"MKD probe-{number}", 257)
        vault.inspect(f"CWD {way} and MKD probe-{number}")
        made = any(tree.exists(f"{place}/probe-{number}") for place in (".", "d", "d/e"))
        check(made, expected=f"what is made after CWD {way} to be below the root",
              observed=f"probe-{number} was made elsewhere")
        control.quit()


@scenario(
    points=4, clause=TRAVERSAL, level=COURSE, carries=True, covers=(169,), after=("cwd_never_leaves_the_root",),
    by_hand=typed("DELE ../outside/secret", "MKD ../../tmp/made", "RNFR ../outside/secret", "RNTO stolen"),
    causes=(EVERY_VERB, LEXICAL),
)
def no_command_reaches_above_the_root(ftp, tree, outside):
    """Not one of the commands on paths gets at what lies beside the root, whatever ".." stands in its name."""
    tree.write("mine", b"mine")
    tree.mkdir("d")
    vault = Vault(outside)
    control = ftp.login()
    for way in ("../outside", "/../outside", "d/../../outside", "./.././outside", "..//outside"):
        poke(control, vault, way)


@scenario(
    points=2, clause=TRAVERSAL, level=COURSE, carries=True, covers=(169, 170), after=("cwd_never_leaves_the_root",),
    by_hand=typed("CWD ../root-of-another", "MKD made"),
    causes=("the path is compared with the root's as text: \"/srv/ftp-2\" begins with \"/srv/ftp\" and is not in it",),
)
def neighbour_with_a_similar_name_is_outside(ftp, tree, outside):
    """A directory beside the root whose name begins like the root's stays out of reach."""
    vault = Vault(outside, "../root-of-another/")
    tree.symlink("door", "../root-of-another")
    tree.write("mine", b"mine")
    control = ftp.login()
    for way in ("../root-of-another", "/../root-of-another", "door"):
        control.ask(f"CWD {way}", 550)
        poke(control, vault, way)


@scenario(
    points=4, clause=LINKS, level=COURSE, carries=True, covers=(170, 174), after=WALKS,
    by_hand="ln -s .. {root}/door; " + typed("CWD door", "MKD door/made", "DELE door/outside/secret"),
    causes=(BENEATH, EVERY_VERB),
)
def links_do_not_lead_out(ftp, tree, outside):
    """A link that points out of the root, in one step or in several, leads no command out."""
    tree.write("mine", b"mine")
    tree.symlink("relative", "../outside")
    tree.symlink("absolute", outside.root)
    tree.symlink("twice", "relative")
    tree.symlink("d/below", "../relative")
    tree.symlink("slash", "/")
    tree.symlink("file", "../outside/secret")
    vault = Vault(outside)
    control = ftp.login()
    for door in ("relative", "absolute", "twice", "d/below", f"slash{outside.root}"):
        control.ask(f"CWD {door}", 550)
        poke(control, vault, door)
    for line in ("SITE CHMOD 777 file", "SITE UTIME 20010203040506 file", "MKD file", "CWD file", "CWD slash",
                 "CWD /slash/tmp"):
        control.ask(line, "5yz")
        vault.inspect(line)
    control.in_step()


@scenario(
    points=1, clause=LINKS, level=COURSE, carries=True, covers=(170,), after=("links_do_not_lead_out",),
    by_hand="ln -s ../secret {root}/link; " + typed("DELE link", "RNFR link", "RNTO moved"),
    causes=("the link is resolved to its target (realpath) before that is deleted or renamed: act on the name itself",),
)
def commands_on_a_link_spare_its_target(ftp, tree, outside):
    """DELE and RNTO act on the link itself, or refuse; what it points to stays."""
    tree.symlink("goes", "../outside/secret")
    tree.symlink("moves", "../outside/secret")
    tree.symlink("inside", "kept")
    tree.write("kept", b"kept")
    vault = Vault(outside)
    control = ftp.login()
    for line in ("DELE goes", "DELE inside"):
        control.ask(line, *DONE, 550)
        vault.inspect(line)
    if control.ask("RNFR moves", 350, 550).code == 350:
        control.ask("RNTO moved", *DONE, 550, 553)
        vault.inspect("RNFR moves and RNTO moved")
    tree.expect("kept", b"kept")


@contextmanager
def swapping(directory: Path, link: Path, name: Path) -> Iterator[None]:
    """Puts the directory and the link in turns under one name, as fast as can be, in a thread."""
    stop = threading.Event()

    def swap() -> None:
        while not stop.is_set():
            for own in (directory, link):
                os.rename(own, name)
                os.rename(name, own)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@scenario(
    points=2, clause="CWE-367 (check, then use)", level=COURSE, carries=True, covers=(171,), seconds=20,
    after=("links_do_not_lead_out",), causes=(BENEATH,),
    by_hand="while :; do ln -sfn .. {root}/x; ln -sfn . {root}/x; done   # meanwhile, many times: MKD x/made",
)
def swapping_a_directory_for_a_link_gains_nothing(ftp, tree, outside):
    """Somebody swaps a directory for a link to the outside, over and over, while MKD goes through it."""
    tree.mkdir("directory")
    tree.symlink("link", "../outside")
    vault = Vault(outside)
    control = ftp.login()
    with swapping(tree.path("directory"), tree.path("link"), tree.path("turn")):
        for number in range(800):
            control.ask(f"MKD turn/{number}", 257, "4yz", "5yz")
            vault.inspect(f"MKD turn/{number}")
    control.in_step()
