"""What happens in a case: a step is a row, with what the case was before; the last one can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, Select, func, select, update

from selfcheck.core.review import steps as rules
from selfcheck.core.review.case import Ball, CaseState, Sender, Standing, StepKind
from selfcheck.core.review.steps import Happened, Hindrance
from selfcheck.core.review.thread import ThreadState
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.colleagues import Colleague, advises_at
from selfcheck.store.chamber.locking import CaseGone, CaseRow, gone_since, hold_case
from selfcheck.store.chamber.step_rows import before, enter_step
from selfcheck.store.database import limits, tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail

NO_STEP = 0
"""What stands for the last step where there is none."""
DECISIONS = {StepKind.CONFIRMED: Sender.CONFIRMED, StepKind.REFUSED: Sender.REFUSED}
"""Steps by which an advisor says whether the sender is known."""
DECIDED_BY = {sender: kind for kind, sender in DECISIONS.items()}


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
    """The step is done, or was already by the same press. `told`: the mail about it is on its way, if there was one.
    `left_over`: the case is nobody's, for whoever should have it does not advise here any more."""

    told: bool = True
    left_over: bool = False


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


def find_standing(case: Case, account_id: int, threads: int | None = None) -> Standing:
    """What decides which steps are possible for this account: one statement, none for whoever knows already how many
    `threads` the town has not answered."""
    threads = count_threads(reading(), case.id) if threads is None else threads
    return _stand(case.state, case, threads, account_id, case.gone is not None)


def standing_of(connection: Connection, case: CaseRow, advisor: Advisor) -> Standing:
    """The same in a transaction that holds the case."""
    threads, withdrawn = count_threads(connection, case.id), gone_since(case) is not None
    return _stand(CaseState(case.state), case, threads, advisor.account_id, withdrawn)


def count_threads(connection: Connection, case_id: int) -> int:
    """The questions of the chamber that the town has not answered."""
    thread = tables.Thread
    wanted = select(func.count()).where(thread.case_id == case_id, thread.state == ThreadState.OPEN)
    return int(connection.execute(wanted).scalar_one())


