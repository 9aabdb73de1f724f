"""Where a case stands, in German."""

from __future__ import annotations

from selfcheck.core.review.case import Ball, CaseState

STATES = {
    CaseState.RECEIVED: "eingegangen",
    CaseState.REVIEWING: "in Prüfung",
    CaseState.QUERIES: "Rückfragen",
    CaseState.PREPARED: "Ergebnis vorbereitet",
    CaseState.RELEASED: "freigegeben",
    CaseState.CLOSED: "abgeschlossen",
}
PAPERS_MISSING = "angenommen, Unterlagen fehlen noch"
BALLS = {Ball.CHAMBER: "bei der IHK", Ball.TOWN: "bei der Kommune", Ball.NOBODY: "bei niemandem"}


def say_state(state: CaseState, papers_missing: bool) -> str:
    """`in Prüfung`, `abgeschlossen, angenommen, Unterlagen fehlen noch`."""
    return f"{STATES[state]}, {PAPERS_MISSING}" if papers_missing else STATES[state]


def say_taken(advisor: str, mine: bool) -> str:
    """Who looks after a case: `übernommen von Ihnen`; `advisor` is empty where nobody does."""
    if mine:
        return "übernommen von Ihnen"
    return f"übernommen von {advisor}" if advisor else "noch von niemandem übernommen"
