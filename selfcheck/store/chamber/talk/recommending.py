"""Recommendations are written by advisors, sent to the town all at once, answered by it, and accepted or sent back.

Until it is sent the town knows nothing of one; until the town sends its answer, the chamber knows nothing of that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select, update

from selfcheck.core.plain import to_plain
from selfcheck.core.review.case import StepKind
from selfcheck.core.review.recommendations import (
    AFTER,
    ANSWERING,
    RecommendationState,
    Reply,
    Turn,
    may_turn,
    name_next,
    state_after_reply,
)
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.step_rows import enter_step
from selfcheck.store.chamber.talk.recommendations import RecommendationText, StoredRecommendation, of_check, read_all
from selfcheck.store.database import limits, tables
from selfcheck.store.database.tokens import hash_token, may_be_public_id, new_public_id
from selfcheck.store.database.transactions import once, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.parts.loading import charge
from selfcheck.store.parts.values import Who
from selfcheck.store.parts.writes import Conflict, Current, Saved, Unchanged, settle

CHANGE, REPLY, DRAFT = "recommendation", "reply", "reply draft"
"""What `CaseChange.part` says: the chamber's own, what the town sent, and what it has written and not sent."""

Settled = Saved | Unchanged | Conflict


@once
def add(
    case: Case,
    about: tuple[str, str, str],
    content: RecommendationText,
    advisor: Advisor,
    key: str,
    now: datetime,
) -> str:
    """Writes one more; its public id. `about`: what it is about, as `name_subject` calls it, the criterion, and the
    question or nothing. `key` keeps a double click from writing it twice.

    Raises `TooLong`, `TooMany`, or `HistoryFull`.
    """
    table, (subject, criterion, question), content = tables.Recommendation, about, _keep(content)
    hashed = hash_token(f"recommendation {case.id} {key}")
    with writing() as connection:
        _charge(connection, case.check_id, content)
        made = connection.execute(select(table.public_id).where(table.creation_hash == hashed)).scalar()
        if made is not None:
            return made
        labels = connection.execute(select(table.label).where(table.case_id == case.id)).scalars().all()
        limits.keep_few("recommendations", len(labels))
        public_id, label = new_public_id(), name_next(subject, labels)
        row = {
            "public_id": public_id,
            "case_id": case.id,
            "creation_hash": hashed,
            "label": label,
            "criterion": criterion,
            "question": question,
            **_columns(content),
            "version": 1,
            "by": advisor.author,
            "at": now,
            "state": RecommendationState.NEW,
            "note": "",
            "returned": False,
            "turned_by": "",
            **_columns(Reply()),
            "reply_version": 0,
            "reply_by": "",
            "submitted_by": "",
        }
        connection.execute(insert(table).values(row))
        _enter(connection, _line(case.id, label, CHANGE, None, content, advisor.author, now, advisor.account_id))
        return public_id


def change(
    case: Case, public_id: str, seen_version: int, content: RecommendationText, advisor: Advisor, now: datetime
) -> Settled | None:
    """Changes the words of one that the town has not answered; None where there is none such. Raises `TooLong` or
    `HistoryFull`."""
    content = _keep(content)
    with writing() as connection:
        _charge(connection, case.check_id, content)
        found = _lock(connection, public_id, tables.Recommendation.case_id == case.id)
        if found is None or not found.changeable:
            return None
        current = Current(found.content, found.content, found.version, found.by, found.at)
        settled = settle(current, seen_version, content, now)
        if isinstance(settled, Saved):
            said = {**_columns(content), "version": settled.version, "by": advisor.author, "at": now}
            _update(connection, found, said)
            told = (CHANGE, found.content, content, advisor.author, now, advisor.account_id)
            _enter(connection, _line(case.id, found.label, *told))
        return settled


def send(case: Case, seen: Sequence[tuple[str, int]], advisor: Advisor, now: datetime) -> bool:
    """Shows the town all that it has not seen. False where they are not the ones that the advisor saw, as public ids
    with versions: then nothing is sent. Twice is once. Raises `HistoryFull`."""
    with writing() as connection:
        charge(connection, case.check_id, limits.WRITING)
        found = read_all(connection, tables.Recommendation.case_id == case.id)
        drafts = [each for each in found if each.sent_at is None]
        if {(each.public_id, each.version) for each in drafts} != set(seen):
            return not drafts and {id for id, _ in seen} <= {each.public_id for each in found}
        sent = update(tables.Recommendation).where(tables.Recommendation.id.in_([each.id for each in drafts]))
        connection.execute(sent.values(sent_at=now))
        told = (CHANGE, None, {"sent": True}, advisor.author, now, advisor.account_id)
        lines = [_line(case.id, each.label, *told) for each in drafts]
        if lines:
            connection.execute(insert(tables.CaseChange).values(lines))
            enter_step(connection, case.id, StepKind.RECOMMENDED, advisor.author, advisor.account_id, now)
        return True


def turn(
    case: Case, public_id: str, doing: Turn, note: str, seen_reply: int, advisor: Advisor, now: datetime
) -> bool | None:
    """What an advisor does with one, with a sentence. False where the town has written meanwhile what the advisor has
    not seen, or it is not possible any more; None where there is none such. Twice is once. Raises `TooLong` or
    `HistoryFull`.
    """
    note = limits.keep_text(note, "note", limits.REASON)
    with writing() as connection:
        charge(connection, case.check_id, limits.WRITING + len(note))
        found = _lock(connection, public_id, tables.Recommendation.case_id == case.id)
        if found is None:
            return None
        state = AFTER[doing]
        if found.state is state and found.note == note:
            return True
        unseen = doing is not Turn.WITHDRAW and found.reply_version != seen_reply
        if unseen or not may_turn(found.state, doing):
            return False
        said = {"state": state, "note": note, "turned_by": advisor.author, "turned_at": now}
        _update(connection, found, said | {"returned": doing is Turn.RETURN})
        told = ({"state": found.state}, {"state": state, "note": note}, advisor.author, now, advisor.account_id)
        _enter(connection, _line(case.id, found.label, CHANGE, *told))
        return True


