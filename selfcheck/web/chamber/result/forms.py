"""The result of an audit as a form: points of each criterion, the decision, and the goals that were agreed on.

Names of fields: `points.<criterion>.points`, `goal.<number>.<field>`; a new goal has `n<random hex>` for its number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, Form, RadioField, SelectField
from wtforms.validators import ValidationError

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.review.result import Certified
from selfcheck.reporting.words import german
from selfcheck.store.chamber.result.results import BONUS, AgreedText, AgreedWrite, Recorded, ResultText, StoredAgreed
from selfcheck.store.database import limits
from selfcheck.web.http import clock
from selfcheck.web.layout.amounts import AmountField
from selfcheck.web.layout.fields import DayField, PageForm, SentHiddenField, line, new_key, paragraph
from selfcheck.web.parts.submitted import OWN, Submission, digest, is_key, read_version

LONGEST_NUMBER = 6
"""Digits of a stored goal."""
OFFERED = 2
"""Empty goals beside those that stand there."""
DECISIONS = {Certified.UNSAID: "noch offen", Certified.YES: "ja", Certified.NO: "nein"}
NO_DAY = "Bitte geben Sie den Tag der Auszeichnung an. Von da an rechnen wir, wie lange sie gilt."
EARLY_AWARD = "Die Auszeichnung am {} liegt vor {}."
EARLY_GOAL = "Das Ziel soll bis zum {} erreicht sein, also vor {}."
ASK_DAY = "{} Bitte ändern Sie den Tag, oder bestätigen Sie unten, dass er stimmt."


class ResultForm(PageForm):
    """What is said of the audit as a whole. `sure`: the decision stands although the points say something else.
    `days_sure` carries the mark of the days that were asked about.
    """

    bonus = AmountField("Sonderpunkte")
    certified = RadioField(
        "Wird die Kommune ausgezeichnet?", choices={str(key): words for key, words in DECISIONS.items()}, default=""
    )
    awarded = DayField("Tag der Auszeichnung")
    next_steps = paragraph("Nächste Schritte", limits.PARAGRAPH, "die nächsten Schritte")
    version = SentHiddenField()
    sure = BooleanField("Die Entscheidung stimmt so")
    days_sure = BooleanField("Die Tage stimmen so")

    def validate_awarded(self, field: DayField) -> None:
        if self.certified.data == Certified.YES and not field.data:
            raise ValidationError(NO_DAY)
        if field.day is not None and field.day > clock.today():
            raise ValidationError("Dieser Tag liegt in der Zukunft. Bitte geben Sie ihn an, wenn es so weit ist.")


class PointsForm(Form):
    """The points of one criterion."""

    points = AmountField("Punkte")


class AgreedForm(Form):
    """A goal that was agreed on."""

    title = line("Ziel", limits.TITLE)
    criterion = SelectField("Kriterium", validate_choice=False, default="")
    measure = paragraph("Maßnahme")
    metric = line("Messgröße", limits.LINE)
    metric_now = line("Ausgangswert", limits.LINE)
    target = line("Zielwert", limits.LINE)
    due = DayField("Bis wann")
    remove = BooleanField("Ziel entfernen")
    version = SentHiddenField(default="0")

    def validate_title(self, field: Field) -> None:
        if not field.data and not self.blank:
            raise ValidationError("Bitte nennen Sie das Ziel.")

    @property
    def blank(self) -> bool:
        said = (self.title, self.measure, self.metric, self.metric_now, self.target, self.due)
        return not any(each.data for each in said)

    def text(self, questionnaire: Questionnaire) -> AgreedText:
        """What the form says; what is no day counts as none."""
        chosen = self.criterion.data if self.criterion.data in questionnaire.criterion else ""
        said = (self.title.data or "", chosen, self.measure.data or "", self.target.data or "")
        return AgreedText(*said, self.due.day, self.metric.data or "", self.metric_now.data or "")


@dataclass(frozen=True, slots=True)
class GoalShown:
    """A goal in its form; `key` is its number, or that of a new one."""

    key: str
    form: AgreedForm

    @property
    def number(self) -> int | None:
        return int(self.key) if self.key.isdigit() else None


class Doubt(NamedTuple):
    """A day that lies before one that it should follow. It may be right: the interview is the one of the last Stand."""

    field: DayField
    said: str


@dataclass(slots=True)
class Entered:
    """Everything that the page of a result asks: `points` by criterion, in their order. `doubts` are the days that are
    asked about, also where they were confirmed.
    """

    whole: ResultForm
    points: Mapping[str, PointsForm]
    goals: list[GoalShown]
    listed_errors: list[tuple[str, str]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def text(self) -> ResultText:
        """What is said of the whole."""
        amounts = {id: form.points.amount for id, form in self.points.items()} | {BONUS: self.whole.bonus.amount}
        return ResultText(
            {id: amount for id, amount in amounts.items() if amount is not None},
            self.certified,
            self.whole.awarded.day,
            self.whole.next_steps.data or "",
        )

    @property
    def certified(self) -> Certified:
        """What was decided; nothing where something else was sent."""
        sent = self.whole.certified.data or ""
        return Certified(sent) if sent in set(Certified) else Certified.UNSAID

    def writes(self, questionnaire: Questionnaire) -> dict[str, AgreedWrite]:
        """The goals to be saved, by key; empty new ones are none."""
        return {
            goal.key: AgreedWrite(
                goal.number,
                read_version(goal.form.version.data),
                None if goal.form.remove.data else goal.form.text(questionnaire),
                goal.key.removeprefix(OWN),
            )
            for goal in self.goals
            if goal.number is not None or not (goal.form.blank or goal.form.remove.data)
        }

    @property
    def doubts_mark(self) -> str:
        """By which a tick is known to be about these days and no others."""
        return digest(*(doubt.said for doubt in self.doubts))

    @property
    def days_confirmed(self) -> bool:
        return self.doubts_mark in (self.whole.days_sure.raw_data or [])

    def validate(self, stored: Recorded, interview: date | None) -> bool:
        """`interview` is the day of the last Stand. Days that cannot well follow each other are asked about."""
        forms: list[Form] = [*self.points.values(), self.whole]
        forms += [goal.form for goal in self.goals if not goal.form.remove.data]
        fine = [form.validate() for form in forms]
        self.doubts = [doubt for doubt in self._find_doubts(stored, interview) if not doubt.field.errors]
        doubted = bool(self.doubts) and not self.days_confirmed
        if doubted:
            for doubt in self.doubts:
                doubt.field.errors = [ASK_DAY.format(doubt.said)]
        self.listed_errors = [
            (field.id, f"{field.label.text}: {field.errors[0]}") for form in forms for field in form if field.errors
        ]
        return all(fine) and not doubted

    def _find_doubts(self, stored: Recorded, interview: date | None) -> Iterator[Doubt]:
        """Nobody is asked about a day that stands there already."""
        held = f"dem Prüfgespräch am {german.day(interview)}" if interview is not None else ""
        field, awarded = self.whole.awarded, self.whole.awarded.day
        if _is_before(awarded, interview) and awarded != stored.result.text.awarded:
            yield Doubt(field, EARLY_AWARD.format(field.data, held))
        begins = awarded or interview
        since = f"der Auszeichnung am {field.data}" if awarded is not None else held
        known = {goal.number: goal.text.due for goal in stored.goals}
        for goal in self.goals:
            due = goal.form.due
            unchanged = goal.number is not None and due.day == known.get(goal.number)
            if _is_before(due.day, begins) and not unchanged and not goal.form.remove.data:
                yield Doubt(due, EARLY_GOAL.format(due.data, since))


def _is_before(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day < other


def show(questionnaire: Questionnaire, stored: Recorded, proposed: Mapping[str, Decimal]) -> Entered:
    """The form as it stands; `proposed` are points of criteria for a result that nobody has saved yet."""
    text = stored.result.text
    amounts = text.points if stored.result.version else proposed
    whole = ResultForm(
        {
            "bonus": amounts.get(BONUS),
            "certified": str(text.certified),
            "awarded": text.awarded,
            "next_steps": text.next_steps,
            "version": str(stored.result.version),
        },
        unread=True,
    )
    points = _make_points(questionnaire, amounts)
    goals = [_show_goal(questionnaire, goal) for goal in stored.goals]
    return Entered(whole, points, [*goals, *offer(questionnaire)])


def read(questionnaire: Questionnaire) -> Entered:
    """What was sent."""
    submission = Submission(request.form)
    sent = submission.entered
    points = _make_points(questionnaire, {}, sent)
    keys = [key for key in submission.keys("goal.") if is_key(key, LONGEST_NUMBER)]
    goals = [GoalShown(key, _make(questionnaire, key, sent)) for key in keys]
    return Entered(ResultForm(), points, goals)


def _make_points(
    questionnaire: Questionnaire, amounts: Mapping[str, Decimal], sent: MultiDict[str, str] | None = None
) -> dict[str, PointsForm]:
    """A form for each criterion, which is called as it."""
    forms = {}
    for each in questionnaire.criteria:
        form = PointsForm(formdata=sent, data={"points": amounts.get(each.id)}, prefix=f"points.{each.id}.")
        form.points.label.text = f"{each.letter} {each.title}"
        forms[str(each.id)] = form
    return forms


def offer(questionnaire: Questionnaire) -> list[GoalShown]:
    """Empty forms for further goals."""
    keys = [f"{OWN}{new_key()}" for _ in range(OFFERED)]
    return [GoalShown(key, _make(questionnaire, key)) for key in keys]


def _show_goal(questionnaire: Questionnaire, goal: StoredAgreed) -> GoalShown:
    form = _make(questionnaire, str(goal.number), stored=goal)
    return GoalShown(str(goal.number), form)


def _make(
    questionnaire: Questionnaire,
    key: str,
    sent: MultiDict[str, str] | None = None,
    stored: StoredAgreed | None = None,
) -> AgreedForm:
    text = stored.text if stored is not None else None
    data = {"version": str(stored.version)} if stored is not None else {}
    form = AgreedForm(formdata=sent, obj=text, data=data, prefix=f"goal.{key}.")
    titles = {str(each.id): f"{each.letter} {each.title}" for each in questionnaire.criteria}
    form.criterion.choices = {"": "noch offen", **titles}
    return form
