"""`flask accounts …`: what the operator does with accounts. Whoever holds the server decides; of
all this only advisors have pages."""

from __future__ import annotations

import sys
from typing import NoReturn

import click
from flask import current_app
from flask.cli import AppGroup

from selfcheck.core.permissions import ADVISOR, MEMBER, OPERATOR
from selfcheck.core.text.contents import clean_line
from selfcheck.core.text.mail import NoAddress, find_account_mail, find_kept_mail, read_mail
from selfcheck.reporting.words import german
from selfcheck.store.accounts import account_writes
from selfcheck.store.accounts.accounts import Account, find_by_mail
from selfcheck.store.chamber import advisors, invitations
from selfcheck.store.chamber.advisors import Refusal
from selfcheck.store.database import limits
from selfcheck.web.accounts import mails
from selfcheck.web.http import clock, security_log
from selfcheck.web.http.security_log import Event
from selfcheck.web.layout.catalogue import name_chamber, name_chambers
from selfcheck.web.operating.letters import NOT_TAKEN, write_invitation_of

WORDS = {OPERATOR: "Betrieb", ADVISOR: "Beratung", MEMBER: "ohne besondere Aufgabe"}
accounts = AppGroup("accounts", help="Konten verwalten.")


@accounts.command("appoint")
@click.argument("mail")
@click.argument("position", type=click.Choice(list(WORDS)))
@click.option("--chamber", default="", help="Kennung der IHK, für die jemand berät, zum Beispiel darmstadt.")
def appoint(mail: str, position: str, chamber: str) -> None:
    """Gibt dem Konto mit der Adresse MAIL eine Aufgabe: operator, advisor oder member (keine besondere).

    Das Konto muss es schon geben und bestätigt sein. Es wird überall abgemeldet; wer Beratung oder Betrieb macht, muss
    bei der nächsten Anmeldung einen zweiten Faktor einrichten. Wer berät, gehört zu einer IHK (--chamber).
    """
    _check_chamber(position, chamber)
    account = find_by_mail(find_account_mail(mail))
    if account is None or account.deleted_at is not None:
        _refuse(f"Zu {mail} gibt es kein Konto. Die Person muss sich zuerst selbst registrieren.")
    elif not account.confirmed:
        _refuse(f"Die Adresse {account.mail} ist noch nicht bestätigt.")
    elif (account.position, account.chamber) == (position, chamber):
        click.echo(f"{account.mail} hat diese Aufgabe schon ({_describe(position, chamber)}). Geändert wurde nichts.")
    else:
        _appoint(account, position, chamber)


def _appoint(account: Account, position: str, chamber: str) -> None:
    done = advisors.appoint(account.mail, position, chamber)
    if isinstance(done, Refusal):
        _refuse(f"{account.mail} {NOT_TAKEN.get(done, NOT_TAKEN[Refusal.UNKNOWN])} Geändert wurde nichts.")
    security_log.note(Event.POSITION, account.id, position)
    now, before = _describe(position, chamber), _describe(account.position, account.chamber)
    click.echo(f"{account.mail}: jetzt {now}, vorher {before}. Überall abgemeldet.")
    if done.cases:
        click.echo(f"{german.count(done.cases, 'Vorgang', 'Vorgänge')} ohne Beratung: in der IHK wieder zu übernehmen.")
    if position != MEMBER and account.totp is None:
        click.echo("Bei der nächsten Anmeldung wird ein zweiter Faktor verlangt.")


@accounts.command("invite")
@click.argument("mail")
@click.option("--chamber", required=True, help="Kennung der IHK, für die jemand beraten soll, zum Beispiel darmstadt.")
@click.option("--name", default="", help="Name der Person; sie kann ihn selbst ändern.")
def invite(mail: str, chamber: str, name: str) -> None:
    """Lädt die Adresse MAIL ein, für eine IHK zu beraten: mit einer Mail, deren Link 14 Tage lang und einmal gilt.

    Wer schon ein Konto mit dieser Adresse hat, nimmt damit an; alle anderen legen dabei eines an.
    """
    _check_chamber(ADVISOR, chamber)
    kept = _read_new(mail)
    if len(name) > limits.NAME:
        _refuse(f"Der Name ist länger als {limits.NAME} Zeichen.")
    with current_app.test_request_context(base_url=current_app.config["BASE_URL"]):
        done = invitations.invite(kept, clean_line(name), chamber, clock.now(), write_invitation_of(None))
    if isinstance(done, Refusal):
        security_log.note(Event.ADVISOR_NOT_INVITED, None, done.value)
        _refuse(f"{kept} {NOT_TAKEN[done]} Verschickt wurde nichts.")
    security_log.note(Event.ADVISOR_INVITED)
    until = german.day(done.ends_on)
    click.echo(f"{kept} ist zur Beratung für die {name_chamber(chamber)} eingeladen. Der Link gilt bis zum {until}.")


