"""Texts of people as documents take them, and what their files are called."""

from __future__ import annotations

import re
import unicodedata

from selfcheck.reporting.report.report import Report

CUT = "…"
LONGEST_NAME = 120
"""Characters of a file's name before its ending: Windows counts the folders around it too."""
_UNWRITTEN = re.compile(r"[^\n\t\u0020-\u007e\u00a0-\u00ff]")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
UNPRINTED = frozenset(("Cc", "Cs", "Co"))
"""Kinds of characters that no font has and some files may not hold: control characters, halves of one, private ones."""


def spell_out(text: str) -> str:
    """`text` with `[U+E000]` instead of what cannot be printed; line breaks and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return _UNWRITTEN.sub(_spell, text.replace("\r\n", "\n"))


def _spell(found: re.Match[str]) -> str:
    letter = found.group()
    unprinted = unicodedata.category(letter) in UNPRINTED or ord(letter) & 0xFFFE == 0xFFFE
    return f"[U+{ord(letter):04X}]" if unprinted or 0xFDD0 <= ord(letter) < 0xFDF0 else letter


def one_line(text: str, limit: int) -> str:
    """The same in one line of at most `limit` characters, for headers and properties."""
    line = " ".join(spell_out(text).split())
    return line if len(line) <= limit else f"{line[: limit - 1]}{CUT}"


def name_file(kind: str, report: Report, ending: str) -> str:
    """`Bericht Musterstadt Stand 3.docx`: what Windows accepts, and nobody takes one Stand for another by it."""
    stand = f"Stand {report.imprint.number}" if report.imprint.number else report.cover.day
    room = LONGEST_NAME - len(f"{kind}  {stand}")
    town = " ".join(_FORBIDDEN.sub(" ", one_line(report.cover.municipality, 1000)).split())[:room].strip(" .")
    return f"{' '.join(part for part in (kind, town, stand) if part)}.{ending}"


def foot_line(report: Report) -> str:
    """What stands at the foot of every page beside its number."""
    return report.outcome.disclaimer


def head_line(report: Report) -> str:
    """What stands at the head of every page: whose, and which Stand."""
    return one_line(f"{report.cover.municipality}, {report.cover.stand}", 120)
