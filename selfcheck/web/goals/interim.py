"""Zwischenstand der Ziele: once a year after the award, what became of each agreed goal; saved goal by goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.goals.interim import Times, anniversary
from selfcheck.core.permissions import Right
from selfcheck.reporting.words import german
from selfcheck.reporting.words.authors import say_author
from selfcheck.reporting.words.interim_text import say_year
from selfcheck.store.parts.values import Entry, GoalText, StoredInterim
from selfcheck.web.goals import pages
from selfcheck.web.goals.interim_forms import (
    InterimShown,
    SubmittedInterim,
    list_errors,
    list_facts,
    read_interims,
    say_stored,
    show_interim,
)
from selfcheck.web.http import clock, errors, guards
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.derived.interim import Said, count_said, find_page_times, load_said
from selfcheck.web.layout.derived.recommended import list_agreed_recommendations
from selfcheck.web.layout.fragments import draw
from selfcheck.web.parts import protocol
from selfcheck.web.parts.conflicts import draw_conflicts
from selfcheck.web.parts.protocol import Saving
from selfcheck.web.parts.submitted import Submission

ADDRESS = "/selbstcheck/<check_id>/ziele/zwischenstand"

Facts = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class YearLink:
    """One year of the label; `href` is empty for the one that is shown."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class GoalRow:
    """An agreed goal with its form; `other` is what was said of it in other years, by year."""

    number: int
    title: str
    agreed: Facts
    other: tuple[tuple[str, Facts], ...]
    shown: InterimShown
    author: str


@pages.get(ADDRESS)
def interim(check_id: str) -> str:
    return _render(check_page.open_check(check_id, Right.READ))


@pages.post(ADDRESS)
def save_interim(check_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.ANSWER)
    questionnaire = check_page.prepare(access.check).questionnaire
    submitted = list(read_interims(Submission(request.form)))
    saving = protocol.save(access, questionnaire, [each.part for each in submitted])
    if errors.wants_json():
        return protocol.answer_script(saving, _draw_anew(check_page.show_loaded(access, saving.loaded), saving))
    if saving.status != 200:
        return _render(check_page.show_loaded(access, saving.loaded), submitted, saving), saving.status
    year = request.args.get("jahr")
    return redirect(url_for("goals.interim", check_id=check_id, jahr=year, gespeichert=1), 303)


def _draw_anew(page: CheckPage, saving: Saving) -> dict[str, str]:
    drawn = {}
    times = _choose_times(page)
    if times is not None:
        asked = count_said(page, times, load_said(page))
        drawn["#stand"] = draw("layout/interim.html", "counted", asked)
    for name in saving.parts:
        drawn[f"#konflikte-{name.replace('.', '-')}"] = draw_conflicts(saving.list_conflicts(name), name)
    return drawn


def _choose_times(page: CheckPage) -> Times | None:
    """The year that is asked for, or an earlier one that the address names."""
    times, chosen = find_page_times(page), request.args.get("jahr", "")
    if times is None or not (chosen.isascii() and chosen.isdigit() and len(chosen) == 1):
        return times
    return replace(times, year=int(chosen)) if 0 < int(chosen) <= times.year else times


def _render(page: CheckPage, submitted: Sequence[SubmittedInterim] = (), saving: Saving | None = None) -> str:
    """The page; what of `submitted` could not be saved stays as it was typed."""
    conflicts = saving.conflicts if saving else {}
    refused = [each for each in submitted if each.part.errors or each.part.name in conflicts]
    mine = {each.part.name: each.shown for each in refused}
    titles = {goal.number: goal.text.title for goal in page.loaded.goals}
    wrong = list_errors(refused, titles)
    wrong += [(f"konflikt-{name}", "Ein Eintrag wurde zwischenzeitlich geändert.") for name in conflicts]
    times = _choose_times(page)
    said = load_said(page) if times is not None else {}
    address = url_for("goals.lists", check_id=page.check.public_id)
    return check_page.render(
        "goals/interim.html",
        page,
        address,
        goals=address,
        asked=count_said(page, times, said) if times is not None else None,
        years=_list_years(page, times) if times is not None else (),
        rows=[_row(page, goal, times, said, mine) for goal in page.loaded.goals] if times is not None else (),
        recommended=list_agreed_recommendations(page),
        conflicts=conflicts,
        errors=wrong,
        save=url_for("goals.save_interim", check_id=page.check.public_id, jahr=request.args.get("jahr")),
        scope=f"{page.check.public_id}-{page.access.place_id}",
    )


def _list_years(page: CheckPage, times: Times) -> list[YearLink]:
    """Those that were asked for until now, the newest first; none where there is one only."""
    newest = find_page_times(page) or times
    if newest.year == 1:
        return []
    links = []
    for year in range(newest.year, 0, -1):
        words = f"{say_year(year)}, {german.day(anniversary(times.awarded, year))}"
        href = url_for("goals.interim", check_id=page.check.public_id, jahr=year) if year != times.year else ""
        links.append(YearLink(words, href))
    return links


def _row(page: CheckPage, goal: Entry[GoalText], times: Times, said: Said, mine: Mapping[str, InterimShown]) -> GoalRow:
    stored = said.get((times.year, goal.number), StoredInterim(times.year, goal.number))
    shown = show_interim(stored)
    other = [(say_year(each.year), list_facts(say_stored(each))) for each in said.values() if each.goal == goal.number]
    return GoalRow(
        number=goal.number,
        title=goal.text.title,
        agreed=_list_agreed(goal.text),
        other=tuple((year, facts) for year, facts in other if facts and year != say_year(times.year)),
        shown=mine.get(shown.name, shown),
        author=say_author(stored.by, clock.local(stored.at), page.access.me) if stored.at is not None else "",
    )


def _list_agreed(text: GoalText) -> Facts:
    facts = (
        ("Maßnahme", text.measure),
        ("Messgröße", text.metric),
        ("Stand damals", text.metric_now),
        ("Zielwert", text.metric_target),
        ("Bis wann", german.day(text.due) if text.due else ""),
        ("Wer kümmert sich", text.person),
    )
    return [(label, words) for label, words in facts if words]
