"""The gap chart as a plotly figure that answers to mouse and keyboard; colours are the page's business."""

from __future__ import annotations

import html
import json
import subprocess
import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.rules.estimate import Estimate
from selfcheck.reporting.charts import charts
from selfcheck.reporting.charts.charts import SEGMENTS, Chart, Row, Unit, question_row
from selfcheck.reporting.words import german

CONFIG = {"displayModeBar": False, "displaylogo": False, "showSendToCloud": False, "responsive": True, "locale": "de"}
PLOTLY = str(files("selfcheck.reporting.charts") / "plotly_figure.py")
LONGEST = 60
"""Seconds; it takes half of one."""


class NotDrawn(Exception):
    """Plotly's process broke off; the page has its own bars and table."""


def figure(questionnaire: Questionnaire, estimate: Estimate, unit: Unit = Unit.PERCENT) -> dict[str, object]:
    """The chart as a plotly figure with what a page's script needs to draw it in its own colours.

    `rows` belong to the points of every trace in order; those with a `parent` are single questions, to be folded in.
    Where each stands is for the script to say: it knows which are folded in. Raises `NotDrawn`.
    """
    chart = charts.gap_chart(questionnaire, estimate, unit)
    total, *criteria = chart.rows
    whole = estimate.points.possible if unit is Unit.POINTS else None
    rows = [total]
    for row, criterion in zip(criteria, estimate.criteria, strict=True):
        lines = (line for line in criterion.lines if line.points.possible)
        rows += [row, *(question_row(questionnaire.question[line.question], line.points, whole) for line in lines)]
    empty = draw_empty()
    return {
        "data": [
            {
                **trace,
                "x": [float(segment.width) for segment in segments],
                "customdata": [f"{segment.label}: {german.points_count(segment.points)}" for segment in segments],
            }
            for trace, segments in zip(empty["data"], zip(*(row.segments for row in rows), strict=True), strict=True)
        ],
        "layout": empty["layout"],
        "config": CONFIG,
        "rows": [
            {
                "key": row.key,
                "parent": row.parent,
                "mark": None if row.mark is None else float(row.mark),
                "said": row.said,
                "notes": list(_notes(row, chart)),
            }
            for row in rows
        ],
    }


@lru_cache(maxsize=1)
def draw_empty() -> dict[str, Any]:
    """The figure without anybody's numbers, checked and put together by plotly: in a process of its own, once. Raises
    `NotDrawn`; it is tried again the next time."""
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": label,
            "meta": kind,
            "cliponaxis": False,
            "hoverinfo": "skip",
        }
        for kind, label in SEGMENTS
    ]
    try:
        done = subprocess.run(
            [sys.executable, "-I", PLOTLY],
            input=json.dumps({"data": traces, "layout": _layout()}),
            stdout=subprocess.PIPE,
            text=True,
            timeout=LONGEST,
            check=True,
        )
        drawn: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise NotDrawn(type(error).__name__) from error
    return drawn


def _layout() -> dict[str, object]:
    hidden = {"showgrid": False, "zeroline": False, "showticklabels": False, "fixedrange": True}
    return {
        "barmode": "stack",
        "showlegend": False,
        "separators": ",.",
        "hovermode": False,
        "dragmode": False,
        "margin": {"l": 1, "r": 1, "t": 22, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": {"range": [-0.1, 100.1], **hidden},
        "yaxis": {"showspikes": False, **hidden},
    }


def _notes(row: Row, chart: Chart) -> Iterable[dict[str, object]]:
    """The texts around and in a bar, as plotly places annotations; the script adds colours and the bar's place.

    `inside`: it stands in the bar, which has no room for it on a small screen.
    """
    label = html.escape(row.label, quote=False)
    yield {"text": label, "x": 0, "yshift": 25, "xanchor": "left", "size": 16, "weight": 400 if row.parent else 600}
    yield {"text": row.result, "x": 100, "yshift": 25, "xanchor": "right", "size": 16, "weight": 400}
    if row.is_total and row.mark is not None:
        yield {"text": chart.mark_label, "x": float(row.mark), "yshift": 44, "size": 16, "weight": 600}
        for tick in chart.ticks:
            anchor = {0: "left", 100: "right"}.get(int(tick.place), "center")
            weight = 600 if tick.mark else 400
            yield {
                "text": tick.text,
                "x": float(tick.place),
                "yshift": -27,
                "xanchor": anchor,
                "size": 14,
                "weight": weight,
            }
    if row.behind is not None:
        end, words = row.behind
        yield {"text": words, "x": float(end), "xshift": 6, "xanchor": "left", "size": 14, "weight": 400}
    for kind, middle, text in row.numbers:
        solid = kind == "documented"
        yield {
            "text": text,
            "x": float(middle),
            "size": 14,
            "weight": 600,
            "inside": True,
            "solid": solid,
            "borderpad": 1,
        }
