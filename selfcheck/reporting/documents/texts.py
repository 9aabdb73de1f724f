"""Texts of people as documents take them, and what stands at head and foot of every page."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from selfcheck.reporting.documents.file import name_file
from selfcheck.reporting.report.question_section import Facts
from selfcheck.reporting.report.report import Report

CUT = "…"
CONTACT, PHONE, VERSION, NOT_NAMED = "Ansprechperson", "Telefon", "Fragebogen", "nicht angegeben"
"""Words of a cover."""
_UNWRITTEN = re.compile(r"[^\n\t\u0020-\u007e\u00a0-\u00ff]")
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


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the text of every file: the title of the label, whose it is, of which Stand, what stands at
    the foot of every page beside its number, and the moment that it is dated with.
    """

    label: str
    municipality: str
    stand: str
    foot: str
    at: datetime

    @property
    def head(self) -> str:
        """What stands at the head of every page: whose, and which Stand."""
        return one_line(f"{self.municipality}, {self.stand}", 120)

    def name(self, kind: str, ending: str) -> str:
        """What a file of this kind is saved as."""
        return name_file(kind, one_line(self.municipality, 1000), self.stand, ending)


def frame_of(report: Report) -> Frame:
    """The frame of every file that is made of a report."""
    cover, imprint = report.cover, report.imprint
    return Frame(imprint.title, cover.municipality, cover.stand, report.outcome.disclaimer, imprint.at)


def contact_facts(report: Report) -> Facts:
    """Whom to ask, and by which questionnaire; also where nobody is named."""
    contact = report.cover.contact
    named = any(word != VERSION for word, _ in contact)
    return contact if named else ((CONTACT, NOT_NAMED), *contact)
