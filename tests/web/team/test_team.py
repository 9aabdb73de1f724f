"""The coordination asks offices and colleagues; what they get, what comes back, and how it ends."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import unquote, urlsplit

import pytest
from flask import Flask
from sqlalchemy import update

from selfcheck.store.database import tables
from selfcheck.store.database.transactions import writing
from tests import towns
from tests.web.clock import START, Clock
from tests.web.document import text_of
from tests.web.forms import name_button
from tests.web.page import NewVisitor, Page, Visitor, begin

pytestmark = pytest.mark.usefixtures("time")
BUILDING = [question for question in towns.questionnaire().questions if question.department == "stadtplanung"]


def team(page: Visitor, check_id: str) -> Page:
    return page.open(f"/selbstcheck/{check_id}/team")


def ask_office(page: Visitor, check_id: str, department: str = "Stadtplanung", **changes: str) -> Page:
    """Chooses a department, creates its link; the page that shows it."""
    chosen = page.open(page.open(f"/selbstcheck/{check_id}/team/fachbereich").link(department))
    return page.press(chosen, "Link erstellen", changes)


def invite(page: Visitor, check_id: str, label: str = "Hauptamt", **changes: str) -> Page:
    form = page.open(f"/selbstcheck/{check_id}/team/kollegium/neu")
    return page.press(form, "Link erstellen", {"label": label} | changes)


def link_of(found: Page) -> str:
    return urlsplit(_shown(found)).path


def _shown(found: Page) -> str:
    return found.one(".//input[@id='link']").get("value", "")


def csrf_of(visitor: Visitor) -> str:
    return visitor.open("/selbstcheck/neu").value("csrf_token")


def change_places(app: Flask, **values: object) -> None:
    with app.app_context(), writing() as connection:
        connection.execute(update(tables.Place).where(tables.Place.role == "office").values(values))


def decline(app: Flask, question: str, now: datetime) -> None:
    with app.app_context(), writing() as connection:
        connection.execute(
            update(tables.Assignment).where(tables.Assignment.question == question).values(declined_at=now)
        )


def test_an_office_gets_a_link_with_its_questions_ticked_and_a_ready_letter(page: Visitor, check: str) -> None:
    empty = team(page, check)
    assert "Noch haben Sie keinen Fachbereich gefragt" in empty.main
    departments = page.open(empty.link("Nur einen Fachbereich fragen"))
    assert f"Stadtplanung {len(BUILDING)} Fragen" in departments.main
    form = page.open(departments.link("Stadtplanung"))
    ticked = [box.get("value") for box in form.all(".//input[@name='questions']") if "checked" in box.attrib]
    assert ticked == [question.id for question in BUILDING]
    assert (form.value("label"), form.value("due")) == ("Stadtplanung", "01.03.2027")
    made = page.press(form, "Link erstellen")
    letter = text_of(made.one(".//textarea"))
    assert made.h1 == "Link für: Stadtplanung"
    assert _shown(made) in letter
    assert f"{len(BUILDING)} Fragen" in letter
    assert "bis zum 01.03.2027" in letter
    mail = made.link("Mit dem eigenen E-Mail-Programm verschicken")
    assert _shown(made) in unquote(mail)
    listed = team(page, check).main
    for said in ("noch nicht geöffnet", f"0 von {len(BUILDING)} beantwortet", "Link gilt bis 31.03.2027"):
        assert said in listed
    assert "Stadtplanung, 4 Fragen, Antworten bis 01.03.2027" in page.open(f"/selbstcheck/{check}/verlauf").main


def test_a_link_is_shown_once_and_another_on_demand(page: Visitor, visitor: NewVisitor, check: str) -> None:
    made = ask_office(page, check)
    first = link_of(made)
    again = page.open(made.address)
    assert not again.all(".//input[@id='link']")
    second = page.press(again, "Neuen Link anzeigen")
    assert link_of(second) != first
    for link in (first, link_of(second)):
        assert f"{len(BUILDING)} Fragen an Sie" in visitor().open(link).main
    listed = page.press(team(page, check), "Neuen Link anzeigen, Stadtplanung")
    assert link_of(listed) not in (first, link_of(second))


def test_without_a_script_a_ticked_criterion_stands_for_all_its_questions(page: Visitor, check: str) -> None:
    criterion = towns.questionnaire().criteria[0]
    form = page.open(f"/selbstcheck/{check}/team/fachbereich/neu")
    page.press(form, "Link erstellen", {"label": "Kämmerei", "criteria": criterion.id})
    assert f"0 von {len(criterion.questions)} beantwortet" in team(page, check).main


@pytest.mark.parametrize(
    ("field", "entered"),
    [
        ("label", ""),
        ("label", "x" * 81),
        ("questions", None),
        ("due", ""),
        ("due", "bald"),
        ("due", "07.02.2027"),
        ("due", "10.02.2028"),
        ("ends", "irgendwann"),
        ("ends", "20.02.2027"),
        ("ends", "01.01.2027"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_lost(
    page: Visitor, check: str, field: str, entered: str | None
) -> None:
    form = page.open(f"/selbstcheck/{check}/team/fachbereich/neu?fachbereich=stadtplanung")
    found = page.press(form, "Link erstellen", {"label": "Bau 12", "due": "15.03.2027"} | {field: entered}, 422)
    assert text_of(found.one(f".//*[@id='{field}-fehler']"))
    assert found.value("label") == ("Bau 12" if field != "label" else entered)
    assert found.value("due") == ("15.03.2027" if field != "due" else entered)
    assert "Noch haben Sie keinen Fachbereich gefragt" in team(page, check).main


def test_questions_that_do_not_exist_count_for_nothing(page: Visitor, check: str) -> None:
    form = page.open(f"/selbstcheck/{check}/team/fachbereich/neu")
    page.press(form, "Link erstellen", {"label": "Amt", "questions": ["gibt-es-nicht"], "criteria": "auch-nicht"}, 422)


def test_a_double_click_asks_once(page: Visitor, visitor: NewVisitor, check: str) -> None:
    form = page.open(f"/selbstcheck/{check}/team/fachbereich/neu?fachbereich=stadtplanung")
    links = [link_of(page.press(form, "Link erstellen")) for _ in range(2)]
    assert len(team(page, check).all(".//h3")) == 1
    for link in links:
        assert visitor().open(link).status == 200


def test_a_colleague_is_invited_and_sees_everything_but_the_team(
    page: Visitor, visitor: NewVisitor, check: str
) -> None:
    made = invite(page, check)
    assert "Selbstcheck mit" in text_of(made.one(".//textarea"))
    colleague = visitor()
    entry = colleague.open(link_of(made))
    assert "Hauptamt" in entry.main
    opened = colleague.press(entry, "Öffnen", {"name": "Kai Beispiel"})
    assert opened.h1 == "Übersicht"
    colleague.open(f"/selbstcheck/{check}/team", 403)
    assert "Kai Beispiel" in team(page, check).main
    page.press(page.open(f"/selbstcheck/{check}/team/kollegium/neu"), "Link erstellen", {"label": " "}, 422)


def test_the_entry_page_of_an_office_says_all_and_grants_nothing(
    page: Visitor, visitor: NewVisitor, check: str
) -> None:
    link = link_of(ask_office(page, check))
    office = visitor()
    entry = office.open(link)
    for said in ("Musterstadt am Main", "Stadtplanung", "01.03.2027", "31.03.2027", "4 Fragen", "Cookie"):
        assert said in entry.main
    assert "noch nicht geöffnet" in team(page, check).main
    wrong = office.press(entry, "Öffnen", {"name": "n" * 81}, 422)
    assert text_of(wrong.one(".//*[@id='name-fehler']"))
    office.press(wrong, "Öffnen", {"name": "Bea Bau"})
    listed = team(page, check).main
    assert "begonnen" not in listed
    assert "geöffnet von Bea Bau" in listed
    question = BUILDING[0]
    page.press(
        page.open(f"/selbstcheck/{check}/fragen/{question.criterion}?offen={question.id}"),
        "Speichern und weiter",
        {f"{question.id}.note": "von der Koordination"},
    )
    assert "begonnen" not in team(page, check).main, "only another wrote there"
    mine = office.open(f"/selbstcheck/{check}/auftrag")
    office.press(mine, "Speichern", {f"{BUILDING[1].id}.note": "Ordner 3"})
    assert "begonnen" in team(page, check).main
    office.open(f"/selbstcheck/{check}", 403)


def test_the_coordination_that_tries_its_own_link_stays_what_it_is(page: Visitor, check: str) -> None:
    entry = page.open(link_of(ask_office(page, check)))
    assert "schon am ganzen Selbstcheck mit" in entry.main
    assert page.press(entry, "Öffnen").h1 == "Übersicht"
    assert "noch nicht geöffnet" in team(page, check).main


def test_withdrawn_means_at_once(page: Visitor, visitor: NewVisitor, check: str) -> None:
    link = link_of(ask_office(page, check))
    office = visitor()
    office.press(office.open(link), "Öffnen")
    asked = page.open(team(page, check).link("Zurückziehen, Stadtplanung"))
    done = page.press(asked, "Zurückziehen")
    assert "Der Link öffnet nichts mehr" in done.main
    assert "zurückgezogen am 08.02.2027" in done.main
    gone = office.open(link, 410)
    assert "08.02.2027" in gone.main
    office.open(f"/selbstcheck/{check}", 410)
    office.send(link, {"csrf_token": office.open("/selbstcheck/neu").value("csrf_token")}, 410)
    assert "schon zurückgezogen" in page.open(asked.address).main


def test_a_link_ends_with_its_last_day_and_can_be_extended(
    page: Visitor, visitor: NewVisitor, check: str, time: Clock
) -> None:
    link = link_of(ask_office(page, check))
    time.wait(days=23)
    assert "überfällig seit 01.03.2027" in team(page, check).main
    time.wait(days=30)
    assert "Dieser Link ist abgelaufen. Beendet am 31.03.2027." in visitor().open(link, 410).main
    listed = team(page, check)
    assert "abgelaufen am 31.03.2027" in listed.main
    form = page.open(listed.link("Verlängern, Stadtplanung"))
    page.press(form, "Speichern", {"ends": "2027-03-31"}, 422)
    saved = page.press(form, "Speichern", {"due": "2027-04-10", "ends": ""})
    assert "Link gilt bis 10.05.2027" in saved.main
    assert visitor().open(link).status == 200


def test_other_questions_for_an_office(page: Visitor, check: str) -> None:
    ask_office(page, check)
    form = page.open(team(page, check).link("Fragen und Termin ändern, Stadtplanung"))
    saved = page.press(form, "Speichern", {"questions": [BUILDING[0].id]})
    assert "0 von 1 beantwortet" in saved.main
    page.press(form, "Speichern", {"questions": None}, 422)
    assert "nicht mehr: " in page.open(f"/selbstcheck/{check}/verlauf").main


def test_a_colleague_gets_an_end(page: Visitor, check: str) -> None:
    invite(page, check)
    form = page.open(team(page, check).link("Ende ändern, Hauptamt"))
    page.press(form, "Speichern", {"ends": "gestern"}, 422)
    assert "gilt bis 01.06.2027" in page.press(form, "Speichern", {"ends": "01.06.2027"}).main


def test_the_overview_says_how_many_offices_are_done(app: Flask, page: Visitor, check: str) -> None:
    ask_office(page, check)
    change_places(app, message="Fertig, danke.", message_at=START, returned_at=START)
    overview = page.open(f"/selbstcheck/{check}").main
    assert "1 Nachricht wartet auf Sie. 1 Fachbereich ist fertig." in overview


def test_messages_and_declined_questions_wait_at_the_top(app: Flask, page: Visitor, check: str) -> None:
    ask_office(page, check)
    ask_office(page, check, "Schule und Ganztag")
    change_places(app, message="Bitte rufen Sie an.", message_at=START)
    decline(app, BUILDING[0].id, START)
    overview = page.open(f"/selbstcheck/{check}").main
    assert "2 Nachrichten und 1 zurückgegebene Frage warten auf Sie." in overview
    found = team(page, check)
    assert "Zu erledigen" in found.main
    assert found.main.index("Bitte rufen Sie an.") < found.main.index("Fachbereiche")
    done = page.press(found, "Erledigt")
    assert [text_of(each) for each in done.all(".//h3")][:2] == [
        "Nachricht: Schule und Ganztag",
        "Nicht zuständig: Stadtplanung",
    ]
    options = {text_of(each): each.get("value") for each in done.all(".//select[@name='to']/option")}
    assert list(options) == ["Koordination (wir selbst)", "Schule und Ganztag"]
    after = page.press(done, name_button(done, "Zuordnen"), {"to": options["Schule und Ganztag"] or ""})
    assert "Nicht zuständig" not in after.main
    assert "0 von 2 beantwortet" in after.main
    assert "von Stadtplanung an Schule und Ganztag" in page.open(f"/selbstcheck/{check}/verlauf").main


def test_a_declined_question_can_stay_with_the_coordination(app: Flask, page: Visitor, check: str) -> None:
    ask_office(page, check)
    decline(app, BUILDING[0].id, START)
    waiting = team(page, check)
    after = page.press(waiting, name_button(waiting, "Zuordnen"))
    assert "Zu erledigen" not in after.main
    assert "Von den Fachbereichen zurück" not in page.open(f"/selbstcheck/{check}").main
    question = BUILDING[0]
    card = page.open(f"/selbstcheck/{check}/fragen/{question.criterion}").one(f".//*[@id='frage-{question.id}']")
    assert f"{question.number} · zuständig: Koordination" in text_of(card), "it is no longer the office's"
    steps = page.open(f"/selbstcheck/{check}/checkliste?zeige=mir").all(".//li[@data-part]")
    assert [each.get("data-part") for each in steps] == [f"answer:{question.id}"]
    assert "Koordination" in text_of(steps[0])
    assert question.name in page.open(f"/selbstcheck/{check}/mein-teil").main


def test_a_declined_question_can_go_to_a_colleague(app: Flask, page: Visitor, visitor: NewVisitor, check: str) -> None:
    ask_office(page, check)
    invited = page.open(f"/selbstcheck/{check}/team/kollegium/neu")
    made = page.press(invited, "Link erstellen", {"label": "Hauptamt"})
    kai = visitor()
    link = made.one(".//input[@id='link']").get("value", "").removeprefix(kai.base)
    kai.press(kai.open(link), "Öffnen", {"name": "Kai Krause"})
    decline(app, BUILDING[0].id, START)
    waiting = team(page, check)
    options = {text_of(each): each.get("value") for each in waiting.all(".//select[@name='to']/option")}
    assert list(options) == ["Koordination (wir selbst)", "Kai Krause (Hauptamt)"]
    page.press(waiting, name_button(waiting, "Zuordnen"), {"to": options["Kai Krause (Hauptamt)"] or ""})
    mine = kai.open(f"/selbstcheck/{check}/mein-teil").main
    assert BUILDING[0].name in mine


def test_what_was_returned_is_said_with_its_day(app: Flask, page: Visitor, check: str) -> None:
    ask_office(page, check)
    change_places(app, returned_at=START)
    assert "zurückgegeben am 08.02.2027" in team(page, check).main


def test_places_of_other_self_checks_are_no_page(page: Visitor, visitor: NewVisitor, check: str) -> None:
    made = ask_office(page, check)
    place = made.address.split("/")[-2]
    stranger = visitor()
    other = begin(stranger, municipality="Anderstadt")
    for path in ("link", "aendern", "zurueckziehen"):
        stranger.open(f"/selbstcheck/{other}/team/{place}/{path}", 404)
    csrf = csrf_of(stranger)
    page.send(f"/selbstcheck/{check}/team/{place}/fragen/%00/zuordnen", {"csrf_token": csrf_of(page)}, 404)
    for path in ("neu-ausstellen", "gelesen"):
        stranger.send(f"/selbstcheck/{other}/team/{place}/{path}", {"csrf_token": csrf}, 404)
    assert "noch nicht geöffnet" in team(page, check).main


def test_one_browser_opens_twenty_offices_of_twenty_towns(visitor: NewVisitor) -> None:
    office, links = visitor(), []
    for number in range(20):
        owner = visitor()
        links.append(link_of(ask_office(owner, begin(owner, municipality=f"Ort {number}"))))
    for link in (*links, *links):
        office.press(office.open(link), "Öffnen")
    with office.client.session_transaction() as session:
        assert len(set(session["grants"])) == 20
    mine = office.open("/selbstchecks").main
    assert all(f"Ort {number}" in mine for number in range(20))


def test_the_name_of_a_place_does_not_turn_what_stands_beside_it(page: Visitor, check: str) -> None:
    ask_office(page, check, label="Amt \u202eeslaf\u202c")
    shown = team(page, check)
    assert "Amt eslaf" in shown.main
    assert not set("\u202e\u202c") & set(shown.source)


def test_an_address_that_takes_no_mail_is_named_until_it_does(app: Flask, page: Visitor, check: str) -> None:
    ask_office(page, check)
    change_places(app, mail="weg@stadt.example", mail_refused_at=START)
    row = team(page, check).one(".//section[@aria-labelledby='fachbereiche']//li")
    assert "Mail nicht angenommen, Adresse prüfen weg@stadt.example" in text_of(row)
    change_places(app, mail_refused_at=None)
    assert "nicht angenommen" not in team(page, check).main
