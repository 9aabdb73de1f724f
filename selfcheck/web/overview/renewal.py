"""What the overview says of renewal: answers to be confirmed, a newer version, how long the label is valid."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import url_for

from selfcheck.core.permissions import Right
from selfcheck.core.renewal.dates import Label, find_label
from selfcheck.store.access.grants import Access
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.templating import newest


@dataclass(frozen=True, slots=True)
class Renewal:
    """`waiting`: criteria with answers to be confirmed, as (title, count, address); `version`: a newer one that whoever
    looks may move to, empty where there is none."""

    waiting: tuple[tuple[str, int, str], ...]
    version: str
    label: Label | None
    due: bool


def find_renewal(page: CheckPage) -> Renewal:
    label = (
        find_label(page.check.awarded, page.check.profile.audit, page.questionnaire.validity)
        if page.check.awarded
        else None
    )
    return Renewal(
        _list_waiting(page), _find_newer(page.access, page), label, label is not None and label.is_due(page.today)
    )


def _list_waiting(page: CheckPage) -> tuple[tuple[str, int, str], ...]:
    counts = Counter(page.questionnaire.question[id].criterion for id in page.unconfirmed)

    def address(id: str) -> str:
        check_id = page.check.public_id
        return url_for("questions.criterion", check_id=check_id, criterion_id=id, zeige="zu-bestaetigen")

    return tuple(
        (each.title, counts[each.id], address(each.id)) for each in page.questionnaire.criteria if counts[each.id]
    )


def _find_newer(access: Access, page: CheckPage) -> str:
    if not access.may(Right.VERSION):
        return ""
    latest = newest()
    return latest.version if latest.name != page.questionnaire.name else ""
