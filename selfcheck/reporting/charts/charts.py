"""The estimate as a gap chart: rows of four segments that fill a bar, the mark, and the same numbers as a table.

How it is drawn is the business of the page's picture and of `figures`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from selfcheck.core.questionnaire.model import ZERO, Criterion, Question, Questionnaire
from selfcheck.core.rules.estimate import Estimate, Points, Verdict
from selfcheck.reporting.words import german, verdict

SEGMENTS = (
    ("documented", "belegt"),
    ("claimed", "angegeben, Beleg fehlt"),
    ("open", "offen"),
    ("lost", "nicht erreicht"),
)
Parts = tuple[Decimal, Decimal, Decimal, Decimal]
"""Points in the order of the segments."""
HUNDREDTH = Decimal("0.01")
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Segment:
    """`start` and `width` are percentages of the bar; the widths of one row add to exactly 100."""

    kind: str
    label: str
    start: Decimal
    width: Decimal
    points: Decimal


Bar = tuple[str, str, str]
"""Kind, start and width in per cent, as a bar without numbers takes them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One bar. `mark` is a percentage, None where the mark says nothing (single questions)."""

    key: str
    letter: str
    title: str
    percent: str
    segments: tuple[Segment, ...]
    mark: Decimal | None
    parent: str = ""

    @property
    def label(self) -> str:
        return f"{self.letter} {self.title}".strip()

    @property
    def shapes(self) -> tuple[tuple[str, str, Decimal], ...]:
        """Segments as the page's pictures take them: (kind, points, width)."""
        return tuple((segment.kind, german.points(segment.points), segment.width) for segment in self.segments)

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


PictureRow = tuple[str, str, bool, str, tuple[tuple[str, str, Decimal], ...]]
"""Label, address, whether it is the total, share, and segments as (kind, points, width)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The bars as the page's picture takes them."""

    rows: tuple[PictureRow, ...]
    mark: Decimal
    description: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole chart: the total with Sonderpunkte first, then one row per criterion."""

    rows: tuple[Row, ...]
    mark: Decimal
    mark_label: str
    description: str
    caption: str

    @property
    def picture(self) -> Picture:
        rows = tuple((row.label, "", row.key == TOTAL, row.percent, row.shapes) for row in self.rows)
        return Picture(rows, self.mark, self.description)


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


def gap_chart(questionnaire: Questionnaire, estimate: Estimate) -> Chart:
    """Total and criteria as bars."""
    criteria = tuple(
        criterion_row(criterion, estimate.criterion[criterion.id].points, questionnaire.pass_mark)
        for criterion in questionnaire.criteria
    )
    mark = german.mark_percent(questionnaire.pass_mark)
    return Chart(
        rows=(total_row(questionnaire, estimate), *criteria),
        mark=questionnaire.pass_mark,
        mark_label=f"Marke {mark}",
        description=_describe(questionnaire, estimate),
        caption=_caption(questionnaire, estimate),
    )


def total_row(questionnaire: Questionnaire, estimate: Estimate) -> Row:
    """The bar of the whole: Sonderpunkte count in and cover points that are not reached."""
    title = "Gesamt mit Sonderpunkten" if estimate.bonus else "Gesamt"
    percent = german.percent(verdict.share_claimed(estimate))
    segments = _fill(_split_total(estimate), estimate.points.possible)
    return Row(TOTAL, "", title, percent, segments, questionnaire.pass_mark)


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


def criterion_row(criterion: Criterion, points: Points, pass_mark: Decimal) -> Row:
    mark = pass_mark if points.possible else None
    return Row(criterion.id, criterion.letter, criterion.title, *_bar(points), mark)


def question_row(question: Question, points: Points) -> Row:
    """The bar below that of its criterion."""
    return Row(question.id, question.number, question.text, *_bar(points), None, question.criterion)


def _bar(points: Points) -> tuple[str, tuple[Segment, ...]]:
    """The share and the segments."""
    return _percent(points), _fill(_split(points), points.possible)


def _split(points: Points) -> Parts:
    return points.documented, points.claimed - points.documented, points.open, points.lost


def _split_total(estimate: Estimate) -> Parts:
    documented, lost = estimate.reached_documented, max(estimate.points.lost - estimate.bonus, ZERO)
    return documented, estimate.reached - documented, estimate.points.open, lost


def _percent(points: Points) -> str:
    return german.percent(german.share(points.claimed, points.possible)) if points.possible else "–"


def _fill(values: Parts, possible: Decimal) -> tuple[Segment, ...]:
    """Widths out of 100; what exceeds the bar (Sonderpunkte can) is cut at its end."""
    segments: list[Segment] = []
    start = sofar = ZERO
    for (kind, label), points in zip(SEGMENTS, values, strict=True):
        sofar += points
        end = min(sofar * 100 / possible, Decimal(100)).quantize(HUNDREDTH, ROUND_HALF_UP) if possible else ZERO
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


def _caption(questionnaire: Questionnaire, estimate: Estimate) -> str:
    return (
        "Balken: Anteil an den möglichen Punkten; Zahlen im Balken: Punkte; rechts: angegeben. "
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
