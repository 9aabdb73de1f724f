"""The cards of a page: what stands in their fields, their points, their evidence, and what is wrong.

Built from what is stored; where a submitted part was refused or met a conflict, from what was submitted.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from flask import url_for

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Kind, Question
from selfcheck.core.rules.answers import OPEN, Answer, State
from selfcheck.core.rules.estimate import Applies, Line, Points
from selfcheck.reporting.words import german
from selfcheck.reporting.words.authors import Said, say_author, say_authors
from selfcheck.reporting.words.condition_text import only_if
from selfcheck.store.access.grants import Access
from selfcheck.store.parts.seats import Together
from selfcheck.store.parts.values import StoredAnswer, StoredEvidence
from selfcheck.web.http import clock
from selfcheck.web.layout.addresses import address_in
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.parts.submitted import digest, read_version
from selfcheck.web.questions.answers import Shown, show
from selfcheck.web.questions.card import (
    ALONE,
    Card,
    EvidenceRow,
    Tag,
)
from selfcheck.web.questions.evidence import (
    AVAILABLE,
    OWN,
    USUAL,
    EvidenceShown,
    evidence_base,
    shown_evidence,
)
from selfcheck.web.questions.reading import CHOICE, NOTE, content_of
from selfcheck.web.questions.talk import ASSIGNEE, COMMENT
from selfcheck.web.questions.talk_card import GAP, TogetherCard
from selfcheck.web.questions.trouble import Trouble

SEVERAL = "Mehrere Antworten möglich."


def build_cards(
    page: CheckPage, questions: Sequence[Question], trouble: Mapping[str, Trouble], together: Together | None = None
) -> tuple[Card, ...]:
    """The cards of `questions`; `trouble` by question id keeps what was submitted in vain.

    With `together` they show who is to answer and what colleagues ask each other: not for offices.
    """
    return tuple([_card(page, question, trouble.get(question.id), together) for question in questions])


def _draw_together(
    page: CheckPage, together: Together | None, question: Question, trouble: Trouble | None
) -> Mapping[str, str]:
    return _show_together(page, together, question, trouble).draw() if together is not None else ALONE


def _show_together(page: CheckPage, together: Together, question: Question, trouble: Trouble | None) -> TogetherCard:
    redaction = ""
    if page.may(Right.REDACT) and together.comments.get(question.id):
        redaction = url_for("history.redact", check_id=page.check.public_id, part="rueckfrage", subject=GAP)
    shown = TogetherCard(question, together, page.access.place_id, page.access.grant_id, redaction=redaction)
    if trouble is None:
        return shown
    assignee, comment = f"{question.id}.{ASSIGNEE}", f"{question.id}.{COMMENT}"
    if assignee in trouble.parts:
        shown = replace(shown, assignee=trouble.submitted.assignee, seen=trouble.versions[assignee])
    if comment in trouble.parts:
        shown = replace(shown, comment=trouble.submitted.comment)
    return replace(shown, errors={**trouble.errors.get(assignee, {}), **trouble.errors.get(comment, {})})


def _card(page: CheckPage, question: Question, trouble: Trouble | None, together: Together | None) -> Card:
    stored = page.loaded.stored.get(question.id) or StoredAnswer.untouched(question.id)
    answer = page.loaded.answers.get(question.id, OPEN)
    line = page.estimate.line[question.id]
    fields, versions, bases = _fields(question, answer, stored, trouble)
    own_part = page.may(Right.OWN_PART)
    return Card(
        question=question,
        help_html=page.prepared.help[question.id],
        department="" if own_part else page.questionnaire.department[question.department].title,
        hint=_hint(page, question),
        hidden=page.hides(question),
        tag=make_tag(question, line),
        work_left=has_work_left(line),
        fields=fields,
        versions=versions,
        bases=bases,
        errors=_own_errors(question, trouble),
        evidence=_rows(page, question, trouble),
        new_evidence=_new_row(question, trouble),
        saved=saved_at(page, question),
        authors=say_answer_authors(page.access, stored),
        conflicts=trouble.conflicts if trouble else (),
        aside=stored.aside,
        history=find_history(page.access, question),
        own_part=own_part,
        together=_draw_together(page, together, question, trouble),
    )


def _hint(page: CheckPage, question: Question) -> str:
    known = None if page.may(Right.READ) else page.access.scope
    hints = (SEVERAL if question.kind is Kind.MANY else "", only_if(page.questionnaire, question, known))
    return " ".join(hint for hint in hints if hint)


def find_history(access: Access, question: Question) -> str:
    """Where all that was said about a question stands; offices see none of it."""
    if not access.may(Right.READ):
        return ""
    return address_in(access.check.public_id, "history.changes", frage=question.id)


def say_answer_authors(access: Access, stored: StoredAnswer) -> tuple[str, ...]:
    """Who said what when about a question."""
    parts = (("Antwort", stored.choice_by, stored.choice_at), ("Erläuterung", stored.note_by, stored.note_at))
    said = [Said(what, by, clock.local(at)) for what, by, at in parts if at is not None]
    return tuple(say_authors(said, access.me))


def saved_at(page: CheckPage, question: Question) -> datetime | None:
    """When something was last said about a question or one of its pieces of evidence."""
    stored = page.loaded.stored.get(question.id)
    moments = (stored.choice_at, stored.note_at) if stored else ()
    pieces = (piece.at for piece in page.loaded.evidence.get(question.id, ()))
    return max((moment for moment in (*moments, *pieces) if moment is not None), default=None)


def has_work_left(line: Line) -> bool:
    """Whether a question that applies is open, or lacks a document."""
    points = line.points
    return line.applies is not Applies.NO and (points.open > 0 or points.claimed > points.documented)


def make_tag(question: Question, line: Line) -> Tag:
    """The tag of a card: `belegt, 4 von 4 Punkten`, `Beleg fehlt, 1,5 von 4 Punkten`, `offen, bis 3 Punkte`."""
    points = line.points
    if not question.scores:
        return Tag("done", "beantwortet") if line.state is State.GIVEN else Tag("open", "offen, ohne Punkte")
    if line.state is State.NOT_APPLICABLE and line.applies is not Applies.UNDECIDED:
        return Tag("lost", f"trifft nicht zu, {_of_all(points)}" if points.possible else "trifft nicht zu, ausgenommen")
    if line.state is State.UNCLEAR:
        return Tag("unclear", f"noch unklar, {_up_to(question)}")
    if line.state is State.OPEN:
        return Tag("open", f"offen, {_up_to(question)}")
    if line.applies is Applies.UNDECIDED:
        return Tag("unclear", f"Bedingung offen, {_up_to(question)}")
    if points.claimed > points.documented:
        return Tag("warning", f"Beleg fehlt, {_of_all(points)}")
    if not points.claimed:
        return Tag("lost", f"beantwortet, {_of_all(points)}")
    return Tag("done", f"{'belegt' if question.needs_evidence else 'kein Beleg nötig'}, {_of_all(points)}")


def _of_all(points: Points) -> str:
    return f"{german.points(points.claimed)} von {german.points_dative(points.possible)}"


def _up_to(question: Question) -> str:
    return f"bis {german.points_count(question.possible)}"


def _fields(
    question: Question, answer: Answer, stored: StoredAnswer, trouble: Trouble | None
) -> tuple[Shown, dict[str, int], dict[str, str]]:
    fields = show(question, answer)
    versions = {CHOICE: stored.choice_version, NOTE: stored.note_version}
    bases = {
        CHOICE: digest(content_of(answer)),
        NOTE: digest(answer.note),
    }
    if trouble is None:
        return fields, versions, bases
    mine = trouble.submitted.shown
    keep_choice = f"{question.id}.{CHOICE}" in trouble.parts
    keep_note = f"{question.id}.{NOTE}" in trouble.parts
    for part, kept in ((CHOICE, keep_choice), (NOTE, keep_note)):
        if kept:
            version, bases[part] = trouble.versions[f"{question.id}.{part}"]
            versions[part] = read_version(version)
    shown = Shown(
        choice=mine.choice if keep_choice else fields.choice,
        options=mine.options if keep_choice else fields.options,
        value=mine.value if keep_choice else fields.value,
        reason=mine.reason if keep_choice else fields.reason,
        note=mine.note if keep_note else fields.note,
    )
    return shown, versions, bases


def _own_errors(question: Question, trouble: Trouble | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in (CHOICE, NOTE, ASSIGNEE, COMMENT) if trouble else ():
        found |= trouble.errors.get(f"{question.id}.{part}", {}) if trouble else {}
    return found


def _rows(page: CheckPage, question: Question, trouble: Trouble | None) -> tuple[EvidenceRow, ...]:
    """Usual pieces in the questionnaire's order, stored or not, then own ones."""
    stored = list(page.loaded.evidence.get(question.id, ()))
    rows = []
    for place, title in enumerate(question.evidence):
        kept = next((piece for piece in stored if piece.usual and piece.title == title), None)
        if kept is None:
            rows.append(_untouched_row(f"{USUAL}{place}", title, False, question, trouble))
        else:
            stored.remove(kept)
            rows.append(_stored_row(kept, False, page, question, trouble))
    rows.extend(_stored_row(piece, True, page, question, trouble) for piece in stored)
    return tuple(rows)


