"""Sharing with the chamber itself: what it will see, sharing, and taking back."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core import RULES_VERSION
from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.chambers import Chamber
from selfcheck.core.rules.estimate import Applies
from selfcheck.reporting.history.removed_text import say_removed
from selfcheck.reporting.letters.chamber import write_shared
from selfcheck.reporting.report.report import Edition
from selfcheck.reporting.report.stand import DamagedStand, Stand, stand_to_plain
from selfcheck.store.accounts.accounts import SignedIn
from selfcheck.store.chamber import cases, sending
from selfcheck.store.chamber import stands as chamber_stands
from selfcheck.store.chamber.sending import Account, SenderRefused
from selfcheck.store.chamber.telling import Letter, Told
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.sharing import stands
from selfcheck.web.http import clock
from selfcheck.web.http.errors import Ended
from selfcheck.web.http.links import mail_link
from selfcheck.web.layout import check_page
from selfcheck.web.layout.catalogue import name_chamber
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.parts.submitted import read_version
from selfcheck.web.sharing import pages
from selfcheck.web.sharing.forms import ChamberShareForm
from selfcheck.web.sharing.freeze import list_called, take_stand
from selfcheck.web.sharing.kept import read_content
from selfcheck.web.sharing.page import ROOT, show
from selfcheck.web.sharing.recipients import Recipients, find_recipients
from selfcheck.web.sharing.sheet import lay_out

DAMAGED = "Dieser Stand ist beschädigt und lässt sich nicht mehr anzeigen."
SHARE_AGAIN = "Teilen Sie einen neuen Stand. Die Angaben im Selbstcheck selbst sind davon nicht betroffen."
CHOOSE = "Bitte wählen Sie aus, mit welcher IHK Sie teilen."
NOBODY_THERE = "Bei der {} berät hier noch niemand. Teilen Sie den Bericht dort über einen Link."
REFUSED = "Die {} hat dieses Konto als Absender abgelehnt. Teilen kann ein anderes Konto, das hier koordiniert."


@pages.get(f"{ROOT}/ihk/vorschau")
def chamber_preview(check_id: str) -> ResponseReturnValue:
    """Exactly what the chamber will see, with the button that shares it."""
    page = check_page.open_check(check_id, Right.SHARE)
    form = ChamberShareForm.from_address(request.args)
    to = find_recipients(page, cases.list_cases_of(page.check.id))
    chamber = to.find(form.chamber.data)
    if to.obstacle or to.account is None or chamber is None:
        return redirect(url_for("sharing.overview", check_id=check_id, _anchor="mit-der-ihk"), 303)
    return _preview(page, form, to.account, chamber, _take(page, form, chamber))


@pages.post(f"{ROOT}/ihk")
def send(check_id: str) -> ResponseReturnValue:
    """„Vorschau ansehen“ leads to the preview, „Mit der IHK … teilen“ freezes and shares."""
    page = check_page.open_check(check_id, Right.SHARE)
    form, to = ChamberShareForm(), find_recipients(page, cases.list_cases_of(page.check.id))
    chamber, account = to.find(form.chamber.data), to.account
    wrong = _find_wrong(to, chamber)
    if wrong or to.obstacle or chamber is None or account is None:
        form.chamber.errors = [wrong] if wrong else []
        return show(page, to_chamber=form), 422
    if request.form.get("do") != "send":
        address = url_for("sharing.chamber_preview", check_id=check_id)
        return redirect(f"{address}?{urlencode(form.as_address())}", 303)
    stand = _take(page, form, chamber)
    if request.form.get("seen") != sending.fingerprint(stand_to_plain(stand)):
        return _preview(page, form, account, chamber, stand, changed=True), 409
    try:
        case_id = _send(page, stand, chamber, account)
    except SenderRefused:
        form.chamber.errors = [REFUSED.format(chamber.name)]
        return show(page, to_chamber=form), 422
    return redirect(url_for("sharing.overview", check_id=check_id, geteilt=case_id), 303)


@pages.route(f"{ROOT}/ihk/<case_id>/zurueckziehen", methods=["GET", "POST"])
def take_back(check_id: str, case_id: str) -> ResponseReturnValue:
    """Says first what goes and what stays."""
    page = check_page.open_check(check_id, Right.SHARE)
    case = next((case for case in cases.list_cases_of(page.check.id) if case.public_id == case_id), None)
    if case is None:
        abort(404)
    name = name_chamber(case.chamber)
    if request.method == "POST":
        account_id = page.access.account_id
        sending.withdraw(page.check.id, case_id, account_id, page.access.who, clock.now(), name)
        return redirect(url_for("sharing.overview", check_id=check_id, genommen=case_id), 303)
    address = url_for("sharing.overview", check_id=check_id)
    return check_page.render("sharing/take_back.html", page, address, case=case, chamber=name)


@pages.get(f"{ROOT}/ihk/<case_id>/staende/<stand>")
def sent_stand(check_id: str, case_id: str, stand: str) -> str:
    """Exactly what the chamber got, to be read only; also after it was taken back."""
    page = check_page.open_check(check_id, Right.SHARE)
    case = next((case for case in cases.list_cases_of(page.check.id) if case.public_id == case_id), None)
    sent = chamber_stands.read_sent(page.check.id, case_id, read_version(stand)) if case is not None else None
    if case is None or sent is None:
        abort(404)
    try:
        content, prepared = read_content(sent.content)
    except DamagedStand as error:
        raise Ended(DAMAGED, None, SHARE_AGAIN) from error
    chamber = name_chamber(case.chamber)
    edition = Edition(sent.number, clock.local(sent.frozen_at), chamber, case.public_id, sent.redacted)
    return render_template(
        "sharing/sent_stand.html",
        check=page.check,
        case=case,
        chamber=chamber,
        sent=sent,
        sheet=lay_out(prepared.questionnaire, content, edition),
        older=content.rules_version != RULES_VERSION,
        removed=say_removed(sent.redacted) if sent.redacted else "",
    )


def _find_wrong(to: Recipients, chamber: Chamber | None) -> str:
    """What is wrong with a choice, where there is one."""
    if not to.must_choose:
        return ""
    if chamber is None:
        return CHOOSE
    return "" if chamber.id in to.staffed else NOBODY_THERE.format(chamber.name)


def _take(page: CheckPage, form: ChamberShareForm, chamber: Chamber) -> Stand:
    return take_stand(page, chamber.name, *(bool(field.data) for field in form.shown))


def _preview(
    page: CheckPage, form: ChamberShareForm, account: SignedIn, chamber: Chamber, stand: Stand, *, changed: bool = False
) -> str:
    """`changed`: somebody has changed something since it was shown, so nothing is shared yet."""
    edition = Edition(stands.next_number(page.check.id), clock.local(clock.now()), chamber.name, page.check.public_id)
    return render_template(
        "sharing/chamber_preview.html",
        check=page.check,
        form=form,
        sheet=lay_out(page.questionnaire, stand, edition),
        chamber=chamber,
        account=account,
        called=list_called(stand),
        seen=sending.fingerprint(stand_to_plain(stand)),
        changed=changed,
    )


def _send(page: CheckPage, stand: Stand, chamber: Chamber, account: SignedIn) -> str:
    asked = sum(line.applies is not Applies.NO for line in stand.estimate.line.values())
    return sending.send(
        page.check,
        chamber.id,
        stand_to_plain(stand),
        asked,
        Account(account.id, account.name, account.mail),
        page.access.who,
        clock.now(),
        name=chamber.name,
        letter=_letter(page, chamber, account),
    )


def _letter(page: CheckPage, chamber: Chamber, account: SignedIn) -> Letter:
    town = outbox.safe_name(page.check.municipality)

    def write(told: Told) -> NewMail:
        url = mail_link("chamber.case", case_id=told.case)
        return NewMail(account.id, told.mail, *write_shared(town, chamber.name, url, again=told.again))

    return write
