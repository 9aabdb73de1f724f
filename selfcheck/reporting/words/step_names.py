"""What a step of the checklist was about, once its cause is gone: all that is left of it is its key."""

from __future__ import annotations

from selfcheck.core.questionnaire.model import DepartmentId, QuestionId, Questionnaire
from selfcheck.core.rules import step_texts

FIXED = {
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


def name_step(questionnaire: Questionnaire, key: str) -> str:
    """A step in words, by its key alone; the key itself where the questionnaire does not know it."""
    if key in FIXED:
        return FIXED[key]
    kind, _, rest = key.partition(":")
    if kind == "team":
        department = questionnaire.department.get(DepartmentId(rest.partition(":")[2]))
        return step_texts.involve(department) if department else key
    if kind == "goal":
        return f"Entwicklungsziel {rest} beschreiben"
    if kind == "evidence" and rest.startswith(("project:", "goal:")):
        word = "Projekt" if rest.startswith("project:") else "Erreichtes Ziel"
        return f"{word} {rest.partition(':')[2]} belegen"
    return _name_question_step(questionnaire, kind, rest) or key


def _name_question_step(questionnaire: Questionnaire, kind: str, rest: str) -> str:
    id, _, measure_id = rest.partition(":")
    question = questionnaire.question.get(QuestionId(id))
    if question is None:
        return ""
    if kind == "measure":
        measures = {str(measure.id): measure for measure in question.measures}
        return step_texts.begin(measures[measure_id]) if measure_id in measures else ""
    return {"answer": step_texts.clarify(question), "evidence": f"{question.number} belegen"}.get(kind, "")
