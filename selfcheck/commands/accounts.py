"""`flask accounts …`: what the operator does with accounts. There are no pages for it: who holds the server decides."""

from __future__ import annotations

import sys
from typing import NoReturn

import click
from flask import current_app
from flask.cli import AppGroup

from selfcheck.core.text.mail import NoAddress, find_account_mail, find_kept_mail, read_mail
from selfcheck.store.accounts import account_writes
from selfcheck.store.accounts.accounts import MEMBER, Account, find_by_mail
from selfcheck.web.accounts import mails
from selfcheck.web.http import clock, security_log
from selfcheck.web.http.security_log import Event

WORDS = {"operator": "Betrieb", "advisor": "Beratung", "member": "ohne besondere Aufgabe"}
accounts = AppGroup("accounts", help="Konten verwalten.")


@accounts.command("appoint")
@click.argument("mail")
@click.argument("position", type=click.Choice(list(WORDS)))
def appoint(mail: str, position: str) -> None:
    """Gibt dem Konto mit der Adresse MAIL eine Aufgabe: operator, advisor oder member (keine besondere).

    Das Konto muss es schon geben und bestätigt sein. Es wird überall abgemeldet; wer Beratung oder Betrieb macht, muss
    bei der nächsten Anmeldung einen zweiten Faktor einrichten.
    """
    account = find_by_mail(find_account_mail(mail))
    if account is None or account.deleted_at is not None:
        _refuse(f"Zu {mail} gibt es kein Konto. Die Person muss sich zuerst selbst registrieren.")
    elif not account.confirmed:
        _refuse(f"Die Adresse {account.mail} ist noch nicht bestätigt.")
    elif account.position == position:
        click.echo(f"{account.mail} hat diese Aufgabe schon ({WORDS[position]}). Geändert wurde nichts.")
    else:
        account_writes.appoint(account.mail, position)
        security_log.note(Event.POSITION, account.id, position)
        click.echo(f"{account.mail}: jetzt {WORDS[position]}, vorher {WORDS[account.position]}. Überall abgemeldet.")
        if position != MEMBER and account.totp is None:
            click.echo("Bei der nächsten Anmeldung wird ein zweiter Faktor verlangt.")


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
