"""The outcome of an answers file as German text for a terminal; pages and documents have their own words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from selfcheck.core.questionnaire.model import QuestionId, Questionnaire
from selfcheck.core.reading.outcome import Outcome
from selfcheck.core.rules.estimate import Verdict
from selfcheck.reporting.words import german
from selfcheck.reporting.words.verdict import DISCLAIMER, OWN_WEIGHTS, name_verdict


def describe_outcome(questionnaire: Questionnaire, outcome: Outcome) -> str:
    """Everything in `outcome` (see `core.reading.outcome.work_out`) under headings."""
    sections = (
        _total(questionnaire, outcome),
        _criteria(questionnaire, outcome),
        _weights("Was entscheidet", questionnaire, outcome["decisive"]),
        _weights("Fehlende Belege", questionnaire, outcome["documents"]),
        _route(questionnaire, outcome["route"]),
        _checklist(outcome["checklist"], outcome["steps"]),
    )
    return "\n\n".join("\n".join(section) for section in sections)


def _total(questionnaire: Questionnaire, outcome: Outcome) -> Iterator[str]:
    reached = outcome["claimed"] + outcome["bonus"]
    numbers = {
        "belegt": outcome["documented"] + outcome["documented_bonus"],
        "angegeben": reached,
        "möglich bis": reached + outcome["open"],
    }
    yield f"Fragebogen {questionnaire.name}"
    yield f"{name_verdict(Verdict(outcome['verdict']))}. {DISCLAIMER}."
    if not questionnaire.official:
        yield f"{OWN_WEIGHTS[0].upper()}{OWN_WEIGHTS[1:]}."
    for name, value in numbers.items():
        share = german.percent(german.share(value, outcome["possible"]))
        yield f"  {name:12}{share:>8}  {german.points_out_of(value, outcome['possible'])}"
    mark = german.points_count(outcome["mark"])
    yield f"  {'Marke':12}{german.mark_percent(questionnaire.pass_mark):>8}  {mark}"
    yield f"  Sonderpunkte: {german.points(outcome['bonus'])}, belegt {german.points(outcome['documented_bonus'])}"
    probes = {"alle Fragen gleich": "equal", "nur genannte Fragen": "named"}
    for words, name in probes.items():
        if (share := outcome["probes"][name]) is not None:
            yield f"  Probe, {words}: {german.percent(german.share(share, Decimal(1)))}"


def _criteria(questionnaire: Questionnaire, outcome: Outcome) -> Iterator[str]:
    yield "Punkte je Kriterium"
    for criterion in outcome["criteria"]:
        known = questionnaire.criterion[criterion["id"]]
        documented, still_open = german.points(criterion["documented"]), german.points(criterion["open"])
        reached = german.points_out_of(criterion["claimed"], criterion["possible"])
        yield f"  {known.letter} {known.title}: {reached}, belegt {documented}, offen {still_open}"
        for line in criterion["questions"]:
            yield f"    {_title(questionnaire, line['id'])} – {line['reason']}"


def _title(questionnaire: Questionnaire, question: QuestionId) -> str:
    known = questionnaire.question[question]
    return f"{known.number} {known.text}"


def _weights(heading: str, questionnaire: Questionnaire, entries: list[Any]) -> Iterator[str]:
    yield heading
    for entry in entries:
        yield f"  {german.points_count(entry['points'])}: {_title(questionnaire, entry['question'])}"
    if not entries:
        yield "  nichts"


def _route(questionnaire: Questionnaire, route: Outcome) -> Iterator[str]:
    yield "Der Weg zur Marke (vorläufig)" if route["provisional"] else "Der Weg zur Marke"
    if route["missing"]:
        yield f"  Es fehlen dann noch {german.points_count(route['missing'])} bis zur Marke."
    for one in route["measures"]:
        number = questionnaire.question[one["question"]].number
        months = german.count(one["months"], "Monat", "Monate")
        yield f"  +{german.points_count(one['gain'])}: {number} {one['text']} (dauert {months})"
    if not route["measures"]:
        yield "  keine Maßnahmen"


def _checklist(steps: list[Any], counted: Outcome) -> Iterator[str]:
    yield f"Checkliste, {counted['done']} von {counted['all']} erledigt"
    for step in steps:
        due = german.day(date.fromisoformat(step["due"])) if step["due"] else "ohne Termin"
        yield f"  {due:12} {step['group']}: {step['text']}"
