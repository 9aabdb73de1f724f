"""Two states of a self-check side by side, as their page takes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.difference import (
    Difference,
    Happened,
    Piece,
    Side,
    compare,
)
from selfcheck.core.rules.facts import Facts
from selfcheck.reporting.report.difference_text import (
    SAME,
    DifferenceCells,
    DifferenceRow,
    difference_cells,
    difference_rows,
    say_change_of,
)
from selfcheck.store.history.contents import Place, raw_content
from selfcheck.store.history.states import StateThen, settle_all
from selfcheck.store.parts.writes import LISTS, Part
from selfcheck.web.history.names import Named, link_question, name_change
from selfcheck.web.layout.check_page import CheckPage

HAPPENED = {
    Happened.CAME: ("done", "hinzugekommen"),
    Happened.WENT: ("lost", "entfernt"),
    Happened.CHANGED: ("neutral", "geändert"),
}
REST = (*LISTS, Part.STEP, Part.DETAILS)


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


def compare_states(page: CheckPage, before: StateThen, after: StateThen) -> Comparison:
    """What differs from `before` to `after`."""
    sides = _side(page, before), _side(page, after)
    difference = compare(*sides)
    rows = difference_rows(page.questionnaire, *sides, difference)
    return Comparison(
        rows=rows,
        cells=difference_cells(page.questionnaire, *sides, difference),
        questions=tuple(_questions(page, before, after, difference, sides)),
        documents=tuple(_documents(page, before, after, difference)),
        rest=tuple(_rest(page, before, after)),
        same_points=all(row.words == SAME for row in rows),
    )


def _side(page: CheckPage, state: StateThen) -> Side:
    """Evidence counts on the day of the interview as it was planned then, else today."""
    loaded, check = state.loaded, state.loaded.check
    pieces = {
        piece.key: Piece(question, piece.evidence) for question, listed in loaded.evidence.items() for piece in listed
    }
    facts = Facts(page.questionnaire, check.profile, loaded.answers, loaded.extras, page.today, check.interview)
    return Side(loaded.answers, facts.estimate, pieces)


def _questions(
    page: CheckPage, before: StateThen, after: StateThen, difference: Difference, sides: tuple[Side, Side]
) -> Iterator[Question]:
    for each in difference.answers:
        if each.question not in page.questionnaire.question:
            continue
        question = page.questionnaire.question[each.question]
        parts = [part for part, differs in ((Part.CHOICE, each.choice), (Part.NOTE, each.note)) if differs]
        yield Question(
            number=question.number,
            text=question.text,
            href=link_question(page, question.id),
            parts=tuple(_name(page, (part, question.id), before, after) for part in parts),
            points=say_change_of(*(side.estimate.line[question.id].points for side in sides)),
        )


def _documents(page: CheckPage, before: StateThen, after: StateThen, difference: Difference) -> Iterator[Document]:
    for each in difference.evidence:
        named = _name(page, (Part.EVIDENCE, each.key), before, after)
        yield Document(named, HAPPENED[each.happened])


def _rest(page: CheckPage, before: StateThen, after: StateThen) -> Iterator[Named]:
    """Goals, projects, steps, details; and answers to questions that are no longer asked."""
    for key in differing_parts(before, after):
        if key[0] in REST or not _asked(page, key, before, after):
            yield _name(page, key, before, after)


def _asked(page: CheckPage, key: Place, before: StateThen, after: StateThen) -> bool:
    id = key[1]
    if key[0] is Part.EVIDENCE:
        told = after.contents.get(key) or before.contents.get(key) or {}
        id = str(told.get("question")) if isinstance(told, dict) else ""
    return QuestionId(id) in page.questionnaire.question


def differing_parts(before: StateThen, after: StateThen) -> Iterable[Place]:
    """The key of every part whose content counts differently."""
    one, other = settle_all(before.contents), settle_all(after.contents)
    return [key for key in dict.fromkeys((*one, *other)) if one.get(key) != other.get(key)]


def _name(page: CheckPage, key: Place, before: StateThen, after: StateThen) -> Named:
    told = (raw_content(key, state.contents.get(key)) for state in (before, after))
    return name_change(page, key[0].value, key[1], *told)
