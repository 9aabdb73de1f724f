"""The form on a municipality: who it is, how it is classed, which audit, and when. Used to begin and to change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired, ValidationError

from selfcheck.core.questionnaire.model import Profile
from selfcheck.core.rules.answers import Contact
from selfcheck.reporting.words.names import AUDITS, CENTRALITIES
from selfcheck.store.parts.values import Details
from selfcheck.web.entry.finder import list_districts
from selfcheck.web.http import clock
from selfcheck.web.layout.catalogue import OTHER, OTHER_WORDS, catalogue
from selfcheck.web.layout.fields import DayField, KeyField, NamedMailField, PageForm, PhoneField, SentHiddenField, line
from selfcheck.web.parts.submitted import digest

LONGEST_NAME = 80
MOST_AHEAD = timedelta(days=3 * 366)
"""No award is valid for longer: an interview later than that is a typing error as a rule."""
PAST = (
    "Er liegt in der Vergangenheit. Alle Termine der Checkliste gelten dann als vorbei. Und zwölf Monate danach werden "
    "Namen durch die Stelle ersetzt, sobald zwölf Monate lang auch niemand den Selbstcheck benutzt hat. Das lässt sich "
    "nicht zurückholen."
)
FAR_OFF = (
    "Er liegt mehr als drei Jahre voraus. Die Termine der Checkliste rücken mit. Namen bleiben dann bis zwölf Monate "
    "nach diesem Tag gespeichert."
)
CHOICES = CENTRALITIES | {"verwaltungsgemeinschaft": "Verwaltungsgemeinschaft (nur in Bayern)", "unknown": "weiß nicht"}


class ProfileForm(PageForm):
    """Fields are named as `screens` fixes them."""

    municipality = line(
        "Name der Kommune",
        LONGEST_NAME,
        "den Namen der Kommune",
        required="Bitte geben Sie den Namen Ihrer Kommune ein.",
    )
    district = SelectField(
        "Landkreis oder kreisfreie Stadt",
        validators=[InputRequired("Bitte wählen Sie Ihren Landkreis oder Ihre kreisfreie Stadt aus.")],
    )
    place = SelectField(
        "Zentralörtliche Einstufung",
        choices={"": "Bitte wählen", **CHOICES},
        validators=[InputRequired("Bitte wählen Sie die Einstufung aus. „Weiß nicht“ ist auch eine Antwort.")],
    )
    audit = RadioField(
        "Art der Auditierung",
        choices=AUDITS,
        default="first",
        validators=[InputRequired("Bitte wählen Sie die Art der Auditierung aus.")],
    )
    interview = DayField("Geplantes Prüfgespräch")

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        """Lists the districts, each with its chamber."""
        super().__init__(data)
        chambers = catalogue().chambers
        named = {district: chambers.chamber_of(district.key) for district in list_districts(chambers)}
        self.district.choices = {
            "": "Bitte wählen",
            **{each.key: f"{each.name} ({chamber.name if chamber else ''})" for each, chamber in named.items()},
            OTHER: OTHER_WORDS,
        }

    def validate_place(self, field: SelectField) -> None:
        if field.data == "verwaltungsgemeinschaft" and self.land not in ("BY", "unknown"):
            raise ValidationError(
                "Verwaltungsgemeinschaften kennt das Audit nur in Bayern. "
                "Bitte wählen Sie die Einstufung Ihrer Kommune oder „weiß nicht“."
            )

    @property
    def land(self) -> str:
        district = catalogue().chambers.district(self.district.data or "")
        return district.land if district else "unknown"

    @property
    def profile(self) -> Profile:
        return Profile(centrality=self.place.data, audit=self.audit.data, land=self.land)


class BeginForm(ProfileForm):
    """`key` keeps a double click from beginning twice."""

    key = KeyField()

    def validate_interview(self, field: DayField) -> None:
        if field.day is not None and field.day < clock.today():
            raise ValidationError("Dieser Tag ist schon vorbei. Bitte geben Sie einen kommenden an, oder keinen.")


class DetailsForm(ProfileForm):
    """The same with whom to ask; all of that stands on the cover of the report."""

    awarded = DayField("Auszeichnung am")
    name = line("Ansprechperson", LONGEST_NAME, "den Namen der Ansprechperson")
    office = line("Fachbereich", LONGEST_NAME, "den Namen des Fachbereichs")
    phone = PhoneField("Telefon")
    mail = NamedMailField("E-Mail")
    sure = BooleanField("Ja, dieser Tag stimmt.")
    version = SentHiddenField()
    base = SentHiddenField()
    known_interview: date | None = None
    """The day that stands there already: nobody is asked about it."""

    @property
    def doubt(self) -> str:
        """What a day that may be mistyped would do; empty where there is nothing to ask, or it was answered."""
        day, answered = self.interview.day, self.sure.raw_data or []
        if day is None or day == self.known_interview or day.isoformat() in answered:
            return ""
        if day < clock.today():
            return PAST
        return FAR_OFF if day > clock.today() + MOST_AHEAD else ""

    def validate_interview(self, field: DayField) -> None:
        if self.doubt:
            raise ValidationError("Stimmt dieser Tag? Bitte bestätigen Sie ihn, oder ändern Sie ihn.")

    def validate_awarded(self, field: DayField) -> None:
        if field.day is not None and field.day > clock.today():
            raise ValidationError(
                "Dieser Tag kommt erst noch. Bitte tragen Sie die Auszeichnung ein, wenn Sie sie haben."
            )

    @property
    def details(self) -> Details:
        """What a valid form says."""
        contact = Contact(self.name.data or "", self.office.data or "", self.phone.data or "", self.mail.data or "")
        days = (self.interview.day, contact, self.awarded.day)
        return Details(self.municipality.data or "", self.district.data, self.profile, *days)


def list_details(details: Details) -> dict[str, str | date | None]:
    """What `details` say, by the names of the fields."""
    return {
        "municipality": details.municipality,
        "district": details.district,
        "place": details.profile.centrality,
        "audit": details.profile.audit,
        "interview": details.interview,
        "awarded": details.awarded,
        "name": details.contact.name,
        "office": details.contact.office,
        "phone": details.contact.phone,
        "mail": details.contact.mail,
    }


def details_base(details: Details) -> str:
    """By what a form is recognised in which nothing was changed."""
    return digest(*(str(value or "") for value in list_details(details).values()))
