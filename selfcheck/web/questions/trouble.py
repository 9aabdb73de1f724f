"""What of a submitted question could not be written, kept for the page that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from selfcheck.reporting.words.text_difference import Piece
from selfcheck.web.questions.reading import Submitted


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """Both values of one part, who wrote the other one and when; `version` is the one to write over."""

    part: str
    title: str
    mine: str
    theirs: str
    who: str
    when: datetime
    version: int
    pieces: tuple[Piece, ...] = ()
    """Where the two differ, if it helps to mark it."""
    before_mine: str = ""
    """What has to stand before mine to keep both."""
    at_most: int = 0
    """How long both may be together, where they are longer."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Errors by part and field, conflicts, and the version and base that came with each part."""

    submitted: Submitted
    errors: Mapping[str, Mapping[str, str]]
    conflicts: tuple[ConflictShown, ...] = ()
    versions: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def parts(self) -> frozenset[str]:
        return frozenset(self.errors) | {conflict.part for conflict in self.conflicts}
