"""Where links in mails lead: to the one address of the settings, whatever a request calls this server."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for


def mail_link(endpoint: str, **values: Any) -> str:
    """The whole address of a page, for whoever reads it far from here."""
    return f"{current_app.config['BASE_URL']}{url_for(endpoint, **values)}"
