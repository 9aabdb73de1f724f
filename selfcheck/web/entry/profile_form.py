"""The form on a municipality: who it is, how it is classed, which audit, and when. Used to begin and to change."""

from __future__ import annotations

from datetime import date

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, ValidationError

from selfcheck.core.questionnaire.chambers import Chambers, District
from selfcheck.core.questionnaire.model import Profile
from selfcheck.core.rules.answers import Contact
from selfcheck.reporting.words.names import AUDITS, CENTRALITIES
from selfcheck.store.parts.records import Details
from selfcheck.web.entry.finder import list_districts
from selfcheck.web.http import clock
from selfcheck.web.layout.typed import one_line
from selfcheck.web.questions.evidence import parse_day
from selfcheck.web.questions.reading import digest

OTHER = "other"
OTHER_WORDS = "anderer Kreis"
CHOICES = CENTRALITIES | {
    "verwaltungsgemeinschaft": "Verwaltungsgemeinschaft (nur in Bayern)",
    "unknown": "weiß nicht",
}


def _district_choice(chambers: Chambers, district: District) -> SelectChoice:
    chamber = chambers.chamber_of(district.key)
    return SelectChoice(district.key, f"{district.name} ({chamber.name if chamber else ''})")


class ProfileForm(FlaskForm):
    """Fields are named as `screens` fixes them; give `chambers` to fill the list of districts."""

    municipality = StringField(
        "Name der Kommune",
        filters=[one_line],
        validators=[
            DataRequired("Bitte geben Sie den Namen Ihrer Kommune ein."),
            Length(max=80, message="Bitte kürzen Sie den Namen auf höchstens 80 Zeichen."),
        ],
    )
    district = SelectField(
        "Landkreis oder kreisfreie Stadt",
        validators=[InputRequired("Bitte wählen Sie Ihren Landkreis oder Ihre kreisfreie Stadt aus.")],
    )
    place = SelectField(
        "Zentralörtliche Einstufung",
        choices=[SelectChoice("", "Bitte wählen"), *(SelectChoice(*place) for place in CHOICES.items())],
        validators=[InputRequired("Bitte wählen Sie die Einstufung aus. „Weiß nicht“ ist auch eine Antwort.")],
    )
    audit = RadioField(
        "Art der Auditierung",
        choices=[SelectChoice(*audit) for audit in AUDITS.items()],
        default="first",
        validators=[InputRequired("Bitte wählen Sie die Art der Auditierung aus.")],
    )
    interview = StringField("Geplantes Prüfgespräch", filters=[one_line])

    def offer(self, chambers: Chambers) -> None:
        """Fills the list of districts, with the chamber of each."""
        self.district.choices = [
            SelectChoice("", "Bitte wählen"),
            *(_district_choice(chambers, each) for each in list_districts(chambers)),
            SelectChoice(OTHER, OTHER_WORDS),
        ]
        self.chambers = chambers

    def validate_place(self, field: SelectField) -> None:
        if field.data == "verwaltungsgemeinschaft" and self.land not in ("BY", "unknown"):
            raise ValidationError(
                "Verwaltungsgemeinschaften kennt das Audit nur in Bayern. "
                "Bitte wählen Sie die Einstufung Ihrer Kommune oder „weiß nicht“."
            )

    def validate_interview(self, field: StringField) -> None:
        try:
            parse_day(field.data or "")
        except ValueError:
            raise ValidationError("Bitte geben Sie ein Datum an, zum Beispiel 15.06.2027.") from None

    @property
    def land(self) -> str:
        district = self.chambers.district(self.district.data or "")
        return district.land if district else "unknown"

    @property
    def interview_day(self) -> date | None:
        return parse_day(self.interview.data or "")

    @property
    def profile(self) -> Profile:
        return Profile(centrality=self.place.data, audit=self.audit.data, land=self.land)


class BeginForm(ProfileForm):
    """`key` keeps a double click from beginning twice."""

    key = HiddenField(validators=[Regexp(r"^[0-9a-f]{32}$", message="Bitte laden Sie die Seite neu.")])

    def validate_interview(self, field: StringField) -> None:
        super().validate_interview(field)
        day = self.interview_day
        if day is not None and day < clock.today():
            raise ValidationError("Dieser Tag ist schon vorbei. Bitte geben Sie einen kommenden an, oder keinen.")


class DetailsForm(ProfileForm):
    """The same with whom to ask; all of that stands on the cover of the report."""

    name = StringField(
        "Ansprechperson", filters=[one_line], validators=[Length(max=80, message="Bitte höchstens 80 Zeichen.")]
    )
    office = StringField(
        "Amt oder Fachbereich", filters=[one_line], validators=[Length(max=80, message="Bitte höchstens 80 Zeichen.")]
    )
    phone = StringField(
        "Telefon",
        filters=[one_line],
        validators=[
            Optional(),
            Length(max=40, message="Bitte höchstens 40 Zeichen."),
            Regexp(r"^[0-9 ()/+.\-–]+$", message="Bitte geben Sie eine Telefonnummer an, zum Beispiel 06151 871-0."),
        ],
    )
    mail = StringField(
        "E-Mail",
        filters=[one_line],
        validators=[
            Optional(),
            Length(max=120, message="Bitte höchstens 120 Zeichen."),
            Regexp(r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+$", message="Bitte prüfen Sie die E-Mail-Adresse."),
        ],
    )
    version = HiddenField()
    base = HiddenField()

    @property
    def details(self) -> Details:
        """What a valid form says."""
        contact = Contact(self.name.data or "", self.office.data or "", self.phone.data or "", self.mail.data or "")
        return Details(self.municipality.data or "", self.district.data, self.profile, self.interview_day, contact)


def details_base(details: Details) -> str:
    """By what a form is recognised in which nothing was changed."""
    profile, contact = details.profile, details.contact
    said = (details.municipality, details.district, profile.centrality, profile.audit, str(details.interview or ""))
    return digest(*said, contact.name, contact.office, contact.phone, contact.mail)
