"""Mails to advisors of a chamber: that something waits for them, and where; never what is in it. Names come in made
safe.
"""

from __future__ import annotations

from selfcheck.reporting.letters.shape import compose_mail
from selfcheck.reporting.words.names import name_town

HOW = "Melden Sie sich an, dann öffnet ihn diese Adresse:"


def write_handed_case(by: str, town: str, url: str) -> tuple[str, str]:
    """Subject and text for whom a case was handed to."""
    said = f"{by} hat Ihnen in der Beratung den Vorgang {town} übergeben. Er wartet jetzt auf Sie."
    return f"{town}: Ein Vorgang wartet auf Sie", compose_mail(said, f"{HOW}\n{url}")


def write_flagged_case(by: str, town: str, url: str) -> tuple[str, str]:
    """Subject and text for whom a case was pointed out."""
    said = f"{by} hat in der Beratung den Vorgang {town} für Sie markiert. Warum, steht dort."
    return f"{town}: Ein Vorgang ist für Sie markiert", compose_mail(said, f"{HOW}\n{url}")


def write_shared(town: str, chamber: str, url: str, *, again: bool) -> tuple[str, str]:
    """A town has shared a report; `again`: a later Stand of one that they have looked at."""
    what = "ein neuer Stand" if again else "ein Bericht"
    return f"{town}: {'Neuer Stand' if again else 'Neuer Bericht'} in der Beratung", compose_mail(
        f"für {name_town(town)} wurde {what} mit der {chamber} geteilt.",
        f"Melden Sie sich mit Ihrem Konto an, dann öffnet ihn diese Adresse:\n{url}",
        "Was darin steht, schreiben wir nicht in E-Mails.",
    )


def write_answered(town: str, url: str) -> tuple[str, str]:
    """Subject and text for whom a recommendation was answered."""
    said = f"{town} hat auf eine Empfehlung geantwortet. Die Antwort wartet in der Beratung auf Sie."
    once = "Solange eine Antwort auf Sie wartet, bekommen Sie zu weiteren keine Mail."
    way = f"Melden Sie sich an, dann öffnet sie diese Adresse:\n{url}"
    return f"{town}: Antwort auf eine Empfehlung", compose_mail(said, way, once)
