"""How an e-mail address is read: the one checker for addresses that mails go to and for those that people look up."""

from __future__ import annotations

from unicodedata import normalize

from email_validator import EmailNotValidError, validate_email

from selfcheck.core.text.contents import clean_code

LONGEST = 254
EXAMPLE = "erika.muster@stadt.de"
WRONG = f"Bitte prüfen Sie die E-Mail-Adresse. So sieht eine aus: {EXAMPLE}"
ONE_ONLY = f"Bitte geben Sie nur eine E-Mail-Adresse an, ohne Namen davor. So sieht eine aus: {EXAMPLE}"
NO_AT = f"In der E-Mail-Adresse fehlt das @. So sieht eine aus: {EXAMPLE}"
NO_ENDING = f"In der E-Mail-Adresse fehlt hinter dem @ die Endung, zum Beispiel „.de“. So sieht eine aus: {EXAMPLE}"
TOO_LONG = "Die E-Mail-Adresse ist zu lang. Bitte prüfen Sie sie."
SCHEME = "mailto:"
ANY_ENDING = ".de"
"""Behind an ending that exists in one network only, so that the rest of the address can be checked."""
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


class NoAddress(ValueError):
    """A text that is no address; `why` says in German what is wrong with it and what one looks like."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def tidy_mail(text: str) -> str:
    """An address as it is kept: what is not seen goes, and `mailto:` before it."""
    typed = clean_code(text)
    return typed[len(SCHEME) :].lstrip() if typed[: len(SCHEME)].lower() == SCHEME else typed


def read_mail(text: str, *, anywhere: bool = False, dotted: bool = True) -> str:
    """The address as it was typed, in its usual form. Raises `NoAddress`.

    `anywhere`: no mail of ours goes there, so it may be one of a town hall's own network, such as `.local`; where it
    need not be `dotted`, of a single machine.
    """
    if len(text) > 2 * LONGEST:
        raise NoAddress(TOO_LONG)
    typed = tidy_mail(text)
    if len(typed) > LONGEST:
        raise NoAddress(TOO_LONG)
    _refuse_umlauts(typed)
    ending = ANY_ENDING if anywhere else ""
    try:
        checked = validate_email(
            f"{typed}{ending}", check_deliverability=False, allow_smtputf8=False, allow_quoted_local=False
        )
    except EmailNotValidError:
        raise NoAddress(_explain(typed)) from None
    if dotted and "." not in checked.domain.removesuffix(ending):
        raise NoAddress(NO_ENDING)
    return checked.normalized.removesuffix(ending)


def find_account_mail(text: str) -> str:
    """The address by which accounts are found; empty where it is none."""
    try:
        return read_mail(text).lower()
    except NoAddress:
        return ""


def find_kept_mail(text: str) -> str:
    """The same for an address that an account has from a time when more was allowed before the @, as umlauts were."""
    return find_account_mail(text) or normalize("NFC", tidy_mail(text[: 2 * LONGEST])).lower()


def _refuse_umlauts(typed: str) -> None:
    """Mail servers would write to another address than this one: few know any letters but those of ASCII there."""
    local, at, domain = typed.rpartition("@")
    if not at or local.isascii():
        return
    plain = normalize("NFC", local).translate(_PLAIN)
    meant = f" Ist {plain}@{domain} gemeint?" if plain.isascii() else ""
    raise NoAddress(f"Vor dem @ dürfen keine Umlaute oder Sonderzeichen stehen.{meant} Bitte prüfen Sie die Adresse.")


def _explain(typed: str) -> str:
    if "@" not in typed:
        return NO_AT
    if typed.count("@") > 1 or any(sign in typed for sign in ",;<> "):
        return ONE_ONLY
    return WRONG if "." in typed.rpartition("@")[2] else NO_ENDING
