"""The lists beside the questions - goals, last time's goals, projects - as forms, one part per entry.

Names of fields: `<list>.<key>.<field>`; the key is the entry's number, or `n<random hex>` for a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, ClassVar

from wtforms import BooleanField, Field, Form, SelectField
from wtforms.validators import ValidationError

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.reporting.words import german
from selfcheck.store.database import limits
from selfcheck.store.parts.values import Entry, EntryText, GoalText, PastGoalText, ProjectText
from selfcheck.store.parts.writes import Conflict, Part, Write
from selfcheck.web.layout.fields import DayField, line, list_texts, list_wrong, new_key, paragraph
from selfcheck.web.parts.conflicts import REMOVED, ConflictShown, show_part
from selfcheck.web.parts.submitted import OWN, Submission, SubmittedPart, digest, is_key, read_version

ACHIEVED = "Das Ziel ist erreicht"
LONGEST_NUMBER = 6
"""Digits of a stored entry."""


class EntryForm(Form):
    """What all lists have. A subclass adds the fields of `content`, by their names."""

    content: ClassVar[type[EntryText]]
    title = line("Titel", 200)
    remove = BooleanField("Eintrag entfernen")

    def validate_title(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Bitte geben Sie einen Titel ein.")

    def text(self) -> EntryText:
        """What the form says; what is no day counts as none."""
        asked = (self[field.name] for field in fields(self.content))
        values: list[Any] = [field.day if isinstance(field, DayField) else field.data for field in asked]
        return self.content(*values)

    @property
    def blank(self) -> bool:
        return not any(field.data for field in self if field.short_name not in ("remove", "achieved"))


class GoalForm(EntryForm):
    content = GoalText
    criterion = SelectField("Kriterium", validate_choice=False, default="")
    start = paragraph("Ausgangslage")
    measure = paragraph("Maßnahme")
    metric = line("Messgröße", 200)
    metric_now = line("Stand heute", limits.LINE)
    metric_target = line("Zielwert", limits.LINE)
    due = DayField("Bis wann")
    person = line("Wer kümmert sich", 120)


class PastGoalForm(EntryForm):
    content = PastGoalText
    achieved = BooleanField(ACHIEVED)
    outcome = paragraph("Was ist daraus geworden?")
    documented = BooleanField("Ein Beleg liegt vor")
    evidence = paragraph("Welcher Beleg?")
    location = line("Wo liegt er?", 200)


class ProjectForm(EntryForm):
    content = ProjectText
    description = paragraph("Beschreibung")
    effect = paragraph("Wirkung")
    documented = BooleanField("Ein Beleg liegt vor")
    evidence = paragraph("Welcher Beleg, und wo liegt er?")


FORMS: Mapping[Part, type[EntryForm]] = {
    Part.GOAL: GoalForm,
    Part.PAST_GOAL: PastGoalForm,
    Part.PROJECT: ProjectForm,
}


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One entry as it stands in its form; `number` is None for a new one."""

    name: str
    number: int | None
    form: EntryForm
    version: int
    base: str
    author: str = ""
    """Who wrote it last, and when."""
    text: EntryText | None = None
    """What is stored; None for a new one."""


@dataclass(frozen=True, slots=True)
class SubmittedEntry:
    """One entry as it came, in its form."""

    shown: EntryShown
    part: SubmittedPart


def _make_form(part: Part, name: str, questionnaire: Questionnaire, **content: Any) -> EntryForm:
    form = FORMS[part](**content, prefix=f"{name}.")
    if isinstance(form, GoalForm):
        titles = {str(each.id): f"{each.letter} {each.title}" for each in questionnaire.criteria}
        form.criterion.choices = {"": "noch offen", **titles}
    return form


def show_entry(part: Part, entry: Entry[EntryText], questionnaire: Questionnaire) -> EntryShown:
    """A stored entry in its form."""
    name = f"{part.value}.{entry.number}"
    form = _make_form(part, name, questionnaire, obj=entry.text)
    return EntryShown(name, entry.number, form, entry.version, digest(entry.text), text=entry.text)


def show_new(part: Part, questionnaire: Questionnaire) -> EntryShown:
    """An empty form for one more entry."""
    name = f"{part.value}.{OWN}{new_key()}"
    return EntryShown(name, None, _make_form(part, name, questionnaire), 0, "")


def read_entries(part: Part, submission: Submission, questionnaire: Questionnaire) -> Iterator[SubmittedEntry]:
    """Every submitted entry of one list."""
    for key in submission.keys(f"{part.value}."):
        if is_key(key, LONGEST_NUMBER):
            form = _make_form(part, f"{part.value}.{key}", questionnaire, formdata=submission.entered)
            submitted = _read_entry(part, key, form, submission, questionnaire)
            version, base = submitted.seen
            number = int(key) if key.isdigit() else None
            yield SubmittedEntry(EntryShown(submitted.name, number, form, read_version(version), base), submitted)


def _read_entry(
    part: Part, key: str, form: EntryForm, submission: Submission, questionnaire: Questionnaire
) -> SubmittedPart:
    name, new = f"{part.value}.{key}", not key.isdigit()
    if new and (form.remove.data or form.blank):
        return submission.part(name)
    text = None if form.remove.data else form.text()
    if isinstance(text, GoalText) and text.criterion not in ("", *questionnaire.criterion):
        text = replace(text, criterion="")
    if text is not None:
        form.validate()
    return submission.part(
        name,
        Write(part, None, 0, text, key.removeprefix(OWN)) if new else Write(part, key, 0, text),
        lambda met: _show_conflict(name, text, met, questionnaire),
        errors=list_wrong(form),
        texts=list_texts(form),
    )


def _show_conflict(name: str, mine: EntryText | None, met: Conflict, questionnaire: Questionnaire) -> ConflictShown:
    theirs = describe_entry(met.theirs.text if met.theirs is not None else None, questionnaire)
    ours = None if mine is None else describe_entry(mine, questionnaire)
    return show_part(name, "Eintrag", ours, theirs, met, marked=True)


def list_errors(submitted: Iterable[SubmittedEntry]) -> list[tuple[str, str]]:
    """Every error with the field it belongs to, for the summary at the top."""
    forms = [entry.shown.form for entry in submitted if entry.part.errors]
    return [(field.id, f"{field.label.text}: {field.errors[0]}") for form in forms for field in form if field.errors]


def describe_entry(text: EntryText | None, questionnaire: Questionnaire) -> str:
    """One entry in words, for a conflict."""
    if text is None:
        return REMOVED
    return "\n".join(f"{label}: {words}" for _, label, words in list_facts(text, questionnaire))


def list_facts(text: EntryText, questionnaire: Questionnaire) -> list[tuple[str, str, str]]:
    """Name, label and words of every field that says something, as the form shows them."""
    part = next(part for part, form in FORMS.items() if form.content is type(text))
    form = _make_form(part, "", questionnaire)
    said = ((each.name, form[each.name], getattr(text, each.name)) for each in fields(text))
    facts = ((name, field.label.text, _say_field(field, value)) for name, field, value in said)
    return [fact for fact in facts if fact[2]]


def _say_field(field: Field, value: object) -> str:
    if isinstance(field, SelectField):
        labels = {key: label for key, label, *_ in field.iter_choices()}
        return str(labels.get(value, "")) if value else ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return german.day(value) if isinstance(value, date) else str(value or "")
