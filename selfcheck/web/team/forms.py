"""The forms that make and change a place: an office with its questions and dates, a colleague."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from wtforms import BooleanField, Form, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from selfcheck.core.questionnaire.model import QuestionId, Questionnaire
from selfcheck.store.team.places import Place
from selfcheck.web.http import clock
from selfcheck.web.layout.fields import MOST_DAYS, DayField, KeyField, MailField, PageForm, check_last_day, line

LONGEST_LABEL = 80
USUAL_DAYS = 21
FRIDAY, WEEK = 5, 7
AFTERWARDS = 30
"""Days for which a link stays open after its questions are due."""


class ColleagueForm(PageForm):
    label = line(
        "Fachbereich",
        LONGEST_LABEL,
        "den Namen des Fachbereichs",
        required="Bitte geben Sie den Fachbereich an, zum Beispiel „Hauptamt“.",
    )
    ends = DayField("Der Zugang gilt bis")
    mail = MailField()
    key = KeyField()
    validate_ends = check_last_day


class EndForm(PageForm):
    """How long a colleague's place lasts."""

    ends = DayField("Der Zugang gilt bis")
    validate_ends = check_last_day


class QuestionsForm(PageForm):
    """Questions are chosen one by one or a whole criterion at once: what counts is `asked`."""

    questions = SelectMultipleField("Fragen", validate_choice=False)
    criteria = SelectMultipleField("Ganze Kriterien", validate_choice=False)
    due = DayField("Bis wann?", required="Bitte geben Sie an, bis wann Sie die Antworten brauchen.")
    ends = DayField("Der Link gilt bis")

    def __init__(self, questionnaire: Questionnaire, data: Mapping[str, object], kept_due: date | None = None) -> None:
        """`kept_due`: a day that stood there already may be in the past."""
        super().__init__(data)
        self.questionnaire, self.kept_due = questionnaire, kept_due

    @property
    def asked(self) -> tuple[QuestionId, ...]:
        """The chosen questions in the order of the questionnaire; what it does not know counts for nothing."""
        single, whole = set(self.questions.data or ()), set(self.criteria.data or ())
        known = self.questionnaire.questions
        return tuple(question.id for question in known if question.id in single or question.criterion in whole)

    @property
    def due_on(self) -> date:
        return self.due.day or _usual_due()

    @property
    def ends_on(self) -> date:
        """Its own day, or the usual time after the questions are due."""
        return self.ends.day or usual_end(self.due_on)

    def validate_questions(self, field: SelectMultipleField) -> None:
        if not self.asked:
            raise ValidationError("Bitte wählen Sie mindestens eine Frage aus.")

    def validate_due(self, field: DayField) -> None:
        if field.day != self.kept_due:
            check_last_day(self, field)

    def validate_ends(self, field: DayField) -> None:
        check_last_day(self, field)
        if not self.due.errors and self.ends_on < self.due_on:
            raise ValidationError("Der Link endet, bevor die Antworten da sein sollen. Wählen Sie einen späteren Tag.")


class OfficeForm(QuestionsForm):
    label = line(
        "Name des Fachbereichs",
        LONGEST_LABEL,
        "den Namen des Fachbereichs",
        required="Bitte geben Sie einen Namen an, zum Beispiel „Bauamt“.",
    )
    mail = MailField()
    key = KeyField()


class TermForm(PageForm):
    """One day for all offices that are asked at once."""

    due = DayField("Bis wann?", required="Bitte geben Sie an, bis wann Sie die Antworten brauchen.")
    validate_due = check_last_day

    def __init__(self) -> None:
        super().__init__({"due": _usual_due()})

    @property
    def due_on(self) -> date:
        return self.due.day or _usual_due()


class DepartmentForm(Form):
    """One department among those that are asked at once: `joined` says with which other it gets one letter."""

    asked = BooleanField()
    label = line(
        "Name bei Ihnen",
        LONGEST_LABEL,
        "den Namen des Fachbereichs",
        required="Bitte geben Sie einen Namen an, zum Beispiel „Bauamt“.",
    )
    joined = SelectField("Ein Brief zusammen mit", validate_choice=False)
    mail = MailField()


class ChangeForm(QuestionsForm):
    """What can be changed of an office that was asked already."""

    mail = MailField()


def office_form(questionnaire: Questionnaire, label: str, questions: Iterable[QuestionId]) -> OfficeForm:
    """As it was sent; for a first look with the questions that an office usually knows, and the usual time."""
    return OfficeForm(questionnaire, {"label": label, "questions": list(questions), "due": _usual_due()})


def change_form(place: Place, questionnaire: Questionnaire) -> ChangeForm:
    """As it was sent, or what is stored."""
    stored = {"due": place.due_on, "ends": place.ends_on, "questions": list(place.questions), "mail": place.mail}
    return ChangeForm(questionnaire, stored, place.due_on)


def usual_end(due_on: date) -> date:
    """The last day of a link whose questions are due on a day, where nobody says another."""
    today = clock.today()
    return min(max(due_on, today) + timedelta(days=AFTERWARDS), today + timedelta(days=MOST_DAYS))


def _usual_due() -> date:
    """Three weeks from now, on a day on which somebody is in the town hall."""
    day = clock.today() + timedelta(days=USUAL_DAYS)
    return day + timedelta(days=WEEK + 1 - day.isoweekday()) if day.isoweekday() > FRIDAY else day
