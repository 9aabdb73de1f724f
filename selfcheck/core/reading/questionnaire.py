"""The files of one version's folder -> Questionnaire, or every fault with its place.

Files are handed over as text; who reads them from disk is the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from selfcheck.core.questionnaire.model import (
    Bonus,
    Criterion,
    CriterionId,
    Department,
    DepartmentId,
    Kind,
    Question,
    QuestionIs,
    Questionnaire,
    Reference,
    Validity,
)
from selfcheck.core.reading.condition import Surroundings, read_condition
from selfcheck.core.reading.document.check import check, refuse_repeats
from selfcheck.core.reading.document.faults import Fault, Faults, quote
from selfcheck.core.reading.document.keys import CriterionKeys, QuestionnaireKeys
from selfcheck.core.reading.document.yaml_lines import Document, Path, read_yaml
from selfcheck.core.reading.mentions import (
    Council,
    check_short_names,
    check_sources,
    read_contradictions,
    read_council,
    read_origins,
)
from selfcheck.core.reading.question import read_question

MAIN_FILE = "questionnaire.yaml"
EXAMPLES_FILE = "examples.yaml"
CARRY_OVER_FILE = "carry_over.yaml"
_CRITERION_FILE = re.compile(r"([a-z][a-z0-9-]{1,40})\.yaml")
_RESERVED = ("questionnaire", "examples", "carry_over")


@dataclass
class _Entry:
    """One question as it stands in a file; `question` is None if it has faults of its own."""

    document: Document
    path: Path
    question: Question | None

    def text(self, key: str) -> str | None:
        return self.document.text((*self.path, key))


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
        self.main = read_yaml(MAIN_FILE, files.get(MAIN_FILE, ""))
        apart = (MAIN_FILE, CARRY_OVER_FILE)
        self.others = {file: read_yaml(file, text) for file, text in files.items() if file not in apart}
        before = files.get(CARRY_OVER_FILE)
        self.before = read_yaml(CARRY_OVER_FILE, before) if before is not None else None
        if MAIN_FILE not in files:
            self.main.faults = [Fault(MAIN_FILE, 1, "die Datei fehlt, erwartet in jedem Ordner einer Fassung")]

    @property
    def faults(self) -> list[Fault]:
        before = (self.before,) if self.before is not None else ()
        return [fault for document in (self.main, *self.others.values(), *before) for fault in document.faults]

    def read(self, name: str | None) -> Questionnaire | None:
        keys = check(self.main, (), QuestionnaireKeys)
        self._check_main(name)
        order = self._read_order()
        criteria = [self._read_criterion(file) for file in self._files_in(order)]
        self._check_letters(criteria)
        entries = [entry for criterion in criteria for entry in criterion.entries]
        self._check_departments(entries)
        by_id = _entries_by_id(entries)
        self._read_conditions(entries, by_id, order)
        council = self._read_council(keys, by_id, order)
        contradictions = read_contradictions(self.main, self._surround(by_id, order))
        questions = [(entry.document, entry.path) for entry in entries]
        check_sources(self.main, questions)
        check_short_names(questions)
        known = {name: entry.question for name, entry in by_id.items()}
        origins = read_origins(self.before, known) if self.before is not None else {}
        if keys is None or self.faults:
            return None
        return replace(_assemble(keys, criteria), council=council, contradictions=contradictions, origins=origins)

    def _read_council(
        self, keys: QuestionnaireKeys | None, by_id: dict[str, _Entry], order: list[str] | None
    ) -> QuestionIs | None:
        if keys is None or keys.council is None:
            return None
        questions = {name: entry.question for name, entry in by_id.items()}
        return read_council(Council(self.main, keys.council, questions, self._is_complete(order)))

    def _is_complete(self, order: list[str] | None) -> bool:
        """Whether every file that is listed is there and can be read."""
        there = order is not None and self.others.keys() >= {f"{criterion}.yaml" for criterion in order}
        return there and all(document.readable for document in self.others.values())

    def _check_main(self, name: str | None) -> None:
        folders = zip(("id", "version"), name.split("/"), strict=True) if name else ()
        for key, folder in folders:
            text = self.main.text((key,))
            if text is not None and text != folder:
                self.main.complain((key,), f"„{key}“: {quote(text)}, erwartet der Name des Ordners: {quote(folder)}")
        refuse_repeats(self.main, self._departments, "der Fachbereich")

    def _read_order(self) -> list[str] | None:
        """The criteria as listed, each once; None if the list cannot be read."""
        if not isinstance(self.main.at(("criteria",)), list):
            return None
        order: list[str] = []
        for path in self.main.entries(("criteria",)):
            criterion = self.main.text(path)
            if criterion is None:
                continue
            if criterion in order:
                self.main.complain(path, f"{quote(criterion)} steht doppelt, erwartet nur einmal")
            elif criterion in _RESERVED:
                message = f"{quote(criterion)} ist der Name einer anderen Datei, erwartet ein anderer Name"
                self.main.complain(path, message)
            else:
                order.append(criterion)
                if f"{criterion}.yaml" not in self.others:
                    message = f"das Kriterium {quote(criterion)} hat keine Datei, erwartet {criterion}.yaml"
                    self.main.complain(path, message)
        return order

    def _files_in(self, order: list[str] | None) -> list[str]:
        """The criteria's files as listed, then those that nobody listed."""
        listed = [f"{criterion}.yaml" for criterion in order or ()]
        others = sorted(self.others.keys() - set(listed))
        for file in others:
            if not _CRITERION_FILE.fullmatch(file):
                message = (
                    f"hier nicht vorgesehen, erwartet nur {MAIN_FILE}, {EXAMPLES_FILE}, {CARRY_OVER_FILE} und Kriterien"
                )
            elif order is not None:
                message = f"das Kriterium steht nicht in {MAIN_FILE}, erwartet ein Eintrag unter „criteria“"
            else:
                continue
            self.others[file].faults.append(Fault(file, 1, message))
        return [file for file in listed if file in self.others] + list(filter(_CRITERION_FILE.fullmatch, others))

    def _read_criterion(self, file: str) -> _CriterionFile:
        document = self.others[file]
        keys = check(document, (), CriterionKeys)
        name, letter = document.text(("id",)), document.at(("letter",))
        expected = file.removesuffix(".yaml")
        if name is not None and name != expected:
            document.complain(("id",), f"„id“: {quote(name)}, erwartet der Name der Datei: {quote(expected)}")
        entries = [
            _Entry(document, path, read_question(document, path, expected, f"{letter}{number}"))
            for number, path in enumerate(document.entries(("questions",)), 1)
        ]
        return _CriterionFile(document, keys, entries)

    def _check_letters(self, criteria: list[_CriterionFile]) -> None:
        files: dict[str, str] = {}
        for document in (criterion.document for criterion in criteria):
            letter = document.text(("letter",))
            if letter is not None and (first := files.setdefault(letter, document.file)) != document.file:
                message = f"„letter“: {quote(letter)} hat schon {first}, erwartet je Kriterium ein anderer"
                document.complain(("letter",), message)

    @property
    def _departments(self) -> list[Path]:
        """Where the ids of the departments stand."""
        return [(*path, "id") for path in self.main.entries(("departments",))]

    def _check_departments(self, entries: list[_Entry]) -> None:
        if not isinstance(self.main.at(("departments",)), list):
            return
        known = [name for path in self._departments if (name := self.main.text(path)) is not None]
        for entry in entries:
            name = entry.text("department")
            if name is not None and name not in known:
                path = (*entry.path, "department")
                expected = f"einer von: {', '.join(known)}" if known else "ein Eintrag dafür unter „departments“"
                entry.document.complain(path, f"„department“: {quote(name)}, erwartet {expected}")

    def _surround(self, by_id: dict[str, _Entry], order: list[str] | None) -> Surroundings:
        """What a condition may be about where no question is asking: all of them."""
        questions = {name: entry.question for name, entry in by_id.items()}
        texts = {name for name, entry in by_id.items() if entry.text("kind") == Kind.TEXT}
        return Surroundings("", questions, texts, self._is_complete(order), order is not None)

    def _read_conditions(self, entries: list[_Entry], by_id: dict[str, _Entry], order: list[str] | None) -> None:
        """Conditions come last, when every question that they may name is known."""
        around = self._surround(by_id, order)
        for entry in entries:
            path = (*entry.path, "applies_if")
            if entry.document.at(path) is None:
                continue
            around = replace(around, asking=entry.text("id") or "")
            condition = read_condition(entry.document, path, around)
            if entry.question is not None:
                entry.question = replace(entry.question, applies_if=condition)


