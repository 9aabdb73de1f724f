"""The way to the mark in words: what a measure takes, and where all of them lead."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from selfcheck.core.questionnaire.model import Effort, Need, Questionnaire
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.estimate import Estimate
from selfcheck.core.rules.route import EVIDENCE_WEEKS, weeks_before
from selfcheck.core.rules.wording import listing
from selfcheck.reporting.report.way import RouteItem, RouteSummary
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import STATES, count_open, name_open
from selfcheck.reporting.words.verdict import Voice

EFFORTS = {Effort.SMALL: "gering", Effort.MEDIUM: "mittel", Effort.LARGE: "hoch"}
NEEDS = {Need.COUNCIL: "Gremienbeschluss", Need.BUDGET: "Haushalt", Need.TENDER: "Vergabe", Need.STAFF: "Personalrat"}


def say_rough(route: RouteSummary) -> str:
    """How far effort and months can be trusted."""
    budget = any(Need.BUDGET in item.needs for item in route.items)
    held = (
        " Wo „Haushalt“ steht, gelten die Monate, wenn das Geld im laufenden Haushalt eingeplant ist; sonst kommt "
        "die Zeit bis zum nächsten Haushalt dazu."
    )
    return f"Aufwand und Monate sind grob geschätzt.{held if budget else ''}"


def list_facts(item: RouteItem, state: State) -> tuple[tuple[str, str], ...]:
    """What the measure takes, as (word, value); `state` is that of its question now."""
    facts = [("bisher", STATES[state])] if state is State.NOT_APPLICABLE else []
    facts += [
        ("Aufwand", EFFORTS[item.effort]),
        ("dauert", german.count(item.months, "Monat", "Monate") if item.months else "unter einem Monat"),
        ("braucht", listing([NEEDS[need] for need in item.needs]) or "nichts Besonderes"),
    ]
    if item.latest_start is not None:
        facts.append(("spätestens beginnen", german.day(item.latest_start)))
    return tuple(facts)


def explain_route(
    questionnaire: Questionnaire,
    route: RouteSummary,
    today: Estimate,
    interview: date | None,
    voice: Voice = Voice.TOWN,
) -> str:
    """Where the measures lead from the points of `today`; what is missing to the mark comes first."""
    if not route.items:
        return _explain_empty(questionnaire, route, today, interview, voice)
    percent = german.percent(german.share(route.reached, route.possible))
    number = len(route.items)
    measures = "dieser einen Maßnahme" if number == 1 else f"diesen {german.in_words(number)} Maßnahmen"
    towards = f"auf {german.points_count(route.reached)}, das sind {percent}."
    in_time = f" {_in_time(number, interview)}" if interview else ""
    moved = _explain_moved_mark(questionnaire, today.points.possible, route.possible)
    if route.missing:
        who = "Sie kommen" if voice is Voice.TOWN else "Die Kommune kommt"
        verb = "fehlt" if route.missing == 1 else "fehlen"
        missing = f"Auch mit {measures} {verb} bis zur Marke noch {german.points_count(route.missing)}."
        return f"{missing} {who} damit {towards}{moved}{_say_open(questionnaire, today, route.missing)}{in_time}"
    who = "kommen Sie" if voice is Voice.TOWN else "kommt die Kommune"
    margin = _explain_margin(questionnaire, route, voice)
    advice = _advise(questionnaire, route, today, interview, voice)
    return f"Mit {measures} {who} {towards}{margin}{moved}{in_time}{advice}"


def _say_open(questionnaire: Questionnaire, today: Estimate, missing: Decimal) -> str:
    """Whether open questions could bring what the measures do not."""
    points = today.points.open
    if not points:
        return ""
    can = count_open(questionnaire, today)
    closes = "Das kann die Lücke schließen." if points >= missing else "Das allein schließt die Lücke nicht."
    return f" {can[0].upper()}{can[1:]} noch bis zu {german.points_count(points)} bringen. {closes}"


def _explain_moved_mark(questionnaire: Questionnaire, possible: Decimal, after: Decimal) -> str:
    """Why the mark beside the measures is another than today's: some of them make further questions apply."""
    if possible == after:
        return ""
    then, today = (german.points(questionnaire.pass_mark * each / 100) for each in (after, possible))
    return (
        f" Weil damit andere Fragen gelten als heute, liegt die Marke dann bei {then} von "
        f"{german.points_dative(after)} statt bei {today} von {german.points_dative(possible)}."
    )


