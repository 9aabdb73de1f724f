"""Recommendations are written by advisors, sent to the town all at once, answered by it, and accepted or sent back.

Until it is sent the town knows nothing of one; until the town sends its answer, the chamber knows nothing of that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

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
from selfcheck.core.review.told import OF_TURN, Told
from selfcheck.store.chamber.case_changes import CaseEntered, CasePart, write_case_changes
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.locking import lock_case
from selfcheck.store.chamber.step_rows import enter_step
from selfcheck.store.chamber.talk.recommendations import RecommendationText, StoredRecommendation, of_check, read_all
from selfcheck.store.chamber.town_history import tell_town
from selfcheck.store.database import limits, tables
from selfcheck.store.database.tokens import may_be_public_id, new_public_id
from selfcheck.store.database.transactions import once, writing
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.parts.loading import charge
from selfcheck.store.parts.values import Who
from selfcheck.store.parts.work import hash_key
from selfcheck.store.parts.writes import Conflict, Current, Saved, Unchanged, settle

Settled = Saved | Unchanged | Conflict


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody of the town saw of a recommendation: the version of its words, and that of the answer."""

    words: int
    reply: int


@dataclass(frozen=True, slots=True)
class OtherWords:
    """The chamber has changed the words since: nothing was written."""


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
    question or nothing. The same form (`key`) sent twice is one; with other words it is another.

    Raises `TooLong`, `TooMany`, or `HistoryFull`.
    """
    table, (subject, criterion, question), content = tables.Recommendation, about, _keep(content)
    hashed = hash_key("recommendation", str(case.id), key, *about, *map(str, _columns(content).values()))
    with writing() as connection:
        _hold(connection, case.check_id)
        lock_case(connection, case.id)
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
            "returned": False,
            **_columns(Reply()),
            "reply_version": 0,
        }
        connection.execute(insert(table).values(row))
        _enter(connection, case, [_tell(CasePart.RECOMMENDATION, label, None, content)], advisor, now)
        return public_id


def change(
    case: Case, public_id: str, seen_version: int, content: RecommendationText, advisor: Advisor, now: datetime
) -> Settled | None:
    """Changes the words of one that the town has not answered; None where there is none such. Raises `TooLong` or
    `HistoryFull`."""
    content = _keep(content)
    with writing() as connection:
        _hold(connection, case.check_id)
        lock_case(connection, case.id)
        found = _find(connection, public_id, tables.Recommendation.case_id == case.id)
        if found is None or not found.changeable:
            return None
        current = Current(found.content, found.content, found.version, found.by, found.at)
        settled = settle(current, seen_version, content, now)
        if isinstance(settled, Saved):
            said = {**_columns(content), "version": settled.version, "by": advisor.author, "at": now}
            _update(connection, found, said)
            told = _tell(CasePart.RECOMMENDATION, found.label, found.content, content)
            _enter(connection, case, [told], advisor, now)
        return settled


def send(case: Case, seen: Sequence[tuple[str, int]], advisor: Advisor, now: datetime) -> bool:
    """Shows the town all that it has not seen. False where they are not the ones that the advisor saw, as public ids
    with versions: then nothing is sent. Twice is once. Raises `HistoryFull`."""
    with writing() as connection:
        _hold(connection, case.check_id)
        lock_case(connection, case.id)
        found = read_all(connection, tables.Recommendation.case_id == case.id)
        drafts = [each for each in found if each.sent_at is None]
        if {(each.public_id, each.version) for each in drafts} != set(seen):
            return not drafts and {id for id, _ in seen} <= {each.public_id for each in found}
        if drafts:
            sent = update(tables.Recommendation).where(tables.Recommendation.id.in_([each.id for each in drafts]))
            connection.execute(sent.values(sent_at=now))
            told = [_tell(CasePart.RECOMMENDATION, each.label, None, {"sent": True}) for each in drafts]
            _enter(connection, case, told, advisor, now)
            enter_step(connection, case.id, StepKind.RECOMMENDED, advisor.author, advisor.account_id, now)
            about = [(each.question, each.label) for each in drafts]
            tell_town(connection, case.check_id, Told.RECOMMENDED, about, advisor.author, now)
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
        _hold(connection, case.check_id)
        lock_case(connection, case.id)
        found = _find(connection, public_id, tables.Recommendation.case_id == case.id)
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
        before, after = {"state": found.state}, {"state": state, "note": note}
        _enter(connection, case, [_tell(CasePart.RECOMMENDATION, found.label, before, after)], advisor, now)
        if found.sent_at is not None:
            about = [(found.question, found.label)]
            tell_town(connection, case.check_id, OF_TURN[doing], about, advisor.author, now)
        return True


def reply(
    check_id: int,
    public_id: str,
    seen: Seen,
    wanted: Reply,
    by: Who,
    now: datetime,
    letter: Callable[[str], NewMail] | None = None,
) -> Settled | OtherWords | None:
    """Writes the town's answer; None where there is no such recommendation. Where `letter` says which mail an advisor
    gets, it is sent to the chamber as well. Of one that is accepted only the progress can be changed, and the chamber
    sees it at once; where the answer is with the chamber, nothing can. Raises `TooLong` or `HistoryFull`.
    """
    wanted = _keep_reply(wanted)
    with writing() as connection:
        _hold(connection, check_id)
        found = _find(connection, public_id, *of_check(check_id))
        if found is None:
            return None
        agreed = found.state is RecommendationState.ACCEPTED
        if agreed:
            wanted = replace(found.reply, progress=wanted.progress)
        settled = _settle_reply(found, seen, wanted, now)
        if isinstance(settled, Conflict | OtherWords):
            return settled
        saved = isinstance(settled, Saved)
        if saved:
            _write_reply(connection, found, wanted, by, now)
        submit = letter is not None and found.state in ANSWERING and not found.gone
        if submit and letter is not None:
            _submit(connection, found, letter, by, now)
        if submit or (agreed and saved):
            _show_chamber(connection, check_id, found, wanted, by, now)
            event = Told.REPLIED if submit else Told.PROGRESS
            tell_town(connection, check_id, event, [(found.question, found.label)], by, now)
        return settled


def _settle_reply(found: StoredRecommendation, seen: Seen, wanted: Reply, now: datetime) -> Settled | OtherWords:
    """What becomes of an answer: it is to the words that stand there, and not yet with the chamber."""
    open = found.state in ANSWERING or found.state is RecommendationState.ACCEPTED
    if open and found.version != seen.words:
        return OtherWords()
    current = Current(found.reply, found.reply, found.reply_version, found.reply_by, found.reply_at)
    settled = settle(current, seen.reply, wanted, now)
    if isinstance(settled, Saved) and not open:
        return Conflict(found.reply_version, found.reply, found.reply_by, found.reply_at or now)
    return settled


def _write_reply(connection: Connection, found: StoredRecommendation, wanted: Reply, by: Who, now: datetime) -> None:
    said = {**_columns(wanted), "reply_version": found.reply_version + 1, "reply_by": by.label, "reply_at": now}
    if found.state is not RecommendationState.ACCEPTED:
        unsaid = RecommendationState.RETURNED if found.returned else RecommendationState.NEW
        said["state"] = state_after_reply(wanted) if wanted.decision else unsaid
    _update(connection, found, said)


def _submit(
    connection: Connection, found: StoredRecommendation, letter: Callable[[str], NewMail], by: Who, now: datetime
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
    _update(connection, found, {"state": RecommendationState.SUBMITTED, "returned": False})
    enter_step(connection, found.case_id, StepKind.REPLIED, by.label, None, now)


def _show_chamber(
    connection: Connection, check_id: int, found: StoredRecommendation, wanted: Reply, by: Who, now: datetime
) -> None:
    """The chamber reads the answer from now on; what the town writes before is in no history."""
    _update(connection, found, {"submitted": to_plain(wanted), "submitted_by": by.label, "submitted_at": now})
    told = _tell(CasePart.REPLY, found.label, found.submitted, wanted)
    _charge(connection, check_id, [told])
    write_case_changes(connection, found.case_id, [told], by.label, None, now)


def _hold(connection: Connection, check_id: int) -> None:
    """Makes whoever writes recommendations of a self-check, or answers, wait until this transaction is over."""
    charge(connection, check_id, 0)


def _find(connection: Connection, public_id: str, *wanted: ColumnElement[bool]) -> StoredRecommendation | None:
    if not may_be_public_id(public_id):
        return None
    found = read_all(connection, *wanted, tables.Recommendation.public_id == public_id)
    return found[0] if found else None


def _update(connection: Connection, found: StoredRecommendation, said: dict[str, object]) -> None:
    connection.execute(update(tables.Recommendation).where(tables.Recommendation.id == found.id).values(said))


def _columns(content: RecommendationText | Reply) -> dict[str, object]:
    return {name: getattr(content, name) for name in content.__slots__}


def _keep(content: RecommendationText) -> RecommendationText:
    title = limits.keep_line(content.title, "title", limits.LINE)
    return replace(content, title=title, text=limits.keep_text(content.text, "text", limits.PARAGRAPH))


def _keep_reply(said: Reply) -> Reply:
    person = limits.keep_line(said.person, "person", limits.PERSON)
    return replace(said, person=person, reason=limits.keep_text(said.reason, "reason", limits.REASON))


def _enter(connection: Connection, case: Case, changes: Sequence[CaseEntered], advisor: Advisor, now: datetime) -> None:
    _charge(connection, case.check_id, changes)
    write_case_changes(connection, case.id, changes, advisor.author, advisor.account_id, now)


def _charge(connection: Connection, check_id: int, changes: Sequence[CaseEntered]) -> None:
    charge(connection, check_id, sum(limits.WRITING + len(str(each.after)) for each in changes))


def _tell(part: CasePart, label: str, before: object, after: object) -> CaseEntered:
    """How the history tells it."""
    said: tuple[Any, Any] = to_plain(before), to_plain(after)
    return CaseEntered(part, label, *said)
