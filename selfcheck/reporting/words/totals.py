"""Totals that explain themselves: what is added up, of how many points, and how much hangs on the weights."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.rules.conditions import Applies
from selfcheck.core.rules.estimate import Estimate, Verdict
from selfcheck.core.rules.probes import is_across, probe
from selfcheck.reporting.words import german

MOST_NAMED = 4
"""So many questions are named one by one."""
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class ProbeText:
    """`warning` is empty where no probe lies on the other side of the mark."""

    sentence: str = ""
    warning: str = ""


def explain_basis(questionnaire: Questionnaire, estimate: Estimate, whose: str = "bei Ihnen ") -> str:
    """Says that the points are counted against a smaller base, and why; nothing where it is the whole."""
    dropped = (questionnaire.question[id] for id, line in estimate.line.items() if line.applies is Applies.NO)
    numbers = [question.number for question in dropped if question.possible]
    reasons = []
    if numbers:
        named = german.listing(numbers) if len(numbers) <= MOST_NAMED else f"{len(numbers)} Fragen"
        reasons.append(f"{named} {whose}nicht gestellt {'wird' if len(numbers) == 1 else 'werden'}")
    if estimate.excluded:
        number = len(estimate.excluded)
        reasons.append("1 Frage ausgenommen ist" if number == 1 else f"{number} Fragen ausgenommen sind")
    if not reasons:
        return ""
    doubt = "; die IHK kann das anders sehen" if estimate.excluded else ""
    basis = f"Grundlage {german.points(estimate.points.possible)} statt {german.points(questionnaire.possible)} Punkte"
    return f"{basis}, weil {german.listing(reasons)}{doubt}."


def explain_sum(estimate: Estimate) -> str:
    """How questions and Sonderpunkte add up to what is claimed; nothing where there are none."""
    if not estimate.bonus:
        return ""
    bonus = count_bonus(estimate.bonus)
    claimed, reached = german.points(estimate.points.claimed), german.points_count(estimate.reached)
    return f"Summe der Fragen {claimed} + {bonus} = {reached}."


def count_bonus(points: Decimal) -> str:
    """`1 Sonderpunkt`, `2 Sonderpunkte`."""
    return f"{german.points(points)} {'Sonderpunkt' if points == 1 else 'Sonderpunkte'}"


def say_unproven(estimate: Estimate) -> str:
    """What is claimed and not documented, Sonderpunkte named apart; empty where nothing is."""
    gaps = [line.points.unproven for line in estimate.line.values() if line.points.unproven]
    points, bonus = sum(gaps, Decimal(0)), estimate.bonus - estimate.documented_bonus
    named = [f"{german.points_count(points)} aus {german.count(len(gaps), 'Frage', 'Fragen')}"] if gaps else []
    named += [count_bonus(bonus)] if bonus else []
    return f"Für {german.listing(named)} fehlt noch ein Beleg." if named else ""


def explain_table(estimate: Estimate) -> str:
    """Why the last row of the table, which counts the Sonderpunkte in, has fewer points that are lost."""
    lost = estimate.points.lost
    if not estimate.bonus or not lost:
        return ""
    left = german.points(max(lost - estimate.bonus, Decimal(0)))
    return (
        "In der Zeile „Gesamt“ sind die Sonderpunkte mitgezählt; "
        f"darum steht dort bei „nicht erreicht“ {left} statt {german.points(lost)}."
    )


def explain_probes(
    questionnaire: Questionnaire, estimate: Estimate, according: str = "nach Ihren Angaben"
) -> ProbeText:
    """What the same answers would give with other weights, with a warning where that changes the outcome."""
    found = probe(questionnaire, estimate)
    if found.equal is None or estimate.verdict is Verdict.EMPTY:
        return ProbeText()
    sentence = f"Zur Probe: Zählten alle Fragen gleich viel, wären es {_percent(found.equal)}."
    if found.named is not None:
        named = "Zählten nur die Fragen, die öffentliche Quellen als Fragen des Audits nennen, wären es"
        sentence = f"{sentence} {named} {_percent(found.named)}."
    across = sum(is_across(questionnaire, estimate, share) for share in found)
    if not across:
        return ProbeText(sentence)
    mark, reached = german.mark_percent(questionnaire.pass_mark), estimate.reached >= estimate.mark
    which = "In beiden Proben" if across == 2 else "In einer Probe"
    there, here = ("nicht erreicht", "schon") if reached else ("erreicht", "nicht")
    warning = f"{which} ist die Marke von {mark} {there}, {according} {here}: Das Ergebnis hängt an der Gewichtung."
    return ProbeText(sentence, warning)


def _percent(share: Decimal) -> str:
    return german.percent(german.share(share * HUNDRED, HUNDRED))
