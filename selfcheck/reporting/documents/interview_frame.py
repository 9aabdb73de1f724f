"""What agenda, sheet to write on and record are called, and what stands around them in every kind of file."""

from __future__ import annotations

from selfcheck.core.text.contents import is_blank
from selfcheck.reporting.documents.texts import NOT_NAMED, Frame
from selfcheck.reporting.review.paper import Paper, Stamp

AGENDA = "Agenda für das Prüfgespräch"
SHEET = "Mitschreibbogen für das Prüfgespräch"
RECORD = "Prüfprotokoll"
INNER = (
    "Nur für die IHK, bis das Ergebnis freigegeben ist: Hier stehen Einschätzungen, die die Kommune noch nicht kennt."
)
"""What stands on sheet and record; an agenda, which the town gets, says nothing of them."""


def frame_paper(paper: Paper, stamp: Stamp, kind: str) -> Frame:
    """Its files are called after its edition: several of one record lie side by side in a folder."""
    return Frame(paper.label, paper.municipality, stamp.said, f"{kind}, {paper.stand}", stamp.at)


def say_or_nothing(text: str) -> str:
    """`text`, or that nobody has said anything."""
    return NOT_NAMED if is_blank(text) else text
