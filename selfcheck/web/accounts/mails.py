"""What the server writes to an account about itself: fixed words, nothing that anybody typed."""

from __future__ import annotations

from selfcheck.core.text.mail import find_account_mail
from selfcheck.reporting.letters.shape import compose_mail
from selfcheck.store.accounts.accounts import Account
from selfcheck.store.mail.outbox import NewMail
from selfcheck.web.accounts.security import LINK_DAYS, RESET_HOURS, make_token
from selfcheck.web.http.links import mail_link

BY_PROGRAM = "Ihr Selbstcheck\nDiese Nachricht kommt von einem Programm. Antworten darauf liest niemand."
NOT_ME = "Wenn Sie das nicht waren, brauchen Sie nichts zu tun."


def _mail(to: str, subject: str, *paragraphs: str) -> NewMail:
    return NewMail(None, to, f"Selbstcheck: {subject}", compose_mail(*paragraphs, BY_PROGRAM))


def confirm(account: Account) -> NewMail:
    link = mail_link("accounts.confirm", token=make_token("confirm", account.mark, account.mail))
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
        f"Anmelden: {mail_link('accounts.sign_in')}\nPasswort vergessen: {mail_link('accounts.forgot')}",
        NOT_ME,
    )


def reset(account: Account) -> NewMail:
    link = mail_link("accounts.reset", token=make_token("reset", account.mark))
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
        f"Wenn Sie das nicht waren, wählen Sie bitte sofort ein neues: {mail_link('accounts.forgot')}",
    )


def new_address(mail: str, mark: str) -> NewMail:
    link = mail_link("accounts.confirm_mail", token=make_token("change_email", mark, mail))
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


def left_address(account: Account) -> NewMail | None:
    """To the address that the operator took away; None where no mail gets there."""
    return address_changed(account) if find_account_mail(account.mail) else None


def given_address(account: Account) -> NewMail:
    """To the address that the operator has entered."""
    return _mail(
        account.mail,
        "Ihr Konto hat jetzt diese E-Mail-Adresse",
        "der Betreiber hat diese E-Mail-Adresse für Ihr Konto beim Selbstcheck eingetragen. Melden Sie sich künftig "
        "mit ihr an; Ihr Passwort bleibt dasselbe. Auf allen Geräten sind Sie abgemeldet.",
        f"Anmelden: {mail_link('accounts.sign_in')}\nPasswort vergessen: {mail_link('accounts.forgot')}",
        f"Haben Sie kein Konto, oder wollten Sie das nicht? Wenden Sie sich bitte an den Betreiber: "
        f"{mail_link('site.imprint')}",
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
        f"Wenn Sie das nicht waren, wählen Sie bitte sofort ein neues Passwort: {mail_link('accounts.forgot')}",
    )


def deleted(account: Account) -> NewMail:
    return _mail(
        account.mail,
        "Ihr Konto ist gelöscht",
        "Ihr Konto beim Selbstcheck ist gelöscht. 30 Tage lang können Sie das zurücknehmen: Melden Sie sich dazu "
        f"einfach wieder an ({mail_link('accounts.sign_in')}). Danach ist es endgültig weg.",
    )


def _ask_operator() -> str:
    imprint = mail_link("site.imprint")
    return f"Wenn Sie das nicht waren, wenden Sie sich bitte an den Betreiber: {imprint}"
