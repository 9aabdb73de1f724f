"""The agenda of an interview: what there is to talk about, in the order of the Prüfbogen, with minutes by weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

THREAD, PAPER, DISCUSS, RECOMMENDATION, GOAL, OWN = (Decimal(n) for n in (3, 1, 3, 2, 2, 2))
"""What each weighs; a difference weighs itself times the points of its question."""
WHOLE = "gesamt"
"""The key of what is about no single question."""
GOAL_KEY = "ziel-"
"""Begins the key of a proposed goal."""
OWN_KEY = "n"
"""Begins the key of a row that advisors added: `n<hex>`."""
MOST_MINUTES = 30
"""What a row gets by its weight at most; more is set by hand."""
AVAILABLE = 120
"""Minutes of an interview where nobody said how many there are."""
LONGEST = 600
"""Minutes of an interview, or of a row."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What there is to talk about at one place. `threads`: open questions of the chamber; `papers`: documents that are
    missing; `difference`: own points less those of the town, of `possible`; `discuss`: judged „im Gespräch klären“;
    `recommendations` and `goals`: how many of them."""

    threads: int = 0
    papers: int = 0
    difference: Decimal = Decimal(0)
    possible: Decimal = Decimal(0)
    discuss: bool = False
    recommendations: int = 0
    goals: int = 0

    @property
    def weight(self) -> Decimal:
        """How much there is to say; 0 where there is nothing."""
        counted = ((self.threads, THREAD), (self.papers, PAPER), (self.recommendations, RECOMMENDATION))
        weights = sum((number * each for number, each in (*counted, (self.goals, GOAL))), Decimal(0))
        return weights + abs(self.difference) * self.possible + (DISCUSS if self.discuss else 0)


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What advisors set of a row: whether it stays, its minutes (None: by weight), and the title of an own one."""

    kept: bool = True
    minutes: int | None = None
    title: str = ""


AS_PROPOSED = RowPlan()


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One row; a dropped one has no minutes."""

    key: str
    matter: Matter
    plan: RowPlan
    minutes: int

    @property
    def kept(self) -> bool:
        return self.plan.kept

    @property
    def own(self) -> bool:
        """Whether advisors added it."""
        return is_own(self.key)


@dataclass(frozen=True, slots=True)
class Agenda:
    """All rows, also dropped ones; `available` are the minutes there are."""

    rows: tuple[AgendaRow, ...]
    available: int

    @property
    def kept(self) -> tuple[AgendaRow, ...]:
        return tuple(row for row in self.rows if row.kept)

    @property
    def total(self) -> int:
        """The minutes of all rows."""
        return sum(row.minutes for row in self.rows)

    @property
    def left(self) -> int:
        """Minutes that nothing takes; below 0 where there are too few."""
        return self.available - self.total


def is_own(key: str) -> bool:
    """Whether `key` can be that of a row that advisors added."""
    rest = key.removeprefix(OWN_KEY)
    return key.startswith(OWN_KEY) and 8 <= len(rest) <= 40 and all(letter in "0123456789abcdef" for letter in rest)


def plan_agenda(
    order: Iterable[str],
    matters: Mapping[str, Matter],
    plans: Mapping[str, RowPlan],
    said: Iterable[str],
    available: int,
) -> Agenda:
    """The agenda: of the places in `order` those where there is something to talk about, where advisors set something,
    or where something was `said` already; then their own rows, in the order of `plans`.
    """
    spoken = {*plans, *said}
    keys = [key for key in order if key in spoken or matters.get(key, Matter()).weight > 0]
    keys += [key for key in plans if is_own(key)]
    found = [(key, matters.get(key, Matter()), plans.get(key, AS_PROPOSED)) for key in keys]
    minutes = _share(found, available)
    return Agenda(tuple(AgendaRow(key, matter, plan, minutes.get(key, 0)) for key, matter, plan in found), available)


def _share(rows: Sequence[tuple[str, Matter, RowPlan]], available: int) -> dict[str, int]:
    """The minutes of each row that is kept: those set by hand, and of what is left each row its share by weight."""
    kept = [(key, matter, plan) for key, matter, plan in rows if plan.kept]
    fixed = {key: plan.minutes for key, _, plan in kept if plan.minutes is not None}
    weights = {key: OWN if is_own(key) else matter.weight for key, matter, plan in kept if plan.minutes is None}
    return fixed | share_minutes(weights, available - sum(fixed.values()))


def share_minutes(weights: Mapping[str, Decimal], available: int) -> dict[str, int]:
    """Whole minutes by weight: at least 1 and at most `MOST_MINUTES` each. Together they are as many as `available`,
    or fewer; more only where there are more rows than minutes.
    """
    minutes = dict.fromkeys(weights, 1)
    total = sum(weights.values())
    left = max(0, available - len(weights))
    if not total:
        return minutes
    exact = {key: left * weight / total for key, weight in weights.items()}
    for key, share in exact.items():
        minutes[key] += min(int(share), MOST_MINUTES - 1)
    rest = left - sum(int(share) for share in exact.values())
    for key in sorted(exact, key=lambda key: int(exact[key]) - exact[key])[:rest]:
        minutes[key] = min(minutes[key] + 1, MOST_MINUTES)
    return minutes
