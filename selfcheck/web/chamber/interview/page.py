"""„Prüfgespräch“: agenda and record on one page, saved piece by piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.review.agenda import AgendaRow, is_own
from selfcheck.core.review.record import BY_SUBJECT, Field
from selfcheck.reporting.review.paper import topic_of
from selfcheck.reporting.words import german
from selfcheck.store.chamber.case_changes import CasePart
from selfcheck.store.chamber.interview import parts as interview_parts
from selfcheck.store.chamber.interview.parts import StoredPart
from selfcheck.store.chamber.interview.versions import RecordClosed
from selfcheck.store.database.transactions import writing
from selfcheck.store.parts.writes import Saved, Unchanged
from selfcheck.web.chamber import pages
from selfcheck.web.chamber.frame import render
from selfcheck.web.chamber.interview.contents import Contents, load, reload
from selfcheck.web.chamber.interview.forms import (
    CLOSED,
    PartShown,
    RowForm,
    SubmittedForm,
    list_errors,
    name_part,
    read_parts,
    show_new,
    show_row,
    show_text_part,
)
from selfcheck.web.chamber.interview.versions import finish_now, list_documents, list_versions, say_state
from selfcheck.web.http import clock, copies, errors, guards
from selfcheck.web.layout.fragments import draw
from selfcheck.web.parts.conflicts import draw_conflicts
from selfcheck.web.parts.protocol import Settled, settle_parts, tell_script
from selfcheck.web.parts.submitted import Submission, SubmittedPart

ADDRESS = "/beratung/<case_id>/gespraech"
FINISH = "finish"
MOVED_ON = (
    "Nicht fertig",
    "Das Protokoll hat gerade jemand anders geändert. Ihre Angaben sind gespeichert. Bitte prüfen Sie es noch einmal.",
)
REFUSED = ("Nicht gespeichert", f"{CLOSED} Ihre Angaben stehen unten, gespeichert sind sie nicht.")
"""What stands over the page, as title and words."""


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of the agenda with what is set of it and what came out of it."""

    key: str
    number: str
    title: str
    reasons: tuple[str, ...]
    inner: tuple[str, ...]
    minutes: str
    plan: PartShown
    said: PartShown


@dataclass(frozen=True, slots=True)
class NamesShown:
    """Somebody who should take part; `about` says for what, or who that is."""

    role: str
    about: str
    part: PartShown


