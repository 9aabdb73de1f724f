"""Whether a form came from a page of ours; if not, the page that says why, one for each cause."""

from __future__ import annotations

from typing import NoReturn
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError

from selfcheck.web.http.errors import Page, Unclear

OURS = ("same-origin", "none")
"""What a browser says of its own pages, and of what nobody but its user has sent."""
NO_COOKIE = Page(
    "Ihr Browser hat kein Cookie mitgeschickt",
    "Ohne das Cookie dieser Seite wissen wir nicht, wer hier speichern darf. Es ist gelöscht oder abgelaufen, oder Ihr "
    "Browser nimmt keine Cookies an. Gespeichert wurde nichts.",
    "Erlauben Sie für diese Seite Cookies, öffnen Sie Ihren Link noch einmal oder melden Sie sich neu an. Senden Sie "
    "dann noch einmal.",
)
OUTDATED = Page(
    "Diese Seite war nicht mehr aktuell",
    "Seit Sie sie geöffnet haben, hat in diesem Browser eine neue Sitzung begonnen, zum Beispiel weil sich jemand an- "
    "oder abgemeldet hat. Gespeichert wurde nichts.",
    "Gehen Sie eine Seite zurück, laden Sie sie neu und senden Sie noch einmal.",
)
FOREIGN = Page(
    "Das kam nicht von unserer Seite",
    "Eine andere Internetseite hat in Ihrem Namen etwas an den Selbstcheck geschickt. Gespeichert wurde nichts.",
    "Wenn Sie selbst etwas ändern wollten, öffnen Sie den Selbstcheck und geben Sie es dort ein.",
)
HIDDEN = Page(
    "Ihr Browser sagt nicht, woher die Angaben kommen",
    "Eine Einstellung oder Erweiterung unterdrückt, von welcher Seite sie gesendet werden (Origin und Referer). Damit "
    "könnten auch fremde Seiten in Ihrem Namen speichern; deshalb wurde nichts gespeichert.",
    "Erlauben Sie diese Angabe für den Selbstcheck, oder nehmen Sie einen anderen Browser. Gehen Sie dann eine Seite "
    "zurück und senden Sie noch einmal.",
)


def protect(app: Flask) -> CSRFProtect:
    """From now on every form has to carry the token of its session, and over https to come from here; what is answered
    may be told of exceptions. Other forms raise `Unclear`.
    """
    tokens = CSRFProtect(app)

    def check() -> None:
        fault = _find_fault()
        g.from_here = fault is None
        try:
            tokens.protect(apply_exemptions=True)
        except CSRFError:
            _refuse(_explain_token())
        if g.get("csrf_valid") and request.is_secure and fault is not None:
            g.csrf_valid = False
            _refuse(fault)

    app.before_request(check)
    return tokens


def _refuse(page: Page) -> NoReturn:
    raise Unclear(page)


def _explain_token() -> Page:
    came = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
    return OUTDATED if came else NO_COOKIE


def _find_fault() -> Page | None:
    """What is wrong with where a form came from. Browsers say it in up to three ways, and may keep some to themselves;
    the surest that they say counts."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin", "null")
    if site is not None:
        return None if site in OURS else FOREIGN
    told = origin if origin != "null" else request.referrer
    if not told:
        return HIDDEN
    return None if _read_origin(told) == _read_origin(request.host_url) else FOREIGN


def _read_origin(address: str) -> tuple[str, str, int] | None:
    """Scheme, host and port; None for what is no address."""
    try:
        parts = urlsplit(address)
        return (parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
    except ValueError:
        return None
