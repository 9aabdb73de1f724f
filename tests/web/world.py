"""One town with everything: a filled self-check, a shared report, and all who may or may not come near it.

Built once; each state is a copy of the database, each person a copy of a cookie.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from selfcheck.core.questionnaire.model import CriterionId
from tests import applications, reviews, towns
from tests.web.page import Page, Visitor, begin, fill
from tests.web.team.people import build_team

COOKIE = "selfcheck"
SECRET = "a made-up secret for tests only, 1234567890"
INTACT, WITHDRAWN, DELETED = "intact", "withdrawn", "deleted"
CRITERION = "zuzug-leicht-gemacht"
QUESTION = str(towns.questionnaire().criterion[CriterionId(CRITERION)].questions[0].id)
"""The question that the office is asked."""
EXAMPLE = str(towns.questionnaire().criteria[0].questions[0].id)
"""The question whose answer the chamber wants to show as a good example."""


@dataclass(frozen=True)
class Person:
    """A browser as it is when a test begins: the state of the database, its cookie, and a CSRF token that fits."""

    state: str
    cookie: str
    csrf: str


@dataclass(frozen=True, eq=False)
class World:
    app: Flask
    folder: Path
    check_id: str
    share_id: str
    token: str
    personal_token: str
    office_token: str
    place_id: str
    case_id: str
    example_id: str
    recommendation_id: str
    people: Mapping[str, Person]

    @property
    def values(self) -> dict[str, str]:
        """What stands in addresses."""
        return {
            "check_id": self.check_id,
            "share_id": self.share_id,
            "criterion_id": CRITERION,
            "place_id": self.place_id,
            "case_id": self.case_id,
            "example_id": self.example_id,
            "block_id": "1",
            "recommendation_id": self.recommendation_id,
            "question_id": QUESTION,
            "key": "neu",
            "moment_id": "1",
            "entry": "goal.1",
            "address": "kurzfassung.pdf",
            "number": "1",
            "stand": "2",
            "part": "erlaeuterung",
            "subject": QUESTION,
            "session_id": "0",
            "topic": "pruefgespraech",
            "account_id": "0",
            "invitation_id": "0",
            "mail_id": "0",
            "questionnaire_id": towns.questionnaire().id,
            "version": towns.questionnaire().version,
        }

    def visit(self, name: str) -> Visitor:
        """That person, with the database fresh in the state that belongs to them."""
        self.reset(self.people[name].state)
        return self.join(name)

    def join(self, name: str) -> Visitor:
        """That person, with the database as it is."""
        person = self.people[name]
        client = self.app.test_client()
        if person.cookie:
            client.set_cookie(COOKIE, person.cookie)
        return Visitor(client)

    def reset(self, state: str = INTACT) -> None:
        applications.close(self.app)
        applications.put_database(self.folder / f"{state}.copy", self.folder)


def build_world(migrated: Path, folder: Path) -> World:
    applications.put_database(migrated, folder)
    app = applications.make(folder, {"SELFCHECK_SECRET_KEY": SECRET})
    owner, stranger, reader, leaver = (Visitor(app.test_client()) for _ in range(4))

    check_id = begin(owner, interview="2027-06-15")
    fill(owner, check_id, towns.sample().answers)
    begin(stranger, municipality="Nachbarstadt")
    personal = _make_personal_link(owner, check_id)
    leaver.press(leaver.open(personal), "Öffnen")
    before_leaving = _person(leaver)
    leaver.press(leaver.open(f"/selbstcheck/{check_id}/abmelden"), "Auf diesem Gerät abmelden")
    link, report = _read(owner, check_id, reader)

    third, other_reader = Visitor(app.test_client()), Visitor(app.test_client())
    other_id = begin(third, municipality="Drittstadt")
    _read(third, other_id, other_reader)
    team = build_team(app, check_id, other_id, QUESTION)
    _ask_others(team.people["colleague"], check_id)
    people = {
        **{name: _person(visitor) for name, visitor in team.people.items()},
        "nobody": _person(Visitor(app.test_client())),
        "stranger": _person(stranger),
        "owner": _person(owner),
        "signed out": before_leaving,
        "reader": _person(reader),
        "reader of another": _person(other_reader),
        "ended reader": _person(reader, WITHDRAWN),
        "owner of the deleted": _person(owner, DELETED),
        "colleague of the deleted": _person(team.people["colleague"], DELETED),
        "office of the deleted": _person(team.people["office"], DELETED),
    }
    owner.press(owner.open(f"/selbstcheck/{check_id}/verlauf"), "Stand benennen", {"name": "Vor der Sommerpause"})
    case_id = reviews.send(app, check_id, "erika@example.org")
    world = World(
        app,
        folder,
        check_id,
        report.address.split("/")[2],
        _last(link),
        _last(personal),
        team.office_token,
        team.place_id,
        case_id,
        reviews.propose(app, case_id, EXAMPLE),
        reviews.recommend(app, case_id, "berta@example.org"),
        people,
    )
    reviews.ask(app, world.case_id, QUESTION)
    owner.open(f"/selbstcheck/{check_id}")  # steps are written down when they are shown first
    _keep(app, folder, INTACT)
    leads = f"/selbstcheck/{check_id}/teilen/{world.share_id}/zurueckziehen"
    owner.press(owner.open(leads), "Zurückziehen")
    _keep(app, folder, WITHDRAWN)
    world.reset()
    owner.press(owner.open(f"/selbstcheck/{check_id}/loeschen"), "Selbstcheck löschen")
    _keep(app, folder, DELETED)
    return world


def _ask_others(colleague: Visitor, check_id: str) -> None:
    """Something that is news to everybody else."""
    page = colleague.open(f"/selbstcheck/{check_id}/fragen/{CRITERION}")
    colleague.press(page, "Speichern und weiter", {f"{QUESTION}.comment": "Wer hat die Zahlen?"})


def _read(owner: Visitor, check_id: str, reader: Visitor) -> tuple[str, Page]:
    """The link to a report that the owner shares now, and the report as the reader has opened it."""
    shared = owner.press(owner.open(f"/selbstcheck/{check_id}/teilen"), "Link erstellen")
    link = shared.one(".//input[@id='link']").get("value", "")
    return link, reader.press(reader.open(_path(link)), "Öffnen")


def _make_personal_link(owner: Visitor, check_id: str) -> str:
    page = owner.open(f"/selbstcheck/{check_id}/persoenlicher-link")
    shown = owner.press(page, "Persönlichen Link anzeigen")
    return _path(shown.one(".//input[@id='link']").get("value", ""))


def _person(visitor: Visitor, state: str = INTACT) -> Person:
    csrf = visitor.open("/selbstcheck/neu").value("csrf_token")
    cookie = visitor.client.get_cookie(COOKIE)
    return Person(state, cookie.value if cookie else "", csrf)


def _path(link: str) -> str:
    return link.removeprefix("http://localhost")


def _last(link: str) -> str:
    return link.rpartition("/")[2]


def _keep(app: Flask, folder: Path, state: str) -> None:
    applications.close(app)
    shutil.copyfile(folder / applications.DATABASE, folder / f"{state}.copy")
