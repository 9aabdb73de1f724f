"""The calendar: days of the checklist and the interview, and what a second import makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from icalendar import Calendar, Component, Timezone

from selfcheck.reporting.documents import dates
from selfcheck.reporting.documents.file import File
from selfcheck.reporting.report.report import Report
from tests.reporting.documents.sample import empty_report, full_report


def _open(file: File) -> Calendar:
    found = Calendar.from_ical(file.content)
    assert isinstance(found, Calendar)
    return found


def _entries(report: Report) -> dict[str, Component]:
    return {str(event["SUMMARY"]): event for event in _open(dates.write(report)).walk("VEVENT")}


def test_the_interview_and_every_step_with_a_day_stand_in_the_calendar() -> None:
    report = full_report()
    assert report.checklist is not None
    dated = [step for _, steps in report.checklist for step in steps if step.due]
    events = _open(dates.write(report)).walk("VEVENT")
    assert len(events) == len(dated) + 1
    interview = _entries(report)["Prüfgespräch mit der IHK Darmstadt"]
    assert interview.decoded("DTSTART") == date(2027, 6, 15)
    assert interview.decoded("DTEND") == date(2027, 6, 16)
    assert "Leitung: " in str(interview["DESCRIPTION"])
    assert "Ansprechperson der Kommune: Sabine Krüger, Wirtschaftsförderung" in str(interview["DESCRIPTION"])


def test_entries_are_whole_days_that_keep_nobody_busy() -> None:
    for event in _open(dates.write(full_report())).walk("VEVENT"):
        assert type(event.decoded("DTSTART")) is date
        assert event["TRANSP"] == "TRANSPARENT"


def test_the_calendar_says_whose_it_is_and_its_time_zone() -> None:
    calendar = _open(dates.write(full_report()))
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert calendar["PRODID"] == "-//Selbstcheck//Termine//DE"
    (zone,) = calendar.walk("VTIMEZONE")
    assert isinstance(zone, Timezone)
    berlin = zone.to_tz()
    for moment, hours in ((datetime(2027, 1, 10, 12, tzinfo=berlin), 1), (datetime(2027, 7, 10, 12, tzinfo=berlin), 2)):
        offset = moment.utcoffset()
        assert offset is not None
        assert offset.total_seconds() == hours * 3600


def test_a_second_import_changes_the_entries_of_the_first() -> None:
    before = full_report()
    assert before.checklist is not None
    (group, (first, *rest)), *groups = before.checklist
    moved = replace(first, due=date(2027, 4, 1))
    later = replace(
        full_report(number=4, at=datetime(2027, 3, 1, 8, tzinfo=UTC)), checklist=((group, (moved, *rest)), *groups)
    )
    old, new = (_entries(report)[first.text] for report in (before, later))
    assert old["UID"] == new["UID"]
    assert int(new["SEQUENCE"]) > int(old["SEQUENCE"])
    assert new.decoded("DTSTAMP") > old.decoded("DTSTAMP")
    assert new.decoded("DTSTART") == date(2027, 4, 1)


def test_what_is_done_says_so_and_keeps_its_entry() -> None:
    report = full_report()
    assert report.checklist is not None
    done = next(step for _, steps in report.checklist for step in steps if step.done and step.due and not step.needless)
    (group, steps) = next((group, steps) for group, steps in report.checklist if done in steps)
    undone = tuple(replace(step, done=False) if step is done else step for step in steps)
    other = replace(report, checklist=((group, undone),))
    assert _entries(report)[f"Erledigt: {done.text}"]["UID"] == _entries(other)[done.text]["UID"]
    spared = replace(report, checklist=((group, (replace(done, needless=True),)),))
    assert _entries(spared)[f"Nicht nötig: {done.text}"]["UID"] == _entries(other)[done.text]["UID"]


def test_no_entry_of_two_self_checks_is_the_same() -> None:
    report = full_report()
    other = replace(report, imprint=replace(report.imprint, check="anders"))
    uids = [{str(event["UID"]) for event in _entries(each).values()} for each in (report, other)]
    assert len(uids[0]) == len(_open(dates.write(report)).walk("VEVENT"))
    assert not uids[0] & uids[1]


def test_a_stand_from_before_steps_had_keys_still_has_entries_of_their_own() -> None:
    report = full_report()
    assert report.checklist is not None
    old = tuple((group, tuple(replace(step, key=None) for step in steps)) for group, steps in report.checklist)
    uids = {str(event["UID"]) for event in _open(dates.write(replace(report, checklist=old))).walk("VEVENT")}
    assert len(uids) == len(_open(dates.write(report)).walk("VEVENT"))


def test_without_days_the_calendar_is_empty_and_opens() -> None:
    calendar = _open(dates.write(empty_report()))
    assert not calendar.walk("VEVENT")
    assert calendar.walk("VTIMEZONE")
