"""The sample town: a made-up self-check out of the questionnaire's own examples, which everybody may look at."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.reading.answers import AnswersFile, read_answers
from selfcheck.core.reading.document.yaml_lines import read_yaml
from selfcheck.core.reading.examples import CaseKeys
from selfcheck.core.reading.questionnaire import EXAMPLES_FILE
from selfcheck.core.rules.answers import Contact
from selfcheck.store.catalogue.catalogue import Catalogue
from selfcheck.store.parts.sample import Sample, make_sample
from selfcheck.store.parts.values import Details, StoredStep

ID = "beispiel"
"""What its addresses call it; the ids of others are longer."""
TOWN = "Musterstadt am Main"
CONTACT = Contact("Sabine Krüger", "Wirtschaftsförderung", "06100 000-120", "wohnort@musterstadt.example")
DISTRICT = "06433"
HOUR = time(10, 42, tzinfo=ZoneInfo("Europe/Berlin"))
KRUEGER, OFFICE = "Sabine Krüger", "Hauptamt"
DONE = (
    ("team:contact", 210, KRUEGER, ""),
    ("team:chamber", 196, KRUEGER, "Erstgespräch am 27.07.2026. Prüfbogen und Tabelle liegen vor."),
    ("chamber:share", 0, KRUEGER, ""),
)
"""Steps that are done: key, how many days ago, who did it, a note."""
ASKED_DAYS_AGO = 49
NOT_ASKED = ("it", "mobilitaet", "soziales-integration")
"""Departments of any version."""
PLANNED = (
    (
        "team:council",
        OFFICE,
        "Der Magistrat hat am 14.12.2026 zugestimmt. Die Stadtverordneten entscheiden am 18.03.2027.",
    ),
    ("interview:people", "Bürgermeisterbüro", "Termin ist angefragt."),
    ("interview:table", KRUEGER, ""),
    ("interview:binder", KRUEGER, "Register A bis C sind angelegt."),
)
"""Steps that somebody took on: key, who, a note."""


@lru_cache(maxsize=8)
def find_sample(catalogue: Catalogue) -> Sample | None:
    """The sample of the newest questionnaire, made once per catalogue; None where it has no such example."""
    questionnaire = catalogue.newest()
    town = _read_town(questionnaire, catalogue.folder)
    return _make(questionnaire, town, town.today) if town and town.today else None


def _read_town(questionnaire: Questionnaire, folder: Path) -> AnswersFile | None:
    """The example with the title `TOWN`; None where there is none or its file is not right."""
    file = folder / questionnaire.name / EXAMPLES_FILE
    if not file.is_file():
        return None
    document = read_yaml(EXAMPLES_FILE, file.read_text(encoding="utf-8"))
    cases = document.data if isinstance(document.data, list) else []
    for index, case in enumerate(cases):
        if isinstance(case, dict) and case.get("title") == TOWN:
            town = read_answers(document, (index,), CaseKeys, questionnaire)
            return None if document.faults else town
    return None


def _make(questionnaire: Questionnaire, town: AnswersFile, today: date) -> Sample:
    details = Details(TOWN, DISTRICT, town.profile, town.interview, CONTACT)
    now = datetime.combine(today, HOUR)
    asked = [each.id for each in questionnaire.departments if each.id not in NOT_ASKED]
    steps = (
        *(_done(key, now - timedelta(days), person, note) for key, days, person, note in DONE),
        *(_done(f"team:department:{id}", now - timedelta(ASKED_DAYS_AGO), KRUEGER, "") for id in asked),
        *(StoredStep(key, today, person=person, note=note) for key, person, note in PLANNED),
    )
    return make_sample(ID, questionnaire, details, town, {step.key: step for step in steps}, now)


def _done(key: str, at: datetime, person: str, note: str) -> StoredStep:
    return StoredStep(key, at.date(), done=True, person=person, note=note, at=at)
