"""What every letter has: a greeting, paragraphs with an empty line between them, and an ending."""

from __future__ import annotations

GREETING = "Guten Tag,"


def compose(*paragraphs: str) -> str:
    """The text of a letter or mail; empty paragraphs fall away."""
    return "\n\n".join(part for part in (GREETING, *paragraphs) if part)


def compose_mail(*paragraphs: str) -> str:
    """The same as the server sends it: ended with a line break."""
    return f"{compose(*paragraphs)}\n"


def ask_back(phone: str, mail: str, sent: str = "") -> str:
    """How to make sure that a message is real: the number that one knows already is the surest. `sent`: who sent it."""
    known = "der Nummer aus Ihrem Telefonverzeichnis"
    calls = f"telefonisch unter {f'{phone} oder {known}' if phone else known}"
    writes = f", oder per E-Mail an {mail}" if mail else ""
    doubt = f"Sie möchten sicher sein, dass diese Nachricht echt ist? Fragen Sie nach: {calls}{writes}."
    return f"{doubt} {sent}".rstrip()
