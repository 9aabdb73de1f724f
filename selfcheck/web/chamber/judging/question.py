"""Prüfansicht: one question with the town's statement, the advisor's own estimate, and the way to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.comparison import Compared, add_up
from selfcheck.reporting.charts.pair import Pair, build_pair
from selfcheck.reporting.report.question_section import QuestionSection, describe_question
from selfcheck.reporting.report.register import number_evidence
from selfcheck.reporting.review.changed_text import ChangedText, describe_changed
from selfcheck.reporting.review.judgement_text import say_change, say_judged, say_left
from selfcheck.reporting.words import german
from selfcheck.store.chamber import stands
from selfcheck.store.chamber.case_changes import StoredChange, read_case_changes
from selfcheck.store.chamber.judging import judgements, notes
from selfcheck.store.chamber.judging.judgements import JudgementWrite
from selfcheck.store.database.transactions import writing
from selfcheck.store.parts.writes import Conflict
from selfcheck.web.chamber import inserting, pages
from selfcheck.web.chamber.frame import render
from selfcheck.web.chamber.judging.forms import (
    NOTE,
    NoteShown,
    RowShown,
    read_note,
    read_row,
    show_judgement_conflict,
    show_note,
    show_note_conflict,
    show_row,
)
from selfcheck.web.chamber.judging.opened import Review, open_review, with_judgements
from selfcheck.web.chamber.thread_forms import Kept, read_kept
from selfcheck.web.chamber.threads import SAID, show_threads
from selfcheck.web.http import clock
from selfcheck.web.parts.conflicts import ConflictShown
from selfcheck.web.parts.submitted import Submission, read_version

ROOT = "/beratung/<case_id>/fragen"
TAKE, LATER, STAY = "take", "later", "stay"
SAVED, NOTHING_SAVED = "Ihre Einschätzung ist gespeichert.", "Es gab nichts zu speichern."


@dataclass(frozen=True, slots=True)
class Listed:
    """A question that is not finished, in the list at the side."""

    href: str
    number: str
    name: str
    why: str
    current: bool


@dataclass(frozen=True, slots=True)
class Way:
    """Where one is, and what comes next; None where nothing else is left."""

    place: str
    next: Listed | None
    previous: Listed | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    change: StoredChange
    title: str
    text: str


@dataclass(frozen=True)
class Typed:
    """What stands in the forms of the page."""

    row: RowShown
    note: NoteShown
    conflicts: Mapping[str, ConflictShown] = field(default_factory=dict)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every fault with the field that it belongs to."""
        fields = [*self.row.form, *self.note.form]
        return [(each.id, str(each.errors[0])) for each in fields if each.errors]

    @property
    def unsaved(self) -> bool:
        return self.row.differs or self.note.differs


@dataclass(frozen=True, slots=True)
class Talk:
    """What has just become of the forms of threads: those that are `kept`, what was done (`said`), and why something
    was not (`overtaken`)."""

    kept: Kept = field(default_factory=Kept)
    said: str = ""
    overtaken: str = ""


@pages.get(ROOT)
def questions(case_id: str) -> ResponseReturnValue:
    """Leads to the first question that is not finished."""
    review = open_review(case_id)
    first = next(iter(review.left or review.compared), None)
    if first is None:
        abort(404)
    return redirect(url_for("chamber.question", case_id=case_id, question_id=first), 303)


@pages.get(f"{ROOT}/<question_id>")
def question(case_id: str, question_id: str) -> ResponseReturnValue:
    """One question; of one that is not asked any more, what was asked of the town about it."""
    review = open_review(case_id)
    if question_id not in review.compared and question_id in review.threads:
        return redirect(url_for("chamber.asked", case_id=case_id, question_id=question_id), 303)
    asked = _find(review, question_id)
    stored = notes.read_notes(review.opened.case.id).get(question_id)
    row = show_row(asked, review.judgements.get(question_id))
    talk = Talk(said=SAID.get(request.args.get("gesagt", ""), ""))
    shown = show(review, Typed(row, show_note(stored)), talk)
    stands.note_look(review.opened.case, review.opened.advisor, clock.now(), review.newest.number)
    return shown


@pages.post(f"{ROOT}/<question_id>")
def save_question(case_id: str, question_id: str) -> ResponseReturnValue:
    """Saves estimate and note and leads on, unless something typed to the town would be left; the button of a text
    block only puts it into the reason."""
    number = read_version(request.form.get("stand"))
    review = open_review(case_id, number)
    asked, do, kept = _find(review, question_id), request.form.get("do", ""), read_kept()
    typed, talk = read_typed(review, asked, number), Talk(kept)
    form = typed.row.form
    if inserting.wants_block(form.reason):
        inserting.insert(review.opened.advisor, form.reason, inserting.name_values(review.opened.case, asked.question))
        return show(review, typed, talk)
    if do == TAKE:
        form.take()
    if not all([form.validate(), typed.note.form.validate()]):
        return show(review, typed, talk), 422
    read, again = review.at(number), review.judgements.get(question_id)
    confirms = do not in (LATER, "") and again is not None and again.said.judged and again.stand != read.number
    outcomes = _save(review, typed, read.number, Submission(request.form), confirms)
    conflicts = {name: met for name, met in outcomes.items() if met is not None}
    review = with_judgements(review)
    if conflicts:
        return show(review, _keep_met(review, typed, conflicts), talk), 409
    if kept.filled:
        said = SAVED if outcomes else NOTHING_SAVED
        return show(review, _keep_met(review, typed, {}), replace(talk, said=said))
    return redirect(_lead_on(review, asked.question.id, do, saved=bool(outcomes)), 303)


