"""What templates may use beside what a page hands them: German filters and the questionnaire in force."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup, escape

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.reading.document.faults import Faults
from selfcheck.reporting.review.case_text import tag_sender
from selfcheck.reporting.words import german
from selfcheck.reporting.words.names import town_article
from selfcheck.reporting.words.question_points import list_points
from selfcheck.store.catalogue.catalogue import UnknownQuestionnaire
from selfcheck.web.http import clock, copies
from selfcheck.web.http.browser import cookie, signed_in
from selfcheck.web.layout.catalogue import catalogue
from selfcheck.web.layout.contact import link_mail, link_phone
from selfcheck.web.layout.fields import find_day
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
        "signed": german.signed,
        "share": german.share,
        "day": german.day,
        "link_mail": link_mail,
        "link_phone": link_phone,
        "say_day": say_day,
        "moment": lambda value: german.moment(clock.local(value)),
        "stand": lambda number, at: german.stand(number, clock.local(at)),
        "clock": lambda value: german.clock(clock.local(value)),
        "lines": lines,
        "town_article": town_article,
        "tag_sender": tag_sender,
    }
    app.jinja_env.globals |= {"cached_macro": cached_macro, "take_copies": copies.take}
    app.context_processor(_shared)


def newest() -> Questionnaire:
    """The published questionnaire that new self-checks get."""
    return catalogue().newest()


def say_day(text: str | None) -> str:
    """What stands in the field of a day, in words: `Montag, 1. Februar 2027`; empty for what is no day."""
    day = find_day(text or "")
    return german.long_day(day) if day else ""


def lines(text: str) -> Markup:
    """Typed text with its line breaks, everything else shown literally."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _shared() -> dict[str, object]:
    """What the head of the page offers to this visitor, and what its foot says of the questionnaire."""
    name = signed_in.known_name()
    held = len(cookie.grants())
    shared = {
        "holds_grants": held > 0 or name is not None,
        "holds_several": held > 1,
        "account_name": name,
        "advises": signed_in.known_to_advise(),
        "operates": signed_in.known_to_operate(),
    }
    try:
        questionnaire = newest()
    except (UnknownQuestionnaire, Faults):  # the error page itself must still come out
        return {"notice": "", "version": "", **shared}
    notice = "" if questionnaire.official else questionnaire.notice
    return {"notice": notice, "version": questionnaire.version, **shared}
