"""A process of its own that saves notes from several threads: `python -m tests.store.writer URL CHECK SECRET NAME …`.

It says `ready`, waits for a line on its input, saves, and prints how long each save took, in seconds.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from selfcheck.core.questionnaire import QuestionId
from selfcheck.store import access, checks
from selfcheck.store.checks import NoteWrite, Saved, Who
from selfcheck.store.database import db
from tests.store.conftest import NOON, QUESTIONNAIRE, ROUNDS, make_app


def save_notes(app: Flask, public_id: str, secret: str, name: str, rounds: int) -> list[float]:
    """Every round a note to another question, then all of them once more; each must be saved."""
    taken = []
    with app.app_context():
        for turn in range(rounds):
            begun = time.perf_counter()
            found = access.visitor([secret], public_id, NOON)
            assert found is not None
            write = NoteWrite(QuestionId(f"frage-{turn % ROUNDS}"), 0, name)
            version = checks.load(found.check, QUESTIONNAIRE).stored
            write = write.seen(version[write.question].note_version if write.question in version else 0)
            outcome = checks.save(found.check, QUESTIONNAIRE, [write], Who(found.grant_id, name), NOON).outcomes[0]
            assert isinstance(outcome, Saved), outcome
            write = write.seen(outcome.version)
            taken.append(time.perf_counter() - begun)
            db.session.remove()
    return taken


def main(url: str, rounds: str, *visitors: str) -> None:
    """`visitors`: public id, secret and name, one after the other; each gets a thread."""
    app = make_app(url)
    print("ready", flush=True)
    sys.stdin.readline()
    each = list(zip(visitors[::3], visitors[1::3], visitors[2::3], strict=True))
    with ThreadPoolExecutor(len(each)) as threads:
        jobs = [threads.submit(save_notes, app, *visitor, int(rounds)) for visitor in each]
        for job in jobs:
            print(*(f"{seconds:.6f}" for seconds in job.result()), flush=True)
    with app.app_context():
        db.engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
