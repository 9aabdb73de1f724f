"""The result of a self-check as its owner sees it, and what-if."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.answers import Answer, State
from selfcheck.core.rules.route import latest_start
from selfcheck.core.rules.scoring import score
from selfcheck.reporting.charts import figures
from selfcheck.web.http import clock
from tests import towns
from tests.web.document import text_of
from tests.web.page import Page, Visitor, begin, fill

NOW = datetime(2027, 2, 8, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _day_of_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def check(page: Visitor) -> str:
    """The self-check of the sample town, without its projects."""
    check_id = begin(page, interview="2027-06-15")
    fill(page, check_id, towns.sample().answers)
    return check_id


def _result(page: Visitor, check_id: str) -> Page:
    return page.open(f"/selbstcheck/{check_id}/ergebnis")


def _section(found: Page, heading: str) -> str:
    return next(
        text_of(section) for section in found.all(".//section") if heading in [text_of(h) for h in section.iter("h2")]
    )


def test_the_headings_are_the_fixed_ones(page: Visitor, check: str) -> None:
    found = _result(page, check)
    assert found.h1 == "Ergebnis"
    headings = [text_of(heading) for heading in found.all(".//main//h2")]
    assert headings == [
        "Gesamtergebnis",
        "Punkte je Kriterium",
        "Was entscheidet",
        "Fehlende Belege",
        "Vor dem Prüfgespräch prüfen",
        "Der Weg zur Marke",
        "Was wäre, wenn",
    ]


def test_the_total_stands_per_cent_first_with_what_it_is_not(page: Visitor, check: str) -> None:
    total = _section(_result(page, check), "Gesamtergebnis")
    assert "Noch offen" in total
    assert "angegeben 64,0 % 75,5 von 118 Punkten 7,1 unter der Marke" in total
    assert "Marke: 82,6 von 118 Punkten." in total
    assert "Schätzung, keine Zusage, nach eigener Gewichtung, nicht nach dem Prüfbogen der IHK." in total


def test_the_sentence_of_the_chart_stands_outside_of_its_picture(page: Visitor, check: str) -> None:
    section = _result(page, check).one(".//section[@aria-labelledby='kriterien']")
    sentence = text_of(section.find(".//desc"))
    assert sentence in [text_of(each) for each in section.findall("./p")]


def test_chart_table_and_figure_tell_the_same_numbers(page: Visitor, check: str) -> None:
    found = _result(page, check)
    figure = json.loads("".join(found.one(".//script[@id='chart-data']").itertext()))
    table = found.one(".//section[@aria-labelledby='kriterien']//table")
    rows = [[text_of(cell) for cell in row] for row in table.findall("./tbody/tr")]
    total = [text_of(cell) for cell in table.findall("./tfoot/tr/*")]
    assert total == ["Gesamt", "53", "22,5", "24", "18,5", "42,5", "118", "64,0 %"]
    for row in rows:
        place = next(place for place, drawn in enumerate(figure["rows"]) if row[0] in drawn["said"])
        hovers = [trace["customdata"][place] for trace in figure["data"]]
        assert [hover.split(": ")[1].split(" ")[0] for hover in hovers] == row[1:5]
        assert figure["rows"][place]["notes"][1]["text"].replace("\N{NO-BREAK SPACE}", " ") == row[7]


def test_the_chart_is_shown_in_points_by_its_address(page: Visitor, check: str) -> None:
    found = _result(page, check)
    for unit, share in (("Punkte", "75,5 von 118"), ("Prozent", "64,0 %")):
        found = page.open(found.link(unit))
        section = found.one(".//section[@aria-labelledby='kriterien']")
        assert text_of(section.find(".//a[@aria-current]")) == unit
        drawn = text_of(section.find(".//svg[@role='img']"))
        assert share in drawn
        assert ("82,6" in drawn) is (unit == "Punkte")
        assert "118" in text_of(section.find(".//table"))


def test_the_bars_of_single_questions_need_no_script(page: Visitor, check: str) -> None:
    section = _result(page, check).one(".//section[@aria-labelledby='kriterien']")
    rows = section.findall("./details//li")
    assert len(rows) == 37
    assert all(row.find("svg") is not None for row in rows)
    assert text_of(rows[1]).endswith("Punkten")


def test_numbers_of_the_table_lead_to_their_answers(page: Visitor, check: str) -> None:
    found = _result(page, check)
    table = found.one(".//section[@aria-labelledby='kriterien']//table")
    row = next(row for row in table.findall("./tbody/tr") if text_of(row[0]) == "Zuzug leicht gemacht")
    criterion, claimed, left = (link.get("href", "") for link in row.iter("a"))
    assert page.open(criterion).h1 == "Zuzug leicht gemacht"
    assert "Wie viele Veranstaltungen" in page.open(left).main
    assert "Willkommenspaket" in page.open(claimed).main


def test_what_decides_comes_by_weight_and_leads_to_the_question(page: Visitor, check: str) -> None:
    found = _result(page, check)
    section = found.one(".//section[@aria-labelledby='entscheidet']")
    first = section.findall(".//tbody/tr")[0]
    assert text_of(first).startswith("B5 ")
    assert "noch unklar" in text_of(first)
    address = next(first.iter("a")).get("href", "")
    assert address.endswith("/fragen/zuzug-leicht-gemacht#frage-veranstaltungen")
    assert "frage-veranstaltungen" in page.open(address).ids


def test_missing_documents_name_what_would_do_and_fold_the_small_ones(page: Visitor, check: str) -> None:
    section = _result(page, check).one(".//section[@aria-labelledby='belege']")
    assert len(section.findall("./div//tbody/tr")) == 5
    assert len(section.findall("./details//tbody/tr")) == 4
    assert "Liste der Schulen, Schuljahr 2025/26" in text_of(section)


def test_the_route_says_gain_and_cost_and_the_last_day_to_begin(page: Visitor, check: str) -> None:
    section = _result(page, check).one(".//section[@aria-labelledby='weg']")
    assert "vorläufig" not in text_of(section)
    measure = section.findall(".//ol/li")[0]
    assert measure.find("svg") is not None
    ends = [text_of(each) for each in section.findall(".//*[@class='measure bridge__end']")]
    assert ends[0] == "75,5 Punkte Heute angegeben"
    assert ends[-1].endswith("Mit allen Maßnahmen")
    for word in ("Punkte", "Aufwand", "dauert", "braucht", "spätestens beginnen"):
        assert word in text_of(measure)


def test_a_measure_is_tried_out_and_made_a_goal_only_once(page: Visitor, check: str) -> None:
    found = _result(page, check)
    title = text_of(found.all(".//section[@aria-labelledby='weg']//li//h3")[0])
    tried = page.open(found.link(f"Ausprobieren: {title}"))
    assert "So stünde es dann" in tried.main
    button = f"Als Ziel übernehmen: {title}"
    for from_page in (tried, found):
        goals = page.press(from_page, button)
        assert "Als Ziel übernommen" in goals.main
        assert len(goals.all(".//details[@class='card entry']")) == 1
    assert goals.value("goal.1.measure") == title.partition(": ")[2]
    assert goals.value("goal.1.start")
    again = _result(page, check)
    assert "goal.1" in again.link(f"Steht bei den Zielen: {title}")
    assert button not in again.main


def test_the_whole_way_is_tried_out_at_once(page: Visitor, check: str) -> None:
    found = _result(page, check)
    section = found.one(".//section[@aria-labelledby='weg']")
    after = text_of(section.findall(".//*[@class='measure bridge__end']")[-1]).partition(" ")[0]
    tried = page.open(found.link("Alle Maßnahmen zusammen ausprobieren"))
    assert f"{after} von 118 Punkten" in text_of(tried.one(".//aside"))


def test_with_much_open_the_route_is_folded_and_provisional(page: Visitor) -> None:
    check_id = begin(page)
    few = {QuestionId("anlaufstelle"): Answer(State.GIVEN, "nein"), QuestionId("beschluss"): Answer(State.UNCLEAR)}
    fill(page, check_id, few)
    section = _result(page, check_id).one(".//section[@aria-labelledby='weg']")
    assert text_of(section).startswith("Der Weg zur Marke vorläufig")
    assert section.findall("./details")
    assert not section.findall("./div/ol")


def test_an_empty_self_check_says_what_to_do(page: Visitor) -> None:
    found = _result(page, begin(page))
    assert "Noch keine Angaben" in _section(found, "Gesamtergebnis")
    assert "Beantworten Sie zuerst die Fragen" in _section(found, "Fehlende Belege")
    assert "Beantworten Sie zuerst einige Fragen" in _section(found, "Der Weg zur Marke")


def test_when_all_is_documented_nothing_is_missing(page: Visitor) -> None:
    check_id = begin(page, audit="renewal", place="oberzentrum", interview="2027-06-15")
    fill(page, check_id, towns.town("Vollkommen an der Probe: alle Punkte, die es gibt").answers)
    found = _result(page, check_id)
    assert "Erreicht und belegt" in _section(found, "Gesamtergebnis")
    assert "Keine Frage ist mehr offen oder unklar" in _section(found, "Was entscheidet")
    assert "ist belegt" in _section(found, "Fehlende Belege")
    assert "Weitere Maßnahmen sind dafür nicht nötig" in _section(found, "Der Weg zur Marke")


def test_nobody_else_sees_the_result(visitor, check: str) -> None:
    visitor().open(f"/selbstcheck/{check}/ergebnis", status=404)
    visitor().open(f"/selbstcheck/{check}/ergebnis/was-waere-wenn", status=404)


def _what_if(page: Visitor, check_id: str, query: str = "") -> Page:
    return page.open(f"/selbstcheck/{check_id}/ergebnis/was-waere-wenn{query}")


def test_what_if_counts_another_answer_and_stores_nothing(page: Visitor, check: str) -> None:
    chosen = page.press(_what_if(page, check), "Frage hinzufügen", {"neu": "leitbild"})
    assert "Heute: offen" in chosen.main
    assert "So steht es heute" in chosen.main
    then = page.press(chosen, "Neu berechnen", {"wert.leitbild": "ja"})
    rows = [[text_of(cell) for cell in row] for row in then.all(".//section//tbody/tr")]
    assert rows[1] == ["angegeben", "64,0 % (75,5 Punkte)", "66,5 % (78,5 Punkte)", "+3 Punkte"]
    assert rows[2][3] == "unverändert"
    assert "75,5 von 118 Punkten" in _section(_result(page, check), "Gesamtergebnis")


def test_a_measure_begins_on_the_same_day_on_result_and_checklist(page: Visitor, check: str) -> None:
    """Its months are those of the calendar, before the day six weeks before the interview."""
    said = _section(_result(page, check), "Der Weg zur Marke").replace("\N{NO-BREAK SPACE}", " ")
    listed = page.open(f"/selbstcheck/{check}/checkliste")
    steps = [row for row in listed.all(".//li[@data-part]") if row.get("data-part", "").startswith("measure:")]
    assert steps
    for step in steps:
        _, question, name = step.get("data-part", "").split(":")
        asked = towns.questionnaire().question[QuestionId(question)]
        measure = next(each for each in asked.measures if each.id == name)
        start = latest_start(measure, date(2027, 6, 15))
        day = max(start, NOW.date() + timedelta(days=7)) if start else None
        assert f"{day:%d.%m.%Y}" in text_of(step)
        assert f"{day:%d.%m.%Y}" in said


def test_what_if_proves_nothing_that_is_only_tried_out(page: Visitor, check: str) -> None:
    """What is documented today stays so; a document for „Nein“ or for less proves no „Ja“."""
    sample = towns.sample().answers
    asked = [each for each in towns.questionnaire().questions if each.needs_evidence and each.id in sample]
    tried = next(
        (question, measure)
        for question in asked
        for measure in question.measures
        if isinstance(sample[question.id].value, str)
        and isinstance(measure.leads_to, str)
        and any(piece.available for piece in sample[question.id].evidence)
        and score(question, measure.leads_to) > score(question, sample[question.id].value)
    )
    query = f"?frage={tried[0].id}&wert.{tried[0].id}={tried[1].leads_to}"
    then = _what_if(page, check, query)
    rows = {text_of(row[0]): text_of(row[3]) for row in then.all(".//section//tbody/tr")}
    assert rows["belegt"] == "unverändert"
    assert rows["angegeben"].startswith("+")
    assert "Ihre Belege zählen dabei nur für das, was sie heute schon belegen" in then.main


def test_what_if_takes_several_questions_and_lets_one_go_again(page: Visitor, check: str) -> None:
    query = "?frage=leitbild&wert.leitbild=ja&frage=quote-u3&wert.quote-u3=99,5+%25"
    both = _what_if(page, check, query)
    assert both.value("wert.quote-u3") == "99,5"
    one = page.open(both.link("Frage A3 wieder herausnehmen"))
    assert "quote-u3" in one.source
    assert "wert.leitbild" not in one.source


def test_what_if_begins_with_a_question_and_says_what_each_answer_is_worth(page: Visitor, check: str) -> None:
    card = page.open(f"/selbstcheck/{check}/fragen/strategische-zielsetzung?offen=alle")
    chosen = page.open(card.link("Andere Antwort ausprobieren, Frage A1"))
    options = [text_of(label) for label in chosen.all(".//fieldset//label")]
    assert options
    assert all("Punkt" in option for option in options)
    assert "Heute angegeben" in text_of(chosen.one(".//aside"))
    number = _what_if(page, check, "?frage=quote-u3")
    assert "Punkte" in text_of(number.one(".//*[@id='wert.quote-u3-hinweis']"))


def test_what_if_shows_the_result_beside_the_trial(page: Visitor, check: str) -> None:
    then = _what_if(page, check, "?frage=leitbild&wert.leitbild=ja")
    beside = text_of(then.one(".//aside"))
    assert beside.startswith("Damit angegeben 66,5 % +3 Punkte 78,5 von 118 Punkten")
    assert text_of(then.one(".//*[@data-trial='punkte-leitbild']")) == "3 von 3 Punkten"


def test_what_if_passes_over_nonsense_in_the_address_and_says_so(page: Visitor, check: str) -> None:
    for query in (
        "?frage=gibt-es-nicht",
        "?neu=%F0%9F%92%A3",
        "?frage=leitbild&wert.leitbild=vielleicht",
        "?frage=quote-u3&wert.quote-u3=viele",
        "?frage=quote-u3&wert.quote-u3=1e999999",
        "?frage=zusammenarbeit&wert.zusammenarbeit=x",
    ):
        found = _what_if(page, check, query)
        assert "heute" in found.main or "nicht berücksichtigt" in found.main


def test_what_if_says_what_is_wrong_with_a_number(page: Visitor, check: str) -> None:
    found = _what_if(page, check, "?frage=quote-u3&wert.quote-u3=viele")
    assert "Gerechnet wird weiter mit der heutigen Antwort." in found.main
    assert found.value("wert.quote-u3") == "viele"


def test_a_chart_that_cannot_be_drawn_leaves_the_page_with_its_bars(
    page: Visitor, check: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(figures, "PLOTLY", "no such program")
    figures.draw_empty.cache_clear()
    shown = page.open(f"/selbstcheck/{check}/ergebnis")
    assert "Punkte je Kriterium" in shown.main
    assert not shown.all(".//script[@id='chart-data']")
    assert "could not be drawn" in caplog.text
    monkeypatch.undo()
    assert page.open(shown.address).all(".//script[@id='chart-data']"), "it is tried again"
