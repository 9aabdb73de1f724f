"""A frozen Stand of the sample town, with everything that a report can show."""

from __future__ import annotations

from datetime import date

import yaml

from selfcheck.core import RULES_VERSION
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.answers import Answer, Contact, Evidence
from selfcheck.core.rules.estimate import Estimate
from selfcheck.core.rules.situation import Situation
from selfcheck.core.rules.to_do.checklist import Kept
from selfcheck.reporting.report import way
from selfcheck.reporting.report.stand import Entry, Remark, Stand
from tests.towns import QUESTIONNAIRES, Town, questionnaire, sample, town

NOTE = "Erste Zeile\nzweite Zeile mit <b>Haken</b> & 🌳"
LINKED = Evidence("Satzung", available=True, link="https://www.musterstadt.example/satzung", page="12")
DANGEROUS = Evidence("Fremdes", available=True, link="javascript:alert(1)", file_number="10-4/2")
DAY = date(2027, 6, 15)


def examples() -> list[Town]:
    """All towns of examples.yaml."""
    file = QUESTIONNAIRES / questionnaire().name / "examples.yaml"
    return [town(case["title"]) for case in yaml.safe_load(file.read_text(encoding="utf-8"))]


def estimate_town(found: Town) -> Estimate:
    file = found.file
    return Situation(
        questionnaire(), file.profile, found.answers, found.extras, file.today or DAY, file.interview
    ).estimate


def stand() -> Stand:
    town = sample().file
    assert town.today is not None
    assert town.interview is not None
    asked = questionnaire()
    answers = dict(town.answers) | {
        QuestionId("beschluss"): town.answers[QuestionId("beschluss")]._replace(
            note=NOTE, evidence=(LINKED, DANGEROUS)
        ),
        QuestionId("leitbild"): Answer(),
    }
    situation = Situation(asked, town.profile, answers, town.extras, town.today, town.interview)
    steps = situation.checklist({"team:contact": Kept(town.today, ticked=True)})
    return Stand(
        municipality="Musterstadt am Main",
        district="Groß-Gerau",
        chamber="IHK Darmstadt",
        contact=Contact("Sabine Krüger", "Wirtschaftsförderung", "06100 000-120", "wohnort@musterstadt.example"),
        profile=town.profile,
        interview=town.interview,
        day=town.interview,
        frozen_on=town.today,
        questionnaire=asked.name,
        rules_version=RULES_VERSION,
        answers=answers,
        goals=(Entry("Jede Anmeldung mit Paket", {"measure": "Paket ausgeben", "metric": "Anteil der Anmeldungen"}),),
        past_goals=(),
        projects=(Entry("Probewohnen", {"evidence": "liegt vor"}),),
        estimate=situation.estimate,
        route=way.summarise_route(asked, situation.route, steps),
        checklist=way.summarise_steps(steps),
        remarks={
            QuestionId("beschluss"): (
                Remark("7", "Wer hat den <b>Beschluss</b>?", "Kai Krause (Kollegium)", town.today, True),
                Remark("8", "Liegt bei mir", "Koordination", town.today, False),
            )
        },
    )
