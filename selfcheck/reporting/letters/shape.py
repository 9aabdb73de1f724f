"""What every letter has: a greeting, paragraphs with an empty line between them, and an ending."""

from __future__ import annotations

GREETING = "Guten Tag,"


def compose(*paragraphs: str) -> str:
    """The text of a letter or mail; empty paragraphs fall away."""
    return "\n\n".join(part for part in (GREETING, *paragraphs) if part)


def compose_mail(*paragraphs: str) -> str:
    """The same as the server sends it: ended with a line break."""
    return f"{compose(*paragraphs)}\n"
