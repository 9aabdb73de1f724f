"""A filled file taken apart: what was entered for each question, as the fields of a form would say it.

Nothing is decided here but whether the file is one of this self-check and every choice one that was offered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from python_calamine import CalamineError, load_workbook

from selfcheck.core.questionnaire.model import Kind, Question, QuestionId, Questionnaire
from selfcheck.core.text.order import fold
from selfcheck.reporting.questions_sheet import layout
from selfcheck.reporting.questions_sheet.archive import UNREAD, BadFile, repack
from selfcheck.reporting.questions_sheet.cells import Cell, Fault, address, at, quote, read_text
from selfcheck.reporting.questions_sheet.layout import Place, Seen
from selfcheck.reporting.questions_sheet.piece_reading import FilledPiece, read_pieces

FOREIGN = (
    "Das ist keine Datei „Fragen (Excel)“. Bitte laden Sie die Fragen hier herunter, füllen Sie diese Datei aus und "
    "wählen Sie sie dann."
)
OTHER_CHECK = "Die Datei gehört zu einem anderen Selbstcheck. Hier wurde nichts geändert."
OLDER = (
    "Die Datei ist für eine andere Fassung des Fragebogens oder dieser Anwendung gemacht. Bitte laden Sie die Fragen "
    "neu herunter."
)
EMPTY = "In der Datei steht keine Frage dieses Selbstchecks mehr."
Signs = Mapping[QuestionId, tuple[str, ...] | None]
"""The options that are ticked of each question; None where one is among them that it does not have."""
Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the file for one question, by the words of a form: `choice` is `option:…`, a state or empty; None
    where it is none that was offered.

    `line` is its row, as Excel counts; `pieces` are those of its pieces of evidence in whose rows somebody wrote.
    """

    question: QuestionId
    line: int
    choice: str | None
    options: tuple[str, ...]
    value: str
    reason: str
    note: str
    choice_seen: Seen
    note_seen: Seen
    pieces: tuple[FilledPiece, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says, in its order, and what is wrong in it: that is left out."""

    filled: tuple[Filled, ...]
    faults: tuple[Fault, ...] = ()


def read(content: bytes, check: str, questionnaire: Questionnaire) -> Found:
    """Everything in the file. Raises `BadFile` for one of which nothing can be taken; any bytes are safe."""
    facts, rows, pieces = _open(repack(content))
    known = dict(zip(layout.FACT_NAMES, (layout.FORMAT, layout.VERSION, check, questionnaire.name), strict=True))
    for name, fault in zip(layout.FACT_NAMES, (FOREIGN, OLDER, OTHER_CHECK, OLDER), strict=True):
        if facts.get(name) != known[name]:
            raise BadFile(fault)
    return _read_rows(rows, pieces, questionnaire)


def _open(content: bytes) -> tuple[Mapping[str, str], Rows, Rows]:
    """What the file is, its questions and its pieces of evidence."""
    try:
        book = load_workbook(BytesIO(content))
        names = book.sheet_names
        if layout.FACTS not in names or layout.QUESTIONS not in names:
            raise BadFile(FOREIGN)
        wanted = (name for name in (layout.FACTS, layout.QUESTIONS, layout.PIECES) if name in names)
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in wanted]
    except (CalamineError, OSError, ValueError) as error:
        raise error if isinstance(error, BadFile) else BadFile(UNREAD) from error
    facts, rows, *pieces = sheets
    return {read_text(row[0]): read_text(row[1]) for row in facts if len(row) > 1}, rows, pieces[0] if pieces else []


def _read_rows(rows: Rows, pieces: Rows, questionnaire: Questionnaire) -> Found:
    faults: list[Fault] = []
    found: dict[QuestionId, Filled] = {}
    signs = _gather_signs(rows, questionnaire, faults)
    for line, row in enumerate(rows[1:], start=2):
        question = questionnaire.question.get(QuestionId(at(row, Place.ID)))
        if question is None or at(row, Place.OPTION) or question.id in found:
            continue
        found[question.id] = _read_question(question, line, row, signs.get(question.id, ()), faults)
    belonging = read_pieces(pieces, questionnaire, found.keys(), faults)
    if not found:
        raise BadFile(EMPTY)
    filled = tuple(replace(each, pieces=belonging.get(each.question, ())) for each in found.values())
    return Found(filled, tuple(faults))


def name_row(line: int) -> str:
    """A row of this sheet, as messages call it."""
    return f"Zeile {line}"


def _gather_signs(rows: Rows, questionnaire: Questionnaire, faults: list[Fault]) -> Signs:
    """The options of each question that are ticked; anything but nothing ticks one, as people do it."""
    signs: dict[QuestionId, tuple[str, ...] | None] = {}
    for line, row in enumerate(rows[1:], start=2):
        question, option = questionnaire.question.get(QuestionId(at(row, Place.ID))), at(row, Place.OPTION)
        if question is None or not option or not at(row, Place.ANSWER).strip():
            continue
        if option not in question.option:
            text = f"{name_row(line)}: Diese Antwort gibt es hier nicht. Bitte laden Sie die Fragen neu herunter."
            faults.append(Fault(name_row(line), text))
            signs[question.id] = None
        others = signs.get(question.id, ())
        if others is not None and fold(at(row, Place.ANSWER).strip()) != "nein":
            signs[question.id] = (*others, option)
    return signs


def _read_question(
    question: Question, line: int, row: Sequence[Cell], options: tuple[str, ...] | None, faults: list[Fault]
) -> Filled:
    entered = at(row, Place.ANSWER).strip()
    choice, value = _choose(question, entered)
    if choice is None:
        text = (
            f"Zelle {address(Place.ANSWER, line)} (Frage {question.number}): {quote(entered)} ist hier keine "
            "Antwort. Bitte wählen Sie eine aus der Liste."
        )
        faults.append(Fault(name_row(line), text))
    return Filled(
        question=question.id,
        line=line,
        choice=choice if options is not None else None,
        options=options or (),
        value=value,
        reason=at(row, Place.REASON),
        note=at(row, Place.NOTE),
        choice_seen=Seen(at(row, Place.CHOICE_VERSION), at(row, Place.CHOICE_BASE)),
        note_seen=Seen(at(row, Place.NOTE_VERSION), at(row, Place.NOTE_BASE)),
    )


def _choose(question: Question, entered: str) -> tuple[str | None, str]:
    """Choice and typed value; no choice (None) where it is none that was offered."""
    if not entered:
        return "open", ""
    for word, state in layout.STATES.items():
        if fold(entered) == fold(word):
            return state, ""
    if question.kind in (Kind.NUMBER, Kind.TEXT):
        return "open", entered
    chosen = (option.id for option in question.options if fold(option.text) == fold(entered))
    option = next(chosen, None) if question.kind is not Kind.MANY else None
    return (f"option:{option}", "") if option else (None, "")
