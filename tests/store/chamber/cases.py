"""A case of the self-check of these tests, and two advisors of its chamber."""

from __future__ import annotations

from sqlalchemy import update

from selfcheck.store.chamber import cases, sending
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import writing
from tests.places import add_account
from tests.store.conftest import Store

CHAMBER = "darmstadt"
CONTENT = {"municipality": "Musterstadt", "answers": {}}


def add_advisor(store: Store, name: str, chamber: str = CHAMBER) -> Advisor:
    with writing() as connection:
        account, _ = add_account(connection, f"{name.lower()}@ihk.example", store.now, "advisor")
        told = {"chamber": chamber, "name": name}
        connection.execute(update(tables.Account).where(tables.Account.id == account).values(told))
    return Advisor(account, name, f"{name.lower()}@ihk.example", chamber)


def share(store: Store, asked: int = 3, **changes: object) -> Case:
    """Shares the next Stand; its case."""
    sender = sending.Account(_sender(store), "Erika Muster", "erika@musterstadt.example")
    content = CONTENT | changes
    public_id = sending.send(store.check, CHAMBER, content, asked, sender, store.who, store.now)
    found = cases.find_case(CHAMBER, public_id)
    assert found is not None
    return found


def _sender(store: Store) -> int:
    with writing() as connection:
        found = connection.execute(
            tables.Account.__table__.select().where(tables.Account.email == "erika@musterstadt.example")
        ).first()
        return found.id if found else add_account(connection, "erika@musterstadt.example", store.now)[0]
