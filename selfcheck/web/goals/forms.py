"""The lists beside the questions - goals, last time's goals, projects - as forms, one part per entry.

Names of fields: `<list>.<key>.<field>`; the key is the entry's number, or `n<random hex>` for a new one.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, Form, SelectField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.text import clean
from selfcheck.reporting.words import german
from selfcheck.store.parts.values import (
    Entry,
    EntryText,
    GoalText,
    PastGoalText,
    ProjectText,
)
from selfcheck.store.parts.writes import EntryRemoval, EntryWrite, Part
from selfcheck.web.layout.fields import one_line, parse_day
from selfcheck.web.questions.evidence import OWN
from selfcheck.web.questions.reading import digest, read_version


def _text(text: str | None) -> str:
    return clean(text or "").strip()


def _line(label: str, most: int) -> StringField:
    message = f"Bitte kürzen Sie den Text auf höchstens {most} Zeichen."
    return StringField(label, filters=[one_line], validators=[Length(max=most, message=message)])


def _paragraph(label: str) -> TextAreaField:
    message = "Bitte kürzen Sie den Text auf höchstens 2.000 Zeichen."
    return TextAreaField(label, filters=[_text], validators=[Length(max=2000, message=message)])


class EntryForm(Form):
    """What all lists have; a subclass adds its fields and makes its text."""

    title = _line("Titel", 200)
    remove = BooleanField("Eintrag entfernen")

    def text(self) -> EntryText:
        raise NotImplementedError

    @property
    def blank(self) -> bool:
        return not any(field.data for field in self if field.short_name not in ("remove", "achieved"))


class GoalForm(EntryForm):
    criterion = SelectField("Kriterium", validate_choice=False)
    start = _paragraph("Ausgangslage")
    measure = _paragraph("Maßnahme")
    metric = _line("Messgröße", 200)
    metric_now = _line("Stand heute", 120)
    metric_target = _line("Zielwert", 120)
    due = StringField("Bis wann", filters=[one_line])
    person = _line("Wer kümmert sich", 120)

    def validate_due(self, field: Field) -> None:
        _check_day(field)

    def text(self) -> GoalText:
        return GoalText(
            title=self.title.data or "",
            criterion=self.criterion.data or "",
            start=self.start.data or "",
            measure=self.measure.data or "",
            metric=self.metric.data or "",
            metric_now=self.metric_now.data or "",
            metric_target=self.metric_target.data or "",
            due=parse_day(self.due.data or ""),
            person=self.person.data or "",
        )


class PastGoalForm(EntryForm):
    achieved = BooleanField("Das Ziel ist erreicht")
    documented = BooleanField("Ein Beleg liegt vor")
    evidence = _paragraph("Welcher Beleg, und wo liegt er?")

    def text(self) -> PastGoalText:
        return PastGoalText(
            self.title.data or "", bool(self.achieved.data), bool(self.documented.data), self.evidence.data or ""
        )


class ProjectForm(EntryForm):
    description = _paragraph("Beschreibung")
    effect = _paragraph("Wirkung")
    documented = BooleanField("Ein Beleg liegt vor")
    evidence = _paragraph("Welcher Beleg, und wo liegt er?")

    def text(self) -> ProjectText:
        return ProjectText(
            self.title.data or "",
            self.description.data or "",
            self.effect.data or "",
            bool(self.documented.data),
            self.evidence.data or "",
        )


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


@dataclass(frozen=True, slots=True)
class EntryPart:
    """One submitted entry: what to write, or why not."""

    shown: EntryShown
    write: EntryWrite | EntryRemoval | None


def _check_day(field: Field) -> None:
    try:
        parse_day(field.data or "")
    except ValueError:
        raise ValidationError("Bitte geben Sie ein Datum an, zum Beispiel 31.12.2027.") from None


def base_of(text: EntryText) -> str:
    return digest(*(str(getattr(text, field.name) or "") for field in fields(text)))


def offer_criteria(form: EntryForm, questionnaire: Questionnaire) -> None:
    if isinstance(form, GoalForm):
        titles = {str(each.id): f"{each.letter} {each.title}" for each in questionnaire.criteria}
        form.criterion.choices = {"": "noch offen", **titles}


def show_entry(part: Part, entry: Entry[EntryText], questionnaire: Questionnaire) -> EntryShown:
    """A stored entry in its form."""
    name = f"{part.value}.{entry.number}"
    form = FORMS[part](data=_as_data(entry.text), prefix=f"{name}.")
    offer_criteria(form, questionnaire)
    return EntryShown(name, entry.number, form, entry.version, base_of(entry.text))


def show_new(part: Part, questionnaire: Questionnaire) -> EntryShown:
    """An empty form for one more entry."""
    name = f"{part.value}.{OWN}{secrets.token_hex(16)}"
    form = FORMS[part](prefix=f"{name}.")
    offer_criteria(form, questionnaire)
    return EntryShown(name, None, form, 0, "")


def _as_data(text: EntryText) -> dict[str, object]:
    data = {field.name: getattr(text, field.name) for field in fields(text)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in data.items()}


def read_entries(part: Part, data: MultiDict[str, str], questionnaire: Questionnaire) -> list[EntryPart]:
    """Every submitted entry of one list."""
    prefix = f"{part.value}."
    keys = dict.fromkeys(name.removeprefix(prefix).partition(".")[0] for name in data if name.startswith(prefix))
    return [_read_entry(part, key, data, questionnaire) for key in keys if _known(key)]


def _known(key: str) -> bool:
    random = key.removeprefix(OWN)
    return key.isascii() and (
        (key.isdigit() and len(key) < 7) or (key != random and random.isalnum() and 8 <= len(random) <= 40)
    )


def _read_entry(part: Part, key: str, data: MultiDict[str, str], questionnaire: Questionnaire) -> EntryPart:
    name = f"{part.value}.{key}"
    number = int(key) if key.isdigit() else None
    form = FORMS[part](data, prefix=f"{name}.")
    offer_criteria(form, questionnaire)
    shown = EntryShown(name, number, form, read_version(data.get(f"{name}.version")), data.get(f"{name}.base", ""))
    if form.remove.data:
        return EntryPart(shown, EntryRemoval(part, number, shown.version) if number is not None else None)
    if not form.validate() or (number is None and form.blank) or _lacks_title(form):
        return EntryPart(shown, None)
    text = form.text()
    if isinstance(text, GoalText) and text.criterion not in ("", *questionnaire.criterion):
        text = replace(text, criterion="")
    if base_of(text) == shown.base:
        return EntryPart(shown, None)
    return EntryPart(shown, EntryWrite(number, shown.version, text, key.removeprefix(OWN) if number is None else ""))


def _lacks_title(form: EntryForm) -> bool:
    if form.title.data:
        return False
    form.title.errors = ["Bitte geben Sie einen Titel ein."]
    return True


def list_errors(parts: Sequence[EntryPart]) -> list[tuple[str, str]]:
    """Every error with the field it belongs to, for the summary at the top."""
    return [
        (field.id, f"{field.label.text}: {field.errors[0]}")
        for part in parts
        if part.write is None
        for field in part.shown.form
        if field.errors
    ]


def describe_entry(text: EntryText | None) -> str:
    """One entry in words, for a conflict and for the history."""
    if text is None:
        return "(entfernt)"
    return "\n".join(f"{label}: {said}" for label, said in _facts(text) if said)


def _facts(text: EntryText) -> list[tuple[str, str]]:
    form = {GoalText: GoalForm, PastGoalText: PastGoalForm, ProjectText: ProjectForm}[type(text)]()
    return [(form[field.name].label.text, _say(getattr(text, field.name))) for field in fields(text)]


def _say(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return german.day(value) if isinstance(value, date) else str(value or "")
