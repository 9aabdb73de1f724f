"""Mails between advisors of one chamber: that a case waits, and where; never what is in it. Names come in made safe."""

from __future__ import annotations

from selfcheck.reporting.letters.shape import compose_mail

HOW = "Melden Sie sich an, dann öffnet ihn diese Adresse:"


def write_handed_case(by: str, town: str, url: str) -> tuple[str, str]:
    """Subject and text for whom a case was handed to."""
    said = f"{by} hat Ihnen in der Beratung den Vorgang {town} übergeben. Er wartet jetzt auf Sie."
    return f"{town}: Ein Vorgang wartet auf Sie", compose_mail(said, f"{HOW}\n{url}")


def write_flagged_case(by: str, town: str, url: str) -> tuple[str, str]:
    """Subject and text for whom a case was pointed out."""
    said = f"{by} hat in der Beratung den Vorgang {town} für Sie markiert. Warum, steht dort."
    return f"{town}: Ein Vorgang ist für Sie markiert", compose_mail(said, f"{HOW}\n{url}")
