"""Goals, last time's goals and projects: simple lists, saved entry by entry."""

from __future__ import annotations

import re

import pytest
from werkzeug.test import TestResponse

from selfcheck.core.questionnaire.model import Kind, Question, QuestionId
from selfcheck.web.goals.models import propose_model, read_models
from tests import towns
from tests.web.document import text_of
from tests.web.page import Fields, Page, Visitor, begin, change, fill

MINE, THEIRS = "Meine Angabe übernehmen", "Andere Angabe behalten"


@pytest.fixture
def renewal(page: Visitor) -> str:
    return begin(page, audit="renewal")


def _open(page: Visitor, check_id: str) -> Page:
    return page.open(f"/selbstcheck/{check_id}/ziele")


def _new(found: Page, part: str, fields: Fields) -> Fields:
    """Fields of the empty entry at the end of a list."""
    names = (str(each.get("name")) for each in found.controls)
    prefix = next(name for name in names if name.startswith(f"{part}.n")).rpartition(".")[0]
    return {f"{prefix}.{name}": said for name, said in fields.items()}


def _add(page: Visitor, check_id: str, part: str, status: int = 200, **fields: str) -> Page:
    opened = _open(page, check_id)
    return page.press(opened, "Speichern", _new(opened, part, fields), status)


def _entry(found: Page, name: str) -> str:
    return text_of(found.one(f".//details[@id='{name}']"))


GOAL = {
    "title": "Internetseiten auf Englisch",
    "criterion": "",
    "start": "Nur Deutsch\r\nund Plattdeutsch",
    "measure": "Übersetzen",
    "metric": "Zahl der Seiten",
    "metric_now": "0",
    "metric_target": "20",
    "due": "31.12.2028",
    "person": "Eva Muster",
}


def test_a_renewal_begins_with_the_goals_of_last_time(page: Visitor, renewal: str) -> None:
    found = _open(page, renewal)
    heads = [text_of(each) for each in found.all(".//h2[@id]")]
    assert heads.index("Ziele der letzten Auditierung") < heads.index("Entwicklungsziele")
    assert "Zwischenstand" not in found.main, "there was no award yet"


def test_a_goal_comes_back_with_all_it_says(page: Visitor, check: str) -> None:
    criterion = next(
        option.get("value", "")
        for option in _open(page, check).one(".//select").iter("option")
        if text_of(option).startswith("D ")
    )
    found = _add(page, check, "goal", **GOAL | {"criterion": criterion})
    assert "Ihre Einträge sind gespeichert" in found.main
    shown = {name: found.value(f"goal.1.{name}") for name in GOAL}
    assert shown == GOAL | {"criterion": criterion, "start": "Nur Deutsch\nund Plattdeutsch", "due": "31.12.2028"}
    step = page.open(f"/selbstcheck/{check}/checkliste").one(".//li[@data-part='goal:1']")
    assert "task--done" in step.get("class", "")
    said = page.open(f"/selbstcheck/{check}/verlauf").main
    assert "Internetseiten auf Englisch" in said
    assert "31.12.2028" in said
    assert criterion not in said


def test_saving_without_a_change_writes_nothing(page: Visitor, check: str) -> None:
    _add(page, check, "goal", title="Ziel", start="a\r\nb")
    page.press(_open(page, check), "Speichern")
    headings = [text_of(each) for each in page.open(f"/selbstcheck/{check}/verlauf").all(".//ol//h3")]
    assert sum("Entwicklungsziel" in heading for heading in headings) == 1


