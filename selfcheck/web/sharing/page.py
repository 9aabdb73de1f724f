"""Sharing with the chamber: preview, link, withdrawal; and the report for whoever opens the link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core import RULES_VERSION
from selfcheck.core.permissions import Right, Role
from selfcheck.core.text.order import fold
from selfcheck.reporting.history.removed_text import say_removed
from selfcheck.reporting.report.report import Edition
from selfcheck.reporting.report.stand import DamagedStand, Stand, stand_to_plain
from selfcheck.reporting.words import documents, german
from selfcheck.store.access import links
from selfcheck.store.access.links import Why
from selfcheck.store.catalogue.catalogue import Prepared
from selfcheck.store.chamber import cases
from selfcheck.store.chamber.cases import Case
from selfcheck.store.sharing import shares, stands
from selfcheck.store.sharing.shares import Report, ShareSummary
from selfcheck.web.entry import finder
from selfcheck.web.entry.ended import last_day, whom_to_ask
from selfcheck.web.http import attempts, clock, headers
from selfcheck.web.http.browser import cookie, shown_once, signed_in
from selfcheck.web.http.errors import Ended
from selfcheck.web.layout import check_page
from selfcheck.web.layout.catalogue import catalogue
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.derived.quality import list_remarks
from selfcheck.web.layout.fields import MOST_DAYS
from selfcheck.web.sharing import new_link, pages
from selfcheck.web.sharing.case_rows import count_changed, list_rows
from selfcheck.web.sharing.forms import AFTER_INTERVIEW, ChamberShareForm, ShareForm
from selfcheck.web.sharing.freeze import list_called, name_chamber, take_stand
from selfcheck.web.sharing.kept import read_content
from selfcheck.web.sharing.reader import edition_of, find_newer
from selfcheck.web.sharing.recipients import find_recipients
from selfcheck.web.sharing.sheet import lay_out

ROOT = "/selbstcheck/<check_id>/teilen"
ASK_TOWN = "Fragen Sie die Kommune, die Ihnen den Link geschickt hat, wenn Sie den Bericht brauchen."


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One share in the list; `closed` says since when nobody can open it, or nothing."""

    share: ShareSummary
    closed: str


@pages.get(ROOT)
def overview(check_id: str) -> str:
    page = check_page.open_check(check_id, Right.SHARE)
    return show(page)


@pages.post(ROOT)
def create(check_id: str) -> ResponseReturnValue:
    """„Vorschau ansehen“ leads to the preview, „Link erstellen“ freezes and shares."""
    page = check_page.open_check(check_id, Right.SHARE)
    form = ShareForm()
    if not form.validate_on_submit():
        return show(page, form), 422
    if request.form.get("do") == "preview":
        return redirect(f"{url_for('sharing.preview', check_id=check_id)}?{urlencode(form.as_address())}", 303)
    content = stand_to_plain(take_stand(page, form.recipient, form.route.data, form.checklist.data, form.remarks.data))
    made = shares.share(
        page.check.id, content, form.recipient, form.ends_on, page.access.who, clock.now(), form.key.data or ""
    )
    shown_once.keep(new_link.KEY, made.public_id, made.token)
    return redirect(url_for("sharing.overview", check_id=check_id, neu=made.public_id), 303)


@pages.get(f"{ROOT}/vorschau")
def preview(check_id: str) -> str:
    page = check_page.open_check(check_id, Right.SHARE)
    form = ShareForm.from_address(request.args, name_chamber(page.check), page.check.interview)
    stand = take_stand(page, form.recipient, form.route.data, form.checklist.data, form.remarks.data)
    number = stands.next_number(page.check.id)
    edition = Edition(number, clock.local(clock.now()), form.recipient, page.check.public_id)
    sheet = lay_out(page.questionnaire, stand, edition)
    return render_template("sharing/preview.html", check=page.check, form=form, sheet=sheet, called=list_called(stand))


