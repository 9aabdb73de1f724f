"""What a page says of a link that was valid once: until when, and whom to ask for a new one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from selfcheck.store.access.links import Why
from selfcheck.store.parts.values import Check
from selfcheck.web.http import clock


def last_day(when: datetime, why: Why) -> date:
    """A link that ran out ended with the day before its first closed moment."""
    return clock.local(when - timedelta(seconds=1) if why is Why.EXPIRED else when).date()


def whom_to_ask(check: Check, why: Why, otherwise: str) -> str:
    """The contact of the municipality; `otherwise` where none is given, or everything was deleted."""
    if why is Why.LEFT:
        return "Öffnen Sie den Link aus der E-Mail noch einmal."
    contact = check.contact
    details = [part for part in (contact.name, contact.office, contact.phone, contact.mail) if part]
    if why is Why.DELETED or not details:
        return otherwise
    return f"Bitten Sie um einen neuen Link: {check.municipality}, {', '.join(details)}."
