"""A report in which every text is a marker of its own, so that each document can be asked for all of them."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from selfcheck.reporting.report.report import Report

Owner = tuple[str, str]
"""Class and field."""
KEPT = {
    ("Report", "estimate"),
    ("BesideText", "estimate"),
    ("QuestionSection", "id"),
    ("CriterionSection", "id"),
    ("MissingEvidence", "id"),
    ("Field", "question"),
    ("Field", "kind"),
    ("Row", "key"),
    ("Row", "parent"),
    ("Segment", "kind"),
    ("TableRow", "key"),
    ("RouteItem", "question"),
    ("StepItem", "group"),  # is that of the list it stands in
    ("Bridge", "today"),
    ("Bridge", "gains"),
    ("Bridge", "after"),
}
"""What nobody reads: names of questions and kinds, places in a picture."""
WORDED = {
    ("Cover", "audit"),
    ("Cover", "contact"),
    ("EntrySection", "facts"),
    ("RouteSection", "measures"),
}
"""Pairs of a word of our own and a value."""
LONG = {("QuestionSection", "note"), ("QuestionSection", "reason"), ("EntrySection", "facts")}
ARABIC = "العربية"
NASTY = f'äöüß\n\U0001f600 中文 \x07 \ue000 =1+1 external:\\\\x\\y <b>fett</b> #read("/etc") $x$ @a {ARABIC}'
FILLER = "Eine Zeile mit Wörtern, wie sie jemand schreibt, und mit einemsehrlangenwortohneleerzeichen" + "x" * 90
_BLANK = re.compile("[\\s\u00ad\u200b-\u200f\u2010\\-\x02\ufffe]+")


@dataclasses.dataclass
class Marked:
    """A report, and its markers by the field that they stand in."""

    report: Report
    markers: dict[Owner, list[str]]
    empty: set[Owner]
    filled: set[Owner]
    short: bool


def mark(report: Report, *, short: bool = False) -> Marked:
    """`report` with a marker in place of every text; what may be missing has to be there. `short`: only their names."""
    marked = Marked(report, {}, set(), set(), short)
    marked.report = _walk(report, ("", ""), marked)
    assert not marked.empty, f"nothing would look for {marked.empty}"
    return marked


def _walk(value: Any, owner: Owner, marked: Marked) -> Any:
    if owner in KEPT:
        return value
    if isinstance(value, str) and not hasattr(value, "value"):
        return _make(owner, marked)
    fields = _fields_of(value)
    if fields:
        name = type(value).__name__
        changed = {field: _walk(getattr(value, field), (name, field), marked) for field in fields}
        return value._replace(**changed) if hasattr(value, "_replace") else dataclasses.replace(value, **changed)
    if isinstance(value, tuple):
        if owner in WORDED and len(value) == 2 and all(isinstance(each, str) for each in value):
            return value[0], _make(owner, marked)
        found = tuple(_walk(each, owner, marked) for each in value)
        _note_empty(owner, bool(found), marked)
        return found
    if value is None and owner[0] == Report.__name__:
        _note_empty(owner, False, marked)
    return value


def _note_empty(owner: Owner, filled: bool, marked: Marked) -> None:
    """A list has to hold something somewhere."""
    if filled:
        marked.filled.add(owner)
        marked.empty.discard(owner)
    elif owner not in marked.filled:
        marked.empty.add(owner)


def _fields_of(value: Any) -> Iterator[str] | tuple[str, ...]:
    if hasattr(value, "_fields"):
        return tuple(value._fields)
    return tuple(field.name for field in dataclasses.fields(value)) if dataclasses.is_dataclass(value) else ()


def _make(owner: Owner, marked: Marked) -> str:
    number = sum(map(len, marked.markers.values())) + 1
    filler = FILLER * (5_000 // len(FILLER)) if owner in LONG and not marked.markers.get(owner) else ""
    marker = f"M{number:05d}A" if marked.short else f"M{number:05d}A {NASTY} {filler} M{number:05d}Z"
    marked.markers.setdefault(owner, []).append(marker)
    return marker


def squeeze(text: str) -> str:
    """Without blanks and hyphens, which a line may end with, and with letters in their usual forms."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text))
