"""The checklist: what people add to its steps survives, whatever the answers do."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.page import Fields, Page, Visitor, begin, change

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


def test_a_touched_step_stays_when_its_cause_is_gone(page: Visitor, check: str) -> None:
    _save(page, _open(page, check), {f"{ASK}.note": "fragt Ben"})
    address = f"/selbstcheck/{check}/fragen/strategische-zielsetzung"
    answered = {"leitbild.choice": "option:nein", "beschluss.choice": "option:nein"}
    page.press(page.open(address), "Speichern und weiter", answered)
    found = _open(page, check)
    assert "nicht mehr nötig" in _row(found, ASK)
    assert "A3 klären" in _row(found, ASK)
    assert "answer:beschluss" not in _keys(found)
    page.press(page.open(address), "Speichern und weiter", {"leitbild.choice": "open"})
    found = _open(page, check)
    assert "nicht mehr nötig" not in _row(found, ASK)
    assert "fragt Ben" in _row(found, ASK)


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
        ("due", "31.02.2027", "30.06.2027"),
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
