"""Cases as advisors read them: by their chamber, and nothing of what the town writes beside the Stände it shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, Select, select

from selfcheck.core.review.case import Ball, CaseState, Sender
from selfcheck.store.database import tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.tables.accounts import name_author
from selfcheck.store.database.tokens import may_be_public_id
from selfcheck.store.database.transactions import reading


@dataclass(frozen=True, slots=True)
class Advisor:
    """An advisor who is signed in; `chamber` is an id of `chambers.yaml`."""

    account_id: int
    name: str
    mail: str
    chamber: str

    @property
    def author(self) -> str:
        """The name under which they write."""
        return name_author(self.name, self.mail)


@dataclass(frozen=True, slots=True)
class Case:
    """What a chamber has to do with one self-check. The columns of `tables.ReviewCase`; `advisor` is the name of who
    looks after it, empty where nobody does."""

    id: int
    public_id: str
    check_id: int
    chamber: str
    municipality: str
    district: str
    audit: str
    interview: date | None
    stand: int
    asked: int
    shared_at: datetime
    state: CaseState
    papers_missing: bool
    advisor_id: int | None
    advisor: str
    sender: Sender
    sender_id: int | None
    sender_name: str
    sender_mail: str
    sender_by: str
    sender_at: datetime | None
    waits_on: Ball
    waits_since: datetime
    created_at: datetime
    withdrawn_at: datetime | None
    next_audit: date | None
    deleted_at: datetime | None

    @property
    def gone(self) -> datetime | None:
        """Since when nobody at the chamber reads its reports: withdrawn, or the self-check was deleted."""
        return self.withdrawn_at or self.deleted_at


def find_case(chamber: str, public_id: str) -> Case | None:
    """A case of this chamber; None where it is another's, or none: one statement. Raises `DamagedRow`."""
    if not chamber or not may_be_public_id(public_id):
        return None
    mine = (tables.ReviewCase.chamber == chamber, tables.ReviewCase.public_id == public_id)
    row = reading().execute(select_cases().where(*mine)).first()
    return read_case(row) if row is not None else None


def list_cases_of(check_id: int) -> list[Case]:
    """The cases of a self-check, in each chamber that it was shared with, for the town itself: one statement."""
    rows = reading().execute(
        select_cases().where(tables.ReviewCase.check_id == check_id).order_by(tables.ReviewCase.id)
    )
    return [read_case(row) for row in rows]


def select_cases() -> Select[*tuple[object, ...]]:
    """What `read_case` takes."""
    return (
        select(
            *(column for column in tables.ReviewCase.__table__.columns),
            tables.Account.name.label("advisor_name"),
            tables.Account.email.label("advisor_mail"),
            tables.SelfCheck.deleted_at,
        )
        .select_from(tables.ReviewCase)
        .join(tables.SelfCheck, tables.SelfCheck.id == tables.ReviewCase.check_id)
        .outerjoin(tables.Account, tables.Account.id == tables.ReviewCase.advisor_id)
    )


def read_case(row: Row[*tuple[object, ...]]) -> Case:
    return read_row(
        Case,
        row,
        state=CaseState(row.state),
        sender=Sender(row.sender),
        waits_on=Ball(row.waits_on),
        advisor=name_author(row.advisor_name, row.advisor_mail),
    )
