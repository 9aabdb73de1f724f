"""Recommendations of the chamber that several pages of a town list."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for

from selfcheck.core.review.recommendations import RecommendationState
from selfcheck.reporting.review.recommendation_text import DECIDED, STATES
from selfcheck.reporting.words import german
from selfcheck.store.chamber.talk.recommendations import StoredRecommendation, list_for_check, list_of_last_audit
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.tables import Cells


def list_agreed_recommendations(page: CheckPage) -> list[Cells]:
    """What the chamber accepted and is not done yet, with how far it is; each leads to where the progress is told."""
    if not page.access.recommended:
        return []
    found = list_for_check(page.check.id)
    agreed = [each for each in found if each.state is RecommendationState.ACCEPTED and not each.settled]
    return list(_lay_out(page, agreed))


def list_last_recommendations(page: CheckPage) -> list[Cells]:
    """What was agreed in the audit before this one, to be read only: who, until when, and what became of it."""
    if page.access.sample is not None:
        return []
    return [
        (
            f"{each.label} {each.content.title}",
            DECIDED.get(each.reply.decision, "–"),
            each.reply.person or "–",
            german.day(each.reply.due) if each.reply.due else "–",
            STATES[each.state] if each.state is RecommendationState.DONE else f"{each.reply.progress} %",
        )
        for each in list_of_last_audit(page.check.id)
    ]


def _lay_out(page: CheckPage, found: Iterable[StoredRecommendation]) -> Iterable[Cells]:
    for each in found:
        check_id = page.check.public_id
        href = url_for("reply.recommendation", check_id=check_id, recommendation_id=each.public_id)
        due = german.day(each.reply.due) if each.reply.due else "–"
        named = {"text": f"{each.label} {each.content.title}", "href": href}
        yield (named, each.reply.person or "–", due, f"{each.reply.progress} %")
