"""What there is to do in a case, as a list: the sender, and each criterion with how much of it is judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask import url_for

from selfcheck.core.review.case import CaseState, Sender
from selfcheck.core.review.recommendations import RecommendationState
from selfcheck.core.review.record import Field, RecordState
from selfcheck.core.review.thread import ThreadState
from selfcheck.core.rules.estimate import Applies
from selfcheck.reporting.report.stand import DamagedStand, Stand, stand_from_plain
from selfcheck.reporting.review.case_text import say_threads
from selfcheck.store.chamber.cases import Case
from selfcheck.store.chamber.interview.parts import read_interview
from selfcheck.store.chamber.judging.judgements import read_judgements
from selfcheck.store.chamber.stands import read_stand
from selfcheck.store.chamber.talk.recommendations import read_recommendations
from selfcheck.store.chamber.talk.threads import StoredThread
from selfcheck.web.layout.catalogue import find_version

SENDERS = {
    Sender.OPEN: ("open", "nicht von der IHK geprüft"),
    Sender.CONFIRMED: ("done", "bestätigt"),
    Sender.REFUSED: ("danger", "abgelehnt"),
}


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
    frame = Task("Rahmen: Wer den Bericht geschickt hat", *SENDERS[case.sender], where)
    stand, judged = _read_stand(case), {id for id, each in read_judgements(case.id).items() if each.said.judged}
    if stand is None:
        return Progress((frame,), len(judged), case.asked, True)
    questionnaire = find_version(stand.questionnaire)
    titles = {each.id: each.title for each in questionnaire.criteria} if questionnaire is not None else {}
    tasks, judged_here, asked_here = [frame], 0, 0
    for criterion in stand.estimate.criteria:
        asked = [line.question for line in criterion.lines if line.applies is not Applies.NO]
        done = sum(question in judged for question in asked)
        judged_here, asked_here = judged_here + done, asked_here + len(asked)
        kind = "done" if done == len(asked) else "open"
        left = next((question for question in asked if question not in judged), asked[0] if asked else None)
        href = url_for("chamber.question", case_id=case.public_id, question_id=left) if left is not None else ""
        tasks.append(Task(titles.get(criterion.id, criterion.id), kind, f"{done} von {len(asked)} eingeschätzt", href))
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


def _read_stand(case: Case) -> Stand | None:
    newest = read_stand(case, case.stand)
    plain = newest.content if newest is not None else None
    questionnaire = find_version(str(plain.get("questionnaire"))) if plain is not None else None
    if plain is None or questionnaire is None:
        return None
    try:
        return stand_from_plain(questionnaire, plain)
    except DamagedStand:
        return None


WAITS = (ThreadState.ANSWERED, ThreadState.OPEN, ThreadState.DONE)
"""Which thread an advisor looks at first."""
FRAME = (Field.METHOD, Field.PERIOD, Field.WHO, Field.CHECK_QUALITY, Field.PAPER_QUALITY)
"""What a record says of how the review was done; of who takes part one name is enough."""
RECORD = {
    RecordState.DRAFT: ("open", "Entwurf"),
    RecordState.FINISHED: ("done", "fertig"),
    RecordState.OPEN_AGAIN: ("open", "wieder offen"),
    RecordState.FINAL: ("done", "endgültig"),
}
NOT_BEGUN = ("open", "noch nicht begonnen")
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
    result = PREPARED.get(case.state, ("open", "noch offen"))
    return [
        Task("Methode, Zeitraum, Teilnehmende, Güte der Unterlagen", there, f"{told} von {len(FRAME)} Angaben", page),
        Task("Agenda und Prüfprotokoll", *(RECORD[interview.state] if begun else NOT_BEGUN), page),
        Task("Ergebnis", *result, url_for("chamber.result", case_id=case.public_id)),
    ]
