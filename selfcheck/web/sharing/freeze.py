"""The Stand of a self-check as it is now: what a preview shows and what a share keeps."""

from __future__ import annotations

from selfcheck.core import RULES_VERSION
from selfcheck.core.questionnaire.model import CriterionId, QuestionId
from selfcheck.core.rules.to_do.checklist import GROUPS, RECOMMENDATIONS, is_for_chamber
from selfcheck.reporting.report import way
from selfcheck.reporting.report.stand import Entry, Remark, Stand
from selfcheck.reporting.words import german
from selfcheck.reporting.words.interim_text import UNSAID
from selfcheck.store.parts import values
from selfcheck.store.parts.seats import load_together
from selfcheck.web.goals.standing import find_news
from selfcheck.web.http import clock
from selfcheck.web.layout.catalogue import OTHER_WORDS, catalogue, name_districts
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.steps import Checklist, derive_checklist

OWN_STEPS = "Eigene Schritte"


def take_stand(
    page: CheckPage, recipient: str, with_route: bool, with_checklist: bool, with_remarks: bool = False
) -> Stand:
    """Everything a report for `recipient` needs, as of today; the way to the mark, and what colleagues asked each
    other, only where they are asked for.
    """
    check, loaded = page.check, page.loaded
    shared = is_for_chamber(recipient) and (with_route or with_checklist)
    steps = derive_checklist(page.access, page.situation, shared_on=page.today) if shared else page.checklist
    return Stand(
        municipality=check.municipality,
        district=name_districts().get(check.district, OTHER_WORDS),
        chamber=name_chamber(check),
        contact=check.contact,
        profile=check.profile,
        interview=check.interview,
        day=page.day,
        frozen_on=page.today,
        questionnaire=page.questionnaire.name,
        rules_version=RULES_VERSION,
        answers=loaded.answers,
        goals=tuple(_goal(page, entry.text) for entry in loaded.goals),
        past_goals=tuple(_past_goal(entry.text) for entry in loaded.past_goals),
        projects=tuple(_project(entry.text) for entry in loaded.projects),
        estimate=page.estimate,
        route=way.summarise_route(page.questionnaire, page.situation.route, steps.steps) if with_route else None,
        checklist=_list_steps(steps) if with_checklist else None,
        remarks=_list_remarks(page) if with_remarks else None,
        beside=page.beside,
        numbers_there={QuestionId(id): line.number_there for id, line in page.sheet.lines.items() if line.number_there},
        departments=page.departments.names or None,
        answers_due_on=steps.answers_due_on if with_checklist else None,
    )


def list_called(stand: Stand) -> tuple[str, ...]:
    """What the town calls its departments where that differs; it stands in documents alone."""
    return tuple(dict.fromkeys((stand.departments or {}).values()))


def _list_remarks(page: CheckPage) -> dict[QuestionId, tuple[Remark, ...]]:
    """Comments with the place of their author: names of persons are nobody's business outside."""
    together = load_together(page.check.id, page.today)
    return {
        question: tuple(
            Remark(str(comment.id), comment.text, comment.label, clock.local(comment.at).date(), comment.open)
            for comment in comments
        )
        for question, comments in together.comments.items()
    }


def name_chamber(check: values.Check) -> str:
    """The chamber that a report of this municipality is for; empty where none is known."""
    chamber = catalogue().chambers.responsible(check.district, check.municipality)
    return chamber.name if chamber else ""


def _list_steps(found: Checklist) -> tuple[way.StepItem, ...]:
    """Derived steps and own ones, without who does what; what a chamber recommends is none of the report's business."""
    own = [
        way.StepItem(step.group or OWN_STEPS, step.title, step.due, step.done, step.key)
        for step in found.stored.values()
        if step.own
    ]
    derived = (step for step in found.steps if step.group != RECOMMENDATIONS)
    steps = [*way.summarise_steps(derived), *own]
    return tuple(sorted(steps, key=lambda step: (*GROUPS, step.group).index(step.group)))


def _goal(page: CheckPage, text: values.GoalText) -> Entry:
    moved = find_news(page, text)
    criterion = page.questionnaire.criterion.get(CriterionId(text.criterion))
    fields = {
        "criterion": f"{criterion.letter} {criterion.title}" if criterion else "",
        "start": text.start,
        "measure": text.measure,
        "metric": text.metric,
        "now": text.metric_now,
        "moved": moved.now if moved else "",
        "target": text.metric_target,
        "until": german.day(text.due) if text.due else "",
        "person": text.person,
    }
    return _entry(text.title, fields)


def _past_goal(text: values.PastGoalText) -> Entry:
    if not text.told:
        return _entry(text.title, {"achieved": UNSAID})
    fields = {
        "achieved": "ja" if text.achieved else "bisher nicht",
        "outcome": text.outcome,
        "evidence": _evidence(text),
        "location": text.location,
    }
    return _entry(text.title, fields)


def _project(text: values.ProjectText) -> Entry:
    evidence = _evidence(text)
    return _entry(text.title, {"description": text.description, "effect": text.effect, "evidence": evidence})


def _evidence(text: values.PastGoalText | values.ProjectText) -> str:
    state = "liegt vor" if text.documented else "fehlt noch"
    return f"{state}: {text.evidence}" if text.evidence else state


def _entry(title: str, fields: dict[str, str]) -> Entry:
    return Entry(title, {name: value for name, value in fields.items() if value})
