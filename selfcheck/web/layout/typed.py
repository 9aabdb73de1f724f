"""What people typed into a field of one line."""

from __future__ import annotations

from selfcheck.core.text import clean_line


def one_line(text: str | None) -> str:
    """As it is kept; a filter for fields, which give nothing where nothing was sent."""
    return clean_line(text or "")
