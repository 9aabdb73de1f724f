"""A document that is ready to be handed over, and how it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_TOWN = 60
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+')


@dataclass(frozen=True, slots=True)
class File:
    """`name` is what it is saved as, without a folder, in letters that Windows accepts; `kind` its media type."""

    name: str
    kind: str
    content: bytes


def name_file(document: str, municipality: str, stand: str, ending: str) -> str:
    """`Bericht Musterstadt am Main, Stand 3 vom 28.11.2026.pdf`; what Windows refuses in a name is left out."""
    town = " ".join(_FORBIDDEN.sub(" ", municipality).split())[:LONGEST_TOWN].strip(" .")
    named = " ".join(filter(None, (document, town)))
    return f"{named}, {_FORBIDDEN.sub(' ', stand.partition(',')[0])}.{ending}"
