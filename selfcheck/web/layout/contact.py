"""Telephone numbers and mail addresses that one can touch on a telephone."""

from __future__ import annotations

from markupsafe import Markup


def link_phone(phone: str) -> Markup:
    """A number that a telephone can dial: international where its area is known, without blanks and strokes."""
    digits = "".join(character for character in phone if character.isdigit())
    if phone.lstrip().startswith("+"):
        dialled = f"+{digits}"
    elif digits.startswith("00"):
        dialled = f"+{digits.removeprefix('00')}"
    else:
        dialled = f"+49{digits.removeprefix('0')}" if digits.startswith("0") else digits
    return Markup('<a class="nowrap" href="tel:{}">{}</a>').format(dialled, phone)


def link_mail(address: str) -> Markup:
    return Markup('<a href="mailto:{0}">{0}</a>').format(address)
