"""The questionnaires and chambers that this installation offers, for whatever page asks; its districts in words."""

from __future__ import annotations

from flask import current_app

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.reading.document.faults import Faults
from selfcheck.store.catalogue.catalogue import Catalogue, UnknownQuestionnaire

OTHER = "other"
"""Stands for every district that no chamber here has."""
OTHER_WORDS = "anderer Kreis"


def catalogue() -> Catalogue:
    """What was read when this process first asked for it."""
    offered: Catalogue = current_app.extensions["catalogue"]
    return offered


def find_version(name: str) -> Questionnaire | None:
    """The questionnaire `id/version`; None where it cannot be read (any more)."""
    try:
        return catalogue().questionnaire(name)
    except (UnknownQuestionnaire, Faults):
        return None


def name_districts() -> dict[str, str]:
    """The words of each district by its key."""
    return {OTHER: OTHER_WORDS} | {district.key: district.name for district in catalogue().chambers.districts}


def name_chamber(chamber_id: str) -> str:
    """The name of a chamber by its id; the id itself for one that is not among them (any more)."""
    return name_chambers().get(chamber_id, chamber_id)


def name_chambers() -> dict[str, str]:
    """The name of each chamber by its id, in the order of the file."""
    return {chamber.id: chamber.name for chamber in catalogue().chambers.chambers}


def name_places() -> list[str]:
    """The names of all districts and chambers."""
    chambers = catalogue().chambers
    return [*(each.name for each in chambers.districts), *(each.name for each in chambers.chambers)]