def _explain_empty(
    questionnaire: Questionnaire, route: RouteSummary, today: Estimate, interview: date | None, voice: Voice
) -> str:
    whose = "Ihren Angaben" if voice is Voice.TOWN else "den Angaben der Kommune"
    if not route.missing:
        above = german.points_dative(route.reached - questionnaire.pass_mark * route.possible / 100)
        return f"Nach {whose} ist die Marke mit {above} Reserve erreicht. Weitere Maßnahmen sind dafür nicht nötig."
    reason = "rechtzeitig vor dem Prüfgespräch noch Punkte bringt" if interview else "noch Punkte bringt"
    return (
        f"Zu den bisher beantworteten Fragen gibt es keine Maßnahme, die {reason}. "
        f"Entscheidend sind jetzt die {name_open(questionnaire, today, 'en')} Fragen."
    )


def _in_time(number: int, interview: date) -> str:
    subject = "Die Maßnahme muss" if number == 1 else "Alle Maßnahmen müssen"
    weeks, due = german.in_words(EVIDENCE_WEEKS), german.day(weeks_before(interview, EVIDENCE_WEEKS))
    return (
        f"{subject} bis zum {due} fertig sein, {weeks} Wochen vor dem Prüfgespräch, "
        "damit die Belege noch abgegeben werden können. Die Zeit dafür reicht."
    )


def _measure_margin(questionnaire: Questionnaire, route: RouteSummary) -> Decimal:
    """How far above the mark the measures lead."""
    return route.reached - questionnaire.pass_mark * route.possible / 100


def _explain_margin(questionnaire: Questionnaire, route: RouteSummary, voice: Voice) -> str:
    """Stands right behind the points that it is part of."""
    margin, above = questionnaire.goal_margin, _measure_margin(questionnaire, route)
    if not margin:
        return ""
    if above >= margin:
        return f" Darin sind {german.points_count(margin)} Reserve über der Marke enthalten."
    who = "Sie liegen" if voice is Voice.TOWN else "Die Kommune liegt"
    return f" {who} dann {f'{german.points_count(above)} über' if above else 'genau auf'} der Marke."


def _advise(
    questionnaire: Questionnaire, route: RouteSummary, today: Estimate, interview: date | None, voice: Voice
) -> str:
    """Where the measures lead to less reserve than there should be, why. Others than the town read who says so."""
    lacking = questionnaire.goal_margin - _measure_margin(questionnaire, route)
    if lacking <= 0:
        return ""
    who = "Wir raten" if voice is Voice.TOWN else "Der Selbstcheck rät"
    short = _say_short_margin(questionnaire, today, lacking, interview)
    return f" {who} zu {german.points_dative(questionnaire.goal_margin)} Reserve. {short}"


def _say_short_margin(questionnaire: Questionnaire, today: Estimate, lacking: Decimal, interview: date | None) -> str:
    """Why the way has less reserve than it aims for, and whether open questions could bring what is lacking."""
    points = today.points.open
    alone = " allein" if points else ""
    if interview:
        short = f"Mit Maßnahmen{alone} ist so viel bis zum Prüfgespräch nicht mehr zu schaffen"
    else:
        short = f"So viel bringen die bekannten Maßnahmen{alone} nicht"
    if not points:
        return f"{short}."
    brings = f"{short}; {count_open(questionnaire, today)} noch bis zu {german.points_count(points)} bringen."
    return brings if points >= lacking else f"{brings} Auch das reicht dafür nicht."
