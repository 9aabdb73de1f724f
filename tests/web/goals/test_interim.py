"""Zwischenstand der Ziele: what became of each agreed goal, asked once a year after the award."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Update, update

from selfcheck import worker
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import writing
from selfcheck.web.http import clock
from tests.web.accounts.registering import letters
from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.page import Page, Visitor, begin, change
from tests.web.team.test_hand_over import sign_in

MINE = "Meine Angabe übernehmen"
SAID = {
    "reached": "reached",
    "said": "20 km sind gebaut.\r\nAlle sind froh.",
    "document": "Jahresbericht 2027",
    "location": "Register 5",
}
BOX = "Zum Zwischenstand"
MAIL = "erika@example.org"


def _change(app: Flask, rows: Update) -> None:
    with app.app_context():
        with writing() as connection:
            connection.execute(rows)
        transactions.let_go()


def award(app: Flask, day: date) -> None:
    _change(app, update(tables.SelfCheck).values(awarded=day))


def add_goals(page: Visitor, check_id: str, *titles: str) -> None:
    for title in titles:
        found = page.open(f"/selbstcheck/{check_id}/ziele")
        names = (str(each.get("name")) for each in found.controls)
        new = next(name for name in names if name.startswith("goal.n")).rpartition(".")[0]
        said = {"title": title, "measure": f"{title} ausbauen"}
        said |= {"metric": "Kilometer", "metric_now": "12", "metric_target": "20"}
        page.press(found, "Speichern", {f"{new}.{name}": text for name, text in said.items()})


@pytest.fixture
def town(app: Flask, page: Visitor, time: Clock) -> str:
    """A town with two goals, whose award is one year old today (08.02.2027)."""
    check_id = begin(page)
    add_goals(page, check_id, "Radwege", "Sprachkurse")
    award(app, date(2026, 2, 8))
    return check_id


def _open(page: Visitor, check_id: str, year: str = "") -> Page:
    return page.open(f"/selbstcheck/{check_id}/ziele/zwischenstand{year}")


def _say(page: Visitor, check_id: str, name: str = "interim.1-1", status: int = 200, **said: str) -> Page:
    fields = {f"{name}.{field}": text for field, text in said.items()}
    return page.press(_open(page, check_id), "Speichern", fields, status)


def _state(found: Page, name: str = "interim.1-1") -> str:
    """Which of the three is chosen."""
    return dict(found.form("Speichern").fields)[f"{name}.reached"]


def test_each_goal_stands_there_with_what_was_agreed_and_comes_back_with_what_is_said(page: Visitor, town: str) -> None:
    found = _open(page, town)
    assert found.h1 == "Zwischenstand der Ziele"
    first, second = found.all(".//section[@data-part]")
    for words in ("Radwege", "Radwege ausbauen", "Kilometer", "Stand damals", "12", "Zielwert", "20"):
        assert words in text_of(first)
    assert "Sprachkurse" in text_of(second)
    assert "1. Jahr nach der Auszeichnung vom 08.02.2026, fällig seit dem 08.02.2027" in found.main
    assert "Zu 0 von 2 Zielen" in found.main
    found = _say(page, town, **SAID)
    assert "Ihr Zwischenstand ist gespeichert" in found.main
    assert "Zu 1 von 2 Zielen" in found.main
    shown = {name: dict(found.form("Speichern").fields)[f"interim.1-1.{name}"] for name in SAID}
    assert shown == SAID | {"said": "20 km sind gebaut.\nAlle sind froh."}
    assert "zuletzt:" in text_of(found.one(".//section[@data-part='1-1']"))


def test_the_history_names_the_goal_and_a_text_can_be_taken_out(page: Visitor, town: str) -> None:
    _say(page, town, **SAID)
    told = page.open(f"/selbstcheck/{town}/verlauf").main
    for words in ("Zwischenstand: Radwege, 1. Jahr", "Stand: erreicht", "Jahresbericht 2027", "Register 5"):
        assert words in told
    asked = page.open(f"/selbstcheck/{town}/verlauf/entfernen/zwischenstand/1-1")
    assert "20 km sind gebaut." in asked.main
    page.press(asked, "Überall entfernen")
    found = _open(page, town)
    assert (_state(found, "interim.1-1"), found.value("interim.1-1.said")) == ("reached", "")


def test_saving_without_a_change_writes_nothing(page: Visitor, town: str) -> None:
    _say(page, town, **SAID)
    page.press(_open(page, town), "Speichern")
    headings = [text_of(each) for each in page.open(f"/selbstcheck/{town}/verlauf").all(".//ol//h3")]
    assert sum("Zwischenstand" in heading for heading in headings) == 1


def test_a_word_can_be_taken_back(page: Visitor, town: str) -> None:
    _say(page, town, reached="given_up")
    found = _say(page, town, reached="")
    assert "Zu 0 von 2 Zielen" in found.main
    assert _state(found, "interim.1-1") == ""


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("said", "x" * 1001, "höchstens 1.000 Zeichen"),
        ("document", "x" * 501, "höchstens 500 Zeichen"),
        ("location", "x" * 201, "höchstens 200 Zeichen"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_the_rest_is_saved(
    page: Visitor, town: str, field: str, typed: str, said: str
) -> None:
    name = f"interim.1-1.{field}"
    found = page.press(_open(page, town), "Speichern", {name: typed, "interim.1-2.reached": "under_way"}, 422)
    assert said in text_of(found.one(f".//*[@id='{name}-fehler']"))
    assert "Radwege" in text_of(found.one(f".//a[@href='#{name}']"))
    assert found.value(name) == typed
    assert "Zu 1 von 2 Zielen" in _open(page, town).main


def test_two_who_say_something_about_a_goal_decide(page: Visitor, town: str) -> None:
    opened = _open(page, town)
    _say(page, town, reached="under_way")
    both = {"interim.1-1.reached": "reached", "interim.1-1.said": "Fertig.", "interim.1-2.reached": "given_up"}
    met = page.press(opened, "Speichern", both, 409)
    shown = text_of(met.one(".//*[@id='konflikte-interim-1-1']"))
    assert "Stand: erreicht" in shown
    assert "Stand: unterwegs" in shown
    assert _state(_open(page, town), "interim.1-2") == "given_up"
    page.press(met, MINE)
    assert _open(page, town).value("interim.1-1.said") == "Fertig."


@pytest.mark.parametrize("name", ["interim.x", "interim.1", "interim.01-1", "interim.1-1-1", "interim.1-²"])
def test_names_that_no_page_has_change_nothing(page: Visitor, town: str, name: str) -> None:
    fields = {f"{name}.version": "0", f"{name}.base": "", f"{name}.reached": "reached"}
    token = _open(page, town).value("csrf_token")
    answer = page.post(f"/selbstcheck/{town}/ziele/zwischenstand", {"csrf_token": token, **fields})
    assert answer.status_code == 303
    assert "Zu 0 von 2 Zielen" in _open(page, town).main


@pytest.mark.parametrize(("name", "state"), [("interim.1-9", "reached"), ("interim.99-1", "reached")])
def test_a_goal_or_a_year_that_there_never_was_is_refused(page: Visitor, town: str, name: str, state: str) -> None:
    fields = {f"{name}.version": "0", f"{name}.base": "", f"{name}.reached": state}
    token = _open(page, town).value("csrf_token")
    assert page.post(f"/selbstcheck/{town}/ziele/zwischenstand", {"csrf_token": token, **fields}).status_code == 400


def test_what_is_sent_for_a_state_that_there_is_not_is_refused(page: Visitor, town: str) -> None:
    opened = _open(page, town)
    fields = change(opened.form("Speichern").fields, {"interim.1-1.reached": "fast"})
    assert page.post(opened.address, fields).status_code == 422
    assert "Zu 0 von 2 Zielen" in _open(page, town).main


def test_what_was_said_of_a_goal_that_somebody_removes_meanwhile_is_kept(page: Visitor, town: str) -> None:
    opened = _open(page, town)
    asked = page.open(f"/selbstcheck/{town}/ziele/goal.1/entfernen")
    page.press(asked, "Eintrag entfernen")
    page.press(opened, "Speichern", {"interim.1-1.said": "Läuft noch."})
    assert "Läuft noch." in page.open(f"/selbstcheck/{town}/verlauf").main
    assert "Radwege" not in _open(page, town).main


def test_the_day_before_it_is_offered_but_not_asked_for(app: Flask, page: Visitor, town: str) -> None:
    award(app, date(2026, 2, 9))
    assert BOX not in page.open(f"/selbstcheck/{town}").main
    goals = page.open(f"/selbstcheck/{town}/ziele")
    assert BOX not in goals.main
    assert "Zwischenstand der Ziele" in goals.main
    assert "fällig am 09.02.2027" in _open(page, town).main


def test_it_is_asked_for_on_both_pages_until_every_goal_has_a_word(page: Visitor, town: str) -> None:
    for place in ("", "/ziele"):
        found = page.open(f"/selbstcheck/{town}{place}")
        assert "Seit der Auszeichnung ist ein Jahr vergangen." in found.main
        assert BOX in found.main
    _say(page, town, reached="reached")
    assert BOX in page.open(f"/selbstcheck/{town}").main
    _say(page, town, "interim.1-2", reached="under_way")
    assert BOX not in page.open(f"/selbstcheck/{town}").main
    assert "Zu 2 von 2 Zielen" in page.open(f"/selbstcheck/{town}/ziele").main


def test_a_year_later_it_is_asked_for_anew_and_the_earlier_year_stays_readable(
    page: Visitor, town: str, time: Clock
) -> None:
    _say(page, town, **SAID)
    time.moment = datetime(2028, 2, 8, 11, 0, tzinfo=UTC)
    assert "sind zwei Jahre vergangen" in page.open(f"/selbstcheck/{town}").main
    found = _open(page, town)
    assert _state(found, "interim.2-1") == ""
    earlier = text_of(found.one(".//section[@data-part='2-1']"))
    for words in ("1. Jahr", "erreicht", "20 km sind gebaut.", "Jahresbericht 2027", "Register 5"):
        assert words in earlier
    before = _open(page, town, "?jahr=1")
    assert before.value("interim.1-1.document") == "Jahresbericht 2027"
    again = page.press(before, "Speichern", {"interim.1-1.said": "21 km sind gebaut."})
    assert again.value("interim.1-1.said") == "21 km sind gebaut."
    assert _state(_open(page, town, "?jahr=3"), "interim.2-1") == ""
    time.moment = datetime(2029, 2, 8, 11, 0, tzinfo=UTC)
    assert BOX not in page.open(f"/selbstcheck/{town}").main
    assert "21 km" in _open(page, town, "?jahr=1").main


@pytest.mark.parametrize("year", ["0", "3", "99", "x", "²", "-1", ""])
def test_a_year_that_is_none_shows_the_one_that_is_asked_for(page: Visitor, town: str, year: str) -> None:
    assert "1. Jahr nach der Auszeichnung" in _open(page, town, f"?jahr={year}").main


@pytest.mark.parametrize(
    ("awarded", "moment", "asked"),
    [
        (date(2027, 12, 31), datetime(2028, 12, 30, 11, tzinfo=UTC), False),
        (date(2027, 12, 31), datetime(2028, 12, 30, 23, 30, tzinfo=UTC), True),
        (date(2028, 2, 29), datetime(2029, 2, 27, 11, tzinfo=UTC), False),
        (date(2028, 2, 29), datetime(2029, 2, 28, 11, tzinfo=UTC), True),
        (date(2028, 1, 1), datetime(2028, 12, 31, 11, tzinfo=UTC), False),
        (date(2028, 1, 1), datetime(2028, 12, 31, 23, 30, tzinfo=UTC), True),
    ],
)
def test_days_are_those_of_the_town_at_the_ends_of_years_and_on_leap_days(
    app: Flask, page: Visitor, town: str, time: Clock, awarded: date, moment: datetime, asked: bool
) -> None:
    award(app, awarded)
    time.moment = moment
    assert (BOX in page.open(f"/selbstcheck/{town}").main) is asked


def test_before_the_award_and_without_goals_the_page_says_what_it_is_for(
    app: Flask, page: Visitor, check: str, time: Clock
) -> None:
    assert "Noch ist kein Tag der Auszeichnung eingetragen" in _open(page, check).main
    award(app, date(2026, 2, 8))
    assert "noch keine Entwicklungsziele" in _open(page, check).main
    assert BOX not in page.open(f"/selbstcheck/{check}").main
    award(app, date(2027, 6, 1))
    assert "Ab dann können Sie hier etwas eintragen." in _open(page, check).main


def test_the_sample_town_is_asked_nothing(page: Visitor) -> None:
    assert "Tag der Auszeichnung" in page.open("/selbstcheck/beispiel/ziele/zwischenstand").main


def test_a_past_goal_says_what_became_of_it_and_where_its_document_lies(page: Visitor) -> None:
    check_id = begin(page, audit="renewal")
    found = page.open(f"/selbstcheck/{check_id}/ziele")
    names = (str(each.get("name")) for each in found.controls)
    new = next(name for name in names if name.startswith("past_goal.n")).rpartition(".")[0]
    said = {"title": "Radwege", "achieved": "y", "documented": "y"}
    said |= {"outcome": "20 km sind gebaut.", "evidence": "Jahresbericht", "location": "Register 5"}
    found = page.press(found, "Speichern", {f"{new}.{name}": text for name, text in said.items()})
    for name in ("outcome", "evidence", "location"):
        assert found.value(f"past_goal.1.{name}") == said[name]
    paper = text_of(found.one(".//div[@id='druck-past_goal-1']"))
    for words in ("Was ist daraus geworden?20 km", "Welcher Beleg?Jahresbericht", "Wo liegt er?Register 5"):
        assert words in paper


def _send(app: Flask) -> int:
    with app.app_context():
        written = worker.write_reminders(clock.now())
        transactions.let_go()
    return written


@pytest.fixture
def coordinated(app: Flask, page: Visitor, town: str) -> str:
    sign_in(app, page, MAIL, "Erika")
    page.press(page.open(f"/selbstcheck/{town}/uebernehmen"), "In mein Konto übernehmen")
    return town


def test_the_coordinator_gets_a_mail_when_it_is_due_and_one_four_weeks_later(
    app: Flask, page: Visitor, coordinated: str, time: Clock
) -> None:
    award(app, date(2026, 2, 9))
    assert _send(app) == 0
    days = []
    for number in range(1, 120):
        time.moment = datetime(2027, 2, 8, 11, 0, tzinfo=UTC) + timedelta(days=number)
        days += [number] * _send(app) + [number] * _send(app)
    assert days == [1, 29]
    first, _ = letters(app, MAIL)
    assert first.subject == "Musterstadt am Main: Es wartet etwas auf Sie"
    assert "Der Zwischenstand Ihrer Ziele ist fällig" in first.body
    assert f"/selbstcheck/{coordinated}/ziele/zwischenstand" in first.body
    assert "Radwege" not in first.body
    assert "/erinnerungen/" in first.body


def test_whoever_has_said_something_gets_no_mail(app: Flask, page: Visitor, coordinated: str, time: Clock) -> None:
    assert _send(app) == 1
    _say(page, coordinated, reached="under_way")
    time.wait(days=28)
    assert _send(app) == 0
    time.moment = datetime(2028, 2, 8, 11, 0, tzinfo=UTC)
    assert _send(app) == 1


def test_whoever_switched_reminders_off_gets_no_mail(app: Flask, page: Visitor, coordinated: str) -> None:
    switched = page.open(f"/selbstcheck/{coordinated}/erinnerungen")
    what = "Erinnerung, wenn Ihre Fragen oder der Zwischenstand der Ziele fällig werden oder die IHK etwas fragt"
    page.press(switched, f"Ausschalten, {what}")
    assert _send(app) == 0


def test_the_link_in_the_mail_stops_it(app: Flask, page: Visitor, coordinated: str, time: Clock) -> None:
    _send(app)
    [letter] = letters(app, MAIL)
    stop = next(word for word in letter.body.split() if "/erinnerungen/" in word)
    found = page.press(page.open(stop.partition("127.0.0.1:8000")[2]), "Keine Erinnerungen mehr")
    assert "Sie bekommen keine Erinnerungen mehr" in found.main
    time.wait(days=28)
    assert _send(app) == 0


def test_nobody_is_written_to_without_goals_nor_after_the_self_check_is_deleted(
    app: Flask, page: Visitor, coordinated: str
) -> None:
    for number in (1, 2):
        asked = page.open(f"/selbstcheck/{coordinated}/ziele/goal.{number}/entfernen")
        page.press(asked, "Eintrag entfernen")
    assert _send(app) == 0
    add_goals(page, coordinated, "Kita")
    _change(app, update(tables.SelfCheck).values(deleted_at=clock.now()))
    assert _send(app) == 0


def test_an_account_without_a_confirmed_address_gets_no_mail(app: Flask, coordinated: str) -> None:
    _change(app, update(tables.Account).values(confirmed_at=None))
    assert _send(app) == 0


def test_two_towns_go_into_one_mail(app: Flask, page: Visitor, coordinated: str) -> None:
    add_goals(page, begin(page), "Kita")
    award(app, date(2026, 2, 8))
    assert _send(app) == 1
    [letter] = letters(app, MAIL)
    assert letter.body.count("Der Zwischenstand Ihrer Ziele ist fällig") == 2
