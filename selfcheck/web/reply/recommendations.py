"""Empfehlungen der IHK: what the chamber recommends, and what the town answers to each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right
from selfcheck.core.review.recommendations import ANSWERING, RecommendationState, Reply
from selfcheck.reporting.history.removed_text import is_removed
from selfcheck.reporting.letters.chamber import write_answered
from selfcheck.reporting.review.recommendation_text import PRIORITIES, STATES, list_reply
from selfcheck.store.access.grants import Access
from selfcheck.store.chamber.talk import recommending
from selfcheck.store.chamber.talk.recommendations import StoredRecommendation, find_for_check, list_for_check
from selfcheck.store.chamber.talk.recommending import OtherWords, Seen
from selfcheck.store.mail import outbox
from selfcheck.store.mail.outbox import NewMail
from selfcheck.store.parts.writes import Conflict
from selfcheck.web.http import clock, guards
from selfcheck.web.http.links import mail_link
from selfcheck.web.layout import check_page
from selfcheck.web.layout.catalogue import name_chamber
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.parts.conflicts import ConflictShown, name_author
from selfcheck.web.parts.submitted import read_resolution, read_version
from selfcheck.web.reply import pages
from selfcheck.web.reply.recommendation_form import ProgressForm, ReplyForm

ROOT = "/selbstcheck/<check_id>/ihk/empfehlungen"
HERE = "reply.recommendations"
SEND = "send"
"""The button that sends the answer to the chamber."""
AGREED = RecommendationState.ACCEPTED
UNSENT = (RecommendationState.PLANNED, RecommendationState.NOT_PLANNED)
"""States in which the town has said something that the chamber does not see yet."""
KINDS = {
    RecommendationState.NEW: "open",
    RecommendationState.RETURNED: "warning",
    RecommendationState.ACCEPTED: "done",
    RecommendationState.DONE: "done",
    RecommendationState.WITHDRAWN: "lost",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A recommendation as the town sees it; `answer` is what it says to it, as (label, words)."""

    stored: StoredRecommendation
    chamber: str
    state: str
    kind: str
    priority: str
    href: str
    doing: str
    answer: tuple[tuple[str, str], ...]
    unsent: bool
    redaction: str


@pages.get(ROOT)
def recommendations(check_id: str) -> str:
    page = check_page.open_check(check_id, Right.READ)
    found = [] if page.access.sample is not None else list_for_check(page.check.id)
    return _render("reply/recommendations.html", page, rows=[_row(check_id, each) for each in found])


@pages.get(f"{ROOT}/<recommendation_id>")
def recommendation(check_id: str, recommendation_id: str) -> str:
    page = check_page.open_check(check_id, Right.READ)
    found = _find(page.access, recommendation_id)
    return _show(page, found, _make_form(found))


@pages.post(f"{ROOT}/<recommendation_id>")
def answer_recommendation(check_id: str, recommendation_id: str) -> ResponseReturnValue:
    """Saves the answer; with the button that sends it also for the chamber, which the coordination alone may press."""
    access = guards.enter(check_id, Right.ANSWER)
    found, sends = _find(access, recommendation_id), SEND in request.form
    if sends and not access.may(Right.SHARE):
        abort(403)
    form = _make_form(found)
    whole = form.validate() and (not sends or found.gone or not isinstance(form, ReplyForm) or form.demand())
    if not whole:
        return _show(check_page.load_page(access), found, form), 422
    wanted = _read(found, form)
    decided = read_resolution(request.form)
    version = decided.version if decided is not None else read_version(form.version.data)
    seen = Seen(read_version(form.words.data), version)
    letter = partial(_write, access, found) if sends else None
    done = recommending.reply(access.check.id, recommendation_id, seen, wanted, access.who, clock.now(), letter)
    if done is None:
        abort(404)
    if isinstance(done, Conflict | OtherWords):
        page, now = check_page.load_page(access), _find(access, recommendation_id)
        form.words.data = str(now.version)
        conflict = _show_conflict(wanted, name_author(done, access.me)) if isinstance(done, Conflict) else None
        return _show(page, now, form, conflict, other_words=conflict is None), 409
    word = "gesendet" if sends and not found.gone else "gespeichert"
    return redirect(f"{url_for('reply.recommendations', check_id=check_id)}?{word}=1", 303)


