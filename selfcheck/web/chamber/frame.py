"""What stands around every page of advisors; `templates/chamber/base.html` draws it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from flask import render_template, request, url_for

from selfcheck.reporting.review.case_text import say_state, say_taken
from selfcheck.web.http import clock
from selfcheck.web.http.browser import signed_in
from selfcheck.web.http.guards import OpenCase
from selfcheck.web.layout.catalogue import name_chamber

CASE_PAGES = (
    ("chamber.case", "Übersicht"),
    ("chamber.report", "Bericht"),
    ("chamber.questions", "Prüfansicht"),
    ("chamber.table", "Alle Fragen"),
    ("chamber.difference", "Differenz"),
    ("chamber.changes", "Änderungen"),
    ("chamber.recommendations", "Empfehlungen"),
    ("chamber.interview", "Prüfgespräch"),
    ("chamber.result", "Ergebnis"),
)
"""The pages of a case that its bar links to: (endpoint, title). Each takes `case_id` and nothing else."""
INSIDE = {
    f"chamber.{inside}": f"chamber.{page}"
    for page, several in {
        "case": (
            *("step", "undo", "hand_over", "flag", "settle_flag", "remind", "settle_reminder"),
            *("confirm_sender", "refuse_sender"),
        ),
        "report": ("report_pdf",),
        "questions": (
            *("question", "save_question", "asked", "ask", "settle"),
            *("good_example", "withdraw_example"),
        ),
        "table": ("save_table",),
        "changes": ("still_holds",),
        "recommendations": (*("add_recommendation", "recommendation", "turn_recommendation", "send_recommendations"),),
        "interview": ("save_interview", "interview_file", "reopen_record", "finalise_record", "make_record_final"),
        "result": ("save_result_of", "read_result_over", "prepare_result_again", "release", "release_now"),
    }.items()
    for inside in several
}
"""Every other address of a case, and the page that it belongs to."""
STILL_THERE = frozenset({"chamber.case"})
"""What remains of them once the town took its report back."""


class PageLink(NamedTuple):
    title: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class CaseBar:
    """The open case. `taken` says who looks after it; `pages` are its own."""

    id: str
    municipality: str
    stand: int
    shared_on: date
    state: str
    taken: str
    gone: bool
    pages: tuple[PageLink, ...]


def render(template: str, opened: OpenCase | None, **context: object) -> str:
    """A page of advisors, in the frame that all of them have; `opened` is the case that it is about, if it is."""
    bar = _make_bar(opened) if opened is not None else None
    return render_template(template, chamber_name=name_own_chamber(), bar=bar, **context)


def name_own_chamber() -> str:
    """The chamber of the advisor who is signed in, as people call it."""
    account = signed_in.account()
    return name_chamber(account.chamber) if account is not None else ""


def _make_bar(opened: OpenCase) -> CaseBar:
    case, gone = opened.case, opened.case.gone is not None
    links = [
        PageLink(
            title,
            url_for(endpoint, case_id=case.public_id),
            endpoint in (request.endpoint, INSIDE.get(request.endpoint or "")),
        )
        for endpoint, title in CASE_PAGES
        if not gone or endpoint in STILL_THERE
    ]
    return CaseBar(
        id=case.public_id,
        municipality=case.municipality,
        stand=case.stand,
        shared_on=clock.local(case.shared_at).date(),
        state=say_state(case.state, case.papers_missing),
        taken=say_taken(case.advisor, case.advisor_id == opened.advisor.account_id),
        gone=gone,
        pages=tuple(links),
    )
