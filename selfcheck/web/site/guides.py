"""What people look for about the audit, each on a page of its own: `content/hilfe-<name>.md`, in one order everywhere.

A guide has a title, a lead, chapters under second headings and its sources at the end. A text to copy may stand beside
it as `content/hilfe-<name>-entwurf.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from flask import abort, render_template
from markupsafe import Markup

from selfcheck.core.text.order import split_words
from selfcheck.store.catalogue.catalogue import render_markdown
from selfcheck.web.layout.own_texts import read_source, split_topics
from selfcheck.web.site import pages

NAMES = ("pruefgespraech", "ziele", "sonderpunkte", "beschluss", "gemeinsam", "ausgezeichnet")
WITH_DRAFT = frozenset({"beschluss"})


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Guide:
    """`draft` is a text to copy, empty where there is none."""

    name: str
    title: str
    lead: Markup
    sections: tuple[Section, ...]
    draft: str

    @property
    def places(self) -> list[tuple[str, str]]:
        """Its headings with the addresses on its page."""
        draft = [("Der Entwurf", "#der-entwurf")] if self.draft else []
        return draft + [(each.title, f"#{each.id}") for each in self.sections]

    @property
    def words(self) -> str:
        """Everything that is read on its page, to be searched."""
        said = (f"{each.title}\n{each.html.striptags()}" for each in self.sections)
        return "\n".join((self.title, self.lead.striptags(), self.draft, *said))


@cache
def read_guide(name: str) -> Guide:
    """One of `NAMES`."""
    source = read_source(f"hilfe-{name}")
    head, _, body = source.partition("\n")
    lead, _, _ = body.partition("\n## ")
    return Guide(
        name,
        head.removeprefix("# "),
        render_markdown(lead),
        tuple(
            Section("-".join(split_words(each)), each, render_markdown(text)) for each, text in split_topics(body, 2)
        ),
        read_source(f"hilfe-{name}-entwurf") if name in WITH_DRAFT else "",
    )


def list_guides() -> tuple[Guide, ...]:
    """All of them, in the order to show them."""
    return tuple(read_guide(name) for name in NAMES)


@pages.get("/hilfe/<topic>", endpoint="guide")
def show(topic: str) -> str:
    if topic not in NAMES:
        abort(404)
    others = [each for each in list_guides() if each.name != topic]
    return render_template("site/guide.html", guide=read_guide(topic), others=others)
