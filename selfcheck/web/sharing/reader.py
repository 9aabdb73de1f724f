"""„Meine Berichte“: what a reader holds, and how a report says that there is a newer one."""

from __future__ import annotations

from datetime import datetime

from flask import render_template

from selfcheck.reporting.report.report import Edition
from selfcheck.store.sharing import readers
from selfcheck.store.sharing.shares import Report
from selfcheck.web.http import clock, headers
from selfcheck.web.http.browser import cookie, signed_in
from selfcheck.web.sharing import pages


@pages.get("/berichte")
def mine() -> str:
    headers.keep_private()
    reading = readers.list_reports(cookie.grants(), clock.now(), signed_in.account_id())
    return render_template("sharing/mine.html", reports=reading.reports, damaged=reading.damaged)


def find_newer(report: Report, now: datetime) -> readers.Edition | None:
    """The newest later Stand of which whoever looks at `report` may know."""
    return readers.find_newer(report, cookie.grants(), now, signed_in.account_id())


def edition_of(report: Report) -> Edition:
    """What the cover of `report` says about it."""
    return Edition(report.number, clock.local(report.frozen_at), report.label, report.check.public_id)
