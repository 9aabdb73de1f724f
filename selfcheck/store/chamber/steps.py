"""What happens in a case: a step is a row, with what the case was before; the last one can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, Select, func, select, update

from selfcheck.core.review import steps as rules
from selfcheck.core.review.case import Ball, CaseState, Sender, Standing, StepKind
from selfcheck.core.review.steps import Happened, Hindrance
from selfcheck.core.review.thread import ThreadState
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.colleagues import Colleague
from selfcheck.store.chamber.step_rows import enter_step
from selfcheck.store.database import limits, tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail

NO_STEP = 0
"""What stands for the last step where there is none."""
NOBODY_KNOWN: Mapping[str, object] = {"sender": Sender.OPEN, "sender_by": "", "sender_at": None}


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened. The columns of `tables.CaseStep`; `own`: the one who asks did it."""

    id: int
    kind: StepKind
    own: bool
    by: str
    recipient: str
    note: str
    stand: int | None
    at: datetime
    undone_at: datetime | None
    undone_by: str


@dataclass(frozen=True, slots=True)
class Done:
    """The step is done, or was already by the same press. `told`: the mail about it is on its way, if there was one."""

    told: bool = True


@dataclass(frozen=True, slots=True)
class Hindered:
    """The step is not possible; nothing happened."""

    why: Hindrance


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Something happened since the page was drawn; nothing more did."""


Outcome = Done | Hindered | Overtaken


def list_steps(case_id: int, account_id: int) -> list[Step]:
    """Everything that happened in a case, newest first: one statement."""
    return [_read(row, account_id) for row in reading().execute(_select_steps(case_id))]


def find_last(case_id: int, account_id: int) -> Step | None:
    """The newest step of a case: one statement."""
    row = reading().execute(_select_steps(case_id).limit(1)).first()
    return _read(row, account_id) if row is not None else None


def _select_steps(case_id: int) -> Select[*tuple[object, ...]]:
    step = tables.CaseStep
    return select(*step.__table__.columns).where(step.case_id == case_id).order_by(step.id.desc())


def _read(row: Row[*tuple[object, ...]], account_id: int) -> Step:
    return read_row(Step, row, kind=StepKind(row.kind), own=row.account_id == account_id)


def find_standing(case: Case, account_id: int) -> Standing:
    """What decides which steps are possible for this account: one statement."""
    return _stand(case.state, case, count_threads(reading(), case.id), account_id, case.gone is not None)


def count_threads(connection: Connection, case_id: int) -> int:
    """The questions of the chamber that the town has not answered."""
    thread = tables.Thread
    wanted = select(func.count()).where(thread.case_id == case_id, thread.state == ThreadState.OPEN)
    return int(connection.execute(wanted).scalar_one())


def _stand(
    state: CaseState, case: Case | Row[*tuple[object, ...]], threads: int, account_id: int, withdrawn: bool
) -> Standing:
    return Standing(
        state=state,
        ball=Ball(case.waits_on),
        sender=Sender(case.sender),
        taken=case.advisor_id is not None,
        mine=case.advisor_id == account_id,
        withdrawn=withdrawn,
        papers_missing=bool(case.papers_missing),
        threads=threads,
    )


def can_undo(steps: list[Step], standing: Standing) -> bool:
    """Whether the newest of all steps, listed newest first, can be taken back."""
    return rules.can_undo((Happened(each.kind, each.own, each.undone_at is not None) for each in steps), standing)


def do(
    case_id: int,
    advisor: Advisor,
    kind: StepKind,
    seen: int,
    now: datetime,
    *,
    note: str = "",
    receiver: Colleague | None = None,
    letter: NewMail | None = None,
) -> Outcome:
    """Does a step. `seen` is the id of the last one that its author knew of. `receiver`: to whom a case is handed over;
    nobody has it then where there is none. `letter` goes to them if the step is done. Raises `TooLong`, and
    `ValueError` for releasing: `releases` alone does that, with what is shown.
    """
    if kind is StepKind.RELEASED:
        raise ValueError(kind)
    with writing() as connection:
        case = _lock(connection, case_id)
        last = _last(connection, case_id)
        if last.id != seen:
            return Done() if _is_mine_already(connection, last, advisor, kind, seen) else Overtaken()
        standing = _standing_of(connection, case, advisor)
        why = rules.find_hindrance(kind, standing)
        if why is not None:
            return Hindered(why)
        after = rules.take_step(kind, standing, to_colleague=receiver is not None)
        changed = _say(after, case, now)
        if kind in (StepKind.TAKEN, StepKind.HANDED_OVER):
            changed["advisor_id"] = advisor.account_id if after.mine else receiver.account_id if receiver else None
        connection.execute(update(tables.ReviewCase).where(tables.ReviewCase.id == case_id).values(changed))
        _add(connection, case, advisor, kind, now, note, receiver)
        return Done(_tell(connection, letter, now))


def undo(case_id: int, advisor: Advisor, seen: int, now: datetime) -> Done | Overtaken:
    """Takes the last step back, which has the id `seen`: the case is as it was before."""
    with writing() as connection:
        case = _lock(connection, case_id)
        last = _last(connection, case_id)
        if last.id == seen and last.undone_at is not None:
            return Done()
        standing = _standing_of(connection, case, advisor)
        happened = Happened(last.kind, last.own(advisor), last.undone_at is not None)
        if last.id != seen or not rules.can_undo([happened], standing):
            return Overtaken()
        connection.execute(
            update(tables.CaseStep).where(tables.CaseStep.id == seen).values(undone_at=now, undone_by=advisor.author)
        )
        changed: dict[str, object] = {"state": last.state_before, "waits_on": last.ball_before}
        changed["papers_missing"] = rules.papers_before(last.kind, standing.papers_missing)
        if last.ball_before != standing.ball:
            changed["waits_since"] = now
        if last.kind in (StepKind.TAKEN, StepKind.HANDED_OVER):
            changed["advisor_id"] = last.advisor_before_id
        if last.kind in (StepKind.CONFIRMED, StepKind.REFUSED):
            changed |= NOBODY_KNOWN
        connection.execute(update(tables.ReviewCase).where(tables.ReviewCase.id == case_id).values(changed))
        return Done()


@dataclass(frozen=True, slots=True)
class _Last:
    id: int
    kind: StepKind
    account_id: int | None
    state_before: str
    ball_before: str
    advisor_before_id: int | None
    undone_at: datetime | None

    def own(self, advisor: Advisor) -> bool:
        return self.account_id == advisor.account_id


def _lock(connection: Connection, case_id: int) -> Row[*tuple[object, ...]]:
    """The case, in which nobody else does anything until the transaction ends."""
    case = tables.ReviewCase
    wanted = (
        select(*case.__table__.columns, tables.SelfCheck.deleted_at)
        .join(tables.SelfCheck, tables.SelfCheck.id == case.check_id)
        .where(case.id == case_id)
        .with_for_update(of=case)
    )
    return connection.execute(wanted).one()


def _standing_of(connection: Connection, case: Row[*tuple[object, ...]], advisor: Advisor) -> Standing:
    withdrawn = case.withdrawn_at is not None or case.deleted_at is not None
    threads = count_threads(connection, case.id)
    return _stand(CaseState(case.state), case, threads, advisor.account_id, withdrawn)


def _last(connection: Connection, case_id: int) -> _Last:
    row = connection.execute(_select_steps(case_id).limit(1)).first()
    if row is None:
        return _Last(NO_STEP, StepKind.SHARED, None, "", "", None, None)
    return read_row(_Last, row, kind=StepKind(row.kind))


def _is_mine_already(connection: Connection, last: _Last, advisor: Advisor, kind: StepKind, seen: int) -> bool:
    """Whether the only thing that happened since `seen` is this very step: the form was sent twice."""
    step = tables.CaseStep
    if last.kind is not kind or not last.own(advisor) or last.undone_at is not None:
        return False
    case_id = select(step.case_id).where(step.id == last.id).scalar_subquery()
    since = select(func.count()).where(step.case_id == case_id, step.id > seen)
    return connection.execute(since).scalar_one() == 1


def _say(after: Standing, case: Row[*tuple[object, ...]], now: datetime) -> dict[str, object]:
    """What changes in the row of a case; since when somebody waits only where it is somebody else's turn."""
    changed: dict[str, object] = {"state": after.state, "papers_missing": after.papers_missing, "waits_on": after.ball}
    if after.ball != case.waits_on:
        changed["waits_since"] = now
    return changed


def _add(
    connection: Connection,
    case: Row[*tuple[object, ...]],
    advisor: Advisor,
    kind: StepKind,
    now: datetime,
    note: str,
    receiver: Colleague | None,
) -> None:
    enter_step(
        connection,
        case.id,
        kind,
        advisor.author,
        advisor.account_id,
        now,
        before=(case.state, case.waits_on),
        recipient=receiver.name if receiver is not None else "",
        note=limits.keep_text(note, "note", limits.REASON),
        advisor_before_id=case.advisor_id,
    )


def _tell(connection: Connection, letter: NewMail | None, now: datetime) -> bool:
    """Whether the mail goes; who wrote to too many today writes no more, the step is done all the same."""
    if letter is None:
        return True
    if not outbox.has_room(connection, letter, now):
        return False
    outbox.put(connection, letter, now)
    return True
