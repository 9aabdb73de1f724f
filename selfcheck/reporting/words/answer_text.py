"""Answers and evidence in words, for those who read them; not for the fields of a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from selfcheck.core.questionnaire.model import Question, Questionnaire, Value
from selfcheck.core.rules.answers import Answer, Evidence, State
from selfcheck.core.rules.estimate import Estimate
from selfcheck.core.rules.reasons import say_number
from selfcheck.core.rules.route import open_questions
from selfcheck.core.rules.to_do.step_texts import list_missing
from selfcheck.core.text.web_address import is_link
from selfcheck.reporting.words import german
from selfcheck.reporting.words.documents import UNPLACED_IN_REPORT, say_place, say_status, say_usual
from selfcheck.reporting.words.names import DOCUMENTS

STATES = {
    State.OPEN: "offen",
    State.UNCLEAR: "noch unklar",
    State.GIVEN: "beantwortet",
    State.NOT_APPLICABLE: "trifft nicht zu",
}
NOTHING_OF_IT = "nichts davon"
"""None of the options is chosen, and somebody said so."""


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence: whether it counts, and where it is; `link` as typed, `place` in words.

    `located`: somebody could find it. `opens` says that the link leads to a web page and to nothing else that a browser
    may follow. `register` is its number in the folder (`A1.2`), empty where there is no folder.
    """

    title: str
    counts: bool
    status: str
    link: str
    opens: bool
    place: str
    located: bool = True
    register: str = ""


def name_waiting(states: Iterable[State], ending: str = "e") -> str:
    """What questions in these states are called together: `offene`, `unklare`, `offene und unklare`."""
    found = set(states)
    words = [word for state, word in ((State.OPEN, "offen"), (State.UNCLEAR, "unklar")) if state in found]
    return german.listing([f"{word}{ending}" for word in words or ["offen"]])


def name_open(questionnaire: Questionnaire, estimate: Estimate, ending: str = "e") -> str:
    """The same of all questions that score and are open or unclear, which everywhere are one number."""
    waiting = open_questions(questionnaire, estimate)
    return name_waiting((estimate.line[question].state for question in waiting), ending)


def count_open(questionnaire: Questionnaire, estimate: Estimate) -> str:
    """How many can still bring points, with their verb: `eine offene Frage kann`, `sechs unklare Fragen können`."""
    number = len(open_questions(questionnaire, estimate))
    if not number:
        return "Fragen, die vielleicht noch gestellt werden, können"
    words = f"{german.in_words(number)} {name_open(questionnaire, estimate)}"
    return f"{words} Frage kann" if number == 1 else f"{words} Fragen können"


def say_answer(question: Question, answer: Answer) -> tuple[str, ...]:
    """The answer in its own words, one line per chosen option; the state where there is no value."""
    if answer.state is not State.GIVEN or answer.value is None:
        return (STATES[answer.state],)
    return say_value(question, answer.value)


def say_choice(question: Question, state: State, value: Value | None, reason: str) -> str:
    """A choice in one line: value, or state with its reason."""
    said = join_options(say_answer(question, Answer(state, value)))
    return f"{said}: {reason}" if state is State.NOT_APPLICABLE and reason else said


def join_options(said: Sequence[str]) -> str:
    """Options in one line: by semicolons where one of them has a comma in it."""
    return ("; " if any("," in option for option in said) else ", ").join(said)


def say_value(question: Question, value: Value) -> tuple[str, ...]:
    if isinstance(value, frozenset):
        return tuple(option.text for option in question.options if option.id in value) or (NOTHING_OF_IT,)
    if isinstance(value, Decimal):
        return (say_number(question, value, german.NO_BREAK),)
    return (next((option.text for option in question.options if option.id == value), value),)


def say_evidence(piece: Evidence, day: date, register: str = "") -> EvidenceLine:
    """`day` is the day that counts."""
    opens, facts = is_link(piece.link), [DOCUMENTS.get(piece.kind or "", "")]
    facts += [f"vom {german.day(piece.dated)}" if piece.dated else "", say_place(piece)]
    status = say_status(piece, day)
    if piece.counts(day) and not piece.located:
        status = f"{UNPLACED_IN_REPORT}{status.removeprefix('liegt vor')}"
    place = ", ".join(filter(None, facts))
    return EvidenceLine(
        piece.title, piece.counts(day), status, piece.link, opens, place, located=piece.located, register=register
    )


def say_missing(question: Question, answer: Answer, day: date) -> str:
    """What would prove the answer: what is noted but does not count, and what else usually does. One is enough."""
    missing = list_missing(question, answer.evidence, day)
    return say_usual(missing)
