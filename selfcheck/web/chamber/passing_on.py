"""A case goes to a colleague, is pointed out to one, or comes back to oneself on a day."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField
from wtforms.validators import InputRequired, ValidationError

from selfcheck.core.review.case import StepKind
from selfcheck.core.review.steps import find_hindrance
from selfcheck.core.text.contents import clean_paragraph
from selfcheck.reporting.letters.chamber import write_flagged_case, write_handed_case
from selfcheck.reporting.review.case_text import say_hindrance, say_step
from selfcheck.store.chamber import marks, steps
from selfcheck.store.chamber.colleagues import Colleague, list_colleagues
from selfcheck.store.chamber.steps import NO_STEP, Outcome, Overtaken
from selfcheck.store.database.limits import LINE, REASON
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.web.chamber import pages
from selfcheck.web.chamber.case import ROOT, answer, back
from selfcheck.web.chamber.frame import render
from selfcheck.web.http import clock, guards
from selfcheck.web.http.guards import OpenCase
from selfcheck.web.http.links import mail_link
from selfcheck.web.layout.fields import DayField, PageForm, ParagraphField, SentHiddenField, line, paragraph
from selfcheck.web.parts.submitted import read_version

NOBODY = "niemand"
EVERYBODY = "Niemand Bestimmtes: Der Vorgang ist wieder für alle da"
GONE = "Diese Person berät hier nicht mehr. Bitte wählen Sie eine andere."
NO_REASON = "Bitte schreiben Sie, worauf die Kollegin oder der Kollege schauen soll."


class HandOverForm(PageForm):
    """`seen`: the last step that the page knew of."""

    person = RadioField(
        "Wer übernimmt?", validate_choice=False, validators=[InputRequired("Bitte wählen Sie aus, wer übernimmt.")]
    )
    note = paragraph("Ein Satz dazu", REASON, "den Satz")
    seen = SentHiddenField()


class FlagForm(PageForm):
    person = RadioField("Für wen?", validate_choice=False, validators=[InputRequired("Bitte wählen Sie aus, für wen.")])
    reason = ParagraphField("Warum?", REASON, what="den Grund", required=NO_REASON, read=clean_paragraph)


class RemindForm(PageForm):
    due = DayField("Wann?", required="Bitte geben Sie den Tag an, zum Beispiel 01.03.2027.")
    text = line("Woran?", LINE, required="Bitte schreiben Sie, woran Sie denken wollen.")

    def validate_due(self, field: DayField) -> None:
        if field.day is not None and field.day < clock.today():
            raise ValidationError("Dieser Tag ist schon vorbei. Bitte wählen Sie einen späteren.")


@pages.route(f"{ROOT}/abgeben", methods=["GET", "POST"])
def hand_over(case_id: str) -> ResponseReturnValue:
    opened = guards.open_case(case_id)
    people, last = list_colleagues(opened.advisor), steps.find_last(opened.case.id, opened.advisor.account_id)
    standing = steps.find_standing(opened.case, opened.advisor.account_id)
    form = HandOverForm({"seen": str(last.id if last is not None else NO_STEP)})
    form.person.choices = _name(people) | ({NOBODY: EVERYBODY} if standing.taken else {})
    meanwhile = None
    if form.validate_on_submit():
        receiver = _find(people, form.person.data)
        if receiver is None and form.person.data != NOBODY:
            form.person.errors = [GONE]
        else:
            done = _hand_over(opened, form, receiver)
            if not isinstance(done, Overtaken):
                return answer(opened, done, "abgegeben")
            meanwhile = steps.find_last(opened.case.id, opened.advisor.account_id)
            form.seen.data = str(meanwhile.id if meanwhile is not None else NO_STEP)
    hindrance = find_hindrance(StepKind.HANDED_OVER, standing)
    shown = render(
        "chamber/hand_over.html",
        opened,
        form=form,
        why=say_hindrance(hindrance, opened.case.state) if hindrance is not None else "",
        meanwhile=meanwhile,
        happened=say_step(meanwhile.kind, meanwhile.stand, meanwhile.recipient) if meanwhile is not None else "",
    )
    return shown, 409 if meanwhile is not None else form.status


def _hand_over(opened: OpenCase, form: HandOverForm, receiver: Colleague | None) -> Outcome:
    return steps.do(
        opened.case.id,
        opened.advisor,
        StepKind.HANDED_OVER,
        read_version(form.seen.data),
        clock.now(),
        note=form.note.data or "",
        receiver=receiver,
        letter=_write(opened, receiver, write_handed_case) if receiver is not None else None,
    )


@pages.route(f"{ROOT}/markieren", methods=["GET", "POST"])
def flag(case_id: str) -> ResponseReturnValue:
    opened, form = guards.open_case(case_id), FlagForm()
    people = list_colleagues(opened.advisor)
    form.person.choices = _name(people)
    if form.validate_on_submit():
        receiver = _find(people, form.person.data)
        if receiver is not None:
            letter = _write(opened, receiver, write_flagged_case)
            told = marks.flag(opened.case.id, opened.advisor, receiver, form.reason.data or "", clock.now(), letter)
            return back(opened, "markiert" if told else "markiert-ohne-mail")
        form.person.errors = [GONE]
    return render("chamber/flag.html", opened, form=form, people=people), form.status


@pages.post(f"{ROOT}/markierungen/<number>/erledigt")
def settle_flag(case_id: str, number: str) -> ResponseReturnValue:
    opened = guards.open_case(case_id)
    if not marks.settle_flag(opened.case.id, opened.advisor.account_id, read_version(number), clock.now()):
        abort(404)
    return back(opened, "erledigt")


@pages.route(f"{ROOT}/erinnern", methods=["GET", "POST"])
def remind(case_id: str) -> ResponseReturnValue:
    opened, form = guards.open_case(case_id), RemindForm()
    if form.validate_on_submit() and form.due.day is not None:
        marks.remind(opened.case.id, opened.advisor.account_id, form.due.day, form.text.data or "", clock.now())
        return back(opened, "erinnerung")
    return render("chamber/remind.html", opened, form=form), form.status


@pages.post(f"{ROOT}/erinnerungen/<number>/erledigt")
def settle_reminder(case_id: str, number: str) -> ResponseReturnValue:
    """Back to where it was pressed: the case, or the inbox."""
    opened = guards.open_case(case_id)
    if not marks.settle_reminder(opened.case.id, opened.advisor.account_id, read_version(number), clock.now()):
        abort(404)
    return redirect(url_for("chamber.inbox"), 303) if request.form.get("back") == "inbox" else back(opened, "erledigt")


def _name(people: list[Colleague]) -> dict[str, str]:
    return {str(each.account_id): each.name for each in people}


def _find(people: list[Colleague], chosen: str | None) -> Colleague | None:
    return next((each for each in people if str(each.account_id) == chosen), None)


def _write(opened: OpenCase, receiver: Colleague, words: Callable[[str, str, str], tuple[str, str]]) -> NewMail:
    """That a case waits, and where; nothing of what is said about it."""
    advisor, case = opened.advisor, opened.case
    link = mail_link("chamber.case", case_id=case.public_id)
    said = words(outbox.safe_name(advisor.author), outbox.safe_name(case.municipality), link)
    return NewMail(advisor.account_id, receiver.mail, *said)
