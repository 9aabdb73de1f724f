"""What became of the points: over the Stände, and since somebody last worked here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

from selfcheck.core.rules.estimate import Estimate
from selfcheck.reporting.charts.trend import Moment, Trend, build_trend
from selfcheck.reporting.words import german
from selfcheck.store.access.grants import Access
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.history import moments
from selfcheck.store.history.changes import last_change_of
from selfcheck.store.history.moments import Then
from selfcheck.web.http import clock
from selfcheck.web.layout import check_page
from selfcheck.web.layout.catalogue import find_version
from selfcheck.web.layout.check_page import CheckPage, situate

MOST = 8
"""Stände that are drawn, the newest ones: each is estimated anew."""


@dataclass(frozen=True, slots=True)
class Past:
    """`since` says what changed since this visitor last worked here, empty where that is nothing or not known."""

    trend: Trend | None
    since: str


def open_with_past(access: Access) -> tuple[CheckPage, Past]:
    """The self-check as it is now and what became of it: what stood there once is read together with the present."""
    named = _newest(moments.moments(access.check.id))
    last = last_change_of(access.check.id, access.grant_id, _begin_of_today())
    wanted = [each.change_id for each in named] + ([last[0]] if last else [])
    if not wanted:
        return check_page.load_page(access), Past(None, "")
    questionnaire = check_page.prepare(access.check).questionnaire
    try:
        *once, present = moments.read_then(access.check, questionnaire, [*wanted, None], find_version)
    except DamagedRow:
        # What is damaged may be the history alone: then the present is still there.
        return check_page.load_page(access), Past(None, "")
    page = check_page.show_loaded(access, present.loaded)
    estimates = [_estimate(page, then) for then in once]
    since = _say_since(last[1], estimates[-1], page.estimate) if last else ""
    return page, Past(_trend(page, named, estimates), since)


def _newest(named: Iterable[moments.Moment]) -> list[moments.Moment]:
    """The newest ones, oldest first, one per change."""
    return list({moment.change_id: moment for moment in named}.values())[:MOST][::-1]


def _begin_of_today() -> datetime:
    return datetime.combine(clock.today(), time(), clock.local(clock.now()).tzinfo).astimezone(UTC)


def _estimate(page: CheckPage, then: Then) -> Estimate:
    return situate(then.questionnaire, then.loaded.check, then.loaded, page.today).estimate


def _trend(page: CheckPage, named: list[moments.Moment], estimates: list[Estimate]) -> Trend | None:
    if not named:
        return None
    days = [clock.local(moment.at).date() for moment in named]
    met = Counter((_name(moment), day) for moment, day in zip(named, days, strict=True))
    points = [
        Moment(_name(moment, timed=met[_name(moment), day] > 1), day, estimate)
        for moment, day, estimate in zip(named, days, estimates, strict=False)
    ]
    return build_trend(page.questionnaire, [*points, Moment("jetzt", page.today, page.estimate)], page.check.interview)


def _name(moment: moments.Moment, *, timed: bool = False) -> str:
    """What it is called; `timed` where its day has another one of this name."""
    name = moment.name if moment.id is not None else f"Bericht an {moment.name}"
    return f"{name}, {clock.local(moment.at):%H:%M} Uhr" if timed else name


def _say_since(at: datetime, then: Estimate, now: Estimate) -> str:
    """`+3,5 Punkte angegeben, +1 Punkt belegt seit dem 12.11.2026`."""
    day = f"seit dem {german.day(clock.local(at).date())}, als Sie zuletzt hier gearbeitet haben"
    said = list(_differences(then, now))
    return f"{' und '.join(said)} {day}." if said else f"Unverändert {day}."


def _differences(then: Estimate, now: Estimate) -> Iterator[str]:
    for word, points in (
        ("angegeben", now.reached - then.reached),
        ("belegt", now.reached_documented - then.reached_documented),
    ):
        if points:
            yield f"{'+' if points > 0 else '−'}{german.points_count(abs(points))} {word}"
