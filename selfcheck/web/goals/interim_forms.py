"""The Zwischenstand as forms, one part for each goal in a year.

Names of fields: `interim.<year>-<number of the goal>.<field>`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wtforms import Form, RadioField

from selfcheck.reporting.words.interim_text import REACHED, UNSAID, say_year
from selfcheck.store.database import limits
from selfcheck.store.parts.kinds.lists import read_interim_key
from selfcheck.store.parts.values import InterimText, StoredInterim
from selfcheck.store.parts.work import DoesNotFit
from selfcheck.store.parts.writes import Conflict, Part, Write
from selfcheck.web.layout.fields import line, list_texts, list_wrong, paragraph
from selfcheck.web.parts.conflicts import EMPTY, ConflictShown, show_part
from selfcheck.web.parts.submitted import Submission, SubmittedPart, digest, read_version

PREFIX = f"{Part.INTERIM.value}."


class InterimForm(Form):
    reached = RadioField("Wie weit sind Sie?", choices={**REACHED, "": UNSAID}, default="")
    said = paragraph("In einem Satz", limits.REASON, "den Satz")
    document = line("Dokument dazu", limits.TITLE, "den Titel des Dokuments")
    location = line("Wo liegt es?", limits.LINE, "die Angabe, wo das Dokument liegt")

    def text(self) -> InterimText:
        """What the form says."""
        return InterimText(
            self.reached.data or "", self.said.data or "", self.document.data or "", self.location.data or ""
        )


@dataclass(frozen=True, slots=True)
class InterimShown:
    """One goal in one year as it stands in its form."""

    name: str
    goal: int
    form: InterimForm
    version: int
    base: str


@dataclass(frozen=True, slots=True)
class SubmittedInterim:
    """The same as it came."""

    shown: InterimShown
    part: SubmittedPart


def say_stored(stored: StoredInterim) -> InterimText:
    """What was said, without who and when."""
    return InterimText(stored.reached, stored.said, stored.document, stored.location)


def show_interim(stored: StoredInterim) -> InterimShown:
    """What stands there about a goal, in its form."""
    text, name = say_stored(stored), f"{PREFIX}{stored.year}-{stored.goal}"
    return InterimShown(name, stored.goal, InterimForm(obj=text, prefix=f"{name}."), stored.version, digest(text))


def read_interims(submission: Submission) -> Iterator[SubmittedInterim]:
    """Every submitted part; names that no page has are passed over. Raises `TooMany`."""
    for key in submission.keys(PREFIX):
        try:
            year, goal = read_interim_key(key)
        except DoesNotFit:
            continue
        if key == f"{year}-{goal}":
            yield _read(key, year, goal, submission)


def _read(key: str, year: int, goal: int, submission: Submission) -> SubmittedInterim:
    name = f"{PREFIX}{key}"
    form = InterimForm(formdata=submission.entered, prefix=f"{name}.")
    form.validate()
    text, (version, base) = form.text(), submission.seen(name)
    part = submission.part(
        name,
        Write(Part.INTERIM, key, 0, text),
        lambda met: _show_conflict(name, year, text, met),
        errors=list_wrong(form),
        texts=list_texts(form),
    )
    return SubmittedInterim(InterimShown(name, goal, form, read_version(version), base), part)


def _show_conflict(name: str, year: int, mine: InterimText, met: Conflict) -> ConflictShown:
    return show_part(name, f"Zwischenstand, {say_year(year)}", describe(mine), describe(say_stored(met.theirs)), met)


def describe(text: InterimText) -> str:
    """What was said, in words, for a conflict."""
    return "\n".join(f"{label}: {words}" for label, words in list_facts(text)) or EMPTY


def list_facts(text: InterimText) -> list[tuple[str, str]]:
    """Everything that says something, as (label, words)."""
    facts = (
        ("Stand", REACHED.get(text.reached, "")),
        ("In einem Satz", text.said),
        ("Dokument", text.document),
        ("Wo es liegt", text.location),
    )
    return [(label, words) for label, words in facts if words]


def list_errors(submitted: Iterable[SubmittedInterim], titles: dict[int, str]) -> list[tuple[str, str]]:
    """Every error with the field it belongs to, for the summary at the top; `titles` are those of the goals."""
    return [
        (field.id, ", ".join(filter(None, (titles.get(each.shown.goal), f"{field.label.text}: {field.errors[0]}"))))
        for each in submitted
        for field in each.shown.form
        if field.errors
    ]
