"""Who takes part in a self-check: inviting, handing over, what is assigned to me, reminders."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("team", __name__)
