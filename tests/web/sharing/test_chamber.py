"""Sharing with the chamber itself: who can, what it sees, what the town sees of it, and taking it back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from selfcheck.store.database import tables, transactions
from tests import towns
from tests.reviews import add_advisor
from tests.web.document import text_of
from tests.web.page import NewVisitor, Page, Visitor, begin, fill
from tests.web.statements import listen
from tests.web.team.people import seat_account

ADVISOR = "beate@example.org"
PREVIEW = "Vorschau ansehen, für die IHK"
SHARE = "Mit der IHK Darmstadt teilen"


@pytest.fixture
def advisor(app: Flask, visitor: NewVisitor) -> Visitor:
    """An advisor of the chamber of Darmstadt, signed in."""
    browser = visitor()
    add_advisor(app, browser, ADVISOR, "Beate Rat")
    return browser


@pytest.fixture
def town(app: Flask, page: Visitor, check: str) -> Visitor:
    """Somebody who coordinates the filled self-check with an account."""
    fill(page, check, towns.sample().answers)
    return seat_account(app, check, "erika@example.org")


def overview(person: Visitor, check: str) -> Page:
    return person.open(f"/selbstcheck/{check}/teilen")


def share(person: Visitor, check: str, **changes: str) -> Page:
    return person.press(person.press(overview(person, check), PREVIEW, changes), SHARE)


def case_address(app: Flask) -> str:
    with app.app_context():
        found = transactions.reading().execute(sa.select(tables.ReviewCase.public_id)).scalar_one()
    return f"/beratung/{found}/bericht"


def list_mails(app: Flask) -> list[tuple[str, str, str]]:
    with app.app_context():
        mail = tables.Mail
        wanted = sa.select(mail.address, mail.subject, mail.body).order_by(mail.id)
        return [(row.address, row.subject, row.body) for row in transactions.reading().execute(wanted)]


def test_the_chamber_sees_exactly_what_the_preview_showed(
    app: Flask, town: Visitor, advisor: Visitor, check: str
) -> None:
    preview = town.press(overview(town, check), PREVIEW, {"with_route": "y"})
    for said in ("alle Beratenden der IHK Darmstadt", "erika@example.org", "nicht von der IHK geprüft"):
        assert said in preview.main
    assert "Noch hat" not in preview.main
    done = town.press(preview, SHARE)
    assert "Geteilt" in done.main
    assert "eingegangen" in done.main
    assert "Die IHK ist am Zug" in done.main
    assert "Noch niemand." in done.main
    report = advisor.open(case_address(app))
    assert text_of(report.one(".//article")) == text_of(preview.one(".//article"))
    assert "Der Weg zur Marke" in report.main
    assert "Beate Rat, zuerst" in overview(town, check).main


def test_what_somebody_changed_since_the_preview_is_shown_before_it_is_shared(
    app: Flask, town: Visitor, advisor: Visitor, page: Visitor, check: str
) -> None:
    preview = town.press(overview(town, check), PREVIEW)
    criterion = towns.questionnaire().criteria[0]
    questions = page.open(f"/selbstcheck/{check}/fragen/{criterion.id}?offen=alle")
    page.press(questions, "Speichern und weiter", {f"{criterion.questions[0].id}.note": "Von jemand anders ergänzt"})
    again = town.press(preview, SHARE, status=409)
    assert "Seit Ihrer Vorschau hat jemand etwas geändert" in again.main
    assert "Von jemand anders ergänzt" in again.main
    assert "Noch niemand." not in overview(town, check).main, "nothing is shared yet"
    assert "Geteilt" in town.press(again, SHARE).main
    assert "Von jemand anders ergänzt" in advisor.open(case_address(app)).main


def test_whoever_coordinates_without_an_account_learns_the_way(
    app: Flask, advisor: Visitor, page: Visitor, check: str
) -> None:
    found = overview(page, check)
    assert "Konto mit bestätigter E-Mail-Adresse" in found.main
    assert "In mein Konto übernehmen" in found.main
    assert not [each for each in found.all(".//button") if text_of(each) == PREVIEW]
    token = found.value("csrf_token")
    assert page.post(f"/selbstcheck/{check}/teilen/ihk", {"csrf_token": token, "do": "send"}).status_code == 422
    assert page.client.get(f"/selbstcheck/{check}/teilen/ihk/vorschau").status_code == 303


def test_an_address_has_to_be_confirmed_first(app: Flask, town: Visitor, advisor: Visitor, check: str) -> None:
    with app.app_context(), transactions.writing() as connection:
        mine = sa.update(tables.Account).where(tables.Account.email == "erika@example.org")
        connection.execute(mine.values(confirmed_at=None))
    found = overview(town, check)
    assert "Ihre E-Mail-Adresse ist noch nicht bestätigt" in found.main
    fields = {"csrf_token": found.value("csrf_token"), "do": "send"}
    assert town.post(f"/selbstcheck/{check}/teilen/ihk", fields).status_code == 422
    assert town.client.get(f"/selbstcheck/{check}/teilen/ihk/vorschau").status_code == 303


def test_nothing_is_shared_where_nobody_would_read_it(app: Flask, town: Visitor, check: str) -> None:
    assert "Bei der IHK Darmstadt berät hier noch niemand" in overview(town, check).main


def test_a_town_of_no_chamber_of_ours_is_told_so(app: Flask, page: Visitor, advisor: Visitor) -> None:
    check = begin(page, municipality="Biebertal", district="06531")
    found = overview(seat_account(app, check, "erika@example.org"), check)
    assert "Direkt teilen können Sie nur mit einer der neun beteiligten IHKs" in found.main


def test_where_a_district_has_exceptions_the_form_asks(app: Flask, page: Visitor, visitor: NewVisitor) -> None:
    add_advisor(app, visitor(), "wibke@example.org", "Wibke Rat", "wiesbaden")
    check = begin(page, municipality="Hochheim am Main", district="06436")
    town = seat_account(app, check, "erika@example.org")
    found = overview(town, check)
    assert found.one(".//input[@name='chamber'][@checked]").get("value") == "wiesbaden"
    refused = town.press(found, PREVIEW, {"chamber": "frankfurt"}, status=422)
    assert "Bei der IHK Frankfurt am Main berät hier noch niemand" in refused.main
    assert refused.one(".//input[@name='chamber'][@checked]").get("value") == "frankfurt"
    for made_up in ("darmstadt", "", "x" * 5000, "\x00"):
        town.press(found, PREVIEW, {"chamber": made_up}, status=422)
    town.press(town.press(found, PREVIEW), "Mit der IHK Wiesbaden teilen")
    assert "eingegangen" in overview(town, check).main


def test_sharing_twice_shares_once_and_a_change_makes_the_next_stand(
    app: Flask, town: Visitor, advisor: Visitor, check: str
) -> None:
    preview = town.press(overview(town, check), PREVIEW)
    town.press(preview, SHARE)
    again = town.press(preview, SHARE)
    assert "Stand 1 vom" in again.main
    assert "Stand 2" not in again.main
    assert "Seit Stand 1 haben Sie zu keiner Frage etwas geändert" in again.main
    advisor.open(case_address(app))
    criterion = towns.questionnaire().criteria[0]
    town.press(
        town.open(f"/selbstcheck/{check}/fragen/{criterion.id}?offen={criterion.questions[0].id}"),
        "Speichern und weiter",
        {f"{criterion.questions[0].id}.note": "Später dazugekommen"},
    )
    assert "zu 1 Frage etwas geändert" in overview(town, check).main
    assert "Später dazugekommen" not in advisor.open(case_address(app)).source
    share(town, check)
    assert "Später dazugekommen" in advisor.open(case_address(app)).source
    older = advisor.open(f"{case_address(app)}?stand=1")
    assert "Später dazugekommen" not in older.source
    assert "Neuere Fassung vorhanden" in older.main


def test_advisors_are_told_by_mail_that_something_waits_never_what(
    app: Flask, town: Visitor, advisor: Visitor, visitor: NewVisitor, check: str
) -> None:
    add_advisor(app, visitor(), "bodo@example.org", "Bodo Rat")
    add_advisor(app, visitor(), "fred@example.org", "Fred Rat", "frankfurt")
    share(town, check)
    mails = list_mails(app)
    assert [address for address, *_ in mails] == [ADVISOR, "bodo@example.org"]
    assert all("/beratung/" in body and "Musterstadt" in subject for _, subject, body in mails)
    share(town, check, with_route="y")
    assert len(list_mails(app)) == 2, "nobody has looked yet, and they know already"
    advisor.open(case_address(app))
    share(town, check, with_checklist="y")
    assert [address for address, *_ in list_mails(app)[2:]] == [ADVISOR]
    assert "ein neuer Stand" in list_mails(app)[2][2]


def test_what_was_taken_back_is_gone_and_stays_gone(app: Flask, town: Visitor, advisor: Visitor, check: str) -> None:
    share(town, check)
    advisor.open(case_address(app))
    link = next(each for each in overview(town, check).all(".//a") if text_of(each) == "Zurückziehen, IHK Darmstadt")
    asked = town.open(link.get("href", ""))
    for said in ("Das geht sofort:", "Das bleibt:", "bis Sie den Selbstcheck löschen"):
        assert said in asked.main
    done = town.press(asked, "Zurückziehen")
    assert "zurückgezogen" in done.main
    assert "Beate Rat, zuerst" in done.main
    for way in ("", ".pdf", "?stand=1"):
        advisor.open(case_address(app) + way, status=410)
    assert "ist seit" in town.open(link.get("href", "")).main
    share(town, check)
    assert "Stand 2 vom" in advisor.open(case_address(app)).main
    advisor.open(f"{case_address(app)}?stand=1", status=404)


def test_a_link_beside_the_chamber_is_thought_for_somebody_else(town: Visitor, advisor: Visitor, check: str) -> None:
    assert overview(town, check).value("label") == "IHK Darmstadt"
    share(town, check)
    shown = overview(town, check)
    assert shown.value("label") == ""
    assert "Bitte geben Sie an, für wen der Link ist" in town.press(shown, "Link erstellen", status=422).main
    link = next(each for each in shown.all(".//a") if text_of(each) == "Zurückziehen, IHK Darmstadt")
    town.press(town.open(link.get("href", "")), "Zurückziehen")
    assert overview(town, check).value("label") == "IHK Darmstadt"


def test_history_and_checklist_say_with_whom_it_was_shared(
    app: Flask, town: Visitor, advisor: Visitor, check: str
) -> None:
    assert "geteilt am" not in town.open(f"/selbstcheck/{check}/checkliste").main
    share(town, check)
    case = case_address(app).split("/")[2]
    history = town.open(f"/selbstcheck/{check}/verlauf")
    assert "Mit IHK Darmstadt geteilt" in history.main
    share(town, check, with_route="y")
    again = town.open(f"/selbstcheck/{check}/verlauf")
    compared = [each.get("href", "") for each in again.all(".//a") if text_of(each).startswith("Vergleichen: IHK")]
    assert len(set(compared)) == 2, "each Stand is a moment of its own"
    for address in compared:
        assert "Bericht an IHK Darmstadt" in town.open(address).main
    checklist = town.open(f"/selbstcheck/{check}/checkliste?zeige=erledigt").main
    assert "geteilt" in checklist
    town.press(town.open(f"/selbstcheck/{check}/teilen/ihk/{case}/zurueckziehen"), "Zurückziehen")
    assert "Bei IHK Darmstadt zurückgezogen" in town.open(f"/selbstcheck/{check}/verlauf").main


def test_a_case_of_another_self_check_cannot_be_taken_back(
    app: Flask, town: Visitor, advisor: Visitor, check: str, visitor: NewVisitor
) -> None:
    share(town, check)
    case = case_address(app).split("/")[2]
    stranger = visitor()
    other = begin(stranger, municipality="Nachbarstadt")
    token = stranger.open(f"/selbstcheck/{other}/teilen").value("csrf_token")
    for made_up in (case, "keiner", "x" * 500):
        address = f"/selbstcheck/{other}/teilen/ihk/{made_up}/zurueckziehen"
        assert stranger.client.get(address).status_code == 404
        assert stranger.post(address, {"csrf_token": token}).status_code == 404
    advisor.open(case_address(app))


def test_a_refused_sender_cannot_share_and_another_account_can(
    app: Flask, town: Visitor, advisor: Visitor, check: str
) -> None:
    share(town, check)
    link = next(each for each in advisor.open(case_address(app)).all(".//a") if text_of(each) == "Absender ablehnen")
    advisor.press(advisor.open(link.get("href", "")), "Absender ablehnen")
    told = overview(town, check).main
    assert "Die IHK hat den Absender abgelehnt" in told
    assert "Sie sind am Zug" in told
    assert "Mit Ihrem Konto können Sie hier nicht teilen" in told
    kai = seat_account(app, check, "kai@example.org")
    share(kai, check)
    again = overview(town, check).main
    assert "nicht von der IHK geprüft: Kai, kai@example.org" in again
    assert "abgelehnt" not in again


def test_the_page_takes_as_many_statements_for_many_stands_and_readers_as_for_one(
    app: Flask, town: Visitor, advisor: Visitor, visitor: NewVisitor, check: str
) -> None:
    share(town, check)
    advisor.open(case_address(app))
    with listen(app) as one:
        overview(town, check)
    for number, changes in enumerate(({"with_route": "y"}, {"with_checklist": "y"}, {"with_remarks": "y"})):
        share(town, check, **changes)
        colleague = visitor()
        add_advisor(app, colleague, f"rat{number}@example.org", f"Rat {number}")
        colleague.open(case_address(app))
    with listen(app) as many:
        found = overview(town, check)
    assert "Stand 4 vom" in found.main
    assert "Rat 2, zuerst" in found.main
    assert len(one) == len(many)


def test_who_advises_is_no_sender(advisor: Visitor) -> None:
    """Else an advisor could share with the own chamber, and confirm the sender."""
    check_id = begin(advisor)
    assert "Mit diesem Konto beraten Sie selbst" in overview(advisor, check_id).main
    csrf = advisor.open("/selbstcheck/neu").value("csrf_token")
    advisor.send(f"/selbstcheck/{check_id}/teilen/ihk", {"csrf_token": csrf, "do": "send"}, 422)


def test_the_town_opens_what_the_chamber_got_again(
    app: Flask, town: Visitor, advisor: Visitor, check: str, visitor: NewVisitor
) -> None:
    shared = share(town, check)
    questions = town.open(f"/selbstcheck/{check}/fragen/{towns.questionnaire().criteria[0].id}")
    name = next(name for name, _ in questions.form("Speichern und weiter").fields if name.endswith(".note"))
    town.press(questions, "Speichern und weiter", {name: "Erst nach dem Teilen geschrieben"})
    link = next(str(each.get("href")) for each in shared.all(".//main//li/a") if "/staende/" in str(each.get("href")))
    mine = town.open(link)
    assert "Genau das hat die IHK Darmstadt bekommen" in mine.text
    assert "Erst nach dem Teilen geschrieben" not in mine.text
    theirs = advisor.open(case_address(app))
    paper = ".//main//article" if mine.all(".//main//article") else ".//main//section"
    assert [text_of(each) for each in mine.all(paper)] == [text_of(each) for each in theirs.all(paper)]
    assert not mine.all(".//main//form")
    history = town.open(f"/selbstcheck/{check}/verlauf")
    assert link in [each.get("href") for each in history.all(".//a")]
    town.press(town.open(overview(town, check).link("Zurückziehen, IHK Darmstadt")), "Zurückziehen")
    assert "Inzwischen haben Sie es zurückgezogen" in town.open(link).text
    for other in (link[:-1] + "2", link[:-1] + "x", link[:-1]):
        assert town.client.get(other).status_code == 404
    visitor().open(link, 404)
