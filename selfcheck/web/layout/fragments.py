"""Pieces of markup that are the same for every town: drawn once in a process, then kept."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from flask import get_template_attribute
from markupsafe import Markup


@lru_cache(maxsize=2048)
def cached_macro(template: str, macro: str, *key: Hashable) -> Markup:
    """What `macro(*key)` of `template` draws; it may depend on these arguments only, on no request and no day.

    Arguments are of the questionnaire, nothing that people typed: there would be no end of them.
    """
    drawn: Markup = get_template_attribute(template, macro)(*key)
    return drawn
