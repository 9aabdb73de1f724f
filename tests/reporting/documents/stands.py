"""Stände for documents: one of which nothing is known, the sample, and one with everything there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from selfcheck.core.questionnaire.model import Profile
from selfcheck.core.rules.answers import Contact, Extras
from selfcheck.core.rules.audit_sheet import Beside
from selfcheck.core.rules.situation import Situation
from selfcheck.reporting.report import way
from selfcheck.reporting.report.stand import Entry, Stand
from tests.reporting import builders
from tests.towns import questionnaire

GOAL = {
    "criterion": "A Strategische Zielsetzung",
    "start": "Heute nur auf Nachfrage",
    "measure": "Paket bei jeder Anmeldung ausgeben",
    "metric": "Anteil der Anmeldungen mit Paket",
    "now": "20 %",
    "target": "100 %",
    "until": "31.12.2028",
    "person": "Bürgerbüro",
}


def sample() -> Stand:
    return builders.stand()


def empty() -> Stand:
    """As it is when somebody has only said which town it is."""
    profile = Profile(centrality="unknown", audit="first", land="HE")
    situation = Situation(questionnaire(), profile, {}, Extras(), builders.DAY, None)
    steps = situation.checklist({})
    return replace(
        builders.stand(),
        contact=Contact(),
        profile=profile,
        interview=None,
        answers={},
        goals=(),
        past_goals=(),
        projects=(),
        estimate=situation.estimate,
        route=way.summarise_route(questionnaire(), situation.route, steps),
        checklist=way.summarise_steps(steps),
        remarks=None,
    )


def full() -> Stand:
    """A renewal with goals of last time and a Prüfbogen laid beside."""
    stand = builders.stand()
    return replace(
        stand,
        profile=Profile(stand.profile.centrality, "renewal", stand.profile.land),
        goals=tuple(Entry(f"Ziel {number}", GOAL) for number in range(1, 8)),
        past_goals=(Entry("Neubürgerempfang", {"achieved": "ja", "evidence": "liegt vor: Programm"}),),
        projects=(Entry("Probewohnen", {"description": "Vier Wochen", "effect": "Zuzug", "evidence": "liegt vor"}),),
        beside=Beside(stand.estimate, 31, 38, Decimal(4), questionnaire().pass_mark, own_mark=True),
        answers_due_on=date(2027, 3, 1),
    )
