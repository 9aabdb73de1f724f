"""IHKs and Fragebögen: what this installation offers, what is wrong with it, and how much it is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.questionnaire.model import Status
from selfcheck.core.reading.document.faults import Fault, Faults
from selfcheck.reporting.words import german
from selfcheck.store.catalogue.catalogue import UnknownQuestionnaire
from selfcheck.store.catalogue.folders import check
from selfcheck.store.operating import figures
from selfcheck.store.operating.figures import OfChamber
from selfcheck.web.http import clock, guards
from selfcheck.web.layout.catalogue import catalogue, find_version
from selfcheck.web.operating import pages
from selfcheck.web.operating.coordination import ROOT
from selfcheck.web.site.questions import Section, read_question

STATUS = {Status.DRAFT: "Entwurf", Status.PUBLISHED: "veröffentlicht", Status.RETIRED: "zurückgezogen"}


@dataclass(frozen=True, slots=True)
class VersionListed:
    """`faults` are (file, line, message), with files as they are called inside the folder of all questionnaires;
    `readable`: whether there is something to look at."""

    id: str
    version: str
    status: str
    size: str
    used: int
    faults: tuple[tuple[str, int, str], ...]
    readable: bool


@pages.get(f"{ROOT}/ihks")
def chambers() -> str:
    guards.operate()
    known, counted = catalogue().chambers, figures.count_by_chamber()
    return render_template(
        "operating/chambers.html",
        chambers=[(chamber, counted.get(chamber.id, OfChamber())) for chamber in known.chambers],
        as_of=known.as_of,
        old=known.is_old(clock.today()),
        source=known.source,
    )


@pages.get(f"{ROOT}/frageboegen")
def questionnaires() -> str:
    guards.operate()
    folder = catalogue().folder
    faults = [(_inside(fault, folder), fault.line, fault.message) for fault in check([folder])]
    used = figures.count_by_version()
    versions = [_describe(name, used.get(name, 0), faults) for name in _list_names()]
    told = {each for version in versions for each in version.faults}
    return render_template(
        "operating/questionnaires.html",
        versions=versions,
        faults=[each for each in faults if each not in told],
        lost=sorted(used.keys() - {f"{each.id}/{each.version}" for each in versions}),
    )


@pages.get(f"{ROOT}/frageboegen/<questionnaire_id>/<version>")
def questionnaire(questionnaire_id: str, version: str) -> ResponseReturnValue:
    """As whoever answers sees it: every question, nothing to fill in."""
    guards.operate()
    name = f"{questionnaire_id}/{version}"
    try:
        prepared = catalogue().prepared(name)
    except UnknownQuestionnaire:
        abort(404)
    except Faults:
        return redirect(url_for("operating.questionnaires"), 303)
    found = prepared.questionnaire
    sections = [
        Section(each, prepared.intro[each.id], tuple(read_question(prepared, question) for question in each.questions))
        for each in found.criteria
    ]
    return render_template(
        "operating/questionnaire.html",
        questionnaire=found,
        sections=sections,
        contents=[(f"{each.criterion.letter} {each.criterion.title}", f"#{each.criterion.id}") for each in sections],
        status=STATUS[catalogue().status(name)],
        size=_say_size(name),
    )


def _list_names() -> list[str]:
    """The versions that `published.yaml` lists; none where that file is not right."""
    try:
        return list(catalogue().releases)
    except Faults:
        return []


def _describe(name: str, used: int, faults: Sequence[tuple[str, int, str]]) -> VersionListed:
    questionnaire_id, _, version = name.partition("/")
    mine = tuple(each for each in faults if each[0].startswith(f"{name}/") or name in each[2])
    status = STATUS[catalogue().status(name)]
    return VersionListed(questionnaire_id, version, status, _say_size(name), used, mine, bool(find_version(name)))


def _say_size(name: str) -> str:
    found = find_version(name)
    if found is None:
        return ""
    questions = german.count(len(found.questions), "Frage", "Fragen")
    criteria = german.count(len(found.criteria), "Kriterium", "Kriterien")
    return f"{questions} in {criteria}, {german.points_count(found.possible)}"


def _inside(fault: Fault, folder: Path) -> str:
    """The file without where the folder lies on this server."""
    file = Path(fault.file)
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file.name