def _stand(state: CaseState, case: Case | CaseRow, threads: int, account_id: int, withdrawn: bool) -> Standing:
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
    nobody has it then where there is none, or where they do not advise there any more. `letter` goes to them if they
    have it. Raises `TooLong`, `CaseGone` where nothing is left of the case, and `ValueError` for releasing: `releases`
    alone does that, with what is shown.
    """
    if kind is StepKind.RELEASED:
        raise ValueError(kind)
    with writing() as connection:
        case = _hold(connection, case_id)
        last = _last(connection, case_id)
        if last.id != seen:
            left_over = receiver is not None and case.advisor_id is None
            again = _is_mine_already(connection, last, advisor, kind, seen)
            return Done(left_over=left_over) if again else Overtaken()
        standing = standing_of(connection, case, advisor)
        why = rules.find_hindrance(kind, standing)
        if why is not None:
            return Hindered(why)
        left_over = receiver is not None and not advises_at(connection, receiver.account_id, case.chamber)
        if left_over:
            receiver, letter = None, None
        after = rules.take_step(kind, standing, to_colleague=receiver is not None)
        changed = _say(after, case, now)
        if kind in (StepKind.TAKEN, StepKind.HANDED_OVER):
            changed["advisor_id"] = advisor.account_id if after.mine else receiver.account_id if receiver else None
        connection.execute(update(tables.ReviewCase).where(tables.ReviewCase.id == case_id).values(changed))
        _add(connection, case, advisor, kind, now, note, receiver)
        return Done(_tell(connection, letter, now), left_over)


def undo(case_id: int, advisor: Advisor, seen: int, now: datetime) -> Done | Overtaken:
    """Takes the last step back, which has the id `seen`: the case is as it was before, but nobody's where whoever had
    it does not advise there any more. Raises `CaseGone` where nothing is left of it."""
    with writing() as connection:
        case = _hold(connection, case_id)
        last = _last(connection, case_id)
        if last.id == seen and last.undone_at is not None:
            return Done()
        standing = standing_of(connection, case, advisor)
        happened = Happened(last.kind, last.own(advisor), last.undone_at is not None)
        if last.id != seen or not rules.can_undo([happened], standing):
            return Overtaken()
        connection.execute(
            update(tables.CaseStep).where(tables.CaseStep.id == seen).values(undone_at=now, undone_by=advisor.author)
        )
        changed: dict[str, object] = {"state": last.state_before, "waits_on": last.ball_before}
        changed["papers_missing"] = rules.papers_before(last.kind, standing.papers_missing)
        if last.ball_before != standing.ball:
            changed["waits_since"] = last.waits_since_before or now
        if last.kind in DECISIONS:
            changed |= _sender_before(connection, case_id, last)
        left_over = False
        if last.kind in (StepKind.TAKEN, StepKind.HANDED_OVER):
            had = last.advisor_before_id
            left_over = had is not None and not advises_at(connection, had, case.chamber)
            changed["advisor_id"] = None if left_over else had
        connection.execute(update(tables.ReviewCase).where(tables.ReviewCase.id == case_id).values(changed))
        return Done(left_over=left_over)


@dataclass(frozen=True, slots=True)
class _Last:
    id: int
    kind: StepKind
    account_id: int | None
    state_before: str
    ball_before: str
    waits_since_before: datetime | None
    advisor_before_id: int | None
    sender_before: Sender | None
    undone_at: datetime | None

    def own(self, advisor: Advisor) -> bool:
        return self.account_id == advisor.account_id


def _hold(connection: Connection, case_id: int) -> CaseRow:
    """Also one that is gone: that is why no step is possible."""
    case = hold_case(connection, tables.ReviewCase.id == case_id)
    if case is None:
        raise CaseGone(None)
    return case


def _sender_before(connection: Connection, case_id: int, last: _Last) -> dict[str, object]:
    """What the chamber thought of the sender before it decided anew, with who had said so and when."""
    kind = DECIDED_BY.get(last.sender_before or Sender.OPEN)
    step = tables.CaseStep
    earlier = (step.case_id == case_id, step.id < last.id, step.kind == kind, step.undone_at.is_(None))
    said = connection.execute(select(step.by, step.at).where(*earlier).order_by(step.id.desc()).limit(1)).first()
    if kind is None or said is None:
        return {"sender": Sender.OPEN, "sender_by": "", "sender_at": None}
    return {"sender": last.sender_before, "sender_by": said.by, "sender_at": said.at}


def _last(connection: Connection, case_id: int) -> _Last:
    row = connection.execute(_select_steps(case_id).limit(1)).first()
    if row is None:
        return _Last(NO_STEP, StepKind.SHARED, None, "", "", None, None, None, None)
    return read_row(_Last, row, kind=StepKind(row.kind))


def _is_mine_already(connection: Connection, last: _Last, advisor: Advisor, kind: StepKind, seen: int) -> bool:
    """Whether the only thing that happened since `seen` is this very step: the form was sent twice."""
    step = tables.CaseStep
    if last.kind is not kind or not last.own(advisor) or last.undone_at is not None:
        return False
    case_id = select(step.case_id).where(step.id == last.id).scalar_subquery()
    since = select(func.count()).where(step.case_id == case_id, step.id > seen)
    return connection.execute(since).scalar_one() == 1


def _say(after: Standing, case: CaseRow, now: datetime) -> dict[str, object]:
    """What changes in the row of a case; since when somebody waits only where it is somebody else's turn."""
    changed: dict[str, object] = {"state": after.state, "papers_missing": after.papers_missing, "waits_on": after.ball}
    if after.ball != case.waits_on:
        changed["waits_since"] = now
    return changed


def _add(
    connection: Connection,
    case: CaseRow,
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
        was=before(case),
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
