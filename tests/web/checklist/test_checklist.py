"""The checklist: what people add to its steps survives, whatever the answers do."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from tests import towns
from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.page import Fields, Page, Visitor, begin, change, fill

pytestmark = pytest.mark.usefixtures("time")
MINE, THEIRS = "Meine Angabe übernehmen", "Andere Angabe behalten"
CONTACT, COUNCIL, ASK = "steps.team:contact", "steps.team:council", "steps.answer:leitbild"


@pytest.fixture
def check(page: Visitor) -> str:
    return begin(page, interview="2027-06-15")


def _open(page: Visitor, check_id: str, shown: str = "") -> Page:
    return page.open(f"/selbstcheck/{check_id}/checkliste{f'?zeige={shown}' if shown else ''}")


def _save(page: Visitor, found: Page, changes: Fields, status: int = 200) -> Page:
    return page.press(found, "Speichern", changes, status)


def _row(found: Page, name: str) -> str:
    return text_of(found.one(f".//li[@data-part='{name.removeprefix('steps.')}']"))


def _keys(found: Page) -> list[str]:
    return [str(each.get("data-part")) for each in found.all(".//li[@data-part]")]


def _own(found: Page) -> str:
    (key,) = [key for key in _keys(found) if key.startswith("own:")]
    return f"steps.{key}"


def _add_own(page: Visitor, check_id: str, **fields: str) -> Page:
    entered = {f"steps.neu.{name}": said for name, said in {"title": "Pressetermin", **fields}.items()}
    return page.press(_open(page, check_id), "Schritt hinzufügen", entered)


def test_done_person_and_note_are_kept(page: Visitor, check: str) -> None:
    assert "0 von" in _open(page, check).main
    note = "mit <b>Frau Keller</b>\r\nabstimmen"
    found = _save(
        page, _open(page, check), {f"{CONTACT}.done": "1", f"{CONTACT}.person": "Eva", f"{CONTACT}.note": note}
    )
    assert "1 von" in found.main
    row = _row(found, CONTACT)
    assert "erledigt 08.02.2027" in row
    assert "Eva" in row
    assert "mit <b>Frau Keller</b>" in row
    found = _save(page, found, {f"{CONTACT}.done": None})
    assert "erledigt" not in _row(found, CONTACT)
    assert "Eva" in _row(found, CONTACT)


def test_saving_without_a_change_writes_nothing(page: Visitor, check: str) -> None:
    _save(page, _open(page, check), {f"{CONTACT}.note": "a\r\nb"})
    _save(page, _open(page, check), {})
    headings = [text_of(each) for each in page.open(f"/selbstcheck/{check}/verlauf").all(".//ol//h3")]
    assert sum("Checkliste: " in heading for heading in headings) == 1


def test_steps_have_dates_counted_back_from_the_interview(page: Visitor, check: str) -> None:
    found = _open(page, check)
    assert "vom Prüfgespräch am 15.06.2027 zurückgerechnet" in found.main
    assert "jetzt, bis 15.02.2027" in _row(found, CONTACT)
    assert _row(found, ASK).endswith("23.03.2027")


def test_without_an_interview_there_are_no_dates(page: Visitor) -> None:
    found = _open(page, begin(page))
    assert "Noch ohne Termine" in found.main
    assert not [each for each in found.all(".//p[@class='task__date']") if text_of(each)]


def test_time_passes_and_steps_become_overdue(page: Visitor, check: str, time: Clock) -> None:
    _open(page, check)
    time.wait(days=8)
    found = _open(page, check)
    assert "überfällig" in _row(found, CONTACT)
    assert "15.02.2027" in _row(found, CONTACT)
    late = _keys(_open(page, check, "ueberfaellig"))
    assert "team:contact" in late
    assert "answer:leitbild" not in late
    _save(page, found, {f"{CONTACT}.done": "1"})
    assert "team:contact" not in _keys(_open(page, check, "ueberfaellig"))


def test_filters_show_what_they_say(page: Visitor, check: str) -> None:
    assert "Hier steht im Moment nichts" in _open(page, check, "erledigt").main
    _save(page, _open(page, check), {f"{CONTACT}.done": "1"})
    assert _keys(_open(page, check, "erledigt")) == ["team:contact"]
    assert "team:council" in _keys(_open(page, check, "bald"))
    assert "answer:leitbild" not in _keys(_open(page, check, "bald"))
    kept = _save(page, _open(page, check, "bald"), {f"{COUNCIL}.person": "Ben"})
    assert "answer:leitbild" not in _keys(kept)
    assert "Ben" in _row(kept, COUNCIL)


def _answer(page: Visitor, check_id: str, criterion: str, **choices: str) -> None:
    fields = {f"{question}.choice": choice for question, choice in choices.items()}
    page.press(page.open(f"/selbstcheck/{check_id}/fragen/{criterion}?offen=alle"), "Speichern und weiter", fields)


def _count(found: Page) -> tuple[int, int]:
    """How many steps are done, and how many there are."""
    said = text_of(found.one(".//*[@data-board]")).removesuffix(" Schritten erledigt")
    return _numbers(said)


def _count_group(found: Page, title: str) -> tuple[int, int]:
    return _numbers(text_of(found.one(f".//*[@data-group='{title}']")))


def _numbers(said: str) -> tuple[int, int]:
    done, _, steps = said.partition(" von ")
    return int(done), int(steps.partition(" ")[0])


def _day(found: Page, name: str) -> str:
    return text_of(found.one(f".//*[@data-when='{name.removeprefix('steps.')}']"))


def test_a_touched_step_stays_when_its_cause_is_gone(page: Visitor, check: str) -> None:
    asked = "steps.answer:paket-inhalt"
    _save(page, _open(page, check), {f"{asked}.note": "fragt Ben"})
    _, before = _count_group(_open(page, check), "Fragen klären")
    _answer(page, check, "zuzug-leicht-gemacht", willkommenspaket="option:nein")
    found = _open(page, check)
    assert "nicht mehr nötig" in _row(found, asked)
    assert "B4 klären: Inhalt des Willkommenspakets" in _row(found, asked)
    assert _count_group(found, "Fragen klären")[1] == before - 1
    _answer(page, check, "zuzug-leicht-gemacht", willkommenspaket="open")
    found = _open(page, check)
    assert "nicht mehr nötig" not in _row(found, asked)
    assert "fragt Ben" in _row(found, asked)


def test_an_untouched_step_goes_with_its_cause(page: Visitor, check: str) -> None:
    assert "answer:paket-inhalt" in _keys(_open(page, check))
    _answer(page, check, "zuzug-leicht-gemacht", willkommenspaket="option:nein")
    assert "answer:paket-inhalt" not in _keys(_open(page, check))


def test_an_answered_question_is_done_by_itself_and_goes_on_counting(page: Visitor, check: str) -> None:
    assert _count_group(_open(page, check), "Fragen klären") == (0, 37)
    _answer(page, check, "strategische-zielsetzung", leitbild="option:nein")
    found = _open(page, check)
    assert _count_group(found, "Fragen klären") == (1, 37)
    assert _count(found)[0] == 1
    assert _row(found, ASK).endswith("erledigt 08.02.2027, beantwortet")
    assert not found.all(f".//input[@name='{ASK}.done']")


def test_nobody_unticks_what_is_done_by_itself_and_what_was_ticked_stays_ticked(page: Visitor, check: str) -> None:
    before = _open(page, check)
    _save(page, before, {f"{ASK}.done": "1", f"{ASK}.note": "siehe Akte"})
    _answer(page, check, "strategische-zielsetzung", leitbild="option:nein")
    found = _open(page, check)
    assert "siehe Akte" in _row(found, ASK)
    assert "beantwortet" in _row(found, ASK)
    assert not [each for each in found.all(".//input[@name]") if str(each.get("name")).startswith(f"{ASK}.")]
    _save(page, found, {f"{COUNCIL}.done": "1"})
    _answer(page, check, "strategische-zielsetzung", leitbild="open")
    found = _open(page, check)
    assert "siehe Akte" in _row(found, ASK)
    assert _row(found, ASK).endswith("erledigt 08.02.2027")


def test_a_contact_a_share_and_asked_offices_tick_their_steps(page: Visitor, check: str) -> None:
    found = _open(page, check)
    assert not [key for key in (CONTACT, "steps.chamber:share") if "erledigt" in _row(found, key)]
    assert "0 von 16 eingebunden" in found.main
    details = page.open(f"/selbstcheck/{check}/angaben")
    page.press(details, "Speichern", {"name": "Eva Keller", "phone": "06100 000-120"})
    page.press(page.open(f"/selbstcheck/{check}/teilen"), "Link erstellen", {"label": "IHK Darmstadt"})
    form = page.open(f"/selbstcheck/{check}/team/fachbereich/neu?fachbereich=kita")
    page.press(form, "Link erstellen")
    found = _open(page, check)
    assert _row(found, CONTACT).endswith("erledigt, eingetragen")
    assert _row(found, "steps.chamber:share").endswith("erledigt 08.02.2027, geteilt")
    assert _row(found, "steps.team:department:kita").endswith("erledigt 08.02.2027, gefragt")
    assert "1 von 16 eingebunden" in found.main


def test_steps_lead_to_where_they_are_done(page: Visitor, check: str) -> None:
    found = _open(page, check)
    for key, said, where in (
        (CONTACT, "Ansprechperson eintragen", "/angaben#name"),
        ("steps.chamber:share", "Zum Teilen", "/teilen"),
        ("steps.interview:table", "Dokumentationstabelle (Excel)", "/dokumente"),
        ("steps.interview:binder", "Nachweisordner (ZIP)", "/dokumente"),
    ):
        row = found.one(f".//li[@data-part='{key.removeprefix('steps.')}']")
        (link,) = [each for each in row.iter("a") if text_of(each) == said]
        assert link.get("href", "").endswith(where)


def test_an_office_that_is_asked_for_another_one_involves_it(page: Visitor, check: str) -> None:
    form = page.open(f"/selbstcheck/{check}/team/fachbereich/neu?fachbereich=schulamt")
    page.press(form, "Link erstellen", {"label": "Amt für Bildung"})
    found = _open(page, check)
    assert "gefragt" in _row(found, "steps.team:department:schulamt")
    assert "Amt für Bildung" in _row(found, "steps.answer:ganztag-grundschule")
    assert "gefragt" not in _row(found, "steps.team:department:kita")


def test_offices_that_nobody_has_to_ask_count_neither_way(page: Visitor, check: str) -> None:
    department = "liegenschaften"
    (question,) = [each for each in towns.questionnaire().questions if each.department == department]
    assert "0 von 16 eingebunden" in _open(page, check).main
    _answer(page, check, question.criterion, **{question.id: f"option:{question.options[-1].id}"})
    found = _open(page, check)
    assert _row(found, f"steps.team:department:{department}").endswith("nicht nötig: Fragen sind beantwortet")
    row = found.one(f".//li[@data-part='team:department:{department}']")
    assert row.get("class") == "task task--needless"
    assert row.find(".//span[@class='task__tick']/*") is None, "nobody has done it"
    assert "0 von 15 eingebunden, bei einem weiteren ist keine Frage offen" in found.main


def test_all_offices_are_asked_from_one_place(page: Visitor, check: str) -> None:
    found = _open(page, check)
    assert len([key for key in _keys(found) if key.startswith("team:department:")]) == 16
    assert found.main.count("Fachbereich einbinden: Kita-Verwaltung") == 0
    (link,) = [each for each in found.all(".//main//a") if text_of(each) == "Fachbereiche fragen"]
    assert page.open(str(link.get("href"))).status == 200


@pytest.mark.parametrize("interview", ["2027-06-15", ""])
def test_a_step_has_its_own_day(page: Visitor, interview: str) -> None:
    check_id = begin(page, interview=interview)
    found = _save(page, _open(page, check_id), {f"{COUNCIL}.due": "18.03.2027"})
    assert _day(found, COUNCIL) == "18.03.2027"
    assert found.value(f"{COUNCIL}.due") == "18.03.2027"
    found = _save(page, found, {f"{COUNCIL}.due": ""})
    assert _day(found, COUNCIL) == ("jetzt, bis 15.02.2027" if interview else "")


def test_the_result_and_the_checklist_say_the_same_day(page: Visitor, check: str) -> None:
    fill(page, check, towns.sample().answers)
    key = next(key for key in _keys(_open(page, check)) if key.startswith("measure:"))
    for own in ("", "17.02.2027"):
        found = _save(page, _open(page, check), {f"steps.{key}.due": own})
        day = _day(found, key).removeprefix("jetzt, bis ")
        assert not own or day == own
        way = text_of(page.open(f"/selbstcheck/{check}/ergebnis").one(".//section[@aria-labelledby='weg']"))
        assert f"spätestens beginnen {day}" in way


def test_a_measure_that_was_taken_is_done(page: Visitor, check: str) -> None:
    fill(page, check, towns.sample().answers)
    found = _open(page, check)
    done, _ = _count(found)
    key = next(key for key in _keys(found) if key.startswith("measure:willkommenspaket:"))
    _answer(page, check, "zuzug-leicht-gemacht", willkommenspaket="option:alle")
    found = _open(page, check)
    assert "umgesetzt" in _row(found, f"steps.{key}")
    assert _count(found)[0] > done


def test_the_same_progress_stands_everywhere(page: Visitor, check: str) -> None:
    fill(page, check, towns.sample().answers)
    _save(page, _open(page, check), {"steps.chamber:final.done": "1"})
    done, steps = _count(_open(page, check))
    assert done > 1
    assert f"{done} von {steps} Schritten erledigt" in page.open(f"/selbstcheck/{check}").main
    groups = [text_of(each).split(" von ") for each in _open(page, check).all(".//*[@data-group]")]
    counted = [(int(number), int(rest.split(" ")[0])) for number, rest in groups]
    assert (sum(each for each, _ in counted), sum(each for _, each in counted)) == (done, steps)


def test_an_own_step_is_added_changed_and_removed(page: Visitor, check: str) -> None:
    found = _add_own(page, check, due="01.05.2027", person="Eva")
    name = _own(found)
    assert "Pressetermin" in _row(found, name)
    assert "01.05.2027" in _row(found, name)
    found = _save(page, found, {f"{name}.title": "Pressetermin im Rathaus", f"{name}.due": "2027-05-02"})
    assert "Pressetermin im Rathaus" in _row(found, name)
    assert "02.05.2027" in _row(found, name)
    found = _save(page, found, {f"{name}.remove": "1"})
    assert "Pressetermin" not in found.main


def test_a_double_click_adds_one_own_step(page: Visitor, check: str) -> None:
    opened = _open(page, check)
    for _ in range(2):
        found = page.press(opened, "Schritt hinzufügen", {"steps.neu.title": "Pressetermin"})
    assert _own(found)


def test_going_back_and_changing_a_new_step_is_decided(page: Visitor, check: str) -> None:
    opened = _open(page, check)
    page.press(opened, "Schritt hinzufügen", {"steps.neu.title": "Presetermin"})
    met = page.press(opened, "Schritt hinzufügen", {"steps.neu.title": "Pressetermin"}, 409)
    found = page.press(met, MINE)
    assert found.value(f"{_own(found)}.title") == "Pressetermin"


@pytest.mark.parametrize(
    ("field", "entered", "said"),
    [
        ("title", "", "was zu tun ist"),
        ("title", "t" * 201, "200 Zeichen"),
        ("due", "31.02.2027", "31.02.2027 gibt es nicht"),
        ("person", "p" * 121, "120 Zeichen"),
    ],
)
@pytest.mark.parametrize("new", [True, False])
def test_a_mistake_is_told_at_its_field_and_the_rest_is_saved(
    page: Visitor, check: str, field: str, entered: str, said: str, new: bool
) -> None:
    if not new:
        _add_own(page, check)
    opened = _open(page, check)
    name = "steps.neu" if new else _own(opened)
    filled = {f"{name}.title": "Pressetermin", f"{name}.person": "Eva", f"{CONTACT}.person": "Ben"}
    found = _save(page, opened, filled | {f"{name}.{field}": entered}, 422)
    assert said in text_of(found.one(f".//*[@id='{name}.{field}-fehler']"))
    assert found.all(f".//a[@href='#{name}.{field}']")
    assert found.value(f"{name}.{field}") == entered
    assert "Ben" in _row(_open(page, check), CONTACT)
    assert found.value(f"{name}.person") == ("Eva" if field != "person" else entered)


def test_what_was_refused_is_not_folded_away(page: Visitor, check: str) -> None:
    office = "steps.team:department:kita"
    found = _save(page, _open(page, check), {f"{office}.due": "bald"}, 422)
    around = [each for each in found.all(".//details") if each.findall(f".//*[@id='{office}.due-fehler']")]
    assert len(around) == 2
    assert all(each.get("open") is not None for each in around)
    assert found.value(f"{office}.due") == "bald"


def test_a_note_that_is_too_long_is_kept(page: Visitor, check: str) -> None:
    found = _save(page, _open(page, check), {f"{CONTACT}.note": "x" * 2001}, 422)
    assert "2.000 Zeichen" in text_of(found.one(f".//*[@id='{CONTACT}.note-fehler']"))
    assert found.value(f"{CONTACT}.note") == "x" * 2001


@pytest.mark.parametrize(("button", "kept"), [(MINE, "zweite"), (THEIRS, "erste")])
def test_a_step_that_somebody_changed_meanwhile_is_decided(page: Visitor, check: str, button: str, kept: str) -> None:
    early, late = _open(page, check), _open(page, check)
    _save(page, early, {f"{CONTACT}.note": "erste"})
    met = _save(page, late, {f"{CONTACT}.note": "zweite", f"{COUNCIL}.person": "Ben"}, 409)
    assert [text_of(each) for each in met.one(f".//*[@id='konflikte-{CONTACT}']").iter("dd")] == [
        "noch nicht erledigtNotiz: nur in meiner Angabe: zweite Ende",
        "noch nicht erledigtNotiz: nur in der anderen Angabe: erste Ende",
    ]
    assert "Ben" in _row(_open(page, check), COUNCIL)
    met = _save(page, met, {}, 409)
    page.press(met, button)
    assert _open(page, check).value(f"{CONTACT}.note") == kept


@pytest.mark.parametrize(("button", "there"), [(MINE, False), (THEIRS, True)])
def test_removing_a_step_that_somebody_changed_is_decided(page: Visitor, check: str, button: str, there: bool) -> None:
    name = _own(_add_own(page, check))
    early, late = _open(page, check), _open(page, check)
    _save(page, early, {f"{name}.title": "Pressetermin im Rathaus"})
    met = _save(page, late, {f"{name}.remove": "1"}, 409)
    assert "(entfernt)" in met.main
    page.press(met, button)
    assert ("Pressetermin im Rathaus" in _open(page, check).main) is there


def test_counts_come_with_a_save_by_script(page: Visitor, check: str) -> None:
    opened = _open(page, check)
    _, steps = _count(opened)
    html = _send(page, opened, {f"{COUNCIL}.done": "1"}).json["html"]
    assert f"1 von {steps}" in html["[data-board]"]
    assert f"alle offenen <span data-count>{steps - 1}<" in html["[data-filters]"]
    assert "erledigt <span data-count>1<" in html["[data-filters]"]
    assert html["[data-group='Auftrag und Team']"] == "1 von 19 erledigt"
    assert html["[data-when='team:council']"] == "erledigt 08.02.2027"
    html = _send(page, _open(page, check), {f"{CONTACT}.due": "01.03.2027", f"{CONTACT}.person": "Koordination"}).json[
        "html"
    ]
    assert html["[data-when='team:contact']"] == "01.03.2027"
    assert html["[data-who='team:contact']"] == "Koordination"
    assert "mir zugewiesen <span data-count>1<" in html["[data-filters]"]
    html = _send(page, _open(page, check), {"steps.team:department:kita.done": "1"}).json["html"]
    assert html["[data-involved]"] == "1 von 16 eingebunden"


def test_the_answer_keeps_the_filter_of_the_page(page: Visitor, check: str) -> None:
    opened = _open(page, check, "bald")
    token = opened.one(".//meta[@name='csrf-token']").get("content", "")
    form = opened.form("Speichern")
    fields = change([pair for pair in form.fields if pair[0].startswith(f"{COUNCIL}.")], {f"{COUNCIL}.done": "1"})
    headers = {"Accept": "application/json", "X-CSRFToken": token}
    html = page.post(str(form.action), fields, headers=headers).json["html"]
    assert 'zeige=bald" aria-current="true"' in html["[data-filters]"]


def test_one_step_is_saved_by_script(page: Visitor, check: str) -> None:
    opened = _open(page, check)
    saved = _send(page, opened, {f"{CONTACT}.done": "1"})
    assert saved.status_code == 200
    assert saved.json["at"] == "12:00"
    part = saved.json["parts"][CONTACT]
    assert (part["state"], part["version"]) == ("saved", 1)
    assert _send(page, opened, {f"{CONTACT}.done": "1"}).json["parts"][CONTACT] == part
    assert _send(page, opened, {f"{CONTACT}.note": "anders"}).status_code == 409
    refused = _send(page, _open(page, check), {f"{COUNCIL}.person": "p" * 121})
    assert refused.status_code == 422
    assert list(refused.json["parts"][COUNCIL]["errors"]) == ["person"]


def _send(page: Visitor, found: Page, changes: Fields) -> TestResponse:
    token = found.one(".//meta[@name='csrf-token']").get("content", "")
    name = next(iter(changes)).rpartition(".")[0]
    fields = [pair for pair in found.form("Speichern").fields if pair[0].startswith(f"{name}.")]
    headers = {"Accept": "application/json", "X-CSRFToken": token}
    return page.post(found.address, change(fields, changes), headers=headers)
