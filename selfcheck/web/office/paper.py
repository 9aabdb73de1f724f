"""An office's questions on paper, for those who would rather answer with a pen."""

from __future__ import annotations

from flask import abort, render_template

from selfcheck.core.permissions import Right
from selfcheck.reporting.report.office_paper import ask_on_paper
from selfcheck.store.team import offices
from selfcheck.web.layout import check_page
from selfcheck.web.office import pages
from selfcheck.web.office.view import list_facts, pick, say_title


@pages.get("/selbstcheck/<check_id>/team/<place_id>/blatt")
def paper(check_id: str, place_id: str) -> str:
    """The sheet for one office of this self-check, which the coordination prints."""
    page = check_page.open_check(check_id, Right.TEAM)
    part = offices.find_part(page.check.id, place_id)
    if part is None:
        abort(404)
    questions = pick(page.questionnaire, part.questions)
    return render_template(
        "office/paper.html",
        check=page.check,
        questionnaire=page.questionnaire,
        part=part,
        title=say_title(len(questions), part.office),
        facts=list_facts(page.check, part)[:1],
        asked=ask_on_paper(page.questionnaire, questions, page.loaded.answers),
    )
