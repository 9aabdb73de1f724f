"""Empfehlungen of a case: offered, written, sent to the town all at once, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.questionnaire.model import CriterionId, Question, QuestionId, Questionnaire
from selfcheck.core.review.recommendations import (
    OfferedCriterion,
    RecommendationState,
    Turn,
    find_priority,
    find_weak,
    list_offers,
    may_turn,
)
from selfcheck.reporting.review.recommendation_text import DRAFT, PRIORITIES, STATES, list_reply
from selfcheck.store.chamber.cases import Case
from selfcheck.store.chamber.talk import recommending
from selfcheck.store.chamber.talk.recommendations import (
    RecommendationText,
    StoredRecommendation,
    find_recommendation,
    read_recommendations,
)
from selfcheck.store.database.limits import TooMany
from selfcheck.store.parts.writes import Conflict
from selfcheck.web.chamber import inserting, pages
from selfcheck.web.chamber.frame import render
from selfcheck.web.chamber.newest import ASK_TOWN, DAMAGED, ReadStand, demand, read_newest
from selfcheck.web.chamber.recommendation_forms import (
    NO_SENTENCE,
    QUESTION,
    NewForm,
    TurnForm,
    WordsForm,
    list_subjects,
    read_subject,
)
from selfcheck.web.http import clock, guards
from selfcheck.web.http.guards import OpenCase
from selfcheck.web.layout.fields import one_line
from selfcheck.web.parts.conflicts import ConflictShown
from selfcheck.web.parts.submitted import read_resolution, read_version

ROOT = "/beratung/<case_id>/empfehlungen"
LONGEST_ABOUT = 60
MOST_SENT = 100
KINDS = {
    RecommendationState.NEW: "open",
    RecommendationState.SUBMITTED: "warning",
    RecommendationState.ACCEPTED: "done",
    RecommendationState.RETURNED: "unclear",
    RecommendationState.DONE: "done",
    RecommendationState.WITHDRAWN: "lost",
}
"""The tag of each state that the chamber sees."""
DISCARDED = "verworfen"
DONE: dict[str, str] = {
    Turn.ACCEPT: "Die Antwort der Kommune ist angenommen.",
    Turn.RETURN: "Die Antwort ist zurück bei der Kommune.",
    Turn.DONE: "Die Empfehlung ist erledigt.",
    Turn.WITHDRAW: "Die Empfehlung ist zurückgezogen.",
    DISCARDED: "Der Entwurf ist verworfen.",
}
"""What the page says that somebody comes to after a press, by its word in the address."""


@dataclass(frozen=True, slots=True)
class Row:
    """A recommendation as its page shows it, with words and kind of its tag; `answer` is what the town sent, as (label,
    words)."""

    stored: StoredRecommendation
    state: str
    kind: str
    priority: str
    href: str
    answer: tuple[tuple[str, str], ...]


@pages.get(ROOT)
def recommendations(case_id: str) -> str:
    opened = guards.open_case(case_id)
    return _list(opened, read_recommendations(opened.case.id))


def _list(opened: OpenCase, found: Sequence[StoredRecommendation]) -> str:
    read = read_newest(opened.case)
    rows = [_row(opened.case, each) for each in found]
    return render(
        "chamber/recommendations.html",
        opened,
        drafts=[row for row in rows if row.stored.sent_at is None],
        sent=[row for row in rows if row.stored.sent_at is not None],
        offers=_offer(read, found) if read is not None else None,
        damaged=f"{DAMAGED} {ASK_TOWN}",
        done=DONE.get(request.args.get("getan", "")),
        under=read is not None and read.stand.estimate.reached < read.stand.estimate.mark,
    )


@pages.route(f"{ROOT}/neu", methods=["GET", "POST"])
def add_recommendation(case_id: str) -> ResponseReturnValue:
    """One more; `?zu=frage:…` says what it is about, with the words that the questionnaire proposes."""
    opened = guards.open_case(case_id)
    read = demand(read_newest(opened.case))
    subjects = list_subjects(read.questionnaire)
    about = one_line(request.args.get("zu"), LONGEST_ABOUT)
    form = NewForm(_propose(read, about) if about in subjects else None)
    form.about.choices = subjects
    if inserting.wants_block(form.text):
        asked = _find_question(read.questionnaire, (form.about.data or "").removeprefix(QUESTION))
        inserting.insert(opened.advisor, form.text, inserting.name_values(opened.case, asked))
        return _show_new(opened, form)
    if form.validate_on_submit():
        subject = read_subject(read.questionnaire, form.about.data)
        try:
            recommending.add(opened.case, subject, form.content, opened.advisor, form.key.data or "", clock.now())
            return redirect(url_for("chamber.recommendations", case_id=case_id, gespeichert=1), 303)
        except TooMany:
            return _show_new(opened, form, full=True), 422
    return _show_new(opened, form), form.status


def _show_new(opened: OpenCase, form: NewForm, *, full: bool = False) -> str:
    """`full`: the case has as many as anybody reads."""
    blocks = inserting.list_blocks(opened.advisor)
    return render("chamber/recommendation_new.html", opened, form=form, full=full, blocks=blocks)


@pages.route(f"{ROOT}/<recommendation_id>", methods=["GET", "POST"])
def recommendation(case_id: str, recommendation_id: str) -> ResponseReturnValue:
    """One recommendation: its words, as long as they can be changed, and what the town says to it. A sentence to the
    town that is typed and not sent comes back."""
    opened = guards.open_case(case_id)
    found = _find(opened, recommendation_id)
    form, decide = WordsForm(_say(found)), TurnForm()
    if inserting.wants_block(form.text):
        read = read_newest(opened.case)
        asked = _find_question(read.questionnaire, found.question) if read is not None else None
        inserting.insert(opened.advisor, form.text, inserting.name_values(opened.case, asked))
        return _show_one(opened, found, form, decide)
    if form.validate_on_submit():
        decided = read_resolution(request.form)
        seen = decided.version if decided is not None else read_version(form.version.data)
        done = recommending.change(opened.case, recommendation_id, seen, form.content, opened.advisor, clock.now())
        if done is None:
            return _show_one(opened, _find(opened, recommendation_id), form, decide, late=True), 409
        if isinstance(done, Conflict):
            return _show_one(opened, found, form, decide, conflict=_show_conflict(form, done)), 409
        if decide.note.data:
            now = _find(opened, recommendation_id)
            return _show_one(opened, now, WordsForm(_say(now), unread=True), decide, saved=True)
        return redirect(url_for("chamber.recommendations", case_id=case_id, gespeichert=1), 303)
    return _show_one(opened, found, form, decide), form.status


@pages.post(f"{ROOT}/<recommendation_id>/entscheiden")
def turn_recommendation(case_id: str, recommendation_id: str) -> ResponseReturnValue:
    """Accepts the town's answer, sends it back, ticks off what is done, or withdraws the recommendation."""
    opened = guards.open_case(case_id)
    found = _find(opened, recommendation_id)
    doing = next((each for each in Turn if each == request.form.get("turn")), None)
    if doing is None:
        abort(400)
    form = TurnForm()
    if form.validate() and doing is Turn.RETURN and not form.note.data:
        form.note.errors = [NO_SENTENCE]
    if form.errors:
        return _show_one(opened, found, _read_words(found), form), 422
    seen, note = read_version(form.seen.data), form.note.data or ""
    if not recommending.turn(opened.case, recommendation_id, doing, note, seen, opened.advisor, clock.now()):
        now = _find(opened, recommendation_id)
        words = _read_words(found)
        late = not now.changeable and _differs(words, found)
        return _show_one(opened, now, words, form, stale=True, late=late), 409
    what = doing if found.sent_at is not None else DISCARDED
    return redirect(url_for("chamber.recommendations", case_id=case_id, getan=what), 303)


