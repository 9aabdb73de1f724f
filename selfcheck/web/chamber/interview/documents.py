"""Agenda, sheet to write on and record as files; of the record also each finished version."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Response, abort, request

from selfcheck.core.plain import from_plain
from selfcheck.reporting.documents import interview_excel, interview_word
from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.manuscript import Manuscript
from selfcheck.reporting.documents.pdf import interview_pdf
from selfcheck.reporting.review.paper import Paper, Stamp, stamp_draft, stamp_version
from selfcheck.store.chamber.interview import versions
from selfcheck.store.database.damage import sound_rows
from selfcheck.web.chamber import pages
from selfcheck.web.chamber.interview.contents import load
from selfcheck.web.documents.handing_over import hand_over
from selfcheck.web.http import clock, guards
from selfcheck.web.http.guards import OpenCase
from selfcheck.web.http.load.writing import in_turn
from selfcheck.web.parts.submitted import read_version

Write = Callable[[Paper, Stamp], File | Manuscript]
PLANS: Mapping[str, Write] = {
    "agenda.pdf": interview_pdf.write_agenda,
    "agenda.docx": interview_word.write_agenda,
    "mitschreiben.pdf": interview_pdf.write_sheet,
}
RECORDS: Mapping[str, Write] = {
    "protokoll.pdf": interview_pdf.write_record,
    "protokoll.docx": interview_word.write_record,
    "protokoll.xlsx": interview_excel.write_record,
}


@pages.get("/beratung/<case_id>/gespraech/<address>")
def interview_file(case_id: str, address: str) -> Response:
    """One of the files, of a finished version where the address names one (`?fassung=2`), else as it stands now."""
    opened, wanted = guards.open_case(case_id), request.args.get("fassung")
    write = RECORDS.get(address) or (PLANS.get(address) if wanted is None else None)
    if write is None:
        abort(404)
    found = _find_version(opened, read_version(wanted)) if wanted is not None else None
    if wanted is not None and found is None:
        abort(404)
    paper, stamp = found or (load(opened).paper, stamp_draft(clock.local(clock.now())))
    return hand_over(in_turn(lambda: write(paper, stamp)), opened.case)


def _find_version(opened: OpenCase, number: int) -> tuple[Paper, Stamp] | None:
    """A finished version as it was frozen. Raises `DamagedRow`."""
    listed = versions.read_versions(opened.case.id)
    version = next((each for each in listed if each.number == number), None)
    content = versions.read_content(opened.case.id, number)
    if version is None or content is None:
        return None
    with sound_rows():
        paper = from_plain(Paper, content)
    final = (version.final_name, clock.local(version.final_at)) if version.final_at is not None else None
    state = versions.version_state(version, listed)
    return paper, stamp_version(number, state, clock.local(version.at), version.by, final)
