"""The marker test: every text of a report, filled with its own marker, stands in every document that ought to show it.

A new field of the report or a new document without a line in the tables below fails.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple, get_args, get_type_hints

import pytest

from selfcheck.core.rules.estimate import Estimate
from selfcheck.reporting import documents
from selfcheck.reporting.documents import attendance, council_paper, dates, documentation_table, word_report
from selfcheck.reporting.documents.file import File
from selfcheck.reporting.report.department_sheet import SheetQuestion
from selfcheck.reporting.report.report import Report
from tests.reporting.documents.readers import read_calendar, read_excel, read_word
from tests.reporting.documents.sample import full_report

TYPED = "äöüß ẞ\nzweite Zeile 🌳 مرحبا 中文 \x07 \ue000 =1+1 external:\\\\x\\y <b>&amp; #read("
SHOWN = "äöüß ẞ\nzweite Zeile 🌳 مرحبا 中文 [U+0007] [U+E000] =1+1 external:\\\\x\\y <b>&amp; #read("
"""What documents show of it: what cannot be printed stands there by its number."""
LONG = "langer Text " * 417


class Tried(NamedTuple):
    """A document as it is written, and as a program reads it."""

    write: Callable[[Report], File]
    read: Callable[[File], str]


TRIED = {
    "R": Tried(word_report.write, read_word),
    "T": Tried(documentation_table.write, read_excel),
    "B": Tried(council_paper.write, read_word),
    "L": Tried(attendance.write, read_word),
    "D": Tried(dates.write, read_calendar),
}
"""Report, documentation table, council paper, list of attendees, dates."""
NOWHERE = ""
"""A PDF shows it: `test_pdf_markers`."""
OTHERS_SAY_IT, PICTURE, NAME = "others say it", "only a picture shows it", "a name of ours, nobody reads it"
SHOWN_IN = {
    "imprint: Imprint.title": "RTBLD",
    "imprint: Imprint.chamber": "BLD",
    "cover: Cover.municipality": "RTBLD",
    "cover: Cover.stand": "RTBLD",
    "cover: Cover.audience": "RT",
    "cover: Cover.audit": "RTBLD",
    "cover: Cover.contact": "RTBLD",
    "cover: Cover.notice": "RTBLD",
    "outcome: Outcome.title": "RTB",
    "outcome: Outcome.sentence": "RTB",
    "outcome: Outcome.mark": "RT",
    "outcome: Outcome.disclaimer": "RTBLD",
    "outcome: Outcome.caution": "R",
    "outcome: Outcome.basis": "R",
    "outcome: Outcome.bonus": "R",
    "outcome: Outcome.table": "R",
    "outcome: ProbeText.sentence": "R",
    "outcome: ProbeText.warning": "R",
    "chart: Chart.description": "R",
    "chart: Row.title": "B",
    "fields: FieldRow.label": "R",
    "fields: Field.number": "R",
    "fields: Field.text": "R",
    "fields: Field.said": "R",
    "table: TableRow.title": "R",
    "table: TableRow.percent": "R",
    "criteria: CriterionSection.title": "RT",
    "criteria: CriterionSection.percent": "R",
    "criteria: CriterionSection.points": "R",
    "criteria: CriterionSection.dropped": "RT",
    "criteria: QuestionSection.number": "RT",
    "criteria: QuestionSection.text": "RT",
    "criteria: QuestionSection.answer": "RT",
    "criteria: QuestionSection.reason": "RT",
    "criteria: QuestionSection.note": "RT",
    "criteria: QuestionSection.points": "R",
    "criteria: QuestionSection.proof": "R",
    "criteria: QuestionSection.why": "R",
    "criteria: QuestionSection.better": "R",
    "criteria: QuestionSection.remarks": "R",
    "criteria: QuestionSection.department": "T",
    "criteria: QuestionSection.number_there": "RT",
    "criteria: QuestionSection.open_points": "T",
    "criteria: EvidenceLine.title": "RT",
    "criteria: EvidenceLine.status": "RT",
    "criteria: EvidenceLine.link": "RT",
    "criteria: EvidenceLine.place": "RT",
    "criteria: EvidenceLine.register": "RT",
    "files: Report.files": "R",
    "missing: MissingEvidence.number": "R",
    "missing: MissingEvidence.text": "R",
    "missing: MissingEvidence.missing": "R",
    "missing: MissingEvidence.points": "R",
    "missing_bonus: Report.missing_bonus": "R",
    "quality: Report.quality": "R",
    "goals: EntrySection.title": "RTB",
    "goals: EntrySection.facts": "RTB",
    "past_goals: EntrySection.title": "RTB",
    "past_goals: EntrySection.facts": "RTB",
    "projects: EntrySection.title": "RT",
    "projects: EntrySection.facts": "RT",
    "route: RouteSection.sentence": "R",
    "route: RouteItem.number": "RB",
    "route: RouteItem.text": "RB",
    "route: RouteSection.measures": "RB",
    "route: RouteSection.rough": "RB",
    "checklist: Report.checklist": "R",
    "checklist: StepItem.group": "D",
    "checklist: StepItem.text": "RD",
    "attendees: Attendee.role": "LD",
    "attendees: Attendee.department": "LDB",
    "attendees: Attendee.name": "LD",
    "attendees: Attendee.numbers": "L",
    "sheets: DepartmentSheet.title": NOWHERE,
    **{f"sheets: SheetQuestion.{each.name}": NOWHERE for each in fields(SheetQuestion)},
    "progress: Report.progress": "R",
    "beside: BesideText.ours": "R",
    "beside: BesideText.heading": "R",
    "beside: BesideText.title": "R",
    "beside: BesideText.sentence": "R",
    "beside: BesideText.mark": "R",
    "beside: BesideText.placed": "R",
    "beside: BesideText.rests": "R",
}
KEPT = {
    "imprint: Imprint.check": NAME,
    "cover: Cover.day": OTHERS_SAY_IT,
    "chart: Row.key": NAME,
    "chart: Row.letter": OTHERS_SAY_IT,
    "chart: Row.percent": OTHERS_SAY_IT,
    "chart: Row.parent": NAME,
    "chart: Row.unit": NAME,
    "chart: Segment.kind": NAME,
    "chart: Segment.label": PICTURE,
    "chart: Tick.text": PICTURE,
    "chart: Chart.mark_label": PICTURE,
    "chart: Chart.caption": PICTURE,
    "chart: Chart.inside": PICTURE,
    "fields: Field.question": NAME,
    "fields: Field.kind": NAME,
    "table: TableRow.key": NAME,
    "criteria: CriterionSection.id": NAME,
    "criteria: QuestionSection.id": NAME,
    "missing: MissingEvidence.id": NAME,
    "outcome: Outcome.verdict": NAME,
    "route: Bridge.first": PICTURE,
    "route: Bridge.today": PICTURE,
    "route: Bridge.gains": PICTURE,
    "route: Bridge.after": PICTURE,
    "route: Bridge.mark_label": PICTURE,
    "route: RouteItem.question": NAME,
    "route: RouteItem.effort": NAME,
    "route: RouteItem.needs": NAME,
    "checklist: StepItem.key": NAME,
}
"""Texts that no document of these shows, and why. Numbers and days are looked at in the test of each document."""


SHORT = {"chart: Chart.description"}
"""An alternative text ends after 1,000 characters."""
PARTLY = {"chart: Row.title"}
"""The first row is the whole, and no area of the audit."""


def _fields(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind) if is_dataclass(kind) or hasattr(kind, "_fields") else {}


def _texts(kind: Any, path: str) -> Iterator[str]:
    """The texts of a type, each by the chapter of the report, the class and its name there."""
    kind = getattr(kind, "__supertype__", kind)
    if kind is Estimate:
        return
    if inside := _fields(kind):
        for name, hint in inside.items():
            chapter = path.partition(":")[0] or name
            yield from _texts(hint, f"{chapter}: {kind.__name__}.{name}")
    elif arguments := get_args(kind):
        for each in arguments:
            yield from _texts(each, path)
    elif isinstance(kind, type) and issubclass(kind, str):
        yield path


@dataclass
class Marked:
    """What stands in the markers of each text; the first marker of each is a long one."""

    markers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def mark(self, value: Any, path: str = "") -> Any:
        if isinstance(value, Estimate) or path in KEPT:
            return value
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **self._inside(value, path, [each.name for each in fields(value)]))
        if isinstance(value, tuple):
            names = getattr(value, "_fields", None)
            if names is None:
                return tuple(self.mark(each, path) for each in value)
            return type(value)(**self._inside(value, path, names))
        return self._marker(path) if type(value) is str else value

    def _inside(self, value: Any, path: str, names: Any) -> dict[str, Any]:
        chapter = path.partition(":")[0]
        return {
            name: self.mark(getattr(value, name), f"{chapter or name}: {type(value).__name__}.{name}") for name in names
        }

    def _marker(self, path: str) -> str:
        said, number = self.markers[path], sum(map(len, self.markers.values()))
        long = LONG if not said and path not in SHORT else ""
        said.append(f"§{number}§{SHOWN}{long}§")
        return f"§{number}§{TYPED}{long}§"


def _with_all_open(report: Report) -> Report:
    """A calendar says nothing of what is done."""
    groups = report.checklist or ()
    undone = tuple((group, tuple(replace(step, done=False) for step in steps)) for group, steps in groups)
    return replace(report, checklist=undone)


@cache
def _marked() -> tuple[Report, Mapping[str, list[str]]]:
    marked = Marked()
    report = marked.mark(_with_all_open(full_report()))
    assert isinstance(report, Report)
    return report, marked.markers


@cache
def _read(document: str) -> str:
    tried = TRIED[document]
    return tried.read(tried.write(_marked()[0]))


def test_every_text_of_a_report_has_a_line_here() -> None:
    found = set(_texts(Report, ""))
    assert found == SHOWN_IN.keys() | KEPT.keys()
    assert set(_marked()[1]) == SHOWN_IN.keys(), "the report of this test leaves something empty"


def _writes_a_file(module: ModuleType) -> bool:
    """PDFs are set of manuscripts, and tried where they are."""
    return hasattr(module, "write") and module.write.__annotations__["return"] == "File"


def test_every_document_is_tried() -> None:
    names = [module.name for module in pkgutil.iter_modules(documents.__path__)]
    modules = [importlib.import_module(f"{documents.__name__}.{name}") for name in names]
    written = {module.write for module in modules if _writes_a_file(module)}
    assert written == {tried.write for tried in TRIED.values()}


@pytest.mark.parametrize("document", TRIED)
def test_every_marker_stands_where_it_ought_to(document: str) -> None:
    read = _read(document)
    missing = [
        (path, marker[:8])
        for path, markers in _marked()[1].items()
        if document in SHOWN_IN[path]
        for marker in markers[path in PARTLY :]
        if marker not in read
    ]
    assert not missing


@pytest.mark.parametrize("document", TRIED)
def test_the_same_report_gives_the_same_bytes(document: str) -> None:
    write, report = TRIED[document].write, full_report()
    assert write(report) == write(full_report())
    assert write(report) != write(full_report(number=4))
