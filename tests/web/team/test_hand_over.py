"""From a guest's self-check to an account, from one coordination to the next, and what the operator can do."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import update

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import writing
from selfcheck.web.http import clock
from tests.places import add_account
from tests.web.accounts.registering import letters, register_and_confirm
from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor, begin
from tests.web.team.people import SESSION_KEY

pytestmark = pytest.mark.usefixtures("time")
TAKE = "In mein Konto übernehmen"
ERIKA, KAI = "erika@example.org", "kai@example.org"


def sign_in(app: Flask, visitor: Visitor, mail: str, name: str = "", position: str = "member") -> None:
    """An account that is there already, signed in on this browser."""
    with app.app_context(), writing() as connection:
        account, mark = add_account(connection, mail, clock.now(), position)
        if name:
            connection.execute(update(tables.Account).where(tables.Account.id == account).values(name=name))
    with visitor.client.session_transaction() as session:
        session[SESSION_KEY] = mark
        session["_fresh"] = True


def shown_link(found: Page) -> str:
    return urlsplit(found.one(".//input[@id='link']").get("value", "")).path


def personal_link(page: Visitor, check_id: str) -> str:
    asked = page.open(f"/selbstcheck/{check_id}/persoenlicher-link")
    return shown_link(page.press(asked, "Persönlichen Link anzeigen"))


def invite(page: Visitor, check_id: str, label: str = "Hauptamt", **changes: str) -> str:
    form = page.open(f"/selbstcheck/{check_id}/team/kollegium/neu")
    return shown_link(page.press(form, "Link erstellen", {"label": label} | changes))


def join(app: Flask, page: Visitor, colleague: Visitor, check_id: str, mail: str = KAI, name: str = "Kai") -> None:
    """A colleague with an account takes the place that the coordination made."""
    link = invite(page, check_id)
    sign_in(app, colleague, mail, name)
    entry = colleague.open(link)
    assert "Der Selbstcheck kommt in Ihr Konto" in entry.main
    assert colleague.press(entry, "Öffnen").h1 == "Übersicht"


def history(page: Visitor, check_id: str) -> str:
    return page.open(f"/selbstcheck/{check_id}/verlauf").main


def test_a_guest_registers_and_takes_the_self_check_over(page: Visitor, visitor: NewVisitor, check: str) -> None:
    link, other = personal_link(page, check), visitor()
    other.press(other.open(link), "Öffnen")
    register_and_confirm(page, ERIKA, "Erika Muster")
    listed = page.open("/selbstchecks")
    asked = page.open(listed.link(f"{TAKE}, Musterstadt am Main"))
    assert "Der persönliche Link gilt danach nicht mehr." in asked.main
    done = page.press(asked, TAKE)
    assert "In Ihr Konto übernommen" in done.main
    assert "Persönlichen Link anzeigen" not in done.main
    assert "gehört jetzt zu einem Konto" in other.open(f"/selbstcheck/{check}", 410).main
    assert "Beendet am 08.02.2027" in other.open(link, 410).main
    assert "schon zu Ihrem Konto" in page.open(asked.address).main
    assert "mit Ihrem Konto" in page.open("/selbstchecks").main
    assert "In ein Konto übernommen" in history(page, check)
    assert (
        "Einen persönlichen Link gibt es deshalb nicht mehr"
        in page.open(f"/selbstcheck/{check}/persoenlicher-link").main
    )
    csrf = page.open("/selbstcheck/neu").value("csrf_token")
    page.send(f"/selbstcheck/{check}/persoenlicher-link", {"csrf_token": csrf})


def test_taking_over_works_from_another_machine_with_the_link(
    app: Flask, page: Visitor, visitor: NewVisitor, check: str
) -> None:
    link, other = personal_link(page, check), visitor()
    assert TAKE not in other.open(link).main
    sign_in(app, other, ERIKA, "Erika")
    entry = other.open(link)
    assert other.press(entry, TAKE).h1 == "Übersicht"
    assert "gehört jetzt zu einem Konto" in page.open(f"/selbstcheck/{check}", 410).main
    other.press(entry, TAKE, status=410)
    other.open(f"/selbstcheck/{check}")


def test_a_double_click_takes_over_once_and_somebody_else_comes_too_late(
    app: Flask, page: Visitor, visitor: NewVisitor, check: str
) -> None:
    link, late = personal_link(page, check), visitor()
    sign_in(app, page, ERIKA, "Erika")
    asked = page.open(f"/selbstcheck/{check}/uebernehmen")
    sign_in(app, late, KAI, "Kai")
    late.press(late.open(link), "Öffnen")
    too_late = late.open(f"/selbstcheck/{check}/uebernehmen")
    for _ in range(2):
        page.press(asked, TAKE)
    late.press(too_late, TAKE, status=410)
    late.open(f"/selbstcheck/{check}", 410)
    assert history(page, check).count("In ein Konto übernommen") == 1


def test_without_an_account_nothing_is_taken_over(page: Visitor, visitor: NewVisitor, check: str) -> None:
    asked = page.open(f"/selbstcheck/{check}/uebernehmen")
    assert "Dafür brauchen Sie ein Konto" in asked.main
    csrf = page.open("/selbstcheck/neu").value("csrf_token")
    page.send(asked.address, {"csrf_token": csrf}, 422)
    link, other = personal_link(page, check), visitor()
    csrf = other.open("/selbstcheck/neu").value("csrf_token")
    assert other.send(f"{link}/uebernehmen", {"csrf_token": csrf}).address == link


def test_an_account_keeps_a_colleagues_place_on_every_machine(
    app: Flask, page: Visitor, visitor: NewVisitor, check: str
) -> None:
    colleague = visitor()
    join(app, page, colleague, check)
    with colleague.client.session_transaction() as session:
        assert not session.get("grants")
    assert "Kai" in page.open(f"/selbstcheck/{check}/team").main


def test_the_coordination_is_handed_over_by_name(app: Flask, page: Visitor, visitor: NewVisitor, check: str) -> None:
    empty = page.open(f"/selbstcheck/{check}/team/uebergeben")
    assert "Bis jetzt ist das niemand" in empty.main
    link, colleague = personal_link(page, check), visitor()
    join(app, page, colleague, check)
    sign_in(app, page, ERIKA, "Erika")
    page.press(page.open(f"/selbstcheck/{check}/uebernehmen"), TAKE)
    form = page.open(page.open(f"/selbstcheck/{check}/team").link("Koordination übergeben an Kai"))
    page.press(form, "Koordination übergeben", {"person": "999999"}, 422)
    page.press(form, "Koordination übergeben", {"person": None}, 422)
    done = page.press(form, "Koordination übergeben")
    assert done.h1 == "Übersicht"
    assert "Sie arbeiten weiter mit" in done.main
    page.open(f"/selbstcheck/{check}/team", 403)
    team = colleague.open(f"/selbstcheck/{check}/team").main
    assert "Kai (Sie)" in team
    assert "Koordination übergeben: Kai" in history(colleague, check)
    assert "Sie koordinieren jetzt den Selbstcheck" in letters(app, KAI)[-1].subject
    page.open(link, 410)


def test_a_guest_who_hands_over_loses_the_personal_link(
    app: Flask, page: Visitor, visitor: NewVisitor, check: str
) -> None:
    link, colleague = personal_link(page, check), visitor()
    join(app, page, colleague, check)
    form = page.open(f"/selbstcheck/{check}/team/uebergeben")
    assert "Ihr persönlicher Link gilt dann nicht mehr" in form.main
    choice = form.one(".//input[@name='person']").get("value", "")
    left = page.press(form, "Koordination übergeben", {"person": choice, "afterwards": "leave"})
    assert "Sie haben den Selbstcheck verlassen" in left.main
    page.open(f"/selbstcheck/{check}", 404)
    visitor().open(link, 410)
    assert letters(app, KAI) == []


def test_a_colleague_of_one_browser_brings_the_place_into_an_account(
    app: Flask, page: Visitor, visitor: NewVisitor, check: str
) -> None:
    link, colleague = invite(page, check), visitor()
    colleague.press(colleague.open(link), "Öffnen", {"name": "Kai"})
    sign_in(app, colleague, KAI, "Kai Beispiel")
    hint = colleague.open(f"/selbstcheck/{check}").main
    assert "Noch nicht in Ihrem Konto" in hint
    entry = colleague.open(link)
    assert "Der Selbstcheck kommt in Ihr Konto" in entry.main
    assert "arbeiten in diesem Browser schon" not in entry.main
    assert "Noch nicht in Ihrem Konto" not in colleague.press(entry, "Öffnen").main
    assert "mit Ihrem Konto" in colleague.open("/selbstchecks").main
    listed = page.open(f"/selbstcheck/{check}/team").main
    assert (listed.count("Kai Beispiel"), listed.count("Koordination übergeben an")) == (2, 1)


def test_whoever_signed_in_reads_that_the_self_check_is_not_in_the_account_yet(
    app: Flask, page: Visitor, check: str
) -> None:
    sign_in(app, page, ERIKA, "Erika")
    shown = page.open(f"/selbstcheck/{check}")
    assert "Noch nicht in Ihrem Konto" in shown.main
    assert "Sie arbeiten ohne Konto" not in shown.main
    done = page.press(page.open(shown.link(TAKE)), TAKE)
    assert "Noch nicht in Ihrem Konto" not in done.main


def test_an_account_signs_out_as_a_whole(app: Flask, page: Visitor, check: str) -> None:
    sign_in(app, page, ERIKA, "Erika")
    done = page.press(page.open(f"/selbstcheck/{check}/uebernehmen"), TAKE)
    assert done.link("Auf diesem Gerät abmelden") == "/konto/abmelden"
    assert page.open(f"/selbstcheck/{check}/abmelden").link("Vom Konto abmelden") == "/konto/abmelden"
    page.press(page.open("/konto/abmelden"), "Abmelden")
    page.open(f"/selbstcheck/{check}", 404)


def test_two_coordinate_and_the_last_one_cannot_leave(
    app: Flask, page: Visitor, visitor: NewVisitor, check: str
) -> None:
    colleague = visitor()
    join(app, page, colleague, check)
    sign_in(app, page, ERIKA, "Erika")
    page.press(page.open(f"/selbstcheck/{check}/uebernehmen"), TAKE)
    alone = page.open(f"/selbstcheck/{check}/verlassen")
    assert "einzige Koordination" in alone.main
    csrf = page.open("/selbstcheck/neu").value("csrf_token")
    page.send(alone.address, {"csrf_token": csrf}, 422)
    form = page.open(f"/selbstcheck/{check}/team/uebergeben")
    choice = form.one(".//input[@name='person']").get("value", "")
    both = page.press(form, "Koordination übergeben", {"person": choice, "afterwards": "coordinator"})
    assert "Zurückziehen, Koordination Kai" in both.main
    asked = page.open(f"/selbstcheck/{check}/verlassen")
    assert "Sie haben den Selbstcheck verlassen" in page.press(asked, "Selbstcheck verlassen").main
    page.open(f"/selbstcheck/{check}", 404)
    assert "Selbstcheck verlassen: Erika (Koordination)" in history(colleague, check)


def test_who_was_closed_out_of_the_coordination_is_told(
    app: Flask, page: Visitor, visitor: NewVisitor, check: str
) -> None:
    colleague = visitor()
    join(app, page, colleague, check)
    form = page.open(f"/selbstcheck/{check}/team/uebergeben")
    choice = form.one(".//input[@name='person']").get("value", "")
    both = page.press(form, "Koordination übergeben", {"person": choice, "afterwards": "coordinator"})
    page.press(page.open(both.link("Zurückziehen, Koordination Kai")), "Zurückziehen")
    assert "Ihr Zugang zu diesem Selbstcheck gilt nicht mehr" in colleague.open(f"/selbstcheck/{check}", 410).main


def test_invitations_and_reminders_go_out_by_mail_for_an_account(
    app: Flask, page: Visitor, visitor: NewVisitor, check: str, time: Clock
) -> None:
    guest = page.open(f"/selbstcheck/{check}/team/fachbereich/neu?fachbereich=stadtplanung")
    assert guest.link("Registrieren") == "/registrieren"
    assert not guest.all(".//input[@name='mail']")
    sign_in(app, page, ERIKA, "Erika M/uster@x")
    form = page.open(guest.address + "?fachbereich=stadtplanung")
    page.press(form, "Link erstellen", {"mail": "kein Mensch"}, 422)
    for _ in range(2):
        made = page.press(form, "Link erstellen", {"mail": "bau@example.org"})
        assert "Die Einladung an bau@example.org geht gleich hinaus" in made.main
    sent = letters(app, "bau@example.org")
    assert len(sent) == 1
    assert sent[0].subject == "Musterstadt am Main: 4 Fragen an die Stadtplanung"
    assert "Erika M uster x" in sent[0].body
    assert "4 Fragen an Sie" in visitor().open(sent[0].links[0]).main
    reminded = page.press(page.open(f"/selbstcheck/{check}/team"), "Erinnern, Stadtplanung")
    assert "Die Erinnerung geht gleich hinaus" in reminded.main
    again = page.press(page.open(f"/selbstcheck/{check}/team"), "Erinnern, Stadtplanung")
    assert "Heute schon erinnert" in again.main
    assert [letter.subject for letter in letters(app, "bau@example.org")][1:] == [
        "Musterstadt am Main: Erinnerung an den Selbstcheck"
    ]
    time.wait(days=1)
    assert "Die Erinnerung geht gleich hinaus" in page.press(again, "Erinnern, Stadtplanung").main
    stop = visitor()
    asked = stop.open(letters(app, "bau@example.org")[-1].links[-1])
    stop.press(asked, "Keine Erinnerungen mehr")
    time.wait(days=1)
    assert "Keine Erinnerung" in page.press(again, "Erinnern, Stadtplanung").main
    quiet = invite(page, check)
    assert quiet
    place = page.open(f"/selbstcheck/{check}/team").link("Ende ändern, Hauptamt").split("/")[-2]
    csrf = page.open("/selbstcheck/neu").value("csrf_token")
    refused = page.send(f"/selbstcheck/{check}/team/{place}/erinnern", {"csrf_token": csrf})
    assert "Keine Erinnerung" in refused.main
    page.send(f"/selbstcheck/{check}/team/gibtesnicht/erinnern", {"csrf_token": csrf}, 404)


def test_after_twenty_new_addresses_a_day_the_form_says_so(app: Flask, page: Visitor, check: str, time: Clock) -> None:
    sign_in(app, page, ERIKA, "Erika")
    for number in range(20):
        invite(page, check, f"Amt {number}", mail=f"amt{number}@example.org")
    form = page.open(f"/selbstcheck/{check}/team/kollegium/neu")
    refused = page.press(form, "Link erstellen", {"label": "Amt 20", "mail": "amt20@example.org"}, 422)
    assert "20 neue Adressen" in text_of(refused.one(".//*[@id='mail-fehler']"))
    assert refused.value("label") == "Amt 20"
    assert "geht gleich hinaus" in page.press(form, "Link erstellen", {"label": "x", "mail": "amt1@example.org"}).main
    time.wait(days=1, minutes=1)
    assert "geht gleich hinaus" in page.press(refused, "Link erstellen").main


def test_my_self_checks_say_role_state_and_due_date(
    app: Flask, page: Visitor, visitor: NewVisitor, time: Clock
) -> None:
    sign_in(app, page, ERIKA, "Erika")
    for number in range(13):
        time.wait(minutes=1)
        begin(page, municipality=f"Ort {number:02}")
    time.wait(minutes=1)
    other = visitor()
    check = begin(other, municipality="Nachbarstadt")
    form = other.open(f"/selbstcheck/{check}/team/fachbereich/neu?fachbereich=stadtplanung")
    page.press(page.open(shown_link(other.press(form, "Link erstellen"))), "Öffnen")
    share = other.press(other.open(f"/selbstcheck/{check}/teilen"), "Link erstellen", {"label": "Erika"})
    page.press(page.open(shown_link(share)), "Öffnen")
    listed = page.open("/selbstchecks")
    rows = [text_of(row) for row in listed.all(".//ul[@class='rows']/li")]
    assert rows[0].startswith("Fragen für Nachbarstadt Fachbereich Stadtplanung · 0 von 4 beantwortet")
    assert "Antworten bis 01.03.2027" in rows[0]
    assert [row[:6] for row in rows[1:14]] == [f"Ort {number:02}" for number in range(12, -1, -1)]
    assert "Koordination · Erstauditierung · 0 Fragen beantwortet" in rows[1]
    assert "Berichte zum Lesen" in [text_of(heading) for heading in listed.all(".//h2")]
    assert rows[14].startswith("Bericht Nachbarstadt")
    time.wait(days=30)
    assert "überfällig" in page.open("/selbstchecks").main


def test_the_operator_appoints_somebody_without_seeing_answers(
    app: Flask, page: Visitor, visitor: NewVisitor, check: str
) -> None:
    operator, kai = visitor(), visitor()
    sign_in(app, page, ERIKA, "Erika")
    page.press(page.open(f"/selbstcheck/{check}/uebernehmen"), TAKE)
    sign_in(app, operator, "betrieb@example.org", "Oskar", "operator")
    sign_in(app, kai, KAI, "Kai")
    listed = operator.open("/verwaltung?suche=MUSTER")
    for said in ("Musterstadt am Main", "Darmstadt", "08.02.2027", ERIKA):
        assert said in listed.main
    assert "gibt es keinen Selbstcheck" in operator.open("/verwaltung?suche=Nirgends").main
    links = [
        link for link in listed.all(".//a") if text_of(link).startswith("Koordination einsetzen, Musterstadt am Main")
    ]
    form = operator.open(str(links[0].get("href")))
    operator.press(form, "Einsetzen", {"mail": KAI, "reason": " "}, 422)
    for nobody in ("niemand@rathaus.local", "niemand@example.org"):
        unknown = operator.press(form, "Einsetzen", {"mail": nobody, "reason": "Wechsel"}, 422)
        assert "kein Konto" in text_of(unknown.one(".//*[@id='mail-fehler']"))
    assert unknown.value("reason") == "Wechsel"
    done = operator.press(unknown, "Einsetzen", {"mail": KAI})
    assert "Koordination eingesetzt" in done.main
    assert "Grund: Wechsel" in history(kai, check)
    assert "Betrieb" in history(kai, check)
    assert "weitere Koordination" in letters(app, ERIKA)[-1].subject
    assert "Sie koordinieren jetzt" in letters(app, KAI)[-1].subject
    operator.open(f"/selbstcheck/{check}", 404)
    assert page.open(f"/selbstcheck/{check}").status == 200


@pytest.mark.parametrize(
    ("mail", "said"),
    [("betrieb@example.org", "Das ist Ihr eigenes Konto"), (KAI, "gehört zum Betrieb oder zur Beratung")],
)
@pytest.mark.parametrize("position", ["advisor", "operator"])
def test_the_operator_appoints_nobody_who_is_not_of_the_town(
    app: Flask, visitor: NewVisitor, check: str, mail: str, said: str, position: str
) -> None:
    operator, other = visitor(), visitor()
    sign_in(app, operator, "betrieb@example.org", "Oskar", "operator")
    sign_in(app, other, KAI, "Kai", position)
    form = operator.open(f"/verwaltung/selbstchecks/{check}/koordination")
    refused = operator.press(form, "Einsetzen", {"mail": mail, "reason": "Nachsehen"}, 422)
    assert said in text_of(refused.one(".//*[@id='mail-fehler']"))
    assert refused.value("reason") == "Nachsehen"
    for browser in (operator, other):
        browser.open(f"/selbstcheck/{check}", 404)


def test_a_guest_is_told_that_somebody_was_appointed(
    app: Flask, page: Visitor, visitor: NewVisitor, check: str
) -> None:
    operator, kai = visitor(), visitor()
    sign_in(app, operator, "betrieb@example.org", "Oskar", "operator")
    sign_in(app, kai, KAI, "Kai")
    heading = "Der Betreiber hat eine Koordination eingesetzt"
    assert heading not in page.open(f"/selbstcheck/{check}").main
    form = operator.open(f"/verwaltung/selbstchecks/{check}/koordination")
    operator.press(form, "Einsetzen", {"mail": KAI, "reason": "Anruf vom 8. Februar"})
    told = page.open(f"/selbstcheck/{check}").main
    for said in (heading, "Kai", "Anruf vom 8. Februar", "08.02.2027"):
        assert said in told
    assert heading not in kai.open(f"/selbstcheck/{check}").main, "they got a mail"


@pytest.mark.parametrize("position", ["", "member", "advisor"])
def test_nobody_else_learns_that_there_is_such_a_page(
    app: Flask, visitor: NewVisitor, check: str, position: str
) -> None:
    other = visitor()
    if position:
        sign_in(app, other, KAI, "Kai", position)
    other.open("/verwaltung", 404)
    other.open(f"/verwaltung/selbstchecks/{check}/koordination", 404)


def test_the_operator_looks_for_a_self_check_that_is_not_there(app: Flask, visitor: NewVisitor) -> None:
    operator = visitor()
    sign_in(app, operator, KAI, "Kai", "operator")
    operator.open("/verwaltung/selbstchecks/gibtesnicht/koordination", 404)


def test_an_office_that_was_asked_by_letter_gets_an_address_for_reminders_later(
    app: Flask, page: Visitor, check: str
) -> None:
    form = page.open(f"/selbstcheck/{check}/team/fachbereich/neu?fachbereich=stadtplanung")
    page.press(form, "Link erstellen")
    change = page.open(f"/selbstcheck/{check}/team").link("Fragen und Termin ändern, Stadtplanung")
    assert not page.open(change).all(".//input[@name='mail']"), "without an account nobody has mails sent"
    sign_in(app, page, ERIKA)
    assert page.press(page.open(change), "Speichern", {"mail": "kein Mensch"}, 422).value("mail") == "kein Mensch"
    team = page.press(page.open(change), "Speichern", {"mail": "bau@example.org"})
    assert not letters(app, "bau@example.org")
    page.press(team, "Erinnern, Stadtplanung")
    assert len(letters(app, "bau@example.org")) == 1
    assert page.open(change).value("mail") == "bau@example.org"
