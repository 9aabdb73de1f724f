"""Agenda and record as forms, one part for each field.

Names of fields: `gespraech.<field>.<subject>.text`, with `whole` where there is one only; what is set of a row is
`gespraech.row.<key>.kept`, `.minutes` and, where it is an own one, `.title`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, Form, RadioField
from wtforms.validators import StopValidation

from selfcheck.core.review.agenda import LONGEST, OWN_KEY, RowPlan, is_own
from selfcheck.core.review.record import Field, Method
from selfcheck.core.text.number import read_number
from selfcheck.reporting.review.paper import METHODS, is_participant
from selfcheck.reporting.words import german
from selfcheck.store.chamber.case_changes import CasePart
from selfcheck.store.chamber.interview.parts import StoredPart
from selfcheck.store.database import limits
from selfcheck.store.parts.writes import Conflict, Write
from selfcheck.web.chamber.interview.contents import Contents
from selfcheck.web.http import clock
from selfcheck.web.layout.fields import TypedField, as_typed, line, list_texts, list_wrong, new_key
from selfcheck.web.parts.conflicts import EMPTY, ConflictShown, show_part
from selfcheck.web.parts.submitted import Submission, SubmittedPart, digest, read_version

ROOM, WHOLE = "gespraech", "whole"
LONGEST_MINUTES = 20
"""Characters of a field for minutes."""
CLOSED = "Das Protokoll ist fertig. Öffnen Sie es wieder, um etwas zu ändern."


class MinutesField(TypedField):
    """Whole minutes in a field of text."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, LONGEST_MINUTES, **options)

    @property
    def amount(self) -> int | None:
        """None for nothing, and for what is no number of minutes."""
        found = read_number(self.data or "", "Minuten", 0)
        return int(found) if found is not None and found == int(found) and 0 < found <= LONGEST else None

    def check(self) -> None:
        if self.amount is None:
            raise StopValidation(
                f"Bitte geben Sie ganze Minuten von 1 bis {german.number(Decimal(LONGEST))} an, zum Beispiel 15."
            )


class TextForm(Form):
    """One field of agenda or record; what it says is `said`."""

    @property
    def said(self) -> str:
        return self["text"].data or ""


class MinutesForm(TextForm):
    text = MinutesField("Minuten insgesamt")

    @property
    def said(self) -> str:
        return str(self.text.amount or "")


class PlaceForm(TextForm):
    text = line("Ort, Uhrzeit", limits.LINE, "die Angabe zu Ort und Uhrzeit")


class WhoForm(TextForm):
    text = line("Name", limits.LINE, "die Namen")


class PeriodForm(TextForm):
    text = line("Geprüfter Zeitraum", limits.LINE, "die Angabe zum Zeitraum")


class MethodForm(TextForm):
    text = RadioField("Methode", choices={"": "nicht angegeben", **{str(key): word for key, word in METHODS.items()}})


class CheckQualityForm(TextForm):
    text = as_typed("Qualität des Selbstchecks", limits.NOTE)


class PaperQualityForm(TextForm):
    text = as_typed("Qualität der Unterlagen", limits.NOTE)


class GoodForm(TextForm):
    text = as_typed("Gute Praxis", limits.NOTE)


class BetterForm(TextForm):
    text = as_typed("Verbesserung", limits.NOTE)


class SaidForm(TextForm):
    text = as_typed("Was herauskam", limits.NOTE)


class ResultForm(TextForm):
    text = as_typed("Ergebnis des Gesprächs", limits.NOTE)


FORMS: Mapping[Field, type[TextForm]] = {
    Field.MINUTES: MinutesForm,
    Field.PLACE: PlaceForm,
    Field.WHO: WhoForm,
    Field.PERIOD: PeriodForm,
    Field.METHOD: MethodForm,
    Field.CHECK_QUALITY: CheckQualityForm,
    Field.PAPER_QUALITY: PaperQualityForm,
    Field.GOOD: GoodForm,
    Field.BETTER: BetterForm,
    Field.SAID: SaidForm,
    Field.RESULT: ResultForm,
}


class RowForm(Form):
    """What is set of a row; `title` counts only where it is one of the advisors' own."""

    title = line("Thema", limits.TITLE, "das Thema", required="Bitte nennen Sie das Thema.")
    kept = BooleanField("Auf der Agenda")
    minutes = MinutesField("Minuten")

    @property
    def plan(self) -> RowPlan:
        title = self.title.data if "title" in self else ""
        return RowPlan(bool(self.kept.data), self.minutes.amount, title or "")

    @property
    def blank(self) -> bool:
        return not self.title.data and not self.minutes.data


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part as it stands in its form; `author` says who wrote it when."""

    name: str
    form: TextForm | RowForm
    version: int
    base: str
    author: str = ""

    @property
    def place(self) -> str:
        """Its name within the page's own script."""
        return self.name.removeprefix(f"{ROOM}.")


@dataclass(frozen=True, slots=True)
class SubmittedForm:
    """The same as it came."""

    shown: PartShown
    part: SubmittedPart


def name_part(part: str, subject: str = "") -> str:
    return f"{ROOM}.{part}.{subject or WHOLE}"


def show_text_part(field: Field, subject: str, stored: StoredPart | None) -> PartShown:
    """What stands there, in its form."""
    said = stored.content if stored is not None and isinstance(stored.content, str) else ""
    name = name_part(field, subject)
    form = FORMS[field](data={"text": said}, prefix=f"{name}.")
    return PartShown(name, form, stored.version if stored else 0, digest(said), _say_author(stored))


