"""The operator invites advisors, moves them and ends it."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from sqlalchemy import select, update

from selfcheck.store.accounts.accounts import find_by_id, find_by_mail
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import reading, writing
from tests import reviews
from tests.web.accounts.registering import is_signed_in, letters
from tests.web.document import text_of
from tests.web.operating.people import BERTA, HERE, invite, newest_link, sign_in
from tests.web.page import NewVisitor, Visitor
from tests.web.statements import listen
from tests.web.team.people import seat_account
from tests.web.world import World


@pytest.fixture
def operator(app: Flask, page: Visitor) -> Visitor:
    sign_in(app, page, "oskar@example.org", "operator")
    return page


def position(app: Flask, account_id: int) -> tuple[str, str]:
    with app.app_context():
        account = find_by_id(account_id)
        transactions.let_go()
    assert account is not None
    return account.position, account.chamber


def test_an_invitation_goes_by_mail_and_waits_in_the_list(app: Flask, operator: Visitor) -> None:
    invite(operator)
    listed = operator.open(HERE).main
    for said in (BERTA, "Berta Beispiel", "IHK Darmstadt", "gilt bis"):
        assert said in listed
    (letter,) = letters(app, BERTA)
    assert letter.subject == "Selbstcheck: Einladung zur Beratung für die IHK Darmstadt"
    assert "14 Tage" not in letter.body
    assert newest_link(app) not in listed, "the link is for the mail alone"
    invite(operator)
    assert len(letters(app, BERTA)) == 1, "a double click writes one mail"


def test_what_is_missing_is_said_at_the_field_and_what_was_typed_stays(operator: Visitor) -> None:
    form = operator.open(f"{HERE}/einladen")
    refused = operator.press(form, "Einladen", {"mail": "berta", "name": "Berta", "chamber": "atlantis"}, 422)
    assert refused.all(".//*[@id='mail-fehler']")
    assert "wählen Sie die IHK" in text_of(refused.one(".//*[@id='chamber-fehler']"))
    assert (refused.value("mail"), refused.value("name")) == ("berta", "Berta")


def test_nobody_is_invited_who_works_in_a_self_check_operates_or_advises(
    app: Flask, operator: Visitor, visitor: NewVisitor, check: str
) -> None:
    seat_account(app, check, "erika@stadt.example")
    sign_in(app, visitor(), "bodo@ihk.example", "advisor", "frankfurt")
    form = operator.open(f"{HERE}/einladen")
    for mail, said in (
        ("erika@stadt.example", "arbeitet mit diesem Konto an einem Selbstcheck mit"),
        ("oskar@example.org", "gehört zum Betrieb"),
        ("bodo@ihk.example", "berät schon für eine IHK"),
    ):
        refused = operator.press(form, "Einladen", {"mail": mail, "chamber": "darmstadt"}, 422)
        assert said in text_of(refused.one(".//*[@id='mail-fehler']"))
    assert not letters(app, "bodo@ihk.example")


def test_an_invitation_is_sent_again_or_withdrawn(app: Flask, operator: Visitor, visitor: NewVisitor) -> None:
    invite(operator)
    first = newest_link(app)
    operator.press(operator.open(HERE), f"Noch einmal einladen, {BERTA}, IHK Darmstadt")
    second = newest_link(app)
    assert first != second
    visitor().open(first, 404)
    visitor().open(second)
    done = operator.press(operator.open(HERE), f"Zurückziehen, {BERTA}, IHK Darmstadt")
    assert "Einladung zurückgezogen" in done.main
    assert BERTA not in done.main
    assert "gilt nicht mehr" in visitor().open(second, 410).main


def test_an_advisor_is_moved_and_their_cases_stay(world: World) -> None:
    operator = world.visit("operator")
    listed = operator.open(HERE)
    form = operator.open(listed.link("IHK ändern oder beenden, Berta (berta@example.org)"))
    with world.app.app_context(), writing() as connection:
        berta = find_by_mail("berta@example.org")
        assert berta is not None
        connection.execute(update(tables.ReviewCase).values(advisor_id=berta.id))
    done = operator.press(form, "Zuordnen", {"chamber": "frankfurt"})
    assert "IHK zugeordnet" in done.main
    assert "1 Vorgang hat jetzt keine Beratung" in done.main
    assert position(world.app, berta.id) == ("advisor", "frankfurt")
    assert not is_signed_in(world.join("advisor"))
    with world.app.app_context():
        assert reading().execute(select(tables.ReviewCase.advisor_id)).scalars().all() == [None]
        transactions.let_go()
    assert (
        letters(world.app, "berta@example.org")[-1].subject
        == "Selbstcheck: Sie beraten jetzt für die IHK Frankfurt am Main"
    )


def test_an_advisor_whose_time_is_over_is_a_member_and_signed_out(
    app: Flask, operator: Visitor, visitor: NewVisitor, caplog: pytest.LogCaptureFixture
) -> None:
    berta = visitor()
    account = sign_in(app, berta, BERTA, "advisor", "darmstadt")
    assert is_signed_in(berta)
    form = operator.open(operator.open(HERE).link(f"IHK ändern oder beenden, Berta ({BERTA})"))
    caplog.set_level(logging.INFO, "selfcheck.security")
    done = operator.press(form, "Beratung beenden")
    assert "Beratung beendet" in done.main
    assert BERTA not in done.main
    assert position(app, account) == ("member", "")
    assert not is_signed_in(berta)
    assert "position-changed" in caplog.text
    assert letters(app, BERTA)[-1].subject == "Selbstcheck: Ihre Beratung ist beendet"
    operator.open(f"{HERE}/{account}", 404)


def test_an_advisor_without_a_chamber_gets_one(app: Flask, operator: Visitor, visitor: NewVisitor) -> None:
    account = sign_in(app, visitor(), BERTA, "advisor")
    listed = operator.open(HERE)
    assert "ohne IHK" in [text_of(each) for each in listed.all(".//h2")]
    form = operator.open(listed.link(f"IHK zuordnen, Berta ({BERTA})"))
    operator.press(form, "Zuordnen", {"chamber": ""}, 422)
    operator.press(form, "Zuordnen", {"chamber": "hanau"})
    assert position(app, account) == ("advisor", "hanau")


@pytest.mark.parametrize("address", ["0", "x", "-1", "9" * 40, "1e3", "%00"])
def test_addresses_can_hold_anything(operator: Visitor, address: str) -> None:
    operator.open(f"{HERE}/{address}", 404)
    csrf = operator.open(f"{HERE}/einladen").value("csrf_token")
    for rest in (f"{address}/beenden", f"{address}/ihk", f"einladungen/{address}/noch-einmal"):
        assert operator.post(f"{HERE}/{rest}", {"csrf_token": csrf}).status_code == 404


def test_a_long_list_takes_no_more_statements(app: Flask, operator: Visitor, visitor: NewVisitor) -> None:
    counts = []
    for number in range(9):
        sign_in(app, visitor(), f"a{number}@ihk.example", "advisor", "darmstadt")
        invite(operator, f"b{number}@ihk.example")
        with listen(app) as sent:
            operator.open(HERE)
        counts.append(len(sent))
    assert counts[0] == counts[-1]


def test_what_an_advisor_is_called_and_who_else_is_there_stays_with_the_operator(app: Flask, page: Visitor) -> None:
    reviews.add_advisor(app, page, "berta@example.org", "Berta")
    for address in (HERE, f"{HERE}/einladen", "/verwaltung/postausgang", "/verwaltung/zahlen"):
        page.open(address, 404)
