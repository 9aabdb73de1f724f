"""What was frozen, read again with the questionnaire that it answers."""

from __future__ import annotations

from typing import Any

from flask import abort

from selfcheck.core.reading.document.faults import Faults
from selfcheck.reporting.report.stand import DamagedStand, Stand, stand_from_plain
from selfcheck.store.catalogue.catalogue import Prepared, UnknownQuestionnaire
from selfcheck.web.layout.catalogue import catalogue


def read_content(content: Any) -> tuple[Stand, Prepared]:
    """The frozen Stand and its questionnaire; 503 where that cannot be read (any more). Raises `DamagedStand`."""
    name = content.get("questionnaire") if isinstance(content, dict) else None
    if not isinstance(name, str):
        raise DamagedStand("it names no questionnaire")
    try:
        prepared = catalogue().prepared(name)
    except (UnknownQuestionnaire, Faults):
        abort(503)
    return stand_from_plain(prepared.questionnaire, content), prepared
