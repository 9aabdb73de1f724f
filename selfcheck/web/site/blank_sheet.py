"""The form on paper with which a town reads its chamber's Prüfbogen beside our questions."""

from __future__ import annotations

from flask import render_template, request

from selfcheck.core.questionnaire.model import Questionnaire, Status
from selfcheck.web.layout.catalogue import catalogue
from selfcheck.web.layout.templating import newest
from selfcheck.web.site import pages

BLANK_LINES = 10
"""For what only the Prüfbogen asks."""


@pages.get("/pruefbogen")
def blank_sheet() -> str:
    """For the version that the address names, else for the one that new self-checks get."""
    questionnaire = _find(request.args.get("fassung", ""))
    return render_template("site/blank_sheet.html", questionnaire=questionnaire, blank_lines=BLANK_LINES)


def _find(version: str) -> Questionnaire:
    """The version of the questionnaire if it was ever published, else the newest."""
    latest = newest()
    name = f"{latest.id}/{version}"
    release = catalogue().releases.get(name)
    if release is None or release.status is Status.DRAFT:
        return latest
    return catalogue().questionnaire(name)
