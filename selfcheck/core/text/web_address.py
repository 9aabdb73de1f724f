"""How a link is read."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from selfcheck.core.text.contents import clean_code

LONGEST = 2000
SCHEMES = ("http", "https")
_BARE = re.compile(r"[\w-]+(\.[\w-]+)+([/?#]\S*)?")
_BLANK = re.compile(r"\s")


def tidy_link(text: str) -> str:
    """A link as it is kept: what is not seen goes; `musterstadt.de/beschluss`, as people type it, gets its https://."""
    link = clean_code(text, dashes=False)
    return f"https://{link}" if len(link) <= LONGEST and _BARE.fullmatch(link) else link


def is_link(link: str) -> bool:
    """Whether `link` is an address of the web that is safe to offer for a click."""
    if len(link) > LONGEST:
        return False
    try:
        parts = urlsplit(link)
        return parts.scheme in SCHEMES and bool(parts.hostname) and not _BLANK.search(link)
    except ValueError:
        return False
