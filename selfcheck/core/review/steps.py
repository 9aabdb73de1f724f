"""Which steps of the chamber are possible in a case, why the others are not, and what comes of each.

A new step is one line of `RULES`. What the town does (share, withdraw, answer) happens in whichever state, and nobody
at the chamber takes it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from selfcheck.core.review.case import Ball, CaseState, Sender, Standing, StepKind


class Hindrance(StrEnum):
    """Why a step is not possible now."""

    WITHDRAWN = "withdrawn"
    """The town took its report back."""
    OTHER_STATE = "other state"
    """It belongs to other states than the one that the case is in."""
    NOT_TAKEN = "not taken"
    """Nobody looks after the case yet."""
    NOT_MINE = "not mine"
    """A colleague looks after it."""
    ALREADY_MINE = "already mine"
    NO_THREADS = "no threads"
    """There is nothing that the town could answer."""
    OPEN_THREADS = "open threads"
    PAPERS_MISSING = "papers missing"
    """It is noted already that papers are missing, or they still are."""
    PAPERS_COMPLETE = "papers complete"
    """It is not noted that papers are missing."""
    SENDER = "sender"
    """Nobody has confirmed who shared the report, who would be shown what is released."""


Condition = Callable[[Standing], Hindrance | None]


def _mine(standing: Standing) -> Hindrance | None:
    if standing.mine:
        return None
    return Hindrance.NOT_MINE if standing.taken else Hindrance.NOT_TAKEN


def _not_mine(standing: Standing) -> Hindrance | None:
    return Hindrance.ALREADY_MINE if standing.mine else None


def _no_colleagues(standing: Standing) -> Hindrance | None:
    return Hindrance.NOT_MINE if standing.taken and not standing.mine else None


def _threads(standing: Standing) -> Hindrance | None:
    return None if standing.threads else Hindrance.NO_THREADS


def _no_threads(standing: Standing) -> Hindrance | None:
    return Hindrance.OPEN_THREADS if standing.threads else None


def _papers_missing(standing: Standing) -> Hindrance | None:
    return None if standing.papers_missing else Hindrance.PAPERS_COMPLETE


def _papers_there(standing: Standing) -> Hindrance | None:
    return Hindrance.PAPERS_MISSING if standing.papers_missing else None


def _known_sender(standing: Standing) -> Hindrance | None:
    return None if standing.sender is Sender.CONFIRMED else Hindrance.SENDER


OPEN = frozenset(CaseState) - {CaseState.CLOSED}
AT_WORK = OPEN - {CaseState.RECEIVED}
UNPREPARED = AT_WORK - {CaseState.PREPARED}


@dataclass(frozen=True, slots=True)
class Rule:
    """A step: in which states it is possible, and on which conditions, the first that fails is told. `after` says where
    a state leads, `ball` whose turn it is then; what they do not name stays. `papers` is the mark that papers are
    missing.
    """

    states: frozenset[CaseState]
    needs: tuple[Condition, ...] = ()
    after: Mapping[CaseState, CaseState] = field(default_factory=dict)
    ball: Ball | None = None
    papers: bool | None = None


TAKEN_UP = {CaseState.RECEIVED: CaseState.REVIEWING}
RULES: dict[StepKind, Rule] = {
    StepKind.TAKEN: Rule(OPEN, (_not_mine,), TAKEN_UP),
    StepKind.HANDED_OVER: Rule(OPEN, (_no_colleagues,), TAKEN_UP),
    StepKind.ASKED: Rule(
        frozenset({CaseState.REVIEWING}), (_mine, _threads), {CaseState.REVIEWING: CaseState.QUERIES}, Ball.TOWN
    ),
    StepKind.ANSWERED: Rule(
        frozenset({CaseState.QUERIES}), (_mine,), {CaseState.QUERIES: CaseState.REVIEWING}, Ball.CHAMBER
    ),
    StepKind.PAPERS_MISSING: Rule(AT_WORK, (_mine, _papers_there), ball=Ball.TOWN, papers=True),
    StepKind.PAPERS_COMPLETE: Rule(AT_WORK, (_mine, _papers_missing), ball=Ball.CHAMBER, papers=False),
    StepKind.PREPARED: Rule(UNPREPARED, (_mine,), dict.fromkeys(UNPREPARED, CaseState.PREPARED), Ball.CHAMBER),
    StepKind.RELEASED: Rule(
        frozenset({CaseState.PREPARED}), (_known_sender,), {CaseState.PREPARED: CaseState.RELEASED}, Ball.CHAMBER
    ),
    StepKind.CLOSED: Rule(
        AT_WORK, (_mine, _no_threads, _papers_there), dict.fromkeys(AT_WORK, CaseState.CLOSED), Ball.NOBODY
    ),
    StepKind.REOPENED: Rule(
        frozenset({CaseState.CLOSED}), after={CaseState.CLOSED: CaseState.REVIEWING}, ball=Ball.CHAMBER
    ),
}
"""Every step that advisors do, in the order in which pages offer them."""
STAYS = frozenset(
    {
        StepKind.SHARED,
        StepKind.WITHDRAWN,
        StepKind.ASKED,
        StepKind.ANSWERED,
        StepKind.RELEASED,
        StepKind.RECOMMENDED,
        StepKind.REPLIED,
        StepKind.RECORDED,
    }
)
"""What the town did or was shown, and what has a way back of its own: it is not taken back as a step."""


def find_hindrance(kind: StepKind, standing: Standing) -> Hindrance | None:
    """Why this step is not possible; None where it is. Raises `KeyError` for what is no step of advisors."""
    rule = RULES[kind]
    if standing.withdrawn:
        return Hindrance.WITHDRAWN
    if standing.state not in rule.states:
        return Hindrance.OTHER_STATE
    return next((why for why in (need(standing) for need in rule.needs) if why is not None), None)


def list_possible(standing: Standing) -> tuple[StepKind, ...]:
    """The steps that can be done now."""
    return tuple(kind for kind in RULES if find_hindrance(kind, standing) is None)


def list_hindered(standing: Standing) -> tuple[tuple[StepKind, Hindrance], ...]:
    """All others, each with what stands in the way."""
    found = ((kind, find_hindrance(kind, standing)) for kind in RULES)
    return tuple((kind, why) for kind, why in found if why is not None)


def take_step(kind: StepKind, standing: Standing, *, to_colleague: bool = False) -> Standing:
    """Where the case stands after a step that is possible. `to_colleague`: whether somebody has it once it is handed
    over, else it is everybody's again.
    """
    rule = RULES[kind]
    state = rule.after.get(standing.state, standing.state)
    after = replace(
        standing,
        state=state,
        ball=Ball.TOWN if state is CaseState.QUERIES else rule.ball or standing.ball,
        papers_missing=standing.papers_missing if rule.papers is None else rule.papers,
    )
    if kind is StepKind.TAKEN:
        return replace(after, taken=True, mine=True)
    if kind is StepKind.HANDED_OVER:
        return replace(after, taken=to_colleague, mine=False)
    return after


@dataclass(frozen=True, slots=True)
class Happened:
    """A step that was done. `own`: by whoever asks; `undone`: it was taken back."""

    kind: StepKind
    own: bool
    undone: bool


def can_undo(steps: Iterable[Happened], standing: Standing) -> bool:
    """Whether the newest of `steps` (newest first) can be taken back: it is the chamber's, and it is one's own or in a
    case that one looks after. One that was taken back already is gone, and what lies before it stays.
    """
    newest = next(iter(steps), None)
    if newest is None or newest.undone or standing.withdrawn:
        return False
    return newest.kind not in STAYS and (newest.own or standing.mine)


def ball_after_deciding(decision: Sender, before: Standing) -> Ball:
    """Whose turn it is once the chamber has said whether it knows the sender: the town's where it refuses them; where
    it had refused them before, it goes on where the case stands.
    """
    if decision is Sender.REFUSED:
        return Ball.TOWN
    if before.sender is not Sender.REFUSED:
        return before.ball
    if before.state is CaseState.CLOSED:
        return Ball.NOBODY
    return Ball.TOWN if before.state is CaseState.QUERIES or before.papers_missing else Ball.CHAMBER


def papers_before(kind: StepKind, now: bool) -> bool:
    """Whether papers were missing before a step, `now` being what holds after it."""
    rule = RULES.get(kind)
    return now if rule is None or rule.papers is None else not rule.papers
