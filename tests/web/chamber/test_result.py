"""The result of an audit: recorded, read over, released; and what the town sees of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from selfcheck.core.permissions import Role
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading, writing
from selfcheck.web.http import clock
from tests import reviews, towns
from tests.web.page import NewVisitor, Page, begin, fill
from tests.web.team.people import seat_account

CRITERIA = towns.questionnaire().criteria
ENOUGH = {f"points.{criterion.id}.points": "20" for criterion in CRITERIA}


class Town:
    """A self-check that was shared, its coordination with an account, and two advisors of its chamber."""

    def __init__(self, app: Flask, visitor: NewVisitor) -> None:
        self.app = app
        owner, self.advisor, self.colleague = visitor(), visitor(), visitor()
        self.check = begin(owner)
        fill(owner, self.check, towns.sample().answers)
        self.coordinator = seat_account(app, self.check, "erika@example.org", Role.COORDINATOR)
        reviews.add_advisor(app, self.advisor, "berta@example.org", "Berta Rat")
        reviews.add_advisor(app, self.colleague, "carl@example.org", "Carl Rat")
        self.case = reviews.send(app, self.check, "erika@example.org")
        self.advisor.press(self.advisor.open(f"/beratung/{self.case}"), "Übernehmen")

    def open(self, page: str = "ergebnis") -> Page:
        return self.advisor.open(f"/beratung/{self.case}/{page}")

    def look(self) -> Page:
        return self.coordinator.open(f"/selbstcheck/{self.check}/ihk/ergebnis")

    def record(self, **said: str) -> Page:
        return self.advisor.press(self.open(), "Speichern", ENOUGH | said)

    def confirm_sender(self) -> None:
        with self.app.app_context(), writing() as connection:
            connection.execute(
                update(tables.ReviewCase).values(sender="confirmed", sender_by="Berta Rat", sender_at=clock.now())
            )

    def release(self) -> Page:
        shown = self.advisor.open(f"/beratung/{self.case}/freigeben?result=y&judgements=y")
        return self.advisor.press(shown, "Jetzt freigeben")


@pytest.fixture
def town(app: Flask, visitor: NewVisitor) -> Town:
    return Town(app, visitor)


def test_the_result_is_shown_to_the_town_once_it_is_released(town: Town) -> None:
    assert "noch nichts freigegeben" in town.look().main
    new = next(name for name, _ in town.open().form("Speichern").fields if name.endswith(".title"))
    stem = new.removesuffix("title")
    goal = {new: "Ganztag an allen Schulen", f"{stem}due": "01.08.2028", f"{stem}target": "100 %"}
    saved = town.record(certified="yes", awarded="01.06.2026", next_steps="Urkunde im Herbst", **goal)
    assert "Die Marke von 70 % ist erreicht." in saved.main
    assert "01.06.2029" in saved.main, "valid for three years"
    assert "noch nichts freigegeben" in town.look().main
    town.confirm_sender()
    town.advisor.press(saved, "Ergebnis ist vorbereitet")
    before = town.advisor.open(f"/beratung/{town.case}/freigeben?result=y&judgements=y")
    assert "Das sieht die Kommune" in before.main
    assert "hat etwas für Sie freigegeben" in before.main, "the mail"
    assert "noch nichts freigegeben" in town.look().main, "looking shows nothing to anybody"
    town.release()
    seen = town.look().main
    for words in ("ausgezeichnet", "01.06.2029", "01.09.2028", "Urkunde im Herbst", "Ganztag an allen Schulen"):
        assert words in seen
    with town.app.app_context():
        mails = reading().execute(select(tables.Mail.address, tables.Mail.body)).all()
    assert [address for address, _ in mails] == ["erika@example.org"]
    assert "ausgezeichnet" not in mails[0].body
    assert f"/selbstcheck/{town.check}/ihk/ergebnis" in mails[0].body


def test_the_town_takes_day_and_goals_over_and_twice_is_once(town: Town) -> None:
    new = next(name for name, _ in town.open().form("Speichern").fields if name.endswith(".title"))
    town.record(certified="yes", awarded="01.06.2026", **{new: "Ganztag an allen Schulen"})
    town.confirm_sender()
    town.advisor.press(town.open(), "Ergebnis ist vorbereitet")
    town.release()
    taken = town.coordinator.press(town.look(), "Übernehmen, IHK Darmstadt")
    assert "Der Tag der Auszeichnung steht jetzt" in taken.main
    assert "In den Selbstcheck übernehmen" not in taken.main, "nothing is left to be taken over"
    assert "Ganztag an allen Schulen" in town.coordinator.open(f"/selbstcheck/{town.check}/ziele").source
    assert town.coordinator.open(f"/selbstcheck/{town.check}/angaben").value("awarded") == "01.06.2026"


def test_what_is_released_stays_in_the_inbox_until_it_is_closed(town: Town) -> None:
    saved = town.record(certified="yes", awarded="01.06.2026")
    town.confirm_sender()
    town.advisor.press(saved, "Ergebnis ist vorbereitet")
    released = town.release()
    assert "Freigegeben. Die Kommune sieht es jetzt." in released.main
    assert "Wartet auf mich (1)" in town.advisor.open("/beratung").main
    town.advisor.press(released, "Abschließen")
    assert "Abgeschlossen (1)" in town.advisor.open("/beratung").main


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(town: Town) -> None:
    field = f"points.{CRITERIA[0].id}.points"
    refused = town.advisor.press(town.open(), "Speichern", {field: "viel", "next_steps": "Urkunde im Herbst"}, 422)
    assert "Bitte geben Sie die Punkte als Zahl an" in refused.main
    assert refused.value(field) == "viel"
    assert refused.value("next_steps") == "Urkunde im Herbst"
    refused = town.advisor.press(town.open(), "Speichern", ENOUGH | {"certified": "yes"}, 422)
    assert "Bitte geben Sie den Tag der Auszeichnung an" in refused.main


def _hold_interview(app: Flask, day: date) -> None:
    """As the town's last Stand says."""
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.ReviewCase).values(interview=day))


