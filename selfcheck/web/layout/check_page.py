"""What every page of one self-check needs: fetched once, estimated once, framed once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import abort, render_template, url_for

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Question, Questionnaire
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.estimate import Applies, CriterionEstimate, Estimate
from selfcheck.core.rules.situation import Situation
from selfcheck.reporting.words.names import AUDITS
from selfcheck.store.access.grants import Access
from selfcheck.store.catalogue.catalogue import Prepared, UnknownQuestionnaire
from selfcheck.store.parts import saving
from selfcheck.store.parts.values import Check, Loaded
from selfcheck.web.http import clock, guards
from selfcheck.web.layout.catalogue import catalogue
from selfcheck.web.layout.frame import Frame, NavGroup, NavItem

TOGETHER = (
    (Right.READ, ("Mein Teil", "team.mine")),
    (Right.TEAM, ("Team", "team.overview")),
    (Right.READ, ("Verlauf", "history.changes")),
    (Right.SHARE, ("Mit der IHK teilen", "sharing.overview")),
)
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

    def may(self, right: Right) -> bool:
        """Whether to offer what needs this right; the guard asks again when it is used."""
        return self.access.may(right)

    @property
    def today(self) -> date:
        return self.situation.today

    @property
    def day(self) -> date:
        """The day that counts for evidence."""
        return self.situation.day


def open_check(check_id: str, right: Right) -> CheckPage:
    """Fetches and estimates the self-check for a visitor who has this right; ends in 404, 403 or 410 otherwise."""
    return load_page(guards.enter(check_id, right))


def load_page(access: Access) -> CheckPage:
    """The same for a visitor who has been let in."""
    return show_loaded(access, saving.load(access.check, prepare(access.check).questionnaire))


def prepare(check: Check) -> Prepared:
    """The questionnaire of `check`; 503 where its files are gone."""
    try:
        return catalogue().prepared(check.questionnaire)
    except UnknownQuestionnaire:
        abort(503)


def show_loaded(access: Access, loaded: Loaded) -> CheckPage:
    """The same where the content has been read, as a save does."""
    check, prepared = access.check, prepare(access.check)
    situation = Situation(
        prepared.questionnaire, check.profile, loaded.answers, loaded.extras, clock.today(), check.interview
    )
    return CheckPage(access, check, prepared, loaded, situation)


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
    """What stands around the page at the address `current`; whoever has an account signs out of it as a whole."""
    check, navigation = page.check, navigate(page, current)
    by_account = page.access.account_id is not None
    return Frame(
        municipality=check.municipality,
        audit=AUDITS[check.profile.audit],
        interview=check.interview,
        days_left=(check.interview - page.today).days if check.interview else None,
        navigation=navigation,
        sign_out=url_for("accounts.sign_out") if by_account else url_for("overview.sign_out", check_id=check.public_id),
        page=next((item.title for group in navigation for item in group.items if item.current), ""),
    )


def navigate(page: CheckPage, current: str) -> tuple[NavGroup, ...]:
    """The navigation as it is on the page at the address `current`."""

    def link(title: str, endpoint: str, criterion: CriterionEstimate | None = None) -> NavItem:
        href = url_for(endpoint, check_id=page.check.public_id, criterion_id=criterion.id if criterion else None)
        return NavItem(title, href, href == current, *(answered(criterion) if criterion else ()))

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
            ),
        ),
        NavGroup("Zusammenarbeit", tuple(link(*each) for right, each in TOGETHER if page.may(right))),
    )
