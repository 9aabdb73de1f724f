"""The inbox of an advisor with 2,000 cases against the same page with 50: as many statements, hardly more time."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time

from flask import Flask
from sqlalchemy import insert, update

from benchmarks.result import Result, at_most, only_told
from benchmarks.town import close, make_app
from selfcheck.core.questionnaire.model import Profile
from selfcheck.store.access import self_checks
from selfcheck.store.database import tables
from selfcheck.store.database.tokens import new_public_id
from selfcheck.store.database.transactions import writing
from selfcheck.store.parts.values import Check, Details
from tests import towns
from tests.places import add_account
from tests.web.page import Visitor
from tests.web.statements import listen
from tests.web.team.people import SESSION_KEY

FEW, MANY = 50, 2000
ROUNDS = 15
MOST_TIMES = 1.5
QUESTIONS = 38
JUDGED = 14
"""Questions of a case that an advisor has judged already."""
ADDRESSES = {"inbox": "/beratung", "list": "/beratung?gruppe=alle", "search": "/beratung?suche=stadt+0007"}
AS_FAST = ("inbox", "list")
"""A search looks at every name, and then shows one case."""
PROFILE = Profile("mittelzentrum", "first", "HE")
THREADS = ("open", "answered", "done", "done")
TURNS = (("received", "chamber"), ("reviewing", "chamber"), ("queries", "town"), ("closed", "nobody"))


def measure(folder: Path) -> Iterator[Result]:
    """Seconds of a core, in short turns one after the other, so that whatever else the machine does hits both."""
    few, many = make_app(folder / "few"), make_app(folder / "many")
    readers = {app: _fill(app, number) for app, number in ((few, FEW), (many, MANY))}
    for name, address in ADDRESSES.items():
        asked = {app: _open(reader, address) for app, reader in readers.items()}
        counted = {app: _count(app, ask) for app, ask in asked.items()}
        turns = [(_take(asked[few]), _take(asked[many])) for _ in range(ROUNDS)]
        yield only_told(f"{name} with {FEW} cases: milliseconds", f"{median(mine for mine, _ in turns) * 1000:.0f}")
        yield at_most(f"{name} with {MANY} cases: statements, of {counted[few]}", counted[many], counted[few])
        times = median(larger / smaller for smaller, larger in turns)
        said = f"{name} with {MANY} cases: times as long as with {FEW}"
        wanted = name in AS_FAST
        yield at_most(said, times, MOST_TIMES, "{:.2f}") if wanted else only_told(said, f"{times:.2f}")
    close(few)
    close(many)


def _open(reader: Visitor, address: str) -> Callable[[], None]:
    def ask() -> None:
        answer = reader.client.get(address)
        if answer.status_code != 200:
            raise LookupError(f"{address}: {answer.status}")

    return ask


def _count(app: Flask, ask: Callable[[], None]) -> int:
    ask()
    with listen(app) as sent:
        ask()
    return len(sent)


def _take(ask: Callable[[], None]) -> float:
    began = process_time()
    ask()
    return process_time() - began


def _fill(app: Flask, number: int) -> Visitor:
    """So many cases of one chamber, and the browser of one of its advisors."""
    draw, now = random.Random(number), datetime.now(UTC)
    with app.app_context(), writing() as connection:
        account, mark = add_account(connection, "berta@example.org", now, "advisor")
        connection.execute(update(tables.Account).where(tables.Account.id == account).values(chamber="darmstadt"))
        questionnaire = towns.questionnaire().name
        checks = [
            self_checks.begin(questionnaire, Details(f"Stadt {each:04}", "06433", PROFILE, None), now, "")[0]
            for each in range(number)
        ]
        case = tables.ReviewCase
        made = [_make_case(check, draw, account, now) for check in checks]
        cases = connection.execute(insert(case).returning(case.id), made).scalars().all()
        connection.execute(insert(tables.Judgement), [row for each in cases for row in _judge(each, draw, now)])
        threads = [{"case_id": each, "question": "q1", "state": draw.choice(THREADS), "at": now} for each in cases]
        connection.execute(insert(tables.Thread), threads)
    visitor = Visitor(app.test_client())
    with visitor.client.session_transaction() as session:
        session[SESSION_KEY] = mark
        session["_fresh"] = True
    return visitor


def _make_case(check: Check, draw: random.Random, account: int, now: datetime) -> dict[str, object]:
    state, ball = draw.choice(TURNS)
    since = now - timedelta(days=draw.randrange(200))
    return {
        "public_id": new_public_id(),
        "check_id": check.id,
        "chamber": "darmstadt",
        "municipality": check.municipality,
        "district": check.district,
        "audit": check.profile.audit,
        "stand": 1,
        "asked": QUESTIONS,
        "shared_at": since,
        "state": state,
        "papers_missing": False,
        "advisor_id": account if state != "received" else None,
        "sender": "open",
        "waits_on": ball,
        "waits_since": since,
        "created_at": since,
    }


def _judge(case: int, draw: random.Random, now: datetime) -> Iterator[dict[str, object]]:
    for place in range(JUDGED):
        yield {
            "case_id": case,
            "question": f"q{place}",
            "verdict": "enough",
            "stand": 1,
            "difference": draw.randrange(-400, 400, 50),
            "version": 1,
            "at": now,
        }