def _untouched_row(key: str, title: str, own: bool, question: Question, trouble: Trouble | None) -> EvidenceRow:
    if trouble is not None and f"{question.id}.e.{key}" in trouble.parts:
        return _refused_row(key, own, date.min, question, trouble)
    return EvidenceRow(key, title, _untouched_base(title), own, untouched=True)


@lru_cache(maxsize=4096)
def _untouched_base(title: str) -> str:
    """The base of a piece about which nothing was said; `title` is the questionnaire's, or empty."""
    return evidence_base(EvidenceShown(title))


def _stored_row(
    piece: StoredEvidence, own: bool, page: CheckPage, question: Question, trouble: Trouble | None
) -> EvidenceRow:
    key = str(piece.id)
    removable = page.access.allowed.to_remove(piece.place_id)
    author = say_author(piece.by, clock.local(piece.at), page.access.me)
    if trouble is not None and f"{question.id}.e.{key}" in trouble.parts:
        return _refused_row(key, own, page.day, question, trouble)._replace(removable=removable, author=author)
    shown = shown_evidence(piece)
    return _row(key, shown, evidence_base(shown), piece.version, own, page.day, removable, author)


def _refused_row(key: str, own: bool, day: date, question: Question, trouble: Trouble) -> EvidenceRow:
    """As it was submitted, with the version and the base that came with it."""
    name = f"{question.id}.e.{key}"
    seen, base = trouble.versions[name]
    row = _row(key, trouble.submitted.evidence[key], base, read_version(seen), own, day)
    errors = trouble.errors.get(name, {})
    return row._replace(errors=errors, expired=row.expired and not errors)


