"""Addresses that stand on every page: put together once, with a gap for the self-check."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote

from flask import request, url_for

from selfcheck.web.layout.pattern import LEFT


def address(endpoint: str, anchor: str | None = None) -> str:
    """Where a page is that is the same for everybody."""
    return _make_address(request.root_path, endpoint, anchor)


def address_in(check_id: str, endpoint: str, **values: str) -> str:
    """Where a page of one self-check is; `values` are few and not somebody's own: each of them is kept."""
    return check_id.join(_cut_address(request.root_path, endpoint, tuple(values.items())))


@lru_cache(maxsize=128)
def _make_address(root: str, endpoint: str, anchor: str | None) -> str:
    return url_for(endpoint, _anchor=anchor)


@lru_cache(maxsize=1024)
def _cut_address(root: str, endpoint: str, values: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Cut where the id of the self-check stands; `root` is where the application is mounted."""
    named: dict[str, Any] = {"check_id": LEFT, **dict(values)}
    return tuple(url_for(endpoint, **named).split(quote(LEFT)))
