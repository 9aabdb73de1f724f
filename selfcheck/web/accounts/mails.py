"""What the server writes to an account about itself: fixed words, nothing that anybody typed."""

from __future__ import annotations

from flask import url_for

from selfcheck.reporting.letters.shape import compose_mail
from selfcheck.store.accounts.accounts import Account
from selfcheck.store.mail.outbox import NewMail
from selfcheck.web.accounts.security import LINK_DAYS, RESET_HOURS, make_token

BY_PROGRAM = "Ihr Selbstcheck\nDiese Nachricht kommt von einem Programm. Antworten darauf liest niemand."
NOT_ME = "Wenn Sie das nicht waren, brauchen Sie nichts zu tun."


def _mail(to: str, subject: str, *paragraphs: str) -> NewMail:
    return NewMail(None, to, f"Selbstcheck: {subject}", compose_mail(*paragraphs, BY_PROGRAM))


def confirm(account: Account) -> NewMail:
    link = url_for("accounts.confirm", token=make_token("confirm", account.mark, account.mail), _external=True)
    return _mail(
        account.mail,
        "Bitte bestätigen Sie Ihre E-Mail-Adresse",
        "mit dieser E-Mail-Adresse wurde ein Konto beim Selbstcheck angelegt. Bitte bestätigen Sie die Adresse:",
        link,
        f"Der Link gilt {LINK_DAYS} Tage. Sie geben dort das Passwort ein, das Sie beim Registrieren gewählt haben.",
        f"{NOT_ME} Ohne Bestätigung wird das Konto nach einer Woche gelöscht.",
    )


def known(account: Account) -> NewMail:
    return _mail(
        account.mail,
        "Sie haben schon ein Konto",
        "jemand wollte mit dieser E-Mail-Adresse ein Konto beim Selbstcheck anlegen. Sie haben aber schon eines; "
        "geändert wurde nichts.",
        f"Anmelden: {url_for('accounts.sign_in', _external=True)}\n"
        f"Passwort vergessen: {url_for('accounts.forgot', _external=True)}",
        NOT_ME,
    )


def reset(account: Account) -> NewMail:
    link = url_for("accounts.reset", token=make_token("reset", account.mark), _external=True)
    return _mail(
        account.mail,
        "Neues Passwort",
        "hier wählen Sie ein neues Passwort für Ihr Konto beim Selbstcheck:",
        link,
        f"Der Link gilt {RESET_HOURS} Stunden und nur einmal. {NOT_ME} Ihr bisheriges Passwort gilt dann weiter.",
    )


def password_changed(account: Account) -> NewMail:
    return _mail(
        account.mail,
        "Ihr Passwort wurde geändert",
        "das Passwort Ihres Kontos beim Selbstcheck wurde geändert. Auf allen anderen Geräten sind Sie abgemeldet.",
        f"Wenn Sie das nicht waren, wählen Sie bitte sofort ein neues: {url_for('accounts.forgot', _external=True)}",
    )


def new_address(mail: str, mark: str) -> NewMail:
    link = url_for("accounts.confirm_mail", token=make_token("change_email", mark, mail), _external=True)
    return _mail(
        mail,
        "Bitte bestätigen Sie Ihre neue E-Mail-Adresse",
        "ein Konto beim Selbstcheck soll künftig diese E-Mail-Adresse haben. Bitte bestätigen Sie das:",
        link,
        f"Der Link gilt {LINK_DAYS} Tage. {NOT_ME}",
    )


def address_taken(mail: str) -> NewMail:
    return _mail(
        mail,
        "Diese E-Mail-Adresse hat schon ein Konto",
        "jemand wollte diese E-Mail-Adresse für ein anderes Konto beim Selbstcheck eintragen. Das geht nicht: "
        "Zu ihr gehört schon ein Konto. Geändert wurde nichts.",
        NOT_ME,
    )


def address_changed(account: Account) -> NewMail:
    return _mail(
        account.mail,
        "Ihre E-Mail-Adresse wurde geändert",
        "Ihr Konto beim Selbstcheck hat jetzt eine andere E-Mail-Adresse. An diese hier schreiben wir nicht mehr.",
        _ask_operator(),
    )


def factor_set(account: Account) -> NewMail:
    return _mail(
        account.mail,
        "Zweiter Faktor eingerichtet",
        "für Ihr Konto beim Selbstcheck ist jetzt ein zweiter Faktor eingerichtet: Beim Anmelden brauchen Sie außer "
        "dem Passwort einen Code aus Ihrer App.",
        _ask_operator(),
    )


def factor_dropped(account: Account) -> NewMail:
    return _mail(
        account.mail,
        "Zweiter Faktor ausgeschaltet",
        "für Ihr Konto beim Selbstcheck wird kein zweiter Faktor mehr verlangt.",
        "Wenn Sie das nicht waren, wählen Sie bitte sofort ein neues Passwort: "
        f"{url_for('accounts.forgot', _external=True)}",
    )


def deleted(account: Account) -> NewMail:
    return _mail(
        account.mail,
        "Ihr Konto ist gelöscht",
        "Ihr Konto beim Selbstcheck ist gelöscht. 30 Tage lang können Sie das zurücknehmen: Melden Sie sich dazu "
        f"einfach wieder an ({url_for('accounts.sign_in', _external=True)}). Danach ist es endgültig weg.",
    )


def _ask_operator() -> str:
    imprint = url_for("site.imprint", _external=True)
    return f"Wenn Sie das nicht waren, wenden Sie sich bitte an den Betreiber: {imprint}"


def silent(account: Account) -> None:
    """No mail at all."""
    return None
