"""Whether a chamber knows who shared a report with it: an advisor says so once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update

from selfcheck.core.review.case import Ball, CaseState, Sender, StepKind
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import writing


def decide_sender(case: Case, advisor: Advisor, decision: Sender, now: datetime) -> bool:
    """Confirms or refuses the sender of `case` as the advisor saw them; where they are refused, it is the town's turn.

    False where somebody was faster with another decision, or another account has shared since.
    """
    table = tables.ReviewCase
    seen = (table.sender_mail == case.sender_mail, table.sender_id.is_not_distinct_from(case.sender_id))
    with writing() as connection:
        wanted = select(table.sender, table.state, table.waits_on, table.stand)
        row = connection.execute(wanted.where(table.id == case.id, *seen).with_for_update()).first()
        if row is None or row.sender != Sender.OPEN:
            return row is not None and row.sender == decision
        said = {"sender": decision, "sender_by": advisor.author, "sender_at": now}
        if decision is Sender.REFUSED:
            said |= {"waits_on": Ball.TOWN, "waits_since": now}
        connection.execute(update(table).where(table.id == case.id).values(said))
        step = {
            "case_id": case.id,
            "kind": StepKind.REFUSED if decision is Sender.REFUSED else StepKind.CONFIRMED,
            "account_id": advisor.account_id,
            "by": advisor.author,
            "note": "",
            "stand": row.stand,
            "state_before": CaseState(row.state),
            "ball_before": Ball(row.waits_on),
            "at": now,
            "undone_by": "",
        }
        connection.execute(insert(tables.CaseStep).values(step))
        return True
