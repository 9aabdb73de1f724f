"""Why a question gives its points, in German words that an advisor can read."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from selfcheck.core.questionnaire.model import ZERO, NotApplicable, OptionId, Question, Value
from selfcheck.core.rules import wording
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.scoring import reached_step


def explain(question: Question, state: State, value: Value | None, applies: Applies, claimed: Decimal) -> str:
    """Which option, step or state gave the `claimed` points; `value` stands with `given` only."""
    if applies is Applies.NO:
        return "trifft nach den übrigen Angaben nicht zu, zählt nicht mit"
    if applies is Applies.UNDECIDED:
        return "noch nicht entschieden, ob die Frage zählt" + _up_to(question)
    if state is State.OPEN:
        return "offen" + _up_to(question)
    if state is State.UNCLEAR:
        return "noch unklar" + _up_to(question)
    if not question.scores:
        return "beantwortet, ohne Punkte"
    if state is State.NOT_APPLICABLE and question.not_applicable is NotApplicable.EXCLUDED:
        return "trifft nicht zu, zählt nicht mit"
    worth = wording.points_out_of(claimed, question.possible)
    if isinstance(value, Decimal) and (step := _say_step(question, value)):
        return f"{say_number(question, value)}. {step} gibt es {worth if claimed else 'keine Punkte'}."
    return f"{'trifft nicht zu' if state is State.NOT_APPLICABLE else _say(question, value)}: {worth}"


@lru_cache(maxsize=1024)
def _up_to(question: Question) -> str:
    return f", bis {wording.points_count(question.possible)}" if question.possible else ", ohne Punkte"


def _say(question: Question, value: Value | None) -> str:
    if isinstance(value, frozenset):
        return _say_many(question, value)
    if isinstance(value, Decimal):
        return say_number(question, value)
    return _title(question.option[OptionId(str(value))].text)


def _say_many(question: Question, value: frozenset[str]) -> str:
    chosen = [option for option in question.options if option.id in value]
    said = "; ".join(_title(option.text) for option in chosen) or "nichts davon"
    if question.at_most is None or sum((option.points for option in chosen), ZERO) <= question.at_most:
        return said
    return f"{said} (mehr als {wording.points_count(question.at_most)} zählen nicht)"


def say_number(question: Question, value: Decimal, space: str = " ") -> str:
    """`38,5 % der Haushalte`, `5 Angebote im Jahr`, but `Angebote im Jahr: 1`: units in words are told as several."""
    said = wording.number(value)
    if not question.unit:
        return said
    if value == 1 and question.unit[0].isalpha():
        return f"{question.unit}: {said}"
    return f"{said}{space}{question.unit}"


def _say_step(question: Question, value: Decimal) -> str:
    """Where more is better, from which number on the points are given; where less is better, below which.

    Nothing where the step is this one number.
    """
    step = reached_step(question, value)
    if step is None:
        start = question.steps[0].start
        return "" if value == 0 and start == 1 and not question.decimals else _say_end("Unter", question, start)
    following = next((other for other in question.steps if other.start > step.start), None)
    if following is not None and following.points < step.points:
        return _say_end("Unter", question, following.start)
    return "" if step.start == question.maximum else _say_end("Ab", question, step.start)


def _say_end(word: str, question: Question, end: Decimal) -> str:
    """`Ab 35 %`, `Unter 7`."""
    percent = " %" if question.unit.startswith("%") else ""
    return f"{word} {wording.number(end)}{percent}"


def _title(text: str) -> str:
    return text.rstrip(" .")
