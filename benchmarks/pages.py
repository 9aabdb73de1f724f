"""A filled question page against a bare Flask page on the same server, the result page against the question page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.load import get, repeat, run
from benchmarks.result import Result, at_least, at_most, only_told
from benchmarks.servers import BARE, OURS, WORKERS, serve
from benchmarks.town import close, count_statements, fill_town, make_app

ROUNDS = 8
SECONDS = 0.75
WARM_UP = 1.0
CONNECTIONS = 4 * WORKERS
"""So many that no worker is ever idle, whichever of them each connection meets."""


def measure(folder: Path) -> Iterator[Result]:
    """Short turns one after the other, so that whatever else the machine does hits all pages alike."""
    app = make_app(folder / "ours")
    town = fill_town(app)
    question, result = get(town.questions, town.headers), get(f"{town.home}/ergebnis", town.headers)
    counted = count_statements(app, question)
    close(app)
    with serve(BARE, folder / "bare", "/1") as bare, serve(OURS, folder / "ours", "/healthz") as ours:
        pages = {
            "bare": (bare.port, get("/1", {"Accept-Encoding": "gzip, deflate, br"})),
            "question": (ours.port, question),
            "result": (ours.port, result),
        }
        for port, request in pages.values():
            run(port, repeat(request, CONNECTIONS), WARM_UP)
        turns = [
            {name: run(port, repeat(request, CONNECTIONS), SECONDS) for name, (port, request) in pages.items()}
            for _ in range(ROUNDS)
        ]
    for name in pages:
        yield only_told(f"{name} page: requests per second", f"{median(turn[name].per_second for turn in turns):.0f}")
    share = median(turn["question"].per_second / turn["bare"].per_second for turn in turns)
    yield at_least("question page: share of the bare page's requests per second", share, 0.05, "{:.3f}")
    yield at_most("question page: SQL statements", counted, 6)
    slower = median(turn["question"].per_second / turn["result"].per_second for turn in turns)
    yield at_most("result page: times a question page", slower, 3, "{:.1f}")
