"""The page where questions are fetched as a file and brought back, by whoever sees all of them and by an office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired
from werkzeug.exceptions import RequestEntityTooLarge

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import DepartmentId, Question, QuestionId
from selfcheck.core.rules.to_do.departments import OwnDepartment
from selfcheck.reporting.questions_sheet import writing
from selfcheck.reporting.questions_sheet.archive import TOO_LARGE, BadFile
from selfcheck.reporting.questions_sheet.cells import Fault
from selfcheck.reporting.questions_sheet.reading import read
from selfcheck.reporting.words.names import name_office
from selfcheck.web.http import clock, errors
from selfcheck.web.http.load.writing import in_turn
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.fields import PageForm
from selfcheck.web.offline import entries, pages
from selfcheck.web.parts import protocol
from selfcheck.web.parts.conflicts import ConflictShown
from selfcheck.web.parts.submitted import Submission
from selfcheck.web.questions.reading import list_parts, read_questions

ALL, OWN = "/selbstcheck/<check_id>/fragen-excel", "/selbstcheck/<check_id>/auftrag/excel"
CHOOSE = "Bitte wählen Sie die ausgefüllte Datei aus."
ANOTHER = "Bitte wählen Sie die Datei noch einmal aus, wenn alles stimmt."
OTHERS = "Fragen in der Datei, die nicht Ihre sind, bleiben, wie sie sind."
BACK = "Gehen Sie eine Seite zurück und wählen Sie die Datei, die von dort stammt. Ihre Antworten sind unverändert."
FILE_TOO_LARGE = errors.Page("Die Datei wurde nicht angenommen", TOO_LARGE, BACK)
MOST_FAULTS = 100
REFUSED = "So lassen sich die Angaben nicht speichern. Bitte ändern Sie sie in der Datei, und wählen Sie diese neu."


class FileForm(PageForm):
    files = frozenset({"file"})
    file = FileField("Ausgefüllte Datei", validators=[FileRequired(CHOOSE)])


@pages.get(f"{ALL}/fragen.xlsx", endpoint="download")
@pages.get(f"{OWN}/fragen.xlsx", endpoint="own_download")
def download(check_id: str) -> Response:
    """The file; `?fachbereich=` leaves only what this department usually knows."""
    page = _enter(check_id)
    own = _find_department(page)
    asked = [each for each in _list_asked(page) if own is None or each.department in own.ids]
    title = "Fragen" if page.may(Right.ANSWER) else f"Fragen an {name_office(page.access.label)}"
    if own is not None and asked:
        title = f"Fragen {own.title}"
    now, town = clock.local(clock.now()), page.check.municipality
    facts = (check_id, town, title, page.questionnaire, entries.ask(page, asked), now)
    file = in_turn(lambda: writing.write(*facts))
    response = Response(file.content, mimetype=file.kind)
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    return response


@pages.get(ALL, endpoint="form")
@pages.get(OWN, endpoint="own_form")
def form(check_id: str) -> ResponseReturnValue:
    return _show(_enter(check_id), FileForm(unread=True))


@pages.post(ALL, endpoint="look")
@pages.post(OWN, endpoint="own_look")
def look(check_id: str) -> ResponseReturnValue:
    """What the file would change; nothing is written."""
    page, form = _enter(check_id), FileForm()
    if not form.validate_on_submit():
        return _show(page, form, [*form.file.errors], form.status)
    try:
        found = read(form.file.data.read(), check_id, page.questionnaire)
    except BadFile as bad:
        return _show(page, form, bad.faults, 422)
    asked = _list_asked(page)
    known = {question.id for question in asked}
    filled = [each for each in found.filled if each.question in known]
    fields = entries.enter(page, filled)
    submitted = read_questions(asked, Submission(fields))
    wrong = (*found.faults, *entries.list_faults(filled, submitted))
    changes = entries.list_changes(page, submitted)
    if wrong and not changes:
        return _show(page, form, _say_faults(wrong), 422)
    left_out = OTHERS if len(filled) < len(found.filled) else ""
    return _review(page, entries.keep_changed(page, fields, submitted), changes, left_out=left_out, wrong=wrong)


@pages.post(f"{ALL}/uebernehmen", endpoint="save")
@pages.post(f"{OWN}/uebernehmen", endpoint="own_save")
def save(check_id: str) -> ResponseReturnValue:
    """Writes what was looked at; where somebody else was faster, both values are shown as everywhere."""
    page = _enter(check_id)
    check_page.refuse_other_version(page.access)
    asked = _list_asked(page)
    submission = Submission(request.form)
    submitted = read_questions(asked, submission)
    saving = protocol.save(page.access, page.questionnaire, list_parts(submitted))
    if saving.status == 200:
        number = sum(part.write is not None for part in saving.parts.values())
        return redirect(url_for(_endpoint(page, "form"), check_id=check_id, uebernommen=number), 303)
    page = check_page.show_loaded(page.access, saving.loaded)
    kept = entries.keep_changed(page, submission.entered, submitted)
    faults = [REFUSED] if saving.errors else []
    conflicts = [_name_question(page, name, shown) for name, shown in saving.conflicts.items()]
    return _review(page, kept, [], conflicts, faults, status=saving.status)


def _name_question(page: CheckPage, name: str, shown: ConflictShown) -> ConflictShown:
    """Here nothing else says to which question the part called `name` belongs."""
    question = page.questionnaire.question[QuestionId(name.partition(".")[0])]
    return replace(shown, title=f"{question.number} {question.name}, {shown.title}")


@pages.errorhandler(RequestEntityTooLarge)
def refuse_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """A form that is too long is a file that is; whoever sent it was not let in yet."""
    return errors.answer(413, FILE_TOO_LARGE)


def _say_faults(wrong: Sequence[Fault]) -> list[str]:
    more = len(wrong) - MOST_FAULTS
    return [each.text for each in wrong[:MOST_FAULTS]] + ([f"und {more} weitere Stellen"] if more > 0 else [])


def _enter(check_id: str) -> CheckPage:
    own = (request.endpoint or "").startswith("offline.own_")
    return check_page.open_check(check_id, Right.OWN_PART if own else Right.ANSWER)


def _find_department(page: CheckPage) -> OwnDepartment | None:
    """The one that the address names; one that nobody knows has no questions."""
    wanted = DepartmentId(request.args.get("fachbereich", ""))
    return page.departments.by_id.get(wanted, OwnDepartment("", ())) if wanted else None


def _list_asked(page: CheckPage) -> list[Question]:
    """An office's questions, for everybody else all; without those that do not apply."""
    scope = page.access.scope if page.may(Right.OWN_PART) else page.questionnaire.question.keys()
    return [each for each in page.questionnaire.questions if each.id in scope and not page.hides(each)]


