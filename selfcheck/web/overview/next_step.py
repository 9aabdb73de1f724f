"""How far each criterion is, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import url_for

from selfcheck.core.permissions import Right
from selfcheck.core.questionnaire.model import Criterion
from selfcheck.core.rules.answers import State
from selfcheck.core.rules.estimate import Applies, CriterionEstimate, Line
from selfcheck.core.rules.route import UNSETTLED
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import name_waiting
from selfcheck.reporting.words.totals import say_unproven
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage

NO_POINTS = "Punkte bringt das nicht, aber es bereitet auf das Prüfgespräch vor."


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """How far one criterion is: counts of questions, and its points."""

    criterion: Criterion
    done: int
    total: int
    open: int
    unclear: int
    undocumented: int
    estimate: CriterionEstimate


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do next."""

    title: str
    text: str
    button: str
    href: str


def count_criterion(page: CheckPage, result: CriterionEstimate) -> CriterionRow:
    waiting = [page.estimate.line[id] for id in page.situation.open_questions]
    mine = [line for line in waiting if page.questionnaire.question[line.question].criterion == result.id]
    done, total = check_page.answered(result)
    return CriterionRow(
        criterion=page.questionnaire.criterion[result.id],
        done=done,
        total=total,
        open=sum(line.state is State.OPEN for line in mine),
        unclear=sum(line.state is State.UNCLEAR for line in mine),
        undocumented=sum(line.points.unproven > 0 for line in result.lines),
        estimate=result,
    )


def choose_next(page: CheckPage, rows: list[CriterionRow]) -> NextStep:
    """First what the chamber asks, then the criterion with the most open points that are with no office, missing
    documents, and sharing.
    """
    if page.access.chamber_asks:
        return _next_reply(page)
    left = [row for row in rows if row.done < row.total]
    free = [row for row in left if _list_waiting(page, row)]
    if free:
        return _next_question(page, rows, max(free, key=lambda row: _count_stake(_list_waiting(page, row))))
    if left:
        return _wait_for_offices(page, left)
    without = [row for row in rows if row.undocumented]
    if without:
        return _next_document(page, max(without, key=lambda row: row.estimate.points.claimed))
    if page.access.released:
        return NextStep(
            "Ergebnis der IHK ansehen",
            "Die IHK hat Ihren Bericht geprüft und etwas für Sie freigegeben.",
            "Zum Ergebnis der IHK",
            url_for("reply.result", check_id=page.check.public_id),
        )
    return NextStep(
        "Mit Ihrer IHK teilen",
        "Alle Fragen sind beantwortet und belegt. Besprechen Sie den Stand mit Ihrer IHK.",
        "Zum Teilen",
        url_for("sharing.overview", check_id=page.check.public_id),
    )


def _next_reply(page: CheckPage) -> NextStep:
    number = len(page.access.chamber_asks)
    what = "eine Rückfrage" if number == 1 else f"{german.in_words(number)} Rückfragen"
    return NextStep(
        "Rückfragen der IHK beantworten",
        f"Die IHK hat {what} zu Ihrem Bericht und wartet auf Ihre Antwort.",
        "Zu den Rückfragen",
        url_for("reply.overview", check_id=page.check.public_id),
    )


def _list_waiting(page: CheckPage, row: CriterionRow) -> list[Line]:
    """What is open in a criterion and is with no office."""
    waiting = [line for line in row.estimate.lines if line.applies is not Applies.NO and line.state in UNSETTLED]
    return [line for line in waiting if line.question not in page.checklist.with_offices]


def _count_stake(lines: Sequence[Line]) -> Decimal:
    return sum((line.points.open for line in lines), Decimal(0))


def _wait_for_offices(page: CheckPage, left: Sequence[CriterionRow]) -> NextStep:
    lines = [line for row in left for line in row.estimate.lines if line.applies is not Applies.NO]
    waiting = name_waiting((line.state for line in lines), "en")
    button, where = ("Zum Team", "team.overview") if page.may(Right.TEAM) else ("Zur Checkliste", "checklist.checklist")
    return NextStep(
        "Antworten der Fachbereiche abwarten",
        f"Alle {waiting} Fragen liegen zurzeit bei den Fachbereichen.",
        button,
        url_for(where, check_id=page.check.public_id),
    )


def _next_question(page: CheckPage, rows: list[CriterionRow], row: CriterionRow) -> NextStep:
    waiting = _list_waiting(page, row)
    scoring = [line for line in waiting if page.questionnaire.question[line.question].scores]
    waiting = scoring or waiting
    first = page.questionnaire.question[waiting[0].question]
    count = german.in_words(len(waiting))
    done, total = sum(row.done for row in rows), sum(row.total for row in rows)
    begun = f"{done} von {german.count(total, 'Frage', 'Fragen')} sind beantwortet."
    stake = f"Hier geht es um bis zu {german.points_count(_count_stake(scoring))}." if scoring else NO_POINTS
    return NextStep(
        f"{count[0].upper()}{count[1:]} {'Frage' if len(waiting) == 1 else 'Fragen'} in „{row.criterion.title}“ klären",
        f"{begun} {stake}",
        f"{'Weiter' if done else 'Beginnen'} mit Frage {first.number}",
        check_page.question_address(page, first),
    )


def _next_document(page: CheckPage, row: CriterionRow) -> NextStep:
    line = next(line for line in row.estimate.lines if line.points.unproven > 0)
    question = page.questionnaire.question[line.question]
    return NextStep(
        "Fehlende Belege beschaffen",
        f"Alle Fragen sind beantwortet. {say_unproven(page.estimate)}",
        f"Weiter mit Frage {question.number}",
        check_page.question_address(page, question),
    )