def reply(
    check_id: int,
    public_id: str,
    seen_version: int,
    wanted: Reply,
    by: Who,
    now: datetime,
    letter: Callable[[str], NewMail] | None = None,
) -> Settled | None:
    """Writes the town's answer; None where there is no such recommendation. Where `letter` says which mail an advisor
    gets, it is sent to the chamber as well. Of one that is accepted only the progress can be changed, and the chamber
    sees it at once; where the answer is with the chamber, nothing can. Raises `TooLong` or `HistoryFull`.
    """
    wanted = _keep_reply(wanted)
    with writing() as connection:
        _charge(connection, check_id, wanted)
        found = _lock(connection, public_id, *of_check(check_id))
        if found is None:
            return None
        agreed = found.state is RecommendationState.ACCEPTED
        if agreed:
            wanted = replace(found.reply, progress=wanted.progress)
        current = Current(found.reply, found.reply, found.reply_version, found.reply_by, found.reply_at)
        settled = settle(current, seen_version, wanted, now)
        if isinstance(settled, Conflict):
            return settled
        if not agreed and found.state not in ANSWERING:
            theirs = Conflict(found.reply_version, found.reply, found.reply_by, found.reply_at or now)
            return settled if isinstance(settled, Unchanged) else theirs
        submit = not agreed and letter is not None and not found.gone
        if isinstance(settled, Saved):
            _write_reply(connection, found, wanted, by, now, seen=submit or agreed)
        if submit and letter is not None:
            _submit(connection, found, wanted, by, now, letter)
            enter_step(connection, found.case_id, StepKind.REPLIED, by.label, None, now)
        return settled


def _write_reply(
    connection: Connection, found: StoredRecommendation, wanted: Reply, by: Who, now: datetime, *, seen: bool
) -> None:
    said = {**_columns(wanted), "reply_version": found.reply_version + 1, "reply_by": by.label, "reply_at": now}
    if found.state is RecommendationState.ACCEPTED:
        said |= {"submitted": to_plain(wanted), "submitted_by": by.label, "submitted_at": now}
    elif wanted.decision:
        said |= {"state": state_after_reply(wanted)}
    else:
        said |= {"state": RecommendationState.RETURNED if found.returned else RecommendationState.NEW}
    _update(connection, found, said)
    _enter(connection, _line(found.case_id, found.label, REPLY if seen else DRAFT, found.reply, wanted, by.label, now))


def _submit(
    connection: Connection,
    found: StoredRecommendation,
    wanted: Reply,
    by: Who,
    now: datetime,
    letter: Callable[[str], NewMail],
) -> None:
    """One mail for all answers that wait: where another one does already, the advisor was told."""
    mine = tables.Recommendation.case_id == found.case_id
    waits = select(tables.Recommendation.id).where(mine, tables.Recommendation.state == RecommendationState.SUBMITTED)
    looking = (
        select(tables.Account.email)
        .select_from(tables.ReviewCase)
        .join(tables.Account, tables.Account.id == tables.ReviewCase.advisor_id)
        .where(tables.ReviewCase.id == found.case_id, ~waits.exists(), tables.Account.usable())
    )
    address = connection.execute(looking).scalar()
    if address is not None:
        outbox.put(connection, letter(address), now)
    said = {"submitted": to_plain(wanted), "submitted_by": by.label, "submitted_at": now, "returned": False}
    _update(connection, found, said | {"state": RecommendationState.SUBMITTED})
    _enter(connection, _line(found.case_id, found.label, REPLY, None, {"sent": True}, by.label, now))


def _lock(connection: Connection, public_id: str, *wanted: ColumnElement[bool]) -> StoredRecommendation | None:
    """`charge` has the row of the self-check already, so nobody else writes here."""
    if not may_be_public_id(public_id):
        return None
    found = read_all(connection, *wanted, tables.Recommendation.public_id == public_id)
    return found[0] if found else None


def _update(connection: Connection, found: StoredRecommendation, said: dict[str, object]) -> None:
    connection.execute(update(tables.Recommendation).where(tables.Recommendation.id == found.id).values(said))


def _charge(connection: Connection, check_id: int, content: RecommendationText | Reply) -> None:
    charge(connection, check_id, limits.WRITING + sum(len(str(said)) for said in _columns(content).values()))


def _columns(content: RecommendationText | Reply) -> dict[str, object]:
    return {name: getattr(content, name) for name in content.__slots__}


def _keep(content: RecommendationText) -> RecommendationText:
    title = limits.keep_line(content.title, "title", limits.LINE)
    return replace(content, title=title, text=limits.keep_text(content.text, "text", limits.PARAGRAPH))


def _keep_reply(said: Reply) -> Reply:
    person = limits.keep_line(said.person, "person", limits.PERSON)
    return replace(said, person=person, reason=limits.keep_text(said.reason, "reason", limits.REASON))


def _enter(connection: Connection, line: dict[str, object]) -> None:
    connection.execute(insert(tables.CaseChange).values(line))


def _line(
    case_id: int,
    label: str,
    part: str,
    before: object,
    after: object,
    by: str,
    now: datetime,
    account_id: int | None = None,
) -> dict[str, object]:
    row = {"case_id": case_id, "part": part, "subject": label, "by": by, "account_id": account_id, "at": now}
    return row | {"before": to_plain(before), "after": to_plain(after)}