def _endpoint(page: CheckPage, name: str) -> str:
    return f"offline.{'own_' if page.may(Right.OWN_PART) else ''}{name}"


def _show(page: CheckPage, form: FileForm, faults: Sequence[str] = (), status: int = 200) -> ResponseReturnValue:
    """The form; a browser does not keep a chosen file, so the message asks again."""
    form.file.errors = list(faults) if len(faults) == 1 else [ANOTHER] if faults else []
    asked = _list_asked(page)
    known = {question.department for question in asked}
    number = request.args.get("uebernommen", "")
    return (
        render_template(
            "offline/file.html",
            check=page.check,
            own=page.may(Right.OWN_PART),
            form=form,
            faults=faults,
            number=int(number) if number.isascii() and number.isdigit() and len(number) < 5 else None,
            departments=[each for each in page.departments.all if not known.isdisjoint(each.ids)],
            endpoint=lambda name: _endpoint(page, name),
        ),
        status,
    )


def _review(
    page: CheckPage,
    fields: Sequence[tuple[str, str]],
    changes: Sequence[entries.Change],
    conflicts: Sequence[ConflictShown] = (),
    faults: Sequence[str] = (),
    left_out: str = "",
    wrong: Sequence[Fault] = (),
    status: int = 200,
) -> ResponseReturnValue:
    return (
        render_template(
            "offline/review.html",
            check=page.check,
            questionnaire_name=page.questionnaire.name,
            own=page.may(Right.OWN_PART),
            action=url_for(_endpoint(page, "save"), check_id=page.check.public_id),
            back=url_for(_endpoint(page, "form"), check_id=page.check.public_id),
            fields=fields,
            changes=changes,
            by_question=[list(found) for _, found in groupby(changes, attrgetter("number"))],
            conflicts=conflicts,
            faults=faults,
            left_out=left_out,
            wrong=_say_faults(wrong),
            rows=len({each.row for each in wrong}),
        ),
        status,
    )
