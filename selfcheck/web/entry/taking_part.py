"""Whether a municipality can take part, and whom to ask, as pages of a self-check say it."""

from __future__ import annotations

from selfcheck.core.questionnaire.eligibility import Eligibility, eligibility
from selfcheck.reporting.words.eligibility_text import answer
from selfcheck.store.parts.values import Check
from selfcheck.web.layout.catalogue import catalogue


def say_taking_part(check: Check, *, asked: bool = False) -> tuple[str, str]:
    """Title and sentence, never a flat no; where the chamber is another than the district's, they say so. `asked`: the
    chamber knows already."""
    chambers = catalogue().chambers
    chamber = chambers.chamber_of(check.district)
    exceptions = " ".join(note.text for note in chambers.notes_about(check.district, check.municipality))
    return answer(judge(check), chamber.name if chamber else None, exceptions, asked=asked)


def judge(check: Check) -> Eligibility:
    """Whether the municipality can take part, by the rules of the audit."""
    chamber = catalogue().chambers.chamber_of(check.district)
    return eligibility(check.profile.centrality, check.profile.land, chamber is not None)
