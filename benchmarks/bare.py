"""What ours is measured against: a Flask page of 30 links, and a view that saves one row on the same stack.

Nothing of the product is in it, but its server is set up the same: `python -m benchmarks.bare`.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from flask import Flask, render_template, request, url_for
from flask_wtf.csrf import CSRFProtect, generate_csrf
from granian import Granian
from granian.constants import Interfaces
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, event, insert
from sqlalchemy.pool import ConnectionPoolEntry

from selfcheck.serve import share_freed_memory

PAGE = """<!doctype html>
<html lang="de">
<head><meta charset="utf-8"><title>{{ title }}</title></head>
<body>
<h1>{{ title }}</h1>
<ul>
{% for number in numbers %}<li><a href="{{ url_for("page", number=number) }}">Seite {{ number }}</a></li>
{% endfor %}</ul>
</body>
</html>
"""
LINKS = 30
PRAGMAS = (
    "busy_timeout = 15000",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
)
"""Those of `selfcheck.store.database.transactions`: every commit is as durable as ours."""
THREADS = int(os.environ["SELFCHECK_THREADS"])

app = Flask(__name__)
app.config["SECRET_KEY"] = "signs nothing but benchmarks"
CSRFProtect(app)
template = app.jinja_env.from_string(PAGE)
database = Path(os.environ["SELFCHECK_DATA"]) / "bare.sqlite3"
engine = create_engine(f"sqlite:///{database}", pool_size=THREADS, max_overflow=0, pool_use_lifo=True)
metadata = MetaData()
notes = Table("note", metadata, Column("id", Integer, primary_key=True), Column("text", Text, nullable=False))


@event.listens_for(engine, "connect")
def set_up(connection: sqlite3.Connection, entry: ConnectionPoolEntry) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@app.get("/<int:number>")
def page(number: int) -> str:
    return render_template(template, title=f"Seite {number}", numbers=range(LINKS))


@app.get("/mark")
def mark() -> str:
    """What a save must carry; the session that knows it comes as a cookie."""
    return generate_csrf()


@app.post("/")
def save() -> str:
    """Session and mark are checked before; then one row in a transaction of its own."""
    with engine.begin() as connection:
        connection.execute(insert(notes).values(text=request.form["text"]))
    return url_for("page", number=1)


def main() -> None:
    metadata.create_all(engine)
    engine.dispose()
    share_freed_memory()
    Granian(
        "benchmarks.bare:app",
        address=os.environ["HOST"],
        port=int(os.environ["PORT"]),
        interface=Interfaces.WSGI,
        workers=int(os.environ["SELFCHECK_WORKERS"]),
        blocking_threads=THREADS,
        websockets=False,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main()
