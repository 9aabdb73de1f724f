"""A process of its own that writes from several threads: `python -m tests.store.writer URL PUBLIC-ID SECRET NAME …`.

It says `ready`, waits for a line on its input, writes, and prints how many conflicts it met.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.store.access import grants
from selfcheck.store.database import transactions
from selfcheck.store.database.transactions import db
from selfcheck.store.parts import saving
from selfcheck.store.parts.values import StoredAnswer, Who
from selfcheck.store.parts.writes import Saved
from tests import writes
from tests.store.conftest import EVERYTHING, NOON, QUESTIONNAIRE, make_app

SHARED = QuestionId("leitbild")
LINES = 12


def add_lines(app: Flask, public_id: str, secret: str, name: str) -> int:
    """Adds lines to one note that all others add to as well, each time again until it is saved; counts conflicts."""
    conflicts = 0
    with app.app_context():
        for turn in range(LINES):
            while not add_line(public_id, secret, name, f"{name}-{turn}"):
                conflicts += 1
            transactions.let_go()
    return conflicts


def add_line(public_id: str, secret: str, name: str, line: str) -> bool:
    found = grants.visitor([secret], public_id, NOON)
    assert found is not None
    stored = saving.load(found.check, QUESTIONNAIRE).stored.get(SHARED, StoredAnswer.untouched(SHARED))
    note = writes.note(SHARED, stored.note_version, f"{stored.note}{line}\n")
    own = writes.note(QuestionId(f"frage-{name}"), 0, name)
    outcomes = saving.save(
        found.check, QUESTIONNAIRE, [note, own], Who(found.grant_id, name), NOON, allowed=EVERYTHING
    ).outcomes
    return isinstance(outcomes[0], Saved)


def main(url: str, public_id: str, secret: str, *names: str) -> None:
    """One thread per name."""
    app = make_app(url)
    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(len(names)) as threads:
        jobs = [threads.submit(add_lines, app, public_id, secret, name) for name in names]
        print(sum(job.result() for job in jobs), flush=True)
    with app.app_context():
        db.engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
