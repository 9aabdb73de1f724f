"""One question as it is shown, and how it is drawn; `cards` builds it.

What a template decides by stands in outlines; what differs from town to town are texts, put in last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from markupsafe import escape

from selfcheck.core.questionnaire.model import Kind, Question
from selfcheck.reporting.words import german
from selfcheck.reporting.words.question_points import list_points
from selfcheck.web.http import clock
from selfcheck.web.layout.pattern import LEFT, draw, draw_wrong
from selfcheck.web.layout.templating import is_day_text
from selfcheck.web.parts.conflicts import ConflictShown
from selfcheck.web.questions.answers import OPTION, STATE_WORDS, Shown
from selfcheck.web.questions.reading import CHOICE, NOTE

TEMPLATE = "questions/card.html"
CHECKED = " checked"
LEAVE_OPEN = ("open", "offen lassen")
LONG_NOTE = 120
"""From so many characters on a note gets a third line."""
ALONE = MappingProxyType({"assignee": "", "thread": ""})
"""What fills the gaps of a card for those who work together, where nobody does."""
NOTHING_WRONG: Mapping[str, str] = MappingProxyType({})


class Tag(NamedTuple):
    """State and points of a question in a few words; `kind` is done, warning, unclear, open or lost."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to tick; `mark` names the text that says whether it is."""

    value: str
    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What no answer changes: what there is to choose, and what it is worth (for what, how many points)."""

    choices: tuple[Offer, ...]
    states: tuple[Offer, ...]
    points: tuple[tuple[str, str], ...]
    at_most: str


class RowOutline(NamedTuple):
    """`placed`: it is said where the piece is; `dated`: a date field can show until when it is valid; `removable`:
    whoever looks may take it away."""

    own: bool
    available: bool
    expired: bool
    stored: bool
    placed: bool
    dated: bool
    removable: bool


class EvidenceRow(NamedTuple):
    """`untouched`: nothing was ever said about it, so it looks the same for everybody."""

    key: str
    title: str
    base: str
    own: bool
    available: bool = False
    link: str = ""
    file_number: str = ""
    page: str = ""
    valid_until: str = ""
    version: int = 0
    expired: bool = False
    author: str = ""
    """Who wrote it last, and when."""
    errors: Mapping[str, str] = NOTHING_WRONG
    removable: bool = True
    untouched: bool = False


class CardOutline(NamedTuple):
    """`saved`: the answer was saved at some time; `aside`: there is a value that is not asked for any more;
    `own_part`: an office looks at what it is asked, and may say that it is not in charge."""

    question: Question
    help_html: str
    department: str
    hint: str
    tag: str
    hidden: bool
    work_left: bool
    settled: bool
    saved: bool
    aside: bool
    long_note: bool
    listed: bool
    own_part: bool

    @property
    def wording(self) -> Wording:
        return word(self.question)


class Card(NamedTuple):
    question: Question
    help_html: str
    department: str
    hint: str
    hidden: bool
    tag: Tag
    work_left: bool
    fields: Shown
    versions: Mapping[str, int]
    bases: Mapping[str, str]
    errors: Mapping[str, str]
    evidence: tuple[EvidenceRow, ...]
    new_evidence: EvidenceRow
    saved: datetime | None
    authors: tuple[str, ...]
    conflicts: tuple[ConflictShown, ...]
    aside: str
    history: str = ""
    own_part: bool = False
    together: Mapping[str, str] = ALONE
    """Markup for those who work here together, by the gap that it fills."""

    def __html__(self) -> str:
        """The card as it stands on the page."""
        return _draw("card", _outline_card(self), _list_texts(self), _list_markup(self), self.errors, self.conflicts)


def _draw(
    macro: str,
    outline: CardOutline | RowOutline,
    texts: Mapping[str, str],
    markup: Mapping[str, str],
    errors: Mapping[str, str],
    conflicts: tuple[ConflictShown, ...] = (),
) -> str:
    if not errors and not conflicts:
        return draw(TEMPLATE, macro, outline, texts, markup)
    return draw_wrong(TEMPLATE, macro, outline, texts, markup, errors, conflicts)


@lru_cache(maxsize=1024)
def word(question: Question) -> Wording:
    prefix = "" if question.kind is Kind.MANY else OPTION
    offered = {"none": question.kind is Kind.MANY, "not_applicable": question.not_applicable is not None}
    states = (*(state for state in STATE_WORDS.items() if offered.get(state[0], True)), LEAVE_OPEN)
    return Wording(
        choices=tuple(
            Offer(f"{prefix}{option.id}", option.text, f"choice{place}")
            for place, option in enumerate(question.options)
        ),
        states=tuple(Offer(value, text, f"state_{value}") for value, text in states),
        points=tuple((row.text, german.points_count(row.points)) for row in list_points(question)),
        at_most=german.points_count(question.at_most) if question.at_most is not None else "",
    )


def _outline_card(card: Card) -> CardOutline:
    troubled = card.errors or card.conflicts or any(row.errors for row in (*card.evidence, card.new_evidence))
    return CardOutline(
        question=card.question,
        help_html=card.help_html,
        department=card.department,
        hint=card.hint,
        tag=card.tag.kind,
        hidden=card.hidden,
        work_left=card.work_left,
        settled=card.tag.kind == "done" and not troubled and all(row.available for row in card.evidence),
        saved=card.saved is not None,
        aside=bool(card.aside),
        long_note=len(card.fields.note) > LONG_NOTE,
        listed=bool(card.evidence),
        own_part=card.own_part,
    )


def _list_texts(card: Card) -> dict[str, str]:
    present = sum(row.available for row in card.evidence)
    return {
        "tag": card.tag.text,
        "aside": card.aside,
        "value": card.fields.value,
        "reason": card.fields.reason,
        "note": card.fields.note,
        "choice_version": str(card.versions[CHOICE]),
        "choice_base": card.bases[CHOICE],
        "note_version": str(card.versions[NOTE]),
        "note_base": card.bases[NOTE],
        "present": f"{present} {'liegt' if present == 1 else 'liegen'} vor",
        "saved": german.clock(clock.local(card.saved)) if card.saved else "",
    }


def _list_markup(card: Card) -> dict[str, str]:
    chosen = {card.fields.choice, *card.fields.options}
    wording = word(card.question)
    marks = {offer.mark: CHECKED if offer.value in chosen else "" for offer in (*wording.choices, *wording.states)}
    return marks | {
        **card.together,
        "authors": draw_authors(card.question, card.authors, card.history),
        "evidence": "".join([_draw_row(card.question, row) for row in card.evidence]),
        "new_evidence": _draw_new_row(card.question, card.new_evidence),
    }


def draw_authors(question: Question, authors: tuple[str, ...], history: str) -> str:
    """Who said what when, in the foot of a card, and where all of its history is."""
    said = "".join([f'<p translate="no">{escape(said)}</p>' for said in authors])
    if not (history and authors):
        return said
    of_question = f'<span class="kern-sr-only"> der Frage {question.number}</span>'
    return f'{said}<p><a href="{escape(history)}">Verlauf{of_question}</a></p>'


def _draw_row(question: Question, row: EvidenceRow) -> str:
    if row.untouched:
        return _draw_untouched_row(question, row.key, row.title, row.base)
    return _draw_said_row(question, row)


@lru_cache(maxsize=4096)
def _draw_untouched_row(question: Question, key: str, title: str, base: str) -> str:
    return _draw_said_row(question, EvidenceRow(key, title, base, own=False))


def _draw_said_row(question: Question, row: EvidenceRow) -> str:
    where = ", ".join(filter(None, (row.link, row.file_number, row.page and f"Seite {row.page}")))
    outline = RowOutline(
        row.own,
        row.available,
        row.expired,
        stored=row.version > 0,
        placed=bool(where),
        dated=is_day_text(row.valid_until),
        removable=row.own and row.removable,
    )
    return _draw("evidence_row", outline, _list_row_texts(question, row) | {"where": where}, {}, row.errors)


def _draw_new_row(question: Question, row: EvidenceRow) -> str:
    return row.key.join(_cut_new_row(question, row.base)) if row.untouched else _draw_refused_row(question, row)


@lru_cache(maxsize=1024)
def _cut_new_row(question: Question, base: str) -> tuple[str, ...]:
    """The empty fields for one more piece, cut where its key stands."""
    return tuple(_draw_refused_row(question, EvidenceRow(LEFT, "", base, own=True)).split(LEFT))


def _draw_refused_row(question: Question, row: EvidenceRow) -> str:
    dated = is_day_text(row.valid_until)
    outline = RowOutline(True, row.available, False, stored=False, placed=False, dated=dated, removable=False)
    texts = _list_row_texts(question, row) | {"question": question.id, "number": question.number}
    return _draw("new_evidence", outline, texts, {}, row.errors)


def _list_row_texts(question: Question, row: EvidenceRow) -> dict[str, str]:
    return {
        "key": row.key,
        "name": f"{question.id}.e.{row.key}",
        "title": row.title,
        "link": row.link,
        "file_number": row.file_number,
        "page": row.page,
        "valid_until": row.valid_until,
        "version": str(row.version),
        "base": row.base,
        "author": row.author,
    }