def _row(
    key: str,
    shown: EvidenceShown,
    base: str,
    version: int,
    own: bool,
    day: date,
    removable: bool = True,
    author: str = "",
) -> EvidenceRow:
    return EvidenceRow(
        key=key,
        title=shown.title,
        base=base,
        own=own,
        available=shown.state == AVAILABLE,
        link=shown.link,
        file_number=shown.file_number,
        page=shown.page,
        valid_until=shown.valid_until,
        version=version,
        expired=bool(shown.valid_until) and shown.day is not None and shown.day < day,
        removable=removable,
        author=author,
    )


def _new_row(question: Question, trouble: Trouble | None) -> EvidenceRow:
    """The empty fields for one more own piece, or the refused ones."""
    refused = [key for key in trouble.submitted.evidence if key.startswith(OWN)] if trouble else []
    refused = [key for key in refused if trouble and f"{question.id}.e.{key}" in trouble.parts]
    key = refused[0] if refused else f"{OWN}{secrets.token_hex(8)}"
    return _untouched_row(key, "", True, question, trouble)


def list_errors(cards: Sequence[Card]) -> list[tuple[str, str]]:
    """Every error and conflict of the page with the field it belongs to, for the summary at the top."""
    listed = []
    for card in cards:
        number = card.question.number
        listed += [(f"{card.question.id}.{field}", f"{number}: {text}") for field, text in card.errors.items()]
        for row in (*card.evidence, card.new_evidence):
            listed += [
                (_evidence_field(card, row, field), f"{number}, Nachweis: {text}") for field, text in row.errors.items()
            ]
        if card.conflicts:
            listed.append((f"konflikt-{card.question.id}", f"{number}: Diese Angabe wurde zwischenzeitlich geändert."))
    return listed


def _evidence_field(card: Card, row: EvidenceRow, field: str) -> str:
    """Where to correct it; the title of a usual piece has no field of its own."""
    if field == "title" and not row.own:
        return f"frage-{card.question.id}"
    return f"{card.question.id}.e.{row.key}.{field}"
