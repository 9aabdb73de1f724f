"""Municipalities as German sentences call them: „die Stadt Kelsterbach“, „den Markt Mömbris“, „Biebertal“."""

from __future__ import annotations

from selfcheck.core.questionnaire.chambers import KINDS

ARTICLES = dict.fromkeys(KINDS, "die") | {"markt": "den"}


def town_article(name: str) -> str:
    """The article, with a space behind it, before a name that begins with what kind of place it is; else nothing.

    As an object: „wir bereiten die Stadt Kelsterbach vor“.
    """
    kind, _, rest = name.partition(" ")
    article = ARTICLES.get(kind.casefold(), "") if rest.strip() else ""
    return f"{article} " if article else ""


def name_town(name: str) -> str:
    return town_article(name) + name
