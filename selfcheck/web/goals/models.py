"""Goals to take over: what other municipalities agreed in their audits, in our words (`content/hilfe-ziele.md`).

Under each third heading of that text stands one goal as a list: `- **Maßnahme:** …`. The same text is the public page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.text.order import split_words
from selfcheck.store.parts.values import GoalText
from selfcheck.store.parts.writes import Part, Write
from selfcheck.web.goals.suggestions import NAME, Taken
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.own_texts import read_source, split_topics
from selfcheck.web.parts.submitted import SubmittedPart

_LINE = re.compile(r"^- \*\*(\w+):\*\* (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Model:
    """`criterion` is its title, `origin` who agreed it and when."""

    id: str
    title: str
    criterion: str
    measure: str
    metric: str
    target: str
    origin: str


@cache
def read_models() -> tuple[Model, ...]:
    """All goals of the text, in its order."""
    return tuple(_read(title, body) for title, body in split_topics(read_source("hilfe-ziele")))


def _read(title: str, body: str) -> Model:
    said = dict(_LINE.findall(body))
    return Model(
        id="-".join(split_words(title)),
        title=title,
        criterion=said["Kriterium"],
        measure=said["Maßnahme"],
        metric=said["Messgröße"],
        target=said["Zielwert"],
        origin=_LINK.sub(r"\1", said["Vorbild"]),
    )


def list_models(page: CheckPage) -> tuple[Model, ...]:
    """Those that are no goal yet."""
    return tuple(each for each in read_models() if _find_goal(page, each) is None)


def propose_model(questionnaire: Questionnaire, model: Model) -> GoalText:
    """The goal that `model` becomes; how it is today only the municipality knows."""
    titles = {each.title: str(each.id) for each in questionnaire.criteria}
    return GoalText(
        title=model.title,
        criterion=titles.get(model.criterion, ""),
        measure=model.measure,
        metric=model.metric,
        metric_target=model.target,
    )


def read_model(page: CheckPage, id: str, key: str) -> Taken:
    """The model that `id` names: to be written as a goal, or the goal that it is. `key` makes it only once."""
    model = next((each for each in read_models() if each.id == id), None)
    if model is None:
        return Taken()
    goal = _find_goal(page, model)
    if goal is not None:
        return Taken(goal=goal)
    content = propose_model(page.questionnaire, model)
    return Taken(SubmittedPart(NAME, write=Write(Part.GOAL, None, 0, content, f"{key}.{id}")))


def _find_goal(page: CheckPage, model: Model) -> int | None:
    """The goal that it has become, by its title or its measure."""
    return page.goals.get(model.measure, page.goals.get(model.title))