def _tick_days(page: Page) -> dict[str, str]:
    return {"days_sure": page.one(".//input[@name='days_sure']").attrib["value"]}


def test_an_award_before_the_interview_is_asked_about_and_saved_once_it_is_confirmed(town: Town) -> None:
    _hold_interview(town.app, date(2026, 5, 20))
    said = ENOUGH | {"certified": "yes", "awarded": "19.05.2026", "next_steps": "Urkunde im Herbst"}
    asked = town.advisor.press(town.open(), "Speichern", said, 422)
    assert "Die Auszeichnung am 19.05.2026 liegt vor dem Prüfgespräch am 20.05.2026." in asked.main
    assert "Die Tage stimmen so" in asked.main
    assert (asked.value("awarded"), asked.value("next_steps")) == ("19.05.2026", "Urkunde im Herbst")
    assert town.open().value("awarded") == "", "nothing is saved before it is confirmed"
    assert "Gespeichert" in town.advisor.press(asked, "Speichern", _tick_days(asked)).main
    saved = town.open()
    assert saved.value("awarded") == "19.05.2026"
    assert "Gespeichert" in town.advisor.press(saved, "Speichern", {"next_steps": "Urkunde im Mai"}).main


def test_a_tick_is_about_the_days_that_it_stood_beside(town: Town) -> None:
    _hold_interview(town.app, date(2026, 5, 20))
    said = ENOUGH | {"certified": "yes", "awarded": "19.05.2026"}
    asked = town.advisor.press(town.open(), "Speichern", said, 422)
    again = town.advisor.press(asked, "Speichern", _tick_days(asked) | {"awarded": "19.05.2016"}, 422)
    assert "Die Auszeichnung am 19.05.2016 liegt vor" in again.main
    assert "checked" not in again.one(".//input[@name='days_sure']").attrib


