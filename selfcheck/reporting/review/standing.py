"""Where a case stands, as the town reads it: nothing of what is only being prepared."""

from __future__ import annotations

from selfcheck.core.review.case import Ball, CaseState
from selfcheck.reporting.review import case_text
from selfcheck.reporting.review.case_text import PAPERS_MISSING

STATES = case_text.STATES | {CaseState.PREPARED: case_text.STATES[CaseState.REVIEWING]}
TURNS = {
    Ball.CHAMBER: "Die IHK ist am Zug",
    Ball.TOWN: "Sie sind am Zug",
    Ball.NOBODY: "Zurzeit ist nichts zu tun",
}


def say_state(state: CaseState, papers_missing: bool) -> str:
    return f"{STATES[state]}; {PAPERS_MISSING}" if papers_missing else STATES[state]
