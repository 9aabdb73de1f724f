"""What a worker holds in memory: nothing that no page needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOT_FOR_PAGES = {"alembic", "flask_migrate", "plotly", "psycopg", "sqlalchemy.dialects.postgresql"}
"""Migrations belong to commands, plotly to a process of its own, PostgreSQL to those who have it."""


def test_a_worker_on_sqlite_begins_without_what_its_pages_do_not_need(tmp_path: Path) -> None:
    code = """
import sys, threading, wsgi
for thread in threading.enumerate():
    if thread.name == "warm-up":
        thread.join()
from selfcheck.reporting.charts import figures
assert figures.draw_empty.cache_info().currsize == 1, "the first result page would wait for it"
print(*sys.modules)
"""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["SELFCHECK_DATA"] = str(tmp_path)
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    modules = set(ended.stdout.split())
    assert not NOT_FOR_PAGES & modules


def test_commands_migrate_and_wait_for_no_charts(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["SELFCHECK_DATA"] = str(tmp_path)
    command = [sys.executable, "-X", "importtime", "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert "alembic" in ended.stderr
    assert "plotly" not in ended.stderr
    assert (tmp_path / "selfcheck.sqlite3").stat().st_size > 0
