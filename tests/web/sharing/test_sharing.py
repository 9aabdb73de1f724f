"""From the preview to the report in somebody else's browser, and what happens when a link ends."""

from __future__ import annotations

import hashlib
import json
from urllib.parse import unquote, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.reading.document.faults import Faults
from selfcheck.core.rules.answers import Answer, State
from selfcheck.store.catalogue.catalogue import Catalogue, UnknownQuestionnaire
from selfcheck.store.database import transactions
from tests import towns
from tests.web.clock import Clock
from tests.web.document import text_of
from tests.web.forms import name_button
from tests.web.page import NewVisitor, Page, Visitor, begin, fill
from tests.web.sharing.sharing import read, share, shown_link
from tests.web.team.people import sit_down

pytestmark = pytest.mark.usefixtures("time")


@pytest.fixture
def filled(page: Visitor, check: str) -> str:
    fill(page, check, towns.sample().answers)
    return check


def _overview(page: Visitor, check_id: str) -> Page:
    return page.open(f"/selbstcheck/{check_id}/teilen")


def _link(found: Page, text: str) -> str:
    """Where the first link that begins with `text` leads: further words name the share to screen readers."""
    return next(link.get("href", "") for link in found.all(".//a") if text_of(link).startswith(text))


def test_a_report_opens_in_another_browser_and_shows_what_the_preview_showed(
    page: Visitor, visitor: NewVisitor, filled: str
) -> None:
    preview = page.press(_overview(page, filled), "Vorschau ansehen")
    link = shown_link(page.press(preview, "Link erstellen"))
    report = read(visitor(), link)
    assert report.address.startswith("/berichte/")
    assert text_of(report.one(".//article")) == text_of(preview.one(".//article"))
    assert "Bericht an die IHK Darmstadt" in report.main
    assert "64,0 %" in report.main


def test_the_form_offers_the_chamber_and_without_an_interview_ninety_days(page: Visitor, check: str) -> None:
    found = _overview(page, check)
    assert found.value("label") == "IHK Darmstadt"
    assert found.value("ends") == "09.05.2027"
    assert "Noch haben Sie nichts geteilt" in found.main


@pytest.mark.parametrize(
    ("interview", "ends", "said"),
    [
        ("2027-06-15", "10.08.2027", "Acht Wochen nach Ihrem Prüfgespräch am 15.06.2027."),
        ("2027-12-15", "08.02.2028", "Höchstens ein Jahr."),
        ("31.12.2199", "08.02.2028", "So lange gilt kein Link; teilen Sie vorher einen neuen Stand."),
        ("2028-06-15", "08.02.2028", "So lange gilt kein Link; teilen Sie vorher einen neuen Stand."),
        ("2027-02-08", "05.04.2027", "Acht Wochen nach Ihrem Prüfgespräch am 08.02.2027."),
    ],
)
def test_a_link_lasts_beyond_the_interview(page: Visitor, interview: str, ends: str, said: str) -> None:
    check = begin(page, interview=interview)
    found = _overview(page, check)
    assert found.value("ends") == ends
    assert said in found.main
    assert f"bis {ends}" in page.press(found, "Vorschau ansehen").main
    assert f"bis {ends}" in page.open(f"/selbstcheck/{check}/teilen/vorschau").main


def test_the_form_says_when_the_link_ends_before_the_interview(page: Visitor) -> None:
    check = begin(page, interview="2027-06-15")
    refused = page.press(_overview(page, check), "Link erstellen", {"ends": "14.06.2027", "label": ""}, status=422)
    assert "Ihr Prüfgespräch ist am 15.06.2027. Soll der Link bis dahin gelten, wählen Sie einen" in refused.main