def test_a_goal_before_the_award_or_the_interview_is_asked_about_too(town: Town) -> None:
    _hold_interview(town.app, date(2062, 5, 20))
    new = next(name for name, _ in town.open().form("Speichern").fields if name.endswith(".title"))
    due = f"{new.removesuffix('title')}due"
    goal = ENOUGH | {new: "Ganztag an allen Schulen", due: "31.05.2028"}
    asked = town.advisor.press(town.open(), "Speichern", goal, 422)
    assert "bis zum 31.05.2028 erreicht sein, also vor dem Prüfgespräch am 20.05.2062" in asked.main
    days = {"certified": "yes", "awarded": "01.06.2026", due: "31.05.2026"}
    asked = town.advisor.press(asked, "Speichern", days, 422)
    assert "Die Auszeichnung am 01.06.2026 liegt vor dem Prüfgespräch am 20.05.2062." in asked.main
    assert "bis zum 31.05.2026 erreicht sein, also vor der Auszeichnung am 01.06.2026" in asked.main
    assert "Gespeichert" in town.advisor.press(asked, "Speichern", _tick_days(asked)).main
    assert "Ganztag an allen Schulen" in town.open().source


def test_what_was_confirmed_stays_confirmed_while_something_else_is_asked(town: Town) -> None:
    _hold_interview(town.app, date(2026, 5, 20))
    said = ENOUGH | {"certified": "no", "awarded": "19.05.2026"}
    asked = town.advisor.press(town.open(), "Speichern", said, 422)
    half = town.advisor.press(asked, "Speichern", _tick_days(asked), 422)
    assert "Die Punkte sagen etwas anderes" in half.main
    assert "Gespeichert" in town.advisor.press(half, "Speichern", {"sure": "y"}).main
    asked = town.advisor.press(town.open(), "Speichern", {"awarded": "18.05.2026"}, 422)
    half = town.advisor.press(asked, "Speichern", {"sure": "y"}, 422)
    assert "Gespeichert" in town.advisor.press(half, "Speichern", _tick_days(half)).main


def test_a_confirmed_day_is_not_asked_about_again_with_a_conflict(town: Town) -> None:
    _hold_interview(town.app, date(2026, 5, 20))
    slow = town.open()
    town.colleague.press(
        town.colleague.open(f"/beratung/{town.case}/ergebnis"), "Speichern", {"next_steps": "Urkunde im Mai"}
    )
    said = ENOUGH | {"certified": "yes", "awarded": "19.05.2026"}
    asked = town.advisor.press(slow, "Speichern", said, 422)
    met = town.advisor.press(asked, "Speichern", _tick_days(asked), 409)
    town.advisor.press(met, "Meine Angabe übernehmen")
    assert town.open().value("awarded") == "19.05.2026"


def test_a_day_of_the_award_that_stands_there_stays_when_the_interview_moves(town: Town) -> None:
    town.record(certified="yes", awarded="01.06.2026")
    with town.app.app_context(), writing() as connection:
        connection.execute(update(tables.ReviewCase).values(interview=clock.today()))
    assert "Gespeichert" in town.advisor.press(town.open(), "Speichern", {"next_steps": "Urkunde im Herbst"}).main


def test_a_decision_against_the_points_is_asked_about_once(town: Town) -> None:
    asked = town.advisor.press(town.open(), "Speichern", ENOUGH | {"certified": "no"}, 422)
    assert "Die Punkte sagen etwas anderes" in asked.main
    saved = town.advisor.press(asked, "Speichern", {"sure": "y"})
    assert "Gespeichert" in saved.main


def test_two_advisors_at_once_see_both_values(town: Town) -> None:
    slow = town.open()
    shown = town.colleague.open(f"/beratung/{town.case}/ergebnis")
    town.colleague.press(shown, "Speichern", {"next_steps": "Urkunde im Mai"})
    met = town.advisor.press(slow, "Speichern", {"next_steps": "Urkunde im Herbst"}, 409)
    assert "Urkunde im Mai" in met.main
    assert "Urkunde im Herbst" in met.main
    assert "Carl Rat" in met.main
    town.advisor.press(met, "Meine Angabe übernehmen")
    assert town.open().value("next_steps") == "Urkunde im Herbst"


