"""Pages for everybody: start, chamber finder, legal pages, and what machines ask for."""

from __future__ import annotations

import logging

from flask import Response, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from selfcheck.assets import Assets
from selfcheck.core.questionnaire.eligibility import Eligibility
from selfcheck.reporting.words import german
from selfcheck.reporting.words.eligibility_text import answer
from selfcheck.store.database import health
from selfcheck.store.database.health import Unhealthy
from selfcheck.web.entry import finder, my_list
from selfcheck.web.http import clock, headers
from selfcheck.web.http.browser import signed_in
from selfcheck.web.layout.catalogue import OTHER, catalogue
from selfcheck.web.layout.own_texts import read_own
from selfcheck.web.site import legal, pages, sample
from selfcheck.web.site.key_facts import newest_facts

log = logging.getLogger(__name__)
ROBOTS = """User-agent: *
Disallow: /selbstcheck/
Disallow: /selbstchecks
Disallow: /bericht/
Disallow: /berichte/
Disallow: /zugang/
Disallow: /konto
Disallow: /passwort-neu/
"""


@pages.before_request
def recognise() -> None:
    """So that the head of every page knows who is signed in; help can be read even if the database cannot."""
    try:
        signed_in.account()
    except DBAPIError as error:
        log.warning("Nobody can be recognised: %s", type(error).__name__)


@pages.get("/")
def start_page() -> str:
    latest = my_list.find_latest()
    if latest is not None:
        headers.keep_private()
    summary = sample.summarise_sample()
    perform = catalogue().chambers.source.url
    return render_template("site/start.html", facts=newest_facts(), sample=summary, latest=latest, perform=perform)


@pages.get("/ihk")
def chambers() -> str:
    everyone, today = catalogue().chambers, clock.today()
    chosen = request.args.get("kreis", "")
    return render_template(
        "site/chambers.html",
        count=german.in_words(len(everyone.chambers)),
        districts=finder.list_districts(everyone),
        chosen=chosen,
        found=finder.find(everyone, chosen, today),
        elsewhere=answer(Eligibility.OTHER_DISTRICT) if chosen == OTHER else None,
        heads=finder.HEADS,
        rows=finder.list_rows(everyone),
        source=everyone.source,
        as_of=everyone.as_of,
        aged=finder.AGED if everyone.is_old(today) else "",
        ours=[district.name for district in everyone.districts if district.ours],
        other=OTHER,
    )


@pages.get("/impressum")
def imprint() -> str:
    return _show_text("Impressum", "impressum", "Das Impressum fehlt noch.")


@pages.get("/datenschutz")
def privacy() -> str:
    """What the program itself does stands in front, whatever the operator adds."""
    operator, placeholder = legal.read_page("datenschutz", "datenschutz-betreiber")
    own = read_own("datenschutz")
    return render_template("site/privacy.html", own=own, operator=operator, placeholder=placeholder)


@pages.get("/barrierefreiheit")
def accessibility() -> str:
    return _show_text("Erklärung zur Barrierefreiheit", "barrierefreiheit", "Diese Erklärung ist noch ein Entwurf.")


@pages.get("/leichte-sprache")
def easy_language() -> str:
    text, _ = legal.read_page("leichte-sprache")
    return render_template("site/text.html", title="Leichte Sprache", text=text, easy=True)


@pages.get("/healthz", endpoint="health")
def tell_health() -> ResponseReturnValue:
    """For whoever watches over the server: 200 `ok`, or 503 and why while nothing can be read or saved."""
    try:
        health.examine()
    except Unhealthy as problem:
        return Response(f"{problem}\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


@pages.get("/robots.txt")
def robots() -> Response:
    return Response(ROBOTS, mimetype="text/plain")


@pages.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    """Some browsers ask for it whatever the page says."""
    assets: Assets = current_app.extensions["assets"]
    return redirect(assets.url("img/favicon.svg"))


def _show_text(title: str, name: str, missing: str) -> str:
    """`missing` is what visitors read while the operator has not put in a text."""
    text, placeholder = legal.read_page(name)
    return render_template("site/text.html", title=title, text=text, placeholder=placeholder, missing=missing)
