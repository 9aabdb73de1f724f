"""Mails about who takes part: on whose behalf they go, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable

from selfcheck.core.permissions import Role
from selfcheck.reporting.letters.team import (
    Sender,
    write_colleague_invitation,
    write_hand_over,
    write_office_invitation,
    write_reminder,
)
from selfcheck.store.accounts.accounts import SignedIn
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.mail.reminders import PLACED, Target
from selfcheck.store.parts.values import Check
from selfcheck.store.team.hand_over import Receiver
from selfcheck.store.team.invitations import NewPlace
from selfcheck.store.team.places import Place
from selfcheck.web.http import signed_in
from selfcheck.web.http.links import mail_link
from selfcheck.web.team.reminders import sign

Letter = Callable[[str], NewMail]
"""A mail with the token of its link."""
TOO_MANY = (
    "Heute haben Sie schon 20 neue Adressen angeschrieben oder dieser einen zehnmal geschrieben. "
    "Verschicken Sie diesen Link bitte selbst."
)


def mailing_account() -> SignedIn | None:
    """The account on whose behalf the server may send mails: only with a confirmed address."""
    account = signed_in.account()
    return account if account is not None and account.confirmed else None


def invitation(account: SignedIn, check: Check, new: NewPlace) -> Letter:
    sender = _sender(account, check)

    def write(token: str) -> NewMail:
        url = mail_link("entry.entry", token=token)
        if new.role is Role.OFFICE:
            letter = write_office_invitation(sender, len(new.questions), new.due_on, url)
        else:
            letter = write_colleague_invitation(sender, url)
        return NewMail(account.id, new.mail, *letter)

    return write


def reminder(account: SignedIn, check: Check, place: Place) -> Letter:
    sender = _sender(account, check)
    stop = mail_link("team.stop", token=sign([Target(PLACED, place.place_id, place.created_at)]))

    def write(token: str) -> NewMail:
        url = mail_link("entry.entry", token=token)
        return NewMail(account.id, place.mail, *write_reminder(sender, place.due_on, url, stop), stop)

    return write


def handed_over(account: SignedIn, check: Check) -> Callable[[Receiver], NewMail]:
    sender, url = _sender(account, check), mail_link("overview.overview", check_id=check.public_id)
    return lambda receiver: NewMail(account.id, receiver.mail, *write_hand_over(sender, url))


def _sender(account: SignedIn, check: Check) -> Sender:
    return Sender(outbox.safe_name(account.name), outbox.safe_name(check.municipality))
