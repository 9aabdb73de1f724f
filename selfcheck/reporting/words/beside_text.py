"""The second estimate in words: what the Prüfbogen that was laid beside makes of the answers, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from selfcheck.core.rules.audit_sheet import Beside
from selfcheck.core.rules.estimate import Estimate, Verdict
from selfcheck.reporting.words import german
from selfcheck.reporting.words.verdict import DISCLAIMER, Voice, name_verdict, share_claimed, share_documented

OURS = "Nach unserer Gewichtung"
FROM_SHEET = {
    Voice.TOWN: "Nach Ihren Angaben aus dem Prüfbogen der IHK",
    Voice.REPORT: "Nach den Angaben der Kommune aus dem Prüfbogen der IHK",
}


@dataclass(frozen=True, slots=True)
class BesideText:
    """`heading` stands over it as `ours` does over the other one; `placed` says how many questions were found there,
    `rests` what else the numbers rest on.
    """

    ours: str
    heading: str
    title: str
    sentence: str
    mark: str
    placed: str
    rests: str
    estimate: Estimate


def describe_beside(beside: Beside, voice: Voice = Voice.TOWN) -> BesideText:
    """The second estimate in the words for `voice`, which is that of the town or of a report."""
    estimate = beside.estimate
    return BesideText(
        ours=OURS,
        heading=FROM_SHEET[voice],
        title=name_verdict(estimate.verdict, voice),
        sentence=_explain(beside),
        mark=f"Marke: {german.points_out_of(estimate.mark, estimate.points.possible)}. {DISCLAIMER}.",
        placed=say_placed(beside.placed, beside.asked),
        rests=_say_rest(beside),
        estimate=estimate,
    )


def say_placed(placed: int, asked: int) -> str:
    """`31 von 38 Fragen zugeordnet`."""
    return f"{placed} von {german.count(asked, 'Frage', 'Fragen')} zugeordnet"


def _explain(beside: Beside) -> str:
    estimate = beside.estimate
    if estimate.verdict is Verdict.EMPTY:
        return "Von den zugeordneten Fragen ist noch keine beantwortet."
    reached = f"Angegeben sind {german.percent(share_claimed(estimate))}, {_relate(beside)}."
    match estimate.verdict:
        case Verdict.DOCUMENTED:
            return f"{reached} Belegt sind {german.percent(share_documented(estimate))}."
        case Verdict.CLAIMED:
            return f"{reached} Belegt sind erst {german.percent(share_documented(estimate))}."
        case Verdict.POSSIBLE:
            return f"{reached} Offen sind noch {german.points_count(estimate.points.open)}."
    if not estimate.points.open:
        return reached
    missing = german.points_count(estimate.mark - estimate.upper)
    return f"{reached} Auch wenn alles Offene volle Punkte bringt, fehlen noch {missing}."


def _relate(beside: Beside) -> str:
    difference = beside.estimate.reached - beside.estimate.mark
    named = f"Marke von {german.mark_percent(beside.pass_mark)}"
    if difference == 0:
        return f"das ist genau die {named}"
    verb = "das ist" if abs(difference) == 1 else "das sind"
    return f"{verb} {german.points_count(abs(difference))} {'über' if difference > 0 else 'unter'} der {named}"


def _say_rest(beside: Beside) -> str:
    said = []
    left = beside.asked - beside.placed
    if left:
        said.append("Die übrige zählt hier nicht mit." if left == 1 else f"Die übrigen {left} zählen hier nicht mit.")
    if beside.only_there:
        worth = german.points_count(beside.only_there)
        said.append(f"Was nur der Prüfbogen fragt ({worth}), zählt als offen.")
    if beside.own_mark:
        mark = german.mark_percent(beside.pass_mark)
        said.append(f"Seine Bestehensgrenze ist nicht eingetragen; gerechnet ist mit unserer von {mark}.")
    return " ".join(said)
