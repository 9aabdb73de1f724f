"""What a chamber wants to show of a town's answers: agree, decline with a sentence, take back."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Question
from selfcheck.core.review.example import ExampleState
from selfcheck.reporting.history.removed_text import is_removed
from selfcheck.store.chamber.talk import good_examples
from selfcheck.store.chamber.talk.good_examples import Decided, Example
from selfcheck.store.database import limits
from selfcheck.store.parts.writes import Conflict
from selfcheck.web.good_examples import pages
from selfcheck.web.http import clock
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage, question_address
from selfcheck.web.layout.derived.good_examples import TownExample, name_example
from selfcheck.web.layout.fields import PageForm, paragraph
from selfcheck.web.parts.conflicts import name_author
from selfcheck.web.parts.submitted import read_version

ROOT = "/selbstcheck/<check_id>/gute-beispiele"
STATES = {
    ExampleState.PROPOSED: "wartet auf Ihre Entscheidung",
    ExampleState.AGREED: "wird gezeigt",
    ExampleState.DECLINED: "abgelehnt",
    ExampleState.TAKEN_BACK: "zurückgenommen",
}
DONE = {
    "zugestimmt": ("Zugestimmt", "Alle Kommunen lesen das Beispiel jetzt an der Frage."),
    "abgelehnt": ("Abgelehnt", "Die IHK sieht, dass Sie nicht zugestimmt haben. Gezeigt wird nichts."),
    "zurueckgenommen": ("Zurückgenommen", "Das Beispiel steht ab sofort nirgends mehr, und seine Worte sind gelöscht."),
}


class DeclineForm(PageForm):
    reason = paragraph("Ein Satz dazu an die IHK", limits.REASON, "den Satz an die IHK")


@dataclass(frozen=True, slots=True)
class Row:
    """An example with its question, None where the questionnaire has none such any more, and where that is answered."""

    check_id: str
    example: Example
    shown: TownExample
    question: Question | None
    href: str

    @property
    def name(self) -> str:
        """The question in a few words."""
        return f"{self.question.number} {self.question.name}" if self.question else self.example.question

    @property
    def redaction(self) -> str:
        """Where is taken out what the town wrote when it declined; whoever decides about examples may do so."""
        said = self.example.reason if self.example.state is ExampleState.DECLINED else ""
        if not said or is_removed(said):
            return ""
        return url_for("history.redact", check_id=self.check_id, part="absage-an-ihk", subject=self.example.public_id)

    @property
    def state(self) -> str:
        return STATES[self.example.state]


@pages.get(ROOT)
def overview(check_id: str) -> str:
    return _show(check_page.open_check(check_id, Right.SHARE))


@pages.post(f"{ROOT}/<example_id>/zustimmen")
def agree(check_id: str, example_id: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.SHARE)
    done = good_examples.agree(page.check.id, example_id, _seen(), page.access.who, clock.now())
    return _go_on(page, done, "zugestimmt")


@pages.route(f"{ROOT}/<example_id>/ablehnen", methods=["GET", "POST"])
def decline(check_id: str, example_id: str) -> ResponseReturnValue:
    page, form = check_page.open_check(check_id, Right.SHARE), DeclineForm()
    rows = _list_rows(page)
    row = next((each for each in rows if each.example.public_id == example_id), None)
    if row is None:
        abort(404)
    done: Decided = None
    if form.validate_on_submit():
        said = form.reason.data or ""
        done = good_examples.decline(page.check.id, example_id, _seen(), said, page.access.who, clock.now())
        if not isinstance(done, Conflict):
            return _go_on(page, done, "abgelehnt")
        done = name_author(done, page.access.me)
    html = check_page.render(
        "good_examples/decline.html", page, _address(page), row=row, form=form, conflict=done, states=STATES
    )
    return html, 409 if isinstance(done, Conflict) else form.status


@pages.post(f"{ROOT}/<example_id>/zuruecknehmen")
def take_back(check_id: str, example_id: str) -> ResponseReturnValue:
    page = check_page.open_check(check_id, Right.SHARE)
    done = good_examples.take_back(page.check.id, example_id, _seen(), page.access.who, clock.now())
    return _go_on(page, done, "zurueckgenommen")


def _seen() -> int:
    """The version that the page showed."""
    return read_version(request.form.get("version"))


def _go_on(page: CheckPage, done: Decided, what: str) -> ResponseReturnValue:
    if done is None:
        abort(404)
    if isinstance(done, Conflict):
        return _show(page, name_author(done, page.access.me)), 409
    return redirect(url_for("good_examples.overview", check_id=page.check.public_id, getan=what), 303)


def _address(page: CheckPage) -> str:
    return url_for("good_examples.overview", check_id=page.check.public_id)


def _show(page: CheckPage, conflict: Conflict | None = None) -> str:
    rows = _list_rows(page)
    return check_page.render(
        "good_examples/overview.html",
        page,
        _address(page),
        waiting=[row for row in rows if row.example.state is ExampleState.PROPOSED and not row.example.withdrawn],
        agreed=[row for row in rows if row.example.state is ExampleState.AGREED],
        ended=[row for row in rows if row.example.state in (ExampleState.DECLINED, ExampleState.TAKEN_BACK)],
        conflict=conflict,
        states=STATES,
        done=DONE.get(request.args.get("getan", "")),
    )


def _list_rows(page: CheckPage) -> list[Row]:
    return [_row(page, example) for example in good_examples.list_of_check(page.check.id)]


def _row(page: CheckPage, example: Example) -> Row:
    question = page.questionnaire.question.get(example.question)
    return Row(
        page.check.public_id,
        example,
        name_example(example),
        question,
        question_address(page, question) if question else "",
    )
