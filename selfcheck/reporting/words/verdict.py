"""The verdict in words: title, sentence, the mark, and what must stand beside a total.

Which verdict holds decides `rules.estimate`; nothing is counted here that is not in the estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from selfcheck.core.questionnaire.model import ZERO, Questionnaire
from selfcheck.core.rules.estimate import Estimate, Verdict
from selfcheck.core.rules.route import open_questions
from selfcheck.reporting.words import german, totals
from selfcheck.reporting.words.answer_text import count_open, name_open
from selfcheck.reporting.words.names import name_town
from selfcheck.reporting.words.totals import ProbeText

DISCLAIMER = "Schätzung, keine Zusage"
OWN_WEIGHTS = "nach eigener Gewichtung, nicht nach dem Prüfbogen der IHK"


class Voice(StrEnum):
    """Who reads: the town itself, the town trying out other answers, or somebody else about the town."""

    TOWN = "town"
    TRIAL = "trial"
    REPORT = "report"


ACCORDING = {Voice.TOWN: "Nach Ihren Angaben", Voice.TRIAL: "Damit", Voice.REPORT: "Nach den Angaben der Kommune"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that is said about a total; empty where there is nothing to say.

    `caution` is the disclaimer in short, for parts of the total; `basis`: why it counts against fewer points; `bonus`:
    how it adds up; `table`: what differs in the row of the total; `probes`: what it would be with other weights.
    """

    verdict: Verdict
    title: str
    sentence: str
    mark: str
    disclaimer: str
    caution: str
    basis: str
    bonus: str
    table: str
    probes: ProbeText


def describe(questionnaire: Questionnaire, estimate: Estimate, municipality: str, voice: Voice = Voice.TOWN) -> Outcome:
    """The verdict of `estimate` in the words for `voice`."""
    return Outcome(
        verdict=estimate.verdict,
        title=name_verdict(estimate.verdict, voice),
        sentence=explain_verdict(questionnaire, estimate, municipality, voice),
        mark=mark_out_of(questionnaire, estimate),
        disclaimer=disclaim(questionnaire),
        caution=f"{DISCLAIMER}.",
        basis=totals.explain_basis(questionnaire, estimate, "" if voice is Voice.REPORT else "bei Ihnen "),
        bonus=totals.explain_sum(estimate),
        table=totals.explain_table(estimate),
        probes=totals.explain_probes(questionnaire, estimate, f"n{ACCORDING[voice][1:]}"),
    )


def name_verdict(verdict: Verdict, voice: Voice = Voice.TOWN) -> str:
    short = "Damit noch nicht erreicht" if voice is Voice.TRIAL else "Mit den heutigen Angeboten nicht erreicht"
    return {
        Verdict.EMPTY: "Noch keine Angaben",
        Verdict.DOCUMENTED: "Erreicht und belegt",
        Verdict.CLAIMED: f"{ACCORDING[voice]} erreicht, Belege fehlen",
        Verdict.POSSIBLE: "Noch offen",
        Verdict.SHORT: short,
    }[verdict]


def explain_verdict(
    questionnaire: Questionnaire, estimate: Estimate, municipality: str, voice: Voice = Voice.TOWN
) -> str:
    """Two or three sentences: what is reached, what is missing to the mark, what could still come."""
    mark = shown_mark(questionnaire, estimate)
    named = f"Marke von {german.mark_percent(questionnaire.pass_mark)}"
    claimed = german.percent(share_claimed(estimate))
    predicate = f"sind {claimed} erreicht" if voice is Voice.REPORT else f"erreichen Sie {claimed}"
    reached = f"{ACCORDING[voice]} {predicate}."
    if estimate.verdict is Verdict.CLAIMED and voice is not Voice.TRIAL:
        # According to whom says the title already.
        reached = f"Angegeben sind {claimed}."
    match estimate.verdict:
        case Verdict.EMPTY:
            return _say_nothing_yet(municipality, voice)
        case Verdict.DOCUMENTED:
            documented = german.percent(share_documented(estimate))
            return f"{reached} Belegt sind {documented}, {_relate(estimate.reached_documented, mark, named)}."
        case Verdict.CLAIMED:
            documented = german.percent(share_documented(estimate))
            missing = german.points_count(mark - estimate.reached_documented)
            return (
                f"{reached} Das ist {_relate(estimate.reached, mark, named)}. "
                f"Belegt sind erst {documented}; bis zur Marke fehlen noch Belege für {missing}."
            )
        case Verdict.POSSIBLE:
            return f"{reached} {_say_missing(estimate, mark, named)} {_say_open(questionnaire, estimate)}"
        case Verdict.SHORT:
            return f"{reached} {_say_missing(estimate, mark, named)}{_say_still_short(questionnaire, estimate, mark)}"


