"""The second factor's secret, its codes, and recovery codes. What is kept of the secret can neither be read nor changed
without the server's key.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from enum import StrEnum

from cryptography.fernet import Fernet, InvalidToken
from flask import current_app
from passlib.exc import TokenError
from passlib.totp import TOTP

ISSUER = "Selbstcheck"
ONE_STEP = 30
"""Seconds that a clock may be wrong by, each way."""
WRONG_CLOCK = 5 * 60
"""A code that is right within so many seconds is no guess: the clock of the phone is wrong."""
LONGEST_CODE = 40
FORMER = "{"
"""How a secret begins that version 0.1.0 kept: nobody reads it without the key, but no change to it is seen."""
CODES = 8
"""Recovery codes at a time."""
LETTERS, LETTERS_OF_CODE = "abcdefghijklmnopqrstuvwxyz234567", 28
"""Of a recovery code: 140 random bits, so that a plain hash gives nothing away."""


class Fault(StrEnum):
    """Why a code is not taken."""

    WRONG = "wrong"
    CLOCK = "clock"


def new_factor() -> str:
    """A new secret for codes, sealed."""
    return _seal(TOTP.new())


def factor_key(sealed: str) -> str:
    """The secret as people type it."""
    return str(_open(sealed).pretty_key())


def factor_address(sealed: str, mail: str) -> str:
    """What the QR code says."""
    return str(_open(sealed).to_uri(mail, ISSUER))


def read_code(text: str, sealed: str, counter: int) -> int | Fault:
    """The step of a right code that comes after `counter`; else why it is none."""
    if len(text) > LONGEST_CODE:
        return Fault.WRONG
    try:
        secret = _open(sealed)
    except InvalidToken:  # sealed with another key
        return Fault.WRONG
    code = "".join(text.split())
    step = _match(secret, code, counter, ONE_STEP)
    if step is not None:
        return step
    return Fault.WRONG if _match(secret, code, counter, WRONG_CLOCK) is None else Fault.CLOCK


def _match(secret: TOTP, code: str, counter: int, window: int) -> int | None:
    try:
        return int(secret.match(code, window=window, last_counter=counter or None).counter)
    except TokenError:
        return None


def seal_anew(kept: str) -> str | None:
    """The sealed form of a secret that is kept as version 0.1.0 did; None for one that is sealed already.

    Only a right code shows that it was read with the right key: with another one it is nonsense, without any error.
    """
    return _seal(_open(kept)) if kept.startswith(FORMER) else None


def _seal(secret: TOTP) -> str:
    return _fernet().encrypt(str(secret.base32_key).encode()).decode()


def _open(kept: str) -> TOTP:
    """Raises `InvalidToken` for what cannot be read."""
    if not kept.startswith(FORMER):
        return TOTP(key=_fernet().decrypt(kept.encode()).decode())
    wallet = TOTP.using(issuer=ISSUER, secrets={"1": _derive(b"second factor\n").hex()})
    try:
        return wallet.from_source(kept)
    except (ValueError, TypeError, KeyError):
        raise InvalidToken from None


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derive(b"second factor, sealed\n")))


def _derive(purpose: bytes) -> bytes:
    secret = current_app.config["SECRET_KEY"]
    return hashlib.sha256(purpose + (secret.encode() if isinstance(secret, str) else secret)).digest()


def new_codes() -> list[str]:
    """Recovery codes."""
    return [_group("".join(secrets.choice(LETTERS) for _ in range(LETTERS_OF_CODE))) for _ in range(CODES)]


def read_recovery_code(text: str) -> str:
    """A recovery code as it was made, however it was typed."""
    return _group("".join(letter for letter in text[:200].lower() if letter.isascii() and letter.isalnum()))


def _group(letters: str) -> str:
    return "-".join(letters[index : index + 4] for index in range(0, len(letters), 4))
