"""Daten: everything of a self-check as a file, and a new self-check from such a file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from typing import IO

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired
from werkzeug.exceptions import RequestEntityTooLarge
from wtforms import BooleanField

from selfcheck.core.permissions import RIGHTS, Right
from selfcheck.core.questionnaire.model import Questionnaire, Status
from selfcheck.core.reading.document.faults import quote
from selfcheck.reporting.documents.file import name_file
from selfcheck.reporting.words import german
from selfcheck.store.catalogue.catalogue import UnknownQuestionnaire
from selfcheck.store.data.exports import write_export
from selfcheck.store.data.imports import begin_from_file
from selfcheck.store.data.models import DataFile
from selfcheck.store.data.reading import BadFile, read_file
from selfcheck.store.database.limits import TooMany
from selfcheck.store.parts.values import Holder
from selfcheck.web.data import pages
from selfcheck.web.http import attempts, clock, guards, headers
from selfcheck.web.http.browser import cookie, signed_in
from selfcheck.web.layout.catalogue import catalogue
from selfcheck.web.layout.fields import KeyField, PageForm

IN_MEMORY = 1024 * 1024
AT_ONCE = 64 * 1024
ANOTHER = "Bitte wählen Sie eine andere Datei aus."
CHOOSE = "Bitte wählen Sie eine Datei aus."
TOO_LARGE = (
    "Die Datei ist größer als 2 MB. Laden Sie im alten Selbstcheck unter „Daten“ die Datei „Ohne Verlauf (JSON)“ "
    "herunter und wählen Sie diese aus."
)
TOO_MANY = "An einer Stelle stehen mehr als 100 Einträge; so viele nimmt ein Selbstcheck nicht auf."


class FileForm(PageForm):
    files = frozenset({"file"})
    file = FileField("Datei", validators=[FileRequired(CHOOSE)])
    renewal = BooleanField("Daraus die nächste Auditierung beginnen")
    key = KeyField()


@pages.get("/selbstcheck/<check_id>/dokumente/alle-daten.json")
def export(check_id: str) -> Response:
    """The file; `?verlauf=nein` leaves out history and frozen states, which a new self-check does not take."""
    access = guards.enter(check_id, Right.EXPORT)
    rights, whole = RIGHTS[access.role], request.args.get("verlauf") != "nein"
    # whole before the first byte leaves: a fault becomes a page, not half a file, and no slow line holds the database
    file = _open_file()
    sharing = whole and Right.SHARE in rights
    write_export(access.check.id, file, clock.now(), team=Right.TEAM in rights, sharing=sharing, history=whole)
    file.seek(0)
    kind = "Alle Daten" if whole else "Daten ohne Verlauf"
    name = name_file(kind, access.check.municipality, german.day(clock.today()), "json")
    response = Response(_read_out(file), mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.call_on_close(file.close)
    return response


def _open_file() -> IO[bytes]:
    """Longer ones lie on the disk, without a name, until they are sent."""
    return tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)


def _read_out(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(AT_ONCE):
            yield piece


@pages.route("/selbstcheck/neu/aus-datei", methods=["GET", "POST"])
def begin() -> ResponseReturnValue:
    headers.keep_private()
    form = FileForm()
    if not form.validate_on_submit():
        return _show(form, [*form.file.errors, *form.key.errors], form.status)
    attempts.count_attempt("begin")
    try:
        file, key, account = read_file(form.file.data.read()), form.key.data or "", signed_in.account()
        holder = Holder(account.id, account.name) if account else None
        if holder is None:
            cookie.make_room()
        check, secret = begin_from_file(file, _find_questionnaire(file), key, clock.now(), cookie.grants(), holder)
    except BadFile as bad:
        return _show(form, bad.faults, 422)
    except TooMany:
        return _show(form, [TOO_MANY], 422)
    if secret is not None:
        cookie.add_grant(secret)
    if form.renewal.data:
        return redirect(url_for("renewal.version", check_id=check.public_id, erneuern=1), 303)
    return redirect(url_for("overview.overview", check_id=check.public_id, aus_datei=1), 303)


@pages.errorhandler(RequestEntityTooLarge)
def refuse_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    headers.keep_private()
    return _show(FileForm(unread=True), [TOO_LARGE], 413)


def _show(form: FileForm, faults: Sequence[str], status: int) -> ResponseReturnValue:
    """The form, with what is wrong with the file; a browser does not keep a chosen file, so the message asks again."""
    form.file.errors = list(faults) if len(faults) == 1 else [ANOTHER] if faults else []
    return render_template("data/from_file.html", form=form, faults=faults), status


def _find_questionnaire(file: DataFile) -> Questionnaire:
    """The version that the file answers; raises `BadFile` where this installation does not have it."""
    name = f"{file.self_check.questionnaire.id}/{file.self_check.questionnaire.version}"
    try:
        if catalogue().status(name) is not Status.DRAFT:
            return catalogue().questionnaire(name)
    except UnknownQuestionnaire:
        pass
    raise BadFile([f"„self_check“, „questionnaire“: Den Fragebogen {quote(name)} gibt es hier nicht."])