def _say_nothing_yet(municipality: str, voice: Voice) -> str:
    if voice is Voice.REPORT:
        return "Die Kommune hat noch keine Frage beantwortet."
    return f"Sobald Sie die erste Frage beantwortet haben, steht hier das Ergebnis für {name_town(municipality)}."


def _relate(points: Decimal, mark: Decimal, named: str) -> str:
    difference = points - mark
    if difference == 0:
        return f"genau die {named}"
    return f"{german.points_count(abs(difference))} {'über' if difference > 0 else 'unter'} der {named}"


def _say_missing(estimate: Estimate, mark: Decimal, named: str) -> str:
    missing = mark - estimate.reached
    verb = "fehlt" if missing == 1 else "fehlen"
    return f"Bis zur {named} {verb} {german.points_count(missing)}."


def _say_open(questionnaire: Questionnaire, estimate: Estimate) -> str:
    """Where nothing is open but what a condition leaves undecided, that is said."""
    if not open_questions(questionnaire, estimate):
        points = german.points_count(estimate.points.open)
        return f"Bis zu {points} hängen noch daran, welche Fragen hier gestellt werden."
    can = count_open(questionnaire, estimate)
    return f"{can[0].upper()}{can[1:]} noch bis zu {german.points_count(estimate.points.open)} bringen."


def _say_still_short(questionnaire: Questionnaire, estimate: Estimate, mark: Decimal) -> str:
    if not estimate.points.open:
        return ""
    missing = mark - estimate.upper
    verb = "fehlt" if missing == 1 else "fehlen"
    questions = f"alle {name_open(questionnaire, estimate, 'en')} Fragen"
    return f" Auch wenn {questions} volle Punkte bringen, {verb} noch {german.points_count(missing)}."


def share_claimed(estimate: Estimate) -> Decimal:
    return german.share(estimate.reached, estimate.points.possible)


def share_documented(estimate: Estimate) -> Decimal:
    return german.share(estimate.reached_documented, estimate.points.possible)


def shown_mark(questionnaire: Questionnaire, estimate: Estimate) -> Decimal:
    """The mark in points: the next whole one where only whole points can be had, else exact."""
    if _counts_in_whole_points(questionnaire):
        return estimate.mark.to_integral_value(ROUND_CEILING)
    return estimate.mark


def mark_out_of(questionnaire: Questionnaire, estimate: Estimate) -> str:
    """`83 von 118 Punkten` where all points are whole, else `82,6 von 118 Punkten`."""
    return german.points_out_of(shown_mark(questionnaire, estimate), estimate.points.possible)


def _counts_in_whole_points(questionnaire: Questionnaire) -> bool:
    bonus = questionnaire.bonus
    values = [bonus.at_most, bonus.per_project, bonus.per_goal]
    for question in questionnaire.questions:
        values += [option.points for option in question.options]
        values += [step.points for step in question.steps]
        values.append(question.at_most or ZERO)
    return all(value == value.to_integral_value() for value in values)


def disclaim(questionnaire: Questionnaire) -> str:
    """What stands beside every total."""
    return f"{DISCLAIMER}." if questionnaire.official else f"{DISCLAIMER}, {OWN_WEIGHTS}."
