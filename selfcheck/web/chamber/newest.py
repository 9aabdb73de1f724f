"""The Stände that were shared in a case, each read with the questionnaire that it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.review.changed import Shared
from selfcheck.reporting.report.stand import DamagedStand, Stand, stand_from_plain
from selfcheck.store.chamber import stands
from selfcheck.store.chamber.cases import Case
from selfcheck.store.chamber.stands import SharedStand
from selfcheck.web.http.errors import Ended
from selfcheck.web.layout.catalogue import find_version

_Read = TypeVar("_Read")

DAMAGED = "Dieser Stand ist beschädigt und lässt sich nicht mehr anzeigen."
ASK_TOWN = (
    "Bitten Sie die Kommune, einen neuen Stand zu teilen. Die Angaben im Selbstcheck selbst sind davon nicht betroffen."
)


@dataclass(frozen=True, slots=True)
class ReadStand:
    """A Stand in the words of its questionnaire."""

    number: int
    frozen_at: datetime
    stand: Stand
    questionnaire: Questionnaire

    @property
    def shared(self) -> Shared:
        return Shared(self.number, self.stand.answers, self.stand.estimate)


def read_newest(case: Case) -> ReadStand | None:
    """The newest Stand of a case: one statement. None where it is damaged, or its questionnaire cannot be read."""
    shared = stands.read_stand(case)
    return read_shared(shared) if shared is not None else None


def read_shared(shared: SharedStand) -> ReadStand | None:
    """The same of a Stand that was fetched."""
    name = (shared.content or {}).get("questionnaire")
    questionnaire = find_version(name) if isinstance(name, str) else None
    if questionnaire is None:
        return None
    try:
        stand = stand_from_plain(questionnaire, shared.content)
    except DamagedStand:
        return None
    return ReadStand(shared.number, shared.frozen_at, stand, questionnaire)


def demand(read: _Read | None) -> _Read:
    """What was read, for pages that are nothing without it."""
    if read is None:
        raise Ended(DAMAGED, None, ASK_TOWN)
    return read
