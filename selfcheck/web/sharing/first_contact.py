"""„Erstkontakt“: the ready letter to the chamber, and where its mail address is kept."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.reporting.letters.letters import FirstContact, first_contact_letter
from selfcheck.reporting.words.eligibility_text import CERTAIN
from selfcheck.reporting.words.names import CENTRALITIES
from selfcheck.store.parts.values import Check
from selfcheck.store.parts.writes import Conflict, Part, Write
from selfcheck.web.entry import finder
from selfcheck.web.entry.taking_part import judge
from selfcheck.web.http import clock, guards
from selfcheck.web.layout import check_page
from selfcheck.web.layout.catalogue import catalogue
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.fields import NamedMailField, PageForm, SentHiddenField
from selfcheck.web.parts import protocol
from selfcheck.web.parts.conflicts import ConflictShown
from selfcheck.web.parts.submitted import Submission, digest
from selfcheck.web.sharing import pages
from selfcheck.web.sharing.writer import writer_of

ROOT = "/selbstcheck/<check_id>/erstkontakt"
ADDRESS = "E-Mail-Adresse der IHK"
FREE = "kreisfrei"
"""The kind of a district that is a town by itself."""


class ChamberForm(PageForm):
    """Where the chamber is written to; no mail of ours goes there."""

    mail = NamedMailField(ADDRESS)
    version = SentHiddenField()
    base = SentHiddenField()


@pages.get(ROOT)
def first_contact(check_id: str) -> str:
    page = check_page.open_check(check_id, Right.READ)
    check = page.check
    stored = {"mail": check.chamber_mail, "version": str(check.chamber_version), "base": digest(check.chamber_mail)}
    return _show(page, ChamberForm(stored))


@pages.post(ROOT)
def keep_address(check_id: str) -> ResponseReturnValue:
    access = guards.enter(check_id, Right.DETAILS)
    form = ChamberForm()
    if not form.validate():
        return _show(check_page.load_page(access), form), 422
    mail = form.mail.data or ""

    def show(met: Conflict) -> ConflictShown:
        fields = ((ADDRESS, mail, str(met.theirs or "")),)
        return ConflictShown("", ADDRESS, mail, "", met.who, met.at, met.version, fields=fields)

    part = Submission(request.form).part("", Write(Part.CHAMBER, "", 0, mail), show, base=digest(mail))
    saving = protocol.save(access, check_page.prepare(access.check).questionnaire, [part])
    if saving.status == 200:
        return redirect(url_for("sharing.first_contact", check_id=check_id, gespeichert=1), 303)
    page = check_page.show_loaded(access, saving.loaded)
    return _show(page, form, saving.conflicts[part.name]), saving.status


def _show(page: CheckPage, form: ChamberForm, conflict: ConflictShown | None = None) -> str:
    check = page.check
    subject, letter = write_letter(page)
    chambers = catalogue().chambers
    place = "sharing.overview" if page.may(Right.SHARE) else "overview.overview"
    return check_page.render(
        "sharing/first_contact.html",
        page,
        url_for(place, check_id=check.public_id),
        form=form,
        conflict=conflict,
        chamber=finder.find(chambers, check.district, page.today, check.municipality, check.chamber_mail),
        subject=subject,
        letter=letter,
    )


def write_letter(page: CheckPage) -> tuple[str, str]:
    """Subject and text of the letter, as far as the self-check knows what has to stand in it."""
    check = page.check
    ahead = check.interview is not None and check.interview > clock.today()
    first = FirstContact(
        about=_say_town(check),
        contact=_say_contact(check),
        interview=check.interview if ahead else None,
        renewal=check.profile.audit == "renewal",
        doubtful=judge(check) not in CERTAIN and check.profile.audit != "renewal",
    )
    return first_contact_letter(writer_of(page), first)


def _say_town(check: Check) -> str:
    """`Mittelzentrum, Landkreis Groß-Gerau`, as far as it is known."""
    district = catalogue().chambers.district(check.district)
    where = "" if district is None else "kreisfreie Stadt" if district.kind == FREE else district.name
    return ", ".join(filter(None, (CENTRALITIES.get(check.profile.centrality, ""), where)))


def _say_contact(check: Check) -> str:
    contact = check.contact
    if not contact.name:
        return ""
    phone = f"Telefon {contact.phone}" if contact.phone else ""
    return ", ".join(filter(None, (contact.name, contact.office, phone, contact.mail)))
