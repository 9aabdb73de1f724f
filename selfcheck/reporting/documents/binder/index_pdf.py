"""The index of the binder as PDF: its first page is the cover of the folder."""

from __future__ import annotations

from collections.abc import Sequence

from selfcheck.reporting.documents.binder.contents import Binder, Chapter, Folder, Item, Packed
from selfcheck.reporting.documents.file import name_file
from selfcheck.reporting.documents.manuscript import Manuscript
from selfcheck.reporting.documents.pdf.plain import Plain, allow_breaks, frame
from selfcheck.reporting.report.report import Report

TITLE = "Nachweisordner"


def write(report: Report, binder: Binder, papers: Sequence[Packed]) -> Manuscript:
    """The index of `binder`; `papers` are what lies at its root beside the indexes."""
    cover = report.cover
    data: Plain = {
        **frame(report, TITLE),
        "audience": "",
        "state": binder.state,
        "complete": not binder.lacks,
        "sentence": binder.sentence,
        "files": binder.said_files,
        "lacks": [[lack.number, allow_breaks(lack.title), allow_breaks(lack.said)] for lack in binder.lacks],
        "papers": [_file(paper) for paper in papers],
        "chapters": [_chapter(chapter) for chapter in binder.chapters],
    }
    name = name_file(TITLE, cover.municipality, cover.stand, "pdf")
    return Manuscript(name, "binder", cover.frozen_on, data)


def _chapter(chapter: Chapter) -> Plain:
    rows = [_row(folder, item) for folder in chapter.folders for item in folder.items]
    return {"title": allow_breaks(chapter.title), "rows": rows}


def _row(folder: Folder, item: Item) -> list[str]:
    """Its number, its question, what it is, where it is, how large."""
    line = item.line
    question = "\n".join(filter(None, (folder.text, folder.note)))
    title = "\n".join(filter(None, (line.title, item.status)))
    packed, size = _file(item.file) if item.file else ("", "")
    said = [allow_breaks(text) for text in (item.lacks, item.place, line.link)]
    where = [packed, *said] if not item.elsewhere else [f"liegt bei {line.register}"]
    return [line.register, allow_breaks(question), allow_breaks(title), "\n".join(filter(None, where)), size]


def _file(file: Packed) -> list[str]:
    sent = "" if file.path.endswith(f"/{file.sent}") or "/" not in file.path else f"hochgeladen als {file.sent}"
    facts = (file.path, sent, f"SHA-256 {file.sha256}")
    return ["\n".join(allow_breaks(fact) for fact in facts if fact), file.said_size]
