"""Entwurf der Dokumentationstabelle (Excel): every question with what the town says, shows and still lacks.

Which columns the chamber's own table has is not public; these are what it asks for in words. One row a question, so
that it can be filtered and copied; a second sheet has one row a document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.reporting.documents.excel import Book, Cell, Column
from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.texts import contact_facts, frame_of
from selfcheck.reporting.report.question_section import QuestionSection
from selfcheck.reporting.report.report import EntrySection, Report
from selfcheck.reporting.words.answer_text import EvidenceLine

KIND = "Entwurf der Dokumentationstabelle"
COLUMNS = (
    Column("Nr.", 5),
    Column("Nummer im Prüfbogen", 11),
    Column("Kriterium", 12),
    Column("Frage", 22),
    Column("Angabe", 25),
    Column("Erläuterung", 24),
    Column("Beleg: Register", 9),
    Column("Beleg: Titel", 18),
    Column("Beleg: Ort", 21),
    Column("Ansprechperson", 16),
    Column("Offene Punkte", 19),
    Column("Punkte (Schätzung)", 11),
    Column("mögliche Punkte", 9),
)
PIECES = (
    Column("Register", 9),
    Column("Frage", 7),
    Column("Titel", 46),
    Column("Stand", 34),
    Column("Ort", 44),
    Column("Link", 50),
)
ENTRIES = (
    Column("Art", 22),
    Column("Titel", 32),
    Column("Maßnahme", 40),
    Column("Messgröße", 30),
    Column("Weiteres", 60),
)
OWN_COLUMNS = ("Maßnahme", "Messgröße")


def write(report: Report) -> File:
    """The table as an Excel file."""
    book = Book(frame_of(report), KIND)
    book.table("Dokumentationstabelle", COLUMNS, _rows(report))
    book.table("Belege", PIECES, _pieces(report))
    book.table("Ziele und Projekte", ENTRIES, _entries(report))
    book.facts("Angaben", _facts(report))
    return book.finish(KIND)


def _rows(report: Report) -> Iterator[Sequence[Cell]]:
    for criterion in report.criteria:
        for question in criterion.questions:
            yield _row(report, criterion.title, question)


def _row(report: Report, criterion: str, question: QuestionSection) -> Sequence[Cell]:
    points = report.estimate.line[QuestionId(question.id)].points
    several = len(question.evidence) > 1
    return (
        question.number,
        question.number_there,
        criterion,
        question.text,
        "\n".join(question.answer),
        "\n".join(text for text in (question.reason, question.note) if text),
        "\n".join(piece.register for piece in question.evidence),
        "\n".join(_numbered(piece, piece.title, several) for piece in question.evidence),
        "\n".join(_numbered(piece, _say_place(piece), several) for piece in question.evidence),
        question.department,
        "\n".join(question.open_points),
        points.claimed,
        points.possible,
    )


def _numbered(piece: EvidenceLine, text: str, several: bool) -> str:
    """Where there are several, each says which it is: lines that wrap do not stand beside each other."""
    return f"{piece.register} {text}" if several else text


def _say_place(piece: EvidenceLine) -> str:
    return ", ".join(fact for fact in (piece.place, piece.link) if fact) or piece.status


def _pieces(report: Report) -> Iterator[Sequence[Cell]]:
    for criterion in report.criteria:
        for question in criterion.questions:
            for piece in question.evidence:
                yield piece.register, question.number, piece.title, piece.status, piece.place, piece.link


def _entries(report: Report) -> Iterator[Sequence[Cell]]:
    kinds = [("Entwicklungsziel", report.goals), ("Projekt für Sonderpunkte", report.projects)]
    if report.renewal:
        kinds.insert(1, ("Ziel aus der letzten Auditierung", report.past_goals))
    for kind, entries in kinds:
        for entry in entries:
            yield _entry(kind, entry)


def _entry(kind: str, entry: EntrySection) -> Sequence[Cell]:
    facts = dict(entry.facts)
    own = (facts.pop(word, "") for word in OWN_COLUMNS)
    first, second = own
    return kind, entry.title, first, second, "\n".join(f"{word}: {value}" for word, value in facts.items())


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    cover, outcome = report.cover, report.outcome
    yield "Was das ist", f"{KIND}. Maßgeblich ist die Tabelle, die Ihnen die IHK schickt."
    yield "Selbstcheck", report.imprint.title
    yield "Kommune", cover.municipality
    yield "Stand", cover.stand
    if cover.audience:
        yield "Für wen", cover.audience
    yield from (*cover.audit, *contact_facts(report))
    yield "Ergebnis", f"{outcome.title}. {outcome.sentence}"
    yield "Marke", outcome.mark
    yield "Hinweis", f"{outcome.disclaimer} {cover.notice}".strip()
    for criterion in report.criteria:
        if criterion.dropped:
            yield criterion.title, criterion.dropped
