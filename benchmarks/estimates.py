"""How long 1,000 estimates of the full questionnaire take in one process; more than a second ends with status 1.

Run it in the project's folder: `python -m benchmarks.estimates`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.reading.answers import AnswersFile, read_answers
from selfcheck.core.reading.document.yaml_lines import read_yaml
from selfcheck.core.reading.examples import CaseKeys
from selfcheck.core.reading.questionnaire import EXAMPLES_FILE
from selfcheck.store.catalogue.catalogue import Catalogue

FOLDER = Path(__file__).resolve().parents[1] / "questionnaires"
ESTIMATES = 1000
MOST_SECONDS = 1.0


def main() -> int:
    """Estimates the example towns in turn, prints the seconds, and gives the exit status."""
    questionnaire = Catalogue(FOLDER).newest()
    towns = read_towns(questionnaire)
    measure(questionnaire, towns, len(towns))
    seconds = measure(questionnaire, towns, ESTIMATES)
    print(
        f"{ESTIMATES} estimates of {len(questionnaire.questions)} questions: {seconds:.2f} s (at most {MOST_SECONDS} s)"
    )
    return 0 if seconds <= MOST_SECONDS else 1


def read_towns(questionnaire: Questionnaire) -> list[AnswersFile]:
    path = FOLDER / questionnaire.name / EXAMPLES_FILE
    document = read_yaml(path.name, path.read_text(encoding="utf-8"))
    cases = len(document.data) if isinstance(document.data, list) else 0
    towns = (read_answers(document, (place,), CaseKeys, questionnaire) for place in range(cases))
    return [town for town in towns if town is not None]


def measure(questionnaire: Questionnaire, towns: list[AnswersFile], times: int) -> float:
    began = perf_counter()
    for turn in range(times):
        points = towns[turn % len(towns)].situation(questionnaire).estimate.points
        assert points.possible
    return perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
