"""What the Prüfbogen says as forms: a part for each question, for each thing that only it asks, and for its pass mark.

Names of fields: `sheet.<question>.<field>`, `only_there.<key>.<field>`, `sheet_mark.whole.percent`; the key is the
entry's number, or `n<random hex>` for a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from wtforms import BooleanField, Field, Form
from wtforms.validators import ValidationError

from selfcheck.core.questionnaire.model import Question, Questionnaire
from selfcheck.reporting.words import german
from selfcheck.store.database import limits
from selfcheck.store.parts.values import (
    Entry,
    OnlyThereText,
    SheetMarkText,
    SheetText,
    StoredSheetLine,
    StoredSheetMark,
)
from selfcheck.store.parts.writes import Conflict, Part, Write
from selfcheck.web.layout.amounts import AmountField, PercentField
from selfcheck.web.layout.fields import line, list_texts, list_wrong, new_key, paragraph
from selfcheck.web.parts.conflicts import EMPTY, REMOVED, ConflictShown, show_part
from selfcheck.web.parts.submitted import OWN, Submission, SubmittedPart, digest, is_key, read_version

LONGEST_NUMBER = 6
"""Digits of a stored entry."""
WHOLE = f"{Part.SHEET_MARK.value}.whole"
"""The name of the one part that is about all of it."""
LINE_TITLE, ENTRY_TITLE, MARK_TITLE = "Prüfbogen zu {}", "Frage, die nur der Prüfbogen stellt", "Bestehensgrenze"
ABSENT = "steht nicht darin"


class LineForm(Form):
    number_there = line("Nr. im Prüfbogen", limits.NUMBER_THERE, "die Nummer")
    points = AmountField("Punkte")
    absent = BooleanField(ABSENT)
    remark = paragraph("Bemerkung", limits.REMARK, "die Bemerkung")

    def validate_points(self, field: Field) -> None:
        if field.data and self.absent.data:
            raise ValidationError(f"Bitte entscheiden Sie sich: Punkte oder „{ABSENT}“.")

    def text(self) -> SheetText:
        """What the form says; what is no number counts as none."""
        return SheetText(
            self.number_there.data or "", self.points.amount, bool(self.absent.data), self.remark.data or ""
        )


class OnlyThereForm(Form):
    number_there = line("Nr. im Prüfbogen", limits.NUMBER_THERE, "die Nummer")
    title = line(
        "Was gefragt wird", limits.TITLE, "die Frage", required="Bitte geben Sie ein, was der Prüfbogen fragt."
    )
    points = AmountField("Punkte")
    remove = BooleanField("Eintrag entfernen")

    def text(self) -> OnlyThereText:
        """The same."""
        return OnlyThereText(self.title.data or "", self.number_there.data or "", self.points.amount)

    @property
    def blank(self) -> bool:
        return not any(field.data for field in (self.number_there, self.title, self.points))


class SheetMarkForm(Form):
    percent = PercentField("Bestehensgrenze im Prüfbogen")

    def text(self) -> SheetMarkText:
        """The same."""
        return SheetMarkText(self.percent.amount)


Said = SheetText | StoredSheetLine | OnlyThereText | SheetMarkText | StoredSheetMark
AnyForm = LineForm | OnlyThereForm | SheetMarkForm


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part as it stands in its form; `number` is that of a stored entry."""

    name: str
    form: AnyForm
    version: int
    base: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class SubmittedForm:
    """One part as it came, in its form."""

    shown: PartShown
    part: SubmittedPart


def show_line(question: Question, stored: StoredSheetLine) -> PartShown:
    """What stands there about a question, in its form."""
    text = SheetText(stored.number_there, stored.points, stored.absent, stored.remark)
    name = f"{Part.SHEET.value}.{question.id}"
    return PartShown(name, LineForm(obj=text, prefix=f"{name}."), stored.version, digest(text))


def show_entry(entry: Entry[OnlyThereText]) -> PartShown:
    """A stored entry in its form."""
    name = f"{Part.ONLY_THERE.value}.{entry.number}"
    form = OnlyThereForm(obj=entry.text, prefix=f"{name}.")
    return PartShown(name, form, entry.version, digest(entry.text), entry.number)


def show_new() -> PartShown:
    """An empty form for one more entry."""
    name = f"{Part.ONLY_THERE.value}.{OWN}{new_key()}"
    return PartShown(name, OnlyThereForm(prefix=f"{name}."), 0, "")


def show_mark(stored: StoredSheetMark) -> PartShown:
    """The pass mark in its form."""
    text = SheetMarkText(stored.percent)
    return PartShown(WHOLE, SheetMarkForm(obj=text, prefix=f"{WHOLE}."), stored.version, digest(text))


