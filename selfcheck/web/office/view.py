"""What the page of an office shows: who asks what until when, how far it is, and what could not be saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from markupsafe import Markup, escape

from selfcheck.core.questionnaire.model import Question, Questionnaire
from selfcheck.core.rules.answers import Contact
from selfcheck.reporting.words import german
from selfcheck.reporting.words.names import name_office
from selfcheck.store.parts.values import Check
from selfcheck.store.team.offices import OwnPart
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.layout.contact import link_mail, link_phone
from selfcheck.web.office.message import GROUP, NAME, MessageShown, show_message
from selfcheck.web.parts.conflicts import draw_conflicts
from selfcheck.web.parts.protocol import Saving
from selfcheck.web.parts.submitted import Submission
from selfcheck.web.questions.cards import Card, add_examples, build_cards, list_errors, saved_at
from selfcheck.web.questions.trouble import Trouble

EARLY = "Sie können auch zurückgeben, bevor alles beantwortet ist."
Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """What of a submitted page could not be written; `left_out` are texts for questions that are others' by now."""

    submission: Submission | None = None
    saving: Saving | None = None
    trouble: Mapping[str, Trouble] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the questions that are asked now have an answer, and how many of these lack a document; `unplaced`
    are documents that nobody could find, `saved` is when anything was last saved.
    """

    answered: int
    total: int
    lacking: int
    saved: datetime | None
    unplaced: int = 0

    @property
    def early(self) -> str:
        """That it may be handed back as it is, while anything is open."""
        return EARLY if self.answered < self.total else ""

    @property
    def count(self) -> str:
        return f"{self.answered} von {self.total}"

    @property
    def sentence(self) -> str:
        """`2 von 3 Fragen sind beantwortet. Bei einer fehlt noch ein Beleg.`"""
        return f"{self._answered}{self._lacking}{self._unplaced}"

    @property
    def _lacking(self) -> str:
        if not self.lacking:
            return ""
        if self.lacking == 1:
            return f" {'Es' if self.total == 1 else 'Bei einer'} fehlt noch ein Beleg."
        return f" Bei {'beiden' if self.total == 2 else self.lacking} fehlt noch je ein Beleg."

    @property
    def _unplaced(self) -> str:
        if not self.unplaced:
            return ""
        if self.unplaced == 1:
            return " Bei einem Beleg fehlt die Fundstelle."
        return f" Bei {self.unplaced} Belegen fehlt die Fundstelle."

    @property
    def _answered(self) -> str:
        if self.total == 0:
            return "Zurzeit ist keine Frage zu beantworten."
        if self.total == 1:
            return "Die Frage ist beantwortet." if self.answered else "Die Frage ist noch offen."
        if self.answered == 0:
            return f"Noch ist keine der {'beiden' if self.total == 2 else self.total} Fragen beantwortet."
        if self.answered == self.total:
            return f"{'Beide' if self.total == 2 else f'Alle {self.total}'} Fragen sind beantwortet."
        return f"{self.count} Fragen {'ist' if self.answered == 1 else 'sind'} beantwortet."


@dataclass(frozen=True)
class View:
    """`declined` are former questions of the office that it may take again; `left_out` as in `Refused`.

    `next_open`: the first question that still waits for an answer.
    """

    title: str
    facts: Facts
    overdue: bool
    part: OwnPart
    cards: tuple[Card, ...]
    declined: tuple[Question, ...]
    message: MessageShown
    progress: Progress
    errors: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]
    scope: str
    next_open: Question | None


def build_view(page: CheckPage, part: OwnPart, refused: Refused) -> View:
    """The page as it stands; parts that were refused keep what was submitted."""
    page = replace(page, access=replace(page.access, assigned=part.questions))
    questions = pick(page.questionnaire, part.questions)
    cards = add_examples(build_cards(page, questions, refused.trouble), page.access)
    message = show_message(part.message, refused.submission, refused.saving)
    progress = count_progress(page, questions, message.saved)
    lines = ((question, page.estimate.line[question.id]) for question in questions if not page.hides(question))
    return View(
        title=say_title(progress.total, part.office),
        facts=list_facts(page.check, part),
        overdue=part.due_on is not None and part.due_on < page.today and part.returned_at is None,
        part=part,
        cards=cards,
        declined=pick(page.questionnaire, part.declined),
        message=message,
        progress=progress,
        errors=(*list_errors(cards), *_list_message_errors(message)),
        left_out=refused.left_out,
        scope=f"{page.check.public_id}-{page.access.place_id}",
        next_open=next((question for question, line in lines if line.state not in check_page.ANSWERED), None),
    )


def pick(questionnaire: Questionnaire, ids: frozenset[str]) -> tuple[Question, ...]:
    """Those questions, in the order of the questionnaire."""
    return tuple(question for question in questionnaire.questions if question.id in ids)


def say_title(number: int, office: str) -> str:
    """`3 Fragen an das Bauamt`."""
    return f"{german.count(number, 'Frage', 'Fragen') if number else 'Keine Fragen'} an {name_office(office)}"


def list_facts(check: Check, part: OwnPart) -> Facts:
    """Who asks, until when, and how long it can be changed."""
    days = (("Antwort bis", part.due_on), ("Änderbar bis", part.ends_on))
    contact = ("Es fragt", say_contact(check.contact, check.municipality, part.coordinator))
    return (contact, *((label, german.day(day)) for label, day in days if day))


def say_contact(contact: Contact, town: str, coordinator: str) -> Markup:
    """The contact of the self-check, with phone and address as links; where it has no name, that of the account that
    coordinates, if any."""
    name = contact.name or coordinator
    phone = link_phone(contact.phone) if contact.phone else ""
    mail = link_mail(contact.mail) if contact.mail else ""
    who = (name, contact.office) if name or contact.office else ("Koordination", town)
    return Markup(", ").join(part for part in (*who, phone, mail) if part)


def count_progress(page: CheckPage, questions: Sequence[Question], message_saved: datetime | None = None) -> Progress:
    asked = [page.estimate.line[question.id] for question in questions if not page.hides(question)]
    shown = [question.id for question in questions if not page.hides(question)]
    pieces = [piece for id in shown for piece in page.loaded.evidence.get(id, ())]
    moments = (message_saved, *(saved_at(page, question) for question in questions))
    return Progress(
        answered=sum(line.state in check_page.ANSWERED for line in asked),
        total=len(asked),
        lacking=sum(line.points.unproven > 0 for line in asked),
        saved=max((moment for moment in moments if moment is not None), default=None),
        unplaced=sum(not piece.evidence.located for piece in pieces if piece.evidence.available),
    )


def draw_progress(page: CheckPage, office: str, questions: Sequence[Question], saving: Saving) -> dict[str, str]:
    """What changes on the page beside the cards, by selector."""
    progress = count_progress(page, questions)
    drawn = {
        "[data-title]": str(escape(say_title(progress.total, office))),
        "[data-progress]": progress.sentence,
        "[data-early]": progress.early,
        "[data-count]": progress.count,
    }
    if NAME in saving.parts:
        drawn[f"#konflikte-{GROUP}"] = draw_conflicts(saving.list_conflicts(NAME), GROUP)
    return drawn


def _list_message_errors(message: MessageShown) -> list[tuple[str, str]]:
    if message.error:
        return [(NAME, message.error)]
    return [(f"konflikt-{GROUP}", "Ihre Nachricht wurde zwischenzeitlich geändert.")] if message.conflicts else []
