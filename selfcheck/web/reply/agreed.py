"""Agreed goals beside those of the town: what taking one over adds, or changes in a goal of the same name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from wtforms import RadioField

from selfcheck.core.questionnaire.model import CriterionId, Questionnaire
from selfcheck.core.review.release import Release, ShownGoal
from selfcheck.core.text.order import fold
from selfcheck.reporting.review.result_text import say_goal
from selfcheck.store.parts.values import Entry, GoalText
from selfcheck.store.parts.writes import Part, Write
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.fields import PageForm, SentHiddenField
from selfcheck.web.parts.submitted import read_version

TAKE, KEEP = "take", "keep"


class MeetForm(PageForm):
    """What becomes of a goal that the town has otherwise; `version` is the one that was shown beside the agreed one."""

    choice = RadioField(
        "Was soll bei Ihren Zielen stehen?",
        choices={TAKE: "Das Vereinbarte", KEEP: "Weiter das, was jetzt bei Ihnen steht"},
        validate_choice=False,
    )
    version = SentHiddenField()


@dataclass(frozen=True, slots=True)
class Met:
    """A goal of the town that is called as an agreed one and says something else: label, the town's words and the
    agreed ones. `wanted` is what the goal says once the agreed words stand in it; what was not agreed on stays."""

    entry: Entry[GoalText]
    wanted: GoalText
    differs: tuple[tuple[str, str, str], ...]
    form: MeetForm


@dataclass(frozen=True, slots=True)
class Agreed:
    """What of the agreed goals the town's do not say: `new` by their places in the release, and `met`."""

    new: Mapping[int, GoalText]
    met: tuple[Met, ...]


def compare_goals(page: CheckPage, case_id: str, release: Release, *, unread: bool = True) -> Agreed:
    """Each goal of the town meets one agreed goal at most. `unread`: the forms stand as they are offered."""
    goals = release.result.goals if release.result is not None else ()
    free, new, met = list(page.loaded.goals), {}, []
    for place, goal in enumerate(goals):
        text = _read_goal(page.questionnaire, goal)
        entry = next((each for each in free if fold(each.text.title) == fold(text.title)), None)
        if entry is None:
            new[place] = text
            continue
        free.remove(entry)
        wanted = _merge(entry.text, text)
        if wanted != entry.text:
            differs = _list_differences(page.questionnaire, entry.text, goal)
            met.append(Met(entry, wanted, differs, _make_form(case_id, entry, unread=unread)))
    return Agreed(new, tuple(met))


def list_goal_writes(agreed: Agreed, key: str) -> Iterator[Write]:
    """What was chosen in the forms. `key` is that of the form, so a second press adds nothing."""
    for place, text in agreed.new.items():
        yield Write(Part.GOAL, None, 0, text, f"{key}.{place}")
    for met in agreed.met:
        if met.form.choice.data == TAKE:
            seen = read_version(met.form.version.data)
            yield Write(Part.GOAL, str(met.entry.number), seen, met.wanted)


def _read_goal(questionnaire: Questionnaire, goal: ShownGoal) -> GoalText:
    return GoalText(
        title=goal.title,
        criterion=goal.criterion if CriterionId(goal.criterion) in questionnaire.criterion else "",
        measure=goal.measure,
        metric=goal.metric or "",
        metric_now=goal.metric_now or "",
        metric_target=goal.target,
        due=goal.due,
    )


def _merge(mine: GoalText, agreed: GoalText) -> GoalText:
    names = ("criterion", "measure", "metric", "metric_now", "metric_target", "due")
    return replace(mine, **{name: getattr(agreed, name) or getattr(mine, name) for name in names})


def _list_differences(
    questionnaire: Questionnaire, mine: GoalText, agreed: ShownGoal
) -> tuple[tuple[str, str, str], ...]:
    said = (mine.title, mine.criterion, mine.measure, mine.metric_target, mine.due, mine.metric, mine.metric_now)
    ours = dict(say_goal(questionnaire, ShownGoal(*said)))
    return tuple(
        (label, ours.get(label, ""), words)
        for label, words in say_goal(questionnaire, agreed)
        if ours.get(label) != words
    )


def _make_form(case_id: str, entry: Entry[GoalText], *, unread: bool) -> MeetForm:
    stored = {"choice": TAKE, "version": str(entry.version)}
    return MeetForm(stored if unread else None, unread=unread, prefix=f"{case_id}-{entry.number}-")
