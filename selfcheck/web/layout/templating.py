"""What templates may use beside what a page hands them: German filters and the questionnaire in force."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask, current_app
from markupsafe import Markup, escape

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.reading.faults import Faults
from selfcheck.reporting.words import german
from selfcheck.reporting.words.names import town_article
from selfcheck.reporting.words.question_points import list_points
from selfcheck.store.catalogue.catalogue import UnknownQuestionnaire
from selfcheck.web.http import clock, cookie, signed_in
from selfcheck.web.layout.fragments import cached_macro


def register(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "points": german.points,
        "points_count": german.points_count,
        "mark_percent": german.mark_percent,
        "list_points": list_points,
        "percent": german.percent,
        "share": german.share,
        "day": german.day,
        "moment": _moment,
        "clock": _clock,
        "lines": lines,
        "town_article": town_article,
    }
    app.jinja_env.tests["day_text"] = is_day_text
    app.jinja_env.globals["cached_macro"] = cached_macro
    app.context_processor(_shared)


def newest() -> Questionnaire:
    """The published questionnaire that new self-checks get."""
    questionnaire: Questionnaire = current_app.extensions["catalogue"].newest()
    return questionnaire


def is_day_text(text: str | None) -> bool:
    """Whether a date field can show `text`: nothing, or a day as `2027-06-15`."""
    try:
        return not text or bool(date.fromisoformat(text) and len(text) == len("2027-06-15"))
    except ValueError:
        return False


def lines(text: str) -> Markup:
    """Typed text with its line breaks, everything else shown literally."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _moment(value: datetime) -> str:
    return german.moment(clock.local(value))


def _clock(value: datetime) -> str:
    return german.clock(clock.local(value))


def _shared() -> dict[str, object]:
    try:
        questionnaire = newest()
    except (UnknownQuestionnaire, Faults):  # the error page itself must still come out
        return {"notice": "", "version": "", **_visitor()}
    notice = "" if questionnaire.official else questionnaire.notice
    return {"notice": notice, "version": questionnaire.version, **_visitor()}


def _visitor() -> dict[str, object]:
    """What the head of the page offers."""
    name = signed_in.known_name()
    return {"holds_grants": bool(cookie.grants()) or name is not None, "account_name": name}
