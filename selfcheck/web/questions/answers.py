"""Questions -> WTForms form -> answers: one entry per kind of question.

Says what was entered and what is wrong with it; what is written is the business of `reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectMultipleField

from selfcheck.core.questionnaire.model import Kind, OptionId, Question, Value
from selfcheck.core.rules.answers import Answer, State, fits, is_reason
from selfcheck.core.text.contents import clean_paragraph
from selfcheck.core.text.number import read_number
from selfcheck.reporting.words import german
from selfcheck.store.database import limits
from selfcheck.web.layout.fields import SentField, as_typed, list_wrong, paragraph, too_long

OPTION = "option:"
NONE = "none"
STATES = {"unclear": State.UNCLEAR, "not_applicable": State.NOT_APPLICABLE, "open": State.OPEN, "": State.OPEN}
STATE_WORDS = {NONE: "nichts davon", "unclear": "noch unklar", "not_applicable": "trifft nicht zu"}


class Shown(NamedTuple):
    """What stands in the fields of one question, as text."""

    choice: str = ""
    options: frozenset[str] = frozenset()
    value: str = ""
    reason: str = ""
    note: str = ""


class Choice(NamedTuple):
    """A choice that the questionnaire knows: state, value and reason change together."""

    state: State
    value: Value | None = None
    reason: str = ""


class Refused(Exception):
    """An input that is no answer: the field it stands in, and what to do about it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


class QuestionForm(Form):
    choice = SentField()
    value = as_typed("Ihre Angabe", limits.NOTE, "Ihre Angabe")
    reason = paragraph("Begründung", limits.REASON, "die Begründung")
    note = as_typed("Erläuterung", limits.NOTE, "die Erläuterung")
    options = SelectMultipleField(validate_choice=False)


def read_form(question: Question, data: MultiDict[str, str]) -> tuple[Shown, dict[str, str]]:
    """What was entered for `question`, cleaned, and what is too long, by field."""
    form = QuestionForm(data, prefix=f"{question.id}.")
    form.validate()
    shown = Shown(
        choice=form.choice.data or "",
        options=frozenset(form.options.data or ()),
        value=form.value.data or "",
        reason=form.reason.data or "",
        note=form.note.data or "",
    )
    return shown, list_wrong(form)


def show(question: Question, answer: Answer) -> Shown:
    """What stands in the fields for a stored answer."""
    value, note = answer.value, answer.note
    if answer.state is not State.GIVEN or value is None:
        return Shown(choice=str(answer.state), reason=answer.reason, note=note)
    if isinstance(value, frozenset):
        return Shown(choice="" if value else NONE, options=value, note=note)
    if question.kind in (Kind.YES_NO, Kind.ONE):
        return Shown(choice=f"{OPTION}{value}", note=note)
    return Shown(value=german.number_to_edit(value) if isinstance(value, Decimal) else str(value), note=note)


def choose(question: Question, shown: Shown) -> Choice:
    """The choice that `shown` stands for. Raises `Refused` where it is none."""
    given = _READ[question.kind](question, shown)
    if given is not None:
        return Choice(State.GIVEN, given)
    state = STATES.get(shown.choice)
    if state is None:
        raise Refused("choice", "Diese Antwort gibt es hier nicht. Bitte wählen Sie eine der angebotenen.")
    if state is not State.NOT_APPLICABLE:
        return Choice(state)
    if question.not_applicable is None:
        raise Refused("choice", "„Trifft nicht zu“ ist bei dieser Frage nicht vorgesehen.")
    if not is_reason(shown.reason):
        raise Refused("reason", "Bitte begründen Sie kurz, warum diese Frage auf Ihre Kommune nicht zutrifft.")
    return Choice(state, reason=shown.reason)


def _read_option(question: Question, shown: Shown) -> Value | None:
    if not shown.choice.startswith(OPTION):
        return None
    chosen = shown.choice.removeprefix(OPTION)
    if not fits(question, chosen):
        raise Refused("choice", "Diese Antwort gibt es hier nicht. Bitte wählen Sie eine der angebotenen.")
    return chosen


def _read_options(question: Question, shown: Shown) -> Value | None:
    chosen = frozenset(OptionId(option) for option in shown.options)
    if not fits(question, chosen):
        raise Refused("choice", "Eine der Antworten gibt es hier nicht. Bitte wählen Sie aus den angebotenen.")
    if not chosen:
        return chosen if shown.choice == NONE else None
    if shown.choice in STATE_WORDS:
        named = next(option.text for option in question.options if option.id in chosen)
        raise Refused("choice", _contradiction(named, shown.choice))
    return chosen


def _read_number(question: Question, shown: Shown) -> Value | None:
    entered = clean_paragraph(shown.value)
    if not entered:
        return None
    if shown.choice in STATE_WORDS:
        raise Refused("value", _contradiction(entered, shown.choice))
    number = read_number(entered, question.unit, question.decimals)
    if number is None or not fits(question, number):
        raise Refused("value", question.error or _number_wanted(question))
    return number


def _read_text(question: Question, shown: Shown) -> Value | None:
    entered = clean_paragraph(shown.value)
    if not entered:
        return None
    if shown.choice in STATE_WORDS:
        raise Refused("value", _contradiction(f"{entered[:40]}…" if len(entered) > 40 else entered, shown.choice))
    if len(entered) > limits.NOTE:
        raise Refused("value", too_long(limits.NOTE, "Ihre Angabe"))
    return entered


_READ: Mapping[Kind, Callable[[Question, Shown], Value | None]] = {
    Kind.YES_NO: _read_option,
    Kind.ONE: _read_option,
    Kind.MANY: _read_options,
    Kind.NUMBER: _read_number,
    Kind.TEXT: _read_text,
}


def _contradiction(entered: str, state: str) -> str:
    return (
        f"„{entered}“ und „{STATE_WORDS[state]}“ passen nicht zusammen. "
        "Bitte löschen Sie die Angabe oder wählen Sie „offen lassen“."
    )


def _number_wanted(question: Question) -> str:
    bounds = (question.minimum or Decimal(0), question.maximum or Decimal(0))
    lowest, highest = (german.number_to_edit(bound) for bound in bounds)
    places = f", mit höchstens {german.count(question.decimals, 'Stelle', 'Stellen')} nach dem Komma"
    return f"Bitte geben Sie eine Zahl von {lowest} bis {highest} ein{places if question.decimals else ', ohne Komma'}."
