"""Example towns of a questionnaire: do their answers give what the file expects?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from selfcheck.core.questionnaire.model import Questionnaire
from selfcheck.core.reading.answers import AnswersKeys, read_answers
from selfcheck.core.reading.document import values
from selfcheck.core.reading.document.faults import Fault, quote
from selfcheck.core.reading.document.yaml_lines import Path, read_yaml
from selfcheck.core.reading.outcome import to_json, work_out


class CaseKeys(AnswersKeys):
    title: values.Text
    expected: values.Block


def check(questionnaire: Questionnaire, text: str, file: str) -> list[Fault]:
    """Every fault of the file and every expected value that differs from what the rules give."""
    document = read_yaml(file, text)
    if document.readable and not isinstance(document.data, list):
        document.complain((), f"{values.describe(document.data)}, erwartet eine Liste von Beispielen")
    for case in document.entries(()):
        before = len(document.faults)
        answers = read_answers(document, case, CaseKeys, questionnaire)
        damaged = any(path[:2] == (*case, "answers") for path in document.broken)
        if answers is not None and len(document.faults) == before and not damaged:
            expected = (*case, "expected")
            for path, message in _compare(expected, "", document.at(expected), work_out(questionnaire, answers)):
                document.complain(path, message)
    return sorted(set(document.faults))


def _compare(path: Path, name: str, expected: object, actual: object) -> Iterator[tuple[Path, str]]:
    """Walks what is expected; `name` is the way to the value as people say it, `route.gain`."""
    if isinstance(expected, Mapping) and isinstance(actual, Mapping):
        for key, value in expected.items():
            inner = f"{name}.{key}" if name else key
            if key in actual:
                yield from _compare((*path, key), inner, value, actual[key])
            else:
                yield (*path, key), f"„{inner}“ gibt es im Ergebnis nicht, erwartet einer von: {', '.join(actual)}"
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        for index, value in enumerate(expected):
            yield from _compare((*path, index), f"{name}[{index + 1}]", value, actual[index])
    elif isinstance(expected, list) and isinstance(actual, list):
        entries = "Eintrag" if len(actual) == 1 else "Einträge"
        yield path, f"„{name}“ hat {len(actual)} {entries}, erwartet {len(expected)}"
    elif not _same(expected, actual):
        yield path, f"„{name}“ ist {_show(actual)}, erwartet {_show(expected)}"


def _same(expected: object, actual: object) -> bool:
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    return isinstance(expected, str | Decimal) and expected == actual


def _show(value: object) -> str:
    """A text in quotation marks, anything else as the file would say it."""
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, Decimal | bool | int):
        return to_json(value)
    return values.describe(value)
