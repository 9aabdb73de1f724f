"""All questions to read and to print: searched, or those that one department usually knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from wtforms import SelectField

from selfcheck.core.questionnaire.model import Criterion, Question, Questionnaire, Source
from selfcheck.reporting.words.condition_text import only_if
from selfcheck.reporting.words.origins import Origins, trace
from selfcheck.reporting.words.question_points import PointsRow, list_points
from selfcheck.store.catalogue.catalogue import Prepared
from selfcheck.web.layout.derived.good_examples import Examples, TownExample, list_examples
from selfcheck.web.site import pages
from selfcheck.web.site.key_facts import newest_facts, newest_prepared
from selfcheck.web.site.search import SearchForm

SOURCES = {
    Source.NAMED: "Eine öffentliche Quelle nennt das Thema als Frage des Audits. Wortlaut, Antworten und Punkte sind "
    "von uns.",
    Source.REPORTED: "Eine öffentliche Quelle berichtet, dass das Thema gewürdigt wurde. Ob das Audit danach fragt, "
    "wissen wir nicht. Wortlaut, Antworten und Punkte sind von uns.",
    Source.OWN: "Diese Frage haben wir ergänzt.",
}
EVERYBODY = "alle Fachbereiche"


class QuestionSearch(SearchForm):
    fachbereich = SelectField("Fachbereich", validate_choice=False)

    def __init__(self, questionnaire: Questionnaire) -> None:
        super().__init__()
        self.fachbereich.choices = [("", EVERYBODY), *((each.id, each.title) for each in questionnaire.departments)]
        known: dict[str, str] = {each.id: each.title for each in questionnaire.departments}
        self.department = known.get(self.fachbereich.data or "", "")
        if not self.department:
            self.fachbereich.data = ""

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.words or self.department)


class Read(NamedTuple):
    """One question as it is read; `help` is HTML."""

    question: Question
    department: str
    condition: str
    points: tuple[PointsRow, ...]
    help: Markup
    origins: Origins
    source: str
    examples: tuple[TownExample, ...]

    @property
    def texts(self) -> Iterable[str]:
        """Everything of it that can be looked for."""
        question = self.question
        said = (question.number, question.text, self.department, self.condition, self.help.striptags())
        shown = (self.origins.example.text,) if self.origins.example else ()
        of_towns = (text for example in self.examples for text in example)
        return (*said, *(row.text for row in self.points), *question.evidence, *shown, *of_towns)


class Section(NamedTuple):
    criterion: Criterion
    intro: Markup
    questions: tuple[Read, ...]


@pages.get("/fragen")
def questions() -> ResponseReturnValue:
    prepared = newest_prepared()
    questionnaire = prepared.questionnaire
    search, examples = QuestionSearch(questionnaire), list_examples()
    looked_through = (_find(prepared, criterion, search, examples) for criterion in questionnaire.criteria)
    sections = [section for section in looked_through if section.questions]
    page = render_template(
        "site/questions.html",
        questionnaire=questionnaire,
        facts=newest_facts(),
        search=search,
        sections=sections,
        contents=[(f"{each.criterion.letter} {each.criterion.title}", f"#{each.criterion.id}") for each in sections],
        found=sum(len(section.questions) for section in sections),
    )
    return page, search.status


def _find(prepared: Prepared, criterion: Criterion, search: QuestionSearch, examples: Examples) -> Section:
    """The questions of `criterion` that are looked for."""
    read = (read_question(prepared, question, examples.get(question.id, ())) for question in criterion.questions)
    chosen = [each for each in read if search.department in ("", each.department) and search.finds(each.texts)]
    return Section(criterion, prepared.intro[criterion.id], tuple(chosen))


def read_question(prepared: Prepared, question: Question, examples: tuple[TownExample, ...] = ()) -> Read:
    questionnaire = prepared.questionnaire
    return Read(
        question,
        questionnaire.department[question.department].title,
        only_if(questionnaire, question),
        list_points(question),
        prepared.help[question.id],
        trace(questionnaire, question),
        SOURCES[question.source],
        examples,
    )