def _find(access: Access, recommendation_id: str) -> StoredRecommendation:
    found = find_for_check(access.check.id, recommendation_id) if access.sample is None else None
    if found is None:
        abort(404)
    return found


def _make_form(found: StoredRecommendation) -> ReplyForm | ProgressForm:
    """Of what is agreed only the progress is asked."""
    said = found.reply
    versions = {"version": str(found.reply_version), "words": str(found.version)}
    stored: dict[str, object] = {"progress": said.progress, **versions}
    if found.state is AGREED:
        return ProgressForm(stored)
    names = ("decision", "reason", "person", "due", "money")
    return ReplyForm(stored | {name: getattr(said, name) for name in names})


def _read(found: StoredRecommendation, form: ReplyForm | ProgressForm) -> Reply:
    if isinstance(form, ReplyForm):
        return form.reply
    return replace(found.reply, progress=form.progress.percent)


def _write(access: Access, found: StoredRecommendation, address: str) -> NewMail:
    town = outbox.safe_name(access.check.municipality)
    return NewMail(
        None, address, *write_answered(town, mail_link("chamber.recommendations", case_id=found.case_public_id))
    )


def _row(check_id: str, found: StoredRecommendation) -> Row:
    return Row(
        stored=found,
        chamber=name_chamber(found.chamber),
        state="zurück von der IHK" if found.state is RecommendationState.RETURNED else STATES[found.state],
        kind=KINDS.get(found.state, "neutral"),
        priority=PRIORITIES[found.content.priority],
        href=url_for("reply.recommendation", check_id=check_id, recommendation_id=found.public_id),
        doing=_say_doing(found),
        answer=tuple(list_reply(found.reply)),
        unsent=not found.gone and found.state in UNSENT,
        redaction=_link_redaction(check_id, found),
    )


def _link_redaction(check_id: str, found: StoredRecommendation) -> str:
    """Where the texts of the answer are taken out; empty where nobody ever sent or wrote one."""
    said = [text for each in (found.reply, found.submitted) if each for text in (each.reason, each.person)]
    if not any(text and not is_removed(text) for text in said):
        return ""
    part = "antwort-auf-empfehlung"
    return url_for("history.redact", check_id=check_id, part=part, subject=found.public_id)


def _say_doing(found: StoredRecommendation) -> str:
    """What there is to do on the page of one; empty where there is only something to look at."""
    if found.state is AGREED:
        return "Fortschritt eintragen"
    if found.state not in ANSWERING:
        return ""
    return "Antwort ändern" if found.reply.decision else "Antworten"


def _show_conflict(mine: Reply, met: Conflict) -> ConflictShown:
    ours, theirs = dict(list_reply(mine)), dict(list_reply(met.theirs))
    labels = [label for label in dict.fromkeys([*ours, *theirs]) if ours.get(label) != theirs.get(label)]
    fields = tuple((label, ours.get(label, ""), theirs.get(label, "")) for label in labels)
    return ConflictShown("", "Antwort", "", "", met.who, met.at, met.version, fields=fields)


def _show(
    page: CheckPage,
    found: StoredRecommendation,
    form: ReplyForm | ProgressForm,
    conflict: ConflictShown | None = None,
    *,
    other_words: bool = False,
) -> str:
    """`conflict`: somebody else was faster; where the answer is with the chamber by now, there is nothing to decide.
    `other_words`: the chamber has changed what the answer in the form is to."""
    row = _row(page.check.public_id, found)
    open = found.state in ANSWERING or found.state is AGREED
    return _render(
        "reply/recommendation.html",
        page,
        row=row,
        form=form,
        conflict=conflict,
        other_words=other_words,
        open=open,
        agreed=found.state is AGREED,
    )


def _render(template: str, page: CheckPage, **context: object) -> str:
    here, checklist = (url_for(name, check_id=page.check.public_id) for name in (HERE, "checklist.checklist"))
    return check_page.render(template, page, here, checklist=checklist, **context)
