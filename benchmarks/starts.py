"""How long the server takes to start, how much memory its workers hold after work, how long `make run` takes again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.load import get, repeat, run
from benchmarks.result import Result, at_most
from benchmarks.servers import OURS, THREADS, WORKERS, find_workers, read_memory, serve
from benchmarks.town import close, fill_town, make_app

MAKE_RUN = ("make", "--no-print-directory", "run")
WARM_UP = 6.0
CONNECTIONS = 2 * WORKERS * THREADS
"""So many that every thread has work, whichever worker each connection meets."""


def measure(folder: Path) -> Iterator[Result]:
    app = make_app(folder / "ours")
    town = fill_town(app)
    close(app)
    with serve(OURS, folder / "ours", "/healthz") as ours:
        for path in (town.home, town.questions, f"{town.home}/ergebnis", f"{town.home}/checkliste"):
            request = get(path, town.headers)
            run(ours.port, repeat(request, CONNECTIONS), WARM_UP / 4)
        memory = max(read_memory(worker) for worker in find_workers(ours.process))
    yield at_most("start of the server: seconds", ours.started_in, 4, "{:.1f}")
    yield at_most(f"memory of a worker with {THREADS} threads at work: MB", memory, 160)
    with serve(MAKE_RUN, folder / "ours", "/healthz"):
        pass  # the first start may have something to set up
    with serve(MAKE_RUN, folder / "ours", "/healthz") as again:
        yield at_most("make run, second start: seconds", again.started_in, 5, "{:.1f}")
