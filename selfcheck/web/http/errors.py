"""Named errors become German pages (or JSON for our own script); what was typed is handed back."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import date
from itertools import islice

from flask import Flask, Response, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, SecurityError

from selfcheck.core.text.contents import MOST, clean_paragraph
from selfcheck.reporting.words import german
from selfcheck.store.chamber.locking import CaseGone
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.damage_search import find_damage
from selfcheck.store.database.limits import HistoryFull, TooLong, TooMany
from selfcheck.store.database.transactions import reading
from selfcheck.store.database.write_queue import Busy
from selfcheck.store.parts.work import DoesNotFit, Gone, NotAllowed, OtherVersion
from selfcheck.web.http import clock, copies, security_log
from selfcheck.web.http.security_log import Event

log = logging.getLogger(__name__)
MOST_NAMED = 5
"""Damaged places in one line of the log; `flask data damage` names all of them."""
NOT_TYPED = ("csrf_token", "fassung", "before", "version", "base", "key", "resolve", "stay", "creation", "talk")
TICKED = ("choice", "options", "state", "done", "remove", "achieved", "documented", "audit")
NOTED = {403: Event.REFUSED, 429: Event.THROTTLED}
CHOSEN = ("place", "district", "criterion", "assignee")
"""Last parts of the names of fields that nobody types into; choices are one click away."""
MOST_HANDED_BACK = 50
"""Texts; no page that people fill in has more."""
MOST_LOOKED_AT = 2_000
TAKEN_BACK = "Die Kommune hat diesen Bericht zurückgezogen."
ASK_TOWN = "Fragen Sie die Kommune, wenn Sie ihn brauchen."


class Ended(Exception):
    """A link or a self-check that was valid once: since when it is not, and whom to ask."""

    def __init__(self, what: str, since: date | None, ask: str) -> None:
        super().__init__(what)
        self.what = what
        self.since = since
        self.ask = ask


class Unclear(Exception):
    """A request that cannot be taken for a reason of its own, which `page` says."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.title)
        self.page = page


class Crowded(Exception):
    """So many slow bodies come in that this one cannot be read."""


class TooFast(Exception):
    """One visitor saves more often than people do."""


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    text: str
    help: str


PAGES = {
    400: Page(
        "Diese Anfrage war unvollständig",
        "Ihr Browser hat etwas geschickt, das wir nicht zuordnen können. Gespeichert wurde dabei nichts.",
        "Gehen Sie eine Seite zurück, laden Sie sie neu und senden Sie noch einmal.",
    ),
    403: Page(
        "Das dürfen Sie hier nicht",
        "Ihr Zugang reicht für diese Seite nicht aus.",
        "Fragen Sie die Koordination Ihrer Kommune, wenn Sie diese Seite brauchen.",
    ),
    404: Page(
        "Diese Seite gibt es nicht",
        "Die Adresse stimmt nicht, oder Sie haben hier keinen Zugang.",
        "Wenn Sie einen Link bekommen haben, öffnen Sie ihn bitte noch einmal aus der E-Mail.",
    ),
    405: Page(
        "So lässt sich diese Seite nicht aufrufen",
        "Die Seite gibt es, aber nicht auf diesem Weg.",
        "Gehen Sie zur Startseite und von dort zu Ihrem Selbstcheck.",
    ),
    410: Page(
        "Das gibt es nicht mehr",
        "Was Sie öffnen möchten, ist beendet.",
        "Fragen Sie die Stelle, die Ihnen den Link gegeben hat.",
    ),
    413: Page(
        "Das war zu viel auf einmal",
        "Was Sie gesendet haben, ist größer, als wir annehmen.",
        "Kürzen Sie Ihren Text oder speichern Sie in mehreren Schritten. Eine Erläuterung fasst 5.000 Zeichen.",
    ),
    429: Page(
        "Zu viele Versuche",
        "Von Ihrem Anschluss kamen in kurzer Zeit sehr viele Anfragen.",
        "Warten Sie einige Minuten und versuchen Sie es dann noch einmal. Gespeichertes bleibt gespeichert.",
    ),
    500: Page(
        "Da ist bei uns etwas schiefgegangen",
        "Der Fehler liegt bei uns, nicht bei Ihnen. Was als gespeichert angezeigt wurde, ist gespeichert.",
        "Versuchen Sie es in einigen Minuten noch einmal.",
    ),
    503: Page(
        "Gerade nicht erreichbar",
        "Der Speicher antwortet im Moment nicht. Was als gespeichert angezeigt wurde, ist gespeichert.",
        "Versuchen Sie es in einigen Minuten noch einmal.",
    ),
}


