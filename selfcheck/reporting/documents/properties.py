"""What a file says about itself beside its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from selfcheck.reporting.documents.texts import one_line

LONGEST = 255
"""Characters of a property; Word and Excel refuse longer ones."""


@dataclass(frozen=True, slots=True)
class Properties:
    """`at` is the moment of the Stand."""

    title: str
    subject: str
    author: str
    at: datetime

    @property
    def texts(self) -> tuple[str, str, str]:
        """Title, subject and author as a file may hold them."""
        title, subject, author = (one_line(text, LONGEST) for text in (self.title, self.subject, self.author))
        return title, subject, author

    @property
    def moment(self) -> datetime:
        """In UTC and without saying so, as Office writes it; whole seconds."""
        at = self.at if self.at.tzinfo is None else self.at.astimezone(UTC)
        return at.replace(microsecond=0, tzinfo=None)
