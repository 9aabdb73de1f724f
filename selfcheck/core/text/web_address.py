"""How a link is read."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from selfcheck.core.text.contents import clean_code

LONGEST = 2000
SCHEMES = ("http", "https")
_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.([^\W\d_]{2,}|xn--[\w-]+)(?::\d+)?(?:[/?#]\S*)?")
_HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*")
_FILES = ("csv", "doc", "docx", "htm", "html", "jpeg", "jpg", "ods", "odt", "pdf", "png", "ppt", "pptx", "txt", "xlsx")
"""Endings of files that are none of the web: `Beschluss.pdf` is a document, and no address."""
_BLANK = re.compile(r"\s")


def tidy_link(text: str) -> str:
    """A link as it is kept: what is not seen goes; `musterstadt.de/beschluss`, as people type it, gets its https://."""
    link = clean_code(text, dashes=False)
    bare = _BARE.fullmatch(link) if len(link) <= LONGEST else None
    return f"https://{link}" if bare and bare[1].lower() not in _FILES else link


def is_link(link: str) -> bool:
    """Whether `link` is an address of the web that is safe to offer for a click."""
    if len(link) > LONGEST:
        return False
    try:
        parts = urlsplit(link)
        named = parts.scheme in SCHEMES and parts.port != 0 and _is_host(parts.hostname or "")
        return named and "\\" not in link and not _BLANK.search(link)
    except ValueError:
        return False


def _is_host(name: str) -> bool:
    return _HOST.fullmatch(name) is not None and any(map(str.isalnum, name)) and name not in SCHEMES
