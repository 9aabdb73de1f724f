"""The files of one version's folder -> Questionnaire, or every fault with its place.

Files are handed over as text; who reads them from disk is the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from selfcheck.core.questionnaire.model import (
    Bonus,
    Criterion,
    CriterionId,
    Department,
    DepartmentId,
    Kind,
    Question,
    Questionnaire,
    Reference,
    Validity,
)
from selfcheck.core.reading.check import check, duplicates
from selfcheck.core.reading.condition import Surroundings, read_condition
from selfcheck.core.reading.faults import Fault, Faults, quote
from selfcheck.core.reading.keys import CriterionKeys, QuestionnaireKeys
from selfcheck.core.reading.question import read_question
from selfcheck.core.reading.yaml_lines import Document, Path, read_yaml

__all__ = ["EXAMPLES_FILE", "MAIN_FILE", "Fault", "Faults", "parse"]

MAIN_FILE = "questionnaire.yaml"
EXAMPLES_FILE = "examples.yaml"
_CRITERION_FILE = re.compile(r"([a-z][a-z0-9-]{1,40})\.yaml")
_RESERVED = ("questionnaire", "examples")


@dataclass
class _Entry:
    """One question as it stands in a file; `question` is None if it has faults of its own."""

    document: Document
    path: Path
    question: Question | None

    def raw(self, key: str) -> object:
        return self.document.at((*self.path, key))


@dataclass
class _CriterionFile:
    document: Document
    keys: CriterionKeys | None
    entries: list[_Entry]


def parse(files: Mapping[str, str], name: str | None = None) -> Questionnaire:
    """The questionnaire in `{file name: YAML text}`; raises `Faults`, and nothing else.

    All faults that can be known are in it. `name` is the `id/version` that the folders say, if they say it.
    `examples.yaml` is passed over.
    """
    reading = _Reading({file: text for file, text in files.items() if file != EXAMPLES_FILE})
    questionnaire = reading.read(name)
    if reading.faults or questionnaire is None:
        raise Faults(reading.faults)
    return questionnaire


class _Reading:
    """One run over the files of one version."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files: list[Fault] = []
        self.complete = True
        self.main = read_yaml(MAIN_FILE, files.get(MAIN_FILE, ""))
        self.others = {file: read_yaml(file, text) for file, text in files.items() if file != MAIN_FILE}
        if MAIN_FILE not in files:
            self.main.faults = [Fault(MAIN_FILE, 1, "die Datei fehlt, erwartet in jedem Ordner einer Fassung")]

    @property
    def faults(self) -> list[Fault]:
        return [fault for document in (self.main, *self.others.values()) for fault in document.faults] + self.files

    def read(self, name: str | None) -> Questionnaire | None:
        keys = check(self.main, (), QuestionnaireKeys) if self.main.readable else None
        self._check_main(name)
        order = self._read_order()
        criteria = [self._read_criterion(file) for file in self._files_in(order)]
        self._check_letters(criteria)
        entries = [entry for criterion in criteria for entry in criterion.entries]
        self._check_ids(entries)
        self._check_departments(entries)
        self._read_conditions(entries, order is not None)
        return None if keys is None or self.faults else _assemble(keys, criteria)

    def _check_main(self, name: str | None) -> None:
        folders = zip(("id", "version"), name.split("/"), strict=True) if name else ()
        for key, folder in folders:
            found = self.main.at((key,))
            if isinstance(found, str) and found != folder:
                self.main.complain((key,), f"„{key}“: {quote(found)}, erwartet der Name des Ordners: {quote(folder)}")
        departments = _texts_at(self.main, ("departments",), "id")
        for place in duplicates(list(departments.values())):
            path = list(departments)[place]
            self.main.complain(path, f"der Fachbereich {quote(departments[path])} steht doppelt, erwartet nur einmal")

    def _read_order(self) -> list[str] | None:
        """The criteria as listed, each once; None if the list cannot be read."""
        listed = self.main.at(("criteria",))
        if not isinstance(listed, list):
            return None
        order: list[str] = []
        for place, criterion in enumerate(listed):
            if not isinstance(criterion, str):
                continue
            if criterion in order:
                self.main.complain(("criteria", place), f"{quote(criterion)} steht doppelt, erwartet nur einmal")
            elif criterion in _RESERVED:
                message = f"{quote(criterion)} ist der Name einer anderen Datei, erwartet ein anderer Name"
                self.main.complain(("criteria", place), message)
            else:
                order.append(criterion)
                if f"{criterion}.yaml" not in self.others:
                    self.complete = False
                    message = f"das Kriterium {quote(criterion)} hat keine Datei, erwartet {criterion}.yaml"
                    self.main.complain(("criteria", place), message)
        return order

    def _files_in(self, order: list[str] | None) -> Iterator[str]:
        """The criteria's files as listed, then those that nobody listed."""
        listed = [f"{criterion}.yaml" for criterion in order or ()]
        yield from (file for file in listed if file in self.others)
        for file in sorted(self.others.keys() - set(listed)):
            if not _CRITERION_FILE.fullmatch(file):
                self._refuse_file(
                    file, f"hier nicht vorgesehen, erwartet nur {MAIN_FILE}, {EXAMPLES_FILE} und Kriterien"
                )
                continue
            if order is not None:
                self._refuse_file(
                    file, f"das Kriterium steht nicht in {MAIN_FILE}, erwartet ein Eintrag unter „criteria“"
                )
            yield file

    def _refuse_file(self, file: str, message: str) -> None:
        self.files.append(Fault(file, 1, message))

    def _read_criterion(self, file: str) -> _CriterionFile:
        document = self.others[file]
        if not document.readable:
            return _CriterionFile(document, None, [])
        keys = check(document, (), CriterionKeys)
        name, letter = document.at(("id",)), document.at(("letter",))
        expected = file.removesuffix(".yaml")
        if isinstance(name, str) and name != expected:
            document.complain(("id",), f"„id“: {quote(name)}, erwartet der Name der Datei: {quote(expected)}")
        questions = document.at(("questions",))
        entries = [
            _Entry(document, path, read_question(document, path, expected, f"{letter}{place + 1}"))
            for place in range(len(questions) if isinstance(questions, list) else 0)
            for path in [("questions", place)]
        ]
        return _CriterionFile(document, keys, entries)

    def _check_letters(self, criteria: list[_CriterionFile]) -> None:
        taken: dict[object, str] = {}
        for criterion in criteria:
            letter = criterion.document.at(("letter",))
            if isinstance(letter, str) and letter in taken:
                message = f"„letter“: {quote(letter)} hat schon {taken[letter]}, erwartet je Kriterium ein anderer"
                criterion.document.complain(("letter",), message)
            elif isinstance(letter, str):
                taken[letter] = criterion.document.file

    def _check_ids(self, entries: list[_Entry]) -> None:
        taken: dict[str, str] = {}
        for entry in entries:
            name = entry.raw("id")
            path = (*entry.path, "id")
            if isinstance(name, str) and name in taken:
                message = f"die Frage {quote(name)} gibt es schon ({taken[name]}), erwartet jede Kennung nur einmal"
                entry.document.complain(path, message)
            elif isinstance(name, str):
                taken[name] = f"{entry.document.file}:{entry.document.line(path)}"

    def _check_departments(self, entries: list[_Entry]) -> None:
        if not isinstance(self.main.at(("departments",)), list):
            return
        known = _texts_at(self.main, ("departments",), "id").values()
        for entry in entries:
            name = entry.raw("department")
            if isinstance(name, str) and name not in known:
                path = (*entry.path, "department")
                expected = f"einer von: {', '.join(known)}" if known else "ein Eintrag dafür unter „departments“"
                entry.document.complain(path, f"„department“: {quote(name)}, erwartet {expected}")

    def _read_conditions(self, entries: list[_Entry], ordered: bool) -> None:
        """Conditions come last, when every question that they may name is known."""
        questions: dict[str, Question | None] = {}
        texts: set[str] = set()
        for entry in entries:
            name = entry.raw("id")
            if isinstance(name, str) and name not in questions:
                questions[name] = entry.question
                texts.update({name} if entry.raw("kind") == Kind.TEXT else ())
        complete = ordered and self.complete and all(document.readable for document in self.others.values())
        for entry in entries:
            path = (*entry.path, "applies_if")
            if entry.raw("applies_if") is None:
                continue
            around = Surroundings(str(entry.raw("id")), questions, texts, complete, ordered)
            condition = read_condition(entry.document, path, around)
            if entry.question is not None:
                entry.question = replace(entry.question, applies_if=condition)