def test_a_reader_is_led_to_the_help_and_to_their_reports_only(page: Visitor, visitor: NewVisitor, check: str) -> None:
    link = urlsplit(shown_link(page.press(_overview(page, check), "Link erstellen"))).path
    reader = visitor()
    entry = reader.open(link)
    assert [text_of(each) for each in entry.all(".//header//ul//a")] == ["Hilfe"]
    report = reader.press(entry, "Öffnen")
    assert [text_of(each) for each in report.all(".//header//ul//a")] == ["Meine Berichte", "Hilfe"]


def test_opening_the_address_alone_grants_nothing(page: Visitor, visitor: NewVisitor, check: str) -> None:
    link = share(page, check)
    reader = visitor()
    entry = reader.open(link)
    for said in ("Musterstadt am Main", "IHK Darmstadt", "09.05.2027", "Cookie"):
        assert said in entry.main
    assert "noch nicht gelesen" in _overview(page, check).main
    report = _link(_overview(page, check), "Bericht ansehen")
    reader.open(report, status=404)
    visitor().open(report, status=404)


def test_what_colleagues_asked_is_shared_only_where_ticked(
    app: Flask, page: Visitor, visitor: NewVisitor, filled: str
) -> None:
    kai = sit_down(app, filled, Role.COLLEAGUE, "Kollegium", "Kai Krause")
    question = towns.questionnaire().criteria[0].questions[0].id
    found = kai.open(f"/selbstcheck/{filled}/fragen/{towns.questionnaire().criteria[0].id}")
    typed = {f"{question}.comment": "Wer hat <b>das</b>?"}
    kai.press(found, "Speichern und weiter", typed)

    preview = page.press(_overview(page, filled), "Vorschau ansehen", {"remarks": "y"})
    for shown in (preview, read(visitor(), shown_link(page.press(preview, "Link erstellen")))):
        place = shown.one(f".//section[@id='frage-{question}']")
        assert "Wer hat <b>das</b>?" in text_of(place)
        assert "Kollegium, " in text_of(place)
        assert "Kai Krause" not in shown.source, "names of persons are nobody's business outside"
    bare = page.press(_overview(page, filled), "Vorschau ansehen")
    for shown in (bare, read(visitor(), shown_link(page.press(bare, "Link erstellen")))):
        assert "Wer hat" not in shown.source


def test_what_is_asked_after_sharing_is_not_in_the_report(
    app: Flask, page: Visitor, visitor: NewVisitor, check: str
) -> None:
    link = share(page, check, remarks="y")
    kai = sit_down(app, check, Role.COLLEAGUE, "Kollegium", "Kai Krause")
    question = towns.questionnaire().criteria[0].questions[0].id
    found = kai.open(f"/selbstcheck/{check}/fragen/{towns.questionnaire().criteria[0].id}")
    kai.press(found, "Speichern und weiter", {f"{question}.comment": "Erst jetzt gefragt"})
    assert "Erst jetzt gefragt" not in read(visitor(), link).source


def test_route_and_checklist_stand_in_the_report_only_where_ticked(
    page: Visitor, visitor: NewVisitor, filled: str
) -> None:
    bare = read(visitor(), share(page, filled))
    assert "Der Weg zur Marke" not in bare.main
    assert "Checkliste" not in bare.main
    full = read(visitor(), share(page, filled, route="y", checklist="y"))
    assert "Der Weg zur Marke" in full.main
    assert "Ansprechperson benennen" in full.main


def test_later_changes_stay_out_of_the_report_until_it_is_shared_again(
    page: Visitor, visitor: NewVisitor, filled: str, time: Clock
) -> None:
    reader = visitor()
    first = read(reader, share(page, filled))
    changed = dict(towns.sample().answers) | {QuestionId("leitbild"): Answer(State.GIVEN, "ja", note="Nachgetragen")}
    fill(page, filled, changed)
    assert "Nachgetragen" not in reader.open(first.address).main
    time.wait(minutes=5)
    assert "Nachgetragen" in read(visitor(), share(page, filled)).main
    assert "Stand 2 vom 08.02.2027, 12:05" in _overview(page, filled).main


