"""Reminders as people get them: the mail, the address that stops it, and the page that switches them on again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, update

from selfcheck.core.permissions import Role
from selfcheck.store.access import grants
from selfcheck.store.database import limits, tables, transactions
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail.reminders import GRANTED, PLACED, Person, Target, Waiting
from selfcheck.web.http import clock
from selfcheck.web.team.reminders import sign, write_letter
from tests import towns
from tests.places import add_account, add_place
from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.page import NewVisitor, Visitor, begin
from tests.web.team.test_hand_over import sign_in
from tests.web.team.test_team import ask_office
from tests.web.world import World

DUE = "Erinnerung, wenn Ihre Fragen oder der Zwischenstand der Ziele fällig werden oder die IHK etwas fragt"
TOLD = "Nachricht, wenn etwas auf Sie wartet"
ADDRESS = re.compile(r"https?://\S+")


@pytest.fixture
def town(app: Flask, page: Visitor) -> Iterator[str]:
    """A self-check of an account, with a Bauamt that is asked one question until today."""
    check_id = begin(page)
    with app.app_context(), writing() as connection:
        check = connection.execute(select(tables.SelfCheck.id)).scalar_one()
        now = clock.now()
        boss, _ = add_account(connection, "erika@example.org", now)
        place = add_place(connection, check, Role.COORDINATOR, "Koordination", now)
        grants.begin_account_grant(connection, place, boss, "Erika", now)
        office = add_place(connection, check, Role.OFFICE, "Bauamt", now, question="leitbild")
        values = {"mail": "bauamt@example.org", "due_on": clock.today()}
        connection.execute(update(tables.Place).where(tables.Place.id == office).values(values))
    yield check_id
    with app.app_context():
        transactions.let_go()


def run(app: Flask) -> str:
    done = app.test_cli_runner().invoke(args=["reminders", "send"])
    assert done.exit_code == 0, done.output
    return str(done.output)


def read_mail(app: Flask) -> tuple[str, str]:
    """The one mail that went out: its text in one piece, and the address that stops such mails."""
    written = list((app.config["DATA"] / "mails").glob("*.txt"))
    assert len(written) == 1
    body = written[0].read_text(encoding="utf-8")
    return body, next(address for address in ADDRESS.findall(body) if "/erinnerungen/" in address)


def reminded(app: Flask) -> bool:
    with app.app_context():
        return bool(reading().execute(select(tables.Place.reminders).where(tables.Place.role == "office")).scalar_one())


def change_office(app: Flask, **values: object) -> None:
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.Place).where(tables.Place.role == "office").values(values))


def test_the_command_writes_once_and_the_mail_leads_to_the_questions(app: Flask, town: str, page: Visitor) -> None:
    assert "1 Erinnerung geschrieben" in run(app)
    assert "0 Erinnerungen geschrieben" in run(app)
    body, _ = read_mail(app)
    assert "Im Selbstcheck für Musterstadt am Main wartet noch 1 Frage auf Sie." in body
    assert "Die Antworten werden heute gebraucht." in body
    link = next(address for address in ADDRESS.findall(body) if "/zugang/" in address)
    assert link.startswith("http://127.0.0.1:8000/")
    assert "Bauamt" in page.open(urlsplit(link).path).main


def test_one_button_stops_and_looking_does_not(app: Flask, town: str, visitor: NewVisitor) -> None:
    run(app)
    stranger, path = visitor(), urlsplit(read_mail(app)[1]).path
    shown = stranger.open(path)
    assert "Musterstadt am Main" in shown.main
    assert reminded(app)
    done = stranger.press(shown, "Keine Erinnerungen mehr")
    assert "Sie bekommen keine Erinnerungen mehr" in done.main
    assert not reminded(app)
    stranger.press(stranger.open(path), "Wieder erinnern")
    assert reminded(app)


def test_mail_programs_stop_with_one_click_and_are_not_led_elsewhere(
    app: Flask, town: str, visitor: NewVisitor
) -> None:
    run(app)
    path = urlsplit(read_mail(app)[1]).path
    answer = visitor().client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.data) == (200, b"")
    assert not reminded(app)


@pytest.mark.parametrize("token", ["x", "W1sicCIsMV1d.abc", "W1sicCIsMV1d." + "a" * 27, "ä"])
def test_addresses_that_nobody_was_given_stop_nothing(app: Flask, town: str, page: Visitor, token: str) -> None:
    page.open(f"/erinnerungen/{token}", 404)
    assert page.client.post(f"/erinnerungen/{token}").status_code == 404
    assert reminded(app)


def test_an_address_for_one_place_leaves_the_others(app: Flask, town: str, page: Visitor) -> None:
    with app.app_context():
        address = f"/erinnerungen/{sign([Target(PLACED, 4711, clock.now())])}"
    assert "nichts mehr" in page.open(address).main
    page.client.post(address)
    assert reminded(app)


def test_an_old_address_stops_nothing_that_was_made_later_under_the_same_id(
    app: Flask, town: str, page: Visitor
) -> None:
    run(app)
    path = urlsplit(read_mail(app)[1]).path
    change_office(app, created_at=clock.now() + timedelta(days=400))
    assert "nichts mehr" in page.open(path).main
    page.client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert reminded(app)


def test_whoever_has_very_much_to_do_still_gets_an_address_that_fits(app: Flask) -> None:
    now = clock.now()
    waiting = tuple(
        Waiting(Target(GRANTED, number, now + timedelta(microseconds=number)), "x", "Ort", now.date(), 1, None)
        for number in range(10**6, 10**6 + 200)
    )
    with app.test_request_context():
        mail = write_letter(Person("erika@example.org", None, waiting), {})
    assert len(mail.stop) <= limits.LINK
    assert mail.stop in mail.body


def test_the_coordination_switches_reminders_of_an_office(app: Flask, town: str, page: Visitor) -> None:
    change_office(app, reminders=False)
    there = page.open(f"/selbstcheck/{town}/erinnerungen")
    assert "Bauamt: Erinnerung · ausgeschaltet" in there.main
    assert "Bauamt: Erinnerung · eingeschaltet" in page.press(there, "Einschalten, Bauamt: Erinnerung").main
    assert reminded(app)


def test_nobody_switches_what_is_not_theirs(world: World) -> None:
    colleague = world.visit("colleague with an account")
    there = colleague.open(f"/selbstcheck/{world.check_id}/erinnerungen")
    assert f"{DUE} · eingeschaltet" in there.main
    assert "Fachbereiche" not in there.main
    assert f"{DUE} · ausgeschaltet" in colleague.press(there, f"Ausschalten, {DUE}").main
    for foreign in ("g1", "p1", "p2", "", "x" * 5000):
        colleague.press(there, f"Ausschalten, {DUE}", {"stelle": foreign})
    with world.app.app_context():
        off = select(tables.Grant.id).where(tables.Grant.reminders.is_(False))
        assert len(reading().execute(off).all()) == 1
        assert reading().execute(select(tables.Place.id).where(tables.Place.reminders.is_(False))).all() == []


def test_an_account_switches_its_own_in_all_self_checks(world: World) -> None:
    colleague = world.visit("colleague with an account")
    there = colleague.open(colleague.open("/konto").link("Ändern: E-Mails an Sie"))
    assert f"Musterstadt am Main, Kollegium: {DUE} · eingeschaltet" in there.main
    off = colleague.press(there, f"Ausschalten, Musterstadt am Main, Kollegium: {DUE}")
    assert f"Musterstadt am Main, Kollegium: {DUE} · ausgeschaltet" in off.main
    assert f"{DUE} · ausgeschaltet" in colleague.open(f"/selbstcheck/{world.check_id}/erinnerungen").main


@pytest.mark.parametrize("name", ["Stadt http://böse.example/x", "a@b.example\nBcc: c@d.example", "www.boese.example"])
def test_nothing_that_somebody_typed_becomes_a_link_in_a_mail(app: Flask, town: str, name: str) -> None:
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.SelfCheck).values(municipality=name))
    run(app)
    body, _ = read_mail(app)
    assert {urlsplit(address).hostname for address in ADDRESS.findall(body)} == {"127.0.0.1"}
    assert "@" not in body.replace("An: bauamt@example.org", "")
    assert "www.boese" not in body


def test_links_lead_to_the_first_name_of_the_server(make_app: Callable[..., Flask], town: str) -> None:
    app = make_app(SELFCHECK_HOSTS="selbstcheck.example.de zweiter.example.de")
    run(app)
    assert read_mail(app)[1].startswith("http://selbstcheck.example.de/erinnerungen/")


def test_whoever_asks_for_it_is_told_that_something_waits_and_stops_it_with_one_click(
    app: Flask, page: Visitor, visitor: NewVisitor, check: str, time: Clock
) -> None:
    sign_in(app, page, "erika@example.org", "Erika")
    page.press(page.open(f"/selbstcheck/{check}/uebernehmen"), "In mein Konto übernehmen")
    there = page.open(f"/selbstcheck/{check}/erinnerungen")
    assert f"{TOLD} · ausgeschaltet" in there.main
    assert f"{TOLD} · eingeschaltet" in page.press(there, f"Einschalten, {TOLD}").main
    time.wait(minutes=1)
    with app.app_context(), writing() as connection:
        said = {"question": "leitbild", "text": "Wo liegt es?", "by": "Kai", "at": clock.now(), "resolved_by": ""}
        check_id = connection.execute(select(tables.SelfCheck.id)).scalar_one()
        connection.execute(insert(tables.Comment).values(said | {"check_id": check_id}))
    time.wait(minutes=1)
    assert "1 Erinnerung geschrieben" in run(app)
    body, stop = read_mail(app)
    assert "Musterstadt am Main: Es wartet etwas auf Sie" in body
    assert "Eine Rückfrage ist offen." in body
    assert "Wo liegt es?" not in body
    waiting = next(address for address in ADDRESS.findall(body) if "/mein-teil" in address)
    assert page.open(urlsplit(waiting).path).h1 == "Mein Teil"
    assert _waiting(page, check) == {"Mein Teil": "1 wartet"}
    stopping = visitor()
    done = stopping.press(stopping.open(urlsplit(stop).path), "Keine solchen Mails mehr")
    assert "Sie bekommen diese Mails nicht mehr" in done.main
    assert f"{TOLD} · ausgeschaltet" in page.open(f"/selbstcheck/{check}/erinnerungen").main


def test_the_navigation_counts_what_waits(app: Flask, page: Visitor, check: str, time: Clock) -> None:
    ask_office(page, check)
    assert _waiting(page, check) == {}
    with app.app_context(), writing() as connection:
        office = update(tables.Place).where(tables.Place.role == "office")
        connection.execute(office.values(message="Fragen Sie das Hauptamt.", message_at=clock.now()))
        question = select(func.min(tables.Assignment.question)).scalar_subquery()
        declined = update(tables.Assignment).where(tables.Assignment.question == question)
        connection.execute(declined.values(declined_at=clock.now()))
        connection.execute(update(tables.SelfCheck).values(interview=clock.today() + timedelta(days=200)))
    assert _waiting(page, check) == {"Team": "2 warten"}
    page.press(page.open(f"/selbstcheck/{check}/team"), "Erledigt")
    assert _waiting(page, check) == {"Team": "1 wartet"}
    page.open(f"/selbstcheck/{check}/checkliste")
    time.wait(days=120)
    assert _waiting(page, check)["Checkliste"].endswith(" überfällig")


def test_a_message_of_an_office_whose_access_ended_waits_everywhere(app: Flask, page: Visitor, check: str) -> None:
    ask_office(page, check)
    ask_office(page, check, "Schule und Ganztag")
    with app.app_context(), writing() as connection:
        office = update(tables.Place).where(tables.Place.role == "office")
        connection.execute(office.values(message="Fragen Sie das Hauptamt.", message_at=clock.now()))
    withdrawing = page.open(page.open(f"/selbstcheck/{check}/team").link("Zurückziehen, Stadtplanung"))
    found = page.press(withdrawing, "Zurückziehen")
    assert found.main.count("Fragen Sie das Hauptamt.") == 2
    assert "2 Nachrichten warten auf Sie." in page.open(f"/selbstcheck/{check}").main
    assert _waiting(page, check) == {"Team": "2 warten"}


def test_a_question_that_was_answered_since_it_came_back_waits_for_nobody(
    app: Flask, page: Visitor, check: str, time: Clock
) -> None:
    ask_office(page, check)
    question = next(each for each in towns.questionnaire().questions if each.department == "stadtplanung")
    with app.app_context(), writing() as connection:
        declined = update(tables.Assignment).where(tables.Assignment.question == question.id)
        connection.execute(declined.values(declined_at=clock.now()))
    assert f"Wer soll {question.number} beantworten?" in page.open(f"/selbstcheck/{check}/team").main
    assert _waiting(page, check) == {"Team": "1 wartet"}
    time.wait(minutes=1)
    form = page.open(f"/selbstcheck/{check}/fragen/{question.criterion}?offen=alle")
    page.press(form, "Speichern und weiter", {f"{question.id}.choice": f"option:{question.options[0].id}"})
    assert f"Wer soll {question.number} beantworten?" not in page.open(f"/selbstcheck/{check}/team").main
    assert _waiting(page, check) == {}


def _waiting(page: Visitor, check: str) -> dict[str, str]:
    """What the navigation says in words that waits, by the name of its page."""
    menu = page.open(f"/selbstcheck/{check}").all(".//nav[@aria-label='Selbstcheck']//a")
    said = {
        text_of(each.find(".//span[@class='nav__title']")): each.find(".//*[@class='nav__waiting']") for each in menu
    }
    return {name: text_of(each).partition(", ")[2] for name, each in said.items() if each is not None}
