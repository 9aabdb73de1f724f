"""What advisors type about a recommendation."""

from __future__ import annotations

from wtforms import RadioField, SelectField

from selfcheck.core.questionnaire.model import CriterionId, QuestionId, Questionnaire
from selfcheck.core.review.recommendations import Priority, name_subject
from selfcheck.reporting.review.recommendation_text import PRIORITIES
from selfcheck.store.chamber.talk.recommendations import RecommendationText
from selfcheck.store.database import limits
from selfcheck.web.layout.fields import KeyField, PageForm, SentHiddenField, line, paragraph

CRITERION, QUESTION = "kriterium:", "frage:"
NO_SENTENCE = "Bitte schreiben Sie der Kommune in einem Satz, was noch fehlt."


class WordsForm(PageForm):
    """The words of a recommendation that stands there; `resolve` says that its author saw somebody else's."""

    title = line(
        "Überschrift",
        limits.LINE,
        "die Überschrift",
        required="Bitte geben Sie der Empfehlung eine Überschrift, zum Beispiel „Willkommenspaket für Neue“.",
    )
    text = paragraph("Empfehlung", limits.PARAGRAPH, "die Empfehlung")
    priority = RadioField("Priorität", choices=PRIORITIES, default=str(Priority.NORMAL))
    version = SentHiddenField()

    @property
    def content(self) -> RecommendationText:
        return RecommendationText(self.title.data or "", self.text.data or "", Priority(self.priority.data))


class NewForm(WordsForm):
    """The same with what it is about."""

    about = SelectField("Wozu?")
    key = KeyField()


class TurnForm(PageForm):
    """What is done with the town's answer; `seen` is the version of it that the advisor saw."""

    note = paragraph("Satz an die Kommune", limits.REASON, "den Satz")
    seen = SentHiddenField()


def list_subjects(questionnaire: Questionnaire) -> dict[str, str]:
    """Everything that a recommendation can be about, in the order of the questionnaire."""
    found = {}
    for criterion in questionnaire.criteria:
        found[f"{CRITERION}{criterion.id}"] = f"{criterion.letter} {criterion.title} (ganzes Kriterium)"
        found |= {f"{QUESTION}{each.id}": f"{each.number} {each.name}" for each in criterion.questions}
    return found


def read_subject(questionnaire: Questionnaire, about: str) -> tuple[str, str, str]:
    """What `about`, one of `list_subjects`, means: its number, the criterion, and the question or nothing."""
    if about.startswith(CRITERION):
        criterion, question = CriterionId(about.removeprefix(CRITERION)), ""
    else:
        question = about.removeprefix(QUESTION)
        criterion = questionnaire.question[QuestionId(question)].criterion
    return name_subject(questionnaire, criterion, question), criterion, question