class Throttled(Exception):
    """Too many attempts; `page` says of what, and what helps."""

    def __init__(self, page: Page = PAGES[429]) -> None:
        super().__init__(page.title)
        self.page = page


TOO_MANY = Page(
    "Das sind zu viele Einträge",
    "An einer Stelle nimmt der Selbstcheck höchstens 100 Einträge an. Gespeichert wurde dieses Mal nichts.",
    "Entfernen Sie Einträge, die Sie nicht mehr brauchen, oder fassen Sie mehrere zusammen.",
)
TOO_FAST = Page(
    "Das ging zu schnell",
    "In den letzten zehn Minuten wurde hier sehr oft gespeichert. Dieses Mal wurde nichts gespeichert.",
    "Warten Sie einige Minuten und speichern Sie dann noch einmal.",
)
TOO_LONG_HISTORY = Page(
    "Dieser Selbstcheck ist voll",
    "Sein Verlauf ist so lang, dass nichts mehr hineinpasst. Dieses Mal wurde nichts gespeichert; "
    "alles, was früher gespeichert wurde, ist da und lässt sich ansehen.",
    "Laden Sie ihn herunter („Ohne Verlauf (JSON)“) und beginnen Sie aus dieser Datei einen neuen.",
)
OTHER_VERSION = Page(
    "Dieser Selbstcheck hat jetzt eine neuere Fassung des Fragebogens",
    "Jemand hat gewechselt, während diese Seite offen war. Dieses Mal wurde nichts gespeichert.",
    "Öffnen Sie die Seite neu und tragen Sie Ihre Angaben dort ein, wo sie jetzt hingehören.",
)
BUSY = Page(
    "Gerade ist viel los",
    "Der Speicher ist im Moment belegt. Dieses Mal wurde nichts gespeichert.",
    "Warten Sie eine Minute und speichern Sie dann noch einmal.",
)
CROWDED = Page(
    "Gerade kommt zu viel auf einmal an",
    "Ihre Eingaben konnten nicht angenommen werden. Dieses Mal wurde nichts gespeichert.",
    "Gehen Sie eine Seite zurück, dort stehen sie noch, und senden Sie in einer Minute noch einmal.",
)
DAMAGED = Page(
    "Diese Angaben sind beschädigt",
    "Was hier gespeichert war, lässt sich nicht mehr lesen. Ihre anderen Selbstchecks sind davon nicht betroffen.",
    "Bitte melden Sie sich beim Betreiber (siehe Impressum). Er kann die Angaben aus einer Sicherung zurückholen.",
)


def register(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _elsewhere)
    app.register_error_handler(Ended, _ended)
    app.register_error_handler(CaseGone, _case_gone)
    app.register_error_handler(Unclear, lambda error: answer(400, error.page))
    app.register_error_handler(DamagedRow, _damaged)
    for raised, status, page in (
        (TooMany, 413, TOO_MANY),
        (TooFast, 429, TOO_FAST),
        (HistoryFull, 413, TOO_LONG_HISTORY),
        (Busy, 503, BUSY),
        (Crowded, 503, CROWDED),
    ):
        app.register_error_handler(raised, lambda error, status=status, page=page: answer(status, page))
    app.register_error_handler(OtherVersion, lambda error: answer(409, OTHER_VERSION))
    for kind, code in ((DoesNotFit, 400), (NotAllowed, 403), (Gone, 410), (TooLong, 413)):
        app.register_error_handler(kind, lambda error, code=code: answer(code, PAGES[code]))
    app.register_error_handler(Throttled, lambda error: answer(429, error.page))
    app.register_error_handler(DBAPIError, _unreachable)
    app.register_error_handler(Exception, _unexpected)


