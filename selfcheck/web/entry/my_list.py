"""What a visitor may open, as a list: where each self-check stands, what comes next, and which of two is which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from selfcheck.core.permissions import Role
from selfcheck.core.rules.estimate import Verdict
from selfcheck.core.rules.facts import Facts
from selfcheck.core.text.order import fold
from selfcheck.reporting.words import german, verdict
from selfcheck.store.access.grants import Listed, Mine, list_mine
from selfcheck.store.catalogue.catalogue import UnknownQuestionnaire
from selfcheck.store.parts.saving import load_many
from selfcheck.store.parts.values import Loaded
from selfcheck.web.http import clock, cookie, signed_in
from selfcheck.web.layout.catalogue import catalogue

INSIDE = (Role.COORDINATOR, Role.COLLEAGUE)


@dataclass(frozen=True, slots=True)
class ListedCheck:
    """One self-check of the list. `result` and `next_date` are empty for offices, which see none of it.

    `begun` tells those of one name apart; empty where there is only one.
    """

    mine: Mine
    result: str
    next_date: str
    begun: str


def find_mine() -> Listed:
    """Everything that this visitor may open; asks nothing of the database for whoever holds nothing."""
    return list_mine(cookie.grants(), clock.now(), signed_in.account_id())


def find_latest() -> tuple[Mine, int] | None:
    """The self-check that was changed last of those that this visitor works on, and how many there are."""
    entries = list_open(find_mine().mine)
    return (entries[0], len(entries)) if entries else None


def list_open(entries: Sequence[Mine]) -> list[Mine]:
    """The self-checks among `entries` that one can work on."""
    return [entry for entry in entries if not entry.share and not entry.check.deleted_at]


def tell(entries: Sequence[Mine]) -> list[ListedCheck]:
    """The rows of the list, with as many statements for all of them as for one."""
    inside = [entry.check for entry in entries if entry.role in INSIDE]
    questionnaires = {}
    for name in {check.questionnaire for check in inside}:
        try:
            questionnaires[name] = catalogue().questionnaire(name)
        except UnknownQuestionnaire:
            continue
    loaded = load_many(inside, questionnaires)
    names = Counter(fold(entry.check.municipality) for entry in entries)
    return [_tell(entry, loaded, names) for entry in entries]


def _tell(entry: Mine, loaded: Mapping[int, Loaded], names: Counter[str]) -> ListedCheck:
    check, within = entry.check, entry.role in INSIDE
    found = loaded.get(check.id) if within else None
    several = names[fold(check.municipality)] > 1
    return ListedCheck(
        entry,
        _say_result(found) if found else "",
        _say_next(entry, clock.today()) if within else "",
        german.moment(clock.local(check.created_at)) if several else "",
    )


def _say_result(loaded: Loaded) -> str:
    check = loaded.check
    questionnaire = catalogue().questionnaire(check.questionnaire)
    facts = Facts(questionnaire, check.profile, loaded.answers, loaded.extras, clock.today(), check.interview)
    estimate = facts.estimate
    if estimate.verdict is Verdict.EMPTY:
        return "noch keine Angaben"
    reached = german.points_out_of(estimate.reached, estimate.points.possible)
    return f"angegeben {german.percent(verdict.share_claimed(estimate))}, {reached}"


def _say_next(entry: Mine, today: date) -> str:
    """The next day that somebody has to keep."""
    days = [(entry.offices_due_on, "Antworten der Fachbereiche"), (entry.check.interview, "Prüfgespräch")]
    coming = min(((day, what) for day, what in days if day is not None and day >= today), default=None)
    return f"{coming[1]} {german.day(coming[0])}" if coming else ""
