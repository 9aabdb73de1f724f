"""What stands in a self-check after it has come onto another version: plain contents by slot, as the history writes
them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from selfcheck.core.goals.interim import Interim, Reached, past_goals_of
from selfcheck.core.questionnaire.model import AUDITS, QuestionId, Questionnaire
from selfcheck.core.renewal.plan import Fate, Line, Plan
from selfcheck.core.rules.answers import State, value_to_plain
from selfcheck.store.database import limits
from selfcheck.store.history.contents import Contents, Slot
from selfcheck.store.history.moments import Present
from selfcheck.store.parts.kinds.register import KINDS
from selfcheck.store.parts.loading import ANSWERS, EVIDENCE, GOALS, INTERIMS, PAST_GOALS
from selfcheck.store.parts.shelf import live
from selfcheck.store.parts.values import TAKEN, ChoiceText, EvidenceText, GoalText, PastGoalText, StoredEvidence
from selfcheck.store.parts.writes import Part

LAST_TIME = (
    Part.STEP,
    Part.GOAL,
    Part.PAST_GOAL,
    Part.INTERIM,
    Part.SHEET,
    Part.ONLY_THERE,
    Part.SHEET_MARK,
)
"""What belongs to one audit only: the next one begins without it."""


def list_wanted(plan: Plan, present: Present, new: Questionnaire, *, renewal: bool) -> dict[Slot, object]:
    """What shall stand there at every slot of which the plan says something; None where nothing shall."""
    wanted: dict[Slot, object] = dict(_list_answers(plan, present, renewal))
    wanted |= dict(_list_evidence(plan, present, new))
    if renewal:
        wanted |= {slot: None for slot in present.contents if slot[0] in LAST_TIME}
        wanted |= dict(_list_past_goals(present))
        wanted[Part.DETAILS, ""] = _tell(Part.DETAILS, _renew_details(present))
    return wanted


def _list_answers(plan: Plan, present: Present, renewal: bool) -> Iterator[tuple[Slot, object]]:
    for line in plan.lines:
        gone = line.fate is Fate.GONE
        yield (Part.CHOICE, line.question), None if gone else _choose(line, present, renewal)
        yield (Part.NOTE, line.question), None if gone else line.answer.note or None
    for id in plan.homes:
        if id not in plan.line:
            yield (Part.CHOICE, id), None
            yield (Part.NOTE, id), None


def _choose(line: Line, present: Present, renewal: bool) -> object:
    """What stood there already stays as it is stored. In the self-check that goes on, what nothing has changed about
    needs no new word of anybody."""
    answer, slot = line.answer, (Part.CHOICE, line.question)
    if answer.state is State.OPEN:
        return None
    mark = ",".join(line.reasons) or TAKEN
    stored = present.stock.rows(ANSWERS).get(line.question)
    if line.fate is Fate.TAKEN and stored is not None:
        content = KINDS[Part.CHOICE].say(stored)
        return _tell(slot[0], replace(content, unconfirmed=mark)) if renewal else present.contents.get(slot)
    return _tell(slot[0], ChoiceText(answer.state, value_to_plain(answer.value), answer.reason, mark))


def _list_evidence(plan: Plan, present: Present, new: Questionnaire) -> Iterator[tuple[Slot, object]]:
    for piece in live(present.stock.rows(EVIDENCE).values()):
        homes = [home for id in piece.questions for home in plan.homes.get(QuestionId(id), ())]
        settled = _settle_piece(piece, list(dict.fromkeys(homes)), new)
        yield (Part.EVIDENCE, piece.key), _tell(Part.EVIDENCE, settled) if settled else None


def _settle_piece(piece: StoredEvidence, homes: list[QuestionId], new: Questionnaire) -> EvidenceText | None:
    """A piece keeps its key, so that whatever belongs to it stays with it. One that the questionnaire does not name
    (any more) is an own one, with the name of the document as its title."""
    if not homes:
        return None
    content: EvidenceText = KINDS[Part.EVIDENCE].say(piece)
    first, *others = homes
    content = replace(content, question=first, also=tuple(others))
    if content.usual and content.title not in new.question[first].evidence:
        return replace(content, usual=False, title=content.name or content.title, name="")
    return content


def _list_past_goals(present: Present) -> Iterator[tuple[Slot, object]]:
    """The goals of last time are what is judged now, with what was said of them meanwhile."""
    highest = max((entry.number for entry in present.stock.rows(PAST_GOALS).values()), default=0)
    goals = sorted(live(present.stock.rows(GOALS).values()), key=lambda entry: entry.number)
    judged = past_goals_of({entry.number: _name_agreed(entry.text) for entry in goals}, _list_interims(present))
    for number, each in enumerate(judged, highest + 1):
        text = PastGoalText(each.title, each.achieved, each.documented, each.document, each.location, each.said)
        yield (Part.PAST_GOAL, str(number)), _tell(Part.PAST_GOAL, text)


def _list_interims(present: Present) -> Iterator[Interim]:
    for row in live(present.stock.rows(INTERIMS).values()):
        yield Interim(row.year, row.goal, Reached(row.reached), row.said, row.document, row.location)


def _name_agreed(goal: GoalText) -> str:
    """A goal with what it is measured by, as far as there is room: „Radwege bauen (Kilometer: 12 → 20)“. Where nothing
    is measured, what stood there and what shall stand there are sentences, which are no title."""
    change = " → ".join(each for each in (goal.metric_now, goal.metric_target) if each)
    measured = f"{goal.metric}: {change}" if change else goal.metric
    agreed = f"{goal.title} ({measured})" if goal.metric else goal.title
    return agreed if len(agreed) <= limits.TITLE else goal.title


def _renew_details(present: Present) -> object:
    """The next interview and the next award are still to come."""
    details = present.check.details
    profile = replace(details.profile, audit=AUDITS[1])
    return replace(details, profile=profile, interview=None, awarded=None)


def _tell(part: str, content: object) -> object:
    return KINDS[part].settled(KINDS[part].tell(content))


def differing(present: Contents, wanted: Mapping[Slot, object]) -> dict[Slot, object]:
    return {slot: content for slot, content in wanted.items() if present.get(slot) != content}
