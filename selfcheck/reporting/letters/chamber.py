"""Mails to advisors of a chamber: that something waits for them, never what.

Names come in already made safe for a mail.
"""

from __future__ import annotations

from selfcheck.reporting.letters.shape import compose_mail
from selfcheck.reporting.words.names import name_town


def write_shared(town: str, chamber: str, url: str, *, again: bool) -> tuple[str, str]:
    """A town has shared a report; `again`: a later Stand of one that they have looked at."""
    what = "einen neuen Stand" if again else "einen Bericht"
    return f"{town}: {'Neuer Stand' if again else 'Neuer Bericht'} in der Beratung", compose_mail(
        f"für {name_town(town)} wurde {what} mit der {chamber} geteilt.",
        f"Melden Sie sich mit Ihrem Konto an, dann öffnet ihn diese Adresse:\n{url}",
        "Was darin steht, schreiben wir nicht in E-Mails.",
    )
