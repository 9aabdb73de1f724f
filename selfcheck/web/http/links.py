"""Where links in mails lead: to the one address of the settings, whatever a request calls this server. And where
whoever has a task of their own begins."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for

from selfcheck.core.permissions import ADVISOR, OPERATOR

HOMES = {ADVISOR: "/beratung", OPERATOR: "/verwaltung"}
"""The page of each position where its work begins; everybody else's depends on their self-checks."""


def find_home(position: str, chamber: str) -> str:
    """Where an account works; empty for members, and for an advisor whom nobody has given a chamber yet."""
    return "" if position == ADVISOR and not chamber else HOMES.get(position, "")


def mail_link(endpoint: str, **values: Any) -> str:
    """The whole address of a page, for whoever reads it far from here."""
    return f"{current_app.config['BASE_URL']}{url_for(endpoint, **values)}"
