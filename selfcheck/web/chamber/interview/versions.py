"""Finished versions of the record: made, opened again, made final; and what can be downloaded of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.plain import to_plain
from selfcheck.core.review.record import RecordState
from selfcheck.reporting.review.paper import RECORD_STATES, VERSION_STATES
from selfcheck.reporting.words import german
from selfcheck.store.chamber.interview import versions
from selfcheck.store.chamber.interview.versions import StoredVersion, version_state
from selfcheck.store.database import limits
from selfcheck.web.chamber import pages
from selfcheck.web.chamber.frame import render
from selfcheck.web.chamber.interview.contents import Contents
from selfcheck.web.http import clock, guards
from selfcheck.web.http.guards import OpenCase
from selfcheck.web.layout.fields import PageForm, SentHiddenField, line
from selfcheck.web.parts.submitted import read_version

ROOT = "/beratung/<case_id>/gespraech"
AGENDAS = (
    ("agenda.pdf", "Agenda (PDF)"),
    ("agenda.docx", "Agenda (Word)"),
    ("mitschreiben.pdf", "Mitschreibbogen (PDF)"),
)
RECORDS = (
    ("protokoll.pdf", "Prüfprotokoll (PDF)"),
    ("protokoll.docx", "Prüfprotokoll (Word)"),
    ("protokoll.xlsx", "Prüfprotokoll (Excel)"),
)
Links = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A finished version: what it is called, what became of it, and its files."""

    title: str
    state: str
    about: str
    files: Links


class FinalForm(PageForm):
    """Who says that the record is final; `number` is the version that the page showed."""

    name = line("Ihr Name", limits.NAME, "den Namen", required="Bitte geben Sie Ihren Namen ein.")
    number = SentHiddenField()


class NumberForm(PageForm):
    number = SentHiddenField()


def finish_now(contents: Contents, number: str | None) -> bool:
    """Freezes the record as it stands as version `number`; whether it is there."""
    opened = contents.opened
    wanted = read_version(number)
    return versions.finish(opened.case.id, wanted, lambda: to_plain(contents.paper), opened.advisor, clock.now())


@pages.post(f"{ROOT}/oeffnen")
def reopen_record(case_id: str) -> ResponseReturnValue:
    """Opens the record again; where others did something else meanwhile, its page shows that."""
    opened, number = guards.open_case(case_id), read_version(NumberForm().number.data)
    done = versions.reopen(opened.case.id, number, opened.advisor, clock.now())
    return redirect(url_for("chamber.interview", case_id=case_id, getan="offen" if done else "anders"), 303)


@pages.get(f"{ROOT}/endgueltig")
def finalise_record(case_id: str) -> ResponseReturnValue:
    """Asks once, and for the name."""
    opened = guards.open_case(case_id)
    listed = versions.read_versions(opened.case.id)
    if versions.state_of(listed) is not RecordState.FINISHED:
        return redirect(url_for("chamber.interview", case_id=case_id), 303)
    return _ask(opened, FinalForm({"name": opened.advisor.author, "number": listed[-1].number}), listed[-1])


@pages.post(f"{ROOT}/endgueltig")
def make_record_final(case_id: str) -> ResponseReturnValue:
    opened, form = guards.open_case(case_id), FinalForm()
    listed = versions.read_versions(opened.case.id)
    if not listed:
        return redirect(url_for("chamber.interview", case_id=case_id), 303)
    if not form.validate():
        return _ask(opened, form, listed[-1]), 422
    number, name = read_version(form.number.data), form.name.data or ""
    done = versions.make_final(opened.case.id, number, name, opened.advisor, clock.now())
    return redirect(url_for("chamber.interview", case_id=case_id, getan="endgueltig" if done else "anders"), 303)


def _ask(opened: OpenCase, form: FinalForm, version: StoredVersion) -> str:
    return render("chamber/interview/final.html", opened, form=form, title=_name(version), case=opened.case)


def say_state(contents: Contents) -> str:
    return RECORD_STATES[contents.state]


def list_documents(case_id: str) -> tuple[Links, Links]:
    """Agenda, and record as it stands now."""
    return _link(case_id, AGENDAS), _link(case_id, RECORDS)


def list_versions(contents: Contents) -> list[VersionShown]:
    """The newest first."""
    listed, case_id = contents.stored.versions, contents.opened.case.public_id
    return [
        VersionShown(
            _name(version),
            VERSION_STATES[version_state(version, listed)],
            _say_end(version),
            _link(case_id, RECORDS, version.number),
        )
        for version in reversed(listed)
    ]


def _name(version: StoredVersion) -> str:
    return f"Fassung {version.number} vom {_moment(version.at)}, von {version.by}"


def _say_end(version: StoredVersion) -> str:
    if version.final_at is not None:
        return f"bestätigt von {version.final_name}, {_moment(version.final_at)}"
    if version.reopened_at is not None:
        return f"wieder geöffnet von {version.reopened_by}, {_moment(version.reopened_at)}"
    return ""


def _moment(at: datetime) -> str:
    return german.moment(clock.local(at))


def _link(case_id: str, files: tuple[tuple[str, str], ...], number: int | None = None) -> Links:
    return [
        (title, url_for("chamber.interview_file", case_id=case_id, address=name, fassung=number))
        for name, title in files
    ]
