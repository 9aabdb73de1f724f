"""The sample report: a made-up town out of the questionnaire's own examples, worked out once per process."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from flask import abort, current_app, render_template
from flask.typing import ResponseReturnValue

from selfcheck.core import RULES_VERSION
from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.reading.answers import AnswersFile, read_answers
from selfcheck.core.reading.examples import CaseKeys
from selfcheck.core.reading.questionnaire import EXAMPLES_FILE
from selfcheck.core.reading.yaml_lines import read_yaml
from selfcheck.core.rules.answers import Contact
from selfcheck.core.rules.checklist import Around
from selfcheck.reporting.charts import charts
from selfcheck.reporting.report import way
from selfcheck.reporting.report.stand import Entry, Stand
from selfcheck.reporting.words import german, verdict
from selfcheck.reporting.words.verdict import Voice
from selfcheck.web.layout.catalogue import catalogue
from selfcheck.web.layout.templating import newest
from selfcheck.web.sharing.sheet import Sheet, lay_out
from selfcheck.web.site import pages

TOWN = "Musterstadt am Main"
CONTACT = Contact("Sabine Krüger", "Wirtschaftsförderung", "06100 000-120", "wohnort@musterstadt.example")
DISTRICT = "Musterkreis"
CHAMBER = "IHK Darmstadt"
KEY = "sample"


@dataclass(frozen=True, slots=True)
class Summary:
    """What the start page shows of the sample; `shares` are texts by kind of points."""

    verdict_title: str
    sentence: str
    bars: tuple[charts.Bar, ...]
    mark: Decimal
    shares: dict[str, str]


@dataclass(frozen=True)
class Sample:
    sheet: Sheet
    summary: Summary


@pages.get("/beispiel")
def sample() -> ResponseReturnValue:
    found = find_sample()
    if found is None:
        abort(404)
    return render_template("site/sample.html", sheet=found.sheet)


def find_sample() -> Sample | None:
    """The sample of the newest questionnaire; None where it has no such example."""
    questionnaire = newest()
    name = questionnaire.name
    known: dict[str, Sample | None] = current_app.extensions.setdefault(KEY, {})
    if name not in known:
        stand = _stand(questionnaire)
        known[name] = Sample(lay_out(questionnaire, stand), _summarise(questionnaire, stand)) if stand else None
    return known[name]


def _stand(questionnaire: Questionnaire) -> Stand | None:
    town = _read_town(questionnaire)
    if town is None:
        return None
    situation = town.situation(questionnaire)
    steps = situation.checklist(around=Around(CONTACT, shared_on=situation.today))
    return Stand(
        municipality=TOWN,
        district=DISTRICT,
        chamber=CHAMBER,
        contact=CONTACT,
        profile=town.profile,
        interview=town.interview,
        day=situation.day,
        frozen_on=situation.today,
        questionnaire=questionnaire.name,
        rules_version=RULES_VERSION,
        answers=town.answers,
        goals=tuple(Entry(goal.title, {"measure": goal.measure, "metric": goal.metric}) for goal in town.extras.goals),
        past_goals=(),
        projects=tuple(
            Entry(project.title, {"evidence": "liegt vor" if project.documented else "fehlt noch"})
            for project in town.extras.projects
        ),
        estimate=situation.estimate,
        route=way.summarise_route(questionnaire, situation.route, steps),
        checklist=way.summarise_steps(steps),
    )


def _read_town(questionnaire: Questionnaire) -> AnswersFile | None:
    """The example with the title `TOWN`; None where there is none or its file is not right."""
    file = catalogue().folder / questionnaire.name / EXAMPLES_FILE
    if not file.is_file():
        return None
    document = read_yaml(EXAMPLES_FILE, file.read_text(encoding="utf-8"))
    cases = document.data if isinstance(document.data, list) else []
    for index, case in enumerate(cases):
        if isinstance(case, dict) and case.get("title") == TOWN:
            town = read_answers(document, (index,), CaseKeys, questionnaire)
            return None if document.faults else town
    return None


def _summarise(questionnaire: Questionnaire, stand: Stand) -> Summary:
    found = stand.estimate
    row = charts.total_row(questionnaire, found)
    claimed = german.percent(verdict.share_claimed(found))
    mark = german.mark_percent(questionnaire.pass_mark)
    return Summary(
        verdict_title=verdict.name_verdict(found.verdict, Voice.REPORT),
        sentence=f"Nach den Angaben sind {claimed} erreicht, nötig sind {mark}.",
        bars=row.bars,
        mark=questionnaire.pass_mark,
        shares={each.kind: german.percent(german.share(each.points, found.points.possible)) for each in row.segments},
    )
