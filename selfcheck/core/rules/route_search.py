"""The exact choice of measures: which set reaches what is needed with the least effort.

Only numbers and places here; which measures are offered and what the set is good for is `route`'s business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from selfcheck.core.questionnaire.model import ZERO

Sums = dict[tuple[int, int], Decimal]
"""The largest gain for an exact total effort and an exact number of measures."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One measure as the search sees it; `key` leads back to it."""

    key: int
    effort: int
    gain: Decimal


Groups = Sequence[Sequence[Choice]]
"""The choices of each question, both in questionnaire order; at most one of a group is taken."""


def choose(groups: Groups, needs: Sequence[Decimal]) -> list[Choice]:
    """The best set for the first of `needs` that some set can reach, else for the largest gain there is.

    Best is the smallest effort, then the fewest choices, then the largest gain, then the set whose choices come
    first. Works from both ends: prefix sums over effort tell which suffixes can still be completed.
    """
    useful = [_drop_dominated(group) for group in groups]
    largest = sum((max((choice.gain for choice in group), default=ZERO) for group in useful), ZERO)
    need = next((need for need in needs if need <= largest), largest)
    if need <= 0:
        return []
    prefixes = _best_gains(useful)
    effort = next(effort for effort, gain in enumerate(prefixes[-1]) if gain >= need)
    suffixes = _complete(useful, prefixes, effort, need)
    count = min(count for spent, count in suffixes[0] if spent == effort)
    return _take_first(useful, suffixes, effort, count)


def _drop_dominated(group: Sequence[Choice]) -> list[Choice]:
    """Without choices that another one of the question beats by effort, gain or place, never the other way round."""
    kept: list[Choice] = []
    for choice in sorted(group, key=lambda choice: (choice.effort, -choice.gain)):
        if choice.gain > (kept[-1].gain if kept else ZERO):
            kept.append(choice)
    return sorted(kept, key=group.index)


def _best_gains(groups: Groups) -> list[list[Decimal]]:
    """For each number of leading groups: the largest gain for at most the effort that is the index."""
    most = sum(max((choice.effort for choice in group), default=0) for group in groups)
    rows = [[ZERO] * (most + 1)]
    for group in groups:
        before = rows[-1]
        row = list(before)
        for choice in group:
            for effort in range(choice.effort, most + 1):
                row[effort] = max(row[effort], before[effort - choice.effort] + choice.gain)
        rows.append(row)
    return rows


def _complete(groups: Groups, prefixes: list[list[Decimal]], effort: int, need: Decimal) -> list[Sums]:
    """For each number of skipped groups: the sums of the remaining ones that can still become a solution."""
    table: list[Sums] = [{(0, 0): ZERO}]
    for place in reversed(range(len(groups))):
        sums = dict(table[-1])
        for (spent, count), gain in table[-1].items():
            for choice in groups[place]:
                key = (spent + choice.effort, count + 1)
                if key[0] <= effort:
                    sums[key] = max(sums.get(key, ZERO), gain + choice.gain)
        table.append({key: gain for key, gain in sums.items() if gain + prefixes[place][effort - key[0]] >= need})
    return table[::-1]


def _take_first(groups: Groups, suffixes: list[Sums], effort: int, count: int) -> list[Choice]:
    """Of all sets with these sums and the largest gain, the one whose choices come first."""
    gain = suffixes[0][effort, count]
    taken: list[Choice] = []
    for group, rest in zip(groups, suffixes[1:], strict=True):
        for choice in group:
            if rest.get((effort - choice.effort, count - 1)) == gain - choice.gain:
                taken.append(choice)
                effort, count, gain = effort - choice.effort, count - 1, gain - choice.gain
                break
    return taken
