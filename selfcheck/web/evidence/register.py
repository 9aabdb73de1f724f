"""The register: every piece of evidence in the order of the questionnaire, what is missing first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from selfcheck.core.questionnaire.model import Question
from selfcheck.core.rules.answers import Evidence
from selfcheck.reporting.words import german
from selfcheck.reporting.words.documents import say_place, say_quality, say_status, say_usual
from selfcheck.reporting.words.names import DOCUMENTS
from selfcheck.reporting.words.totals import say_unproven
from selfcheck.store.parts.values import StoredEvidence
from selfcheck.web.evidence.rows import NEW, gather_questions, piece_address
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.filters import Chips, Filter, list_chips

MISSING, UNPLACED, THERE = "missing", "unplaced", "there"
GROUPS = {MISSING: "Was fehlt", UNPLACED: "Fundstelle fehlt", THERE: "Liegt vor, mit Fundstelle"}
"""In the order of the page."""
QUESTION, PIECE, EXPIRED = "question", "piece", "expired"
LACKS = {
    QUESTION: ("Frage ohne Beleg", "Fragen ohne Beleg"),
    PIECE: ("fehlender Beleg", "fehlende Belege"),
    EXPIRED: ("Beleg, der nicht lange genug gilt", "Belege, die nicht lange genug gelten"),
}
"""What one and what several are called of what is missing; in the order of the sentence."""


class RegisterRow(NamedTuple):
    """One line: a piece, or a question that lacks one. `number` is `A1.2`; `group` says what is to be done.

    `tag` is kind and word of its state; `facts` are kind, days and questions in words. `lack` is what of it is missing:
    the document of a question, a piece, or one that is still in force. `questions` are the ids of those that it is
    about.
    """

    number: str
    title: str
    group: str
    tag: tuple[str, str]
    place: str
    facts: tuple[str, ...]
    href: str
    action: str
    questions: tuple[str, ...]
    link: str = ""
    lack: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """`quality` and `gaps` are sentences about all of it; `bonus_lacks`: so do Sonderpunkte, which stand elsewhere."""

    rows: tuple[RegisterRow, ...]
    quality: str
    gaps: str
    bonus_lacks: bool = False

    @property
    def groups(self) -> tuple[tuple[str, str], ...]:
        return tuple(GROUPS.items())

    @property
    def missing(self) -> str:
        """What the rows that miss something are, counted: `3 Fragen ohne Beleg und 12 fehlende Belege.`"""
        lacking = Counter(row.lack for row in self.rows)
        named = [german.count(lacking[lack], *words) for lack, words in LACKS.items() if lacking[lack]]
        return f"{german.listing(named)}. Je Frage genügt ein gültiger Beleg." if named else ""

    def about(self, question: Question) -> Register:
        """What of it belongs to one question."""
        return Register(tuple(row for row in self.rows if question.id in row.questions), "", "")

    def by_group(self, chosen: Filter[RegisterRow]) -> dict[str, list[RegisterRow]]:
        """What a filter shows, without groups in which nothing is."""
        shown = {group: [row for row in self.rows if row.group == group and chosen.passes(row)] for group in GROUPS}
        return {group: rows for group, rows in shown.items() if rows}


FILTERS: tuple[Filter[RegisterRow], ...] = (
    Filter("", "alle", lambda row: True),
    Filter("fehlt", "fehlt", lambda row: row.group == MISSING),
    Filter("ohne-fundstelle", "ohne Fundstelle", lambda row: row.group == UNPLACED),
    Filter("liegt-vor", "mit Fundstelle", lambda row: row.group == THERE),
)


def list_register_chips(listed: Register, address: str, chosen: Filter[RegisterRow]) -> Chips:
    """Every filter with the number of its rows; the first one has pieces and questions without one, no one number."""
    (text, _, href, current), *others = list_chips(FILTERS, listed.rows, address, chosen)
    return [(text, None, href, current), *others]


def build_register(page: CheckPage) -> Register:
    """Everything about evidence, without a statement of its own."""
    rows = [row for question in page.questionnaire.questions for row in _list_rows(page, question)]
    return Register(
        rows=tuple(rows),
        quality=say_quality(page.loaded.answers, page.day),
        gaps=say_unproven(page.estimate),
        bonus_lacks=page.estimate.bonus > page.estimate.documented_bonus,
    )


def _list_rows(page: CheckPage, question: Question) -> Iterator[RegisterRow]:
    """A piece of several questions stands at the first of them."""
    pieces = page.loaded.evidence.get(question.id, ())
    own = [piece for piece in pieces if piece.question == question.id]
    for place, piece in enumerate(own, start=1):
        yield _piece_row(page, question, f"{question.number}.{place}", piece)
    points = page.estimate.line[question.id].points
    if points.unproven > 0 and not pieces:
        yield RegisterRow(
            number=question.number,
            title=question.name,
            group=MISSING,
            tag=("warning", "Beleg fehlt"),
            place="",
            facts=(f"Üblich: {say_usual(question.evidence)}",),
            href=piece_address(page, question, NEW, "register"),
            action="Beleg hinzufügen",
            questions=(question.id,),
            lack=QUESTION,
        )


def _piece_row(page: CheckPage, question: Question, number: str, piece: StoredEvidence) -> RegisterRow:
    evidence = piece.evidence
    counts = evidence.counts(page.day)
    group = MISSING if not counts else THERE if evidence.located else UNPLACED
    return RegisterRow(
        number=number,
        title=piece.shown_title,
        group=group,
        tag=_tag(page, evidence, group),
        place=say_place(evidence),
        facts=_list_facts(page, piece),
        href=piece_address(page, question, str(piece.id), "register"),
        action="Fundstelle ergänzen" if group == UNPLACED else "Bearbeiten",
        questions=piece.questions,
        link=piece.link,
        lack="" if counts else EXPIRED if evidence.available and evidence.expired(page.day) else PIECE,
    )


def _tag(page: CheckPage, evidence: Evidence, group: str) -> tuple[str, str]:
    if group == UNPLACED:
        return "warning", "Fundstelle fehlt"
    return "done" if group == THERE else "warning", say_status(evidence, page.day)


def _list_facts(page: CheckPage, piece: StoredEvidence) -> tuple[str, ...]:
    numbers = [question.number for question in gather_questions(page, piece) if question.id != piece.question]
    facts = (
        DOCUMENTS.get(piece.kind, ""),
        f"vom {german.day(piece.dated)}" if piece.dated else "",
        f"auch für {german.listing(numbers)}" if numbers else "",
        f"üblich: {piece.title}" if piece.usual and piece.name else "",
    )
    return tuple(fact for fact in facts if fact)
