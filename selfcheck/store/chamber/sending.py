"""A town shares a Stand with a chamber: the first one begins a case, later ones belong to the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from selfcheck.core.review.case import Ball, CaseState, Sender, StepKind, state_after_sharing
from selfcheck.store.database import tables
from selfcheck.store.database.tokens import new_public_id
from selfcheck.store.database.transactions import once, writing
from selfcheck.store.parts.values import Check, Who
from selfcheck.store.sharing.stands import dump_content, freeze, next_stand


@dataclass(frozen=True, slots=True)
class Account:
    """Who shares: an account with a confirmed address."""

    id: int
    name: str
    mail: str


@once
def send(
    check: Check, chamber: str, content: Mapping[str, object], asked: int, account: Account, by: Who, now: datetime
) -> str:
    """Freezes `content` as the next Stand and shares it with `chamber` (an id of `chambers.yaml`); the public id of the
    case. `asked` is how many questions it has. Raises `HistoryFull`.
    """
    text = dump_content(content)
    with writing() as connection:
        number = connection.execute(next_stand(check.id)).scalar_one()
        snapshot = freeze(connection, check.id, text, now)
        said = {
            "municipality": check.municipality,
            "district": check.district,
            "audit": check.profile.audit,
            "interview": check.interview,
            "stand": number,
            "asked": asked,
            "shared_at": now,
            "waits_on": Ball.CHAMBER,
            "withdrawn_at": None,
        }
        case_id, public_id = _begin_or_go_on(connection, check.id, chamber, account, said, number, by, now)
        sent = {"case_id": case_id, "snapshot_id": snapshot, "sent_at": now, "sent_by": by.label}
        connection.execute(insert(tables.CaseStand).values(sent))
        return public_id


def _begin_or_go_on(
    connection: Connection,
    check_id: int,
    chamber: str,
    account: Account,
    said: Mapping[str, object],
    number: int,
    by: Who,
    now: datetime,
) -> tuple[int, str]:
    case = tables.ReviewCase
    known = select(case.id, case.public_id, case.state, case.waits_on, case.waits_since, case.sender, case.sender_id)
    row = connection.execute(known.where(case.check_id == check_id, case.chamber == chamber)).first()
    sender = {"sender_id": account.id, "sender_name": account.name, "sender_mail": account.mail}
    if row is None:
        fresh = {
            "public_id": new_public_id(),
            "check_id": check_id,
            "chamber": chamber,
            "state": CaseState.RECEIVED,
            "papers_missing": False,
            "sender": Sender.OPEN,
            "sender_by": "",
            "waits_since": now,
            "created_at": now,
        }
        made = insert(case).values({**fresh, **said, **sender}).returning(case.id, case.public_id)
        case_id, public_id = connection.execute(made).one()
        before = CaseState.RECEIVED, Ball.CHAMBER
    else:
        case_id, public_id, before = row.id, row.public_id, (CaseState(row.state), Ball(row.waits_on))
        changed = dict(said) | {"state": state_after_sharing(before[0])}
        if row.waits_on != Ball.CHAMBER:
            changed["waits_since"] = now
        if row.sender_id != account.id:
            changed |= {**sender, "sender": Sender.OPEN, "sender_by": "", "sender_at": None}
        connection.execute(update(case).where(case.id == case_id).values(changed))
    step = {
        "case_id": case_id,
        "kind": StepKind.SHARED,
        "account_id": account.id,
        "by": by.label,
        "note": "",
        "stand": number,
        "state_before": before[0],
        "ball_before": before[1],
        "at": now,
        "undone_by": "",
    }
    connection.execute(insert(tables.CaseStep).values(step))
    return case_id, public_id
