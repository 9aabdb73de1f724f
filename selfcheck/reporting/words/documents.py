"""What there is of a document: its state, its place, and how many of them have none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.answers import Answer, Answers, Evidence, Uploaded
from selfcheck.reporting.words import german

UNPLACED = "Fundstelle fehlt"
NOT_TO_BE_FOUND = "Beleg angegeben, Fundstelle fehlt"
"""Of an answer that counts as documented, though nobody could find what proves it."""
MEGABYTE = 1024 * 1024
UNPLACED_IN_REPORT = "laut Kommune vorhanden, Fundstelle nicht angegeben"

FILES_IN_REPORT = (
    "Dateien, die hier genannt sind, liegen bei der Kommune. Sie gibt sie auf Anfrage weiter, zum Beispiel als "
    "Nachweisordner."
)


def lacks_place(answer: Answer, day: date) -> bool:
    """Whether something proves the answer on the day that counts, and none of it could be found."""
    proving = [piece for piece in answer.evidence if piece.counts(day)]
    return bool(proving) and not any(piece.located for piece in proving)


def list_unplaced(answers: Answers, day: date) -> frozenset[QuestionId]:
    """The questions of which that is so."""
    return frozenset(question for question, answer in answers.items() if lacks_place(answer, day))


def say_status(piece: Evidence, day: date) -> str:
    """`day` is the day that counts."""
    if not piece.available:
        return "fehlt noch"
    if piece.valid_until is None:
        return "liegt vor"
    until = german.day(piece.valid_until)
    return f"gilt nur bis {until}" if piece.expired(day) else f"liegt vor, gültig bis {until}"


def say_place(piece: Evidence) -> str:
    """File, file number and page; the link stands for itself."""
    where = {"Datei:": say_file(piece.file), "Ablage:": piece.file_number, "Seite": piece.page}
    return ", ".join(f"{word} {text}" for word, text in where.items() if text)


def say_files(answers: Answers) -> str:
    """Where the files are to be had that a report names and does not hold; empty where it names none."""
    named = any(piece.file and piece.file.size for answer in answers.values() for piece in answer.evidence)
    return FILES_IN_REPORT if named else ""


def say_file(file: Uploaded | None) -> str:
    """`Leitbild.pdf (1,2 MB, 29.11.2026, Revision 2)`; of one that was taken out, what stands instead of its name."""
    if file is None:
        return ""
    facts = (say_size(file.size), german.day(file.day), f"Revision {file.number}" if file.number > 1 else "")
    return f"{file.name} ({', '.join(filter(None, facts))})" if file.size else file.name


def say_size(size: int) -> str:
    """Bytes as people read them: `340 kB`, `1,2 MB`."""
    if size < MEGABYTE // 10:
        return f"{max(1, round(size / 1024))} kB"
    return f"{german.number(Decimal(size * 10 // MEGABYTE) / 10)} MB"


def say_revision(number: object, size: object) -> str:
    """What the history tells of a file: `Revision 2, 1,2 MB`."""
    return f"Revision {number}, {say_size(size)}" if isinstance(size, int) else f"Revision {number}"


def say_usual(titles: Sequence[str]) -> str:
    """What would prove an answer: `Beschluss`, `Beschluss; Konzept (eines davon genügt)`."""
    return f"{'; '.join(titles)} (eines davon genügt)" if len(titles) > 1 else "".join(titles)


def count_unplaced(answers: Answers, day: date) -> tuple[int, int]:
    """How many documents are there on the day that counts, and how many of these nobody could find; each counts once,
    to however many questions it belongs.
    """
    there = [
        piece
        for question, answer in answers.items()
        for piece in answer.evidence
        if piece.counts(day) and piece.is_told_at(question)
    ]
    return len(there), sum(not piece.located for piece in there)


def say_quality(answers: Answers, day: date) -> str:
    """`12 von 22 vorliegenden Belegen ohne Fundstelle`; empty as long as there is none."""
    number, unplaced = count_unplaced(answers, day)
    if not number:
        return ""
    if not unplaced:
        all_placed = f"Alle {number} vorliegenden Belege haben eine Fundstelle"
        return "Der vorliegende Beleg hat eine Fundstelle" if number == 1 else all_placed
    return f"{unplaced} von {number} vorliegenden {'Beleg' if number == 1 else 'Belegen'} ohne Fundstelle"
