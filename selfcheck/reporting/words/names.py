"""What German sentences call things: municipalities, their offices, what they are, and steps known by their key.

„die Stadt Kelsterbach“, „an das Bauamt“, „an „Soziales““, „Mittelzentrum“.
"""

from __future__ import annotations

import re

from selfcheck.core.questionnaire.chambers import KINDS
from selfcheck.core.questionnaire.model import DepartmentId, QuestionId, Questionnaire
from selfcheck.core.rules.to_do import step_texts
from selfcheck.core.rules.to_do.departments import OwnDepartments
from selfcheck.core.rules.wording import quoted
from selfcheck.core.text.order import fold

CENTRALITIES = {
    "oberzentrum": "Oberzentrum",
    "mittelzentrum": "Mittelzentrum",
    "unterzentrum": "Unterzentrum",
    "kleinzentrum": "Kleinzentrum",
    "grundzentrum": "Grundzentrum",
    "keine": "kein zentraler Ort",
    "verwaltungsgemeinschaft": "Verwaltungsgemeinschaft",
}
"""Those that are known; where nobody knows, each page says so in its own words."""
AUDITS = {"first": "Erstauditierung", "renewal": "Re-Auditierung"}
DOCUMENTS = {
    "decision": "Beschluss",
    "concept": "Konzept",
    "statute": "Satzung",
    "website": "Webseite",
    "brochure": "Broschüre",
    "statistics": "Statistik",
    "list": "Liste",
    "photo": "Foto",
    "other": "Sonstiges",
}
"""What a piece of evidence can be."""
TOWN_ARTICLES = dict.fromkeys(map(fold, KINDS), "die") | {"markt": "den"}
OFFICE_ARTICLES = {
    "das": "amt büro referat dezernat sachgebiet archiv museum zentrum team",
    "die": "stelle verwaltung planung pflege schule bibliothek bücherei kämmerei kasse wehr leitung behörde schaft "
    "schaften werke abteilung förderung arbeit gruppe agentur",
    "den": "fachbereich fachdienst bereich bauhof betrieb dienst service",
}
"""Which article goes with the last part of a noun; more than these nobody needs to guess."""
_ENDINGS = {article: tuple(map(fold, endings.split())) for article, endings in OFFICE_ARTICLES.items()}
SEVERAL = re.compile(r"[,/&+]| und ")
SHORTENED = re.compile(r"^\S+- und ")
OF_WHAT = (" für ", " der ", " des ")
FIXED_STEPS = {
    "team:contact": step_texts.CONTACT,
    "team:chamber": step_texts.ASK_CHAMBER,
    "team:council": step_texts.COUNCIL,
    "project:describe": step_texts.DESCRIBE_PROJECTS,
    "chamber:share": step_texts.SHARE,
    "chamber:final": step_texts.FINAL,
    "interview:people": step_texts.PEOPLE,
    "interview:table": step_texts.TABLE,
    "interview:binder": step_texts.BINDER,
}


def town_article(name: str) -> str:
    """The article, with a space behind it, before a name that begins with what kind of place it is; else nothing.

    As an object: „wir bereiten die Stadt Kelsterbach vor“.
    """
    kind, _, rest = name.partition(" ")
    article = TOWN_ARTICLES.get(fold(kind), "") if rest else ""
    return f"{article} " if article else ""


def name_town(name: str) -> str:
    return town_article(name) + name


def name_office(label: str) -> str:
    """`label` as an object, „das Bauamt“; in quotation marks where its article is not known or it names several."""
    one = SHORTENED.sub("", label)
    head, rest = one.partition(" ")[0], one
    for word in OF_WHAT:
        rest = rest.partition(word)[0]
    fitting = (word for word, endings in _ENDINGS.items() if fold(head).endswith(endings))
    article = "" if SEVERAL.search(rest) else next(fitting, "")
    return f"{article} {label}" if article else quoted(label)


def name_step(questionnaire: Questionnaire, key: str, departments: OwnDepartments | None = None) -> str:
    """A step in words, by its key alone; the key itself where the questionnaire does not know it. `departments` say
    what the town calls its own.
    """
    if key in FIXED_STEPS:
        return FIXED_STEPS[key]
    kind, _, rest = key.partition(":")
    if kind == "team":
        known = departments or OwnDepartments(questionnaire, {})
        own = known.by_id.get(DepartmentId(rest.partition(":")[2]))
        return step_texts.involve(own.title) if own else key
    if kind == "recommendation":
        return "Empfehlung der IHK"
    if kind == "goal":
        return f"Entwicklungsziel {rest} beschreiben"
    if kind == "evidence" and rest.startswith(("project:", "goal:")):
        word = "Projekt" if rest.startswith("project:") else "Erreichtes Ziel"
        return f"{word} {rest.partition(':')[2]} belegen"
    if kind == "chamber":
        kind, _, rest = rest.partition(":")
    return _name_question_step(questionnaire, kind, rest) or key


def _name_question_step(questionnaire: Questionnaire, kind: str, rest: str) -> str:
    id, _, measure_id = rest.partition(":")
    question = questionnaire.question.get(QuestionId(id))
    if question is None:
        return ""
    if kind == "measure":
        measures = {str(measure.id): measure for measure in question.measures}
        return step_texts.begin(measures[measure_id]) if measure_id in measures else ""
    named = {
        "answer": step_texts.clarify(question),
        "evidence": f"{question.number} belegen",
        "question": step_texts.reply(question),
    }
    return named.get(kind, "")