@dataclass(frozen=True, slots=True)
class CriterionShown:
    id: str
    title: str
    good: PartShown
    better: PartShown


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in the fields of the page: what is stored, or what was typed where it could not be saved."""

    stored: Mapping[tuple[str, str], StoredPart]
    refused: Mapping[str, PartShown]

    def text(self, field: Field, subject: str = "") -> PartShown:
        kept = self.refused.get(name_part(field, subject))
        return kept or show_text_part(field, subject, self.stored.get((field, subject)))

    def plan(self, key: str) -> PartShown:
        return self.refused.get(name_part(CasePart.ROW, key)) or show_row(key, self.stored.get((CasePart.ROW, key)))

    @property
    def new(self) -> PartShown:
        """One more row, as it was typed, or empty."""
        typed = (each for each in self.refused.values() if isinstance(each.form, RowForm) and is_own(each.key))
        return next((each for each in typed if (CasePart.ROW, each.key) not in self.stored), None) or show_new()


@pages.get(ADDRESS)
def interview(case_id: str) -> str:
    return _render(load(guards.open_case(case_id)))


@pages.post(ADDRESS)
def save_interview(case_id: str) -> ResponseReturnValue:
    """Saves every part that came; the button of the record also finishes it."""
    contents = load(guards.open_case(case_id))
    submitted = read_parts(Submission(request.form), contents)
    with writing():
        settled = _save(contents, [each.part for each in submitted])
        contents = reload(contents)
        finishes = request.form.get("do") == FINISH and settled.status == 200
        moved_on = finishes and not finish_now(contents, request.form.get("number"))
    if errors.wants_json():
        return tell_script(settled, contents.stored.moment, _draw_anew(contents, settled))
    copies.note_stored(_list_made(settled))
    if moved_on:
        return _render(contents, trouble=MOVED_ON), 409
    if settled.status != 200:
        return _render(contents, submitted, settled), settled.status
    done = "fertig" if finishes else "gespeichert"
    return redirect(url_for("chamber.interview", case_id=case_id, getan=done), 303)


def _save(contents: Contents, parts: Sequence[SubmittedPart]) -> Settled:
    """Nothing at all is written where the record is finished."""
    written = {part.name: part.write for part in parts if part.write is not None}
    opened = contents.opened
    try:
        outcomes = interview_parts.save(opened.case.id, tuple(written.values()), opened.advisor, clock.now())
    except RecordClosed:
        return settle_parts([_refuse(part) for part in parts], {})
    return settle_parts(parts, dict(zip(written, outcomes, strict=True)))


def _refuse(part: SubmittedPart) -> SubmittedPart:
    if part.write is None:
        return part
    return replace(part, write=None, errors={"minutes" if part.write.part == CasePart.ROW else "text": CLOSED})


def _list_made(settled: Settled) -> list[str]:
    """The creation keys of rows that are stored now."""
    stored = [name for name, outcome in settled.outcomes.items() if isinstance(outcome, Saved | Unchanged)]
    writes = [settled.parts[name].write for name in stored]
    return [write.creation_key for write in writes if write is not None and write.creation_key]


def _draw_anew(contents: Contents, settled: Settled) -> dict[str, str]:
    drawn = {"#summe": draw("chamber/interview/macros.html", "sum_words", contents.agenda)}
    for row in contents.agenda.rows:
        drawn[f"#minuten-{row.key}"] = say_minutes(row)
    for name in settled.parts:
        drawn[f"#konflikte-{name.replace('.', '-')}"] = draw_conflicts(settled.list_conflicts(name), name)
    return drawn


def say_minutes(row: AgendaRow) -> str:
    """How long a row takes, beside its field."""
    if not row.kept:
        return "nicht auf der Agenda"
    by_weight = "" if row.plan.minutes else " nach Gewicht"
    return f"{german.count(row.minutes, 'Minute', 'Minuten')}{by_weight}"


def _render(
    contents: Contents,
    submitted: Sequence[SubmittedForm] = (),
    settled: Settled | None = None,
    trouble: tuple[str, str] | None = None,
) -> str:
    """The page; what of `submitted` could not be saved stays as it was typed."""
    conflicts = settled.conflicts if settled else {}
    refused = {each.shown.name: each.shown for each in submitted if settled and _is_refused(each, settled)}
    wrong = list_errors(submitted)
    wrong += [(f"konflikt-{name}", "Eine Angabe wurde zwischenzeitlich geändert.") for name in conflicts]
    if refused and not contents.may_write:
        trouble = REFUSED
    contents, fields = _keep_topics(contents, refused), Fields(contents.stored.parts, refused)
    return render(
        "chamber/interview/interview.html",
        contents.opened,
        contents=contents,
        case=contents.opened.case,
        agenda=contents.agenda,
        plain={field.value: fields.text(field) for field in Field if field not in BY_SUBJECT},
        rows=[_row(contents, row, fields) for row in contents.agenda.rows],
        names=_list_names(contents, fields),
        criteria=_list_criteria(contents, fields),
        new=fields.new,
        conflicts=conflicts,
        errors=wrong,
        trouble=trouble,
        state=say_state(contents),
        versions=list_versions(contents),
        documents=list_documents(contents.opened.case.public_id),
        next_number=len(contents.stored.versions) + 1,
        scope=f"{contents.opened.case.public_id}-{contents.opened.advisor.account_id}",
    )


def _keep_topics(contents: Contents, refused: Mapping[str, PartShown]) -> Contents:
    """With a place for everything that was typed of a topic and could not be saved."""
    keys = {each.key for each in refused.values() if not is_own(each.key)}
    typed = (key for key in keys if refused.keys() & {name_part(CasePart.ROW, key), name_part(Field.SAID, key)})
    return replace(contents, typed=frozenset(typed))


def _is_refused(each: SubmittedForm, settled: Settled) -> bool:
    name = each.shown.name
    return bool(settled.parts[name].errors) or name in settled.conflicts


def _row(contents: Contents, row: AgendaRow, fields: Fields) -> RowShown:
    topic = topic_of(row, contents.topics)
    return RowShown(
        key=row.key,
        number=topic.number,
        title=topic.title,
        reasons=topic.reasons,
        inner=topic.inner,
        minutes=say_minutes(row),
        plan=fields.plan(row.key),
        said=fields.text(Field.SAID, row.key),
    )


def _list_names(contents: Contents, fields: Fields) -> list[NamesShown]:
    return [
        NamesShown(seat.role, _say_about(seat.numbers, seat.proposed), fields.text(Field.WHO, seat.subject))
        for seat in contents.seats
    ]


def _list_criteria(contents: Contents, fields: Fields) -> list[CriterionShown]:
    return [
        CriterionShown(each.letter, each.title, fields.text(Field.GOOD, each.id), fields.text(Field.BETTER, each.id))
        for each in contents.material.questionnaire.criteria
    ]


def _say_about(numbers: Sequence[str], proposed: str) -> str:
    """For which topics somebody should come, or whom the town named."""
    return f"zu {', '.join(numbers)}" if numbers else f"im Bericht: {proposed}" if proposed else ""