@pages.route(f"{ROOT}/<share_id>/zurueckziehen", methods=["GET", "POST"])
def withdraw(check_id: str, share_id: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.SHARE)
    share = next((share for share in shares.shares_of(page.check.id) if share.public_id == share_id), None)
    if share is None:
        abort(404)
    if request.method == "POST":
        shares.withdraw(page.check.id, share_id, page.access.who, clock.now())
        return redirect(url_for("sharing.overview", check_id=check_id, zurueckgezogen=share_id), 303)
    address = url_for("sharing.overview", check_id=check_id)
    return check_page.render("sharing/withdraw.html", page, address, share=share)


@pages.post(f"{ROOT}/<share_id>/neu-ausstellen")
def issue_again(check_id: str, share_id: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.SHARE)
    token = shares.issue_again(page.check.id, share_id, clock.now())
    if token is None:
        abort(404)
    shown_once.keep(new_link.KEY, share_id, token)
    return redirect(url_for("sharing.overview", check_id=check_id, neu=share_id), 303)


def show(page: CheckPage, form: ShareForm | None = None, to_chamber: ChamberShareForm | None = None) -> str:
    """The overview; the form that was sent, if one of the two was, stands there as it was filled in."""
    found = cases.list_cases_of(page.check.id)
    if form is None:
        has_it = any(not case.gone for case in found)  # then the link is for somebody else
        form = ShareForm.prefilled("" if has_it else name_chamber(page.check), page.check.interview)
    rows = [_row(share, page.today) for share in shares.shares_of(page.check.id)]
    return check_page.render(
        "sharing/overview.html",
        page,
        url_for("sharing.overview", check_id=page.check.public_id),
        form=form,
        rows=rows,
        quality=documents.say_quality(page.loaded.answers, page.day),
        remarks=list_remarks(page),
        unplaced=documents.count_unplaced(page.loaded.answers, page.day)[1] > 0,
        chamber=_find_chamber(page),
        recipient=_find_recipient(rows, page),
        ends_hint=_explain_end(form.ends.day, page),
        link=new_link.take(page, [row.share for row in rows]),
        withdrawn=request.args.get("zurueckgezogen") in {row.share.public_id for row in rows},
        **_show_chamber(page, found, to_chamber or ChamberShareForm(unread=True)),
    )


def _show_chamber(page: CheckPage, found: list[Case], form: ChamberShareForm) -> dict[str, object]:
    """What stands there about sharing with a chamber itself."""
    to = find_recipients(page, found)
    form.chamber.choices = {each.id: each.name for each in to.options}
    if form.chamber.data not in form.chamber.choices:
        form.chamber.data = next(iter(form.chamber.choices), None)
    last = next((case for case in found if to.options and case.chamber == to.options[0].id and not case.gone), None)
    return {
        "to": to,
        "to_chamber": form,
        "cases": list_rows(page.check.id, found),
        "last": last,
        "changed": count_changed(page, last) if last is not None else None,
        "sent": any(case.public_id == request.args.get("geteilt") and not case.gone for case in found),
        "taken_back": any(case.public_id == request.args.get("genommen") and case.gone for case in found),
    }


def _find_chamber(page: CheckPage) -> finder.Found | None:
    check = page.check
    return finder.find(catalogue().chambers, check.district, page.today, check.municipality, check.chamber_mail)


def _find_recipient(rows: list[ShareRow], page: CheckPage) -> str:
    """The address for the letter with the new link: that of the chamber, if it is for the chamber and known."""
    label = next((row.share.label for row in rows if row.share.public_id == request.args.get("neu")), "")
    return page.check.chamber_mail if fold(label) == fold(name_chamber(page.check)) else ""


def _explain_end(ends_on: date | None, page: CheckPage) -> str:
    """What to know about the last day of a link; says where it comes from, and where it lies before the interview."""
    hint = "Höchstens ein Jahr. Zurückziehen können Sie den Link jederzeit."
    interview = page.check.interview
    if interview is None or ends_on is None:
        return hint
    if ends_on - interview == AFTER_INTERVIEW:
        return f"Acht Wochen nach Ihrem Prüfgespräch am {german.day(interview)}. {hint}"
    if ends_on >= interview:
        return hint
    known = f"{hint} Ihr Prüfgespräch ist am {german.day(interview)}."
    if interview > page.today + timedelta(days=MOST_DAYS):
        return f"{known} So lange gilt kein Link; teilen Sie vorher einen neuen Stand."
    return f"{known} Soll der Link bis dahin gelten, wählen Sie einen späteren Tag."


