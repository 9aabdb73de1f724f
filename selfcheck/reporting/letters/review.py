"""Mails to advisors of a chamber, with fixed words: that something waits, never what it says."""

from __future__ import annotations

from selfcheck.reporting.letters.shape import compose_mail


def write_answered(town: str, url: str) -> tuple[str, str]:
    """That a town has answered recommendations; subject and text. `town` is safe for a mail already."""
    return (
        f"{town}: Antwort auf eine Empfehlung",
        compose_mail(
            f"{town} hat auf eine Empfehlung geantwortet. Die Antwort wartet in der Beratung auf Sie.",
            f"Melden Sie sich mit Ihrem Konto an:\n{url}",
            "Solange eine Antwort auf Sie wartet, bekommen Sie zu weiteren keine Mail.",
        ),
    )
