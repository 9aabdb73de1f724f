"""Mails about who takes part: on whose behalf they go, and what stands in them."""

from __future__ import annotations

from collections.abc import Callable

from selfcheck.core.permissions import Role
from selfcheck.core.text.phone import is_phone
from selfcheck.reporting.letters.letters import Writer, colleague_letter, office_letter
from selfcheck.reporting.letters.team import Sender, write_hand_over, write_reminder
from selfcheck.store.accounts.accounts import SignedIn
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.mail.reminders import PLACED, Target
from selfcheck.store.parts.values import Check
from selfcheck.store.team.hand_over import Receiver
from selfcheck.store.team.invitations import NewPlace
from selfcheck.store.team.many_offices import Addressed
from selfcheck.store.team.places import Place
from selfcheck.web.http.browser import signed_in
from selfcheck.web.http.links import mail_link
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.team.asked import describe_asked
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


def invitation(account: SignedIn, page: CheckPage, new: NewPlace) -> Letter:
    """The mail to the address of a new place."""
    writer = _writer(account, page)

    def to_office(token: str) -> NewMail:
        return ask_office(account, page)(Addressed(new.label, new.mail, new.questions, new.due_on), token)

    def to_colleague(token: str) -> NewMail:
        letter = colleague_letter(writer, mail_link("entry.entry", token=token), new.ends_on)
        return NewMail(account.id, new.mail, *letter)

    return to_office if new.role is Role.OFFICE else to_colleague


def ask_office(account: SignedIn, page: CheckPage) -> Callable[[Addressed, str], NewMail]:
    """The mail to an office: the words of the letter that goes by hand."""
    writer = _writer(account, page)

    def write(office: Addressed, token: str) -> NewMail:
        url, label = mail_link("entry.entry", token=token), outbox.safe_name(office.label)
        asked = describe_asked(page, label, office.questions)
        return NewMail(account.id, office.mail, *office_letter(writer, asked, office.due_on, url))

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
    """Who writes: the contact of the self-check, else the account; by mail only the account's own address counts."""
    contact = check.contact
    name, office = outbox.safe_name(contact.name or account.name), outbox.safe_name(contact.office)
    phone = contact.phone if is_phone(contact.phone) else ""
    return Sender(name, outbox.safe_name(check.municipality), office, phone, account.mail)


def _writer(account: SignedIn, page: CheckPage) -> Writer:
    sender = _sender(account, page.check)
    lines = [part for part in (sender.name, sender.office, sender.phone) if part]
    signed = "\n".join([*lines, sender.town]) if lines else ""
    return Writer(sender.town, page.questionnaire.title, signed, sender.phone, sender.mail, by_server=True)
