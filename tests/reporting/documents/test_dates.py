"""The calendar: days of the checklist and the interview, and what a second import makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from icalendar import Calendar, Component, Timezone

from selfcheck.reporting.documents import dates
from selfcheck.reporting.documents.file import File
from selfcheck.reporting.report.report import Report
from selfcheck.reporting.report.way import StepItem
from tests.reporting.documents.sample import empty_report, full_report

SUMMER, AUTUMN = date(2027, 7, 1), date(2027, 9, 1)


def _open(file: File) -> Calendar:
    found = Calendar.from_ical(file.content)
    assert isinstance(found, Calendar)
    return found


def _entries(report: Report) -> dict[str, Component]:
    return {str(event["SUMMARY"]): event for event in _open(dates.write(report)).walk("VEVENT")}


def _steps(report: Report) -> list[StepItem]:
    return [step for _, steps in report.checklist or () for step in steps]


def _with_steps(*steps: StepItem) -> Report:
    """A full report that has no other steps."""
    groups = dict.fromkeys(step.group for step in steps)
    return replace(
        full_report(),
        checklist=tuple((group, tuple(step for step in steps if step.group == group)) for group in groups),
    )


def _proof(key: str, day: date, *, done: bool = False) -> StepItem:
    return StepItem("Belege", f"{key} belegen", day, done, key)


def test_the_interview_and_every_open_step_with_a_day_stand_in_the_calendar() -> None:
    report = full_report()
    open_steps = [step for step in _steps(report) if step.due and not step.done]
    said = [f"{event['SUMMARY']}\n{event['DESCRIPTION']}" for event in _open(dates.write(report)).walk("VEVENT")]
    assert [step.text for step in open_steps if not any(step.text in each for each in said)] == []
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


def test_steps_of_one_kind_on_one_day_are_one_entry() -> None:
    report = full_report()
    events = _open(dates.write(report)).walk("VEVENT")
    days = {(step.group, step.due) for step in _steps(report) if step.due and not step.done}
    assert len(events) == len(days) + 1 < len(_steps(report))
    entries = _entries(_with_steps(*(_proof(key, SUMMER) for key in ("A1", "B2", "C3")), _proof("D4", AUTUMN)))
    assert entries["Belege: 3 Schritte"].decoded("DTSTART") == SUMMER
    assert "– A1 belegen\n– B2 belegen\n– C3 belegen\n" in str(entries["Belege: 3 Schritte"]["DESCRIPTION"])
    assert entries["D4 belegen"].decoded("DTSTART") == AUTUMN


def test_a_second_import_changes_the_entries_of_the_first() -> None:
    before = _with_steps(_proof("A1", SUMMER), _proof("B2", SUMMER))
    moved = _with_steps(_proof("B2", AUTUMN), _proof("A1", AUTUMN))
    later = replace(moved, imprint=replace(moved.imprint, number=4, at=datetime(2027, 3, 1, 8, tzinfo=UTC)))
    old, new = (_entries(report)["Belege: 2 Schritte"] for report in (before, later))
    assert old["UID"] == new["UID"]
    assert int(new["SEQUENCE"]) > int(old["SEQUENCE"])
    assert new.decoded("DTSTAMP") > old.decoded("DTSTAMP")
    assert new.decoded("DTSTART") == AUTUMN


def test_what_is_done_has_no_entry_and_the_rest_of_its_day_keeps_its_own() -> None:
    before = _with_steps(_proof("A1", SUMMER), _proof("B2", SUMMER), _proof("C3", AUTUMN))
    later = _with_steps(_proof("B2", SUMMER), _proof("A1", SUMMER, done=True), _proof("C3", AUTUMN, done=True))
    assert _entries(before)["Belege: 2 Schritte"]["UID"] == _entries(later)["B2 belegen"]["UID"]
    assert set(_entries(later)) == {"B2 belegen", "Prüfgespräch mit der IHK Darmstadt"}


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
