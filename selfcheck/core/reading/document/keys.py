"""The keys of every file and what stands under them, checked key by key.

What one key must have to do with another is the business of `questionnaire`, `question` and `condition`.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from selfcheck.core.questionnaire.model import Effort, Kind, Need, NotApplicable, Source, Status
from selfcheck.core.reading.document import values


class Keys(BaseModel):
    """A block of keys; any other key is a fault."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class SourceKeys(Keys):
    title: values.Text
    url: values.WebAddress
    date: values.Day
    id: values.Id = ""
    retrieved: values.Day | None = None
    year: values.Year | None = None


class DepartmentKeys(Keys):
    id: values.Id
    title: values.Text


class BonusKeys(Keys):
    at_most: values.Points
    per_project: values.Points
    per_goal: values.Points


class ValidityKeys(Keys):
    first: values.Years
    renewal: values.Years


class CouncilKeys(Keys):
    """The answers that say that the Gremienbeschluss has been taken."""

    question: values.Id
    any_of: list[values.Text] = Field(min_length=1)


class ContradictionKeys(Keys):
    """Answers that do not go together; `when` is a condition."""

    when: Any
    text: values.Text


class QuestionnaireKeys(Keys):
    """`questionnaire.yaml`."""

    id: values.Id
    version: values.Version
    title: values.Text
    official: values.Flag
    notice: values.Notice
    assumptions: values.Text
    sources: list[SourceKeys]
    pass_mark: values.PassMark
    goal_margin: values.Points
    criteria: list[values.Id] = Field(min_length=1)
    departments: list[DepartmentKeys]
    bonus: BonusKeys
    goals: values.Count
    validity_years: ValidityKeys
    council: CouncilKeys | None = None
    contradictions: list[ContradictionKeys] = []


class BecameKeys(Keys):
    """What became of an option of a question of the version before."""

    question: values.Id = Field(alias="of")
    option: values.Text = Field(alias="is")
    became: list[values.Text]


class OriginKeys(Keys):
    """What a question replaces."""

    id: values.Id
    sources: list[values.Id] = Field(alias="from", min_length=1)
    options: list[BecameKeys] = []
    value_of: values.Id = ""


class CarryOverKeys(Keys):
    """`carry_over.yaml`; `version` is the one before."""

    version: values.Version
    questions: list[OriginKeys]


class CriterionKeys(Keys):
    """One criterion's file; its questions are checked one by one, each by its kind."""

    id: values.Id
    letter: values.Letter
    title: values.Text
    intro: values.TextOrEmpty
    questions: list[Any] = Field(min_length=1)


class OptionKeys(Keys):
    id: values.Id
    text: values.Text
    points: values.Points


class StepKeys(Keys):
    start: values.Number = Field(alias="from")
    points: values.Points


class MeasureKeys(Keys):
    id: values.Id
    text: values.Text
    effort: Annotated[Effort, values.one_of(Effort)]
    months: values.Months
    needs: list[Annotated[Need, values.one_of(Need)]]
    leads_to: Any = Field(description="die Antwort nach der Maßnahme")


class ExampleKeys(Keys):
    text: values.Text
    source: values.Id
    year: values.Year | None = None


class NoteKeys(Keys):
    """What belongs into the note; `any_of` names the options of which it is asked."""

    ask: values.Text
    any_of: list[values.Id] = []


class QuestionKeys(Keys):
    """What every kind of question has."""

    id: values.Id
    text: values.Text
    help: values.Text
    kind: Annotated[Kind, values.one_of(Kind)]
    department: values.Id
    source: Annotated[Source, values.one_of(Source)]
    applies_if: Any = None
    error: values.Text = ""
    short: values.Short = ""
    references: list[values.Id] = []
    example: ExampleKeys | None = None
    note: NoteKeys | None = None
    anew: values.Text = ""


class ScoringKeys(QuestionKeys):
    """What every kind but `text` has."""

    evidence: list[values.Text]
    measures: list[MeasureKeys]
    not_applicable: Annotated[NotApplicable, values.one_of(NotApplicable)] | None = None


class YesNoKeys(ScoringKeys):
    points: values.Points
    partly: values.Points | None = None


class OneKeys(ScoringKeys):
    options: list[OptionKeys] = Field(min_length=2)


class ManyKeys(OneKeys):
    at_most: values.Points | None = None


class NumberKeys(ScoringKeys):
    unit: values.TextOrEmpty
    minimum: values.Number
    maximum: values.Number
    decimals: values.Decimals = 0
    steps: list[StepKeys] = Field(min_length=1)


class UnknownKindKeys(QuestionKeys):
    """A question whose kind is none: only what all kinds have can be checked."""

    model_config = ConfigDict(extra="ignore")


KEYS_OF_KIND: dict[str, type[QuestionKeys]] = {
    Kind.YES_NO: YesNoKeys,
    Kind.ONE: OneKeys,
    Kind.MANY: ManyKeys,
    Kind.NUMBER: NumberKeys,
    Kind.TEXT: QuestionKeys,
}


class AllKeys(Keys):
    all: list[Any] = Field(min_length=1)


class AnyKeys(Keys):
    any: list[Any] = Field(min_length=1)


class NotKeys(Keys):
    part: Any = Field(alias="not", description="eine Bedingung")


class ComparisonKeys(Keys):
    """A comparison with an answer; which of the last four may stand there depends on the question."""

    question: values.Id
    value: values.Text = Field(default="", alias="is")
    any_of: list[values.Text] = Field(default=[], min_length=1)
    at_least: values.Number | None = None
    at_most: values.Number | None = None


class ProfileKeys(Keys):
    profile: values.Text
    value: values.Text = Field(default="", alias="is")
    any_of: list[values.Text] = Field(default=[], min_length=1)


class ReleaseKeys(Keys):
    """One version in `published.yaml`."""

    status: Annotated[Status, values.one_of(Status)]
    rules: values.RulesHash = ""


class DistrictKeys(Keys):
    key: values.DistrictKey
    name: values.Text
    kind: Annotated[str, values.one_of(("landkreis", "kreisfrei"))]
    land: Annotated[str, values.one_of(("HE", "RP", "BY"))]
    ours: values.Flag = False


class ChamberNoteKeys(Keys):
    districts: list[values.DistrictKey] = Field(min_length=1)
    municipality: values.Text = ""
    text: values.Text
    elsewhere: values.Text = ""


class ChamberKeys(Keys):
    id: values.Id
    name: values.Text
    contact: values.Text
    phone: values.Text
    url: values.WebAddress = ""
    districts: list[DistrictKeys] = Field(min_length=1)
    notes: list[ChamberNoteKeys] = []
    mail: values.Text = ""
    switchboard: values.Text = ""


class ChambersSourceKeys(Keys):
    title: values.Text
    url: values.WebAddress


class ChambersKeys(Keys):
    """`chambers.yaml`."""

    as_of: values.Day
    source: ChambersSourceKeys
    chambers: list[ChamberKeys] = Field(min_length=1)
