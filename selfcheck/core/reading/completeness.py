"""What a question of our own must say beyond its rules: a short name, where it is from, and all of it in few words.

A questionnaire that a chamber gives out stands for itself; one of ours has to show what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from selfcheck.core.questionnaire.model import Source
from selfcheck.core.reading.document.faults import Fault
from selfcheck.core.reading.document.yaml_lines import Document, Path, read_yaml
from selfcheck.core.reading.questionnaire import CARRY_OVER_FILE, EXAMPLES_FILE, MAIN_FILE

LONGEST = {"text": 150, "help": 1000, "unit": 40, "error": 200}
"""Characters that the texts of a question may have; the keys below hold texts inside it."""
LONGEST_INTRO = 250
LONGEST_EVIDENCE = 70
LONGEST_INSIDE = {"options": 130, "measures": 130}
LONGEST_EXAMPLE = 200


def check_complete(files: Mapping[str, str]) -> list[Fault]:
    """Every fault in `{file name: YAML text}` of a questionnaire that can be read."""
    faults: list[Fault] = []
    for file, text in files.items():
        if file in (MAIN_FILE, EXAMPLES_FILE, CARRY_OVER_FILE):
            continue
        document = read_yaml(file, text)
        _check_length(document, ("intro",), LONGEST_INTRO)
        for path in document.entries(("questions",)):
            _check_origin(document, path)
            for place, longest in _texts(document, path):
                _check_length(document, place, longest)
        faults.extend(document.faults)
    return faults


def _check_origin(document: Document, path: Path) -> None:
    if document.at((*path, "short")) is None:
        document.complain(path, "„short“ fehlt, erwartet ein kurzer Name für Listen")
    references, source = document.at((*path, "references")), document.text((*path, "source"))
    if references is None:
        document.complain(path, "„references“ fehlt, erwartet eine Liste von Quellen, [] nur bei „source: own“")
    elif not references and source != Source.OWN:
        expected = f"mindestens eine Quelle, weil „source“ {source} ist"
        document.complain((*path, "references"), f"„references“ ist leer, erwartet {expected}")
    example = (*path, "example")
    if document.at(example) is not None and document.at((*example, "year")) is None:
        document.complain(example, "„year“ fehlt, erwartet das Jahr, aus dem das Beispiel ist")


def _texts(document: Document, path: Path) -> Iterator[tuple[Path, int]]:
    """Where the texts of a question stand, and how long each may be."""
    for key, longest in LONGEST.items():
        yield (*path, key), longest
    for key, longest in LONGEST_INSIDE.items():
        for entry in document.entries((*path, key)):
            yield (*entry, "text"), longest
    for entry in document.entries((*path, "evidence")):
        yield entry, LONGEST_EVIDENCE
    yield (*path, "example", "text"), LONGEST_EXAMPLE


def _check_length(document: Document, path: Path, longest: int) -> None:
    length = len(document.text(path) or "")
    if length > longest:
        document.complain(path, f"{length} Zeichen, erwartet höchstens {longest}")
