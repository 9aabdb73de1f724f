"""The numbers that the public pages name, as texts; all of them follow from the questionnaire."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.reporting.words import german
from selfcheck.store.catalogue.catalogue import Prepared
from selfcheck.web.layout.catalogue import catalogue
from selfcheck.web.layout.templating import newest

MINUTES_PER_QUESTION = Decimal("1.5")
"""Our own guess for a first round without looking anything up; the pages say that it is one."""


@dataclass(frozen=True, slots=True)
class KeyFacts:
    questions: str
    criteria: str
    possible: str
    pass_mark: str
    mark: str
    margin: str
    duration: str
    years_first: str
    years_renewal: str
    chambers: str

    @classmethod
    def of(cls, questionnaire: Questionnaire, chambers: int) -> KeyFacts:
        """For a municipality to which every question applies."""
        hours = MINUTES_PER_QUESTION * len(questionnaire.questions) / 60
        whole_hours = max(1, int(hours.quantize(Decimal(1), ROUND_HALF_UP)))
        return cls(
            questions=str(len(questionnaire.questions)),
            criteria=german.in_words(len(questionnaire.criteria)),
            possible=german.points(questionnaire.possible),
            pass_mark=german.mark_percent(questionnaire.pass_mark),
            mark=german.points_count(questionnaire.pass_mark * questionnaire.possible / 100),
            margin=german.points_count(questionnaire.goal_margin),
            duration=f"etwa {german.count(whole_hours, 'Stunde', 'Stunden')}",
            years_first=_years(questionnaire.validity.first),
            years_renewal=_years(questionnaire.validity.renewal),
            chambers=german.in_words(chambers),
        )


def _years(number: int) -> str:
    return "ein Jahr" if number == 1 else f"{german.in_words(number)} Jahre"


def newest_facts() -> KeyFacts:
    """The numbers of the questionnaire that new self-checks get."""
    return KeyFacts.of(newest(), len(catalogue().chambers.chambers))


def newest_prepared() -> Prepared:
    """That questionnaire with its texts as HTML."""
    return catalogue().prepared(newest().name)
