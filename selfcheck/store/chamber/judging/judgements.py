"""What the chamber thinks of each question: own points, verdict, reason. Every save names the version it saw."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, bindparam, insert, or_, select, update

from selfcheck.core.review.judgement import Said, Sufficiency
from selfcheck.store.chamber.case_changes import CaseEntered, CasePart, write_case_changes
from selfcheck.store.chamber.cases import Advisor
from selfcheck.store.chamber.locking import lock_case
from selfcheck.store.database import limits, tables
from selfcheck.store.database.rows import read_row
from selfcheck.store.database.transactions import reading, writing
from selfcheck.store.parts.writes import Conflict, Current, Saved, Unchanged, settle

Outcome = Saved | Unchanged | Conflict
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class StoredJudgement:
    """A judgement as it stands; `stand` is the number of the one judged, `difference` in hundredths of a point."""

    question: str
    points: Decimal | None
    verdict: Sufficiency | None
    reason: str
    stand: int
    difference: int
    version: int
    by: str
    at: datetime

    @property
    def said(self) -> Said:
        """The judgement alone."""
        return Said(self.points, self.verdict, self.reason)


@dataclass(frozen=True, slots=True)
class JudgementWrite:
    """What shall stand at a question, for somebody who saw `seen_version` of it. `claimed` are the town's points."""

    question: str
    seen_version: int
    said: Said
    stand: int
    claimed: Decimal


def judged() -> ColumnElement[bool]:
    """Whether a row of `tables.Judgement` says anything, as `Said.judged` does."""
    return or_(tables.Judgement.points.is_not(None), tables.Judgement.verdict != "")


def read_judgements(case_id: int) -> dict[str, StoredJudgement]:
    """Everything that is said of a case, by question: one statement."""
    return _read(reading(), case_id)


def save(case_id: int, writes: Sequence[JudgementWrite], by: Advisor, now: datetime) -> list[Outcome]:
    """Saves each of `writes` whose version is the one that stands there, in one transaction with its history; what
    became of each, in the same order. Raises `CaseGone`, `TooLong`.
    """
    kept = [_keep(write) for write in writes]
    with writing() as connection:
        lock_case(connection, case_id)
        stored = _read(connection, case_id, [write.question for write in kept])
        outcomes = [_settle(stored.get(write.question), write, now) for write in kept]
        done = [(write, outcome) for write, outcome in zip(kept, outcomes, strict=True) if isinstance(outcome, Saved)]
        _store(connection, case_id, done, stored, by)
        changes = [
            CaseEntered(
                CasePart.JUDGEMENT, write.question, _tell(stored.get(write.question)), _plain(write.said, write.stand)
            )
            for write, _ in done
        ]
        write_case_changes(connection, case_id, changes, by.author, by.account_id, now)
    return outcomes


def _keep(write: JudgementWrite) -> JudgementWrite:
    said = write.said
    reason = limits.keep_text(said.reason, "reason", limits.REASON)
    return JudgementWrite(
        write.question, write.seen_version, Said(said.points, said.verdict, reason), write.stand, write.claimed
    )


def _settle(stored: StoredJudgement | None, write: JudgementWrite, now: datetime) -> Outcome:
    wanted = (write.said, write.stand)
    if stored is None:
        current = Current((Said(), write.stand), None, 0, "", None)
    else:
        current = Current((stored.said, stored.stand), stored, stored.version, stored.by, stored.at)
    return settle(current, write.seen_version, wanted, now)


def _store(
    connection: Connection,
    case_id: int,
    done: Sequence[tuple[JudgementWrite, Saved]],
    stored: Mapping[str, StoredJudgement],
    by: Advisor,
) -> None:
    """New rows with one statement, those that stand there with another."""
    table = tables.Judgement
    rows = {
        write.question: {
            "case": case_id,
            "asked": write.question,
            "points": write.said.points,
            "verdict": write.said.verdict or "",
            "reason": write.said.reason,
            "stand": write.stand,
            "difference": _differ(write),
            "version": outcome.version,
            "by": by.author,
            "at": outcome.at,
        }
        for write, outcome in done
    }
    new = [
        {"case_id": case_id, "question": id} | {key: row[key] for key in row if key not in ("case", "asked")}
        for id, row in rows.items()
        if id not in stored
    ]
    if new:
        connection.execute(insert(table), new)
    known = [row for id, row in rows.items() if id in stored]
    if known:
        mine = (table.case_id == bindparam("case"), table.question == bindparam("asked"))
        connection.execute(update(table).where(*mine), known)


def _differ(write: JudgementWrite) -> int:
    return int((write.said.points - write.claimed) * HUNDRED) if write.said.points is not None else 0


def _tell(stored: StoredJudgement | None) -> dict[str, object] | None:
    return _plain(stored.said, stored.stand) if stored is not None else None


def _plain(said: Said, stand: int) -> dict[str, object]:
    """How the history tells it."""
    points = format(said.points, "f") if said.points is not None else None
    return {"points": points, "verdict": said.verdict or "", "reason": said.reason, "stand": stand}


def _read(connection: Connection, case_id: int, questions: Collection[str] | None = None) -> dict[str, StoredJudgement]:
    table = tables.Judgement
    columns = (table.question, table.points, table.verdict, table.reason, table.stand)
    wanted = select(*columns, table.difference, table.version, table.by, table.at).where(table.case_id == case_id)
    if questions is not None:
        wanted = wanted.where(table.question.in_(questions))
    return {
        row.question: read_row(StoredJudgement, row, verdict=Sufficiency(row.verdict) if row.verdict else None)
        for row in connection.execute(wanted)
    }