def test_the_owner_sees_when_the_report_wasread(page: Visitor, visitor: NewVisitor, check: str, time: Clock) -> None:
    reader = visitor()
    report = read(reader, share(page, check))
    assert "1-mal gelesen, zuerst 08.02.2027, 12:00" in _overview(page, check).main
    time.wait(minutes=10)
    reader.open(report.address)
    assert "1-mal gelesen" in _overview(page, check).main
    time.wait(hours=3)
    reader.open(report.address)
    assert "2-mal gelesen, zuerst 08.02.2027, 12:00, zuletzt 08.02.2027, 15:10" in _overview(page, check).main


def test_the_owners_own_look_is_no_reading(page: Visitor, check: str) -> None:
    share(page, check)
    page.open(_link(_overview(page, check), "Bericht ansehen"))
    assert "noch nicht gelesen" in _overview(page, check).main


def test_withdrawing_asks_once_and_works_at_once(page: Visitor, visitor: NewVisitor, check: str) -> None:
    link, reader = share(page, check), visitor()
    report = read(reader, link)
    asked = page.open(_link(_overview(page, check), "Zurückziehen"))
    reader.open(report.address)
    done = page.press(asked, "Zurückziehen")
    assert "zurückgezogen am 08.02.2027" in done.main
    for gone in (reader.open(report.address, status=410), visitor().open(link, status=410)):
        assert "Die Kommune hat diesen Bericht zurückgezogen." in gone.main
        assert "08.02.2027" in gone.main
        assert "Fragen Sie die Kommune, die Ihnen den Link geschickt hat" in gone.main


def test_a_link_ends_after_its_last_day_and_says_whom_to_ask(
    page: Visitor, visitor: NewVisitor, check: str, time: Clock
) -> None:
    page.press(
        page.open(f"/selbstcheck/{check}/angaben"),
        "Speichern",
        {"name": "Sabine Krüger", "office": "Wirtschaftsförderung", "phone": "06100 000-120"},
    )
    link, reader = share(page, check, ends="2027-02-10"), visitor()
    report = read(reader, link)
    time.wait(days=2, hours=11)
    reader.open(report.address)
    time.wait(hours=2)
    gone = reader.open(report.address, status=410)
    assert "abgelaufen" in gone.main
    assert "Beendet am 10.02.2027" in gone.main
    assert "Fragen Sie die Kommune" in gone.main
    assert "abgelaufen am 10.02.2027" in _overview(page, check).main


def test_a_link_that_ended_tells_nobody_the_town_and_its_contact_of_today(
    page: Visitor, visitor: NewVisitor, check: str
) -> None:
    link, reader = share(page, check), visitor()
    report = read(reader, link)
    asked = page.open(_link(_overview(page, check), "Zurückziehen"))
    page.press(asked, "Zurückziehen")
    page.press(
        page.open(f"/selbstcheck/{check}/angaben"),
        "Speichern",
        {"municipality": "Neustadt", "name": "Sabine Krüger", "phone": "06100 000-120", "mail": "s@neustadt.example"},
    )
    for gone in (reader.open(report.address, status=410), visitor().open(link, status=410)):
        for today in ("Neustadt", "Krüger", "06100", "neustadt.example"):
            assert today not in gone.source


def test_a_new_copy_of_a_link_opens_the_same_stand_and_leaves_the_first_alone(
    page: Visitor, visitor: NewVisitor, check: str
) -> None:
    first = share(page, check)
    shared = _overview(page, check)
    second = shown_link(page.press(shared, name_button(shared, "Neuen Link anzeigen")))
    assert second != first
    assert read(visitor(), first).address == read(visitor(), second).address


def test_the_link_is_shown_this_once(page: Visitor, check: str) -> None:
    made = page.press(page.press(_overview(page, check), "Vorschau ansehen"), "Link erstellen")
    again = page.open(f"{made.address}?{urlsplit(made.response.request.url).query}")
    assert not again.all(".//input[@id='link']")


