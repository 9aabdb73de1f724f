"""What a page says of the parts it was built from: the version of each, and a mark of what stood in it."""

from __future__ import annotations

import hashlib


def digest(*facts: object) -> str:
    """A short mark by which a part is recognised as unchanged."""
    return hashlib.blake2b(repr(facts).encode(), digest_size=8).hexdigest()


def read_version(text: str | None) -> int:
    """A version as sent; anything that is none counts as „never seen“."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
