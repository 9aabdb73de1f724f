"""Verlauf: three lines over the Stände, by time, with the interview at the right edge."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from selfcheck.core.rules.answers import Extras
from selfcheck.core.rules.estimate import Estimate, estimate
from selfcheck.reporting.charts.trend import Moment, build_trend
from tests.core.builders import LISTED, PROFILE, given, questionnaire, yes_no

TODAY, INTERVIEW = date(2027, 2, 8), date(2027, 6, 15)
ASKED = questionnaire([yes_no("a", 6, evidence=("Beschluss",)), yes_no("b", 4)])


def _estimate(*answered: str, proven: bool = False) -> Estimate:
    answers = {name: given("ja", *([LISTED] if proven else [])) for name in answered}
    return estimate(ASKED, PROFILE, answers, Extras(), INTERVIEW)


def _moments(*days: date) -> list[Moment]:
    return [
        *(Moment(f"Stand {place}", day, _estimate("b")) for place, day in enumerate(days)),
        Moment("jetzt", TODAY, _estimate("a", "b")),
    ]


def test_the_lines_are_the_three_numbers_and_the_table_says_them_too() -> None:
    trend = build_trend(ASKED, _moments(date(2026, 11, 12)), INTERVIEW)
    documented, claimed, upper = trend.lines
    assert [point.share for point in documented.points] == [40, 40]
    assert [point.share for point in claimed.points] == [40, 100]
    assert [point.share for point in upper.points] == [100, 100]
    assert [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in trend.cells[0]] == [
        "Stand 0",
        "12.11.2026",
        "40,0 %",
        "40,0 %",
        "100 %",
    ]
    assert "angegeben von 40,0\N{NO-BREAK SPACE}% auf 100\N{NO-BREAK SPACE}%" in trend.description


def test_the_interview_stands_at_the_right_edge_and_today_by_its_day() -> None:
    trend = build_trend(ASKED, _moments(date(2026, 11, 12)), INTERVIEW)
    assert trend.edge == "Prüfgespräch 15.06.2027"
    assert trend.today is not None
    assert 35 < trend.today < 45
    without = build_trend(ASKED, _moments(date(2026, 11, 12)), None)
    assert (without.edge, without.today) == ("heute", None)
    assert without.lines[0].points[-1].place == 98
    over = build_trend(ASKED, _moments(date(2026, 11, 12)), date(2027, 1, 1))
    assert over.edge == "heute"


def test_what_did_not_change_is_said_to_be_so() -> None:
    same = [Moment("Stand 1", TODAY, _estimate("b")), Moment("jetzt", TODAY, _estimate("b"))]
    said = build_trend(ASKED, same, INTERVIEW).description.replace("\N{NO-BREAK SPACE}", " ")
    assert said == "Heute: angegeben unverändert 40,0 %; belegt unverändert 40,0 %."


def test_a_day_has_one_point_and_the_table_has_all_of_its_stands() -> None:
    trend = build_trend(ASKED, _moments(TODAY, TODAY, TODAY), INTERVIEW)
    assert [[point.share for point in line.points] for line in trend.lines] == [[40], [100], [100]]
    assert trend.lines[0].points[0].place == trend.today
    assert trend.first == "08.02.2027"
    assert [cell[0] for cell in trend.cells] == ["Stand 0", "Stand 1", "Stand 2", "jetzt"]


def test_days_do_not_lie_on_top_of_each_other() -> None:
    for interview in (INTERVIEW, None):
        trend = build_trend(ASKED, _moments(*[TODAY - timedelta(days=back) for back in range(8, 0, -1)]), interview)
        assert len(trend.lines[0].points) == 9
        places = [point.place for point in trend.lines[0].points]
        assert places[-1] <= 98
        assert all(after - before >= 6 for before, after in itertools.pairwise(places))
