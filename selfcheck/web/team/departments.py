"""Asking all offices at once: the departments as the town calls them, with their open questions and missing documents,
on one page, and all their letters on the next.

A department that is ticked gets a letter of its own, or one together with another; the same name is the same office.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask import request
from flask.typing import ResponseReturnValue

from selfcheck.core.permissions import Right, Role
from selfcheck.core.questionnaire.model import Question, QuestionId
from selfcheck.core.rules.to_do.departments import OwnDepartment
from selfcheck.core.text.order import fold
from selfcheck.store.team import many_offices
from selfcheck.store.team.many_offices import NewOffice, Shown, Term
from selfcheck.store.team.places import Place, places_of
from selfcheck.web.http import clock
from selfcheck.web.http.browser.shown_once import NewLink
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.fields import list_wrong
from selfcheck.web.team import mails, pages, place_link
from selfcheck.web.team.asked import is_open, lacks_document
from selfcheck.web.team.forms import DepartmentForm, TermForm, usual_end
from selfcheck.web.team.link_code import Code, draw_code
from selfcheck.web.team.page import ROOT, show
from selfcheck.web.team.rows import PlaceRow, show_place

ADDRESS = f"{ROOT}/fachbereiche"
NOBODY = "Bitte kreuzen Sie mindestens einen Fachbereich an."
NO_LETTER = "„{}“ bekommt hier selbst keinen eigenen Brief. Bitte wählen Sie einen anderen Fachbereich."
TWO_ADDRESSES = "Für „{}“ stehen hier zwei verschiedene Adressen. Bitte lassen Sie eine stehen."


@dataclass(frozen=True, slots=True)
class Row:
    """A department that can be asked. `free` are its open questions that no office is asked yet, `unproven` those that
    lack only a document; `all` are both with what is asked already, so that the same form sent twice finds what it
    asked before. `elsewhere`: offices that are asked the others.
    """

    department: OwnDepartment
    free: tuple[Question, ...]
    unproven: tuple[Question, ...]
    all: tuple[QuestionId, ...]
    elsewhere: tuple[str, ...]
    form: DepartmentForm
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> bool:
        return bool(self.form.asked.data)

    @property
    def joined(self) -> str:
        return str(self.form.joined.data or "")


@dataclass(frozen=True, slots=True)
class Board:
    """What the page shows: departments to ask, offices that were asked, departments with nothing to ask, and questions
    that an office gave back, which the page „Team“ is for."""

    rows: tuple[Row, ...]
    offices: tuple[PlaceRow, ...]
    done: tuple[OwnDepartment, ...]
    given_back: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class OfficeLetter:
    """The letter to one office, this once."""

    place: Place
    link: NewLink
    mailed: bool

    @property
    def code(self) -> Code:
        return draw_code(self.link.url)


@pages.route(ADDRESS, methods=["GET", "POST"])
def offices(check_id: str) -> ResponseReturnValue:
    """The page, and with POST all letters: what is asked already is not asked again, so twice is once."""
    page = check_page.open_check(check_id, Right.TEAM)
    board, term = build_board(page, places_of(page.check.id)), TermForm()
    account, nobody = mails.mailing_account(), ""
    if request.method == "POST":
        wanted = read_offices(board, with_mail=account is not None)
        nobody = "" if any(row.asked for row in board.rows) else NOBODY
        if term.validate() and not nobody and not any(row.wrong for row in board.rows):
            days = Term(term.due_on, usual_end(term.due_on))
            letter = mails.ask_office(account, page) if account is not None else None
            asked = many_offices.ask(page.check.id, wanted, days, page.access.who, clock.now(), letter)
            return _show_letters(page, asked)
    errors = _list_errors(board, term, nobody)
    shown = show("team/departments.html", page, board=board, term=term, account=account, errors=errors, nobody=nobody)
    return shown, 422 if errors else 200


@pages.post(f"{ADDRESS}/briefe")
def letters(check_id: str) -> str:
    """A fresh link and letter for every office that has not answered yet; the links of before live on."""
    page = check_page.open_check(check_id, Right.TEAM)
    return _show_letters(page, many_offices.issue_all(page.check.id, page.access.who, clock.now()))


def _show_letters(page: CheckPage, shown: Sequence[Shown]) -> str:
    places = {place.public_id: place for place in places_of(page.check.id)}
    made = [
        OfficeLetter(places[each.public_id], place_link.write(page, places[each.public_id], each.token), each.mailed)
        for each in shown
    ]
    return show("team/letters.html", page, letters=made, mailed=[each for each in made if each.mailed])


def build_board(page: CheckPage, places: Sequence[Place]) -> Board:
    """The departments as they stand, with what was submitted in their fields."""
    asked = [place for place in places if place.role is Role.OFFICE and place.is_open(page.today)]
    taken = {question: place for place in asked for question in place.questions}
    declined = {question for place in asked for question in place.undecided if question not in taken}
    waiting = [each for each in page.questionnaire.questions if is_open(page, each) or lacks_document(page, each)]
    rows, done = [], []
    for department in _list_departments(page):
        own = [each for each in waiting if each.department in department.ids and each.id not in declined]
        if any(each.id not in taken for each in own) or (own and f"{department.id}.label" in request.form):
            rows.append(_make_row(page, department, own, taken))
        elif not own:
            done.append(department)
    _offer_others(rows, asked)
    return Board(
        tuple(rows),
        tuple(show_place(page, place) for place in asked),
        tuple(done),
        tuple(question for question in page.questionnaire.questions if question.id in declined),
    )


def _list_departments(page: CheckPage) -> Iterator[OwnDepartment]:
    """Those of the page; a form that was sent from it before it made some of them one has them apart."""
    for own in page.departments.all:
        apart = [id for id in own.ids if f"{id}.label" in request.form]
        if apart in ([], [own.id]):
            yield own
        else:
            yield from (own._replace(ids=(id,)) for id in own.ids)


def _make_row(
    page: CheckPage, department: OwnDepartment, own: Sequence[Question], taken: Mapping[QuestionId, Place]
) -> Row:
    free = [question for question in own if question.id not in taken]
    unproven = tuple(question for question in free if lacks_document(page, question))
    elsewhere = tuple(dict.fromkeys(taken[each.id].label for each in own if each.id in taken))
    known = [each for each in page.questionnaire.questions if each.department in department.ids and each.id in taken]
    called = {taken[each.id].label for each in known}
    label = called.pop() if len(called) == 1 else department.title
    posted = request.form if request.method == "POST" else None
    form = DepartmentForm(posted, prefix=f"{department.id}.", data={"asked": True, "label": label})
    still_open = tuple(question for question in free if question not in unproven)
    return Row(department, still_open, unproven, tuple(question.id for question in own), elsewhere, form)


def _offer_others(rows: Sequence[Row], asked: Sequence[Place]) -> None:
    """With whom each department can get one letter: with another one of the page, or an office that was asked."""
    known = {place.public_id: f"{place.label} (schon gefragt)" for place in asked}
    names = {fold(place.label) for place in asked}
    offered = [row for row in rows if fold(row.department.title) not in names]
    for row in rows:
        others = {str(each.department.id): each.department.title for each in offered if each is not row}
        row.form.joined.choices = list(({"": "niemandem, eigener Brief"} | others | known).items())


def read_offices(board: Board, *, with_mail: bool) -> list[NewOffice]:
    """Whom the form asks; what is wrong with a row stands in it then."""
    by_id = {str(row.department.id): row for row in board.rows}
    labels = {row.place.public_id: row.place.label for row in board.offices}
    made: dict[str, NewOffice] = {}
    for row in board.rows:
        if not row.asked:
            continue
        other = by_id.get(row.joined)
        if not row.joined:
            row.wrong.update(_find_wrong(row.form, with_mail))
        elif row.joined not in labels and (other is None or not other.asked or other.joined):
            row.wrong["joined"] = NO_LETTER.format(other.department.title if other else "Dieser Fachbereich")
        label = labels.get(row.joined) or (other or row).form.label.data or ""
        mail = row.form.mail.data or "" if with_mail and not row.joined else ""
        _add(made, row, NewOffice(label, row.all, mail))
    return list(made.values())


def _find_wrong(form: DepartmentForm, with_mail: bool) -> dict[str, str]:
    form.validate()
    return {name: said for name, said in list_wrong(form).items() if with_mail or name != "mail"}


def _add(made: dict[str, NewOffice], row: Row, new: NewOffice) -> None:
    """The same name again is the same office: its questions come together."""
    earlier = made.get(fold(new.label))
    if earlier is None:
        made[fold(new.label)] = new
        return
    if new.mail and earlier.mail and new.mail != earlier.mail:
        row.wrong["mail"] = TWO_ADDRESSES.format(new.label)
    together = (*earlier.questions, *new.questions)
    made[fold(new.label)] = NewOffice(earlier.label, together, earlier.mail or new.mail)


def _list_errors(board: Board, term: TermForm, nobody: str) -> list[tuple[str, str]]:
    """Each wrong field by its id, for the summary."""
    ticks = [f"{row.department.id}.asked" for row in board.rows]
    errors = [(ticks[0] if ticks else "inhalt", nobody)] if nobody else []
    errors += [(f"{row.department.id}.{name}", said) for row in board.rows for name, said in row.wrong.items()]
    return errors + term.listed_errors
