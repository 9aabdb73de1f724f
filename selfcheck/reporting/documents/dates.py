"""Termine (Kalender): the open steps of the checklist that have a day, answers of offices and the interview, for any
calendar program.

All are whole days; steps of one group that are due on one day share an entry. What is done has none: nobody knows
whether an earlier file was imported, and a cancelled entry would be new to whoever did not.

An entry is known by the self-check and the first key of its steps, whether done or not, and numbered with the Stand: a
later file changes what an earlier one brought, also when some of the steps are done by then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Event

from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.texts import contact_facts, frame_of, spell_out
from selfcheck.reporting.report.report import Report
from selfcheck.reporting.report.way import ANSWERS, StepItem

KIND = "text/calendar"
MAKER = "-//Selbstcheck//Termine//DE"
ZONE = "Europe/Berlin"
_ZONE_RULES = f"""BEGIN:VTIMEZONE
TZID:{ZONE}
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


class Entry(NamedTuple):
    """A day, what is due on it, and what else there is to say."""

    key: str
    day: date
    title: str
    said: str


def write(report: Report) -> File:
    """The calendar; without a day it has no entries, only its time zone."""
    # Not at the top: a worker that writes no calendar does without it.
    from icalendar import Calendar, Event, vText

    calendar = Calendar()
    town = report.cover.municipality
    for name, value in (
        ("prodid", MAKER),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", vText(spell_out(f"Audit {town}"))),
        ("x-wr-caldesc", vText(spell_out(_say_source(report)))),
        ("x-wr-timezone", ZONE),
    ):
        calendar.add(name, value)
    calendar.add_component(Calendar.from_ical(_ZONE_RULES))
    for entry in list_entries(report):
        calendar.add_component(_fill(Event(), report, entry))
    return File(frame_of(report).name("Termine", "ics"), KIND, calendar.to_ical(sorted=False))


def list_entries(report: Report) -> Iterator[Entry]:
    """What is open and has a day, one entry for each group and day, answers of offices and the interview last."""
    together: dict[tuple[str, date], list[StepItem]] = {}
    for _, steps in report.checklist or ():
        for step in steps:
            if step.due is not None:
                together.setdefault((step.group, step.due), []).append(step)
    for (group, day), found in together.items():
        left = [step.text for step in found if not step.done]
        if left:
            yield Entry(min(map(_key, found)), day, *_say_steps(group, left))
    if report.answers_due_on is not None:
        yield Entry(
            "answers", report.answers_due_on, ANSWERS, "Bis dahin geben die Fachbereiche ihre Antworten zurück."
        )
    if report.imprint.interview is not None:
        chamber = report.imprint.chamber or "IHK"
        yield Entry("interview", report.imprint.interview, f"Prüfgespräch mit der {chamber}", _say_people(report))


def _say_steps(group: str, texts: Sequence[str]) -> tuple[str, str]:
    """Title and text of an entry: a step that is alone on its day is called by its name."""
    if len(texts) == 1:
        return texts[0], group
    return f"{group}: {len(texts)} Schritte", "\n".join(f"– {text}" for text in texts)


def _key(step: StepItem) -> str:
    """In a Stand from before steps had their key, what they say has to do."""
    return step.key or f"{step.group}:{step.text}"


def _say_people(report: Report) -> str:
    return "\n".join(f"{each.label}: {each.name}" if each.name else each.label for each in report.attendees)


def _fill(event: Event, report: Report, entry: Entry) -> Event:
    imprint = report.imprint
    known = hashlib.sha256(f"{imprint.check or report.cover.municipality}\n{entry.key}".encode()).hexdigest()[:32]
    said = f"{entry.said}\n{report.cover.municipality}, {report.cover.stand}. {report.outcome.disclaimer}"
    for name, value in (
        ("uid", f"{known}@selbstcheck"),
        ("sequence", imprint.number),
        ("dtstamp", _moment(imprint.at)),
        ("summary", spell_out(entry.title)),
        ("description", spell_out(said)),
        ("dtstart", entry.day),
        ("dtend", entry.day + timedelta(days=1)),
        ("transp", "TRANSPARENT"),
    ):
        event.add(name, value)
    return event


def _say_source(report: Report) -> str:
    """Whose dates these are, whom to ask, and what they rest on: once for all of them."""
    cover = report.cover
    facts = "; ".join(f"{word}: {value}" for word, value in (*cover.audit, *contact_facts(report)))
    whose = f"Selbstcheck {report.imprint.title}: {cover.municipality}, {cover.stand}"
    return f"{whose}. {facts}. {report.outcome.disclaimer} {cover.notice}".strip()


def _moment(at: datetime) -> datetime:
    """In UTC, as calendars want it; what has no zone is ours."""
    local = at if at.tzinfo is not None else at.replace(tzinfo=ZoneInfo(ZONE))
    return local.astimezone(UTC).replace(microsecond=0)
