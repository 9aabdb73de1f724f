"""The report of a shared Stand as advisors read it, and whether they know who shared it."""

from __future__ import annotations

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core import RULES_VERSION
from selfcheck.core.review.case import Sender
from selfcheck.reporting.documents.pdf import report_pdf
from selfcheck.reporting.history.removed_text import say_removed
from selfcheck.reporting.report.report import Edition, build_report
from selfcheck.store.chamber import senders, stands
from selfcheck.store.chamber.cases import Case
from selfcheck.store.chamber.stands import SharedStand
from selfcheck.web.chamber import frame, pages
from selfcheck.web.chamber.newest import demand, read_shared
from selfcheck.web.documents.handing_over import hand_over
from selfcheck.web.http import clock, guards
from selfcheck.web.http.guards import OpenCase
from selfcheck.web.layout.catalogue import name_chamber
from selfcheck.web.parts.submitted import digest, read_version
from selfcheck.web.sharing.sheet import lay_out

ROOT = "/beratung/<case_id>"


@pages.get(f"{ROOT}/bericht")
def report(case_id: str) -> str:
    """The newest Stand that was shared, or with `?stand=3` an older one."""
    opened = guards.open_case(case_id)
    shared = _find_stand(opened)
    read = demand(read_shared(shared))
    html = frame.render(
        "chamber/report.html",
        opened,
        case=opened.case,
        sender_mark=mark_sender(opened.case),
        sheet=lay_out(read.questionnaire, read.stand, _edition(opened.case, shared)),
        shared=shared,
        others=[each for each in stands.list_stands(opened.case) if each.number != shared.number],
        older=read.stand.rules_version != RULES_VERSION,
        removed=say_removed(shared.redacted) if shared.redacted else "",
    )
    stands.note_look(opened.case, opened.advisor, clock.now(), shared.number)
    return html


@pages.get(f"{ROOT}/bericht.pdf", endpoint="report_pdf")
def download(case_id: str) -> Response:
    opened = guards.open_case(case_id)
    shared = _find_stand(opened)
    read = demand(read_shared(shared))
    made = report_pdf.write(build_report(read.questionnaire, read.stand, _edition(opened.case, shared)))
    response = hand_over(made, opened.case)
    stands.note_look(opened.case, opened.advisor, clock.now(), shared.number)
    return response


@pages.post(f"{ROOT}/absender/bestaetigen")
def confirm_sender(case_id: str) -> ResponseReturnValue:
    return _decide(guards.open_case(case_id), Sender.CONFIRMED)


@pages.route(f"{ROOT}/absender/ablehnen", methods=["GET", "POST"])
def refuse_sender(case_id: str) -> ResponseReturnValue:
    """Says first what comes of it."""
    opened = guards.open_case(case_id)
    if request.method == "POST":
        return _decide(opened, Sender.REFUSED)
    return _ask(opened)


def mark_sender(case: Case) -> str:
    """By what a form says which sender its page showed."""
    return digest(case.sender_id, case.sender_name, case.sender_mail)


def _decide(opened: OpenCase, decision: Sender) -> ResponseReturnValue:
    case = opened.case
    same = request.form.get("sender") == mark_sender(case)
    seen = next((each for each in Sender if each.value == request.form.get("seen")), None)
    if not same or seen is None or not senders.decide_sender(case, opened.advisor, decision, clock.now(), seen):
        return _ask(guards.open_case(case.public_id), met=True), 409
    return redirect(url_for("chamber.case", case_id=case.public_id), 303)


def _ask(opened: OpenCase, *, met: bool = False) -> str:
    case = opened.case
    return frame.render(
        "chamber/refuse_sender.html",
        opened,
        case=case,
        sender_mark=mark_sender(case),
        met=met,
        refusable=case.sender is not Sender.REFUSED and senders.can_refuse(case),
    )


def _find_stand(opened: OpenCase) -> SharedStand:
    """The Stand that the address names; 404 where the chamber has none such."""
    named = request.args.get("stand")
    found = stands.read_stand(opened.case, None if named is None else read_version(named))
    if found is None:
        abort(404)
    return found


def _edition(case: Case, shared: SharedStand) -> Edition:
    at, chamber = clock.local(shared.frozen_at), name_chamber(case.chamber)
    return Edition(shared.number, at, chamber, case.public_id, shared.redacted)
