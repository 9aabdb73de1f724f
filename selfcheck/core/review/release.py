"""What a chamber shows to the town: chosen by an advisor, frozen with that, and nothing of it before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from selfcheck.core.review.result import Certified


class Hindrance(StrEnum):
    """Why a case cannot be released now."""

    NOT_PREPARED = "not prepared"
    """Nobody has said that its result is ready."""
    SENDER = "sender"
    """Nobody has confirmed who shared the report: whoever it was would be shown the points."""
    READER = "reader"
    """The chamber wants another advisor to have read it, and none has since it was prepared."""
    NOTHING = "nothing"
    """Nothing is chosen that says anything."""
    NO_RESULT = "no result"
    """The result is chosen, and nobody has saved one."""


@dataclass(frozen=True, slots=True)
class ShownJudgement:
    """The chamber's points and verdict on one question (`Sufficiency`, or nothing), beside the points that the town
    claimed in the Stand that was judged."""

    points: Decimal | None
    claimed: Decimal
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal that was agreed on; `criterion` is an id, or empty. `metric` is what it is measured by, `metric_now` what
    stood there when it was agreed on, `target` what shall stand there; None in what was released before anybody was
    asked for them.
    """

    title: str
    criterion: str
    measure: str
    target: str
    due: date | None
    metric: str | None = None
    metric_now: str | None = None


@dataclass(frozen=True, slots=True)
class ShownResult:
    """The result of the audit. `points` are by criterion, `bonus` the Sonderpunkte; `until` and `begin` say how long
    the label is valid and when to begin with the next audit, where one was given."""

    points: Mapping[str, Decimal]
    bonus: Decimal
    certified: Certified
    awarded: date | None
    until: date | None
    begin: date | None
    next_steps: str
    goals: tuple[ShownGoal, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """What the town sees; each half is None where it was not chosen. `stand` is the number of the newest one judged,
    `chamber` the chamber's name; `questionnaire` names the version in whose words that Stand speaks, None in what was
    released before it was kept."""

    chamber: str
    stand: int
    judgements: Mapping[str, ShownJudgement] | None
    result: ShownResult | None
    questionnaire: str | None = None

    @property
    def says_something(self) -> bool:
        return bool(self.judgements) or self.result is not None


def find_hindrances(
    *, prepared: bool, sender_confirmed: bool, wants_reader: bool, read_over: bool, release: Release | None
) -> tuple[Hindrance, ...]:
    """Why it cannot be released, in the order in which to do something about it; `release` is None as long as nobody
    has chosen."""
    found = (
        (Hindrance.NOT_PREPARED, not prepared),
        (Hindrance.SENDER, not sender_confirmed),
        (Hindrance.READER, wants_reader and not read_over),
        (Hindrance.NOTHING, release is not None and not release.says_something),
    )
    return tuple(hindrance for hindrance, there in found if there)
