"""What a PDF is made of: plain data for a template of ours. It is set by a process of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Manuscript:
    """`template` names a file of `typst/` without its ending; `data` is what it reads: dicts, lists, texts, numbers.

    `name` is what the PDF is saved as; `day` stands in it as the day it was made, so that the same data give the same
    bytes.
    """

    name: str
    template: str
    day: date
    data: Mapping[str, object]
