"""A document as a download, and what stands there instead where it cannot be made just now."""

from __future__ import annotations

import logging
from typing import Protocol

from flask import Response, current_app
from flask.typing import ResponseReturnValue

from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.manuscript import PDF, Manuscript
from selfcheck.store.database import transactions
from selfcheck.typesetting.press import LONGEST, Crowded, MissingFonts, NotSet, Press, TooSlow
from selfcheck.web.documents import pages
from selfcheck.web.documents.freezing import NotFrozen
from selfcheck.web.http import errors
from selfcheck.web.http.errors import Page

log = logging.getLogger(__name__)
PRESS = "press"
UNTOUCHED = "Ihre Angaben sind davon nicht betroffen."
NOT_SET = Page(
    "Das Dokument ließ sich nicht erstellen",
    f"Der Fehler liegt bei uns, nicht bei Ihnen. {UNTOUCHED}",
    "Versuchen Sie es in einigen Minuten noch einmal. Hilft das nicht, melden Sie sich bitte beim Betreiber "
    "(siehe Impressum).",
)
TOO_SLOW = Page(
    "Das Dokument hat zu lange gebraucht",
    f"Nach {LONGEST:.0f} Sekunden haben wir abgebrochen. {UNTOUCHED}",
    "Versuchen Sie es in einigen Minuten noch einmal. Hilft das nicht, melden Sie sich bitte beim Betreiber "
    "(siehe Impressum).",
)
CROWDED = Page(
    "Gerade werden viele Dokumente erstellt",
    f"Ihres ist noch nicht an der Reihe. {UNTOUCHED}",
    "Warten Sie eine Minute und laden Sie es dann noch einmal herunter.",
)
HELD = Page(
    "Gerade ist viel los",
    f"Der Speicher ist im Moment belegt, deshalb ließ sich der heutige Stand nicht festhalten. {UNTOUCHED}",
    "Warten Sie eine Minute und laden Sie das Dokument dann noch einmal herunter.",
)
NO_FONTS = Page(
    "PDF-Dokumente lassen sich hier noch nicht erstellen",
    f"Auf diesem Server fehlen die Schriften dafür. {UNTOUCHED}",
    "Bitte melden Sie sich beim Betreiber (siehe Impressum).",
)
PAGES = {MissingFonts: NO_FONTS, Crowded: CROWDED, TooSlow: TOO_SLOW}


class Known(Protocol):
    """A self-check, or a case."""

    @property
    def public_id(self) -> str: ...


def hand_over(made: File | Manuscript, of: Known) -> Response:
    """`made` to be saved; a manuscript is set first, one at a time for one self-check or case `of`. Raises `NotSet`."""
    if isinstance(made, Manuscript):
        made = set_manuscript(made, of)
    response = Response(made.content, mimetype=made.kind)
    response.headers.set("Content-Disposition", "attachment", filename=made.name)
    return response


def set_manuscript(manuscript: Manuscript, of: Known) -> File:
    """The PDF of `manuscript`. Raises `NotSet`."""
    press: Press = current_app.extensions[PRESS]
    transactions.look_again()  # nobody's read stays open meanwhile
    return File(manuscript.name, PDF, press.set_pdf(manuscript, of.public_id))


@pages.app_errorhandler(NotSet)
def say_not_set(error: NotSet) -> ResponseReturnValue:
    if not isinstance(error, Crowded):
        log.error("A PDF could not be set: %s", error)
    return _ask_to_wait(PAGES.get(type(error), NOT_SET))


@pages.errorhandler(NotFrozen)
def say_not_frozen(error: NotFrozen) -> ResponseReturnValue:
    return _ask_to_wait(HELD)


def _ask_to_wait(page: Page) -> ResponseReturnValue:
    answer, status = errors.answer(503, page)
    return answer, status, {"Retry-After": "60"}
