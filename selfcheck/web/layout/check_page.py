"""What every page of one self-check needs: fetched once, estimated once, framed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask import abort, render_template, request, url_for

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Question, QuestionId, Questionnaire
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.audit_sheet import Beside
from selfcheck.core.rules.estimate import Applies, CriterionEstimate, Estimate
from selfcheck.core.rules.situation import Situation
from selfcheck.core.rules.to_do.departments import OwnDepartments
from selfcheck.reporting.words.names import AUDITS
from selfcheck.store.access.grants import Access
from selfcheck.store.catalogue.catalogue import Prepared, UnknownQuestionnaire
from selfcheck.store.chamber.talk.threads import Asked, list_asked
from selfcheck.store.parts import saving
from selfcheck.store.parts.values import Check, Loaded, StoredSheet
from selfcheck.store.parts.work import OtherVersion
from selfcheck.web.http import clock, guards
from selfcheck.web.layout.beside import estimate_beside, load_sheet
from selfcheck.web.layout.catalogue import catalogue
from selfcheck.web.layout.frame import NOTHING, Frame, NavGroup, NavItem
from selfcheck.web.layout.steps import Checklist, derive_checklist
from selfcheck.web.layout.waiting import count_waiting

TOGETHER = (
    (Right.COMMENT, ("Mein Teil", "team.mine")),
    (Right.TEAM, ("Team", "team.overview")),
    (Right.STATES, ("Verlauf", "history.changes")),
    (Right.SHARE, ("Mit der IHK teilen", "sharing.overview")),
)
ASKED_BY_CHAMBER = ("Rückfragen der IHK", "reply.overview")
RECOMMENDED = ("Empfehlungen der IHK", "reply.recommendations")
RELEASED = ("Ergebnis der IHK", "reply.result")
EXAMPLES = ("Gute Beispiele", "good_examples.overview")
ANSWERED = (State.GIVEN, State.NOT_APPLICABLE)


@dataclass(frozen=True)
class CheckPage:
    """One self-check as this visitor sees it now, and where its municipality stands."""

    access: Access
    check: Check
    prepared: Prepared
    loaded: Loaded
    situation: Situation

    @property
    def questionnaire(self) -> Questionnaire:
        return self.prepared.questionnaire

    @property
    def estimate(self) -> Estimate:
        return self.situation.estimate

    def hides(self, question: Question) -> bool:
        """Whether `question` does not apply; its card is there, but nobody sees it."""
        return self.estimate.line[question.id].applies is Applies.NO

    @property
    def goals(self) -> Mapping[str, int]:
        """The goals that measures have become: number by the text of the measure."""
        texts = {entry.number: (entry.text.title, entry.text.measure) for entry in self.loaded.goals}
        return {text: number for number, both in texts.items() for text in both if text}

    def may(self, right: Right) -> bool:
        """Whether to offer what needs this right; the guard asks again when it is used."""
        return self.access.may(right)

    @property
    def today(self) -> date:
        return self.situation.today

    @cached_property
    def unconfirmed(self) -> frozenset[QuestionId]:
        """The questions that apply, or may, whose answer was taken over and waits for somebody to confirm it."""
        marked = {id for id, answer in self.loaded.stored.items() if answer.unconfirmed}
        asked = (question for question in self.questionnaire.questions if question.id in marked)
        return frozenset(question.id for question in asked if not self.hides(question))

    @cached_property
    def checklist(self) -> Checklist:
        """Its steps and what people said about them."""
        return derive_checklist(self.access, self.situation)

    @property
    def departments(self) -> OwnDepartments:
        """The departments of the questionnaire as the town calls them: every page names them by these."""
        return self.checklist.departments

    @cached_property
    def sheet(self) -> StoredSheet:
        """What stands in the Prüfbogen that was laid beside."""
        return load_sheet(self.access)

    @cached_property
    def beside(self) -> Beside | None:
        """The second estimate; None as long as no question has points in the Prüfbogen."""
        return estimate_beside(self.situation, self.loaded, self.sheet)

    @cached_property
    def asked(self) -> Mapping[QuestionId, tuple[Asked, ...]]:
        """What the chamber asked, by question: one statement where it did, none elsewhere."""
        found: dict[QuestionId, tuple[Asked, ...]] = {}
        for each in list_asked(self.check.id) if self.access.chamber_asked else ():
            found[each.thread.question] = (*found.get(each.thread.question, ()), each)
        return found

    @property
    def day(self) -> date:
        """The day that counts for evidence."""
        return self.situation.day


def open_check(check_id: str, right: Right) -> CheckPage:
    """Fetches and estimates the self-check for a visitor who has this right; ends in 404, 403 or 410 otherwise."""
    return load_page(guards.enter(check_id, right))


def load_page(access: Access) -> CheckPage:
    """The same for a visitor who has been let in."""
    if access.sample is not None:
        return show_loaded(access, access.sample.loaded)
    return show_loaded(access, saving.load(access.check, prepare(access.check).questionnaire))


def prepare(check: Check) -> Prepared:
    """The questionnaire of `check`; 503 where its files are gone."""
    try:
        return catalogue().prepared(check.questionnaire)
    except UnknownQuestionnaire:
        abort(503)


def refuse_other_version(access: Access) -> None:
    """Raises `OtherVersion` where the form that came stood on a page of another version of the questionnaire."""
    if request.form.get("fassung", access.check.questionnaire) != access.check.questionnaire:
        raise OtherVersion(access.check.id)


def show_loaded(access: Access, loaded: Loaded) -> CheckPage:
    """The same where the content has been read, as a save does."""
    check, prepared = access.check, prepare(access.check)
    today = clock.today() if access.sample is None else access.sample.now.date()
    return CheckPage(access, check, prepared, loaded, situate(prepared.questionnaire, check, loaded, today))


def situate(questionnaire: Questionnaire, check: Check, loaded: Loaded, today: date) -> Situation:
    """Where the municipality stands, or once stood: evidence counts on the day of the interview as `check` has it, else
    today.
    """
    return Situation(questionnaire, check.profile, loaded.answers, loaded.extras, today, check.interview)


def answered(criterion: CriterionEstimate) -> tuple[int, int]:
    """How many of the questions that apply, or may apply, have an answer."""
    asked = [line for line in criterion.lines if line.applies is not Applies.NO]
    return sum(line.state in ANSWERED for line in asked), len(asked)


def question_address(page: CheckPage, question: Question, target: str = "frage") -> str:
    """Where `question` is answered, or with `target` „rueckfragen“ what was asked about it."""
    check_id, anchor = page.check.public_id, f"{target}-{question.id}"
    opened = question.id if target != "frage" else None  # a folded card has only its head
    return url_for(
        "questions.criterion", check_id=check_id, criterion_id=question.criterion, offen=opened, _anchor=anchor
    )


def render(template: str, page: CheckPage, current: str, **context: object) -> str:
    """Renders `template` in the frame of the self-check; `current` is the address of the open page."""
    return render_template(template, page=page, check=page.check, frame=frame(page, current), **context)


def frame(page: CheckPage, current: str) -> Frame:
    """What stands around the page at the address `current`."""
    check, navigation, sample = page.check, navigate(page, current), page.access.sample
    return Frame(
        municipality=check.municipality,
        audit=AUDITS[check.profile.audit],
        interview=check.interview,
        days_left=(check.interview - page.today).days if check.interview else None,
        navigation=navigation,
        sign_out=_find_way_out(page),
        page=next((item.title for group in navigation for item in group.items if item.current), ""),
        now=clock.now() if sample is None else sample.now,
        sample=sample is not None,
    )


def _find_way_out(page: CheckPage) -> str:
    """Where a visitor signs out: whoever has an account of it as a whole; empty for whoever only looks."""
    if not page.may(Right.LEAVE):
        return ""
    if page.access.account_id is not None:
        return url_for("accounts.sign_out")
    return url_for("overview.sign_out", check_id=page.check.public_id)


def navigate(page: CheckPage, current: str) -> tuple[NavGroup, ...]:
    """The navigation as it is on the page at the address `current`."""

    def link(title: str, endpoint: str, criterion: CriterionEstimate | None = None) -> NavItem:
        href = url_for(endpoint, check_id=page.check.public_id, criterion_id=criterion.id if criterion else None)
        done, total = answered(criterion) if criterion else (None, None)
        return NavItem(title, href, href == current, done, total, waiting.get(endpoint, NOTHING))

    waiting = count_waiting(page.access, page.situation, page.checklist)

    criteria = tuple(
        link(page.questionnaire.criterion[result.id].title, "questions.criterion", result)
        for result in page.estimate.criteria
    )
    return (
        NavGroup("", (link("Übersicht", "overview.overview"),)),
        NavGroup("Fragen", criteria),
        NavGroup(
            "Auswertung",
            (
                link("Ergebnis", "results.result"),
                link("Checkliste", "checklist.checklist"),
                link("Nachweise", "evidence.register"),
                link("Ziele und Sonderpunkte", "goals.lists"),
                *([link("Dokumente", "documents.overview")] if page.may(Right.EXPORT) else []),
            ),
        ),
        NavGroup("Zusammenarbeit", tuple(link(*each) for each in _list_together(page, current)) or _lead_on()),
    )


def _list_together(page: CheckPage, current: str) -> list[tuple[str, str]]:
    """Title and endpoint of each page that is about others. What the chamber asks, recommends, has released and would
    show as a good example stands there only where it did, or where one is on its page."""
    access = page.access
    of_chamber = (
        (Right.COMMENT, ASKED_BY_CHAMBER, access.chamber_asked),
        (Right.COMMENT, RECOMMENDED, access.recommended),
        (Right.COMMENT, RELEASED, access.released),
        (Right.SHARE, EXAMPLES, access.examples),
    )
    there = [
        each
        for right, each, told in of_chamber
        if page.may(right) and (told or current == url_for(each[1], check_id=page.check.public_id))
    ]
    return [*(each for right, each in TOGETHER if page.may(right)), *there]


def _lead_on() -> tuple[NavItem, ...]:
    """What stands in place of working together where somebody only looks."""
    return (NavItem("Bericht an die IHK", url_for("site.sample"), current=False),)
