"""Two states of a self-check side by side, as their page takes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from selfcheck.core.questionnaire.model import Question as Asked
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.difference import Difference, Happened, Piece, Side, compare
from selfcheck.core.rules.estimate import NOTHING
from selfcheck.reporting.report.difference_text import (
    SAME,
    DifferenceCells,
    DifferenceRow,
    difference_cells,
    difference_rows,
    say_change_of,
)
from selfcheck.store.history.contents import Slot, raw_content, settle_all
from selfcheck.store.history.moments import Then
from selfcheck.store.history.put_back import differing
from selfcheck.store.parts.writes import Part
from selfcheck.web.history.names import OF_QUESTIONS, Named, name_change
from selfcheck.web.layout.check_page import CheckPage, question_address, situate

HAPPENED = {
    Happened.CAME: ("done", "hinzugekommen"),
    Happened.WENT: ("lost", "entfernt"),
    Happened.CHANGED: ("neutral", "geändert"),
}

BY_ANSWER = "weil sich eine andere Antwort geändert hat"
BY_VERSION = "weil die Fassungen anders zählen"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was answered differently: what differs, before and after, and what became of its points."""

    number: str
    text: str
    href: str
    parts: tuple[Named, ...]
    points: str


@dataclass(frozen=True, slots=True)
class Document:
    """A piece of evidence that is not the same; `tag` is its kind and the word for what happened."""

    named: Named
    tag: tuple[str, str]


@dataclass(frozen=True)
class Comparison:
    rows: tuple[DifferenceRow, ...]
    cells: tuple[DifferenceCells, ...]
    questions: tuple[Question, ...]
    documents: tuple[Document, ...]
    rest: tuple[Named, ...]
    same_points: bool

    @property
    def empty(self) -> bool:
        return self.same_points and not (self.questions or self.documents or self.rest)


def compare_moments(page: CheckPage, before: Then, after: Then) -> Comparison:
    """What differs from `before` to `after`; each answers the questionnaire of its time."""
    sides = _side(page, before), _side(page, after)
    difference = compare(*sides)
    rows = difference_rows(after.questionnaire, *sides, difference)
    return Comparison(
        rows=rows,
        cells=difference_cells(after.questionnaire, *sides, difference),
        questions=tuple(_questions(page, before, after, difference, sides)),
        documents=tuple(_documents(page, before, after, difference)),
        rest=tuple(_rest(page, before, after)),
        same_points=all(row.words == SAME for row in rows),
    )


def _side(page: CheckPage, then: Then) -> Side:
    loaded = then.loaded
    pieces = {
        piece.key: Piece(question, piece.evidence) for question, listed in loaded.evidence.items() for piece in listed
    }
    return Side(loaded.answers, situate(then.questionnaire, loaded.check, loaded, page.today).estimate, pieces)


def _questions(
    page: CheckPage, before: Then, after: Then, difference: Difference, sides: tuple[Side, Side]
) -> Iterator[Question]:
    for each in difference.answers:
        question = _find(each.question, after, before)
        if question is None:
            continue
        parts = [part for part, differs in ((Part.CHOICE, each.choice), (Part.NOTE, each.note)) if differs]
        yield Question(
            number=question.number,
            text=question.name,
            href=question_address(page, question) if question.id in page.questionnaire.question else "",
            parts=tuple(_name(page, (part, question.id), before, after) for part in parts),
            points=_say_points(question.id, before, after, sides),
        )
    same = before.questionnaire is after.questionnaire
    yield from _follow(page, difference, sides, BY_ANSWER if same else BY_VERSION)


def _find(id: QuestionId, *sides: Then) -> Asked | None:
    return next((then.questionnaire.question[id] for then in sides if id in then.questionnaire.question), None)


def _say_points(id: QuestionId, before: Then, after: Then, sides: tuple[Side, Side]) -> str:
    if id not in before.questionnaire.question:
        return "vorher nicht gefragt"
    if id not in after.questionnaire.question:
        return "nicht mehr gefragt"
    return say_change_of(*(side.estimate.line[id].points for side in sides))


def _follow(page: CheckPage, difference: Difference, sides: tuple[Side, Side], why: str) -> Iterator[Question]:
    """Questions that were not answered differently, and count otherwise because another one was, or with a version."""
    answered = {each.question for each in difference.answers}
    for question in page.questionnaire.questions:
        lines = [side.estimate.line.get(question.id) for side in sides]
        before, after = (line.points if line else NOTHING for line in lines)
        if question.id not in answered and all(lines) and before.claimed != after.claimed:
            points = f"{say_change_of(before, after)}, {why}"
            yield Question(question.number, question.name, question_address(page, question), (), points)


def _documents(page: CheckPage, before: Then, after: Then, difference: Difference) -> Iterator[Document]:
    for each in difference.evidence:
        named = _name(page, (Part.EVIDENCE, each.key), before, after)
        yield Document(named, HAPPENED[each.happened])


def _rest(page: CheckPage, before: Then, after: Then) -> Iterator[Named]:
    """Goals, projects, steps, details; and answers to questions that are asked on neither side."""
    for slot in differing(settle_all(before.contents), settle_all(after.contents)):
        if slot[0] not in OF_QUESTIONS or not _asked(slot, before, after):
            yield _name(page, slot, before, after)


def _asked(slot: Slot, before: Then, after: Then) -> bool:
    id = slot[1]
    if slot[0] == Part.EVIDENCE:
        told = after.contents.get(slot) or before.contents.get(slot) or {}
        id = str(told.get("question")) if isinstance(told, dict) else ""
    return _find(QuestionId(id), before, after) is not None


def _name(page: CheckPage, slot: Slot, before: Then, after: Then) -> Named:
    """Each side in the words of its questionnaire."""
    old, new = (raw_content(slot, then.contents.get(slot)) for then in (before, after))
    of_question = slot[0] in (Part.CHOICE, Part.NOTE)
    asked = after if not of_question or QuestionId(slot[1]) in after.questionnaire.question else before
    named = name_change(page, *slot, old, new, asked.questionnaire)
    known = all(QuestionId(slot[1]) in then.questionnaire.question for then in (before, after))
    if before.questionnaire is after.questionnaire or not (of_question and known):
        return named
    then = name_change(page, *slot, old, new, before.questionnaire)
    return replace(named, text=replace(named.text, before=then.text.before))
