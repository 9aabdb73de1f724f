"""Secrets in addresses, taken out of what mail programs and people put around them: a full stop at the end of the
sentence, a bracket, a blank (also where a line was broken in two), a sign that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from typing import ClassVar

from flask import Flask
from werkzeug.routing import UnicodeConverter

from selfcheck.store.database.tokens import TOKEN_LENGTH

_LINK = re.compile(rf"[\w-]{{{TOKEN_LENGTH}}}", re.ASCII)
_SIGNED = re.compile(r"\.?[\w-]+(?:\.[\w-]+){1,2}", re.ASCII)
LONGEST = 2000
"""No secret of ours is longer; more than that is not looked into."""


class LinkConverter(UnicodeConverter):
    """`<link:token>`: the secret of a link to a self-check or a report."""

    secret: ClassVar[re.Pattern[str]] = _LINK

    def to_python(self, value: str) -> str:
        """The secret, or what came where there is none: the page says then that it does not know it."""
        seen = "".join(sign for sign in value[:LONGEST] if unicodedata.category(sign)[0] != "C")
        found = self.secret.search(seen) or self.secret.search("".join(seen.split()))
        return found[0] if found else value


class SignedConverter(LinkConverter):
    """`<signed:token>`: what a mail about an account or a reminder brings along."""

    secret = _SIGNED


def register(app: Flask) -> None:
    app.url_map.converters.update(link=LinkConverter, signed=SignedConverter)
    app.url_map.strict_slashes = False  # a stroke at the end is one of them
