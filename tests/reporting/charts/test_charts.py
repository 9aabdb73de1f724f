"""The gap chart: shares that fill the bar, points that add up, and a figure that plotly can draw."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from plotly import graph_objects

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.rules.answers import Extras, Project
from selfcheck.core.rules.estimate import Estimate, estimate
from selfcheck.reporting.charts import charts, figures
from selfcheck.reporting.charts.charts import Unit
from selfcheck.reporting.words.german import points
from tests.core.builders import LISTED, PROFILE, RENEWAL_ONLY, UNCLEAR, Kind, given, question, questionnaire, yes_no
from tests.reporting.builders import DAY, estimate_town, examples
from tests.towns import questionnaire as published

TOWNS = [(found.title, estimate_town(found)) for found in examples()]


@pytest.mark.parametrize(("title", "found"), TOWNS)
def test_every_bar_is_filled_to_the_end(title: str, found: Estimate) -> None:
    for row in charts.gap_chart(published(), found).rows:
        assert sum(segment.width for segment in row.segments) == 100, (title, row.key)
        assert all(segment.width >= 0 for segment in row.segments), (title, row.key)


@pytest.mark.parametrize(("title", "found"), TOWNS)
def test_the_columns_of_the_table_add_up_to_its_last_row(title: str, found: Estimate) -> None:
    *rows, total = charts.table_rows(published(), found)
    for column in ("documented", "claimed", "open", "possible"):
        assert sum(getattr(row, column) or 0 for row in rows) == getattr(total, column), (title, column)
    assert total.documented + total.claimed == found.reached


@pytest.mark.parametrize(("title", "found"), TOWNS)
def test_in_points_all_bars_have_one_scale(title: str, found: Estimate) -> None:
    total, *criteria = charts.gap_chart(published(), found, Unit.POINTS).rows
    assert sum(segment.width for segment in total.segments) == 100
    for row in criteria:
        possible = sum(segment.points for segment in row.segments)
        width = sum(segment.width for segment in row.segments)
        assert width == pytest.approx(possible * 100 / found.points.possible, abs=Decimal("0.02")), (title, row.key)
        assert row.mark is None
        assert row.result == f"{points(found.criterion[row.key].points.claimed)} von {points(possible)}"


def test_in_points_a_bar_says_what_it_lacks() -> None:
    asked = questionnaire([yes_no("a", 6), yes_no("b", 3), yes_no("c", 1)], [yes_no("d", 20)])
    answers = {"a": given("ja"), "b": given("nein"), "d": given("ja")}
    found = estimate(asked, PROFILE, answers, Extras(), DAY)
    total, first, second = charts.gap_chart(asked, found, Unit.POINTS).rows
    assert first.behind == (Decimal("33.33"), "fehlen 4")
    assert (total.behind, second.behind) == (None, None)
    assert [row.behind for row in charts.gap_chart(asked, found).rows] == [None] * 3
    table = charts.table_rows(asked, found)
    assert [row.missing for row in table] == [4, 0, 4]


def _probe() -> Questionnaire:
    return questionnaire([yes_no("a", 6), yes_no("b", 4)], [yes_no("c", 5, applies_if=RENEWAL_ONLY)])


def _estimate(projects: int = 0) -> Estimate:
    extras = Extras(projects=tuple(Project(number, "Fest", False) for number in range(projects)))
    return estimate(_probe(), PROFILE, {"a": given("ja"), "b": UNCLEAR}, extras, DAY)


def test_bonus_covers_what_is_not_reached_and_never_leaves_the_bar() -> None:
    row = charts.total_row(_probe(), _estimate(projects=6))
    assert [(segment.kind, segment.width, segment.points) for segment in row.segments] == [
        ("documented", Decimal(60), Decimal(6)),
        ("claimed", Decimal(40), Decimal(6)),
        ("open", Decimal(0), Decimal(4)),
        ("lost", Decimal(0), Decimal(0)),
    ]
    assert (row.title, row.percent) == ("Gesamt mit Sonderpunkten", "100\N{NO-BREAK SPACE}%")


def test_a_criterion_without_points_has_an_empty_bar_and_no_share() -> None:
    row = charts.gap_chart(_probe(), _estimate()).rows[2]
    assert row.percent == "–"
    assert row.mark is None
    assert not any(segment.width for segment in row.segments)


def test_the_caption_names_the_criterion_furthest_below_the_mark() -> None:
    weak = questionnaire([yes_no("a", 6)], [yes_no("b", 4)], [yes_no("c", 5)])
    answers = {"a": given("ja", LISTED), "b": given("nein"), "c": given("nein")}
    caption = charts.gap_chart(weak, estimate(weak, PROFILE, answers, Extras(), DAY)).caption
    assert "Am weitesten unter 70\N{NO-BREAK SPACE}% liegt „Kriterium B“." in caption
    strong = {name: given("ja") for name in "abc"}
    caption = charts.gap_chart(weak, estimate(weak, PROFILE, strong, Extras(), DAY)).caption
    assert "Alle Kriterien liegen bei 70\N{NO-BREAK SPACE}% oder darüber." in caption


def test_the_figure_holds_the_same_numbers_and_folds_in_every_question_that_counts() -> None:
    found = _estimate(projects=1)
    drawn = json.loads(json.dumps(figures.figure(_probe(), found)))
    assert [trace["meta"] for trace in drawn["data"]] == ["documented", "claimed", "open", "lost"]
    assert [(row["key"], row["parent"]) for row in drawn["rows"]] == [
        ("total", ""),
        ("kriterium-a", ""),
        ("a", "kriterium-a"),
        ("b", "kriterium-a"),
        ("kriterium-b", ""),
    ]
    for trace in drawn["data"]:
        assert len(trace["x"]) == len(trace["customdata"]) == len(drawn["rows"])
    assert drawn["data"][0]["customdata"][1] == "belegt: 6 Punkte"
    assert sum(trace["x"][0] for trace in drawn["data"]) == pytest.approx(100)


def test_the_figure_sends_nothing_anywhere_and_writes_german_numbers() -> None:
    drawn = figures.figure(_probe(), _estimate())
    assert drawn["config"]["showSendToCloud"] is False
    assert drawn["config"]["displaylogo"] is False
    assert drawn["layout"]["separators"] == ",."
    assert "template" not in drawn["layout"]


def test_plotly_knows_every_property_of_the_figure() -> None:
    drawn = figures.figure(_probe(), _estimate())
    known = graph_objects.Figure(data=drawn["data"], layout=drawn["layout"]).to_plotly_json()
    assert known["data"] == drawn["data"]
    assert {name: known["layout"][name] for name in drawn["layout"]} == drawn["layout"]
    with pytest.raises(ValueError, match="Invalid property"):
        graph_objects.Figure(data=drawn["data"], layout=drawn["layout"] | {"farbe": "rot"})


def test_texts_from_the_questionnaire_cannot_become_markup_in_the_figure() -> None:
    asked = questionnaire([question("a", Kind.YES_NO, text="Ist <b>a</b> & c?", options=yes_no("a", 2).options)])
    found = estimate(asked, PROFILE, {}, Extras(), DAY)
    row = next(row for row in figures.figure(asked, found)["rows"] if row["key"] == "a")
    assert row["notes"][0]["text"] == "A1 Ist &lt;b&gt;a&lt;/b&gt; &amp; c?"
