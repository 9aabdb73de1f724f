"""One case: where it stands, what is possible now, and what happened."""

from __future__ import annotations

from selfcheck.web.chamber import pages
from selfcheck.web.chamber.frame import render
from selfcheck.web.http import guards


@pages.get("/beratung/<case_id>")
def case(case_id: str) -> str:
    opened = guards.open_case(case_id, even_gone=True)
    return render("chamber/case.html", opened)
