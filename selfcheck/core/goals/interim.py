"""The Zwischenstand: once a year after the award the agreed goals are looked at, until the label ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from selfcheck.core.questionnaire.model import AUDITS, Validity
from selfcheck.core.renewal.dates import MONTHS, add_months

AGAIN = timedelta(weeks=4)
"""After which somebody is asked once more."""
LATEST = 2 * AGAIN
"""After which nobody is written to any more: the pages still ask."""
GIVEN_UP = "Aufgegeben."
"""What became of a goal that was given up without a word why."""


class Reached(StrEnum):
    """What became of a goal; empty as long as nobody says it."""

    UNSAID = ""
    REACHED = "reached"
    UNDER_WAY = "under_way"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Interim:
    """What was said of a goal in a year of the label: its state, one sentence, and the document that proves it with
    its place."""

    year: int
    goal: int
    reached: Reached
    said: str = ""
    document: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """The years of a label at whose end the goals are looked at; in the last one the next audit judges them.

    `year` is the one that is asked for, from the award on, `due` its day. `is_due`: that day has come.
    """

    awarded: date
    years: int
    year: int
    today: date

    @property
    def due(self) -> date:
        return anniversary(self.awarded, self.year)

    @property
    def is_due(self) -> bool:
        return self.today >= self.due

    @property
    def over(self) -> bool:
        """The label has ended; what was said can still be read and put right."""
        return self.today >= anniversary(self.awarded, self.years + 1)


def find_times(awarded: date | None, audit: str, validity: Validity, today: date) -> Times | None:
    """What is to be asked on `today`; None before the award, and where a label is too short to ask anything."""
    years = (validity.renewal if audit == AUDITS[1] else validity.first) - 1
    if awarded is None or today < awarded or years < 1:
        return None
    passed = sum(anniversary(awarded, year) <= today for year in range(1, years + 1))
    return Times(awarded, years, max(passed, 1), today)


def anniversary(day: date, years: int) -> date:
    """The same day some years later, the 28th for a 29th of February; never outside of the calendar."""
    return add_months(day, years * MONTHS)


def should_ask(times: Times, asked: date | None) -> bool:
    """Whether to write today to somebody who was asked last on the day `asked`: once when it is due, and once four
    weeks later."""
    due, today = times.due, times.today
    if not due <= today < due + LATEST or times.over:
        return False
    if asked is None or asked < due:
        return True
    return asked < due + AGAIN and today >= asked + AGAIN


@dataclass(frozen=True, slots=True)
class Judged:
    """A goal of last time: whether it was reached, what was said last, and the newest document with its place."""

    goal: int
    title: str
    achieved: bool
    said: str = ""
    document: str = ""
    location: str = ""

    @property
    def documented(self) -> bool:
        return bool(self.document)


def past_goals_of(goals: Mapping[int, str], interims: Iterable[Interim]) -> tuple[Judged, ...]:
    """What the agreed goals, titles by number, are in the next audit: the last year that says something counts."""
    told: dict[int, list[Interim]] = {}
    for each in sorted(interims, key=lambda interim: interim.year):
        if each.reached is not Reached.UNSAID or each.said or each.document:
            told.setdefault(each.goal, []).append(each)
    return tuple(_judge(goal, title, told.get(goal, [])) for goal, title in goals.items())


def _judge(goal: int, title: str, told: list[Interim]) -> Judged:
    state = next((each.reached for each in reversed(told) if each.reached is not Reached.UNSAID), Reached.UNSAID)
    said = next((each.said for each in reversed(told) if each.said), "")
    if state is Reached.GIVEN_UP:
        said = said or GIVEN_UP
    proof = next((each for each in reversed(told) if each.document), None)
    where = (proof.document, proof.location) if proof is not None else ("", "")
    return Judged(goal, title, state is Reached.REACHED, said, *where)
