"""What a page says of a link that was valid once: until when, and whom to ask for a new one.

Nothing in it is of today: whoever holds an old link has no business with the town or its contact as they are now.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from selfcheck.store.access.links import Why
from selfcheck.web.http import clock

OPEN_AGAIN = "Öffnen Sie den Link aus der E-Mail noch einmal."


def last_day(when: datetime, why: Why) -> date:
    """A link that ran out ended with the day before its first closed moment."""
    return clock.local(when - timedelta(seconds=1) if why is Why.EXPIRED else when).date()


def whom_to_ask(why: Why, otherwise: str) -> str:
    """What to do about it: a link that is still open opens once more, for every other one ask whom `otherwise` says."""
    return OPEN_AGAIN if why is Why.LEFT else otherwise