def read_typed(review: Review, asked: Compared, number: int) -> Typed:
    """What came with the form of a question that was made for the Stand `number`; nothing is checked yet."""
    submission, read = Submission(request.form), review.at(number)
    line = read.stand.estimate.line.get(asked.question.id, asked.line)
    return Typed(read_row(submission, Compared(asked.question, line, asked.said)), read_note(submission))


def _save(
    review: Review, typed: Typed, number: int, submission: Submission, confirms: bool
) -> dict[str, ConflictShown | None]:
    """Saves what differs from what the page showed; the conflict of each part, None where it is saved. `confirms`: the
    same is said to another Stand."""
    opened, now, row, note = review.opened, clock.now(), typed.row, typed.note
    outcomes: dict[str, ConflictShown | None] = {}
    with writing():
        if row.name in submission and (row.differs or confirms):
            write = JudgementWrite(row.name, row.version, row.form.said, number, row.compared.town)
            (met,) = judgements.save(opened.case.id, [write], opened.advisor, now)
            outcomes[row.name] = show_judgement_conflict(row, met) if isinstance(met, Conflict) else None
        if NOTE in submission and note.differs:
            kept = notes.save_note(opened.case.id, row.name, note.text, note.version, opened.advisor, now)
            outcomes[NOTE] = show_note_conflict(note, kept) if isinstance(kept, Conflict) else None
    return outcomes


def _keep_met(review: Review, typed: Typed, conflicts: Mapping[str, ConflictShown]) -> Typed:
    """What met somebody else's stays as it was typed; of the rest is shown what stands there now."""
    row, note, id = typed.row, typed.note, typed.row.compared.question.id
    if row.name not in conflicts:
        row = show_row(review.compared[id], review.judgements.get(id))
    if NOTE not in conflicts:
        note = show_note(notes.read_notes(review.opened.case.id).get(id))
    return Typed(row, note, conflicts)


def _lead_on(review: Review, here: QuestionId, do: str, *, saved: bool) -> str:
    """The next question that is not finished, or back to this one."""
    further = None if do in (STAY, "") else review.next(here)
    if further is None:
        done = "ja" if saved else "nichts"
        return url_for("chamber.question", case_id=review.case_id, question_id=here, gespeichert=done)
    return url_for("chamber.question", case_id=review.case_id, question_id=further, weiter=1)


def _find(review: Review, question_id: str) -> Compared:
    found = review.compared.get(QuestionId(question_id))
    if found is None:
        abort(404)
    return found


def show(review: Review, typed: Typed, talk: Talk) -> str:
    """The page with what is typed; what is neither saved nor sent is marked."""
    id, opened = typed.row.compared.question.id, review.opened
    asked = review.compared[id]
    changes = read_case_changes(opened.case.id, id)
    blocks = inserting.list_blocks(opened.advisor, inserting.name_values(opened.case, asked.question))
    return render(
        "chamber/judging/question.html",
        opened,
        review=review,
        asked=asked,
        section=describe(review, asked),
        threads=show_threads(opened.case, asked.question, review.threads.get(id, ()), talk.kept, blocks=blocks),
        talk=talk,
        criterion=review.questionnaire.criterion[asked.question.criterion],
        changed=describe_change(review, id),
        typed=typed,
        unsaved=request.method == "POST" and typed.unsaved,
        judgement=review.judgements.get(id),
        way=_find_way(review, id),
        left=[_list(review, each, id) for each in review.left],
        judged=say_judged(review.judged, len(review.compared)),
        history=[HistoryLine(change, *say_change(change.part, change.after)) for change in changes],
        blocks=blocks,
        pairs=_pair(review, id),
        saved=_say_saved(changes),
    )


def _say_saved(changes: Sequence[StoredChange]) -> str:
    """What became of what was sent, for whoever comes back to the question."""
    done = request.args.get("gespeichert")
    if done == "ja" and changes:
        return f"Gespeichert {german.clock(clock.local(max(change.at for change in changes)))}"
    return NOTHING_SAVED if done == "nichts" else ""


def describe(review: Review, asked: Compared) -> QuestionSection:
    """The question as its report shows it."""
    read = review.newest
    register = number_evidence(read.questionnaire, read.stand.answers)[asked.question.id]
    return describe_question(asked.question, asked.line, read.stand, read.questionnaire, register)


def describe_change(review: Review, id: QuestionId) -> ChangedText | None:
    """What the newest Stand says differently; None where it does not."""
    changed = review.changed.get(id)
    if changed is None:
        return None
    days = review.earlier[changed.since].stand.day, review.newest.stand.day
    return describe_changed(review.questionnaire.question[id], changed, days)


def _find_way(review: Review, id: QuestionId) -> Way:
    number = review.questionnaire.question[id].number
    place = f"{number}, Frage {review.place(id)} von {len(review.compared)}"
    ways = (review.next(id), review.previous(id))
    return Way(place, *(_list(review, way, id) if way is not None else None for way in ways))


def _list(review: Review, id: QuestionId, here: QuestionId) -> Listed:
    asked, changed = review.compared[id], review.changed.get(id)
    since = changed.since if changed is not None else None
    return Listed(
        href=url_for("chamber.question", case_id=review.case_id, question_id=id, weiter=1),
        number=asked.question.number,
        name=asked.question.name,
        why=say_left(review.left[id], asked.line, since, review.thread_states(id)),
        current=id == here,
    )


def _pair(review: Review, id: QuestionId) -> tuple[Pair | None, Pair | None]:
    """The difference of this question, and of all that have own points."""
    asked, total = review.compared[id], add_up(review.compared.values())
    own = asked.said.points
    this = build_pair("Diese Frage", asked.town, own, asked.possible) if own is not None else None
    title = german.count(total.questions, "eingeschätzte Frage", "eingeschätzte Fragen")
    all = build_pair(title, total.town, total.chamber, total.possible) if total.questions else None
    return this, all