def show_row(key: str, stored: StoredPart | None) -> PartShown:
    """What is set of a row, in its form."""
    plan = stored.content if stored is not None and isinstance(stored.content, RowPlan) else RowPlan()
    name = name_part(CasePart.ROW, key)
    data = {"title": plan.title, "kept": plan.kept, "minutes": str(plan.minutes or "")}
    form = RowForm(data=data, prefix=f"{name}.")
    if not is_own(key):
        del form.title
    return PartShown(name, form, stored.version if stored else 0, digest(plan))


def show_new() -> PartShown:
    """An empty form for one more row."""
    name = name_part(CasePart.ROW, f"{OWN_KEY}{new_key()}")
    return PartShown(name, RowForm(data={"kept": True}, prefix=f"{name}."), 0, digest(RowPlan()))


def _say_author(stored: StoredPart | None) -> str:
    return f"{stored.by}, {german.moment(clock.local(stored.at))}" if stored is not None else ""


def read_parts(submission: Submission, contents: Contents) -> list[SubmittedForm]:
    """Every submitted part that this page can have; other names are passed over. Raises `TooMany`."""
    read = [_read_text(submission, field, subject) for field, subject in _list_texts(submission, contents)]
    return [*read, *(_read_row(submission, key) for key in _list_rows(submission, contents))]


def _list_texts(submission: Submission, contents: Contents) -> Iterator[tuple[Field, str]]:
    questionnaire = contents.material.questionnaire
    criteria = [str(criterion.id) for criterion in questionnaire.criteria]
    names = [subject for subject in _list_subjects(submission, Field.WHO) if is_participant(questionnaire, subject)]
    said = [key for key in _list_subjects(submission, Field.SAID) if key in contents.topics or is_own(key)]
    subjects: Mapping[Field, Iterable[str]] = {
        Field.WHO: names,
        Field.GOOD: criteria,
        Field.BETTER: criteria,
        Field.SAID: said,
    }
    for field in Field:
        for subject in subjects.get(field, ("",)):
            if name_part(field, subject) in submission:
                yield field, subject


def _list_rows(submission: Submission, contents: Contents) -> list[str]:
    keys = _list_subjects(submission, CasePart.ROW)
    return [
        key for key in keys if (key in contents.topics or is_own(key)) and name_part(CasePart.ROW, key) in submission
    ]


def _list_subjects(submission: Submission, part: str) -> list[str]:
    """The subjects that are named for one field."""
    prefix = f"{ROOM}.{part}."
    names = (name.removeprefix(prefix) for name in submission.entered if name.startswith(prefix))
    found = dict.fromkeys(name.partition(".")[0] for name in names)
    own = [key for key in found if is_own(key)]
    submission.keep_few(part, own)
    return [key for key in found if len(key) <= limits.ID]


def _read_text(submission: Submission, field: Field, subject: str) -> SubmittedForm:
    name = name_part(field, subject)
    form = FORMS[field](formdata=submission.entered, prefix=f"{name}.")
    form.validate()
    said, label = form.said, form["text"].label.text
    part = submission.part(
        name,
        Write(field, subject, 0, said),
        lambda met: _show_text_conflict(name, field, label, said, met),
        errors=list_wrong(form),
        texts=list_texts(form) if isinstance(form["text"], TypedField) else {},
    )
    return SubmittedForm(_show(name, form, submission), part)


def _read_row(submission: Submission, key: str) -> SubmittedForm:
    name = name_part(CasePart.ROW, key)
    form = RowForm(formdata=submission.entered, prefix=f"{name}.")
    version, _ = submission.seen(name)
    if is_own(key) and form.blank and read_version(version) == 0:
        return SubmittedForm(_show(name, form, submission), submission.part(name))
    if not is_own(key):
        del form.title
    form.validate()
    plan = form.plan
    part = submission.part(
        name,
        Write(CasePart.ROW, key, 0, plan, key.removeprefix(OWN_KEY) if is_own(key) else ""),
        lambda met: _show_row_conflict(name, plan, met),
        errors=list_wrong(form),
        texts=list_texts(form),
    )
    return SubmittedForm(_show(name, form, submission), part)


def _show(name: str, form: TextForm | RowForm, submission: Submission) -> PartShown:
    version, base = submission.seen(name)
    return PartShown(name, form, read_version(version), base)


def _show_text_conflict(name: str, field: Field, label: str, mine: str, met: Conflict) -> ConflictShown:
    theirs = met.theirs if isinstance(met.theirs, str) else ""
    if field is Field.METHOD:
        mine, theirs = (METHODS[Method(said)] if said else "" for said in (mine, theirs))
    return show_part(name, label, mine or EMPTY, theirs or EMPTY, met, marked=field is not Field.METHOD)


def _show_row_conflict(name: str, mine: RowPlan, met: Conflict) -> ConflictShown:
    theirs = met.theirs if isinstance(met.theirs, RowPlan) else RowPlan()
    return show_part(name, "Thema der Agenda", describe_plan(mine), describe_plan(theirs), met)


def describe_plan(plan: RowPlan) -> str:
    """What is set of a row, in words, for a conflict."""
    minutes = german.count(plan.minutes, "Minute", "Minuten") if plan.minutes else "Minuten nach Gewicht"
    kept = "auf der Agenda" if plan.kept else "nicht auf der Agenda"
    return "\n".join(filter(None, (plan.title, kept, minutes)))


def list_errors(submitted: Iterable[SubmittedForm]) -> list[tuple[str, str]]:
    """Every error with the field it belongs to, for the summary at the top."""
    return [
        (field.id, f"{field.label.text}: {field.errors[0]}")
        for each in submitted
        for field in each.shown.form
        if field.errors
    ]