@pages.route(f"{ROOT}/senden", methods=["GET", "POST"])
def send_recommendations(case_id: str) -> ResponseReturnValue:
    """Shows what the town will see, then sends it."""
    opened = guards.open_case(case_id)
    changed = False
    if request.method == "POST":
        named = [one_line(each, LONGEST_ABOUT).partition(" ") for each in request.form.getlist("draft")[:MOST_SENT]]
        seen = [(id, read_version(version)) for id, _, version in named]
        if recommending.send(opened.case, seen, opened.advisor, clock.now()):
            sent = 1 if seen else None
            return redirect(url_for("chamber.recommendations", case_id=case_id, gesendet=sent), 303)
        changed = True
    drafts = [each for each in read_recommendations(opened.case.id) if each.sent_at is None]
    rows = [_row(opened.case, each) for each in drafts]
    html = render("chamber/recommendations_send.html", opened, drafts=rows, changed=changed)
    return html, 409 if changed else 200


def _read_words(found: StoredRecommendation) -> WordsForm:
    """What stands in the form beside a decision; what is stored, where no words came with it."""
    return WordsForm(_say(found), unread="title" not in request.form)


def _differs(form: WordsForm, found: StoredRecommendation) -> bool:
    typed = (form.title.data, form.text.data, form.priority.data)
    return typed != (found.content.title, found.content.text, str(found.content.priority))


