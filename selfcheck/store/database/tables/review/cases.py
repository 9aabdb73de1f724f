"""The chamber's side: cases of shared reports, what happens in them, and what advisors say of each question.

A case hangs on Stände, never on what the town writes meanwhile. What a town deletes takes its cases along.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selfcheck.core.questionnaire.model import AUDITS
from selfcheck.core.review.case import Ball, CaseState, Sender, StepKind
from selfcheck.core.review.example import ExampleState
from selfcheck.core.review.judgement import Sufficiency
from selfcheck.core.review.thread import MessageKind, ThreadState
from selfcheck.store.database import limits
from selfcheck.store.database.tables.columns import (
    HASH,
    AmountColumn,
    Stamped,
    Versioned,
    WordColumn,
    one_of,
    parent,
    text_column,
)
from selfcheck.store.database.transactions import Base

WORD = 20


class ReviewCase(Base):
    """What a chamber has to do with one self-check, from the first report that was shared with it.

    `chamber` is an id of `chambers.yaml`. `advisor_id` is who looks after it. `sender_*` is the account that shared it,
    `sender` whether an advisor knows it. `waits_on` says whose turn it is, and since when. `withdrawn_at`:
    nobody at the chamber reads its reports any more. `municipality` to `asked` are what the newest Stand says, which
    has the number `stand` and `asked` questions: what the town writes meanwhile is none of the chamber's business.
    """

    __tablename__ = "review_case"
    __table_args__ = (
        UniqueConstraint("check_id", "chamber"),
        Index("ix_review_case_chamber_state", "chamber", "state"),
        one_of("audit", AUDITS),
        one_of("state", tuple(CaseState)),
        one_of("sender", tuple(Sender)),
        one_of("waits_on", tuple(Ball)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    check_id: Mapped[int] = parent("self_check")
    chamber: Mapped[str] = mapped_column(String(limits.ID))
    municipality: Mapped[str] = text_column("municipality", limits.LINE)
    district: Mapped[str] = text_column("district", limits.DISTRICT)
    audit: Mapped[str] = mapped_column(String(10))
    interview: Mapped[date | None]
    stand: Mapped[int]
    asked: Mapped[int]
    shared_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(WordColumn(CaseState))
    papers_missing: Mapped[bool]
    advisor_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    sender_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    sender_name: Mapped[str] = text_column("sender_name", limits.NAME)
    sender_mail: Mapped[str] = text_column("sender_mail", limits.MAIL)
    sender: Mapped[str] = mapped_column(WordColumn(Sender))
    sender_by: Mapped[str] = text_column("sender_by", limits.LABEL)
    sender_at: Mapped[datetime | None]
    waits_on: Mapped[str] = mapped_column(WordColumn(Ball))
    waits_since: Mapped[datetime]
    created_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    next_audit: Mapped[date | None]
    """When to begin with the next audit, once a label was given and released."""


class CaseStand(Base):
    """A Stand that was shared with the chamber."""

    __tablename__ = "case_stand"
    __table_args__ = (UniqueConstraint("case_id", "snapshot_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = parent("review_case")
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), index=True)
    sent_at: Mapped[datetime]
    sent_by: Mapped[str] = text_column("sent_by", limits.LABEL)


class CaseStep(Base):
    """Something that happened in a case. Rows are only added; the last one can be undone until the next.

    `state_before`, `ball_before`, `waits_since_before` and `advisor_before_id` are what the case goes back to then,
    `sender_before` where it says whether the sender is known. `stand` is the number of the Stand that it is about,
    where it is about one; `recipient` is whom a case was handed to. `change_id`: where a result
    is said to be ready or read over, the newest `CaseChange` of it then, 0 where there was none.
    """

    __tablename__ = "case_step"
    __table_args__ = (one_of("kind", tuple(StepKind)), Index("ix_case_step_case_id_at", "case_id", "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = parent("review_case")
    kind: Mapped[str] = mapped_column(WordColumn(StepKind))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    by: Mapped[str] = text_column("by", limits.LABEL)
    recipient: Mapped[str] = text_column("recipient", limits.LABEL, empty=True)
    note: Mapped[str] = text_column("note", limits.REASON)
    stand: Mapped[int | None]
    change_id: Mapped[int | None]
    advisor_before_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    state_before: Mapped[str] = mapped_column(WordColumn(CaseState))
    ball_before: Mapped[str] = mapped_column(WordColumn(Ball))
    waits_since_before: Mapped[datetime | None]
    sender_before: Mapped[str | None] = mapped_column(WordColumn(Sender))
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = text_column("undone_by", limits.LABEL)


class CaseLook(Base):
    """When an advisor first and last looked at a case, which Stand they saw, and what they know of its changes."""

    __tablename__ = "case_reader"

    case_id: Mapped[int] = mapped_column(ForeignKey("review_case.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True)
    by: Mapped[str] = text_column("by", limits.LABEL)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    stand: Mapped[int]


class CaseFlag(Base):
    """A case pointed out to a colleague, with the reason."""

    __tablename__ = "case_flag"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("review_case.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    by: Mapped[str] = text_column("by", limits.LABEL)
    reason: Mapped[str] = text_column("reason", limits.REASON)
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class CaseReminder(Base):
    """What an advisor wants to be reminded of, and when; nobody else sees it."""

    __tablename__ = "case_reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("review_case.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    due: Mapped[date]
    text: Mapped[str] = text_column("text", limits.LINE)
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Judgement(Stamped, Base):
    """What the chamber thinks of one question: own points and verdict.

    `stand` is the number of the one judged, `difference` the own points less those of the town in it, in hundredths.
    """

    __tablename__ = "judgement"
    __table_args__ = (
        UniqueConstraint("case_id", "question"),
        Index("ix_judgement_case_id_difference", "case_id", "difference"),
        one_of("verdict", ("", *Sufficiency)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = parent("review_case")
    question: Mapped[str] = mapped_column(String(limits.ID))
    points: Mapped[Decimal | None] = mapped_column(AmountColumn())
    verdict: Mapped[str] = mapped_column(WordColumn(Sufficiency))
    reason: Mapped[str] = text_column("reason", limits.REASON)
    stand: Mapped[int]
    difference: Mapped[int]


class CaseNote(Stamped, Base):
    """A private note about one question; only advisors of the chamber see it."""

    __tablename__ = "case_note"
    __table_args__ = (UniqueConstraint("case_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = parent("review_case")
    question: Mapped[str] = mapped_column(String(limits.ID))
    text: Mapped[str] = text_column("text", limits.NOTE)


class CaseChange(Base):
    """The history of what advisors say, apart from that of the self-check: the town does not see it. Append only, but
    for words of the town that are taken out."""

    __tablename__ = "case_change"
    __table_args__ = (Index("ix_case_change_case_id_part_subject", "case_id", "part", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = parent("review_case")
    part: Mapped[str] = mapped_column(String(WORD))
    subject: Mapped[str] = mapped_column(String(limits.ID))
    before: Mapped[object | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[object | None] = mapped_column(JSON(none_as_null=True))
    by: Mapped[str] = text_column("by", limits.LABEL)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]


class Thread(Base):
    """A question of the chamber (Rückfrage) about one question, with what was said since. `read_at` is when somebody of
    the town first saw what it is asked now."""

    __tablename__ = "thread"
    __table_args__ = (Index("ix_thread_case_id_question", "case_id", "question"), one_of("state", tuple(ThreadState)))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = parent("review_case")
    question: Mapped[str] = mapped_column(String(limits.ID))
    state: Mapped[str] = mapped_column(WordColumn(ThreadState))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class ThreadMessage(Base):
    """One turn of a thread; both sides read it. `creation_hash` finds it when a form is sent twice."""

    __tablename__ = "thread_message"
    __table_args__ = (one_of("kind", tuple(MessageKind)),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(WordColumn(MessageKind))
    text: Mapped[str] = text_column("text", limits.COMMENT)
    by: Mapped[str] = text_column("by", limits.LABEL)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    creation_hash: Mapped[str | None] = mapped_column(String(HASH), unique=True)


class TextBlock(Versioned, Base):
    """A text that advisors use again: of one advisor, or where nobody's (`account_id`) of the whole chamber."""

    __tablename__ = "text_block"

    id: Mapped[int] = mapped_column(primary_key=True)
    chamber: Mapped[str] = mapped_column(String(limits.ID), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = text_column("title", limits.LINE)
    text: Mapped[str] = text_column("text", limits.COMMENT)


class AdvisorInvitation(Base):
    """An invitation to become an advisor of a chamber; its link holds a text of which `hash` is kept."""

    __tablename__ = "advisor_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = text_column("email", limits.MAIL)
    name: Mapped[str] = text_column("name", limits.NAME)
    chamber: Mapped[str] = mapped_column(String(limits.ID))
    hash: Mapped[str] = mapped_column(String(HASH), unique=True)
    at: Mapped[datetime]
    ends_on: Mapped[date]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class GoodExample(Base):
    """The words of an answer as a good example for all towns: proposed by the chamber, agreed to by the town or not.

    `municipality` is the name that stands beside it. `by`, `at` and `reason` are of what was done last with it. There
    is at most one at a question of a case that is proposed or agreed.
    """

    __tablename__ = "good_example"
    __table_args__ = (
        one_of("state", tuple(ExampleState)),
        Index("ix_good_example_shown", "state", "case_id", "public_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("review_case.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(String(limits.ID))
    municipality: Mapped[str] = text_column("municipality", limits.LINE)
    title: Mapped[str] = text_column("title", limits.LABEL)
    text: Mapped[str] = text_column("text", limits.REASON)
    state: Mapped[str] = mapped_column(WordColumn(ExampleState))
    version: Mapped[int]
    proposed_by: Mapped[str] = text_column("proposed_by", limits.LABEL)
    proposed_at: Mapped[datetime]
    by: Mapped[str] = text_column("by", limits.LABEL)
    at: Mapped[datetime]
    reason: Mapped[str] = text_column("reason", limits.REASON)
    creation_hash: Mapped[str | None] = mapped_column(String(HASH), unique=True)
