"""A report in which nothing is empty: every chapter has something in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.answers import Contact, Extras
from selfcheck.core.rules.audit_sheet import lay_beside
from selfcheck.core.rules.situation import Situation
from selfcheck.reporting.report.report import Edition, Report, build_report
from selfcheck.reporting.report.stand import Entry, Stand
from tests.reporting.builders import stand
from tests.towns import questionnaire

CHECK = "k3v9x2"
FROZEN = datetime(2027, 2, 8, 9, 42, tzinfo=UTC)


def full_stand() -> Stand:
    """That of the sample town in a renewal, with a Prüfbogen laid beside."""
    bare = stand()
    points = {question.id: Decimal(2) for question in questionnaire().questions}
    beside = lay_beside(questionnaire(), bare.estimate, points, [Decimal(3)], Decimal(70))
    return replace(
        bare,
        profile=replace(bare.profile, audit="renewal"),
        goals=(
            Entry(
                "Jede Anmeldung mit Paket",
                {"measure": "Paket ausgeben", "metric": "Anteil der Anmeldungen", "until": "31.12.2028"},
            ),
        ),
        past_goals=(Entry("Rubrik für Neue", {"achieved": "ja", "evidence": "liegt vor"}),),
        beside=beside,
        numbers_there={QuestionId("beschluss"): "1.1 a"},
    )


def full_report(number: int = 3, at: datetime = FROZEN, frozen: Stand | None = None) -> Report:
    edition = Edition(number, at, "IHK Darmstadt", CHECK)
    return build_report(questionnaire(), frozen or full_stand(), edition)


def first_report() -> Report:
    """The same of a first audit, with nothing but what the sample town says."""
    return build_report(questionnaire(), stand(), Edition(3, FROZEN, "IHK Darmstadt", CHECK))


def empty_report() -> Report:
    """Nothing was answered, written or shared, and there is no date."""
    bare = stand()
    unanswered = replace(
        bare,
        answers={},
        goals=(),
        projects=(),
        interview=None,
        route=None,
        checklist=None,
        remarks=None,
        chamber="",
        contact=Contact(),
        estimate=Situation(questionnaire(), bare.profile, {}, Extras(), bare.day, None).estimate,
    )
    return build_report(questionnaire(), unanswered, Edition(1, FROZEN, "", CHECK))
