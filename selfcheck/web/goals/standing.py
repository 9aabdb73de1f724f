"""Goals whose question is answered otherwise by now: what holds today, and taking it over with one button."""

from __future__ import annotations

from dataclasses import replace

from werkzeug.datastructures import MultiDict

from selfcheck.core.text.contents import MOST, clean
from selfcheck.reporting.report.goal_text import GoalWords, Moved, find_moved
from selfcheck.store.database import limits
from selfcheck.store.parts.values import EntryText, GoalText
from selfcheck.store.parts.writes import Part
from selfcheck.web.layout.check_page import CheckPage


def words_of(text: GoalText) -> GoalWords:
    return GoalWords(text.start, text.measure, text.metric_now, text.metric_target)


def find_news(page: CheckPage, text: EntryText | None) -> Moved | None:
    """What became of the question that a goal came from; None for other entries, and where it is as the goal says."""
    if not isinstance(text, GoalText):
        return None
    return find_moved(page.questionnaire, page.loaded.answers, words_of(text), limits.LINE)


def take_over(page: CheckPage, form: MultiDict[str, str], name: str) -> MultiDict[str, str]:
    """`form` where the goal `name` says what holds today. Only what still stands there as it came from the answer is
    replaced: whoever typed something else meanwhile keeps it.
    """
    goal = next((each for each in page.loaded.goals if f"{Part.GOAL.value}.{each.number}" == name), None)
    if goal is None:
        return form
    start, now = (_read(form, f"{name}.{field}") for field in ("start", "metric_now"))
    moved = find_news(page, replace(goal.text, start=start, metric_now=now))
    if moved is None:
        return form
    taken = form.copy()
    taken[f"{name}.metric_now"], taken[f"{name}.start"] = moved.metric_now, moved.start
    return taken


def _read(form: MultiDict[str, str], field: str) -> str:
    typed = form.get(field, "")
    return clean(typed) if len(typed) <= MOST else ""
