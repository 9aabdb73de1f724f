"""What an advisor says of a question: whether its evidence suffices, and how many points it is worth to the chamber."""

from __future__ import annotations

from enum import StrEnum


class Sufficiency(StrEnum):
    """The verdict on the evidence of a question (Urteil)."""

    ENOUGH = "enough"
    """Nachweis reicht."""
    MISSING = "missing"
    """Nachweis fehlt."""
    UNCLEAR = "unclear"
    """unklar."""
    TO_DISCUSS = "to discuss"
    """im Gespräch klären."""