def test_projects_count_in_the_result(page: Visitor, check: str) -> None:
    before = page.open(f"/selbstcheck/{check}/ergebnis").main
    assert "Sonderpunkt" not in before.partition("Punkte je Kriterium")[0]
    _add(page, check, "project", title="Jobmesse", description="jährlich")
    _add(page, check, "project", title="Lotsen", documented="y")
    after = page.open(f"/selbstcheck/{check}/ergebnis").main
    assert "2 Sonderpunkte" in after
    steps = page.open(f"/selbstcheck/{check}/checkliste").main
    assert "Projekt belegen: „Jobmesse“" in steps
    done = page.open(f"/selbstcheck/{check}/checkliste").one(".//li[@data-part='evidence:project:2']")
    assert "task--done" in done.get("class", "")


def test_last_times_goals_stand_only_in_a_renewal(page: Visitor, check: str) -> None:
    assert "Ziele der letzten Auditierung" not in _open(page, check).main


def test_achieved_goals_count_in_a_renewal(page: Visitor, renewal: str) -> None:
    _add(page, renewal, "past_goal", title="Radwege")
    assert "1 Sonderpunkt" not in page.open(f"/selbstcheck/{renewal}/ergebnis").main
    page.press(_open(page, renewal), "Speichern", {"past_goal.1.achieved": "y"})
    assert "1 Sonderpunkt" in page.open(f"/selbstcheck/{renewal}/ergebnis").main
    assert "Erreichtes Ziel belegen: „Radwege“" in page.open(f"/selbstcheck/{renewal}/checkliste").main


def test_a_goal_of_last_time_is_no_missed_one_until_somebody_says_so(page: Visitor, renewal: str) -> None:
    _add(page, renewal, "past_goal", title="Radwege")
    found = _open(page, renewal)
    assert [text_of(each) for each in found.all(".//div[@id='druck-past_goal-1']//dd")] == ["noch keine Angabe"]
    assert "noch keine Angabe" in text_of(found.one(".//*[@id='zeile-past_goal-1']"))
    assert "nicht erreicht" not in page.open(f"/selbstcheck/{renewal}/verlauf").main
    report = page.open(f"/selbstcheck/{renewal}/teilen/vorschau").main
    assert "erreichtnoch keine Angabe" in report
    assert "Belegfehlt noch" not in report
    found = page.press(found, "Speichern", {"past_goal.1.outcome": "Der Radweg endet noch am Bahnhof."})
    assert "bisher nicht erreicht" in text_of(found.one(".//*[@id='zeile-past_goal-1']"))