def _find(opened: OpenCase, recommendation_id: str) -> StoredRecommendation:
    found = find_recommendation(opened.case.id, recommendation_id)
    if found is None:
        abort(404)
    return found


def _find_question(questionnaire: Questionnaire, id: str) -> Question | None:
    """The question that a recommendation is about; None for a whole criterion."""
    return questionnaire.question.get(QuestionId(id))


def _offer(read: ReadStand, found: Sequence[StoredRecommendation]) -> tuple[OfferedCriterion, ...]:
    return list_offers(read.questionnaire, read.stand.estimate, {each.question for each in found})


def _propose(read: ReadStand, about: str) -> dict[str, object]:
    """What stands in a fresh form: for a question what it is called, and the first measure that helps there."""
    weak = find_weak(read.questionnaire, read.stand.estimate)
    _, criterion, question = read_subject(read.questionnaire, about)
    said: dict[str, object] = {"about": about, "priority": str(find_priority(weak, CriterionId(criterion)))}
    if about.startswith(QUESTION):
        asked = read.questionnaire.question[QuestionId(question)]
        said |= {"title": asked.name, "text": asked.measures[0].text if asked.measures else ""}
    return said


def _say(found: StoredRecommendation) -> dict[str, object]:
    content = found.content
    said: dict[str, object] = {"title": content.title, "text": content.text, "priority": str(content.priority)}
    return said | {"version": str(found.version)}


def _row(case: Case, found: StoredRecommendation) -> Row:
    return Row(
        stored=found,
        state=STATES[found.for_chamber] if found.sent_at else DRAFT,
        kind=KINDS[found.for_chamber] if found.sent_at else "neutral",
        priority=PRIORITIES[found.content.priority],
        href=url_for("chamber.recommendation", case_id=case.public_id, recommendation_id=found.public_id),
        answer=tuple(list_reply(found.submitted)) if found.submitted is not None else (),
    )


def _show_conflict(form: WordsForm, met: Conflict) -> ConflictShown:
    mine, theirs = form.content, met.theirs
    fields = tuple(
        (label, ours, other)
        for label, ours, other in zip(
            ("Überschrift", "Empfehlung", "Priorität"), _words(mine), _words(theirs), strict=True
        )
        if ours != other
    )
    return ConflictShown("", "Empfehlung", "", "", met.who, met.at, met.version, fields=fields)


def _words(said: RecommendationText) -> tuple[str, str, str]:
    return said.title, said.text, PRIORITIES[said.priority]


def _show_one(
    opened: OpenCase,
    found: StoredRecommendation,
    form: WordsForm,
    decide: TurnForm,
    *,
    conflict: ConflictShown | None = None,
    late: bool = False,
    stale: bool = False,
    saved: bool = False,
) -> str:
    """`late`: the town has answered what was just changed; `stale`: the answer is another one than was decided on;
    `saved`: so are the words, and the sentence to the town is not sent."""
    return render(
        "chamber/recommendation.html",
        opened,
        row=_row(opened.case, found),
        form=form,
        decide=decide,
        turns=[each for each in Turn if may_turn(found.for_chamber, each)],
        conflict=conflict,
        late=late,
        stale=stale,
        saved=saved,
        unsaved=found.changeable and _differs(form, found),
        blocks=inserting.list_blocks(opened.advisor) if found.changeable else (),
    )
