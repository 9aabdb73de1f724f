"""Names of folders and files in the binder: readable, and such that Windows, macOS and Linux unpack them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from selfcheck.core.files.names import DEVICES, FORBIDDEN, UNSEEN
from selfcheck.core.text.contents import MOST

LONGEST_FOLDER, LONGEST_FILE = 40, 70
"""UTF-16 units, as Windows counts. Two folders and a file make 152 at most: that leaves a hundred of the 260 that it
takes for the folders around them.
"""
UNKNOWN = "bin"
_SLASHES = re.compile(r"[/\\]")
_ENDING = re.compile(r"[a-z0-9]{1,5}")


def tidy(text: str, longest: int) -> str:
    """`text` as the name of a folder, of at most `longest` units: nothing that leads elsewhere, stands for a device, or
    turns the line around. Empty where nothing is left.
    """
    plain = unicodedata.normalize("NFC", " ".join(text[:MOST].split()))
    seen = "".join(letter for letter in plain if unicodedata.category(letter) not in UNSEEN)
    name = " ".join(_SLASHES.sub("-", FORBIDDEN.sub("-", seen)).split()).strip(". -")
    if DEVICES.fullmatch(name.partition(".")[0].strip()):
        name = f"_{name}"
    return _cut(name, longest)


def name_folder(number: str, title: str) -> str:
    """`A1 Leitbild`."""
    return tidy(f"{number} {tidy(title, LONGEST_FOLDER)}", LONGEST_FOLDER)


def name_file(register: str, title: str, sent: str) -> str:
    """`A1.1 Leitbild 2030.pdf`: by its title, or else as it was `sent`, whose ending it has."""
    before, _, ending = sent.rpartition(".")
    ending = ending.lower() if _ENDING.fullmatch(ending.lower()) else UNKNOWN
    room = LONGEST_FILE - len(ending) - 1
    return f"{tidy(f'{register} {tidy(title, room) or tidy(before, room)}', room)}.{ending}"


class Names:
    """Paths that are taken; systems that do not tell capitals from small letters would lay one over the other."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {path.casefold() for path in taken}

    def take(self, path: str) -> str:
        """`path`, or where somebody has it already the same with a number: `A1.1 Leitbild (2).pdf`."""
        before, _, ending = path.rpartition(".")
        free, number = path, 1
        while free.casefold() in self._taken:
            number += 1
            free = f"{before} ({number}).{ending}"
        self._taken.add(free.casefold())
        return free


def link(path: str) -> str:
    """The address of `path` from a page that lies beside it."""
    return quote(path, safe="/")


def _cut(name: str, longest: int) -> str:
    units = name.encode("utf-16-le")
    whole = len(units) <= longest * 2
    cut = units[: longest * 2].decode("utf-16-le", "ignore")
    return (cut if whole else _end_with_a_word(name, cut)).rstrip(". -")


def _end_with_a_word(name: str, cut: str) -> str:
    """`cut`, the beginning of `name`, without a word that is cut in two, unless most of it is that word; nor is it left
    with an „und“ that leads nowhere.
    """
    if name[len(cut)].isspace():
        return cut
    words = cut.rpartition(" ")[0]
    return words.removesuffix(" und") if len(words) * 2 > len(cut) else cut
