"""What a town sees of the cases at chambers: where each stands, what was shared, who read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from selfcheck.core.review.case import Ball
from selfcheck.core.rules.answers import OPEN
from selfcheck.reporting.report.stand import DamagedStand, stand_from_plain
from selfcheck.reporting.review.standing import TURNS, say_state
from selfcheck.store.chamber import stands
from selfcheck.store.chamber.cases import Case
from selfcheck.store.chamber.stands import Look, SentStand
from selfcheck.web.layout.catalogue import name_chamber
from selfcheck.web.layout.check_page import CheckPage


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case; `turn` says whose turn it is, and `since` when."""

    case: Case
    chamber: str
    state: str
    turn: str
    since: datetime
    stands: tuple[SentStand, ...]
    looks: tuple[Look, ...]

    @property
    def closed(self) -> bool:
        return self.case.withdrawn_at is not None


def list_rows(check_id: int, cases: list[Case]) -> list[CaseRow]:
    """Two statements where there are cases."""
    if not cases:
        return []
    sent, looks = stands.list_stands_of(check_id), stands.list_looks_of(check_id)
    return [
        CaseRow(
            case=case,
            chamber=name_chamber(case.chamber),
            state=say_state(case.state, case.papers_missing),
            turn=TURNS[Ball(case.waits_on)],
            since=case.waits_since,
            stands=tuple(each for each in sent if each.case_id == case.id),
            looks=tuple(each for each in looks if each.case_id == case.id),
        )
        for case in cases
    ]


def count_changed(page: CheckPage, case: Case) -> int | None:
    """To how many questions something was changed since the Stand that the chamber has: one statement. None where that
    cannot be said.
    """
    shared = stands.read_stand(case)
    if shared is None or shared.content is None or shared.content.get("questionnaire") != page.questionnaire.name:
        return None
    try:
        before = stand_from_plain(page.questionnaire, shared.content).answers
    except DamagedStand:
        return None
    now = page.loaded.answers
    return sum(before.get(each.id, OPEN) != now.get(each.id, OPEN) for each in page.questionnaire.questions)
