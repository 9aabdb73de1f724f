"""The way to the mark in words: what a measure takes, and where all of them lead."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from selfcheck.core.questionnaire import Effort, Need, Questionnaire
from selfcheck.core.wording import listing
from selfcheck.reporting import german
from selfcheck.reporting.verdict import Voice
from selfcheck.reporting.way import RouteItem, RouteSummary

EFFORTS = {Effort.SMALL: "gering", Effort.MEDIUM: "mittel", Effort.LARGE: "hoch"}
NEEDS = {Need.COUNCIL: "Gremienbeschluss", Need.BUDGET: "Haushalt", Need.TENDER: "Vergabe"}


def list_facts(item: RouteItem) -> tuple[tuple[str, str], ...]:
    """What the measure takes, as (word, value)."""
    facts = [
        ("Aufwand", EFFORTS[item.effort]),
        ("dauert", german.count(item.months, "Monat", "Monate") if item.months else "unter einem Monat"),
        ("braucht", listing([NEEDS[need] for need in item.needs]) or "nichts Besonderes"),
    ]
    if item.latest_start is not None:
        facts.append(("spätestens beginnen", german.day(item.latest_start)))
    return tuple(facts)


def explain_route(
    questionnaire: Questionnaire, route: RouteSummary, interview: date | None, voice: Voice = Voice.TOWN
) -> str:
    """Where the measures lead; what is still missing to the mark comes first."""
    mark = questionnaire.pass_mark * route.possible / 100
    if not route.items:
        return _explain_empty(route, mark, interview, voice)
    reached = f"{german.points_count(route.reached)}, das sind {_percent(route)}"
    who = "kommen Sie" if voice is Voice.TOWN else "kommt die Kommune"
    with_all = f"Mit {_count_measures(len(route.items))} {who} auf {reached}."
    in_time = f" {_in_time(len(route.items), interview)}" if interview else ""
    if route.missing:
        verb = "fehlt" if route.missing == 1 else "fehlen"
        missing = f"Bis zur Marke {verb} auch damit noch {german.points_count(route.missing)}."
        return f"{missing} {with_all}{in_time}"
    return f"{with_all}{in_time}{_explain_margin(questionnaire, route, mark)}"


def _explain_empty(route: RouteSummary, mark: Decimal, interview: date | None, voice: Voice) -> str:
    whose = "Ihren Angaben" if voice is Voice.TOWN else "den Angaben der Kommune"
    if not route.missing:
        above = german.points_count(route.reached - mark)
        return f"Nach {whose} ist die Marke mit {above} Reserve erreicht. Weitere Maßnahmen sind dafür nicht nötig."
    reason = "bis zum Prüfgespräch noch Punkte bringt" if interview else "noch Punkte bringt"
    return (
        f"Zu den bisher beantworteten Fragen gibt es keine Maßnahme, die {reason}. "
        "Entscheidend sind jetzt die offenen Fragen."
    )


def _count_measures(number: int) -> str:
    return "dieser einen Maßnahme" if number == 1 else f"diesen {german.in_words(number)} Maßnahmen"


def _percent(route: RouteSummary) -> str:
    return german.percent(german.share(route.reached, route.possible))


def _in_time(number: int, interview: date | None) -> str:
    subject = "Sie ist" if number == 1 else "Alle sind"
    return f"{subject} bis zum Prüfgespräch am {german.day(interview)} zu schaffen." if interview else ""


def _explain_margin(questionnaire: Questionnaire, route: RouteSummary, mark: Decimal) -> str:
    margin = questionnaire.goal_margin
    if not margin or route.reached < mark + margin:
        return ""
    return f" Darin sind {german.points_count(margin)} Reserve über der Marke enthalten."
