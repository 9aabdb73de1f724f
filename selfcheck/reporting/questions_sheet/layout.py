"""What stands where in the file: sheets, columns, hidden facts, and the words that can be chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from selfcheck.core.questionnaire.model import Kind, Question
from selfcheck.core.rules.answers import Answer

FORMAT, VERSION = "Selbstcheck: Fragen", "2"
QUESTIONS, PIECES, LISTS, FACTS = "Fragen", "Belege", "Listen", "Kennung"
FACT_NAMES = ("Format", "Fassung", "Selbstcheck", "Fragebogen")
OPTION_SIGN = "x"
NOTHING, UNCLEAR, NOT_APPLICABLE = "nichts davon", "noch unklar", "trifft nicht zu"
STATES = {NOTHING: "none", UNCLEAR: "unclear", NOT_APPLICABLE: "not_applicable"}
"""The words of a state, and what a form calls it."""
LIST_MARK = "– "
"""Before an option that has a row of its own."""
YES, NO = "ja", "nein"
NEW_PIECES = 30
"""Rows for pieces of evidence that the file does not know yet."""
NEW = "n"
"""Begins the key of such a row."""


HEAD = 2
"""The row of the heads, below two of `GUIDES`; older files begin with it."""
GUIDES = {
    QUESTIONS: (
        "Füllen Sie nur die weißen Felder aus. Graue Felder sind gesperrt.",
        "Antwort aus der Liste wählen oder eine Zahl eintippen; wo mehreres zutreffen kann, ein x hinter alles, was "
        "zutrifft. Dann als .xlsx speichern und auf der Seite „Fragen (Excel)“ zurückbringen.",
    ),
    PIECES: (
        "Füllen Sie nur die weißen Felder aus. Graue Felder sind gesperrt.",
        "Je Beleg eine Zeile: liegt er vor, und wo ist er zu finden? Für weitere Belege sind unten Zeilen frei; wählen "
        "Sie dort zuerst die Nummer der Frage.",
    ),
}


class Place(IntEnum):
    """The columns; those from `ID` on are hidden."""

    NUMBER = 0
    TEXT = 1
    HELP = 2
    SO_FAR = 3
    ANSWER = 4
    REASON = 5
    NOTE = 6
    EVIDENCE = 7
    ID = 8
    OPTION = 9
    CHOICE_VERSION = 10
    CHOICE_BASE = 11
    NOTE_VERSION = 12
    NOTE_BASE = 13


TITLES = (
    ("Nr.", 6),
    ("Frage", 36),
    ("Was zählt", 40),
    ("Bisher", 22),
    ("Ihre Antwort", 28),
    ("Begründung, wenn sie nicht zutrifft", 20),
    ("Erläuterung", 38),
    ("Belege bisher (zu ändern im Blatt „Belege“)", 28),
    *((name, 4) for name in ("Frage-ID", "Antwort-ID", "V1", "M1", "V2", "M2")),
)


class PiecePlace(IntEnum):
    """The columns of the sheet of evidence; those from `ID` on are hidden."""

    NUMBER = 0
    TEXT = 1
    TITLE = 2
    THERE = 3
    LINK = 4
    FILE_NUMBER = 5
    PAGE = 6
    FILE = 7
    ID = 8
    KEY = 9
    VERSION = 10
    MARK = 11


PIECE_TITLES = (
    ("Nr. der Frage", 9),
    ("Frage", 30),
    ("Beleg (Titel)", 36),
    ("Liegt vor (ja/nein)", 11),
    ("Fundstelle: Link", 36),
    ("Fundstelle: Aktenzeichen oder Ordner", 24),
    ("Seite", 9),
    ("Hochgeladene Datei", 24),
    *((name, 4) for name in ("Frage-ID", "Beleg-ID", "V", "M")),
)
FILLED = (PiecePlace.TITLE, PiecePlace.THERE, PiecePlace.LINK, PiecePlace.FILE_NUMBER, PiecePlace.PAGE)
"""What is filled in of a piece."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Version and mark of a part when the file was made: what was not changed since is not written."""

    version: str
    base: str


@dataclass(frozen=True, slots=True)
class AskedPiece:
    """A piece of evidence as it goes out; `key` is what a form calls it, `file` names its file."""

    key: str
    version: str
    title: str
    available: bool
    link: str
    file_number: str
    page: str
    file: str

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in the columns `FILLED`."""
        return (self.title, YES if self.available else NO, self.link, self.file_number, self.page)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it goes out: what stands there, and the versions of its choice and its note."""

    question: Question
    answer: Answer
    choice: Seen
    note: Seen
    pieces: tuple[AskedPiece, ...] = ()


def offers(question: Question) -> Iterator[str]:
    """What can be chosen in the cell of a question; options of `many` have rows of their own."""
    if question.kind in (Kind.YES_NO, Kind.ONE):
        yield from (option.text for option in question.options)
    if question.kind is Kind.MANY:
        yield NOTHING
    yield UNCLEAR
    if question.not_applicable:
        yield NOT_APPLICABLE


def say_how(question: Question, option: bool) -> str:
    """How the cell of a question, or of one of its options, is filled in."""
    if option:
        return f"Trifft das zu? Dann {OPTION_SIGN} eintragen, sonst leer lassen."
    if question.kind is Kind.NUMBER:
        unit = f" ({question.unit})" if question.unit else ""
        return f"Bitte eine Zahl eintippen{unit}. Oder aus der Liste wählen, zum Beispiel „{UNCLEAR}“."
    if question.kind is Kind.TEXT:
        return f"Bitte eintippen. Oder aus der Liste wählen, zum Beispiel „{UNCLEAR}“."
    if question.kind is Kind.MANY:
        return (
            f"Bitte in den Zeilen darunter ein {OPTION_SIGN} hinter alles, was zutrifft. Hier nur, wenn nichts davon "
            "zutrifft oder es noch unklar ist."
        )
    return "Bitte eine Antwort aus der Liste wählen."


def mark(*facts: str) -> str:
    """A short mark of a few texts: by it a row is known in which nobody wrote."""
    return hashlib.blake2b(repr(facts).encode(), digest_size=12).hexdigest()
