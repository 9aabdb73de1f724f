"""Secrets that open something: made at random, shown once, kept as hashes only."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable

MOST_SECRETS = 60
"""That one browser holds: they have to fit into a cookie of 4 kB, with all that stands beside them."""
LONGEST = 100
TOKEN_LENGTH = 32


def new_token() -> str:
    """192 random bits, fit for an address: `TOKEN_LENGTH` characters."""
    return secrets.token_urlsafe(24)


def new_public_id() -> str:
    """80 random bits, fit for an address; no secret, but not to be guessed either."""
    return secrets.token_hex(10)


def may_be_public_id(text: str) -> bool:
    """Whether it is worth asking for: addresses can hold anything, even what a database refuses to be asked."""
    return text.isascii() and text.isalnum() and len(text) <= LONGEST


def hash_token(token: str) -> str:
    """What is kept of a token; any text is safe."""
    return hashlib.sha256(token[:LONGEST].encode(errors="replace")).hexdigest()


def hash_tokens(tokens: Iterable[str]) -> list[str]:
    """Hashes of the newest (last) `MOST_SECRETS`."""
    return [hash_token(token) for token in list(tokens)[-MOST_SECRETS:]]


def hash_personal(text: str, key: str | bytes) -> str:
    """For an address or a name that could be guessed from a plain hash."""
    return hmac.new(key.encode() if isinstance(key, str) else key, text.encode(errors="replace"), "sha256").hexdigest()