def _check_chamber(position: str, chamber: str) -> None:
    """Ends the command for an advisor without a chamber of ours, and for a chamber of anybody else."""
    known = name_chambers()
    listed = "\n".join(f"  {id}  {name}" for id, name in known.items())
    if position == ADVISOR and chamber not in known:
        why = f"Die IHK „{chamber}“ gibt es hier nicht." if chamber else "Wer berät, gehört zu einer IHK."
        _refuse(f"{why} Nennen Sie mit --chamber eine von diesen:\n{listed}")
    elif position != ADVISOR and chamber:
        _refuse("Zu einer IHK gehört nur, wer berät: --chamber passt nur zu advisor.")


def _describe(position: str, chamber: str) -> str:
    if position != ADVISOR:
        return WORDS[position]
    return f"{WORDS[position]} ({name_chamber(chamber) or 'ohne IHK'})"


@accounts.command("drop-second-factor")
@click.argument("mail")
def drop_second_factor(mail: str) -> None:
    """Schaltet den zweiten Faktor des Kontos MAIL aus, wenn Telefon und Notfallcodes verloren sind.

    Vergewissern Sie sich vorher, dass wirklich die Person danach fragt, etwa durch einen Rückruf im Rathaus.
    """
    account = find_by_mail(find_account_mail(mail))
    if account is None:
        _refuse(f"Zu {mail} gibt es kein Konto.")
    elif account.totp is None:
        click.echo(f"{account.mail} hat keinen zweiten Faktor. Geändert wurde nichts.")
    else:
        account_writes.drop_second_factor(account.mark, account_writes.silent, clock.now())
        security_log.note(Event.FACTOR_DROPPED, account.id)
        click.echo(f"{account.mail}: Der zweite Faktor ist ausgeschaltet. Überall abgemeldet.")


@accounts.command("address")
@click.argument("old")
@click.argument("new")
def address(old: str, new: str) -> None:
    """Gibt dem Konto mit der Adresse OLD die Adresse NEW, ohne dass jemand sie bestätigt.

    Zum Beispiel für ein Konto, dessen Adresse einen Umlaut vor dem @ hat: Damit kann sich niemand mehr anmelden.
    Vergewissern Sie sich vorher, dass die Person danach fragt und dass ihr die neue Adresse gehört, etwa durch einen
    Rückruf im Rathaus. Beide Adressen bekommen eine Mail, soweit eine ankommen kann.
    """
    account, kept = find_by_mail(find_kept_mail(old)), _read_new(new)
    if account is None or account.deleted_at is not None:
        _refuse(f"Zu {old} gibt es kein Konto. Geändert wurde nichts.")
    elif not account.confirmed:
        _refuse(f"Die Adresse {account.mail} ist noch nicht bestätigt. Die Person registriert sich mit {kept} neu.")
    elif account.mail == kept:
        click.echo(f"Das Konto hat die Adresse {kept} schon. Geändert wurde nichts.")
    elif _move(account, kept) is None:
        _refuse(f"Zu {kept} gehört schon ein anderes Konto. Geändert wurde nichts.")
    else:
        security_log.note(Event.ADDRESS_CHANGED, account.id, "by-operator")
        click.echo(f"Das Konto {account.mail} hat jetzt die Adresse {kept}. Überall abgemeldet.")


def _read_new(typed: str) -> str:
    """The address as accounts are found by it; ends the command where mails do not get there."""
    try:
        read_mail(typed)
    except NoAddress as wrong:
        _refuse(f"{typed}: {wrong.why}")
    return find_account_mail(typed)


def _move(account: Account, mail: str) -> str | None:
    with current_app.test_request_context(base_url=current_app.config["BASE_URL"]):
        return account_writes.set_mail(account.mark, mail, mails.left_address, clock.now(), mails.given_address)


def _refuse(why: str) -> NoReturn:
    click.echo(why, err=True)
    sys.exit(1)
