"""A town hall works on it together: the coordination, a colleague, the Bauamt on a phone, four browsers in all.

From a guest's first click to an account, an invitation, an office's answers, a collision and a comparison.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from selfcheck.core.questionnaire.model import Question
from selfcheck.web.http import clock
from tests import towns
from tests.browser.journey import SAVED, Begun, begin, card_of, go_to
from tests.browser.server import Server
from tests.browser.window import Window, find_violations, scrolls_sideways

OpenWindow = Callable[..., Window]
LINK = re.compile(r"https?://\S+")
MAIL, PASSWORD = "erika.muster@example.org", "Rathaus am Mühlbach 7"
PHONE = {"width": 390, "height": 844}
QUESTION = towns.questionnaire().question
EVENTS, HOUSING, KINDS = (QUESTION[id] for id in ("veranstaltungen", "wohnungssuche", "wohnangebot"))
ASKED = (EVENTS, HOUSING, KINDS)
STAND = "Vor der Sommerpause"


@pytest.mark.noisy("409|404|username fields")
def test_a_town_hall_works_on_it_together(window: OpenWindow, own_server: Callable[..., Server]) -> None:
    server = own_server()
    erika, phone, kai, kai_at_home = (window(server.address) for _ in range(4))
    begun = begin(erika, "Musterstadt am Main", "2027-06-15")
    register_and_take_over(erika, server, begun)
    name_stand(erika, begun)

    kai_joins(kai, invite_colleague(erika, begun))
    office_link = ask_office(erika, begun)
    the_office_answers(phone, office_link)
    the_coordination_sees_what_came_back(erika, begun)

    collide(erika, kai, begun)
    compare(erika, begun)

    for page in (erika.page, kai.page, phone.page):
        assert not find_violations(page)
        assert not scrolls_sideways(page)
    kai_at_home.open(begun.root)
    expect(kai_at_home.page.get_by_role("heading", level=1)).to_have_text("Diese Seite gibt es nicht")


def read_mail(server: Server, address: str) -> str:
    """The path of the link in the newest mail to `address`; mails go out by themselves after a moment."""
    folder = server.data / "mails"
    until = time.monotonic() + 15
    while time.monotonic() < until:
        for file in sorted(folder.glob("*.txt"), reverse=True) if folder.exists() else ():
            text = file.read_text(encoding="utf-8")
            if text.startswith(f"An: {address}\n"):
                return LINK.findall(text)[0].removeprefix(server.address)
        time.sleep(0.1)
    raise AssertionError(f"no mail to {address}")


def register_and_take_over(erika: Window, server: Server, begun: Begun) -> None:
    page = erika.open(begun.root)
    page.get_by_role("link", name="Registrieren").first.click()
    page.get_by_label("Ihr Name").fill("Erika Muster")
    page.get_by_label("E-Mail-Adresse").fill(MAIL)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Registrieren").click()
    erika.open(read_mail(server, MAIL))
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Bestätigen").click()
    erika.open(begun.root)
    page.get_by_role("link", name="In mein Konto übernehmen").first.click()
    page.get_by_role("button", name="In mein Konto übernehmen").click()
    expect(page.get_by_text("Musterstadt am Main").first).to_be_visible()


def name_stand(erika: Window, begun: Begun) -> None:
    page = erika.open(f"{begun.root}/verlauf")
    page.get_by_label("Name des Standes").fill(STAND)
    page.get_by_role("button", name="Stand benennen").click()
    expect(page.get_by_role("main")).to_contain_text(STAND)


def invite_colleague(erika: Window, begun: Begun) -> str:
    page = erika.open(begun.root)
    go_to(erika, "Team")
    page.get_by_role("link", name=re.compile("Person einladen|Kollegin oder Kollegen einladen")).first.click()
    page.get_by_label("Fachbereich").fill("Hauptamt")
    page.get_by_role("button", name="Link erstellen").click()
    return page.get_by_label("Link", exact=True).input_value()


def kai_joins(kai: Window, link: str) -> None:
    page = kai.open(link)
    page.get_by_label("Ihr Name").fill("Kai Krause")
    page.get_by_role("button", name="Öffnen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Übersicht")


def ask_office(erika: Window, begun: Begun) -> str:
    page = erika.open(f"{begun.root}/team")
    page.get_by_role("link", name=re.compile("Fachbereich fragen$")).click()
    page.get_by_role("link", name="Anderer Fachbereich").click()
    page.get_by_label("Name des Fachbereichs").fill("Bauamt")
    for question in ASKED:
        box = page.locator(f"input[name=questions][value={question.id}]")
        if not box.is_visible():
            page.locator("details").filter(has=box).locator("summary").click()
        box.check()
    page.get_by_label("Bis wann?").fill((clock.today() + timedelta(days=14)).isoformat())
    page.get_by_role("button", name="Link erstellen").click()
    return page.get_by_label("Link", exact=True).input_value()


def the_office_answers(phone: Window, link: str) -> None:
    """Two questions, with a note; one goes back as not theirs; the rest is handed back."""
    phone.page.set_viewport_size(PHONE)
    page = phone.open(link)
    page.get_by_label("Ihr Name").fill("Udo Bau")
    page.get_by_role("button", name="Öffnen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 Fragen an das Bauamt")
    page.wait_for_load_state()
    card_of(page, HOUSING).get_by_label("Nein", exact=True).check()
    expect(card_of(page, HOUSING).locator("[data-save-state]")).to_have_text(SAVED)
    card_of(page, EVENTS).get_by_label("Ihre Angabe").fill("4")
    write_note(page, EVENTS, "Das Programm hängt im Rathaus aus.")
    card_of(page, KINDS).get_by_role("button", name="Nicht unsere Zuständigkeit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 Fragen an das Bauamt")
    page.get_by_role("button", name="Fertig – an die Koordination zurückgeben").click()
    expect(page.get_by_role("main")).to_contain_text("Zurückgegeben am")


def write_note(page: Page, question: Question, text: str) -> None:
    note = card_of(page, question).get_by_label("Erläuterung", exact=True)
    note.fill(text)
    note.blur()
    expect(card_of(page, question).locator("[data-save-state]")).to_have_text(SAVED)


def the_coordination_sees_what_came_back(erika: Window, begun: Begun) -> None:
    page = erika.open(f"{begun.root}/team")
    expect(page.get_by_role("main")).to_contain_text("zurückgegeben")
    expect(page.get_by_role("heading", name="Nicht zuständig: Bauamt")).to_be_visible()
    page.get_by_role("button", name="Zuordnen").click()
    expect(page.get_by_role("heading", name="Nicht zuständig: Bauamt")).to_have_count(0)
    erika.open(begun.questions(towns.questionnaire().criterion[EVENTS.criterion]))
    expect(card_of(page, EVENTS)).to_contain_text("Udo Bau (Bauamt)")
    expect(card_of(page, EVENTS).get_by_label("Erläuterung", exact=True)).to_have_value(
        "Das Programm hängt im Rathaus aus."
    )


def collide(erika: Window, kai: Window, begun: Begun) -> None:
    """Both write to one note; the second one sees both texts, and keeps both."""
    address = begun.questions(towns.questionnaire().criterion[EVENTS.criterion])
    hers, his = erika.open(address), kai.open(address)
    write_note(hers, EVENTS, "Das Programm hängt im Rathaus und steht im Amtsblatt.")
    note = card_of(his, EVENTS).get_by_label("Erläuterung", exact=True)
    note.fill("Das Programm hängt im Rathaus aus. Kosten: 200 Euro.")
    note.blur()
    box = card_of(his, EVENTS).get_by_role("group", name="Zwischenzeitlich geändert")
    expect(box).to_contain_text("Erika Muster (Koordination)")
    expect(box).to_contain_text("Amtsblatt")
    expect(box).to_contain_text("Kosten")
    box.get_by_role("button", name="Beide behalten").click()
    expect(card_of(his, EVENTS).locator("[data-save-state]")).to_have_text(SAVED)
    hers.reload()
    kept = card_of(hers, EVENTS).get_by_label("Erläuterung", exact=True).input_value()
    assert "Amtsblatt" in kept
    assert "Kosten: 200 Euro." in kept


def compare(erika: Window, begun: Begun) -> None:
    page = erika.open(f"{begun.root}/verlauf")
    page.get_by_role("link", name=re.compile(f"^Vergleichen.*{STAND}")).click()
    main = page.get_by_role("main")
    expect(main).to_contain_text(EVENTS.name)
    expect(main).to_contain_text("Kosten: 200 Euro.")
    expect(main).to_contain_text(HOUSING.name)
