"""What came from the chamber and what went there, in words for the town's history."""

from __future__ import annotations

from collections.abc import Mapping

from selfcheck.core.review.told import Told

WORDS = {
    Told.ASKED: "Rückfrage der IHK",
    Told.ANSWERED: "Rückfrage der IHK beantwortet",
    Told.ASKED_AGAIN: "Rückfrage von der IHK zurückgegeben",
    Told.SETTLED: "Rückfrage der IHK erledigt",
    Told.RECOMMENDED: "Empfehlung {label} der IHK",
    Told.REPLIED: "Antwort auf Empfehlung {label} an die IHK gesendet",
    Told.PROGRESS: "Fortschritt bei Empfehlung {label} eingetragen",
    Told.ACCEPTED: "Antwort auf Empfehlung {label} von der IHK angenommen",
    Told.RETURNED: "Antwort auf Empfehlung {label} von der IHK zurückgegeben",
    Told.DONE: "Empfehlung {label} der IHK erledigt",
    Told.WITHDRAWN: "Empfehlung {label} von der IHK zurückgezogen",
    Told.RELEASED: "Ergebnis der IHK freigegeben",
    Told.PROPOSED: "Gutes Beispiel von der IHK vorgeschlagen",
    Told.AGREED: "Gutem Beispiel zugestimmt",
    Told.DECLINED: "Gutes Beispiel abgelehnt",
    Told.TAKEN_BACK: "Gutes Beispiel zurückgenommen",
}


def say_talk(after: object) -> str:
    """The heading of a change; an event that is not known (any more) by its stored name."""
    facts = after if isinstance(after, Mapping) else {}
    event = str(facts.get("event"))
    if event not in WORDS:
        return f"Austausch mit der IHK: {event}"
    return WORDS[Told(event)].format(label=facts.get("label") or "")
