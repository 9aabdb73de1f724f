"""Advisors and cases on a bare store, without any pages."""

from __future__ import annotations

from itertools import count

from sqlalchemy import insert, update

from selfcheck.store.chamber import sending
from selfcheck.store.chamber.cases import Advisor, Case, find_case
from selfcheck.store.chamber.sending import Account
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import look_again, writing
from selfcheck.store.parts.values import Check
from tests.places import add_account
from tests.store.conftest import Store

CHAMBER, OTHER = "darmstadt", "frankfurt"


def advisor(store: Store, mail: str, chamber: str = CHAMBER) -> Advisor:
    with writing() as connection:
        id, _ = add_account(connection, mail, store.now, "advisor")
        connection.execute(update(tables.Account).where(tables.Account.id == id).values(chamber=chamber))
    return Advisor(id, mail.partition("@")[0].title(), mail, chamber)


ANEW = count()
"""What every Stand says differently: one that says the same is not shared again."""


def share(store: Store, municipality: str = "Musterstadt", chamber: str = CHAMBER) -> tuple[Case, Check]:
    """The case of a self-check of its own."""
    check, _ = store.begin(municipality)
    return send(store, check, chamber), check


def send(store: Store, check: Check, chamber: str = CHAMBER) -> Case:
    """The case of this self-check, with another Stand."""
    mail = f"{check.public_id.lower()}@example.org"
    with writing() as connection:
        known = connection.execute(tables.Account.__table__.select().where(tables.Account.email == mail)).first()
        account = known.id if known is not None else add_account(connection, mail, store.now)[0]
    content = {"municipality": check.municipality, "number": next(ANEW)}
    sender = Account(account, "Erika Muster", mail)
    return again(chamber, sending.send(check, chamber, content, 38, sender, store.who, store.now))


def again(chamber: str, public_id: str) -> Case:
    """The case as it stands now."""
    look_again()
    found = find_case(chamber, public_id)
    assert found is not None
    return found


def add_thread(case: Case, store: Store, state: str = "open", answered: bool = False) -> None:
    thread, message = tables.Thread, tables.ThreadMessage
    with writing() as connection:
        row = {"case_id": case.id, "question": "leitbild", "state": state, "at": store.now}
        id = connection.execute(insert(thread).values(row).returning(thread.id)).scalar_one()
        kinds = ("question", "answer") if answered else ("question",)
        said = [{"thread_id": id, "kind": kind, "text": "Bitte", "by": "Amt", "at": store.now} for kind in kinds]
        connection.execute(insert(message).values(said))


def judge(case: Case, store: Store, question: str, difference: int, verdict: str = "enough") -> None:
    row = {
        "case_id": case.id,
        "question": question,
        "verdict": verdict,
        "reason": "",
        "stand": case.stand,
        "difference": difference,
        "version": 1,
        "by": "Advisor",
        "at": store.now,
    }
    with writing() as connection:
        connection.execute(insert(tables.Judgement).values(row))


def look(case: Case, reader: Advisor, store: Store) -> None:
    """The advisor opened the newest Stand."""
    row = {"case_id": case.id, "account_id": reader.account_id, "by": reader.author, "stand": case.stand}
    with writing() as connection:
        connection.execute(insert(tables.CaseLook).values({**row, "first_at": store.now, "last_at": store.now}))
