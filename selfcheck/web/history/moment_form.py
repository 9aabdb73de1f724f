"""The form that names a Stand."""

from __future__ import annotations

from selfcheck.store.database.limits import LABEL
from selfcheck.web.layout.fields import KeyField, PageForm, line


class MomentForm(PageForm):
    name = line(
        "Name des Standes",
        LABEL,
        "den Namen",
        required="Bitte geben Sie dem Stand einen Namen, zum Beispiel „Vor der Sommerpause“.",
    )
    key = KeyField()
