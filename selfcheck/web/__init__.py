"""The pages: fetch or refuse, call, render. One room per subject; `PAGES` is the table of contents."""

from __future__ import annotations

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_babel import Babel

from selfcheck.web.accounts import devices, invitation, second_factor, security, settings, signing_in
from selfcheck.web.audit_sheet import page as audit_sheet
from selfcheck.web.chamber import case, inbox, passing_on, text_blocks
from selfcheck.web.chamber import good_examples as chamber_examples
from selfcheck.web.chamber import recommendations as chamber_recommendations
from selfcheck.web.chamber import report as chamber_report
from selfcheck.web.chamber import threads as chamber_threads
from selfcheck.web.chamber.interview import documents as interview_documents
from selfcheck.web.chamber.interview import page as interview
from selfcheck.web.chamber.judging import asking, difference, table
from selfcheck.web.chamber.judging import changes as judging_changes
from selfcheck.web.chamber.judging import question as judging_question
from selfcheck.web.chamber.result import page as chamber_result
from selfcheck.web.chamber.result import release as chamber_release
from selfcheck.web.chamber.result import settings as chamber_settings
from selfcheck.web.checklist import page as checklist
from selfcheck.web.data import page as data
from selfcheck.web.documents import binder
from selfcheck.web.documents import page as documents
from selfcheck.web.entry import begin
from selfcheck.web.evidence import files as evidence_files
from selfcheck.web.evidence import page as evidence
from selfcheck.web.goals import interim
from selfcheck.web.goals import page as goals
from selfcheck.web.good_examples import page as good_examples
from selfcheck.web.history import moments, redaction
from selfcheck.web.history import page as history
from selfcheck.web.http import errors, forms, headers, secrets_in_links, security_log, titles
from selfcheck.web.http.browser.cookie_session import CookieSessions
from selfcheck.web.http.load import bodies, pace, writing
from selfcheck.web.layout import templating
from selfcheck.web.office import page as office
from selfcheck.web.office import paper
from selfcheck.web.offline import page as offline
from selfcheck.web.operating import advisors as operated_advisors
from selfcheck.web.operating import catalogue as operated_catalogue
from selfcheck.web.operating import coordination, numbers
from selfcheck.web.operating import mails as outgoing_mails
from selfcheck.web.overview import page as overview
from selfcheck.web.questions import news
from selfcheck.web.questions import page as questions
from selfcheck.web.renewal import page as renewal
from selfcheck.web.reply import page as reply
from selfcheck.web.reply import recommendations as reply_recommendations
from selfcheck.web.reply import result as reply_result
from selfcheck.web.results import page as results
from selfcheck.web.sharing import chamber as chamber_sharing
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
    reply,
    chamber_threads,
    asking,
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
    chamber_sharing,
    first_contact,
    reader,
    good_examples,
    documents,
    binder,
    reply_result,
    data,
    signing_in,
    settings,
    devices,
    second_factor,
    chamber_examples,
    inbox,
    chamber_recommendations,
    reply_recommendations,
    case,
    passing_on,
    chamber_result,
    chamber_release,
    chamber_settings,
    judging_question,
    table,
    difference,
    judging_changes,
    text_blocks,
    chamber_report,
    interview,
    interview_documents,
    invitation,
    coordination,
    operated_advisors,
    operated_catalogue,
    outgoing_mails,
    numbers,
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
