"""Forms around an account."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from selfcheck.store.database import limits
from selfcheck.web.accounts.security import FEWEST_LETTERS, LONGEST_PASSWORD, SHORTEST_PASSWORD
from selfcheck.web.layout.typed import one_line

NO_ADDRESS = "Bitte geben Sie eine E-Mail-Adresse an, zum Beispiel erika.muster@stadt.de."
TOO_SHORT = f"Das Passwort ist zu kurz. Bitte wählen Sie eines mit mindestens {SHORTEST_PASSWORD} Zeichen."
TOO_LONG = f"Das Passwort ist zu lang. Bitte wählen Sie eines mit höchstens {LONGEST_PASSWORD} Zeichen."
TOO_PLAIN = "Dieses Passwort lässt sich leicht erraten. Bitte wählen Sie ein anderes, zum Beispiel mehrere Wörter."
PASSWORD_HINT = f"Mindestens {SHORTEST_PASSWORD} Zeichen. Mehrere Wörter hintereinander sind gut zu merken."
NAME_TOO_LONG = f"Bitte kürzen Sie den Namen auf höchstens {limits.NAME} Zeichen."


def normalize(text: str | None) -> str:
    """An address as accounts are found by it; empty where it is none."""
    try:
        found = validate_email(one_line(text), check_deliverability=False)
    except EmailNotValidError:
        return ""
    return found.normalized.lower()


class MailField(StringField):
    def __init__(self, label: str = "E-Mail-Adresse", **options: object) -> None:
        super().__init__(label, filters=[one_line], validators=[DataRequired(NO_ADDRESS), _is_address], **options)

    @property
    def address(self) -> str:
        """What was typed, normalised."""
        return normalize(self.data)


class NewPasswordField(PasswordField):
    def __init__(self, label: str, **options: object) -> None:
        super().__init__(label, validators=[DataRequired("Bitte wählen Sie ein Passwort."), _is_strong], **options)


def password_field(label: str = "Passwort") -> PasswordField:
    return PasswordField(label, validators=[DataRequired("Bitte geben Sie Ihr Passwort ein.")])


def name_field() -> StringField:
    return StringField("Ihr Name", filters=[one_line], validators=[Length(max=limits.NAME, message=NAME_TOO_LONG)])


def _is_address(form: FlaskForm, field: StringField) -> None:
    address = normalize(field.data)
    if not address or len(address) > limits.MAIL:
        raise ValidationError(NO_ADDRESS)


def _is_strong(form: FlaskForm, field: PasswordField) -> None:
    password = field.data or ""
    if len(password) < SHORTEST_PASSWORD:
        raise ValidationError(TOO_SHORT)
    if len(password) > LONGEST_PASSWORD:
        raise ValidationError(TOO_LONG)
    if len(set(password.lower())) < FEWEST_LETTERS or password.lower() in _said(form):
        raise ValidationError(TOO_PLAIN)


def _said(form: FlaskForm) -> set[str]:
    """What else stands in the form, and is no secret."""
    fields = (form[name] for name in ("mail", "name") if name in form)
    return {(field.data or "").lower() for field in fields} - {""}


class SignInForm(FlaskForm):
    mail = MailField()
    password = password_field()
    weiter = HiddenField()


class RegisterForm(FlaskForm):
    name = name_field()
    mail = MailField()
    password = NewPasswordField("Passwort")


class MailForm(FlaskForm):
    mail = MailField()


class NewPasswordForm(FlaskForm):
    password = NewPasswordField("Neues Passwort")


class PasswordForm(FlaskForm):
    """Asks again who is there, before something grave."""

    password = password_field()


class ChangePasswordForm(FlaskForm):
    current = password_field("Bisheriges Passwort")
    password = NewPasswordField("Neues Passwort")


class ChangeMailForm(FlaskForm):
    mail = MailField("Neue E-Mail-Adresse")
    password = password_field()


class NameForm(FlaskForm):
    name = name_field()


class CodeForm(FlaskForm):
    code = StringField("Code", filters=[one_line], validators=[DataRequired("Bitte geben Sie den Code ein.")])
