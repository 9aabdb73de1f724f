"""What the operator puts in the place of our own texts (`SELFCHECK_LEGAL`), and what is missing of it."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from flask import current_app
from markupsafe import Markup

from selfcheck.store.catalogue.catalogue import render_markdown
from selfcheck.web.layout.own_texts import CONTENT, read_own

log = logging.getLogger(__name__)
TITLE_LINE = re.compile(r"\A\s*# [^\n]*\n?")
"""A title at the head of the operator's file is dropped: the page has its own."""
DEMANDED = ("impressum", "datenschutz", "barrierefreiheit")
"""What only the operator can write, and nobody may go public without."""
UNFINISHED = ("[bitte prüfen", "**[")
"""What our drafts mark for the operator."""


def read_operator(name: str) -> Markup | None:
    """The operator's `<name>.md` as HTML; None without the folder, the file or a word in it.

    A file that cannot be read is named in the log and counts as missing, so that the page says what to do.
    """
    body = _read_body(name)
    return render_markdown(body) if body else None


def _read_body(name: str) -> str:
    folder = current_app.config["LEGAL"]
    if not folder:
        return ""
    path = Path(folder) / f"{name}.md"
    try:
        text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        log.warning("The operator's text %s cannot be read: %s", path.name, error)
        return ""
    return TITLE_LINE.sub("", text).strip()


def warn_of_missing() -> None:
    """Names in the log what the operator has not written yet, or not finished."""
    bodies = {f"{name}.md": _read_body(name) for name in DEMANDED}
    missing = [name for name, body in bodies.items() if not body]
    unfinished = [name for name, body in bodies.items() if any(mark in body for mark in UNFINISHED)]
    if missing:
        log.warning(
            "Es fehlen noch Texte des Betreibers: %s. Ohne sie ist das Angebot nicht für die Öffentlichkeit bestimmt. "
            "Entwürfe liegen in %s; die fertigen Dateien gehören in den Ordner SELFCHECK_LEGAL.",
            ", ".join(missing),
            CONTENT,
        )
    if unfinished:
        log.warning(
            "Noch nicht ausgefüllt oder geprüft (eckige Klammern): %s im Ordner SELFCHECK_LEGAL.", ", ".join(unfinished)
        )


def read_page(name: str, ours: str = "") -> tuple[Markup, str]:
    """The operator's text, else ours (`content/<ours or name>.md`) with the name of the file that is missing."""
    operator = read_operator(name)
    return (operator, "") if operator else (read_own(ours or name), f"{name}.md")
