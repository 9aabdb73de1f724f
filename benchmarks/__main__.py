"""`make bench`: measures everything and prints it beside its target; status 1 where a target is missed.

Names given as arguments pick some of the measurements.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from benchmarks import binder, documents, estimates, inbox, pages, saves, screen, starts, weight
from benchmarks.result import Result, at_most
from selfcheck.store.catalogue.catalogue import Catalogue

Measure = Callable[[Path], Iterable[Result]]
VERDICTS = {True: "met", False: "MISSED", None: ""}


def measure_estimates(folder: Path) -> Iterator[Result]:
    questionnaire = Catalogue(estimates.FOLDER).newest()
    seconds = estimates.measure(questionnaire, estimates.read_towns(questionnaire), estimates.ESTIMATES)
    yield at_most(f"{estimates.ESTIMATES} estimates: seconds", seconds, estimates.MOST_SECONDS, "{:.2f}")


MEASURES: dict[str, Measure] = {
    "pages": pages.measure,
    "saves": saves.measure,
    "weight": weight.measure,
    "screen": screen.measure,
    "starts": starts.measure,
    "documents": documents.measure,
    "binder": binder.measure,
    "inbox": inbox.measure,
    "estimates": measure_estimates,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        print(f"There is no measurement called {', '.join(unknown)}; there are {', '.join(MEASURES)}.")
        return 2
    missed = 0
    for name in names or MEASURES:
        with tempfile.TemporaryDirectory() as folder:
            for result in MEASURES[name](Path(folder)):
                print(f"{result.name:<66}{result.measured:>9}  {result.target:<9}{VERDICTS[result.met]}", flush=True)
                missed += result.met is False
    print("All targets are met." if not missed else f"Missed targets: {missed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
