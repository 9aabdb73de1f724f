"""The application: the one place where everything meets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

import selfcheck.accounts_command as accounts_command
import selfcheck.assets as assets
import selfcheck.commands as commands
import selfcheck.data_command as data_command
import selfcheck.estimate_command as estimate_command
import selfcheck.mail_command as mail_command
import selfcheck.reminders_command as reminders_command
import selfcheck.web as web
from selfcheck.config import Settings
from selfcheck.store import database, delivery
from selfcheck.store.catalogue import Catalogue

ROOT = Path(__file__).resolve().parent.parent


def create_app(environ: Mapping[str, str] | None = None) -> Flask:
    """The application: settings, database, questionnaires and pages meet here and nowhere else.

    `environ` stands in for the process environment; raises `UnsafeSetting` where a setting is unsafe.
    """
    settings = Settings.from_environment(os.environ if environ is None else environ)
    app = Flask(
        "selfcheck", root_path=str(ROOT / "selfcheck"), static_folder=None, template_folder=str(ROOT / "templates")
    )
    app.config.update(settings.as_flask_config())
    database.init(app)
    delivery.init(app)
    app.extensions["catalogue"] = Catalogue(Path(app.config["QUESTIONNAIRES"]))
    web.register(app)
    assets.install(app, web.headers.ALWAYS)
    for module in (commands, data_command, estimate_command, mail_command, accounts_command, reminders_command):
        module.register(app)
    return app
