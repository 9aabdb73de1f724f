"""The estimate as a gap chart: rows of four segments that fill a bar, the mark, and the same numbers as a table.

Bars are shares, each as wide as the picture, or points on one scale, so that a gap is as wide as it weighs. How it is
drawn is the business of the page's picture and of `figures`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from selfcheck.core.questionnaire.model import ZERO, Criterion, Question, Questionnaire
from selfcheck.core.rules.estimate import Estimate, Points, Verdict
from selfcheck.reporting.charts.scale import HUNDRED, HUNDREDTH, Tick, mark_points, mark_shares
from selfcheck.reporting.words import german, verdict

SEGMENTS = (
    ("documented", "belegt"),
    ("claimed", "angegeben, Beleg fehlt"),
    ("open", "offen"),
    ("lost", "nicht erreicht"),
)
Parts = tuple[Decimal, Decimal, Decimal, Decimal]
"""Points in the order of the segments."""
TOTAL = "total"
NUMBER_FROM = 9
"""Percent of the picture; in a narrower segment a number has no room."""
ROOM_BEHIND = 60
"""Percent of the picture; behind a longer bar there is no room for words."""


class Unit(StrEnum):
    """What the width of a bar means; the values stand in addresses."""

    PERCENT = "prozent"
    POINTS = "punkte"


@dataclass(frozen=True, slots=True)
class Segment:
    """`start` and `width` are percentages of the picture; as shares, the widths of one row add to exactly 100."""

    kind: str
    label: str
    start: Decimal
    width: Decimal
    points: Decimal


Bar = tuple[str, str, str]
"""Kind, start and width in per cent, as a bar without numbers takes them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One bar. `mark` is its place in the picture in per cent, None where the mark says nothing (single questions)."""

    key: str
    letter: str
    title: str
    percent: str
    segments: tuple[Segment, ...]
    mark: Decimal | None
    parent: str = ""
    unit: Unit = Unit.PERCENT

    @property
    def label(self) -> str:
        return f"{self.letter} {self.title}".strip()

    @property
    def is_total(self) -> bool:
        return self.key == TOTAL

    @property
    def result(self) -> str:
        """What stands at the right: `64,0 %`, or `19,5 von 31`."""
        if self.unit is Unit.PERCENT:
            return self.percent
        claimed, possible = (sum((each.points for each in some), ZERO) for some in (self.segments[:2], self.segments))
        return f"{german.points(claimed)} von {german.points(possible)}"

    @property
    def behind(self) -> tuple[Decimal, str] | None:
        """Where the bar ends, and what it lacks, where that has room behind it."""
        end = sum((each.width for each in self.segments), ZERO)
        missing = sum((each.points for each in self.segments[2:]), ZERO)
        if self.unit is Unit.PERCENT or self.is_total or not missing or end > ROOM_BEHIND:
            return None
        return end, f"{'fehlt' if missing == 1 else 'fehlen'} {german.points(missing)}"

    @property
    def numbers(self) -> tuple[tuple[str, Decimal, str], ...]:
        """The numbers that have room in the bar: kind, place and points."""
        return tuple(
            (segment.kind, self._middle(segment), german.points(segment.points))
            for segment in self.segments
            if segment.width >= NUMBER_FROM
        )

    def _middle(self, segment: Segment) -> Decimal:
        """Where the number stands: in the larger part, where the mark cuts the segment."""
        start, end = segment.start, segment.start + segment.width
        if self.mark is None or not start < self.mark < end:
            return (start + end) / 2
        return (start + self.mark) / 2 if self.mark - start > end - self.mark else (self.mark + end) / 2

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What of the segments has a width; where nothing has, all of it is not reached."""
        bars = tuple((each.kind, str(each.start), str(each.width)) for each in self.segments if each.width > 0)
        return bars or (("lost", "0", "100"),)

    @property
    def said(self) -> str:
        """The row as a sentence, for those who do not see the bar."""
        parts = [f"{segment.label} {german.points(segment.points)}" for segment in self.segments]
        return f"{self.label}: {', '.join(parts)} Punkte; angegeben {self.percent}."


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole chart: the total with Sonderpunkte first, then one row per criterion.

    `inside` says what the numbers in the bars are, for where they are shown; empty where none has room.
    """

    rows: tuple[Row, ...]
    mark_label: str
    ticks: tuple[Tick, ...]
    description: str
    caption: str
    inside: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """The same numbers for the table; a cell that says nothing is None."""

    key: str
    title: str
    documented: Decimal
    claimed: Decimal
    open: Decimal | None
    lost: Decimal | None
    possible: Decimal | None
    percent: str

    @property
    def missing(self) -> Decimal | None:
        """What is not claimed of what is possible."""
        return None if self.open is None or self.lost is None else self.open + self.lost


def gap_chart(questionnaire: Questionnaire, estimate: Estimate, unit: Unit = Unit.PERCENT) -> Chart:
    """Total and criteria as bars."""
    whole = estimate.points.possible if unit is Unit.POINTS else None
    criteria = tuple(
        criterion_row(criterion, estimate.criterion[criterion.id].points, questionnaire.pass_mark, whole)
        for criterion in questionnaire.criteria
    )
    mark = verdict.shown_mark(questionnaire, estimate)
    percent = german.mark_percent(questionnaire.pass_mark)
    rows = (total_row(questionnaire, estimate, unit), *criteria)
    return Chart(
        rows=rows,
        mark_label=f"Marke {percent if whole is None else german.points_count(mark)}",
        ticks=mark_shares(questionnaire.pass_mark) if whole is None else mark_points(mark, whole),
        description=_describe(questionnaire, estimate),
        caption=_caption(questionnaire, estimate, unit),
        inside="Zahlen im Balken: Punkte." if any(row.numbers for row in rows) else "",
    )


def total_row(questionnaire: Questionnaire, estimate: Estimate, unit: Unit = Unit.PERCENT) -> Row:
    """The bar of the whole, as wide as the picture: Sonderpunkte count in and cover points that are not reached."""
    title = "Gesamt mit Sonderpunkten" if estimate.bonus else "Gesamt"
    percent = german.percent(verdict.share_claimed(estimate))
    segments = _fill(_split_total(estimate), estimate.points.possible)
    return Row(TOTAL, "", title, percent, segments, questionnaire.pass_mark, unit=unit)


def table_rows(questionnaire: Questionnaire, estimate: Estimate) -> tuple[TableRow, ...]:
    """One row per criterion, Sonderpunkte if there are any, and the total; columns add up."""
    rows = []
    for criterion in questionnaire.criteria:
        points = estimate.criterion[criterion.id].points
        rows.append(TableRow(criterion.id, criterion.title, *_split(points), points.possible, _percent(points)))
    if estimate.bonus:
        gap = estimate.bonus - estimate.documented_bonus
        rows.append(TableRow("bonus", "Sonderpunkte", estimate.documented_bonus, gap, None, None, None, "–"))
    percent = german.percent(verdict.share_claimed(estimate))
    return (*rows, TableRow(TOTAL, "Gesamt", *_split_total(estimate), estimate.points.possible, percent))


def criterion_row(criterion: Criterion, points: Points, pass_mark: Decimal, whole: Decimal | None = None) -> Row:
    """The bar of a criterion: its share, or on a scale of `whole` points."""
    mark = pass_mark if points.possible and whole is None else None
    return Row(criterion.id, criterion.letter, criterion.title, *_bar(points, whole), mark, unit=_unit(whole))


def question_row(question: Question, points: Points, whole: Decimal | None = None) -> Row:
    """The bar below that of its criterion."""
    bar = _bar(points, whole)
    return Row(question.id, question.number, question.name, *bar, None, question.criterion, _unit(whole))


def _unit(whole: Decimal | None) -> Unit:
    return Unit.PERCENT if whole is None else Unit.POINTS


def _bar(points: Points, whole: Decimal | None) -> tuple[str, tuple[Segment, ...]]:
    """The share and the segments."""
    return _percent(points), _fill(_split(points), points.possible, whole)


def _split(points: Points) -> Parts:
    return points.documented, points.unproven, points.open, points.lost


def _split_total(estimate: Estimate) -> Parts:
    documented, lost = estimate.reached_documented, max(estimate.points.lost - estimate.bonus, ZERO)
    return documented, estimate.reached - documented, estimate.points.open, lost


def _percent(points: Points) -> str:
    return german.percent(german.share(points.claimed, points.possible)) if points.possible else "–"


def _fill(values: Parts, possible: Decimal, whole: Decimal | None = None) -> tuple[Segment, ...]:
    """Widths out of 100, which are `whole` points; what exceeds the bar (Sonderpunkte can) is cut at its end."""
    wide = possible if whole is None else whole
    segments: list[Segment] = []
    start = sofar = ZERO
    for (kind, label), points in zip(SEGMENTS, values, strict=True):
        sofar += points
        end = (min(sofar, possible) * HUNDRED / wide).quantize(HUNDREDTH, ROUND_HALF_UP) if wide else ZERO
        segments.append(Segment(kind, label, start, end - start, points))
        start = end
    return tuple(segments)


def _describe(questionnaire: Questionnaire, estimate: Estimate) -> str:
    mark = german.mark_percent(questionnaire.pass_mark)
    if estimate.verdict is Verdict.EMPTY:
        return f"Es gibt noch keine Angaben. Die Marke liegt bei {mark}."
    documented, claimed = verdict.share_documented(estimate), verdict.share_claimed(estimate)
    return (
        f"Insgesamt sind {german.percent(claimed)} angegeben, davon {german.percent(documented)} belegt. "
        f"Die Marke liegt bei {mark}. Dieselben Zahlen stehen in der Tabelle."
    )


def _caption(questionnaire: Questionnaire, estimate: Estimate, unit: Unit) -> str:
    if unit is Unit.POINTS:
        return (
            "Alle Balken haben denselben Maßstab: Eine Lücke ist so breit, wie sie Punkte kostet. "
            "Rechts: angegeben von möglichen Punkten. Die Marke gilt für das Gesamtergebnis."
        )
    return (
        "Balken: Anteil an den möglichen Punkten; rechts: angegeben. "
        f"{_furthest_below(questionnaire, estimate)}"
        "Die Marke gilt nur für das Gesamtergebnis, je Kriterium dient sie zur Orientierung."
    )


def _furthest_below(questionnaire: Questionnaire, estimate: Estimate) -> str:
    if estimate.verdict is Verdict.EMPTY:
        return ""
    mark = german.mark_percent(questionnaire.pass_mark)
    below = [
        (points.claimed / points.possible, criterion.title)
        for criterion in questionnaire.criteria
        if (points := estimate.criterion[criterion.id].points).possible
        and points.claimed * 100 < questionnaire.pass_mark * points.possible
    ]
    if not below:
        return f"Alle Kriterien liegen bei {mark} oder darüber. "
    _, title = min(below, key=lambda pair: pair[0])
    return f"Am weitesten unter {mark} liegt „{title}“. "
