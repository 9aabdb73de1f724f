"""Coming in by a link: what it opens for this visitor, and which grant they get for it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, url_for

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import Criterion
from selfcheck.store.access import grants, links
from selfcheck.store.access.grants import Access
from selfcheck.store.access.links import Valid, Why
from selfcheck.store.database import limits
from selfcheck.store.parts.values import Holder
from selfcheck.store.team.places import questions_asked
from selfcheck.web.entry.ended import last_day, whom_to_ask
from selfcheck.web.http import attempts, clock, guards, headers
from selfcheck.web.http.browser import cookie, signed_in
from selfcheck.web.http.errors import Ended
from selfcheck.web.layout import check_page
from selfcheck.web.layout.fields import PageForm, line

ENTERED = (Role.COORDINATOR, Role.COLLEAGUE, Role.OFFICE)
INSIDE = (Role.COORDINATOR, Role.COLLEAGUE)
NO_MORE = "Dieser Link gilt nicht mehr."
EXPIRED = "Dieser Link ist abgelaufen."
WITHDRAWN = "Die Koordination hat diesen Zugang zurückgezogen."
AGAIN = (
    "Wenn Sie den Selbstcheck auf einem anderen Gerät noch offen haben, lassen Sie sich dort unter "
    "„Übersicht“ einen neuen persönlichen Link anzeigen."
)
RESTORE = (
    "30 Tage lang lässt er sich wiederherstellen: auf einem Gerät, auf dem er zuletzt offen war, "
    "unter „Meine Selbstchecks“."
)


class NameForm(PageForm):
    name = line("Ihr Name", limits.NAME, "Ihren Namen")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an office is asked: how many questions, of which criteria."""

    questions: int
    criteria: tuple[Criterion, ...]


def find_link(token: str) -> Valid:
    """The self-check that this link opens for others than readers. Raises `Ended`; 404 for unknown ones."""
    headers.keep_private()
    found = links.look_up(token, clock.now())
    if isinstance(found, links.Ended) and found.role in ENTERED:
        raise ended(found)
    if not isinstance(found, Valid) or found.role not in ENTERED:
        attempts.count_attempt("token")
        abort(404)
    return found


def ended(found: links.Ended) -> Ended:
    """What the page says of a link that is closed."""
    day = last_day(found.when, found.why)
    if found.why is Why.TAKEN_OVER:
        return Ended(guards.TAKEN_OVER, day, guards.SIGN_IN)
    if found.role is Role.COORDINATOR:
        deleted = found.why is Why.DELETED
        return Ended(guards.DELETED if deleted else NO_MORE, day, RESTORE if deleted else AGAIN)
    what = {Why.EXPIRED: EXPIRED, Why.WITHDRAWN: WITHDRAWN}.get(found.why, guards.DELETED)
    ask = whom_to_ask(found.why, guards.ASK_COORDINATION)
    return Ended(what, day, ask if what == guards.DELETED else f"{guards.KEPT} {ask}")


def count_asked(found: Valid) -> Asked:
    ids = questions_asked(found.place_id)
    questionnaire = check_page.prepare(found.check).questionnaire
    asked = {questionnaire.question[id].criterion for id in ids if id in questionnaire.question}
    return Asked(len(ids), tuple(each for each in questionnaire.criteria if each.id in asked))


def find_place(found: Valid) -> Access | None:
    """The open place that this visitor has in the self-check already."""
    place = grants.visitor(
        cookie.grants(), found.check.public_id, clock.now(), note_visit=False, account_id=signed_in.account_id()
    )
    if place is None or place.closed_at is not None or (place.ends_on is not None and place.ends_on < clock.today()):
        return None
    return place


def enter(found: Valid, token: str, name: str) -> str:
    """Gives the visitor the place of this link, if theirs is not as good already; where they land.

    Whoever has a place keeps its grant: twenty clicks must not push the other self-checks out of a cookie.
    """
    place = find_place(found)
    if not _is_enough(found, place) or moves_into_account(found, place):
        _sit_down(found, token, name, place)
        place = None
    works_inside = place is not None and place.role in INSIDE
    if found.role is Role.OFFICE and not works_inside:
        return url_for("office.page", check_id=found.check.public_id)
    return url_for("overview.overview", check_id=found.check.public_id)


def _is_enough(found: Valid, place: Access | None) -> bool:
    if place is None:
        return False
    if found.role is Role.COORDINATOR:
        return place.role is Role.COORDINATOR
    return place.role in INSIDE or place.place_id == found.place_id


def moves_into_account(found: Valid, place: Access | None) -> bool:
    """Whether a colleague has the place in this browser only and gets it into their account with „Öffnen“."""
    if place is None or found.role is not Role.COLLEAGUE or place.role is not Role.COLLEAGUE:
        return False
    return place.account_id is None and signed_in.account_id() is not None


def _sit_down(found: Valid, token: str, name: str, place: Access | None) -> None:
    attempts.count_attempt("enter")
    account = signed_in.account()
    if found.role is Role.COLLEAGUE and account is not None:
        holder, browser = Holder(account.id, account.name or name), place.grant_id if place is not None else 0
        taken = links.open_for_account(token, holder, clock.now(), browser)
    else:
        cookie.make_room()
        secret = links.open_link(token, clock.now(), name)
        taken = secret is not None
        if secret is not None:
            cookie.add_grant(secret)
    if not taken:
        abort(404)
