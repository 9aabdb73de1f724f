"""A frozen Stand of the sample town, with everything that a report can show."""

from __future__ import annotations

from datetime import date

import yaml

from selfcheck.core import RULES_VERSION
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.answers import Answer, Contact, Evidence
from selfcheck.core.rules.checklist import checklist
from selfcheck.core.rules.estimate import Estimate, estimate
from selfcheck.core.rules.route import find_route
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
    day = found.file.interview or found.file.today or DAY
    return estimate(questionnaire(), found.file.profile, found.answers, found.extras, day)


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
    basis = (asked, town.profile, answers, town.extras, town.interview)
    found = estimate(*basis)
    route = find_route(*basis, town.today, town.interview, found)
    steps = checklist(*basis, town.today, town.interview, found, route, {}, frozenset({"team:contact"}))
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
        estimate=found,
        route=way.summarise_route(asked, route, town.interview),
        checklist=way.summarise_steps(steps, frozenset({"team:contact"})),
        remarks={
            QuestionId("beschluss"): (
                Remark("7", "Wer hat den <b>Beschluss</b>?", "Kai Krause (Kollegium)", town.today, True),
                Remark("8", "Liegt bei mir", "Koordination", town.today, False),
            )
        },
    )
