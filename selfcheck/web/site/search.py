"""What somebody looks for on a page of ours: words, compared as `core.text.order` compares names."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request
from wtforms import Form

from selfcheck.core.text.order import fold, split_words
from selfcheck.web.layout.fields import line

LONGEST = 100


class SearchForm(Form):
    """The form of a page that narrows itself down to what its address asks for; nothing of it is sent by POST."""

    suche = line("Suchen", LONGEST, "die Suche")

    def __init__(self) -> None:
        super().__init__(request.args)
        self.words = frozenset(split_words(self.suche.data or "")) if self.validate() else frozenset()

    def finds(self, texts: Iterable[str]) -> bool:
        """Whether every word that is looked for stands somewhere in `texts`; without one, everything is found."""
        read = fold("\n".join(texts)) if self.words else ""
        return all(word in read for word in self.words)

    @property
    def listed_errors(self) -> list[tuple[str, str]]:
        """The id of each field with what is wrong, for the summary."""
        return [(field.id, str(field.errors[0])) for field in self if field.errors]

    @property
    def status(self) -> int:
        """The status of the page that shows this form: 422 where what was asked for is refused."""
        return 422 if self.errors else 200