def test_an_entry_is_removed_and_its_number_never_given_again(page: Visitor, check: str) -> None:
    found = _add(page, check, "project", title="Jobmesse")
    asked = page.press(found, "Projekt entfernen: Jobmesse", {"project.1.effect": "viele Gäste"})
    assert asked.h1 == "Diesen Eintrag entfernen?"
    assert "viele Gäste" in asked.main
    assert _open(page, check).value("project.1.title") == "Jobmesse"
    found = page.press(asked, "Eintrag entfernen")
    assert "Im Verlauf können Sie den Eintrag zurückholen." in found.main
    assert "Jobmesse" not in found.main
    _add(page, check, "project", title="Lotsen")
    assert _open(page, check).value("project.2.title") == "Lotsen"


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"measure": "Ohne Titel"}, "title", "Titel"),
        ({"title": "t" * 201}, "title", "200 Zeichen"),
        ({"title": "Ziel", "start": "s" * 2001}, "start", "2.000 Zeichen"),
        ({"title": "Ziel", "due": "31.02.2028"}, "due", "31.02.2028 gibt es nicht"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_the_rest_is_saved(
    page: Visitor, check: str, fields: dict[str, str], field: str, said: str
) -> None:
    opened = _open(page, check)
    entered = {**_new(opened, "goal", fields), **_new(opened, "project", {"title": "Jobmesse"})}
    found = page.press(opened, "Speichern", entered, 422)
    name = next(iter(_new(opened, "goal", {field: ""})))
    assert said in text_of(found.one(f".//*[@id='{name}-fehler']"))
    assert found.all(f".//a[@href='#{name}']")
    assert {name: found.value(name) for name in _new(opened, "goal", fields)} == _new(opened, "goal", fields)
    assert _open(page, check).value("project.1.title") == "Jobmesse"
    assert not _open(page, check).all(".//details[@id='goal.1']")


def test_a_criterion_that_is_none_is_left_open(page: Visitor, check: str) -> None:
    found = _add(page, check, "goal", title="Ziel", criterion="gibt-es-nicht")
    assert found.value("goal.1.criterion") == ""


def test_a_double_click_adds_one_entry(page: Visitor, check: str) -> None:
    opened = _open(page, check)
    for _ in range(2):
        found = page.press(opened, "Speichern", _new(opened, "project", {"title": "Jobmesse"}))
    assert len(found.all(".//details[@class='card entry']")) == 1


@pytest.mark.parametrize(("button", "kept"), [(MINE, "Jobmesse 2027"), (THEIRS, "Jobmese")])
def test_going_back_and_changing_a_new_entry_is_decided(page: Visitor, check: str, button: str, kept: str) -> None:
    opened = _open(page, check)
    page.press(opened, "Speichern", _new(opened, "project", {"title": "Jobmese"}))
    met = page.press(opened, "Speichern", _new(opened, "project", {"title": "Jobmesse 2027"}), 409)
    page.press(met, button)
    found = _open(page, check)
    assert found.value("project.1.title") == kept
    assert len(found.all(".//details[@class='card entry']")) == 1


@pytest.mark.parametrize(("button", "kept"), [(MINE, "zweite"), (THEIRS, "erste")])
def test_an_entry_that_somebody_changed_meanwhile_is_decided(page: Visitor, check: str, button: str, kept: str) -> None:
    _add(page, check, "project", title="Jobmesse")
    early, late = _open(page, check), _open(page, check)
    page.press(early, "Speichern", {"project.1.effect": "erste"})
    met = page.press(late, "Speichern", {"project.1.effect": "zweite"}, 409)
    box = met.one(".//*[@id='konflikte-project-1']")
    assert [text_of(each) for each in box.iter("dd")] == [
        "Titel: JobmesseWirkung: nur in meiner Angabe: zweite Ende Ein Beleg liegt vor: nein",
        "Titel: JobmesseWirkung: nur in der anderen Angabe: erste Ende Ein Beleg liegt vor: nein",
    ]
    met = page.press(met, "Speichern", status=409)
    page.press(met, button)
    assert _open(page, check).value("project.1.effect") == kept


def test_two_that_chose_a_criterion_read_both_by_their_names(page: Visitor, check: str) -> None:
    first, last = towns.questionnaire().criteria[0], towns.questionnaire().criteria[-1]
    _add(page, check, "goal", **GOAL)
    early, late = _open(page, check), _open(page, check)
    page.press(early, "Speichern", {"goal.1.criterion": first.id})
    met = page.press(late, "Speichern", {"goal.1.criterion": last.id}, 409)
    mine, theirs = (text_of(each) for each in met.all(".//*[@id='konflikte-goal-1']//dd"))
    assert f"{last.letter} {last.title}" in mine
    assert f"{first.letter} {first.title}" in theirs
    assert last.id not in mine
    assert first.id not in theirs


@pytest.mark.parametrize(("button", "there"), [(MINE, False), (THEIRS, True)])
def test_removing_what_somebody_changed_is_decided(page: Visitor, check: str, button: str, there: bool) -> None:
    _add(page, check, "project", title="Jobmesse")
    late = page.press(_open(page, check), "Projekt entfernen: Jobmesse")
    page.press(_open(page, check), "Speichern", {"project.1.effect": "erste"})
    met = page.press(late, "Eintrag entfernen", status=409)
    page.press(met, button)
    assert bool(_open(page, check).all(".//details[@id='project.1']")) is there


@pytest.mark.parametrize(("button", "there"), [(MINE, True), (THEIRS, False)])
def test_changing_what_somebody_removed_is_decided(page: Visitor, check: str, button: str, there: bool) -> None:
    _add(page, check, "project", title="Jobmesse")
    late = _open(page, check)
    page.press(page.press(_open(page, check), "Projekt entfernen: Jobmesse"), "Eintrag entfernen")
    met = page.press(late, "Speichern", {"project.1.effect": "zweite"}, 409)
    assert "(entfernt)" in met.main
    page.press(met, button)
    assert bool(_open(page, check).all(".//details[@id='project.1']")) is there


def test_one_entry_is_saved_by_script(page: Visitor, check: str) -> None:
    opened = _add(page, check, "project", title="Jobmesse")
    saved = _send(page, opened, {"project.1.effect": "viele Gäste"})
    assert saved.status_code == 200
    part = saved.json["parts"]["project.1"]
    assert (part["state"], part["version"]) == ("saved", 2)
    assert _send(page, opened, {"project.1.effect": "viele Gäste"}).json["parts"]["project.1"] == part
    met = _send(page, opened, {"project.1.effect": "wenige"})
    assert met.status_code == 409
    assert "wenige" in met.json["html"]["#konflikte-project-1"]
    refused = _send(page, _open(page, check), {"project.1.title": ""})
    assert refused.status_code == 422
    assert "title" in refused.json["parts"]["project.1"]["errors"]


def _send(page: Visitor, found: Page, changes: Fields) -> TestResponse:
    token = found.one(".//meta[@name='csrf-token']").get("content", "")
    fields = [pair for pair in found.form("Speichern").fields if pair[0].startswith("project.1.")]
    headers = {"Accept": "application/json", "X-CSRFToken": token}
    return page.post(found.address, change(fields, changes), headers=headers)


def test_an_entry_is_one_line_until_it_is_opened(page: Visitor, check: str) -> None:
    found = _add(page, check, "goal", **GOAL | {"metric": ""})
    entry = found.one(".//details[@id='goal.1']")
    assert "open" not in entry.attrib
    line = text_of(entry.find("./summary"))
    assert line == "Ziel 1 Internetseiten auf Englisch bis 31.12.2028 · Eva Muster Messgröße fehlt"
    assert "Zahl der Seiten" not in line
    wrong = page.press(found, "Speichern", {"goal.1.title": ""}, 422)
    assert "open" in wrong.one(".//details[@id='goal.1']").attrib
    opened = page.open(f"/selbstcheck/{check}/ziele?offen=goal.1")
    assert "open" in opened.one(".//details[@id='goal.1']").attrib


def test_the_sum_of_sonderpunkte_says_what_is_proven_and_where_it_ends(page: Visitor, renewal: str) -> None:
    def read(found: Page) -> str:
        return text_of(found.one(".//*[@id='sonderpunkte']"))

    assert read(_open(page, renewal)) == "Bisher keine Sonderpunkte; höchstens 6 zählen."
    _add(page, renewal, "project", title="Jobmesse")
    found = _add(page, renewal, "past_goal", title="Radwege", achieved="y", documented="y")
    assert read(found) == "Bisher 2 Sonderpunkte, davon 1 belegt. Höchstens 6 zählen."
    answer = _send(page, found, {"project.1.documented": "y"})
    assert answer.json["html"]["#sonderpunkte"] == "Bisher 2 Sonderpunkte, alle belegt. Höchstens 6 zählen."
    assert "belegt" in answer.json["html"]["#zeile-project-1"]


def test_what_lacks_a_document_leads_from_the_register_to_its_project(page: Visitor, check: str) -> None:
    register = f"/selbstcheck/{check}/nachweise"
    _add(page, check, "project", title="Jobmesse")
    found = page.open(register)
    assert "Für 1 Sonderpunkt fehlt noch ein Beleg." in found.main
    assert found.link("Sonderpunkte belegen").endswith("/ziele")
    page.press(_open(page, check), "Speichern", {"project.1.documented": "y"})
    assert "Sonderpunkt" not in page.open(register).main


def test_measures_are_suggested_and_nothing_typed_is_lost(page: Visitor, check: str) -> None:
    assert "Vorschläge aus Ihren Antworten" not in _open(page, check).main
    fill(page, check, towns.sample().answers)
    opened = _open(page, check)
    rows = [text_of(row) for row in opened.all(".//*[@class='suggestions']//li")]
    assert len(rows) > 5
    assert all("bringt" in row and ("dazu: " in row) != ("Ziel: " in row) for row in rows)
    button = next(text_of(each) for each in opened.all(".//button[@name='measure']"))
    found = page.press(opened, button, _new(opened, "project", {"title": "Jobmesse"}))
    assert found.value("goal.1.start")
    assert "open" in found.one(".//details[@id='goal.1']").attrib
    assert found.value("project.1.title") == "Jobmesse"
    assert button not in [text_of(each) for each in found.all(".//button[@name='measure']")]


def test_where_several_can_be_chosen_a_suggestion_says_only_what_is_new(page: Visitor, check: str) -> None:
    fill(page, check, towns.sample().answers)
    questions, answers, seen = towns.questionnaire().question, towns.sample().answers, 0
    for row in _open(page, check).all(".//*[@class='suggestions']//li"):
        question = questions[QuestionId(str(row.find(".//button").get("value")).partition(".")[0])]
        chosen, said = answers[question.id].value if question.id in answers else None, text_of(row)
        if not isinstance(chosen, frozenset) or not chosen:
            continue
        seen += 1
        assert not any(option.text in said for option in question.options if option.id in chosen), said
        assert any(option.text in said for option in question.options), said
    assert seen


def test_no_suggestion_says_at_once_that_its_answer_has_changed(page: Visitor, check: str) -> None:
    fill(page, check, towns.sample().answers)
    for button in [text_of(each) for each in _open(page, check).all(".//button[@name='measure']")]:
        page.press(_open(page, check), button)
    saved = page.press(_open(page, check), "Speichern")
    assert len(saved.all(".//details[@class='card entry']")) > 10
    assert "inzwischen so beantwortet" not in saved.main


def test_a_measure_brings_a_metric_only_where_its_question_counts_something(page: Visitor, check: str) -> None:
    fill(page, check, towns.sample().answers)
    questions = towns.questionnaire().question
    met = set()
    for each in _open(page, check).all(".//button[@name='measure']"):
        kind = questions[QuestionId(str(each.get("value")).partition(".")[0])].kind is Kind.NUMBER
        if kind in met:
            continue
        met.add(kind)
        found = page.press(_open(page, check), text_of(each))
        number = len(met)
        assert found.value(f"goal.{number}.title") != found.value(f"goal.{number}.measure")
        assert len(found.value(f"goal.{number}.title")) <= 45
        metric, said = found.value(f"goal.{number}.metric"), text_of(found.one(f".//*[@id='zeile-goal-{number}']"))
        assert bool(metric) == kind
        assert all(bool(found.value(f"goal.{number}.{field}")) == kind for field in ("metric_now", "metric_target"))
        told = found.main
        assert ("Es fehlt noch: bis wann das Ziel erreicht sein soll und wer sich kümmert." in told) == kind
        assert ("Es fehlt noch: eine Messgröße, der Stand heute, der Zielwert, bis wann" in told) == (not kind)
        assert "Es fehlt noch: wie es heute ist" not in told
        assert ("Messgröße fehlt" in said) == (not kind)
        assert "Punkt" not in metric + found.value(f"goal.{number}.metric_target")
    assert met == {True, False}


@pytest.mark.parametrize("measure", ["", "nein", "leitbild.gibt-es-nicht", "gibt-es-nicht.a", "💣." * 99])
def test_a_measure_that_is_none_changes_nothing(page: Visitor, check: str, measure: str) -> None:
    token = _open(page, check).value("csrf_token")
    found = page.send(f"/selbstcheck/{check}/ziele", {"csrf_token": token, "measure": measure, "key": "k" * 500})
    assert not found.all(".//details[@class='card entry']")


def _answer(page: Visitor, check_id: str, value: str) -> Question:
    """A question with a measure that leads from „Nein“ to „Ja“, answered so."""
    asked = (each for each in towns.questionnaire().questions if each.kind is Kind.YES_NO and not each.applies_if)
    question = next(each for each in asked if any(measure.leads_to == "ja" for measure in each.measures))
    opened = page.open(f"/selbstcheck/{check_id}/fragen/{question.criterion}?offen={question.id}")
    page.press(opened, "Speichern und weiter", {f"{question.id}.choice": f"option:{value}"})
    return question


def _take_measure(page: Visitor, check_id: str) -> tuple[Question, Page]:
    """Makes a goal of the measure for a question that is answered „Nein“."""
    question, opened = _answer(page, check_id, "nein"), _open(page, check_id)
    buttons = opened.all(".//button[@name='measure']")
    wanted = next(each for each in buttons if each.get("value", "").startswith(f"{question.id}."))
    return question, page.press(opened, text_of(wanted))


def _news(found: Page) -> str:
    return text_of(found.one(".//*[@id='inzwischen-goal-1']"))


def test_a_goal_says_that_its_question_is_answered_otherwise_by_now(page: Visitor, check: str) -> None:
    question, found = _take_measure(page, check)
    assert _news(found) == ""
    start = found.value("goal.1.start")
    assert start == f"{question.number} {question.text} Bisher: Nein."
    assert found.value("goal.1.metric_now") == ""
    _answer(page, check, "ja")
    found = _open(page, check)
    said = _news(found)
    assert f"Frage {question.number} ist inzwischen so beantwortet: Ja." in said
    assert "Hier steht noch „Nein“. Damit ist das Ziel schon erreicht." in said
    assert "schon erreicht" in text_of(found.one(".//details[@id='goal.1']/summary"))
    assert "Antwort inzwischenJa" in text_of(found.one(".//*[@id='druck-goal-1']"))
    assert found.value("goal.1.start") == start
    found = page.press(found, "Stand heute übernehmen", {"goal.1.person": "Eva Muster"})
    assert found.value("goal.1.metric_now") == ""
    assert found.value("goal.1.start") == f"{question.number} {question.text} Bisher: Ja."
    assert found.value("goal.1.person") == "Eva Muster"
    assert _news(found) == ""
    assert "open" in found.one(".//details[@id='goal.1']").attrib


def test_words_of_somebodys_own_where_a_goal_began_are_never_called_old(page: Visitor, check: str) -> None:
    _, found = _take_measure(page, check)
    page.press(found, "Speichern", {"goal.1.start": "Der Rat berät noch."})
    _answer(page, check, "ja")
    assert _news(_open(page, check)) == ""


def test_what_somebody_typed_about_a_goal_stays_whatever_the_answer_is(page: Visitor, check: str) -> None:
    _, found = _take_measure(page, check)
    typed = {"goal.1.start": "Der Rat berät noch.", "goal.1.metric_now": "Entwurf liegt vor"}
    page.press(found, "Speichern", {"goal.1.start": typed["goal.1.start"], "goal.1.metric_now": "Nein"})
    _answer(page, check, "ja")
    opened = _open(page, check)
    kept = page.press(opened, "Stand heute übernehmen", typed)
    assert {name: kept.value(name) for name in typed} == typed
    assert _news(kept) == ""


def test_a_report_says_that_the_question_of_a_goal_is_answered_otherwise_by_now(page: Visitor, check: str) -> None:
    _take_measure(page, check)
    _answer(page, check, "ja")
    preview = page.open(f"/selbstcheck/{check}/teilen/vorschau").main
    assert "Antwort inzwischenJa" in preview


@pytest.mark.parametrize("goal", ["goal.1", "goal.7", "project.1", "x", "💣." * 99])
def test_taking_over_what_holds_of_an_entry_that_is_no_such_goal_changes_nothing(
    page: Visitor, check: str, goal: str
) -> None:
    token = _open(page, check).value("csrf_token")
    found = page.send(f"/selbstcheck/{check}/ziele", {"csrf_token": token, "current": goal})
    assert not found.all(".//details[@class='card entry']")


def _models(found: Page) -> list[str]:
    return [text_of(each) for each in found.all(".//button[@name='model']")]


def test_a_goal_of_another_municipality_is_taken_over_with_one_click(page: Visitor, check: str) -> None:
    opened = _open(page, check)
    assert len(_models(opened)) == 8
    button = next(each for each in _models(opened) if "Ferien" in each)
    found = page.press(opened, button, _new(opened, "project", {"title": "Jobmesse"}))
    assert "wie es heute ist" in found.main
    assert "open" in found.one(".//details[@id='goal.1']").attrib
    assert found.value("goal.1.title") == "Kinder sind auch in den Ferien verlässlich betreut"
    assert found.value("goal.1.criterion") == "beruf-und-familie"
    assert found.value("goal.1.measure").startswith("Gemeinsam mit Nachbarkommunen")
    assert found.value("goal.1.metric") == "Ferienwochen mit ganztägiger Betreuung im Jahr"
    assert found.value("goal.1.metric_target") == "9"
    assert found.value("goal.1.metric_now") == ""
    assert found.value("project.1.title") == "Jobmesse"
    assert button not in _models(found)
    assert "fehlt" not in text_of(found.one(".//details[@id='goal.1']/summary"))
    step = page.open(f"/selbstcheck/{check}/checkliste").one(".//li[@data-part='goal:1']")
    assert "task--done" in step.get("class", "")


def test_a_goal_that_was_taken_over_can_be_changed_and_is_not_made_twice(page: Visitor, check: str) -> None:
    opened = _open(page, check)
    button = _models(opened)[0]
    page.press(opened, button)
    found = page.press(opened, button)
    assert len(found.all(".//details[@class='card entry']")) == 1
    found = page.press(found, "Speichern", {"goal.1.title": "Neu hier", "goal.1.metric_target": "300"})
    assert found.value("goal.1.metric_target") == "300"
    assert len(_models(found)) == 7


def test_every_goal_to_take_over_is_complete_and_names_its_model_and_year(page: Visitor, check: str) -> None:
    opened = _open(page, check)
    rows = [text_of(each) for each in opened.all(".//li[button]") if each.findall("./button[@name='model']")]
    assert len(rows) == 8
    assert all(re.search(r"Vorbild: .*\(.*20\d\d", row) for row in rows)
    for model in read_models():
        text = propose_model(towns.questionnaire(), model)
        assert all((text.title, text.criterion, text.measure, text.metric, text.metric_target)), model.id
    public = page.open("/hilfe/ziele").main
    assert all(model.title in public and model.measure in public for model in read_models())


@pytest.mark.parametrize("model", ["", "nein", "gibt-es-nicht", "💣." * 99])
def test_a_goal_to_take_over_that_is_none_changes_nothing(page: Visitor, check: str, model: str) -> None:
    token = _open(page, check).value("csrf_token")
    found = page.send(f"/selbstcheck/{check}/ziele", {"csrf_token": token, "model": model, "key": "k" * 500})
    assert not found.all(".//details[@class='card entry']")


@pytest.mark.parametrize("entry", ["goal.1", "goal.x", "projekt", "choice.1", "goal.999999999999999999999"])
def test_an_entry_that_is_not_there_cannot_be_removed(page: Visitor, check: str, entry: str) -> None:
    page.open(f"/selbstcheck/{check}/ziele/{entry}/entfernen", 404)
