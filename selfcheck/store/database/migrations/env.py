"""Runs migrations on the database of the current application. Started by flask_migrate only."""

from __future__ import annotations

from alembic import context
from alembic.migration import MigrationContext
from alembic.operations import MigrationScript
from flask import current_app
from sqlalchemy import Connection

from selfcheck.store.database.transactions import db


def forget_empty_revision(run: MigrationContext, revision: object, directives: list[MigrationScript]) -> None:
    """`flask db migrate` writes no file where models and tables agree."""
    if getattr(context.config.cmd_opts, "autogenerate", False):
        operations = directives[0].upgrade_ops
        if operations is not None and operations.is_empty():
            directives.clear()


def write_script() -> None:
    """The statements as text (`flask db upgrade --sql`)."""
    context.configure(url=db.engine.url, target_metadata=db.metadata, literal_binds=True, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


def migrate() -> None:
    """On SQLite tables are rebuilt for a change, which needs references to be off meanwhile."""
    options = {**current_app.extensions["migrate"].configure_args, "process_revision_directives": forget_empty_revision}
    with db.engine.connect() as connection:
        check_references(connection, "OFF")
        context.configure(connection=connection, target_metadata=db.metadata, **options)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        check_references(connection, "ON")


def check_references(connection: Connection, state: str) -> None:
    """SQLite takes this only outside a transaction, so past the one that SQLAlchemy would begin."""
    raw = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and raw is not None:
        raw.execute(f"PRAGMA foreign_keys = {state}")


if context.is_offline_mode():
    write_script()
else:
    migrate()
