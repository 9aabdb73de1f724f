"""What there is to do in a case, as a list: the sender, and each criterion with how much of it is judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask import url_for

from selfcheck.core.review.case import CaseState
from selfcheck.core.review.recommendations import RecommendationState
from selfcheck.core.review.record import Field, RecordState
from selfcheck.core.review.thread import ThreadState
from selfcheck.core.rules.estimate import Applies
from selfcheck.reporting.review.case_text import say_threads, tag_sender
from selfcheck.reporting.review.paper import RECORD_STATES
from selfcheck.store.chamber.cases import Case
from selfcheck.store.chamber.interview.parts import read_interview
from selfcheck.store.chamber.judging.judgements import read_judgements
from selfcheck.store.chamber.talk.recommendations import read_recommendations
from selfcheck.store.chamber.talk.threads import StoredThread
from selfcheck.web.chamber.newest import read_newest


class Task(NamedTuple):
    """`kind` is that of a tag, `state` what it says, `href` where it is done."""

    title: str
    kind: str
    state: str
    href: str = ""


class Progress(NamedTuple):
    """`damaged`: nothing can be said of the criteria, for the newest Stand cannot be read."""

    tasks: tuple[Task, ...]
    judged: int
    asked: int
    damaged: bool


def list_tasks(case: Case, threads: Sequence[StoredThread]) -> Progress:
    """`threads` are all of the case. Seven statements."""
    where = url_for("chamber.case", case_id=case.public_id, _anchor="absender")
    frame = Task("Rahmen: Wer den Bericht geteilt hat", *tag_sender(case.sender), where)
    newest, judged = read_newest(case), {id for id, each in read_judgements(case.id).items() if each.said.judged}
    if newest is None:
        return Progress((frame,), len(judged), case.asked, True)
    tasks, judged_here, asked_here = [frame], 0, 0
    for criterion in newest.stand.estimate.criteria:
        asked = [line.question for line in criterion.lines if line.applies is not Applies.NO]
        done = sum(question in judged for question in asked)
        judged_here, asked_here = judged_here + done, asked_here + len(asked)
        kind = "done" if done == len(asked) else "open"
        left = next((question for question in asked if question not in judged), asked[0] if asked else None)
        href = url_for("chamber.question", case_id=case.public_id, question_id=left) if left is not None else ""
        title = newest.questionnaire.criterion[criterion.id].title
        tasks.append(Task(title, kind, f"{done} von {len(asked)} eingeschätzt", href))
    tasks += [*_list_talk(case, threads), *_list_after(case)]
    return Progress(tuple(tasks), judged_here, asked_here, False)


def _list_talk(case: Case, threads: Sequence[StoredThread]) -> list[Task]:
    """What was asked and recommended, where there is any; the way leads to what the town has answered first."""
    tasks = []
    if threads:
        stand = [each.state for each in threads]
        said = say_threads(stand.count(ThreadState.OPEN), stand.count(ThreadState.ANSWERED))
        first = min(threads, key=lambda each: WAITS.index(each.state))
        anchor = f"rueckfrage-{first.id}"
        page = url_for("chamber.question", case_id=case.public_id, question_id=first.question, _anchor=anchor)
        tasks.append(Task("Rückfragen", "open" if said else "done", said or "alle erledigt", page))
    sent = [each.for_chamber for each in read_recommendations(case.id) if each.sent_at is not None]
    states = [state for state in sent if state is not RecommendationState.WITHDRAWN]
    if states:
        answered = states.count(RecommendationState.SUBMITTED)
        said = f"{answered} eingereicht" if answered else f"{len(states)} gesendet"
        page = url_for("chamber.recommendations", case_id=case.public_id)
        tasks.append(Task("Empfehlungen", "open" if answered else "neutral", said, page))
    return tasks


WAITS = (ThreadState.ANSWERED, ThreadState.OPEN, ThreadState.DONE)
"""Which thread an advisor looks at first."""
FRAME = (Field.METHOD, Field.PERIOD, Field.WHO, Field.CHECK_QUALITY, Field.PAPER_QUALITY)
"""What a record says of how the review was done; of who takes part one name is enough."""
WRITTEN = (RecordState.FINISHED, RecordState.FINAL)
NOT_BEGUN = "noch nicht begonnen"
PREPARED = {
    CaseState.PREPARED: ("unclear", "vorbereitet"),
    CaseState.RELEASED: ("done", "freigegeben"),
    CaseState.CLOSED: ("done", "abgeschlossen"),
}


def _list_after(case: Case) -> list[Task]:
    """What comes after the questions: how the review was done, agenda and record, the result."""
    interview = read_interview(case.id)
    begun = bool(interview.parts) or interview.state is not RecordState.DRAFT
    told = sum(bool(interview.texts(field)) for field in FRAME)
    there, page = "done" if told == len(FRAME) else "open", url_for("chamber.interview", case_id=case.public_id)
    record, said = interview.state in WRITTEN, RECORD_STATES[interview.state] if begun else NOT_BEGUN
    result = PREPARED.get(case.state, ("open", "noch offen"))
    return [
        Task(
            "Methode, Zeitraum, Teilnehmende, Qualität der Unterlagen", there, f"{told} von {len(FRAME)} Angaben", page
        ),
        Task("Agenda und Prüfprotokoll", "done" if record else "open", said, page),
        Task("Ergebnis", *result, url_for("chamber.result", case_id=case.public_id)),
    ]
