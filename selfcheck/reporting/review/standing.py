"""Where a case stands, as the town reads it: nothing of what is only being prepared."""

from __future__ import annotations

from selfcheck.core.review.case import Ball, CaseState

STATES = {
    CaseState.RECEIVED: "eingegangen",
    CaseState.REVIEWING: "in Prüfung",
    CaseState.QUERIES: "Rückfragen",
    CaseState.PREPARED: "in Prüfung",
    CaseState.RELEASED: "freigegeben",
    CaseState.CLOSED: "abgeschlossen",
}
PAPERS_MISSING = "angenommen, Unterlagen fehlen noch"
TURNS = {
    Ball.CHAMBER: "Die IHK ist am Zug",
    Ball.TOWN: "Sie sind am Zug",
    Ball.NOBODY: "Zurzeit ist nichts zu tun",
}


def say_state(state: CaseState, papers_missing: bool) -> str:
    return f"{STATES[state]}; {PAPERS_MISSING}" if papers_missing else STATES[state]
