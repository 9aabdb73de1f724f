"""Mails between a chamber and a town: that something waits, and the way there; never what."""

from __future__ import annotations

from selfcheck.reporting.letters.shape import compose_mail


def write_released(chamber: str, town: str, url: str) -> tuple[str, str]:
    """To those who coordinate: the chamber has released something; `town` is safe for a mail."""
    return (
        f"{town}: Die {chamber} hat etwas für Sie freigegeben",
        compose_mail(
            f"die {chamber} hat Ihren Bericht für „Ausgezeichneter Wohnort für Fachkräfte“ angesehen und etwas für Sie "
            "freigegeben. Lesen können Sie es nur nach der Anmeldung:",
            url,
            f"Diese Nachricht hat der Selbstcheck für die {chamber} verschickt.",
        ),
    )
