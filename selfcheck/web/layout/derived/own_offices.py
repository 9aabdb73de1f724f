"""By which office a town answers for a department, whatever it is called there."""

from __future__ import annotations

from collections.abc import Mapping

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import DepartmentId, Question
from selfcheck.core.rules.route import UNSETTLED
from selfcheck.core.rules.to_do.checklist import answers_for
from selfcheck.core.text.order import fold
from selfcheck.store.parts.seats import Seat, Together
from selfcheck.web.layout.check_page import CheckPage


def find_own_offices(page: CheckPage, together: Together) -> Mapping[DepartmentId, Seat]:
    """The office of each department that has one: that of its name, else the only one that is asked anything of it, if
    that is more than what is left open to somebody else.
    """
    by_name = {fold(seat.label): seat for seat in reversed(together.seats) if seat.role is Role.OFFICE}
    found: dict[DepartmentId, Seat] = {}
    for department in page.questionnaire.departments:
        questions = [each for each in page.questionnaire.questions if each.department == department.id]
        seat = by_name.get(fold(department.title)) or _find_only(page, together, questions)
        if seat is not None:
            found[department.id] = seat
    return found


def _find_only(page: CheckPage, together: Together, questions: list[Question]) -> Seat | None:
    asked = {question.id: together.offices(question.id) for question in questions}
    seats = {seat.place_id: seat for offices in asked.values() for seat in offices}
    lines, by_id = page.estimate.line, page.questionnaire.question
    left = [id for id in asked if not asked[id] and lines[id].state in UNSETTLED and not page.hides(by_id[id])]
    taken = sum(bool(offices) for offices in asked.values())
    return next(iter(seats.values())) if len(seats) == 1 and answers_for(taken, len(left)) else None
