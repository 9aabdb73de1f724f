"""„Dokumente“: the list, each download, and the report as PDF for whoever reads a link.

A download freezes the self-check as it is as the next numbered Stand, unless the last one says the same: every
document of a day on which nothing was changed is made of the same Stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.rules.to_do.checklist import COUNCIL_STEP
from selfcheck.reporting.documents import offered
from selfcheck.reporting.documents.offered import DOCUMENTS
from selfcheck.reporting.documents.pdf import report_pdf
from selfcheck.reporting.report.report import build_report
from selfcheck.reporting.words import german
from selfcheck.store.parts.values import Check
from selfcheck.store.parts.writes import Conflict, Part, Write
from selfcheck.store.sharing import shares, stands
from selfcheck.web.documents import pages
from selfcheck.web.documents.forms import NOTHING_MORE, WHOLE, Choice, ContactForm
from selfcheck.web.documents.freezing import build, find_frozen, freeze
from selfcheck.web.documents.handing_over import hand_over
from selfcheck.web.entry.profile_form import details_base
from selfcheck.web.http import clock, guards, headers
from selfcheck.web.http.load.writing import in_turn
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.parts import protocol
from selfcheck.web.parts.conflicts import ConflictShown, show_part
from selfcheck.web.parts.submitted import Submission
from selfcheck.web.sharing.page import open_shared, read_shared
from selfcheck.web.sharing.reader import edition_of

ROOT = "/selbstcheck/<check_id>/dokumente"
WITHOUT = "ohne-ansprechperson"
DECIDED = (
    "In Ihrem Selbstcheck steht, dass die Teilnahme schon beschlossen ist. Sie brauchen die Vorlage dann nur, wenn das "
    "Gremium noch einmal entscheiden soll."
)


@dataclass(frozen=True, slots=True)
class Offer:
    """One document with its address; `with_choice`: what was chosen stands in it too, `hint`: who may not need it."""

    title: str
    about: str
    href: str
    with_choice: bool = False
    hint: str = ""


@pages.get(ROOT)
def overview(check_id: str) -> str:
    page = check_page.open_check(check_id, Right.EXPORT)
    return _show(page, ContactForm(_stored_contact(page.check)))


@pages.post(ROOT)
def keep_contact(check_id: str) -> ResponseReturnValue:
    """Whom to ask, as „Angaben zur Kommune“ keeps it."""
    access = guards.enter(check_id, Right.DETAILS)
    form = ContactForm()
    if not form.validate():
        return _show(check_page.load_page(access), form), 422
    details = form.change(access.check.details)

    def show(met: Conflict) -> ConflictShown:
        return show_part("", "Angaben zur Kommune", "", "", met)

    part = Submission(request.form).part("", Write(Part.DETAILS, "", 0, details), show, base=details_base(details))
    saving = protocol.save(access, check_page.prepare(access.check).questionnaire, [part])
    if saving.status == 200:
        return redirect(url_for("documents.overview", check_id=check_id, gespeichert=1), 303)
    return _show(check_page.show_loaded(access, saving.loaded), form, met=True), saving.status


@pages.get(f"{ROOT}/<address>")
def download(check_id: str, address: str) -> Response:
    page = check_page.open_check(check_id, Right.EXPORT)
    document = offered.find(address)
    if document is None:
        abort(404)
    choice = Choice.from_address(request.args) if document.at_will else WHOLE
    frozen = freeze(page)
    return hand_over(in_turn(lambda: document.write(build(page, frozen, choice))), page.check)


@pages.get("/berichte/<share_id>/bericht.pdf")
def shared(share_id: str) -> Response:
    """The report that a link opens, as PDF."""
    headers.keep_private()
    now = clock.now()
    found = open_shared(share_id, now)
    stand, prepared = read_shared(found)
    report = build_report(prepared.questionnaire, stand, replace(edition_of(found), redacted=found.redacted))
    response = hand_over(report_pdf.write(report), found.check)
    shares.note_reading(found, now)
    return response


def _show(page: CheckPage, form: ContactForm, *, met: bool = False) -> str:
    choice = Choice.from_address(request.args)
    check_id = page.check.public_id
    asks = page.may(Right.DETAILS) and not page.check.contact.name and WITHOUT not in request.args
    return check_page.render(
        "documents/overview.html",
        page,
        url_for("documents.overview", check_id=check_id),
        form=form if asks or met or form.listed_errors else None,
        met=met,
        choice=choice,
        offers=list(_offer(page, choice)),
        stand=_say_stand(page),
    )


def _offer(page: CheckPage, choice: Choice) -> Iterator[Offer]:
    check_id = page.check.public_id
    decided = any(step.key == COUNCIL_STEP and step.done for step in page.checklist.steps)
    for document in DOCUMENTS:
        chosen = choice if document.at_will else NOTHING_MORE
        href = _address("documents.download", check_id, chosen, document.address)
        hint = DECIDED if decided and document is offered.COUNCIL_PAPER else ""
        yield Offer(document.title, document.about, href, document.at_will, hint)
    yield Offer(offered.BINDER, offered.ABOUT_BINDER, _address("documents.binder", check_id, choice), with_choice=True)


def _address(endpoint: str, check_id: str, choice: Choice, address: str | None = None) -> str:
    return url_for(
        endpoint,
        check_id=check_id,
        address=address,
        weg="1" if choice.route else None,
        checkliste="1" if choice.checklist else None,
    )


def _say_stand(page: CheckPage) -> str:
    """Of which Stand the documents will be."""
    same = find_frozen(page)
    if same is None:
        number = stands.next_number(page.check.id)
        return f"Beim Herunterladen halten wir den heutigen Stand fest, als Stand {number}."
    named = german.stand(same.number, clock.local(same.frozen_at))
    return f"Seit {named}, hat sich nichts geändert: Die Dokumente zeigen diesen Stand."


def _stored_contact(check: Check) -> dict[str, str]:
    contact = check.contact
    return {
        "name": contact.name,
        "office": contact.office,
        "phone": contact.phone,
        "mail": contact.mail,
        "version": str(check.version),
        "base": details_base(check.details),
    }