def wants_json() -> bool:
    """Whether our own script asks: it names JSON as the one thing it takes."""
    return request.accept_mimetypes.best == "application/json"


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and 300 <= error.code < 400:
        return error.get_response()
    code = error.code if error.code in PAGES else 500 if (error.code or 500) >= 500 else 400
    return answer(code, PAGES[code])


def _elsewhere(error: SecurityError) -> Response:
    """For a host that is none of ours: without links, for Flask knows none there, and nothing goes into the log."""
    return Response("Unter dieser Adresse gibt es den Selbstcheck nicht.\n", 400, mimetype="text/plain")


def _ended(error: Ended) -> ResponseReturnValue:
    since = f" Beendet am {german.day(error.since)}." if error.since else ""
    return answer(410, Page(PAGES[410].title, f"{error.what}{since}", error.ask))


def _case_gone(error: CaseGone) -> ResponseReturnValue:
    return _ended(Ended(TAKEN_BACK, clock.local(error.since).date() if error.since else None, ASK_TOWN))


def _damaged(error: DamagedRow) -> ResponseReturnValue:
    log.error("Stored data is damaged: %s", _locate(error))
    return answer(503, DAMAGED)


def _locate(error: DamagedRow) -> str:
    """Table, column and row of what cannot be read in this self-check, so that the operator finds it; never what it
    says."""
    public_id = (request.view_args or {}).get("check_id")
    if public_id is None:  # looking through everything is for `flask data damage`
        return str(error)
    try:
        return "; ".join(islice(find_damage(reading(), public_id), MOST_NAMED)) or str(error)
    except DBAPIError:
        return str(error)


def _unreachable(error: DBAPIError) -> ResponseReturnValue:
    log.exception("The database did not answer", exc_info=error)
    return answer(503, PAGES[503])


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.exception("Unexpected error at %s", request.endpoint, exc_info=error)  # the path may hold a link
    return answer(500, PAGES[500])


def answer(code: int, page: Page) -> tuple[Response | str, int]:
    """The page of an error, or JSON for our script; plain words where not even that works: no error ends in another."""
    g.private = True
    if code in NOTED:
        security_log.note(NOTED[code])
    if wants_json():
        return jsonify(error=page.title, text=f"{page.text} {page.help}", **copies.say_now()), code
    try:
        return render_template("http/error.html", page=page, code=code, typed=_typed()), code
    except Exception as error:
        log.exception("The page of an error failed at %s", request.endpoint, exc_info=error)
        return Response(f"{page.title}. {page.text} {page.help}\n", mimetype="text/plain"), code


def _typed() -> list[str]:
    """Longer texts of a form that was not accepted, so that nobody has to type them again; only of a form of ours,
    else other sites could put their words into our pages."""
    if request.method != "POST" or not _is_ours():
        return []
    try:
        entered = list(islice(request.form.items(multi=True), MOST_LOOKED_AT))
    except HTTPException:
        return []
    unwanted = {*NOT_TYPED, *TICKED, *CHOSEN}
    wanted = (value for name, value in entered if name and re.split(r"[.-]", name)[-1] not in unwanted)
    return list(islice((text for value in wanted if (text := clean_paragraph(value[:MOST]))), MOST_HANDED_BACK))


def _is_ours() -> bool:
    """Whether the form stood on a page of ours: by its mark, else (whose session is gone has none) by what the browser
    says of where it stood."""
    return bool(g.get("csrf_valid") or g.get("from_here"))
