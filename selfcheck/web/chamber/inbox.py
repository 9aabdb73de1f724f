"""Beratung: all cases of the own chamber, what waits for the advisor first."""

from __future__ import annotations

from selfcheck.web.chamber import pages
from selfcheck.web.chamber.frame import render
from selfcheck.web.http import guards


@pages.get("/beratung")
def inbox() -> str:
    guards.advise()
    return render("chamber/inbox.html", None)
