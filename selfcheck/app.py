"""The application: the one place where everything meets."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

import click
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import selfcheck.web as web
from selfcheck import worker
from selfcheck.assets import Assets
from selfcheck.commands.accounts import accounts
from selfcheck.commands.data import data
from selfcheck.commands.estimate import estimate
from selfcheck.commands.mail import mail
from selfcheck.commands.questionnaires import questionnaires
from selfcheck.commands.reminders import reminders
from selfcheck.commands.worker import worker as worker_command
from selfcheck.config.settings import ROOT, Settings
from selfcheck.store.catalogue.catalogue import Catalogue
from selfcheck.store.database import health, journal, transactions
from selfcheck.store.mail import delivery
from selfcheck.typesetting.press import Press
from selfcheck.web.http import clock
from selfcheck.web.http.load.sending import Sending
from selfcheck.web.site import legal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SCANNING_OF_THREADS = 4
"""Of so many threads one may be with the virus scanner."""
SETTING_OF_THREADS = 2
"""Of so many threads one may have a PDF set, or wait for it."""


class Application(Flask):
    """Flask with `outside` around it: what stands between the server and the pages."""

    def __init__(self) -> None:
        root, templates = str(ROOT / "selfcheck"), str(ROOT / "templates")
        super().__init__("selfcheck", root_path=root, static_folder=None, template_folder=templates)
        self.outside: WSGIApplication = super().wsgi_app

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self.outside(environ, start_response)


def create_app(environ: Mapping[str, str] | None = None) -> Flask:
    """The application: settings, database, questionnaires and pages meet here and nowhere else.

    `environ` stands in for the process environment; raises `UnsafeSetting` where a setting is unsafe.
    """
    settings = Settings.from_environment(os.environ if environ is None else environ)
    app = Application()
    app.config.update(settings.as_flask_config())
    transactions.init(app)
    journal.init(app)
    health.init(app)
    delivery.init(app, clock.now, worker.try_turn)
    app.extensions["catalogue"] = Catalogue(Path(app.config["QUESTIONNAIRES"]))
    web.register(app)
    assets = Assets(Path(app.config["ASSETS"]), ROOT / "static")
    app.extensions["assets"] = assets
    app.jinja_env.globals["asset"] = assets.url
    threads = app.config["THREADS"]
    setting = BoundedSemaphore(max(1, threads // SETTING_OF_THREADS))
    app.extensions["press"] = Press(app.config["DOCUMENT_FONTS"], app.config["DATA"], here=setting)
    app.extensions["scans"] = BoundedSemaphore(max(1, threads // SCANNING_OF_THREADS))
    proxies = app.config["PROXIES"]
    if proxies:
        app.outside = ProxyFix(app.outside, x_for=proxies, x_proto=proxies, x_host=proxies)
    always = web.headers.always(app.config)
    app.outside = assets.serve(app.outside, always)
    app.outside = Sending(app.outside, threads, app.config["LONG_READERS"], always.items())
    for command in (questionnaires, data, estimate, mail, accounts, reminders, worker_command):
        app.cli.add_command(command)
    if app.config["ENVIRONMENT"] == "production" and click.get_current_context(silent=True) is None:
        with app.app_context():  # a command serves nobody
            legal.warn_of_missing()
    return app
