"""The Stand that documents are made of: what stands there now, frozen as the next one unless the last says the same."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from selfcheck.core.removed import Removed
from selfcheck.reporting.report.report import Edition, Report, build_report
from selfcheck.reporting.report.stand import Stand, stand_from_plain, stand_to_plain
from selfcheck.store.database.write_queue import Busy
from selfcheck.store.sharing import stands
from selfcheck.store.sharing.stands import KeptStand
from selfcheck.web.documents.forms import Choice
from selfcheck.web.http import clock
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.sharing.freeze import take_stand


class NotFrozen(Exception):
    """The database is busy: there is no Stand to make a document of."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A Stand with its number, and when it was frozen; `redacted` as in `KeptStand`."""

    number: int
    at: datetime
    stand: Stand
    redacted: Removed | None = None


def freeze(page: CheckPage) -> Frozen:
    """The Stand that says what stands there now; it is kept. Raises `NotFrozen`."""
    try:
        kept = stands.keep_stand(page.check.id, _say(page), clock.now())
    except Busy as error:
        raise NotFrozen from error
    return Frozen(kept.number, kept.frozen_at, stand_from_plain(page.questionnaire, kept.content), kept.redacted)


def find_frozen(page: CheckPage) -> KeptStand | None:
    """The last Stand, if nothing has changed since."""
    return stands.find_same(page.check.id, _say(page))


def build(page: CheckPage, frozen: Frozen, choice: Choice) -> Report:
    """Its report, with what was chosen."""
    stand = frozen.stand
    shown = replace(
        stand,
        route=stand.route if choice.route else None,
        checklist=stand.checklist if choice.checklist else None,
        remarks=None,
    )
    edition = Edition(frozen.number, clock.local(frozen.at), stand.chamber, page.check.public_id, frozen.redacted)
    return build_report(page.questionnaire, shown, edition)


def _say(page: CheckPage) -> dict[str, object]:
    return stand_to_plain(take_stand(page, "", with_route=True, with_checklist=True))
