"""The form that names a Stand."""

from __future__ import annotations

import secrets

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length, Regexp

from selfcheck.store.database.limits import LABEL
from selfcheck.web.layout.typed import one_line


class StateForm(FlaskForm):
    """`key` keeps a double click from naming twice."""

    name = StringField(
        "Name des Standes",
        filters=[one_line],
        validators=[
            DataRequired("Bitte geben Sie dem Stand einen Namen, zum Beispiel „Vor der Sommerpause“."),
            Length(max=LABEL, message=f"Bitte kürzen Sie den Namen auf höchstens {LABEL} Zeichen."),
        ],
    )
    key = HiddenField(validators=[Regexp(r"^[0-9a-f]{32}$", message="Bitte laden Sie die Seite neu.")])

    @classmethod
    def fresh(cls, name: str = "") -> StateForm:
        return cls(formdata=None, data={"name": name, "key": secrets.token_hex(16)})

    @property
    def chosen(self) -> str:
        return self.name.data or ""
