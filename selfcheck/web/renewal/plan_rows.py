"""A plan as its page shows it: what is taken over, to be looked at, new, gone; each question in words."""

from __future__ import annotations

from dataclasses import dataclass

from selfcheck.core.questionnaire.model import Question, Questionnaire
from selfcheck.core.renewal.plan import Fate, Line, Plan
from selfcheck.core.rules.answers import OPEN, Answer, Answers
from selfcheck.reporting.words import german
from selfcheck.reporting.words.renewal_text import say_before, say_lost, say_why


@dataclass(frozen=True, slots=True)
class Before:
    """A question of the old version, and what was said to it."""

    number: str
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One question: `said` is what stands there from then on, `lost` what does not; `beside` is what comes along."""

    number: str
    name: str
    said: str
    before: tuple[Before, ...]
    why: str
    lost: tuple[str, ...]
    beside: str


@dataclass(frozen=True)
class PlanShown:
    """`untouched`: how many questions nobody had answered."""

    taken: tuple[PlanRow, ...]
    check: tuple[PlanRow, ...]
    new: tuple[PlanRow, ...]
    gone: tuple[PlanRow, ...]
    untouched: int


def show_plan(plan: Plan, old: Questionnaire, answers: Answers, new: Questionnaire) -> PlanShown:
    def rows(fate: Fate) -> tuple[PlanRow, ...]:
        asked = old if fate is Fate.GONE else new
        return tuple(_row(line, asked.question[line.question], old, answers) for line in plan.of(fate))

    shown = {fate: rows(fate) for fate in (Fate.TAKEN, Fate.CHECK, Fate.NEW, Fate.GONE)}
    return PlanShown(shown[Fate.TAKEN], shown[Fate.CHECK], shown[Fate.NEW], shown[Fate.GONE], len(plan.of(Fate.OPEN)))


def _row(line: Line, question: Question, old: Questionnaire, answers: Answers) -> PlanRow:
    asked = [old.question[id] for id in line.sources] if line.fate is Fate.CHECK else []
    return PlanRow(
        number=question.number,
        name=question.name,
        said=say_before(question, line.answer),
        before=tuple(Before(each.number, each.name, _say_old(each, answers)) for each in asked),
        why=say_why(question, line.reasons),
        lost=tuple(say_lost(old, line.lost)),
        beside=_say_beside(line.answer),
    )


def _say_old(question: Question, answers: Answers) -> str:
    return say_before(question, answers.get(question.id, OPEN))


def _say_beside(answer: Answer) -> str:
    said = ["Erläuterung"] if answer.note else []
    if answer.evidence:
        said.append(german.count(len(answer.evidence), "Beleg", "Belege"))
    return " und ".join(said)
