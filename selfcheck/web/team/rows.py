"""What the team page says of each place: its state in words, its questions, what waits for the coordination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import Question
from selfcheck.reporting.words import german
from selfcheck.store.parts.values import author
from selfcheck.store.team.places import Place
from selfcheck.web.http import clock
from selfcheck.web.layout.check_page import ANSWERED, CheckPage
from selfcheck.web.team.asked import lacks_document

SOMEBODY = "jemandem ohne Namen"
MAIL_REFUSED = "Mail nicht angenommen, Adresse prüfen"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place. `tag` and `state` are its state as a tag says it; `people` their names, `closed` why it is.

    `lacking` are those of the questions whose answer nothing proves yet, `refused` says that no mail reaches it.
    """

    place: Place
    tag: str
    state: str
    answered: str
    questions: tuple[Question, ...]
    lacking: tuple[Question, ...]
    people: str
    closed: str
    mine: bool
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Declined:
    """A question that an office sent back, and whom else it can be given to: (public id, name)."""

    place: Place
    question: Question
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Team:
    coordination: tuple[PlaceRow, ...]
    colleagues: tuple[PlaceRow, ...]
    offices: tuple[PlaceRow, ...]
    ended: tuple[PlaceRow, ...]
    messages: tuple[Place, ...]
    declined: tuple[Declined, ...]


def build_team(page: CheckPage, places: Sequence[Place]) -> Team:
    """All places of the self-check, told apart by what they may."""
    rows = [show_place(page, place) for place in places]
    live = [row for row in rows if not row.closed]
    offices = tuple(row for row in live if row.place.role is Role.OFFICE)
    return Team(
        coordination=tuple(row for row in live if row.place.role is Role.COORDINATOR and row.place.people),
        colleagues=tuple(row for row in live if row.place.role is Role.COLLEAGUE),
        offices=offices,
        ended=tuple(row for row in rows if row.closed and row.place.role is not Role.COORDINATOR),
        messages=tuple(row.place for row in rows if row.place.unread),
        declined=tuple(each for row in offices for each in _list_declined(page, row.place, live)),
    )


def show_place(page: CheckPage, place: Place) -> PlaceRow:
    questions = tuple(question for question in page.questionnaire.questions if question.id in place.questions)
    done = _count_answered(page, questions)
    lacking = tuple(question for question in questions if lacks_document(page, question))
    begun = _has_begun(page, place, questions)
    tag, state = _say_state(page, place, len(questions) - done, len(lacking), begun=begun)
    return PlaceRow(
        place=place,
        tag=tag,
        state=state,
        answered=_say_answered(done, len(questions), len(lacking), begun=begun),
        questions=questions,
        lacking=lacking,
        people=german.listing([person.name or person.mail or SOMEBODY for person in place.people]),
        closed=_say_closed(page, place),
        mine=place.place_id == page.access.place_id,
        refused=MAIL_REFUSED if place.mail and place.mail_refused_at and not place.returned_at else "",
    )


def _has_begun(page: CheckPage, place: Place, questions: Sequence[Question]) -> bool:
    """Whether anything at its questions is from this place."""
    names = {place.label, *(author(person.name, place.label) for person in place.people)}
    stored = [page.loaded.stored[each.id] for each in questions if each.id in page.loaded.stored]
    brought = (piece.place_id for each in questions for piece in page.loaded.evidence.get(each.id, ()))
    return place.place_id in brought or any(not names.isdisjoint((each.choice_by, each.note_by)) for each in stored)


def _say_answered(done: int, all: int, lacking: int, *, begun: bool) -> str:
    """`2 von 3 beantwortet, 1 ohne Beleg`; nothing is answered by an office that has not begun."""
    if not all:
        return ""
    documents = f", {lacking} ohne Beleg" if lacking else ""
    if done and not begun:
        share = "" if done == all else f"{done} davon "
        return f"{german.count(all, 'Frage', 'Fragen')}, {share}schon von anderen beantwortet{documents}"
    return f"{done} von {all} beantwortet{documents}"


def _say_closed(page: CheckPage, place: Place) -> str:
    if place.withdrawn_at is not None:
        return f"zurückgezogen am {german.day(clock.local(place.withdrawn_at).date())}"
    if place.ends_on is not None and place.ends_on < page.today:
        return f"abgelaufen am {german.day(place.ends_on)}"
    return ""


def _say_state(page: CheckPage, place: Place, open_questions: int, lacking: int, *, begun: bool) -> tuple[str, str]:
    """What has an answer already, whoever gave it, is neither overdue nor waited for; a document is waited for."""
    if place.returned_at is not None:
        later = ", danach geändert" if place.changed else ""
        return "done", f"zurückgegeben am {german.day(clock.local(place.returned_at).date())}{later}"
    if place.questions and not open_questions and not lacking:
        return "done", "alles beantwortet" if place.opened else "alles beantwortet, Link nicht geöffnet"
    if place.due_on is not None and place.due_on < page.today:
        return "danger", f"überfällig seit {german.day(place.due_on)}"
    if begun:
        return "neutral", "begonnen"
    return "neutral", "geöffnet" if place.opened else "noch nicht geöffnet"


def _count_answered(page: CheckPage, questions: Sequence[Question]) -> int:
    answers = page.loaded.answers
    return sum(question.id in answers and answers[question.id].state in ANSWERED for question in questions)


def _call(row: PlaceRow) -> str:
    """Offices by their own name, colleagues by theirs where one knows it."""
    place = row.place
    return f"{row.people} ({place.label})" if place.role is Role.COLLEAGUE and row.people else place.label


def _list_declined(page: CheckPage, place: Place, rows: Sequence[PlaceRow]) -> list[Declined]:
    """What this office sent back, and nobody has answered since nor is asked instead."""
    elsewhere = [row for row in rows if row.place.place_id != place.place_id]
    invited = [row for row in elsewhere if row.place.role in (Role.OFFICE, Role.COLLEAGUE)]
    others = tuple((row.place.public_id, _call(row)) for row in invited)
    waiting = set(place.undecided).difference(*(row.place.questions for row in elsewhere))
    return [Declined(place, question, others) for question in page.questionnaire.questions if question.id in waiting]
