"""Telephone numbers and mail addresses that one can touch on a telephone."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from selfcheck.core.text.phone import dial


def link_phone(phone: str) -> Markup:
    """A number that one can touch on a telephone."""
    return Markup('<a class="nowrap" href="tel:{}">{}</a>').format(dial(phone), phone)


def link_mail(address: str) -> Markup:
    """An address that breaks behind its @ where it has to."""
    name, at, server = address.partition("@")
    link = Markup('<a href="mailto:{}" translate="no">{}{}<wbr>{}</a>')
    return link.format(quote(address, "@"), name, at, server)
