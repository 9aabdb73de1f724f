"""Who signs the letters of a self-check to the outside."""

from __future__ import annotations

from selfcheck.reporting.letters.letters import Writer
from selfcheck.web.layout.check_page import CheckPage


def writer_of(page: CheckPage) -> Writer:
    """The contact of the municipality, as far as it is known."""
    check = page.check
    sender = "\n".join(part for part in (check.contact.name, check.contact.office, check.municipality) if part)
    return Writer(check.municipality, page.questionnaire.title, sender)
