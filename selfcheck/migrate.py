"""`python -m selfcheck.migrate`: brings the tables up to date; loads the database and none of the pages."""

from __future__ import annotations

import os

import flask_migrate
from flask import Flask

from selfcheck.config.settings import Settings
from selfcheck.store.database import tables, transactions


def main() -> None:
    """Does nothing where they are. Raises `UnsafeSetting`, and what alembic and the driver raise."""
    app = Flask(tables.__name__)
    app.config.update(Settings.from_environment(os.environ).as_flask_config())
    transactions.init(app)
    transactions.add_migrations(app)
    with app.app_context():
        flask_migrate.upgrade()


if __name__ == "__main__":
    main()
