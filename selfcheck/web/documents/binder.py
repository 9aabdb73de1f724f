"""„Nachweisordner (ZIP)“: report, table and indexes are made first, then all of it goes out file by file."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence

from flask import Response, render_template, request

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.reporting.documents import documentation_table
from selfcheck.reporting.documents.binder import contents, index_pdf
from selfcheck.reporting.documents.binder.contents import Binder, Packed, StoredBytes, fill_binder
from selfcheck.reporting.documents.file import name_file
from selfcheck.reporting.documents.pdf import report_pdf
from selfcheck.reporting.documents.texts import spell_out
from selfcheck.reporting.report.report import Report
from selfcheck.store.files.depot import Depot, open_depot
from selfcheck.store.files.revisions import StoredFile, list_all
from selfcheck.store.parts.values import Check, StoredEvidence
from selfcheck.web.documents import pages
from selfcheck.web.documents.forms import Choice
from selfcheck.web.documents.freezing import build, freeze
from selfcheck.web.documents.handing_over import set_manuscript
from selfcheck.web.documents.packing import Member, measure, pack
from selfcheck.web.http import clock
from selfcheck.web.http.load.writing import in_turn
from selfcheck.web.layout import check_page

log = logging.getLogger(__name__)
KIND = "application/zip"


@pages.get("/selbstcheck/<check_id>/dokumente/nachweisordner.zip")
def binder(check_id: str) -> Response:
    page = check_page.open_check(check_id, Right.EXPORT)
    depot, now = open_depot(), clock.local(clock.now())
    files = _find_files(page.loaded.evidence, list_all(page.check.id), depot)
    frozen = freeze(page)
    report = build(page, frozen, Choice.from_address(request.args))
    filled = fill_binder(page.questionnaire, frozen.stand, report, files, now)
    members = [*_write_papers(page.check, report, filled), *_list_files(filled, depot)]
    response = Response(pack(members, report.imprint.at), mimetype=KIND)
    length = measure(members)
    if length is not None:
        response.content_length = length
    name = name_file(index_pdf.TITLE, report.cover.municipality, report.cover.stand, "zip")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _find_files(
    evidence: Mapping[QuestionId, Sequence[StoredEvidence]], stored: Iterable[StoredFile], depot: Depot
) -> dict[QuestionId, list[StoredBytes | None]]:
    """The newest file of each piece, for each question in the order of its pieces."""
    newest = {file.evidence_id: file for file in stored if file.sha256}
    found = {id: _look_for(file, depot) for id, file in newest.items()}
    lost = sum(not file.there for file in found.values())
    if lost:
        log.error("%d files of pieces of evidence are not where they were put, or not as they were.", lost)
    return {question: [found.get(piece.id) for piece in pieces] for question, pieces in evidence.items()}


def _look_for(file: StoredFile, depot: Depot) -> StoredBytes:
    try:
        there = depot.find(file.sha256 or "").stat().st_size == file.size
    except (OSError, ValueError):
        there = False
    return StoredBytes(file.name, file.size, file.sha256 or "", there)


def _write_papers(check: Check, report: Report, filled: Binder) -> Iterator[Member]:
    """What lies at the root, the indexes first."""
    papers = {
        contents.REPORT: set_manuscript(report_pdf.write(report), check).content,
        contents.TABLE: in_turn(lambda: documentation_table.write(report)).content,
    }
    said = [Packed(path, path, len(content), hashlib.sha256(content).hexdigest()) for path, content in papers.items()]
    html = render_template("documents/binder.html", report=report, binder=filled, papers=said)
    yield _hold(contents.INDEX, spell_out(html).encode())
    yield _hold(contents.INDEX_PDF, set_manuscript(index_pdf.write(report, filled, said), check).content)
    yield from (_hold(path, content) for path, content in papers.items())


def _hold(path: str, content: bytes) -> Member:
    return Member(path, len(content), content)


def _list_files(filled: Binder, depot: Depot) -> Iterator[Member]:
    for file in filled.files():
        yield Member(file.path, file.size, depot.find(file.sha256))
