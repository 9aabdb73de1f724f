"""„Diesen Text überall entfernen“: shows exactly what goes, asks once, and takes it out of everything."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.removed import Removed
from selfcheck.reporting.history.change_words import LABELS, TITLES
from selfcheck.reporting.history.removed_text import is_removed, say_removed
from selfcheck.reporting.words.names import name_step
from selfcheck.store.database.limits import LINE
from selfcheck.store.history import redaction, talk_redaction
from selfcheck.store.history.redaction import Taken, Texts
from selfcheck.store.history.talk_redaction import Spoken
from selfcheck.store.parts.writes import Part
from selfcheck.web.history import pages
from selfcheck.web.history.names import NAMES, ONES, WHOLE
from selfcheck.web.http import clock
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage, question_address
from selfcheck.web.layout.fields import PageForm, line

OF_ONE = (Part.CHOICE, Part.NOTE, Part.SHEET)
"""Parts whose subject is a question."""
SPOKEN = {
    "antwort-an-ihk": Spoken.ANSWER,
    "antwort-auf-empfehlung": Spoken.REPLY,
    "absage-an-ihk": Spoken.REFUSAL,
}
"""What the town said to its chamber."""
FIELDS = {**LABELS, "reason": "Begründung", "value": "Angabe", "text": "Text", "": "Text"}


class RedactionForm(PageForm):
    reason = line("Grund", LINE, "den Grund")


@pages.route("/selbstcheck/<check_id>/verlauf/entfernen/<part>/<subject>", methods=["GET", "POST"])
def redact(check_id: str, part: str, subject: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.REDACT)
    found = _find(page, part, subject)
    form = RedactionForm()
    if not form.validate_on_submit():
        return _ask(page, part, subject, found, form), form.status
    by = page.access.label
    taken = Taken(by, say_removed(Removed(page.today, by)), form.reason.data or "")
    _take_out(page, found, taken)
    word = "antwort-entfernt" if isinstance(found.part, Spoken) else "entfernt"
    return redirect(f"{url_for('history.changes', check_id=check_id)}?{word}=1", 303)


def _take_out(page: CheckPage, found: Texts, taken: Taken) -> None:
    if not isinstance(found.part, Spoken):
        redaction.redact(page.check, page.questionnaire, found.part, found.subject, taken, page.access.who, clock.now())
    elif found.texts:
        talk_redaction.take_out_spoken(page.check, found.part, found.subject, taken, page.access.who, clock.now())


def _find(page: CheckPage, part: str, subject: str) -> Texts:
    if part in SPOKEN:
        return _find_spoken(page, SPOKEN[part], subject)
    known = NAMES.get(part)
    if known is None:
        abort(404)
    about = "" if known in ONES and subject == WHOLE else subject
    found = redaction.find_texts(page.check, page.questionnaire, known.value, about)
    if found is None:
        abort(404)
    return found


def _find_spoken(page: CheckPage, part: Spoken, id: str) -> Texts:
    """Without the words that stand where a text was."""
    found = talk_redaction.find_spoken(page.check, part, id)
    if found is None:
        abort(404)
    return replace(found, texts=tuple(each for each in found.texts if not is_removed(each[1])))


def _ask(page: CheckPage, part: str, subject: str, found: Texts, form: RedactionForm) -> str:
    id = QuestionId(found.question or (found.subject if found.part in OF_ONE else ""))
    question = page.questionnaire.question.get(id)
    return check_page.render(
        "history/redact.html",
        page,
        url_for("history.changes", check_id=page.check.public_id),
        title=TITLES.get(found.part, found.part),
        step=name_step(page.questionnaire, found.subject, page.departments) if found.part == Part.STEP else "",
        question=question,
        href=question_address(page, question) if question else "",
        texts=[(FIELDS.get(name, name), said) for name, said in found.texts],
        frozen=found.frozen,
        files=found.files,
        spoken=isinstance(found.part, Spoken),
        part=part,
        subject=subject,
        form=form,
    )
