"""Our own texts: the Markdown files in `content/`. They are part of the program and read once per process."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

from selfcheck.store.catalogue.catalogue import render_markdown

CONTENT = Path(__file__).resolve().parents[3] / "content"


@cache
def read_source(name: str) -> str:
    """`content/<name>.md` as it was written."""
    return (CONTENT / f"{name}.md").read_text(encoding="utf-8")


@cache
def read_own(name: str) -> Markup:
    """`content/<name>.md` as HTML."""
    return render_markdown(read_source(name))


def split_topics(text: str, level: int = 3) -> list[tuple[str, str]]:
    """Markdown by its headings of one level: their words, and what stands under each until the next one."""
    heading = re.compile(rf"^{'#' * level} ", re.MULTILINE)
    pieces = (piece.partition("\n") for piece in heading.split(text)[1:])
    return [(title.strip(), body) for title, _, body in pieces]


@cache
def read_topics(name: str) -> tuple[tuple[str, Markup], ...]:
    """`content/<name>.md` by its third headings: their words, and as HTML what stands under each."""
    return tuple((title, render_markdown(body)) for title, body in split_topics(read_source(name)))