def _row(share: ShareSummary, today: date) -> ShareRow:
    if share.withdrawn_at is not None:
        return ShareRow(share, f"zurückgezogen am {german.day(clock.local(share.withdrawn_at).date())}")
    if share.ends_on is not None and share.ends_on < today:
        return ShareRow(share, f"abgelaufen am {german.day(share.ends_on)}")
    return ShareRow(share, "")


@pages.get("/bericht/<link:token>")
def entry(token: str) -> str:
    """Says what the link opens; grants nothing, because mail scanners look at addresses too."""
    return render_template("sharing/entry.html", found=_valid(token), token=token)


@pages.post("/bericht/<link:token>")
def enter(token: str) -> ResponseReturnValue:
    found = _valid(token)
    if found.share is None:
        abort(404)
    held = shares.open_report(cookie.grants(), found.share, clock.now(), signed_in.account_id())
    if not isinstance(held, Report) or held.role is not Role.READER:
        attempts.count_attempt("enter")
        cookie.make_room()
        secret = links.open_link(token, clock.now())
        if secret is None:
            abort(404)
        cookie.add_grant(secret)
    return redirect(url_for("sharing.report", share_id=found.share), 303)


def _valid(token: str) -> links.Valid:
    headers.keep_private()
    found = links.look_up(token, clock.now())
    if isinstance(found, links.Ended):
        raise _ended(found)
    if found is None or found.role is not Role.READER or found.share is None:
        attempts.count_attempt("token")
        abort(404)
    return found


def _ended(found: links.Ended) -> Ended:
    what = {
        Why.EXPIRED: "Dieser Link zum Bericht ist abgelaufen.",
        Why.WITHDRAWN: "Die Kommune hat diesen Bericht zurückgezogen.",
        Why.LEFT: "Auf diesem Gerät ist der Bericht nicht mehr geöffnet.",
        Why.DELETED: "Die Kommune hat ihren Selbstcheck gelöscht, auch diesen Bericht.",
    }[found.why]
    return Ended(what, last_day(found.when, found.why), whom_to_ask(found.why, ASK_TOWN))


@pages.get("/berichte/<share_id>")
def report(share_id: str) -> str:
    headers.keep_private()
    now = clock.now()
    found = open_shared(share_id, now)
    stand, prepared = read_shared(found)
    html = render_template(
        "sharing/report.html",
        sheet=lay_out(prepared.questionnaire, stand, edition_of(found)),
        newer=find_newer(found, now),
        older=stand.rules_version != RULES_VERSION,
        removed=say_removed(found.redacted) if found.redacted else "",
        ends_on=found.ends_on,
        own=found.role is not Role.READER,
        check=found.check,
        share=share_id,
    )
    shares.note_reading(found, now)
    return html


def open_shared(share_id: str, now: datetime) -> Report:
    """The report for this visitor; 404, 410 or what a damaged one says for everybody else."""
    try:
        found = shares.open_report(cookie.grants(), share_id, now, signed_in.account_id())
    except ValueError as error:
        raise _damaged("die Kommune") from error
    if isinstance(found, links.Ended):
        raise _ended(found)
    if found is None:
        abort(404)
    return found


def read_shared(found: Report) -> tuple[Stand, Prepared]:
    """The frozen Stand and its questionnaire; what is kept may be damaged, the page says so."""
    try:
        return read_content(found.content)
    except DamagedStand as error:
        raise _damaged(found.check.municipality) from error


def _damaged(who: str) -> Ended:
    return Ended(
        "Dieser Bericht ist beschädigt und lässt sich nicht mehr anzeigen.",
        None,
        f"Bitten Sie {who} um einen neuen Link. Die Angaben im Selbstcheck selbst sind davon nicht betroffen.",
    )