def _entries_by_id(entries: list[_Entry]) -> dict[str, _Entry]:
    """The questions by their ids in their order; a fault for each that has the id of one before."""
    by_id: dict[str, _Entry] = {}
    for entry in entries:
        name, path = entry.text("id"), (*entry.path, "id")
        if name is not None and (first := by_id.setdefault(name, entry)) is not entry:
            where = f"{first.document.file}:{first.document.line((*first.path, 'id'))}"
            message = f"die Frage {quote(name)} gibt es schon ({where}), erwartet jede Kennung nur einmal"
            entry.document.complain(path, message)
    return by_id


def _assemble(keys: QuestionnaireKeys, criteria: list[_CriterionFile]) -> Questionnaire:
    return Questionnaire(
        id=keys.id,
        version=keys.version,
        title=keys.title,
        official=keys.official,
        notice=keys.notice,
        assumptions=keys.assumptions,
        sources=tuple(
            Reference(source.title, source.url, source.date, source.id, source.retrieved, source.year)
            for source in keys.sources
        ),
        pass_mark=keys.pass_mark,
        goal_margin=keys.goal_margin,
        bonus=Bonus(keys.bonus.at_most, keys.bonus.per_project, keys.bonus.per_goal),
        goals=keys.goals,
        validity=Validity(keys.validity_years.first, keys.validity_years.renewal),
        departments=tuple(Department(DepartmentId(each.id), each.title) for each in keys.departments),
        criteria=tuple(
            Criterion(
                CriterionId(criterion.id),
                criterion.letter,
                criterion.title,
                criterion.intro,
                tuple(entry.question for entry in file.entries if entry.question is not None),
            )
            for file in criteria
            if (criterion := file.keys) is not None
        ),
    )
