"""Parts that several PDFs share, as plain data: the frame of every page, numbers, bars, fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from selfcheck.core.rules.estimate import Estimate
from selfcheck.reporting.charts.charts import Bar, Chart, Row
from selfcheck.reporting.charts.fields import FieldRow
from selfcheck.reporting.documents.texts import contact_facts
from selfcheck.reporting.report.question_section import Facts
from selfcheck.reporting.report.report import Report
from selfcheck.reporting.words import german

Plain = dict[str, object]
BREAK = "\u200b"
"""Where a line may end although there is no space."""
_LONG = re.compile(r"\S{31,}")
_PIECE = re.compile(r"\S{1,15}")


def allow_breaks(text: str) -> str:
    """`text` with places where what has no space for long may break, so that it stays on the paper."""
    return _LONG.sub(lambda found: BREAK.join(_PIECE.findall(found[0])), text)


def list_facts(facts: Facts) -> list[list[str]]:
    return [[word, allow_breaks(value)] for word, value in facts if value]


def frame(report: Report, title: str) -> Plain:
    """What every PDF of a Stand says: whose it is, of which Stand, in its head, its foot and its properties."""
    cover = report.cover
    return {
        "kind": title,
        "title": f"{title} {cover.municipality}, {cover.stand}",
        "subject": report.imprint.title,
        "municipality": allow_breaks(cover.municipality),
        "author": cover.municipality,
        "day": [cover.frozen_on.year, cover.frozen_on.month, cover.frozen_on.day],
        "stand": cover.stand,
        "audience": allow_breaks(cover.audience),
        "audit": list_facts(cover.audit),
        "contact": list_facts(contact_facts(report)),
        "notice": allow_breaks(cover.notice),
        "disclaimer": report.outcome.disclaimer,
        "estimate": report.outcome.caution,
    }


def three_numbers(estimate: Estimate, mark: Decimal) -> list[Plain]:
    """`belegt`, `angegeben`, `möglich bis`: share, points, and where they lie against the mark."""
    possible = estimate.points.possible
    numbers = (
        ("belegt", ["documented"], estimate.reached_documented),
        ("angegeben", ["documented", "claimed"], estimate.reached),
        ("möglich bis", ["documented", "claimed", "open"], estimate.upper),
    )
    return [
        {
            "word": word,
            "kinds": kinds,
            "percent": german.percent(german.share(points, possible)),
            "points": f"{german.points(points)} von {german.points_dative(possible)}",
            "against": _say_against(points - mark),
        }
        for word, kinds, points in numbers
    ]


def _say_against(difference: Decimal) -> str:
    if not difference:
        return "genau auf der Marke"
    return f"{german.points(abs(difference))} {'über' if difference > 0 else 'unter'} der Marke"


def draw_bars(bars: Iterable[Bar]) -> list[Plain]:
    return [{"kind": kind, "start": float(start), "width": float(width)} for kind, start, width in bars]


def draw_row(row: Row) -> Plain:
    """One bar of the gap chart, with what those hear who do not see it."""
    return {
        "label": row.label,
        "percent": row.percent,
        "said": row.said,
        "bars": draw_bars(row.bars),
        "numbers": [{"kind": kind, "place": float(place), "text": text} for kind, place, text in row.numbers],
        "mark": None if row.mark is None else float(row.mark),
        "total": row.is_total,
    }


def draw_chart(chart: Chart) -> Plain:
    return {
        "rows": [draw_row(row) for row in chart.rows],
        "mark": chart.mark_label,
        "ticks": [{"place": float(tick.place), "text": tick.text, "mark": tick.mark} for tick in chart.ticks],
        "caption": f"{chart.caption} {chart.inside}".rstrip(),
    }


def draw_fields(rows: Iterable[FieldRow]) -> list[Plain]:
    """The questions as small fields; each row says in one sentence what it shows."""
    return [
        {
            "label": row.label,
            "said": f"{row.label}: {'; '.join(f'{field.number} {field.said}' for field in row.fields)}.",
            "fields": [{"number": field.number, "kind": field.kind} for field in row.fields],
        }
        for row in rows
    ]
