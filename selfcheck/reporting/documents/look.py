"""Colours of the design system and the font of office files: every office has it."""

from __future__ import annotations

FONT = "Calibri"
ACCENT = "2044AA"
TEXT = "131525"
MUTED = "51577A"
RULE = "C0C3D5"
TINT = "E5EBF7"
SHADE = "EDEEF4"
"""Behind cells that nobody fills in."""
MARKER = "FFE7B6"
"""On this stands what somebody still has to write."""
