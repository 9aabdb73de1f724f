"""Mails to whoever is to advise for a chamber, with fixed words. Names come in already made safe for a mail."""

from __future__ import annotations

from datetime import date

from selfcheck.reporting.letters.shape import compose_mail
from selfcheck.reporting.words import german

BY_PROGRAM = "Ihr Selbstcheck\nDiese Nachricht kommt von einem Programm. Antworten darauf liest niemand."


def write_invitation(chamber: str, url: str, ends_on: date) -> tuple[str, str]:
    """Subject and text; `url` is the link that is good until the end of that day."""
    return f"Selbstcheck: Einladung zur Beratung für die {chamber}", compose_mail(
        f"der Betreiber des Selbstchecks lädt Sie ein, für die {chamber} zu beraten: Sie lesen dann die Berichte, die "
        "Kommunen mit Ihrer IHK teilen.",
        f"Hier nehmen Sie an:\n{url}",
        f"Der Link gilt bis zum {german.day(ends_on)} und nur einmal. Geben Sie ihn bitte nicht weiter. Zum Anmelden "
        "brauchen Sie außer dem Passwort einen zweiten Faktor, also eine App, die Codes erzeugt; den richten Sie "
        "danach ein.",
        "Wenn Sie das nicht erwarten, brauchen Sie nichts zu tun.",
        BY_PROGRAM,
    )


def write_moved(chamber: str, url: str) -> tuple[str, str]:
    """To an advisor who is of another chamber from now on."""
    return f"Selbstcheck: Sie beraten jetzt für die {chamber}", compose_mail(
        f"der Betreiber des Selbstchecks hat Ihr Konto der {chamber} zugeordnet. Auf allen Geräten sind Sie "
        "abgemeldet.",
        f"Anmelden:\n{url}",
        BY_PROGRAM,
    )


def write_ended(url: str) -> tuple[str, str]:
    """To whoever advises no longer; `url` says who operates the server."""
    return "Selbstcheck: Ihre Beratung ist beendet", compose_mail(
        "der Betreiber des Selbstchecks hat Ihre Beratung beendet. Ihr Konto bleibt bestehen; Berichte von Kommunen "
        "sehen Sie damit nicht mehr. Auf allen Geräten sind Sie abgemeldet.",
        f"Kam das unerwartet? Fragen Sie bitte den Betreiber:\n{url}",
        BY_PROGRAM,
    )
