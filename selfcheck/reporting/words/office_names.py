"""Offices as German sentences call them: „an das Bauamt“, „an die Kämmerei“, „an „Soziales““."""

from __future__ import annotations

import re

ARTICLES = {
    "das": "amt büro referat dezernat sachgebiet archiv museum zentrum team",
    "die": "stelle verwaltung planung pflege schule bibliothek bücherei kämmerei kasse wehr leitung behörde schaft "
    "schaften werke abteilung förderung arbeit gruppe agentur",
    "den": "fachbereich fachdienst bereich bauhof betrieb dienst service",
}
"""Which article goes with the last part of a noun; more than these nobody needs to guess."""
SEVERAL = re.compile(r"[,/&+]| und ")
SHORTENED = re.compile(r"^\S+- und ")
OF_WHAT = (" für ", " der ", " des ")


def name_office(label: str) -> str:
    """`label` as an object, „das Bauamt“; in quotation marks where its article is not known or it names several."""
    one = SHORTENED.sub("", label)
    head, rest = one.partition(" ")[0], one
    for word in OF_WHAT:
        rest = rest.partition(word)[0]
    article = "" if SEVERAL.search(rest) else _find_article(head.casefold())
    return f"{article} {label}" if article else f"„{label}“"


def _find_article(noun: str) -> str:
    return next((word for word, endings in ARTICLES.items() if noun.endswith(tuple(endings.split()))), "")
