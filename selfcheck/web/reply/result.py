"""What the chamber has released: its points and verdicts, the result, and the goals that were agreed on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.review.release import Release, ShownGoal
from selfcheck.core.review.result import Certified
from selfcheck.reporting.review.release_text import Shown, describe_release
from selfcheck.store.chamber.cases import list_cases_of
from selfcheck.store.chamber.result.releases import find_releases_of
from selfcheck.store.parts import saving
from selfcheck.store.parts.values import GoalText
from selfcheck.store.parts.writes import Conflict, Part, Write
from selfcheck.web.http import clock
from selfcheck.web.layout import check_page
from selfcheck.web.layout.catalogue import find_version
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.reply import pages

ROOT = "/selbstcheck/<check_id>/ihk/ergebnis"


@dataclass(frozen=True, slots=True)
class ReleasedShown:
    """What one chamber has released; `shown` is None where it is damaged. `left` says what could still be taken over
    into the self-check: the day of the award, and so many goals."""

    case: str
    chamber: str
    at: datetime
    release: Release | None
    shown: Shown | None
    award: bool
    goals: int


@pages.get(ROOT)
def result(check_id: str) -> str:
    page = check_page.open_check(check_id, Right.READ)
    return check_page.render(
        "reply/result.html",
        page,
        url_for("reply.result", check_id=check_id),
        released=_list_released(page),
        shared=bool(list_cases_of(page.check.id)),
        taken="uebernommen" in request.args,
        may_take=page.may(Right.DETAILS),
    )


@pages.post(f"{ROOT}/<case_id>/uebernehmen")
def take_result(case_id: str, check_id: str) -> ResponseReturnValue:
    """The day of the award and the agreed goals become the town's own; what is there already stays as it is."""
    page = check_page.open_check(check_id, Right.DETAILS)
    found = find_releases_of(page.check.id).get(case_id)
    if found is None or found.release is None or found.release.result is None:
        abort(404)
    writes = list(_list_writes(page, case_id, found.release))
    result = saving.save(
        page.check, page.questionnaire, writes, page.access.who, clock.now(), allowed=page.access.allowed
    )
    done = not any(isinstance(outcome, Conflict) for outcome in result.outcomes)
    return redirect(url_for("reply.result", check_id=check_id, uebernommen=1 if done else None), 303)


def _list_released(page: CheckPage) -> list[ReleasedShown]:
    found = find_releases_of(page.check.id)
    return [
        ReleasedShown(
            case=case_id,
            chamber=each.release.chamber if each.release is not None else "",
            at=each.at,
            release=each.release,
            shown=_describe(page, each.release) if each.release is not None else None,
            award=each.release is not None and _lacks_award(page, each.release),
            goals=len(_list_new_goals(page, each.release)) if each.release is not None else 0,
        )
        for case_id, each in found.items()
    ]


def _describe(page: CheckPage, release: Release) -> Shown:
    """In the words of the questionnaire that was judged, also where the town has moved on to another version since."""
    judged = find_version(release.questionnaire) if release.questionnaire else None
    return describe_release(judged or page.questionnaire, release)


def _lacks_award(page: CheckPage, release: Release) -> bool:
    result = release.result
    given = result is not None and result.certified is Certified.YES and result.awarded is not None
    return given and result is not None and page.check.awarded != result.awarded


def _list_new_goals(page: CheckPage, release: Release) -> list[tuple[int, ShownGoal]]:
    """Agreed goals that are none of the town's yet, with their place in the list."""
    known = {entry.text.title for entry in page.loaded.goals}
    goals = release.result.goals if release.result is not None else ()
    return [(place, goal) for place, goal in enumerate(goals) if goal.title not in known]


def _list_writes(page: CheckPage, case_id: str, release: Release) -> Iterator[Write]:
    if _lacks_award(page, release) and release.result is not None:
        details = replace(page.check.details, awarded=release.result.awarded)
        yield Write(Part.DETAILS, "", page.check.version, details)
    for place, goal in _list_new_goals(page, release):
        text = GoalText(
            title=goal.title,
            criterion=goal.criterion if goal.criterion in page.questionnaire.criterion else "",
            measure=goal.measure,
            metric_target=goal.target,
            due=goal.due,
        )
        yield Write(Part.GOAL, None, 0, text, f"agreed.{case_id}.{place}")
