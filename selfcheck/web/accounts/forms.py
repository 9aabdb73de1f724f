"""Forms around an account."""

from __future__ import annotations

from typing import Any

from wtforms import PasswordField
from wtforms.validators import DataRequired, ValidationError

from selfcheck.core.text.contents import clean_code
from selfcheck.store.database import limits
from selfcheck.web.accounts import passwords
from selfcheck.web.accounts.security import FEWEST_LETTERS, LONGEST_PASSWORD, SHORTEST_PASSWORD
from selfcheck.web.http.browser import signed_in
from selfcheck.web.layout.fields import MailField, PageForm, SentHiddenField, TypedField, line

NO_ADDRESS = "Bitte geben Sie eine E-Mail-Adresse an, zum Beispiel erika.muster@stadt.de."
TOO_SHORT = f"Das Passwort ist zu kurz. Bitte wählen Sie eines mit mindestens {SHORTEST_PASSWORD} Zeichen."
TOO_LONG = f"Das Passwort ist zu lang. Bitte wählen Sie eines mit höchstens {LONGEST_PASSWORD} Zeichen."
LONGEST_CODE = 40
TOO_PLAIN = (
    "Dieses Passwort lässt sich leicht erraten: Es ist üblich, oder es steckt fast nur ein Wort, ein Name, eine "
    "Tastenfolge oder eine Jahreszahl darin. Bitte wählen Sie ein anderes, zum Beispiel mehrere Wörter."
)
PASSWORD_HINT = f"Mindestens {SHORTEST_PASSWORD} Zeichen. Mehrere Wörter hintereinander sind gut zu merken."


class AskedPasswordField(PasswordField):
    """A password as it is typed; one that no account can have is not looked into."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = valuelist[0] if valuelist else ""
        self.data = typed[: LONGEST_PASSWORD + 1]


class NewPasswordField(AskedPasswordField):
    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, validators=[DataRequired("Bitte wählen Sie ein Passwort."), _is_strong], **options)


def _is_strong(form: PageForm, field: PasswordField) -> None:
    password = field.data or ""
    if len(password) < SHORTEST_PASSWORD:
        raise ValidationError(TOO_SHORT)
    if len(password) > LONGEST_PASSWORD:
        raise ValidationError(TOO_LONG)
    public = [form[name].data or "" for name in ("mail", "name") if name in form]
    account = signed_in.even_unfinished()
    if account is not None:
        public += [account.mail, account.name]
    if password.casefold() in {text.casefold() for text in public}:
        raise ValidationError(TOO_PLAIN)
    if len(set(password)) < FEWEST_LETTERS or passwords.is_easy(password, [*public, *passwords.known_towns()]):
        raise ValidationError(TOO_PLAIN)


def password_field(label: str = "Passwort") -> PasswordField:
    return AskedPasswordField(label, validators=[DataRequired("Bitte geben Sie Ihr Passwort ein.")])


def mail_field(label: str = "E-Mail-Adresse") -> MailField:
    return MailField(label, limits.MAIL, required=NO_ADDRESS)


class NameForm(PageForm):
    name = line("Ihr Name", limits.NAME, "Ihren Namen")


class SignInForm(PageForm):
    mail = mail_field()
    password = password_field()
    weiter = SentHiddenField()


class RegisterForm(NameForm):
    mail = mail_field()
    password = NewPasswordField("Passwort")


class MailForm(PageForm):
    mail = mail_field()


class NewPasswordForm(PageForm):
    password = NewPasswordField("Neues Passwort")


class PasswordForm(PageForm):
    """Asks again who is there, before something grave."""

    password = password_field()


class ChangePasswordForm(PageForm):
    current = password_field("Bisheriges Passwort")
    password = NewPasswordField("Neues Passwort")


class ChangeMailForm(PageForm):
    mail = mail_field("Neue E-Mail-Adresse")
    password = password_field()


class CodeForm(PageForm):
    code = TypedField("Code", LONGEST_CODE, what="den Code", required="Bitte geben Sie den Code ein.", read=clean_code)
