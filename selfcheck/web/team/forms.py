"""The forms that make and change a place: an office with its questions and dates, a colleague."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError

from selfcheck.core.questionnaire.model import QuestionId, Questionnaire
from selfcheck.store.team.places import Place
from selfcheck.web.accounts.forms import normalize
from selfcheck.web.layout.typed import one_line
from selfcheck.web.questions.evidence import parse_day

LONGEST_LABEL = 80
LONGEST_MAIL = 120
USUAL_DAYS = 21
AFTERWARDS = 30
"""Days for which a link stays open after its questions are due."""
MOST_DAYS = 365
MAIL = r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+$"
NO_DAY = "Bitte geben Sie ein Datum an, zum Beispiel 30.06.2027."


def _label(text: str, wanted: str) -> StringField:
    too_long = Length(max=LONGEST_LABEL, message="Bitte kürzen Sie den Namen auf höchstens 80 Zeichen.")
    return StringField(text, filters=[one_line], validators=[DataRequired(wanted), too_long])


def _day(text: str) -> StringField:
    return StringField(text, filters=[one_line])


def _mail() -> StringField:
    too_long = Length(max=LONGEST_MAIL, message="Bitte höchstens 120 Zeichen.")
    return StringField("E-Mail-Adresse", filters=[one_line], validators=[Optional(), too_long, _check_address])


def _check_address(form: FlaskForm, field: StringField) -> None:
    """It must be one that a mail can go to, else nobody would learn that none arrived."""
    if not normalize(field.data):
        raise ValidationError("Bitte prüfen Sie die E-Mail-Adresse.")


def _key() -> HiddenField:
    return HiddenField(validators=[Regexp(r"^[0-9a-f]{32}$", message="Bitte laden Sie die Seite neu.")])


class TeamForm(FlaskForm):
    """Set `today` before validating. A hidden `key` keeps a double click from inviting twice."""

    today: date

    @property
    def listed_errors(self) -> list[tuple[str, str]]:
        """Every error with its field, for the summary at the top."""
        return [(field.id, str(field.errors[0])) for field in self if field.errors]

    def validate_ends(self, field: StringField) -> None:
        day = read_day(field.data)
        if day is not None:
            check_day(day, self.today)

    @property
    def ends_day(self) -> date | None:
        return parse_day(self["ends"].data or "")


class ColleagueForm(TeamForm):
    label = _label("Amt oder Bereich", "Bitte geben Sie an, für wen der Zugang ist, zum Beispiel „Hauptamt“.")
    ends = _day("Der Zugang gilt bis")
    mail = _mail()
    key = _key()


class EndForm(TeamForm):
    """How long a colleague's place lasts."""

    ends = _day("Der Zugang gilt bis")


class QuestionsForm(TeamForm):
    """Questions are chosen one by one or a whole criterion at once: what counts is `asked`.

    Set `questionnaire` before validating. `kept_due`: a day that stood there already may be in the past.
    """

    questionnaire: Questionnaire
    kept_due = ""
    questions = SelectMultipleField("Fragen", validate_choice=False)
    criteria = SelectMultipleField("Ganze Kriterien", validate_choice=False)
    due = _day("Bis wann?")
    ends = _day("Der Link gilt bis")

    @property
    def asked(self) -> tuple[QuestionId, ...]:
        """The chosen questions in the order of the questionnaire; what it does not know counts for nothing."""
        single, whole = set(self.questions.data or ()), set(self.criteria.data or ())
        known = self.questionnaire.questions
        return tuple(question.id for question in known if question.id in single or question.criterion in whole)

    @property
    def due_on(self) -> date:
        return parse_day(self.due.data or "") or self.today + timedelta(days=USUAL_DAYS)

    @property
    def ends_on(self) -> date:
        """Its own day, or the usual time after the questions are due."""
        usual = min(max(self.due_on, self.today) + timedelta(days=AFTERWARDS), self.today + timedelta(days=MOST_DAYS))
        return self.ends_day or usual

    def validate_questions(self, field: SelectMultipleField) -> None:
        if not self.asked:
            raise ValidationError("Bitte wählen Sie mindestens eine Frage aus.")

    def validate_due(self, field: StringField) -> None:
        day = read_day(field.data)
        if day is None:
            raise ValidationError("Bitte geben Sie an, bis wann Sie die Antworten brauchen.")
        if field.data != self.kept_due:
            check_day(day, self.today)

    def validate_ends(self, field: StringField) -> None:
        super().validate_ends(field)
        if not self.due.errors and self.ends_on < self.due_on:
            raise ValidationError("Der Link endet, bevor die Antworten da sein sollen. Wählen Sie einen späteren Tag.")


class OfficeForm(QuestionsForm):
    label = _label("Name des Fachbereichs", "Bitte geben Sie einen Namen an, zum Beispiel „Bauamt“.")
    mail = _mail()
    key = _key()


class ChangeForm(QuestionsForm):
    """What can be changed of an office that was asked already."""

    mail = _mail()


def read_day(text: str | None) -> date | None:
    """A day as typed; None for nothing. Raises `ValidationError`."""
    try:
        return parse_day(text or "")
    except ValueError:
        raise ValidationError(NO_DAY) from None


def check_day(day: date, today: date) -> None:
    """Raises `ValidationError` for a day that has passed or is too far off."""
    if day < today:
        raise ValidationError("Dieser Tag ist schon vorbei. Bitte wählen Sie einen späteren.")
    if day > today + timedelta(days=MOST_DAYS):
        raise ValidationError("Ein Link gilt höchstens ein Jahr. Bitte wählen Sie einen früheren Tag.")


def colleague_form(today: date, sent: bool) -> ColleagueForm:
    form = ColleagueForm() if sent else ColleagueForm(formdata=None, data={"key": secrets.token_hex(16)})
    form.today = today
    return form


def office_form(
    questionnaire: Questionnaire, today: date, sent: bool, label: str = "", questions: Iterable[QuestionId] = ()
) -> OfficeForm:
    """As it was sent; for a first look with the questions that an office usually knows, and the usual time."""
    due = today + timedelta(days=USUAL_DAYS)
    data = {"label": label, "questions": list(questions), "due": due.isoformat(), "key": secrets.token_hex(16)}
    form = OfficeForm() if sent else OfficeForm(formdata=None, data=data)
    form.questionnaire, form.today = questionnaire, today
    return form


def change_form(place: Place, questionnaire: Questionnaire, today: date, sent: bool) -> ChangeForm:
    """As it was sent, or what is stored."""
    due, ends = _iso(place.due_on), _iso(place.ends_on)
    data = {"due": due, "ends": ends, "questions": list(place.questions), "mail": place.mail}
    form = ChangeForm() if sent else ChangeForm(formdata=None, data=data)
    form.questionnaire, form.today, form.kept_due = questionnaire, today, due
    return form


def end_form(place: Place, today: date, sent: bool) -> EndForm:
    form = EndForm() if sent else EndForm(formdata=None, data={"ends": _iso(place.ends_on)})
    form.today = today
    return form


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
