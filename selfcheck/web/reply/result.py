"""What the chamber has released: its points and verdicts, the result, and the goals that were agreed on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.review.release import Release
from selfcheck.core.review.result import Certified
from selfcheck.reporting.review.release_text import Shown, describe_release
from selfcheck.store.chamber.cases import list_cases_of
from selfcheck.store.chamber.result.releases import find_releases_of, fingerprint
from selfcheck.store.parts import saving
from selfcheck.store.parts.writes import Conflict, Part, Saved, Write
from selfcheck.web.http import clock
from selfcheck.web.layout import check_page
from selfcheck.web.layout.catalogue import find_version
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.fields import KeyField, PageForm, SentHiddenField
from selfcheck.web.reply import pages
from selfcheck.web.reply.agreed import Agreed, compare_goals, list_goal_writes

ROOT = "/selbstcheck/<check_id>/ihk/ergebnis"


class TakeForm(PageForm):
    """`seen` is the fingerprint of the release that its author read; by `key` a double click adds no goal twice."""

    seen = SentHiddenField()
    key = KeyField()


@dataclass(frozen=True, slots=True)
class Left:
    """What of a release could still be taken over into the self-check: the day of the award, and goals."""

    award: bool
    agreed: Agreed
    form: TakeForm

    def __bool__(self) -> bool:
        return self.award or bool(self.agreed.new) or bool(self.agreed.met)


@dataclass(frozen=True, slots=True)
class ReleasedShown:
    """What one chamber has released; `shown` and `left` are None where it is damaged."""

    case: str
    chamber: str
    at: datetime
    shown: Shown | None
    left: Left | None


@pages.get(ROOT)
def result(check_id: str) -> str:
    return _show(check_page.open_check(check_id, Right.READ))


@pages.post(f"{ROOT}/<case_id>/uebernehmen")
def take_result(case_id: str, check_id: str) -> ResponseReturnValue:
    """The day of the award and the agreed goals become the town's own; where a goal is called the same, what was chosen
    for it. Nothing is taken over from what somebody has not seen."""
    page = check_page.open_check(check_id, Right.DETAILS)
    found = find_releases_of(page.check.id).get(case_id)
    if found is None or found.release is None or found.release.result is None:
        abort(404)
    form = TakeForm()
    if not form.validate() or form.seen.data != fingerprint(found.release):
        return _show(page, overtaken=True), 409
    agreed = compare_goals(page, case_id, found.release, unread=False)
    writes = [*_list_award_writes(page, found.release), *list_goal_writes(agreed, form.key.data or "")]
    result = saving.save(
        page.check, page.questionnaire, writes, page.access.who, clock.now(), allowed=page.access.allowed
    )
    if any(isinstance(outcome, Conflict) for outcome in result.outcomes):
        return _show(check_page.load_page(page.access), overtaken=True), 409
    saved = any(isinstance(outcome, Saved) for outcome in result.outcomes)
    return redirect(url_for("reply.result", check_id=check_id, uebernommen=1 if saved else None), 303)


def _show(page: CheckPage, *, overtaken: bool = False) -> str:
    """`overtaken`: something else stands there by now than what was seen."""
    return check_page.render(
        "reply/result.html",
        page,
        url_for("reply.result", check_id=page.check.public_id),
        released=_list_released(page),
        shared=bool(list_cases_of(page.check.id)),
        taken="uebernommen" in request.args and not overtaken,
        overtaken=overtaken,
        may_take=page.may(Right.DETAILS),
    )


def _list_released(page: CheckPage) -> list[ReleasedShown]:
    found = find_releases_of(page.check.id)
    return [
        ReleasedShown(
            case=case_id,
            chamber=each.release.chamber if each.release is not None else "",
            at=each.at,
            shown=_describe(page, each.release) if each.release is not None else None,
            left=_find_left(page, case_id, each.release) if each.release is not None else None,
        )
        for case_id, each in found.items()
    ]


def _describe(page: CheckPage, release: Release) -> Shown:
    """In the words of the questionnaire that was judged, also where the town has moved on to another version since."""
    judged = find_version(release.questionnaire) if release.questionnaire else None
    return describe_release(judged or page.questionnaire, release)


def _find_left(page: CheckPage, case_id: str, release: Release) -> Left:
    form = TakeForm({"seen": fingerprint(release)}, unread=True)
    return Left(_lacks_award(page, release), compare_goals(page, case_id, release), form)


def _lacks_award(page: CheckPage, release: Release) -> bool:
    result = release.result
    given = result is not None and result.certified is Certified.YES and result.awarded is not None
    return given and result is not None and page.check.awarded != result.awarded


def _list_award_writes(page: CheckPage, release: Release) -> list[Write]:
    if not _lacks_award(page, release) or release.result is None:
        return []
    details = replace(page.check.details, awarded=release.result.awarded)
    return [Write(Part.DETAILS, "", page.check.version, details)]
