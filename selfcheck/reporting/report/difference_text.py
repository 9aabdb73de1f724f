"""What differs between two states, for the eye and in words: bars before and after, points more or less."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.rules.difference import Difference, Side
from selfcheck.core.rules.estimate import Points
from selfcheck.reporting.charts import charts
from selfcheck.reporting.charts.charts import Row
from selfcheck.reporting.words import german

SAME = "unverändert"


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One criterion, or the whole: a bar before, one after, and what happened in words."""

    before: Row
    after: Row
    words: str

    @property
    def label(self) -> str:
        return self.after.label


@dataclass(frozen=True, slots=True)
class DifferenceCells:
    """The same numbers for a table: claimed and documented points, before, after, and the difference with its sign."""

    key: str
    title: str
    claimed: tuple[str, str, str]
    documented: tuple[str, str, str]

    @property
    def line(self) -> tuple[str, ...]:
        return (self.title, *self.claimed, *self.documented)


def difference_rows(
    questionnaire: Questionnaire, before: Side, after: Side, difference: Difference
) -> tuple[DifferenceRow, ...]:
    """The total with Sonderpunkte first, then one row per criterion."""
    reached = difference.reached[1] - difference.reached[0]
    total = DifferenceRow(
        charts.total_row(questionnaire, before.estimate),
        charts.total_row(questionnaire, after.estimate),
        say_difference(reached) if reached else say_change_of(*difference.total),
    )
    criteria = []
    for criterion in questionnaire.criteria:
        points = difference.criteria[criterion.id]
        old, new = (charts.criterion_row(criterion, each, questionnaire.pass_mark) for each in points)
        criteria.append(DifferenceRow(old, new, say_change_of(*points)))
    return (total, *criteria)


def difference_cells(
    questionnaire: Questionnaire, before: Side, after: Side, difference: Difference
) -> tuple[DifferenceCells, ...]:
    """One line per criterion, and the total with Sonderpunkte last."""
    lines = []
    for criterion in questionnaire.criteria:
        old, new = difference.criteria[criterion.id]
        claimed, documented = _three(old.claimed, new.claimed), _three(old.documented, new.documented)
        lines.append(DifferenceCells(criterion.id, criterion.title, claimed, documented))
    claimed = _three(*difference.reached)
    documented = _three(before.estimate.reached_documented, after.estimate.reached_documented)
    bonus = before.estimate.bonus or after.estimate.bonus
    title = "Gesamt mit Sonderpunkten" if bonus else "Gesamt"
    return (*lines, DifferenceCells(charts.TOTAL, title, claimed, documented))


def say_change_of(before: Points, after: Points) -> str:
    """What happened to the points of one criterion or question: the claimed ones first; where only those differ that
    are documented or open, says so."""
    claimed = after.claimed - before.claimed
    if claimed:
        return say_difference(claimed)
    for word, points in (("belegt", after.documented - before.documented), ("offen", after.open - before.open)):
        if points:
            return say_difference(points, word)
    return say_difference(after.possible - before.possible, "möglich")


def say_difference(points: Decimal, word: str = "") -> str:
    """`2,5 Punkte mehr`, `1 Punkt weniger möglich`, `unverändert`."""
    if not points:
        return SAME
    return f"{german.points_count(abs(points))} {'mehr' if points > 0 else 'weniger'} {word}".strip()


def _three(before: Decimal, after: Decimal) -> tuple[str, str, str]:
    return german.points(before), german.points(after), german.signed(after - before)
