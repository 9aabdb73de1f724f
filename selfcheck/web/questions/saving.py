"""Saving the questions of a submitted page: what was written, what met a conflict, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import request

from selfcheck.core.questionnaire.model import Question
from selfcheck.store.access import self_checks
from selfcheck.store.access.grants import Access
from selfcheck.store.catalogue.catalogue import Prepared
from selfcheck.store.parts.writes import Conflict, Outcome
from selfcheck.store.team.assignments import AssignmentWrite
from selfcheck.store.team.comments import NewComment
from selfcheck.web.http import clock
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.questions.cards import Card, EvidenceRow
from selfcheck.web.questions.conflicts import name_after_stored, show_conflict
from selfcheck.web.questions.reading import (
    Submitted,
    decide,
    has_decided,
    read_question,
)
from selfcheck.web.questions.talk import save_together
from selfcheck.web.questions.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Saving:
    """What became of a submitted page: the self-check as it is afterwards, outcomes by part, trouble by question."""

    page: CheckPage
    submitted: tuple[Submitted, ...]
    outcomes: Mapping[str, Outcome]
    trouble: Mapping[str, Trouble]

    @property
    def status(self) -> int:
        if not self.trouble:
            return 200
        return 409 if any(found.conflicts for found in self.trouble.values()) else 422

    @property
    def trouble_drawn(self) -> dict[str, Trouble]:
        """The trouble for a page that is drawn anew: its pieces of evidence named as that page names them."""
        return {
            id: name_after_stored(each, self.page.loaded.evidence.get(each.submitted.question.id, ()))
            for id, each in self.trouble.items()
        }


def read_submitted(questions: Sequence[Question], *, together: bool = False) -> tuple[Submitted, ...]:
    """Those of `questions` that the form of this request names, with a decision about a conflict applied.

    With `together` also who is to answer them, and comments: not for offices.
    """
    entered = decide(request.form)
    named = {name.partition(".")[0] for name in entered}
    return tuple(read_question(question, entered, together=together) for question in questions if question.id in named)


def save_submitted(access: Access, prepared: Prepared, submitted: Sequence[Submitted]) -> Saving:
    """Writes every part that differs from what its page was built from: answers in one transaction, who is to answer
    in another, comments in a third.
    """
    written = {part.name: part.write for question in submitted for part in question.parts if part.write is not None}
    said = {name: write for name, write in written.items() if not isinstance(write, AssignmentWrite | NewComment)}
    shared, wrong = save_together(access, {name: write for name, write in written.items() if name not in said})
    if said:
        writes, decided = tuple(said.values()), has_decided(request.form)
        result = self_checks.save(
            access.check, prepared.questionnaire, writes, access.who, clock.now(), decided=decided
        )
        outcomes, loaded = dict(zip(said, result.outcomes, strict=True)), result.loaded
    else:
        outcomes, loaded = {}, self_checks.load(access.check, prepared.questionnaire)
    told = tuple(_add_errors(question, wrong) for question in submitted)
    page = check_page.show_loaded(access, prepared, loaded)
    return Saving(page, told, outcomes | shared, _find_trouble(told, outcomes | shared))


def _add_errors(submitted: Submitted, wrong: Mapping[str, Mapping[str, str]]) -> Submitted:
    """`submitted` with what the store refused, by part."""
    parts = tuple(replace(part, errors=wrong[part.name]) if part.name in wrong else part for part in submitted.parts)
    return replace(submitted, parts=parts)


def _find_trouble(submitted: Sequence[Submitted], outcomes: Mapping[str, Outcome]) -> dict[str, Trouble]:
    """What could not be written, by question."""
    found: dict[str, Trouble] = {}
    for question in submitted:
        wrong = {part.name: part.errors for part in question.parts if part.errors}
        met = {name: outcome for name in question.names if isinstance(outcome := outcomes.get(name), Conflict)}
        if wrong or met:
            conflicts = tuple(show_conflict(question, name, outcome) for name, outcome in met.items())
            seen = {name: _read_seen(name) for name in (*wrong, *met)}
            found[question.question.id] = Trouble(question, wrong, conflicts, seen)
    return found


def _read_seen(name: str) -> tuple[str, str]:
    """The version and the base that came with a part in trouble: they stay until somebody decides."""
    joint = "." if ".e." in name else "-"
    return request.form.get(f"{name}{joint}version", ""), request.form.get(f"{name}{joint}base", "")


def list_errors(cards: Sequence[Card]) -> list[tuple[str, str]]:
    """Every error and conflict of the page with the field it belongs to, for the summary at the top."""
    listed = []
    for card in cards:
        id, number = card.question.id, card.question.number
        listed += [(f"{id}.{field}", f"{number}: {text}") for field, text in card.errors._asdict().items() if text]
        for row in (*card.evidence, card.new_evidence):
            errors = row.errors._asdict() if row.wrong else {}
            fields = [(_evidence_field(card, row, field), text) for field, text in errors.items() if text]
            listed += [(field, f"{number}, Nachweis: {text}") for field, text in fields]
        if card.conflicts:
            listed.append((f"konflikt-{id}", f"{number}: Diese Angabe wurde zwischenzeitlich geändert."))
    return listed


def _evidence_field(card: Card, row: EvidenceRow, field: str) -> str:
    """Where to correct it; the title of a usual piece has no field of its own."""
    if field == "title" and not row.own:
        return f"frage-{card.question.id}"
    return f"{card.question.id}.e.{row.key}.{field}"