def test_a_double_click_makes_one_link(page: Visitor, check: str) -> None:
    preview = page.press(_overview(page, check), "Vorschau ansehen")
    page.press(preview, "Link erstellen")
    page.press(preview, "Link erstellen")
    assert "Stand 2 vom" not in _overview(page, check).main


def test_the_letter_is_ready_to_be_sent(page: Visitor, check: str) -> None:
    made = page.press(page.press(_overview(page, check), "Vorschau ansehen"), "Link erstellen")
    letter = unquote(made.link("Mit dem eigenen E-Mail-Programm verschicken"))
    assert letter.startswith("mailto:?subject=Selbstcheck Musterstadt am Main: Bericht&body=Guten Tag,")
    assert shown_link(made) in letter
    assert "Der Link gilt bis zum 09.05.2027." in letter


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"label": "   "}, "Bitte geben Sie an, für wen der Link ist"),
        ({"label": "x" * 81}, "höchstens 80 Zeichen"),
        ({"ends": ""}, "Bitte geben Sie an, bis wann der Link gilt"),
        ({"ends": "übermorgen"}, "Bitte geben Sie an, bis wann der Link gilt"),
        ({"ends": "07.02.2027"}, "Dieser Tag ist schon vorbei"),
        ({"ends": "09.02.2028"}, "höchstens ein Jahr"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_shares_nothing(
    page: Visitor, check: str, changes: dict[str, str], message: str
) -> None:
    refused = page.press(_overview(page, check), "Link erstellen", changes, status=422)
    assert message in text_of(refused.one(".//*[@id='fehler']"))
    for name, value in changes.items():
        assert refused.value(name) == value.strip()
    assert "Noch haben Sie nichts geteilt" in _overview(page, check).main


def test_a_german_date_is_understood(page: Visitor, visitor: NewVisitor, check: str) -> None:
    entry = visitor().open(share(page, check, ends="31.12.2027"))
    assert "31.12.2027" in entry.main


def test_nonsense_in_the_address_of_the_preview_changes_nothing(page: Visitor, check: str) -> None:
    found = page.open(f"/selbstcheck/{check}/teilen/vorschau?ends=nie&label=&route=%00")
    assert "bis 09.05.2027" in found.main


def test_other_peoples_shares_are_out_of_reach(page: Visitor, visitor: NewVisitor, check: str) -> None:
    share(page, check)
    name = _link(_overview(page, check), "Bericht ansehen").rsplit("/", 1)[1]
    stranger = visitor()
    own = begin(stranger)
    stranger.open(f"/selbstcheck/{own}/teilen/{name}/zurueckziehen", status=404)
    stranger.open(f"/selbstcheck/{check}/teilen", status=404)
    stranger.open(f"/berichte/{name}", status=404)


def test_a_reader_cannot_open_the_self_check(page: Visitor, visitor: NewVisitor, check: str) -> None:
    reader = visitor()
    read(reader, share(page, check))
    reader.open(f"/selbstcheck/{check}", status=404)
    reader.open(f"/selbstcheck/{check}/teilen", status=404)


def test_an_unknown_link_is_not_found_and_a_personal_link_opens_no_report(page: Visitor, check: str) -> None:
    missing = page.open("/bericht/gibtesnicht", status=404)
    assert "öffnen Sie ihn bitte noch einmal aus der E-Mail" in missing.main
    made = page.press(page.open(f"/selbstcheck/{check}/persoenlicher-link"), "Persönlichen Link anzeigen")
    token = urlsplit(made.one(".//input[@id='link']").get("value", "")).path.rsplit("/", 1)[1]
    page.open(f"/bericht/{token}", status=404)


def test_guessing_links_is_slowed_down(page: Visitor) -> None:
    statuses = {page.client.get(f"/bericht/geraten{number}").status_code for number in range(125)}
    assert statuses == {404, 429}
    assert "Zu viele Versuche" in page.open("/bericht/noch-einer", status=429).main


def test_notes_are_shown_literally(page: Visitor, visitor: NewVisitor, check: str) -> None:
    note = "<script>alert(1)</script>\nzweite Zeile & 🌳 {{ 7 * 7 }}"
    changed = dict(towns.sample().answers) | {QuestionId("leitbild"): Answer(State.GIVEN, "ja", note=note)}
    fill(page, check, changed)
    report = read(visitor(), share(page, check))
    assert note in {"".join(element.itertext()) for element in report.all(".//dd[@class='typed']")}


@pytest.mark.parametrize("content", ["{", "null", "[]", "{}", '{"questionnaire": 5}', "whole"])
def test_a_damaged_report_gives_a_clear_page(
    page: Visitor, visitor: NewVisitor, app: Flask, check: str, content: str
) -> None:
    reader = visitor()
    report = read(reader, share(page, check))
    with app.app_context():
        kept = json.loads(transactions.reading().execute(sa.text("SELECT content FROM snapshot")).scalar_one())
        kept["estimate"]["criteria"] = []
        damaged = json.dumps(kept) if content == "whole" else content
        _replace_content(damaged)
        transactions.reading().commit()
    gone = reader.open(report.address, status=410)
    assert "Dieser Bericht ist beschädigt" in gone.main


@pytest.mark.parametrize("error", [Faults([]), UnknownQuestionnaire("gone")])
def test_a_report_whose_questionnaire_cannot_be_read_waits_for_it(
    page: Visitor, visitor: NewVisitor, check: str, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(self: Catalogue, name: str) -> None:
        raise error

    reader = visitor()
    report = read(reader, share(page, check))
    with monkeypatch.context() as broken:
        broken.setattr(Catalogue, "prepared", fail)
        reader.open(report.address, 503)
    reader.open(report.address)


def test_deleting_the_self_check_closes_its_reports(page: Visitor, visitor: NewVisitor, check: str) -> None:
    link, reader = share(page, check), visitor()
    report = read(reader, link)
    page.press(page.open(f"/selbstcheck/{check}/loeschen"), "Selbstcheck löschen")
    for gone in (reader.open(report.address, status=410), visitor().open(link, status=410)):
        assert "gelöscht" in gone.main


def test_a_report_that_was_tampered_with_is_not_shown(
    page: Visitor, visitor: NewVisitor, app: Flask, filled: str
) -> None:
    reader = visitor()
    report = read(reader, share(page, filled))
    with app.app_context():
        transactions.reading().execute(
            sa.text("UPDATE snapshot SET content = replace(content, '\"audit\"', '\"audlt\"')")
        )
        transactions.reading().commit()
    assert "beschädigt" in reader.open(report.address, 410).main


def test_a_report_of_older_rules_says_so_and_keeps_its_points(
    page: Visitor, visitor: NewVisitor, app: Flask, filled: str
) -> None:
    reader = visitor()
    report = read(reader, share(page, filled))
    with app.app_context():
        kept = json.loads(transactions.reading().execute(sa.text("SELECT content FROM snapshot")).scalar_one())
        kept["rules_version"] = 0
        kept["estimate"]["points"] |= {"claimed": "74.5", "lost": "19.5"}
        _replace_content(json.dumps(kept))
        transactions.reading().commit()
    again = reader.open(report.address)
    assert "mit einer früheren Fassung der Rechenregeln geschätzt" in again.main
    assert "74,5 von 118 Punkten" in again.main


def _replace_content(content: str) -> None:
    """As an older or damaged state would lie there: with its own checksum."""
    values = {"content": content, "sha256": hashlib.sha256(content.encode()).hexdigest()}
    transactions.reading().execute(sa.text("UPDATE snapshot SET content = :content, sha256 = :sha256"), values)