def test_a_goal_written_anew_in_a_form_of_before_is_held_against_it(town: Town) -> None:
    form = town.open()
    new = [name for name, _ in form.form("Speichern").fields if name.endswith(".title")]
    for title in ("Ganztag an Schulen", "Ganztag an Schulen"):
        town.advisor.press(form, "Speichern", ENOUGH | {new[0]: title})
    both = ENOUGH | {new[0]: "Ganztag an allen Grundschulen", new[1]: "Mehr Kitas"}
    met = town.advisor.press(form, "Speichern", both, 409)
    assert "Meine Angabe: Ganztag an allen Grundschulen" in met.main
    assert "Andere Angabe: Ganztag an Schulen" in met.main
    town.advisor.press(met, "Meine Angabe übernehmen", {"next_steps": "Urkunde im Herbst"})
    shown = town.open()
    titles = [value for name, value in shown.form("Speichern").fields if name.endswith(".title")]
    assert titles == ["Ganztag an allen Grundschulen", "Mehr Kitas", "", ""]
    assert shown.value("next_steps") == "Urkunde im Herbst"


def test_deciding_about_a_goal_writes_over_no_result_that_was_not_seen(town: Town) -> None:
    form = town.open()
    new = next(name for name, _ in form.form("Speichern").fields if name.endswith(".title"))
    town.advisor.press(form, "Speichern", ENOUGH | {new: "Ganztag"})
    stored = next(name for name, _ in town.open().form("Speichern").fields if name.endswith(".title"))
    mine, theirs = town.open(), town.colleague.open(f"/beratung/{town.case}/ergebnis")
    town.colleague.press(theirs, "Speichern", {stored: "Ganztag überall"})
    met = town.advisor.press(mine, "Speichern", {stored: "Ganztag bald"}, 409)
    other = town.colleague.open(f"/beratung/{town.case}/ergebnis")
    town.colleague.press(other, "Speichern", {"next_steps": "Von Carl"})
    again = town.advisor.press(met, "Meine Angabe übernehmen", {"next_steps": "Von Berta"}, 409)
    assert "Von Carl" in again.main
    assert town.open().value("next_steps") == "Von Carl"


def test_what_changed_under_a_second_reader_is_not_read_over(town: Town) -> None:
    town.advisor.press(town.advisor.open("/beratung/einstellungen"), "Speichern", {"second_reader": "y"})
    town.record()
    town.confirm_sender()
    town.advisor.press(town.open(), "Ergebnis ist vorbereitet")
    page = town.colleague.open(f"/beratung/{town.case}/ergebnis")
    town.record(next_steps="Von niemandem gelesen")
    met = town.colleague.press(page, "Gegengelesen", status=409)
    assert "Inzwischen geändert" in met.main
    assert met.value("next_steps") == "Von niemandem gelesen"
    assert "dass vorher jemand anders gegenliest" in town.open("freigeben?result=y").main
    assert "Gegengelesen: Carl Rat" in town.colleague.press(met, "Gegengelesen").main


def test_a_chamber_that_wants_it_has_somebody_else_read_first(town: Town) -> None:
    settings = town.advisor.open("/beratung/einstellungen")
    assert "Gespeichert" in town.advisor.press(settings, "Speichern", {"second_reader": "y"}).main
    town.record()
    town.confirm_sender()
    town.advisor.press(town.open(), "Ergebnis ist vorbereitet")
    shown = town.advisor.open(f"/beratung/{town.case}/freigeben?result=y")
    assert "dass vorher jemand anders gegenliest" in shown.main
    assert "Jetzt freigeben" not in shown.main
    assert "Gegengelesen" not in town.open().main, "whoever prepared it does not read it over"
    other = town.colleague.open(f"/beratung/{town.case}/ergebnis")
    assert "Gegengelesen: Carl Rat" in town.colleague.press(other, "Gegengelesen").main
    town.release()
    assert "Ergebnis der Auditierung" in town.look().main


def test_nothing_is_released_to_a_sender_that_nobody_knows(town: Town) -> None:
    town.record()
    town.advisor.press(town.open(), "Ergebnis ist vorbereitet")
    shown = town.advisor.open(f"/beratung/{town.case}/freigeben?result=y")
    assert "Der Absender ist noch nicht bestätigt" in shown.main
    fields = {"csrf_token": town.open().value("csrf_token"), "result": "y"}
    town.advisor.send(f"/beratung/{town.case}/freigeben", fields, 409)
    assert "noch nichts freigegeben" in town.look().main


def test_whoever_releases_learns_that_something_is_still_asked(town: Town) -> None:
    assert "noch offen" not in town.open("freigeben").main
    reviews.ask(town.app, town.case, CRITERIA[0].questions[0].id)
    assert "Eine Rückfrage ist noch offen." in town.open("freigeben").main


