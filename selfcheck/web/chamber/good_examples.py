"""An advisor proposes an answer as a good example for all towns; its own town is asked first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.questionnaire.model import Question, QuestionId, Questionnaire
from selfcheck.core.review.example import OPEN_EXAMPLES, ExampleState
from selfcheck.core.rules.answers import OPEN, Answer
from selfcheck.core.text.contents import clean_paragraph
from selfcheck.reporting.words.answer_text import join_options, say_answer
from selfcheck.store.chamber.cases import Case
from selfcheck.store.chamber.talk import good_examples
from selfcheck.store.chamber.talk.good_examples import Example, Words
from selfcheck.store.database import limits
from selfcheck.store.parts.writes import Conflict
from selfcheck.web.chamber import frame, pages
from selfcheck.web.chamber.newest import demand, read_newest
from selfcheck.web.http import clock, guards
from selfcheck.web.http.guards import OpenCase
from selfcheck.web.layout.catalogue import name_chamber
from selfcheck.web.layout.fields import KeyField, PageForm, ParagraphField, line
from selfcheck.web.parts.submitted import read_version

ADDRESS = "/beratung/<case_id>/gutes-beispiel/<question_id>"
NO_TITLE = "Bitte geben Sie eine kurze Überschrift an, zum Beispiel „Willkommensmappe im Bürgerbüro“."
NO_TEXT = "Bitte geben Sie den Wortlaut an, den alle Kommunen lesen sollen."
STATES = {
    ExampleState.PROPOSED: "wartet auf die Kommune",
    ExampleState.AGREED: "zugestimmt, wird gezeigt",
    ExampleState.DECLINED: "abgelehnt",
    ExampleState.TAKEN_BACK: "zurückgenommen",
}


class ExampleForm(PageForm):
    """`key` keeps a double click from proposing twice."""

    title = line("Überschrift", limits.LABEL, "die Überschrift", required=NO_TITLE)
    text = ParagraphField("Wortlaut", limits.REASON, what="den Wortlaut", required=NO_TEXT, read=clean_paragraph)
    key = KeyField()


@dataclass(frozen=True, slots=True)
class Told:
    """A question, and what the town says about it in the newest Stand."""

    questionnaire: Questionnaire
    question: Question
    answer: Answer
    number: int

    @property
    def said(self) -> str:
        return join_options(say_answer(self.question, self.answer))


@dataclass(frozen=True, slots=True)
class Row:
    """An example of the case with the short name of its question; `href` is its page, empty where the questionnaire
    has no such question any more."""

    example: Example
    name: str
    href: str

    @property
    def state(self) -> str:
        return STATES[self.example.state]

    @property
    def open(self) -> bool:
        """Whether it can be taken back."""
        return self.example.state in OPEN_EXAMPLES


@pages.route(ADDRESS, methods=["GET", "POST"])
def good_example(case_id: str, question_id: str) -> ResponseReturnValue:
    opened = guards.open_case(case_id)
    told = _read_question(opened.case, question_id)
    form = ExampleForm({"title": told.question.name, "text": told.answer.note})
    if not form.validate_on_submit():
        return _show(opened, told, form), form.status
    words = Words(form.title.data or "", form.text.data or "")
    if good_examples.propose(opened.case, question_id, words, opened.advisor, form.key.data or "", clock.now()):
        return redirect(url_for("chamber.good_example", case_id=case_id, question_id=question_id, getan="gefragt"), 303)
    return _show(opened, told, form), 409


@pages.post(f"{ADDRESS}/<example_id>/zuruecknehmen")
def withdraw_example(case_id: str, question_id: str, example_id: str) -> ResponseReturnValue:
    opened = guards.open_case(case_id)
    told, seen = _read_question(opened.case, question_id), read_version(request.form.get("version"))
    done = good_examples.withdraw(opened.case, example_id, seen, opened.advisor, clock.now())
    if done is None:
        abort(404)
    if isinstance(done, Conflict):
        form = ExampleForm({"title": told.question.name, "text": told.answer.note}, unread=True)
        return _show(opened, told, form, done), 409
    address = url_for("chamber.good_example", case_id=case_id, question_id=question_id, getan="zurueckgenommen")
    return redirect(address, 303)


def _read_question(case: Case, question_id: str) -> Told:
    """What the newest Stand says about a question; 404 where its questionnaire has none such."""
    newest = demand(read_newest(case))
    question = newest.questionnaire.question.get(QuestionId(question_id))
    if question is None:
        abort(404)
    return Told(newest.questionnaire, question, newest.stand.answers.get(question.id, OPEN), newest.number)


def _show(opened: OpenCase, told: Told, form: ExampleForm, conflict: Conflict | None = None) -> str:
    case = opened.case
    rows = _list_rows(case, told.questionnaire)
    return frame.render(
        "chamber/good_example.html",
        opened,
        case=case,
        chamber=name_chamber(case.chamber),
        told=told,
        form=form,
        rows=rows,
        running=next((row for row in rows if row.open and row.example.question == told.question.id), None),
        conflict=conflict,
        states=STATES,
        done=request.args.get("getan"),
    )


def _list_rows(case: Case, questionnaire: Questionnaire) -> Sequence[Row]:
    rows = []
    for example in good_examples.list_of_case(case.id):
        question = questionnaire.question.get(example.question)
        name = f"{question.number} {question.name}" if question else example.question
        address = url_for("chamber.good_example", case_id=case.public_id, question_id=example.question)
        rows.append(Row(example, name, address if question else ""))
    return rows
