"""Advisors and cases, put there past the pages."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from secrets import token_hex

from flask import Flask
from sqlalchemy import select, update

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.recommendations import Priority
from selfcheck.core.rules.estimate import Applies
from selfcheck.reporting.report.stand import stand_to_plain
from selfcheck.store.access import grants
from selfcheck.store.chamber import cases, sending
from selfcheck.store.chamber.cases import Advisor, find_case
from selfcheck.store.chamber.sending import Account
from selfcheck.store.chamber.talk import good_examples, recommending, threads
from selfcheck.store.chamber.talk.good_examples import Words
from selfcheck.store.chamber.talk.recommendations import RecommendationText, read_recommendations
from selfcheck.store.chamber.talk.threads import Message, Said
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading, writing
from selfcheck.web.http import clock
from selfcheck.web.layout import check_page
from selfcheck.web.layout.fields import new_key
from selfcheck.web.sharing.freeze import name_chamber, take_stand
from tests.places import add_account
from tests.web.page import Visitor
from tests.web.team.people import SESSION_KEY

DARMSTADT, FRANKFURT = "darmstadt", "frankfurt"
CRITERION = "zuzug-leicht-gemacht"


def add_advisor(app: Flask, visitor: Visitor, mail: str, name: str = "", chamber: str = DARMSTADT) -> int:
    """An advisor with a second factor, signed in on this browser; the id of the account."""
    with app.app_context(), writing() as connection:
        account, mark = add_account(connection, mail, datetime.now(UTC), "advisor")
        told = {"chamber": chamber, "name": name}
        connection.execute(update(tables.Account).where(tables.Account.id == account).values(told))
    with visitor.client.session_transaction() as session:
        session[SESSION_KEY] = mark
        session["_fresh"] = True
    return account


def ask(app: Flask, case_id: str, question: str, text: str = "Wo steht das?", chamber: str = DARMSTADT) -> int:
    """A Rückfrage of an advisor of this chamber; the id of the thread."""
    with app.app_context():
        found = cases.find_case(chamber, case_id)
        assert found is not None
        advisor = Advisor(_find_advisor(chamber), "Petra Weber", "weber@ihk.example", chamber)
        said = threads.ask(found.id, QuestionId(question), Message(text, secrets.token_hex(16)), advisor, clock.now())
        assert isinstance(said, Said)
        return said.thread_id


def _find_advisor(chamber: str) -> int:
    return int(
        reading().execute(select(tables.Account.id).where(tables.Account.chamber == chamber).limit(1)).scalar_one()
    )


def recommend(app: Flask, case_id: str, mail: str, title: str = "Lotsen am Bahnhof", *, sent: bool = True) -> str:
    """A recommendation about C6 of the advisor with this address; the public id."""
    with app.app_context():
        now = datetime.now(UTC)
        account = reading().execute(select(tables.Account).where(tables.Account.email == mail)).one()
        advisor = Advisor(account.id, account.name, account.email, account.chamber)
        case = find_case(account.chamber, case_id)
        assert case is not None
        words, about = RecommendationText(title, "Ein Paket für Neue.", Priority.HIGH), ("C6", CRITERION, "")
        made = recommending.add(case, about, words, advisor, token_hex(16), now)
        if sent:
            drafts = [each for each in read_recommendations(case.id) if each.sent_at is None]
            recommending.send(case, [(each.public_id, each.version) for each in drafts], advisor, now)
        return made


def send(app: Flask, check_id: str, mail: str, name: str = "Erika Muster") -> str:
    """Shares the self-check, as it is now, with the chamber of Darmstadt; `mail` is an account that coordinates it. The
    public id of the case."""
    with app.test_request_context():
        found = select(tables.Account.id).where(tables.Account.email == mail)
        account = reading().execute(found).scalar_one()
        access = grants.visitor([], check_id, clock.now(), False, account)
        assert access is not None
        page = check_page.load_page(access)
        stand = take_stand(page, name_chamber(page.check), with_route=True, with_checklist=False)
        asked = sum(line.applies is not Applies.NO for line in stand.estimate.line.values())
        sender = Account(account, name, mail)
        content, now = stand_to_plain(stand), clock.now()
        named = name_chamber(page.check)
        return sending.send(page.check, DARMSTADT, content, asked, sender, access.who, now, name=named)


def propose(app: Flask, case_id: str, question: str, text: str = "Alle Neuen bekommen eine Mappe.") -> str:
    """Proposes a good example to the town of a case of Darmstadt; its public id."""
    with app.test_request_context():
        case = cases.find_case(DARMSTADT, case_id)
        assert case is not None
        by = Advisor(0, "Berta Beispiel", "berta@example.org", DARMSTADT)
        assert good_examples.propose(case, question, Words("Willkommensmappe", text), by, new_key(), clock.now())
        return good_examples.list_of_case(case.id)[0].public_id
