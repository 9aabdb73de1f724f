"""What an advisor says of a question as a form, one for each question; and the private note.

Names of fields: `<question>.points`, `<question>.verdict`, `<question>.reason`; `note`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from wtforms import Field, Form, RadioField
from wtforms.validators import ValidationError

from selfcheck.core.review.comparison import Compared
from selfcheck.core.review.judgement import Said, Sufficiency, take_over
from selfcheck.reporting.review.judgement_text import VERDICTS, say_said
from selfcheck.reporting.words import german
from selfcheck.store.chamber.judging.judgements import StoredJudgement
from selfcheck.store.chamber.judging.notes import StoredNote
from selfcheck.store.database import limits
from selfcheck.store.parts.writes import Conflict
from selfcheck.web.layout.amounts import AmountField
from selfcheck.web.layout.fields import as_typed, paragraph
from selfcheck.web.parts.conflicts import ConflictShown, show_part, show_text
from selfcheck.web.parts.submitted import Submission, digest, read_version

NOTE = "note"
POINTS, VERDICT, REASON = "Eigene Einschätzung (Punkte)", "Urteil", "Begründung"
NO_REASON = "Ihre Punkte weichen von denen der Kommune ab. Bitte begründen Sie das."


class JudgementForm(Form):
    """`compared` is the question as the Stand has it that the form was made for."""

    points = AmountField(POINTS)
    verdict = RadioField(VERDICT, choices={str(key): word for key, word in VERDICTS.items()}, validate_choice=False)
    reason = paragraph(REASON, limits.REASON, "die Begründung")

    compared: Compared

    @property
    def said(self) -> Said:
        """What the form says; what is no number counts as none."""
        verdict = Sufficiency(self.verdict.data) if self.verdict.data in set(VERDICTS) else None
        return Said(self.points.amount, verdict, self.reason.data or "")

    @property
    def most(self) -> Decimal:
        return self.compared.question.possible

    def take(self) -> None:
        """„wie Kommune“: a verdict that was chosen stays."""
        taken = take_over(self.compared.question, self.compared.line)
        self.points.process_data(taken.points)
        if taken.verdict is not None and self.said.verdict is None:
            self.verdict.data = str(taken.verdict)

    def validate_points(self, field: Field) -> None:
        if self.points.amount is not None and self.points.amount > self.most:
            raise ValidationError(f"Diese Frage gibt höchstens {german.points_count(self.most)}.")

    def validate_reason(self, field: Field) -> None:
        if self.said.lacks_reason(self.compared.line):
            raise ValidationError(NO_REASON)


class NoteForm(Form):
    note = as_typed("Interne Notiz", limits.NOTE, "die Notiz")


@dataclass(frozen=True, slots=True)
class RowShown:
    """One question in its form; `base` is the mark of what its page was built from."""

    compared: Compared
    form: JudgementForm
    version: int
    base: str

    @property
    def name(self) -> str:
        return self.compared.question.id

    @property
    def differs(self) -> bool:
        """Whether it says anything else than its page showed; also what cannot be read as a number."""
        points = self.form.points
        return bool(points.data and points.amount is None) or digest(self.form.said) != self.base


@dataclass(frozen=True, slots=True)
class NoteShown:
    form: NoteForm
    version: int
    base: str

    @property
    def text(self) -> str:
        return self.form.note.data or ""

    @property
    def differs(self) -> bool:
        return digest(self.text) != self.base


def show_row(compared: Compared, stored: StoredJudgement | None) -> RowShown:
    """What stands there, in its form."""
    said = compared.said
    data = {"points": said.points, "verdict": str(said.verdict or ""), "reason": said.reason}
    form = JudgementForm(data=data, prefix=f"{compared.question.id}.")
    form.compared = compared
    return RowShown(compared, form, stored.version if stored else 0, digest(said))


def read_row(submission: Submission, compared: Compared) -> RowShown:
    """What came for a question; nothing is checked yet."""
    name = compared.question.id
    form = JudgementForm(formdata=submission.entered, prefix=f"{name}.")
    form.compared = compared
    version, base = submission.seen(name)
    return RowShown(compared, form, read_version(version), base)


def show_note(stored: StoredNote | None) -> NoteShown:
    text = stored.text if stored else ""
    return NoteShown(NoteForm(data={NOTE: text}), stored.version if stored else 0, digest(text))


def read_note(submission: Submission) -> NoteShown:
    form = NoteForm(formdata=submission.entered)
    version, base = submission.seen(NOTE)
    return NoteShown(form, read_version(version), base)


def show_judgement_conflict(row: RowShown, met: Conflict) -> ConflictShown:
    """Both values of a judgement."""
    theirs = met.theirs.said if met.theirs is not None else Said()
    title = f"Einschätzung zu {row.compared.question.number}"
    return show_part(row.name, title, say_said(row.form.said), say_said(theirs), met)


def show_note_conflict(note: NoteShown, met: Conflict) -> ConflictShown:
    """Both values of a note, which can be kept both."""
    theirs = met.theirs.text if met.theirs is not None else ""
    return show_text(NOTE, "Interne Notiz", note.text, theirs, met, at_most=limits.NOTE)