def test_only_what_was_chosen_is_released(town: Town) -> None:
    town.record(next_steps="Urkunde im Herbst")
    town.confirm_sender()
    town.advisor.press(town.open(), "Ergebnis ist vorbereitet")
    shown = town.advisor.open(f"/beratung/{town.case}/freigeben?judgements=y")
    assert "Jetzt freigeben" not in shown.main, "nothing was judged, so there is nothing to show"
    assert "Urkunde im Herbst" not in shown.main


def test_a_label_that_ends_within_nine_months_waits_in_the_inbox(town: Town) -> None:
    town.record(certified="yes", awarded="01.06.2026")
    town.confirm_sender()
    town.advisor.press(town.open(), "Ergebnis ist vorbereitet")
    town.release()
    case = town.advisor.open(f"/beratung/{town.case}")
    town.advisor.press(case, "Abschließen")
    assert "Auszeichnung bis" not in town.advisor.open("/beratung").main
    with town.app.app_context(), writing() as connection:
        connection.execute(update(tables.ReviewCase).values(next_audit=clock.today() - timedelta(days=1)))
    inbox = town.advisor.open("/beratung").main
    assert "Wartet auf mich (1)" in inbox
    assert "abgeschlossen, Auszeichnung bis" in inbox


def test_what_changed_since_it_was_shown_is_not_released_unseen(town: Town) -> None:
    town.record(next_steps="Urkunde im Herbst")
    town.confirm_sender()
    town.advisor.press(town.open(), "Ergebnis ist vorbereitet")
    shown = town.advisor.open(f"/beratung/{town.case}/freigeben?result=y")
    town.colleague.press(
        town.colleague.open(f"/beratung/{town.case}/ergebnis"), "Speichern", {"next_steps": "Nur für uns: abwarten"}
    )
    again = town.advisor.press(shown, "Jetzt freigeben", status=409)
    assert "hat sich inzwischen geändert" in again.main
    assert "Nur für uns: abwarten" in again.main
    assert "noch nichts freigegeben" in town.look().main
    town.advisor.press(again, "Jetzt freigeben")
    assert "Nur für uns: abwarten" in town.look().main


def test_nobody_releases_without_having_looked(town: Town) -> None:
    town.record(next_steps="Urkunde im Herbst")
    town.confirm_sender()
    town.advisor.press(town.open(), "Ergebnis ist vorbereitet")
    fields = {"csrf_token": town.open().value("csrf_token"), "result": "y"}
    town.advisor.send(f"/beratung/{town.case}/freigeben", fields, 409)
    assert "noch nichts freigegeben" in town.look().main


def test_what_was_changed_since_somebody_read_it_over_is_to_be_read_again(town: Town) -> None:
    town.advisor.press(town.advisor.open("/beratung/einstellungen"), "Speichern", {"second_reader": "y"})
    town.record()
    town.confirm_sender()
    town.advisor.press(town.open(), "Ergebnis ist vorbereitet")
    town.colleague.press(town.colleague.open(f"/beratung/{town.case}/ergebnis"), "Gegengelesen")
    town.record(next_steps="Etwas, das niemand gelesen hat")
    assert "dass vorher jemand anders gegenliest" in town.open("freigeben?result=y").main
    other = town.colleague.open(f"/beratung/{town.case}/ergebnis")
    town.colleague.press(other, "Speichern", {"next_steps": "Von Carl"})
    assert ">Gegengelesen<" not in town.colleague.open(f"/beratung/{town.case}/ergebnis").source, "it is Carl's own"
    town.record(next_steps="Von Berta")
    other = town.colleague.open(f"/beratung/{town.case}/ergebnis")
    assert ">Gegengelesen<" not in other.source, "Carl's own is still in it"
    assert "sobald die zuständige Person" in other.main
    again = town.advisor.press(town.open(), "Ergebnis ist neu vorbereitet")
    assert "Gegenlesen kann jetzt jede andere Person" in again.main
    assert "neu als vorbereitet" not in again.main
    other = town.colleague.open(f"/beratung/{town.case}/ergebnis")
    town.colleague.press(other, "Gegengelesen")
    town.release()
    assert "Von Berta" in town.look().main