def _texts_at(document: Document, path: Path, key: str) -> dict[Path, str]:
    """The texts under `key` in a list of blocks, by their place."""
    entries = document.at(path)
    places = [(*path, place, key) for place in range(len(entries) if isinstance(entries, list) else 0)]
    return {place: text for place in places if isinstance(text := document.at(place), str)}


def _assemble(keys: QuestionnaireKeys, criteria: list[_CriterionFile]) -> Questionnaire:
    return Questionnaire(
        id=keys.id,
        version=keys.version,
        title=keys.title,
        official=keys.official,
        notice=keys.notice,
        assumptions=keys.assumptions,
        sources=tuple(Reference(source.title, source.url, source.date) for source in keys.sources),
        pass_mark=keys.pass_mark,
        goal_margin=keys.goal_margin,
        bonus=Bonus(keys.bonus.at_most, keys.bonus.per_project, keys.bonus.per_goal),
        goals=keys.goals,
        validity=Validity(keys.validity_years.first, keys.validity_years.renewal),
        departments=tuple(Department(DepartmentId(each.id), each.title) for each in keys.departments),
        criteria=tuple(_assemble_criterion(criterion) for criterion in criteria),
    )


def _assemble_criterion(criterion: _CriterionFile) -> Criterion:
    keys = criterion.keys
    if keys is None:
        raise AssertionError("a criterion without keys has faults and is never assembled")
    questions = tuple(entry.question for entry in criterion.entries if entry.question is not None)
    return Criterion(CriterionId(keys.id), keys.letter, keys.title, keys.intro, questions)
