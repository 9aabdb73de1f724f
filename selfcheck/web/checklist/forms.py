"""Steps of the checklist as they are submitted, one form and one part for each.

Names of fields: `steps.<key>.<field>`; the key is `neu` for a new own step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from wtforms import BooleanField, Form

from selfcheck.reporting.words import german
from selfcheck.store.database import limits
from selfcheck.store.parts.kinds.lists import is_own_key
from selfcheck.store.parts.saving import Steps
from selfcheck.store.parts.values import StepText, StoredStep
from selfcheck.store.parts.writes import Conflict, Part, Write
from selfcheck.web.checklist.board import StepRow
from selfcheck.web.checklist.people import People
from selfcheck.web.layout.fields import DayField, line, list_texts, list_wrong, paragraph
from selfcheck.web.parts.conflicts import REMOVED, ConflictShown, show_part
from selfcheck.web.parts.submitted import Submission, SubmittedPart, read_version

PREFIX = "steps."
NEW = "neu"


class StepForm(Form):
    """The title belongs to own steps only."""

    title = line("Was ist zu tun?", 200, "den Schritt")
    due = DayField("Bis wann?")
    person = line("Wer macht das?", limits.PERSON, "„Wer macht das?“")
    note = paragraph("Notiz", limits.STEP_NOTE, "die Notiz")
    done = BooleanField("erledigt")
    remove = BooleanField("Schritt entfernen")

    @property
    def blank(self) -> bool:
        return not (self.title.data or self.due.data or self.person.data or self.note.data)

    def text(self, stored: StoredStep | None, people: People) -> StepText:
        """What the form says; `stored` is the step that it changes."""
        said = people.read(
            StepText(
                stored is None or stored.own,
                bool(self.done.data),
                self.person.data or "",
                self.note.data or "",
                due=self.due.day,
            )
        )
        if not said.own:
            return said
        return replace(said, title=self.title.data or "", group=stored.group if stored else "")

    def find_errors(self, *, own: bool) -> Mapping[str, str]:
        """What is wrong, by field."""
        self.validate()
        errors = list_wrong(self)
        return {"title": "Bitte schreiben Sie, was zu tun ist.", **errors} if own and not self.title.data else errors


@dataclass(frozen=True, slots=True)
class SubmittedStep:
    key: str
    form: StepForm
    part: SubmittedPart

    def fill(self, row: StepRow) -> StepRow:
        """`row` as it was typed, with the version and the base that came with it."""
        version, base = self.part.seen
        typed = replace(
            row,
            done=bool(self.form.done.data) or bool(row.why),
            ticked=bool(self.form.done.data),
            person=self.form.person.data or "",
            note=self.form.note.data or "",
            due_text=self.form.due.data or "",
            version=read_version(version),
            base=base,
        )
        return replace(typed, title=self.form.title.data or "") if row.own else typed


def read_steps(submission: Submission, known: Steps, people: People) -> list[SubmittedStep]:
    """Every submitted step that was ever shown (`known`) or is an own one: other keys are made up."""
    named = (name for name in submission.entered if name.startswith(PREFIX) and name.endswith(".version"))
    keys = [name.removeprefix(PREFIX).removesuffix(".version") for name in named if len(name) <= limits.KEY + 20]
    submission.keep_few(PREFIX, (key for key in keys if key not in known))
    steps = []
    for key in (key for key in keys if key in known or key == NEW or is_own_key(key)):
        form = StepForm(submission.entered, prefix=f"{PREFIX}{key}.")
        if key != NEW or not form.blank:
            steps.append(SubmittedStep(key, form, _read_part(submission, key, form, known.get(key), people)))
    return steps


def _read_part(
    submission: Submission, key: str, form: StepForm, stored: StoredStep | None, people: People
) -> SubmittedPart:
    name = f"{PREFIX}{key}"
    text = None if form.remove.data else form.text(stored, people)
    errors = form.find_errors(own=text.own) if text is not None else {}
    creation = submission.entered.get(f"{name}.creation", "")
    return submission.part(
        name,
        Write(Part.STEP, None if key == NEW else key, 0, text, creation_key=creation),
        lambda met: _show_conflict(name, text, met),
        errors=errors,
        texts=list_texts(form),
    )


def _show_conflict(name: str, mine: StepText | None, met: Conflict) -> ConflictShown:
    theirs = _say(met.theirs) if met.theirs else REMOVED
    return show_part(name, "Schritt", None if mine is None else _say(mine), theirs, met, marked=True)


def _say(step: StepText | StoredStep) -> str:
    facts = (
        step.title,
        "erledigt" if step.done else "noch nicht erledigt",
        step.due and f"Bis wann: {german.day(step.due)}",
        step.person and f"Wer: {step.person}",
        step.note and f"Notiz: {step.note}",
    )
    return "\n".join(fact for fact in facts if fact)