def read_parts(submission: Submission, questionnaire: Questionnaire) -> Iterator[SubmittedForm]:
    """Every submitted part, in the order of the page. Raises `TooMany`."""
    for question in questionnaire.questions:
        name = f"{Part.SHEET.value}.{question.id}"
        if name in submission:
            yield _read_line(question, name, submission)
    for key in submission.keys(f"{Part.ONLY_THERE.value}."):
        if is_key(key, LONGEST_NUMBER):
            yield _read_entry(key, submission)
    if WHOLE in submission:
        yield _read_mark(submission)


def _read_line(question: Question, name: str, submission: Submission) -> SubmittedForm:
    form = LineForm(formdata=submission.entered, prefix=f"{name}.")
    form.validate()
    text, title = form.text(), LINE_TITLE.format(question.number)
    return _submit(
        name,
        form,
        submission,
        Write(Part.SHEET, question.id, 0, text),
        lambda met: show_part(name, title, describe(text), describe(met.theirs), met),
    )


def _read_mark(submission: Submission) -> SubmittedForm:
    form = SheetMarkForm(formdata=submission.entered, prefix=f"{WHOLE}.")
    form.validate()
    text = form.text()
    return _submit(
        WHOLE,
        form,
        submission,
        Write(Part.SHEET_MARK, "", 0, text),
        lambda met: show_part(WHOLE, MARK_TITLE, describe(text), describe(met.theirs), met),
    )


def _read_entry(key: str, submission: Submission) -> SubmittedForm:
    name, new = f"{Part.ONLY_THERE.value}.{key}", not key.isdigit()
    form = OnlyThereForm(formdata=submission.entered, prefix=f"{name}.")
    number = None if new else int(key)
    if new and (form.remove.data or form.blank):
        return SubmittedForm(_show(name, form, submission, number), submission.part(name))
    text = None if form.remove.data else form.text()
    if text is not None:
        form.validate()
    write = Write(Part.ONLY_THERE, None if new else key, 0, text, key.removeprefix(OWN) if new else "")
    mine = describe(text) if text is not None else None
    return _submit(name, form, submission, write, lambda met: _show_entry_conflict(name, mine, met), number)


def _show_entry_conflict(name: str, mine: str | None, met: Conflict) -> ConflictShown:
    theirs = describe(met.theirs.text) if met.theirs is not None else REMOVED
    return show_part(name, ENTRY_TITLE, mine, theirs, met)


def _submit(
    name: str,
    form: AnyForm,
    submission: Submission,
    write: Write,
    show: Callable[[Conflict], ConflictShown],
    number: int | None = None,
) -> SubmittedForm:
    part = submission.part(name, write, show, errors=list_wrong(form), texts=list_texts(form))
    return SubmittedForm(_show(name, form, submission, number), part)


def _show(name: str, form: AnyForm, submission: Submission, number: int | None) -> PartShown:
    version, base = submission.seen(name)
    return PartShown(name, form, read_version(version), base, number)


def list_errors(submitted: Iterable[SubmittedForm], questionnaire: Questionnaire) -> list[tuple[str, str]]:
    """Every error with the field it belongs to, for the summary at the top."""
    numbers = {f"{Part.SHEET.value}.{question.id}": question.number for question in questionnaire.questions}
    return [
        (field.id, f"{' '.join(filter(None, (numbers.get(each.shown.name), field.label.text)))}: {field.errors[0]}")
        for each in submitted
        for field in each.shown.form
        if field.errors
    ]


def describe(said: Said | None) -> str:
    """What stands in one part, in words, for a conflict."""
    facts = [f"{label}: {words}" for label, words in list_facts(said) if words]
    return "\n".join(facts) or EMPTY


def list_facts(said: Said | None) -> Iterator[tuple[str, str]]:
    """Everything that stands in one part, as (label, words); the words of nothing are empty."""
    if isinstance(said, SheetText | StoredSheetLine):
        yield "Nr. im Prüfbogen", said.number_there
        yield "Punkte", ABSENT if said.absent else _say(said.points)
        yield "Bemerkung", said.remark
    elif isinstance(said, OnlyThereText):
        yield "Nr. im Prüfbogen", said.number_there
        yield "Frage", said.title
        yield "Punkte", _say(said.points)
    elif said is not None:
        yield "Bestehensgrenze", f"{_say(said.percent)} %" if said.percent is not None else ""


def _say(amount: Decimal | None) -> str:
    return german.number(amount) if amount is not None else ""
