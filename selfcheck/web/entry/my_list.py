"""What a visitor may open, as a list: where each self-check stands, what comes next, and which of two is which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import Validity
from selfcheck.core.renewal.dates import find_label
from selfcheck.core.rules.estimate import Estimate, Verdict
from selfcheck.core.rules.situation import Situation
from selfcheck.core.text.order import fold
from selfcheck.reporting.words import german, verdict
from selfcheck.store.access.grants import Listed, Mine, list_mine
from selfcheck.store.catalogue.catalogue import UnknownQuestionnaire
from selfcheck.store.parts.saving import Steps, load_many, load_many_steps
from selfcheck.store.parts.values import Check, Loaded
from selfcheck.store.team.deeds import Deeds, load_many_deeds
from selfcheck.web.http import clock
from selfcheck.web.http.browser import cookie, signed_in
from selfcheck.web.layout.catalogue import catalogue
from selfcheck.web.layout.steps import list_days, put_together

INSIDE = (Role.COORDINATOR, Role.COLLEAGUE)
Looked = tuple[str, str, str]
NOTHING: Looked = ("", "", "")


@dataclass(frozen=True, slots=True)
class ListedCheck:
    """One self-check of the list. `result`, `next_date` and `ends` are empty for offices, which see none of it.

    `ends` is the last day of a label where it is time for the next audit. `begun` tells those of one name apart; empty
    where there is only one.
    """

    mine: Mine
    result: str
    next_date: str
    ends: str
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
    loaded, ids, today = load_many(inside, questionnaires), [check.id for check in inside], clock.today()
    steps, deeds = load_many_steps(ids), load_many_deeds(ids, today)
    found = {id: _look_at(each, steps[id], deeds[id], today) for id, each in loaded.items()}
    names = Counter(fold(entry.check.municipality) for entry in entries)
    return [_tell(entry, found, names) for entry in entries]


def _tell(entry: Mine, looked_at: Mapping[int, Looked], names: Counter[str]) -> ListedCheck:
    check, within = entry.check, entry.role in INSIDE
    result, next_date, ends = looked_at.get(check.id, NOTHING) if within else NOTHING
    several = names[fold(check.municipality)] > 1
    return ListedCheck(
        entry,
        result,
        next_date,
        ends,
        german.moment(clock.local(check.created_at)) if several else "",
    )


def _look_at(loaded: Loaded, steps: Steps, deeds: Deeds, today: date) -> Looked:
    """Where a self-check stands, the next day that somebody has to keep there, and when its label ends."""
    check = loaded.check
    questionnaire = catalogue().questionnaire(check.questionnaire)
    situation = Situation(questionnaire, check.profile, loaded.answers, loaded.extras, today, check.interview)
    days = list_days(put_together(check, situation, steps, deeds), check.interview, today)
    next_date = f"{days[0].what}, {days[0].said}" if days else ""
    return _say_result(situation.estimate), next_date, _say_end(check, questionnaire.validity, today)


def _say_end(check: Check, validity: Validity, today: date) -> str:
    label = find_label(check.awarded, check.profile.audit, validity) if check.awarded is not None else None
    return german.day(label.until) if label is not None and label.is_due(today) else ""


def _say_result(estimate: Estimate) -> str:
    if estimate.verdict is Verdict.EMPTY:
        return "noch keine Angaben"
    reached = german.points_out_of(estimate.reached, estimate.points.possible)
    return f"angegeben {german.percent(verdict.share_claimed(estimate))}, {reached}"
