"""Recommendations and what a town answers, in German."""

from __future__ import annotations

from collections.abc import Mapping

from selfcheck.core.review.recommendations import Decision, Money, Priority, RecommendationState, Reply
from selfcheck.reporting.words import german

STATES: Mapping[RecommendationState, str] = {
    RecommendationState.NEW: "neu",
    RecommendationState.PLANNED: "geplant",
    RecommendationState.NOT_PLANNED: "nicht geplant",
    RecommendationState.SUBMITTED: "eingereicht",
    RecommendationState.ACCEPTED: "angenommen",
    RecommendationState.RETURNED: "zurück an die Kommune",
    RecommendationState.DONE: "erledigt",
    RecommendationState.WITHDRAWN: "zurückgezogen",
}
DRAFT = "Entwurf"
PRIORITIES: dict[str, str] = {str(Priority.HIGH): "hoch", str(Priority.NORMAL): "normal"}
DECIDED: dict[str, str] = {str(Decision.DOING): "machen wir", str(Decision.NOT_DOING): "machen wir nicht"}
DECISIONS: dict[str, str] = DECIDED | {str(Decision.NOT_DOING): f"{DECIDED[Decision.NOT_DOING]}, weil …"}
"""The same to choose from: a reason has to follow."""
MONEY: dict[str, str] = {str(Money.YES): "ja", str(Money.NO): "nein", str(Money.OPEN): "offen"}


def list_reply(reply: Reply) -> list[tuple[str, str]]:
    """Everything that a town says, as (label, words); what it says nothing of is left out."""
    doing = reply.decision == Decision.DOING
    facts = (
        ("Entscheidung", DECIDED.get(reply.decision, "")),
        ("Warum nicht" if reply.decision == Decision.NOT_DOING else "Anmerkung", reply.reason),
        ("Wer", reply.person),
        ("Bis wann", german.day(reply.due) if reply.due else ""),
        ("Geld da", MONEY.get(reply.money, "")),
        ("Fortschritt", f"{reply.progress} %" if doing or reply.progress else ""),
    )
    return [(label, words) for label, words in facts if words]
