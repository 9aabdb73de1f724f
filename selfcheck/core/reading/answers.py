"""An answers file: YAML that says what one municipality answers, read strictly. Nothing of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from selfcheck.core.questionnaire.model import (
    AUDITS,
    CENTRALITIES,
    LANDS,
    Kind,
    OptionId,
    Profile,
    Question,
    QuestionId,
    Questionnaire,
    Value,
)
from selfcheck.core.reading.document import values
from selfcheck.core.reading.document.check import check, repeats
from selfcheck.core.reading.document.faults import Faults, quote
from selfcheck.core.reading.document.keys import Keys
from selfcheck.core.reading.document.yaml_lines import Document, Path, read_yaml
from selfcheck.core.rules.answers import (
    SHORTEST_REASON,
    Answer,
    Evidence,
    Extras,
    Goal,
    PastGoal,
    Project,
    State,
    fits,
    is_reason,
)
from selfcheck.core.rules.situation import Situation

NO_DAY = date(2000, 1, 1)
"""Stands for today where no date counts: every day gives the same."""


def _as_reason(value: object) -> str:
    reason = values.as_text(value)
    if not is_reason(reason):
        raise values.Unfit(quote(reason))
    return reason


Reason = Annotated[str, values.Expects(f"ein Text mit mindestens {SHORTEST_REASON} Zeichen", _as_reason)]
Available = Annotated[bool, values.one_of({"available": True, "missing": False})]


class ProfileKeys(Keys):
    place: Annotated[str, values.one_of(CENTRALITIES)]
    audit: Annotated[str, values.one_of(AUDITS)]
    land: Annotated[str, values.one_of(LANDS)]


class EvidenceKeys(Keys):
    title: values.Text
    state: Available
    valid_until: values.Day | None = None
    link: values.TextOrEmpty = ""
    file_number: values.TextOrEmpty = ""
    page: values.TextOrEmpty = ""


class AnswerKeys(Keys):
    state: Annotated[State, values.one_of(State)] | None = None
    value: Any = None
    reason: Reason = ""
    note: values.TextOrEmpty = ""
    evidence: list[EvidenceKeys] = Field(default_factory=list)


class PastGoalKeys(Keys):
    title: values.Text
    achieved: values.Flag
    evidence: Available


class ProjectKeys(Keys):
    title: values.Text
    evidence: Available


class GoalKeys(Keys):
    """Its texts may be empty: a goal that is not thought through yet is a step of the checklist."""

    title: values.TextOrEmpty
    measure: values.TextOrEmpty
    metric: values.TextOrEmpty


class AnswersKeys(Keys):
    profile: ProfileKeys
    today: values.Day | None = None
    interview: values.Day | None = None
    answers: values.Block = Field(default_factory=dict)
    past_goals: list[PastGoalKeys] = Field(default_factory=list)
    projects: list[ProjectKeys] = Field(default_factory=list)
    goals: list[GoalKeys] = Field(default_factory=list)


@dataclass(frozen=True)
class AnswersFile:
    """`today` is None only where no date counts."""

    profile: Profile
    today: date | None
    interview: date | None
    answers: dict[QuestionId, Answer]
    extras: Extras

    def situation(self, questionnaire: Questionnaire) -> Situation:
        """Where this municipality stands; `questionnaire` is the one that the file was read for."""
        today = self.today or NO_DAY
        return Situation(questionnaire, self.profile, self.answers, self.extras, today, self.interview)


def parse_answers(questionnaire: Questionnaire, text: str, file: str) -> AnswersFile:
    """Raises `Faults` with everything that is wrong; `file` is the name they give."""
    document = read_yaml(file, text)
    answers = read_answers(document, (), AnswersKeys, questionnaire)
    if document.faults or answers is None:
        raise Faults(document.faults)
    return answers


def read_answers(
    document: Document, path: Path, model: type[AnswersKeys], questionnaire: Questionnaire
) -> AnswersFile | None:
    """What stands at `path`; None if it has not the keys of `model`. All its faults are then in the document."""
    keys = check(document, path, model)
    answers = _read_all_answers(document, (*path, "answers"), questionnaire)
    dated = any(piece.valid_until for answer in answers.values() for piece in answer.evidence)
    if document.at((*path, "today")) is None and (dated or document.at((*path, "interview")) is not None):
        document.complain(path, "„today“ fehlt, erwartet ein Tag, weil „interview“ oder „valid_until“ angegeben ist")
    if keys is None:
        return None
    profile = Profile(keys.profile.place, keys.profile.audit, keys.profile.land)
    return AnswersFile(profile, keys.today, keys.interview, answers, _extras(keys))


def _extras(keys: AnswersKeys) -> Extras:
    """Numbers count the entries in the file, from 1."""
    return Extras(
        tuple(
            PastGoal(number, goal.title, goal.achieved, goal.evidence) for number, goal in enumerate(keys.past_goals, 1)
        ),
        tuple(Project(number, project.title, project.evidence) for number, project in enumerate(keys.projects, 1)),
        tuple(Goal(number, goal.title, goal.measure, goal.metric) for number, goal in enumerate(keys.goals, 1)),
    )


def _read_all_answers(document: Document, path: Path, questionnaire: Questionnaire) -> dict[QuestionId, Answer]:
    block = document.at(path)
    if not isinstance(block, dict):
        return {}
    answers: dict[QuestionId, Answer] = {}
    for key in (*block, *document.empty_keys(path)):
        question = questionnaire.question.get(key)
        if question is None:
            document.complain((*path, key), f"unbekannte Frage {quote(key)}, erwartet eine Kennung aus dem Fragebogen")
        elif key in block and (keys := check(document, (*path, key), AnswerKeys)) is not None:
            answers[question.id] = _read_answer(document, (*path, key), question, keys)
    return answers


def _read_answer(document: Document, path: Path, question: Question, keys: AnswerKeys) -> Answer:
    state = keys.state or (State.OPEN if keys.value is None else State.GIVEN)
    _check_companion(document, (*path, "value"), state, State.GIVEN)
    _check_companion(document, (*path, "reason"), state, State.NOT_APPLICABLE)
    if state is State.NOT_APPLICABLE and question.not_applicable is None:
        document.complain(
            (*path, "state"), "„state“: not_applicable, erwartet open, unclear oder given bei dieser Frage"
        )
    evidence = tuple(
        Evidence(piece.title, piece.state, piece.valid_until, piece.link, piece.file_number, piece.page)
        for piece in keys.evidence
    )
    value = None if keys.value is None else _read_value(document, (*path, "value"), question, keys.value)
    return Answer(state, value, keys.reason, keys.note, evidence)


def _check_companion(document: Document, path: Path, state: State, wanted: State) -> None:
    """The key at the end of `path` stands exactly where the state is `wanted`."""
    stands = document.at(path) is not None
    key = quote(str(path[-1]))
    if stands and state is not wanted:
        document.complain(path, f"{key} bei „state: {state}“, erwartet nur bei „state: {wanted}“")
    elif not stands and state is wanted:
        document.complain(path, f"{key} fehlt, erwartet dieser Schlüssel bei „state: {wanted}“")


def _read_value(document: Document, path: Path, question: Question, given: object) -> Value | None:
    """Must fit the question; if not, says what would."""
    if isinstance(given, list) and all(isinstance(entry, str) for entry in given):
        for entry, text, _ in repeats(document, document.entries(path)):
            document.complain(entry, f"{quote(text)} zum zweiten Mal, erwartet jeder Wert nur einmal")
        given = frozenset(OptionId(entry) for entry in given)
    if isinstance(given, str | Decimal | frozenset) and fits(question, given):
        return given
    document.complain(path, f"„value“: {values.describe(document.at(path))}, erwartet {_describe_values(question)}")
    return None


def _describe_values(question: Question) -> str:
    match question.kind:
        case Kind.TEXT:
            return "ein Text"
        case Kind.NUMBER:
            decimals = f"höchstens {question.decimals}" if question.decimals else "keine"
            return f"eine Zahl von {question.minimum} bis {question.maximum}, Stellen nach dem Punkt: {decimals}"
        case Kind.MANY:
            return f"eine Liste aus den Werten {', '.join(question.option)}"
        case _:
            return f"einer der Werte {', '.join(question.option)}"
