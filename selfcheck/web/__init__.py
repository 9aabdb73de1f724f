"""The pages: fetch or refuse, call, render. One module per family."""

from __future__ import annotations

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask_babel import Babel
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from selfcheck.web import (
    account,
    account_settings,
    admin,
    data,
    errors,
    extras,
    fill_in,
    hand_over,
    headers,
    history,
    home,
    invite,
    my_part,
    news,
    overview,
    own_part,
    paper,
    prepare,
    redaction,
    reminders,
    results,
    sample,
    second_factor,
    security,
    share,
    start,
    states,
    team,
    templating,
)

PAGES = (
    home,
    start,
    overview,
    fill_in,
    results,
    prepare,
    extras,
    team,
    invite,
    hand_over,
    admin,
    my_part,
    news,
    own_part,
    paper,
    history,
    states,
    redaction,
    share,
    sample,
    data,
    account,
    account_settings,
    second_factor,
    reminders,
)


class _Json(DefaultJSONProvider):
    """Only our own script reads it: as it comes, German letters as they are."""

    compact = True
    ensure_ascii = False
    sort_keys = False


def register(app: Flask) -> None:
    """Adds every page, its error pages and its headers to `app`."""
    app.json_provider_class = _Json  # Flask-Security builds its own upon it
    Babel(app, default_locale="de", default_timezone="Europe/Berlin")
    csrf = CSRFProtect(app)
    security.register(app)
    csrf.exempt(reminders.decide)  # mail programs send it; its address is the secret
    templating.register(app)
    headers.register(app)
    errors.register(app)
    for module in PAGES:
        app.register_blueprint(module.pages)
    proxies = app.config["PROXIES"]
    if proxies:
        vars(app)["wsgi_app"] = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
