"""A document that is ready to be handed over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """`name` is what it is saved as, without a folder, in letters that Windows accepts; `kind` its media type."""

    name: str
    kind: str
    content: bytes
