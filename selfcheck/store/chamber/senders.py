"""Whether a chamber knows who shared a report with it: an advisor says so, and can say otherwise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from selfcheck.core.review.case import Sender, StepKind
from selfcheck.core.review.steps import ball_after_deciding
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.locking import lock_case
from selfcheck.store.chamber.step_rows import before, enter_step
from selfcheck.store.chamber.steps import DECIDED_BY, standing_of
from selfcheck.store.database import tables
from selfcheck.store.database.transactions import reading, writing


def decide_sender(case: Case, advisor: Advisor, decision: Sender, now: datetime, seen: Sender) -> bool:
    """Confirms or refuses the sender of `case` as the advisor saw them, of whom the chamber thought what `seen` says;
    where they are refused, it is the town's turn.

    False where somebody was faster with another decision, another account has shared since, or a confirmed one was
    shown something already. Raises `CaseGone`.
    """
    table = tables.ReviewCase
    with writing() as connection:
        row = lock_case(connection, case.id)
        if (row.sender_mail, row.sender_id) != (case.sender_mail, case.sender_id):
            return False
        if row.sender == decision:
            return True
        if row.sender != seen or (decision is Sender.REFUSED and _is_shown_to(connection, case.id, Sender(row.sender))):
            return False
        ball = ball_after_deciding(decision, standing_of(connection, row, advisor))
        said = {"sender": decision, "sender_by": advisor.author, "sender_at": now, "waits_on": ball}
        if ball != row.waits_on:
            said["waits_since"] = now
        connection.execute(update(table).where(table.id == case.id).values(said))
        enter_step(
            connection,
            case.id,
            DECIDED_BY[decision],
            advisor.author,
            advisor.account_id,
            now,
            was=before(row),
            stand=row.stand,
            sender_before=row.sender,
        )
        return True


def can_refuse(case: Case) -> bool:
    """Whether `decide_sender` may refuse the sender now: one statement, none where nobody has confirmed them."""
    return not _is_shown_to(reading(), case.id, case.sender)


def _is_shown_to(connection: Connection, case_id: int, sender: Sender) -> bool:
    """Whether something was released while the chamber knows the sender; what is released stays, so nobody says
    afterwards that it does not."""
    step = tables.CaseStep
    if sender is not Sender.CONFIRMED:
        return False
    released = select(step.id).where(step.case_id == case_id, step.kind == StepKind.RELEASED).limit(1)
    return connection.execute(released).first() is not None
