"""A new self-check from a file „Alle Daten (JSON)“: what was said is taken, who said it when is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from selfcheck.core.permissions import Allowed, Role
from selfcheck.core.questionnaire.model import Profile, Questionnaire
from selfcheck.core.rules.answers import Contact
from selfcheck.store.access import self_checks
from selfcheck.store.data import models
from selfcheck.store.database.transactions import once, writing
from selfcheck.store.parts.kinds.details import DETAILS
from selfcheck.store.parts.kinds.register import KINDS, shelves
from selfcheck.store.parts.shelf import Stock
from selfcheck.store.parts.values import COORDINATION, Check, Details, Holder, Who, author
from selfcheck.store.parts.work import Work, hash_key
from selfcheck.store.parts.writes import Part

IMPORTED = "imported"


@once
def begin_from_file(
    file: models.DataFile,
    questionnaire: Questionnaire,
    creation_key: str,
    now: datetime,
    held: Sequence[str] = (),
    account: Holder | None = None,
) -> tuple[Check, str | None]:
    """A new self-check with what the file says, in one transaction; what it returns, and what becomes of the same form
    sent twice, is as in `checks.begin`. Raises `TooMany` where a list is longer than a self-check holds.
    """
    said = file.self_check
    profile, contact = Profile(said.place, said.audit, said.land), Contact(**said.contact.model_dump())
    details = Details(said.municipality, said.district, profile, said.interview, contact, said.awarded)
    creation = hash_key("import", creation_key)
    with writing() as connection:
        begun = self_checks.begin_with(connection, questionnaire.name, details, creation, IMPORTED, now, held, account)
        if not begun.again:
            by = Who(None, author(account.name if account else "", COORDINATION))
            stock = Stock(begun.check.id, {shelf.section: {} for shelf in shelves()})
            stock.fill(DETAILS, {"": begun.check})
            work = Work(connection, begun.check, questionnaire, stock, by, now, Allowed(Role.COORDINATOR))
            for kind in KINDS.values():
                for entry in file.section(kind.shelf.section) if kind.comes_back and kind.shelf.exported else ():
                    kind.take(work, entry.model_dump())
            if said.chamber is not None and said.chamber.mail:
                KINDS[Part.CHAMBER].take(work, said.chamber.model_dump())
            work.store()
    return begun.check, begun.secret
