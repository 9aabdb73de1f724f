"""The pages: fetch or refuse, call, render. One room per subject; `PAGES` is the table of contents."""

from __future__ import annotations

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_babel import Babel

from selfcheck.web.accounts import devices, second_factor, security, settings, signing_in
from selfcheck.web.audit_sheet import page as audit_sheet
from selfcheck.web.chamber import case, inbox, passing_on
from selfcheck.web.chamber import recommendations as chamber_recommendations
from selfcheck.web.checklist import page as checklist
from selfcheck.web.data import page as data
from selfcheck.web.documents import binder
from selfcheck.web.documents import page as documents
from selfcheck.web.entry import begin
from selfcheck.web.evidence import files as evidence_files
from selfcheck.web.evidence import page as evidence
from selfcheck.web.goals import interim
from selfcheck.web.goals import page as goals
from selfcheck.web.history import moments, redaction
from selfcheck.web.history import page as history
from selfcheck.web.http import errors, forms, headers, secrets_in_links, security_log, titles
from selfcheck.web.http.browser.cookie_session import CookieSessions
from selfcheck.web.http.load import bodies, pace, writing
from selfcheck.web.layout import templating
from selfcheck.web.office import page as office
from selfcheck.web.office import paper
from selfcheck.web.offline import page as offline
from selfcheck.web.operating import coordination
from selfcheck.web.overview import page as overview
from selfcheck.web.questions import news
from selfcheck.web.questions import page as questions
from selfcheck.web.renewal import page as renewal
from selfcheck.web.reply import recommendations as reply_recommendations
from selfcheck.web.results import page as results
from selfcheck.web.sharing import first_contact, reader
from selfcheck.web.sharing import page as sharing
from selfcheck.web.site import blank_sheet, guides, home, sample
from selfcheck.web.site import help as helping
from selfcheck.web.site import questions as all_questions
from selfcheck.web.team import departments, hand_over, invite, my_part, reminders
from selfcheck.web.team import page as team

PAGES = (
    home,
    all_questions,
    blank_sheet,
    helping,
    guides,
    sample,
    begin,
    overview,
    questions,
    news,
    results,
    audit_sheet,
    checklist,
    evidence,
    evidence_files,
    goals,
    interim,
    my_part,
    team,
    departments,
    invite,
    hand_over,
    reminders,
    office,
    paper,
    offline,
    history,
    moments,
    redaction,
    renewal,
    sharing,
    first_contact,
    reader,
    documents,
    binder,
    data,
    signing_in,
    settings,
    devices,
    second_factor,
    coordination,
    inbox,
    chamber_recommendations,
    reply_recommendations,
    case,
    passing_on,
)
"""Every module with pages, in the order of the navigation; the modules of one room share its blueprint."""


class _Json(DefaultJSONProvider):
    """Only our own script reads it: as it comes, German letters as they are."""

    compact = True
    ensure_ascii = False
    sort_keys = False


def register(app: Flask) -> None:
    """Adds every page, its error pages and its headers to `app`."""
    app.json_provider_class = _Json  # Flask-Security builds its own upon it
    Babel(app, default_locale="de", default_timezone="Europe/Berlin")
    app.session_interface = CookieSessions()
    bodies.register(app)
    pace.register(app)
    writing.register(app)
    csrf = forms.protect(app)
    security.register(app)
    csrf.exempt(reminders.decide)  # mail programs send it; its address is the secret
    templating.register(app)
    headers.register(app)
    secrets_in_links.register(app)
    titles.register(app)  # after what packs a page, and so before it when an answer goes out
    security_log.register(app)
    errors.register(app)
    for blueprint in dict.fromkeys(module.pages for module in PAGES):
        app.register_blueprint(blueprint)
