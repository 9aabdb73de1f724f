"""What the pages are measured against: a Flask page of 30 links, and a view that commits one row to SQLite.

Nothing of the product is in it, but its server is set up the same: `python -m benchmarks.bare`.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from threading import local

from flask import Flask, render_template, url_for
from granian import Granian
from granian.constants import Interfaces

from selfcheck.serve import THREADS

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
LONGEST_WAIT = 15

app = Flask(__name__)
template = app.jinja_env.from_string(PAGE)
opened = local()


@app.get("/<int:number>")
def page(number: int) -> str:
    return render_template(template, title=f"Seite {number}", numbers=range(LINKS))


@app.post("/")
def commit() -> str:
    """One row, as durable as ours: write-ahead log, synced at every commit."""
    connection = connect()
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO note (text) VALUES (?)", ("Leitbild liegt im Ordner 7",))
    return url_for("page", number=1)


def connect() -> sqlite3.Connection:
    """The connection of this thread."""
    if not hasattr(opened, "connection"):
        file = Path(os.environ["SELFCHECK_DATA"]) / "bare.sqlite3"
        connection = sqlite3.connect(file, timeout=LONGEST_WAIT, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
        opened.connection = connection
    found: sqlite3.Connection = opened.connection
    return found


def main() -> None:
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
