"""Fetch for this visitor, or refuse: the only place that asks who is there. `core.permissions` decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import abort, current_app, request

from selfcheck.core.permissions import ADVISOR, OPERATOR, Right, Role, Verdict, decide
from selfcheck.store.access import grants
from selfcheck.store.access.grants import Access
from selfcheck.store.accounts.accounts import SignedIn
from selfcheck.store.catalogue.sample import ID as SAMPLE
from selfcheck.store.catalogue.sample import find_sample
from selfcheck.store.chamber import cases
from selfcheck.store.chamber.cases import Advisor, Case
from selfcheck.store.chamber.locking import CaseGone
from selfcheck.store.database.times import RESTORABLE
from selfcheck.web.http import clock, copies, headers
from selfcheck.web.http.browser import cookie, signed_in
from selfcheck.web.http.errors import Ended
from selfcheck.web.http.load import pace

DELETED = "Dieser Selbstcheck wurde gelöscht."
RESTORE = "Unter „Meine Selbstchecks“ können Sie ihn 30 Tage lang wiederherstellen."
FOR_GOOD = "Er lässt sich nicht wiederherstellen: Die 30 Tage dafür sind vorbei."
ASK_COORDINATION = "Bitten Sie die Koordination Ihrer Kommune um einen neuen Zugang."
KEPT = "Was Sie eingetragen haben, bleibt gespeichert."
TAKEN_OVER = "Der persönliche Link zu diesem Selbstcheck gilt nicht mehr: Er gehört jetzt zu einem Konto."
SIGN_IN = "Melden Sie sich mit diesem Konto an. Wenn es nicht Ihres ist, fragen Sie die Koordination."
NO_PLACE = "Ihr Zugang zu diesem Selbstcheck gilt nicht mehr."


def enter(check_id: str, right: Right, *, even_deleted: bool = False) -> Access:
    """The self-check for a visitor who has this right in it; 404, 403 or 410 for everybody else.

    Raises `TooFast` for whoever sends more than people do.

    `even_deleted`: also for what can still be restored.
    """
    headers.keep_private()
    if check_id == SAMPLE:
        return look_at_sample(right)
    account = signed_in.account_id()
    found = grants.visitor(cookie.grants(), check_id, clock.now(), request.method == "GET", account)
    verdict = decide(found.standing if found else None, right, clock.today(), even_deleted=even_deleted)
    if found is None or verdict is Verdict.UNKNOWN:
        abort(404)
    if verdict is Verdict.REFUSED:
        abort(403)
    if verdict is Verdict.ENDED:
        raise _ended(found)
    if request.method == "GET":
        cookie.renew(clock.today())
    elif request.method == "POST":
        pace.count_save(found.grant_id)
    return found


def look_at_sample(right: Right = Right.READ) -> Access:
    """The sample town, for everybody who only looks; 404 where there is none, 403 for whoever wants more than that."""
    look = find_look()
    if look is None:
        abort(404)
    if not look.may(right):
        abort(403)
    return look


def find_look() -> Access | None:
    """A look at the sample town; None where the questionnaire has none."""
    sample = find_sample(current_app.extensions["catalogue"])
    return grants.look_at(sample) if sample is not None else None


def _ended(found: Access) -> Ended:
    deleted_at, new_place = found.check.deleted_at, f"{KEPT} {ASK_COORDINATION}"
    if found.closed_at is not None:
        owned = found.role is Role.COORDINATOR and found.account_id is None
        what, ask = (TAKEN_OVER, SIGN_IN) if owned else (NO_PLACE, new_place)
        if not owned:  # whoever has the account finds what they wrote once they have signed in
            copies.forget_now(found.check.public_id)
        return Ended(what, clock.local(found.closed_at).date(), ask)
    if found.ends_on is not None and found.ends_on < clock.today():
        copies.forget_now(found.check.public_id)
        return Ended(NO_PLACE, found.ends_on + timedelta(days=1), new_place)
    if deleted_at is None:
        return Ended(NO_PLACE, None, new_place)
    restorable = found.role is Role.COORDINATOR and clock.now() - deleted_at <= RESTORABLE
    ask = RESTORE if restorable else FOR_GOOD if found.role is Role.COORDINATOR else ASK_COORDINATION
    return Ended(DELETED, clock.local(deleted_at).date(), ask)


def advise() -> Advisor:
    """The advisor who is signed in, with the own chamber; for everybody else there is no such page."""
    headers.keep_private()
    account = signed_in.account()
    if account is None or account.position != ADVISOR or not account.chamber:
        abort(404)
    return Advisor(account.id, account.name, account.mail, account.chamber)


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case, and the advisor of its chamber who looks at it."""

    advisor: Advisor
    case: Case


def open_case(case_id: str, *, even_gone: bool = False) -> OpenCase:
    """A case of the advisor's own chamber; 404 for everybody else, 410 where the town took its report back
    (`CaseGone`).

    `even_gone`: also then, for what says nothing of the report.
    """
    advisor = advise()
    case = cases.find_case(advisor.chamber, case_id)
    if case is None:
        abort(404)
    if case.gone is not None and not even_gone:
        raise CaseGone(case.gone)
    if request.method == "POST":
        pace.count_account(advisor.account_id)
    return OpenCase(advisor, case)


def operate() -> SignedIn:
    """The operator who is signed in; for everybody else there is no such page."""
    headers.keep_private()
    account = signed_in.account()
    if account is None or account.position != OPERATOR:
        abort(404)
    return account
