"""The application: the one place where everything meets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

import selfcheck.assets as assets
import selfcheck.web as web
from selfcheck.commands import accounts, data, estimate, mail, questionnaires, reminders
from selfcheck.config.settings import ROOT, Settings
from selfcheck.store.catalogue.catalogue import Catalogue
from selfcheck.store.database import transactions
from selfcheck.store.mail import delivery

COMMANDS = (questionnaires, data, estimate, mail, accounts, reminders)


def create_app(environ: Mapping[str, str] | None = None) -> Flask:
    """The application: settings, database, questionnaires and pages meet here and nowhere else.

    `environ` stands in for the process environment; raises `UnsafeSetting` where a setting is unsafe.
    """
    settings = Settings.from_environment(os.environ if environ is None else environ)
    app = Flask(
        "selfcheck", root_path=str(ROOT / "selfcheck"), static_folder=None, template_folder=str(ROOT / "templates")
    )
    app.config.update(settings.as_flask_config())
    transactions.init(app)
    delivery.init(app)
    app.extensions["catalogue"] = Catalogue(Path(app.config["QUESTIONNAIRES"]))
    web.register(app)
    assets.install(app, web.headers.ALWAYS)
    for module in COMMANDS:
        module.register(app)
    return app
