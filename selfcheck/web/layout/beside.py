"""The Prüfbogen that was laid beside a self-check, fetched for whatever page shows something of it."""

from __future__ import annotations

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.rules.audit_sheet import Beside, lay_beside
from selfcheck.core.rules.situation import Situation
from selfcheck.store.access.grants import Access
from selfcheck.store.parts import saving
from selfcheck.store.parts.values import Loaded, StoredSheet


def load_sheet(access: Access) -> StoredSheet:
    """Two statements, none for the sample town. Raises `DamagedRow`."""
    return saving.load_sheet(access.check.id) if access.sample is None else StoredSheet()


def estimate_beside(situation: Situation, loaded: Loaded, sheet: StoredSheet) -> Beside | None:
    """What the answers give there; None as long as no question has points there."""
    worth = {QuestionId(id): line.worth for id, line in sheet.lines.items()}
    return lay_beside(
        situation.questionnaire,
        situation.estimate,
        {id: points for id, points in worth.items() if points is not None},
        [entry.text.points for entry in loaded.only_there if entry.text.points is not None],
        sheet.pass_mark.percent,
    )
