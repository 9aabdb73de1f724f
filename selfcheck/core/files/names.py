"""What a file is called: as somebody named it, so that every system can store it."""

from __future__ import annotations

import re
import unicodedata

from selfcheck.core.files.kinds import ENDINGS, TAKEN, FileKind, Refused
from selfcheck.core.text.contents import MOST, is_blank

LONGEST = 120
"""Characters of a name with its ending."""
LONGEST_BYTES = 240
"""Of it in UTF-8; file systems allow 255."""
NAMELESS = "Datei"
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Kinds of characters that no name needs: controls, changes of direction, what no font has."""
FORBIDDEN = re.compile(r'[<>:"|?*]')
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)", re.IGNORECASE)
"""Names that Windows keeps for itself, whatever their ending."""
_RUNNING = """
apk app asp aspx bat chm cmd com cpl dll docm dotm exe gadget hta htm html inf iso jar js jse jsp lnk mht mhtml msc msi
msp php pif potm ppam ppsm pptm ps1 py rb reg scf scr sh svg url vb vbe vbs wsf wsh xht xhtml xlam xlsb xlsm xltm xml
"""
PROGRAMS = frozenset(_RUNNING.split())
"""Endings of what runs, or of what a browser would run."""


def read_name(sent: str) -> tuple[str, str]:
    """A name as it was sent, in two parts that every system can store: what stands before the ending, and the ending
    in small letters, empty where there is none.

    Raises `Refused` for an ending that hides another one which runs (`rechnung.exe.pdf`).
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", sent[:MOST])[-1])
    seen = "".join(letter for letter in name if unicodedata.category(letter) not in UNSEEN)
    tidy = " ".join(FORBIDDEN.sub("-", seen).split()).strip(". ")
    before, point, ending = tidy.rpartition(".")
    if not point or not _is_ending(ending):
        before, ending = tidy, ""
    before = before.rstrip(". ")
    _refuse_hidden(before, ending)
    return NAMELESS if is_blank(before) else before, ending.lower()


def _is_ending(text: str) -> bool:
    return 0 < len(text) <= 5 and text.isascii() and text.isalnum() and not text.isdigit()


def _refuse_hidden(before: str, ending: str) -> None:
    written = unicodedata.normalize("NFKC", before)  # `．ｅｘｅ` is read as `.exe`
    inner = written.rpartition(".")[2].strip().lower() if "." in written else ""
    if ending and inner in PROGRAMS:
        raise Refused(
            f"Der Name hat zwei Endungen (.{inner}.{ending.lower()}). So tarnen sich Schadprogramme. "
            "Benennen Sie die Datei um und laden Sie sie noch einmal hoch."
        )


def name_file(sent: str, kind: FileKind) -> str:
    """The whole name under which a file of this kind is kept, at most `LONGEST` characters.

    Raises `Refused` where its ending says that it is something else.
    """
    before, ending = read_name(sent)
    if ending and ending not in ENDINGS:
        raise Refused(f"Dateien mit der Endung „.{ending}“ nehmen wir nicht an. Möglich sind {TAKEN}.")
    ending = ending or kind.value
    if DEVICES.fullmatch(before.partition(".")[0].strip()):
        before = f"_{before}"
    return f"{_shorten(before, LONGEST - len(ending) - 1, LONGEST_BYTES - len(ending) - 1)}.{ending}"


def spell_plainly(name: str) -> str:
    """A name as it is kept in the letters that every program knows. What stands for several of them (`／`, `‥`) leads
    nowhere.
    """
    before, _, ending = name.rpartition(".")
    plain = unicodedata.normalize("NFKD", before).encode("ascii", "ignore").decode()
    tidy = re.sub(r"[/\\]", "-", FORBIDDEN.sub("-", plain)).strip(". ")
    return f"{tidy or NAMELESS}.{ending}"


def _shorten(text: str, letters: int, size: int) -> str:
    kept = text[:letters].encode()[:size].decode(errors="ignore").rstrip(". ")
    return kept or NAMELESS
