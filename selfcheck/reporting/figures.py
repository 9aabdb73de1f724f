"""The gap chart as a plotly figure that answers to mouse and keyboard; colours are the page's business."""

from __future__ import annotations

import html
import json
import textwrap
from collections.abc import Iterable
from itertools import chain

from selfcheck.core.estimate import Estimate
from selfcheck.core.questionnaire import Questionnaire
from selfcheck.reporting import charts, german
from selfcheck.reporting.charts import SEGMENTS, Row, Segment, bar_row

HOVER_WIDTH = 46
CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "locale": "de",
}


def figure(questionnaire: Questionnaire, estimate: Estimate) -> dict[str, object]:
    """The chart as a plotly figure with what a page's script needs to draw it in its own colours.

    `rows` belong to the points of every trace in order; those with a `parent` are single questions, to be folded in.
    """
    # Not at the top: only this page needs plotly, and it costs a tenth of a second and 15 MB at start-up.
    from plotly import graph_objects

    chart = charts.gap_chart(questionnaire, estimate)
    rows = (
        chart.rows[0],
        *chain.from_iterable(_with_questions(row, questionnaire, estimate) for row in chart.rows[1:]),
    )
    names = [_wrap(row.label) for row in rows]
    drawn = graph_objects.Figure(
        data=[
            graph_objects.Bar(
                orientation="h",
                name=label,
                meta=kind,
                x=[float(row.segments[place].width) for row in rows],
                y=names,
                text=[german.points(row.segments[place].points) for row in rows],
                customdata=[_hover(row.segments[place]) for row in rows],
                textposition="none",
                hovertemplate="%{customdata}<extra></extra>",
            )
            for place, (kind, label) in enumerate(SEGMENTS)
        ],
        layout=_layout(),
    )
    plain: dict[str, object] = json.loads(drawn.to_json(validate=False))
    return {
        "data": plain["data"],
        "layout": plain["layout"],
        "config": CONFIG,
        "mark": chart.mark_label,
        "rows": [_script_row(row, name) for row, name in zip(rows, names, strict=True)],
    }


def _layout() -> dict[str, object]:
    hidden = {"showgrid": False, "zeroline": False, "showticklabels": False, "fixedrange": True}
    return {
        "template": {},
        "barmode": "stack",
        "showlegend": False,
        "separators": ",.",
        "hovermode": "y unified",
        "dragmode": False,
        "margin": {"l": 1, "r": 1, "t": 40, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": {"range": [0, 100], **hidden},
        "yaxis": {"autorange": "reversed", "type": "category", **hidden},
    }


def _with_questions(row: Row, questionnaire: Questionnaire, estimate: Estimate) -> Iterable[Row]:
    yield row
    for line in next(criterion.lines for criterion in estimate.criteria if criterion.id == row.key):
        question = questionnaire.question[line.question]
        if line.points.possible:
            yield bar_row(question.id, question.number, question.text, line.points, None, row.key)


def _script_row(row: Row, name: str) -> dict[str, object]:
    return {
        "key": row.key,
        "name": name,
        "label": html.escape(row.label, quote=False),
        "percent": row.percent,
        "parent": row.parent,
        "mark": None if row.mark is None else float(row.mark),
        "said": row.said,
    }


def _wrap(text: str) -> str:
    """For Plotly, which reads its labels as a small HTML."""
    return "<br>".join(html.escape(line, quote=False) for line in textwrap.wrap(text, HOVER_WIDTH))


def _hover(segment: Segment) -> str:
    return f"{segment.label}: {german.points_count(segment.points)}"
