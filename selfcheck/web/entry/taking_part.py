"""Whether a municipality can take part, and whom to ask, as pages of a self-check say it."""

from __future__ import annotations

from selfcheck.core.questionnaire.eligibility import eligibility
from selfcheck.reporting.words.eligibility_text import answer
from selfcheck.store.parts.values import Check
from selfcheck.web.layout.catalogue import catalogue


def say_taking_part(check: Check) -> tuple[str, str]:
    """Title and sentence, never a flat no; where the chamber is another than the district's, they say so."""
    chambers = catalogue().chambers
    chamber = chambers.chamber_of(check.district)
    exceptions = " ".join(note.text for note in chambers.notes_about(check.district, check.municipality))
    judgement = eligibility(check.profile.centrality, check.profile.land, chamber is not None)
    return answer(judgement, chamber.name if chamber else None, exceptions)
