"""Macros of templates drawn by themselves: for our script, or kept where they are the same for every town."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from flask import get_template_attribute
from markupsafe import Markup


def draw(template: str, macro: str, *arguments: object) -> str:
    """What `macro` of `template` draws of `arguments`, for our script to put in place."""
    return str(get_template_attribute(template, macro)(*arguments))


@lru_cache(maxsize=2048)
def cached_macro(template: str, macro: str, *key: Hashable) -> Markup:
    """What `macro(*key)` of `template` draws; it may depend on these arguments only, on no request and no day.

    Arguments are of the questionnaire, nothing that people typed: there would be no end of them.
    """
    return Markup(draw(template, macro, *key))
