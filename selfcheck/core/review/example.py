"""How an answer becomes a good example for all towns: the chamber proposes its words, the town agrees or not."""

from __future__ import annotations

from enum import StrEnum

from selfcheck.core.review.thread import Side


class ExampleState(StrEnum):
    PROPOSED = "proposed"
    """vorgeschlagen: the town is to decide; nobody else sees it."""
    AGREED = "agreed"
    """zugestimmt: it stands at its question for all towns."""
    DECLINED = "declined"
    """abgelehnt."""
    TAKEN_BACK = "taken back"
    """zurückgenommen, by the town or the chamber: its words are gone."""


OPEN_EXAMPLES = frozenset({ExampleState.PROPOSED, ExampleState.AGREED})
"""There is at most one of these at a question of a case."""


_LEADS_TO = {
    Side.CHAMBER: {
        ExampleState.PROPOSED: frozenset({ExampleState.TAKEN_BACK}),
        ExampleState.AGREED: frozenset({ExampleState.TAKEN_BACK}),
    },
    Side.TOWN: {
        ExampleState.PROPOSED: frozenset({ExampleState.AGREED, ExampleState.DECLINED}),
        ExampleState.AGREED: frozenset({ExampleState.TAKEN_BACK}),
    },
}


def may_become(side: Side, state: ExampleState, wanted: ExampleState) -> bool:
    """Whether `side` may make `wanted` of an example that is in `state`: nothing that ended begins again."""
    return wanted in _LEADS_TO[side].get(state, frozenset())
