"""What the operator sees of the whole installation: chambers, questionnaires, mails, numbers; and never an answer."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from selfcheck.store.catalogue.catalogue import Catalogue
from selfcheck.store.database.transactions import writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import Fault, NewMail
from selfcheck.web.http import clock
from selfcheck.web.layout.catalogue import name_chambers
from tests import towns
from tests.web.document import text_of
from tests.web.operating.people import sign_in
from tests.web.page import Page, Visitor
from tests.web.statements import listen
from tests.web.world import World

PAGES = ("beratende", "ihks", "frageboegen", "postausgang", "was-von-selbst-laeuft", "zahlen")


@pytest.fixture
def operator(app: Flask, page: Visitor) -> Visitor:
    sign_in(app, page, "oskar@example.org", "operator")
    return page


def rows_of(page: Page) -> list[list[str]]:
    return [[text_of(cell) for cell in row] for row in page.all(".//tbody/tr")]


def put(app: Flask, *addresses: str) -> None:
    with app.app_context(), writing() as connection:
        for address in addresses:
            outbox.put(connection, NewMail(None, address, "Geheimer Betreff", "Geheimer Text"), clock.now())


def test_the_account_leads_there_and_each_page_to_the_others(operator: Visitor) -> None:
    first = operator.open(operator.open("/konto").link("Zur Verwaltung"))
    assert operator.open("/hilfe").link("Verwaltung") == "/verwaltung"
    for text in ("Selbstchecks", "Beratende", "IHKs", "Fragebögen", "Postausgang", "Was von selbst läuft", "Zahlen"):
        there = operator.open(first.link(text))
        (current,) = there.all(".//nav[@aria-label='Verwaltung']//a[@aria-current]")
        assert text_of(current) == text


def test_every_chamber_stands_there_with_its_advisors_and_cases(world: World) -> None:
    shown = world.visit("operator").open("/verwaltung/ihks")
    rows = {row[0].split()[1]: row for row in rows_of(shown)}
    with world.app.app_context():
        assert len(rows_of(shown)) == len(name_chambers())
    assert rows["Darmstadt"][-2:] == ["1", "1"]
    assert rows["Frankfurt"][-2:] == ["1", "0"]
    assert rows["Limburg"][-2:] == ["0", "0"]


def test_a_list_of_chambers_that_nobody_looked_at_for_long_says_so(
    operator: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = "älter als ein halbes Jahr"
    as_of = towns.catalogue().chambers.as_of
    for days, said in ((100, False), (200, True)):
        monkeypatch.setattr(clock, "today", lambda days=days: as_of + timedelta(days=days))
        assert (old in operator.open("/verwaltung/ihks").main) is said


def test_every_version_is_listed_with_its_use_and_can_be_looked_at(world: World) -> None:
    operator = world.visit("operator")
    listed = operator.open("/verwaltung/frageboegen")
    newest = towns.questionnaire()
    row = next(row for row in rows_of(listed) if row[0].startswith(newest.version))
    assert "3" in row
    assert "Fehler" in row[4]
    preview = operator.open(listed.link(f"Ansehen, {newest.id} {newest.version}"))
    for question in newest.questions:
        assert " ".join(question.text.split()) in preview.main
        assert all(" ".join(each.split()) in preview.main for each in question.evidence)
    assert not preview.all(".//main//input")
    assert not preview.all(".//main//form")


@pytest.mark.parametrize("name", ["ausgezeichneter-wohnort/1999-1", "x/y", "../published", "%00/%00"])
def test_a_version_that_is_not_there_is_no_page(operator: Visitor, name: str) -> None:
    operator.open(f"/verwaltung/frageboegen/{name}", 404)


def test_faults_are_named_with_their_file_and_line(
    app: Flask, operator: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "questionnaires"
    shutil.copytree(towns.QUESTIONNAIRES, folder)
    name = next(iter(towns.catalogue().releases))
    main = folder / name / "questionnaire.yaml"
    main.write_text(main.read_text(encoding="utf-8") + "\nunknown_key: 1\n", encoding="utf-8")
    (folder / "notes.txt").write_text("", encoding="utf-8")
    monkeypatch.setitem(app.extensions, "catalogue", Catalogue(folder))
    shown = operator.open("/verwaltung/frageboegen")
    assert "unknown_key" in shown.main
    assert f"{name}/questionnaire.yaml" in shown.main
    assert "notes.txt" in shown.main
    assert str(tmp_path) not in shown.source, "where files lie on the server is nobody's business"
    assert "nicht lesbar" in shown.main
    assert operator.open(f"/verwaltung/frageboegen/{name}").address == "/verwaltung/frageboegen"


def test_the_outbox_shows_addresses_and_reasons_and_never_a_text(app: Flask, operator: Visitor) -> None:
    put(app, "weg@stadt.example", "spaeter@stadt.example")
    with app.app_context():
        gone, waits = outbox.claim(clock.now())
        outbox.note_refused(gone, clock.now(), Fault.RECIPIENT)
        outbox.note_faults([waits], Fault.SERVER)
    shown = operator.open("/verwaltung/postausgang")
    for said in (
        "1 Mail wartet",
        "Nicht zustellbar: 1",
        "weg@stadt.example",
        "nimmt an diese Adresse nichts an",
        "spaeter@stadt.example",
        "nicht zu erreichen. 1 Versuch, der nächste am",
    ):
        assert said in shown.main
    assert "Geheimer" not in shown.source
    found = operator.open("/verwaltung/postausgang?suche=WEG@").main
    assert "weg@stadt.example" in found
    assert "spaeter@stadt.example" not in found
    assert "keine war unzustellbar" in operator.open("/verwaltung/postausgang?suche=nirgends").main


def test_a_mail_that_failed_is_tried_again(app: Flask, operator: Visitor) -> None:
    put(app, "spaeter@stadt.example")
    with app.app_context():
        outbox.note_faults(outbox.claim(clock.now()), Fault.SERVER)
        assert outbox.claim(clock.now()) == []
    done = operator.press(
        operator.open("/verwaltung/postausgang"), "Noch einmal versuchen, spaeter@stadt.example, Mail Nummer 1"
    )
    assert "Wird noch einmal versucht" in done.main
    with app.app_context():
        assert [mail.address for mail in outbox.claim(datetime.now(UTC))] == ["spaeter@stadt.example"]


def test_numbers_say_how_much_there_is(world: World) -> None:
    numbers = {row[0]: row[1] for row in rows_of(world.visit("operator").open("/verwaltung/zahlen"))}
    assert numbers["Selbstchecks"] == "3"
    assert numbers["Stände, die mit einer IHK geteilt wurden"] == "1"
    assert numbers["Vorgänge der IHKs"] == "1"
    assert numbers["davon Beratende"] == "2"


@pytest.mark.parametrize("page", PAGES)
def test_no_page_says_what_a_town_wrote(world: World, page: str) -> None:
    shown = world.visit("operator").open(f"/verwaltung/{page}").source
    assert "Musterstadt" not in shown
    for answer in towns.sample().answers.values():
        assert not answer.note or answer.note not in shown


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_few_statements(world: World, page: str) -> None:
    operator = world.visit("operator")
    operator.open(f"/verwaltung/{page}")
    with listen(world.app) as sent:
        operator.open(f"/verwaltung/{page}")
    assert len(sent) <= 4
