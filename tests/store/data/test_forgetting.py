"""Names of persons become the place: 12 months after the interview, and when an account or a place is long gone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from selfcheck.core.permissions import Role
from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.review.case import StepKind
from selfcheck.store.access import grants
from selfcheck.store.chamber import steps
from selfcheck.store.chamber.colleagues import Colleague
from selfcheck.store.chamber.interview import versions
from selfcheck.store.chamber.stands import note_look
from selfcheck.store.data.exports import write_export
from selfcheck.store.data.forgetting import find_place, forget_names, is_person
from selfcheck.store.data.purge import purge
from selfcheck.store.database import tables, transactions
from selfcheck.store.database.transactions import look_again, reading, writing
from selfcheck.store.parts.changes import Entered, write_changes
from selfcheck.store.parts.values import Details, Holder, ProjectText, StepText, Who, author
from selfcheck.store.parts.writes import Part, Write
from selfcheck.store.team import hand_over
from tests import writes
from tests.places import add_account, add_place
from tests.store.chamber.cases import add_advisor, share
from tests.store.chamber.talking import YES, ask_and_answer, recommend
from tests.store.conftest import Store, office_of, yes

INTERVIEW = date(2027, 6, 15)
ERIKA = "Erika Muster"
LONG = "Fachbereich für Bauen, Planen und Wohnen (Hochbau)"


class Town:
    """A self-check in which Erika (an account), Otto (an office) and Kai (a colleague) have left their names."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with writing() as connection:
            self.office = self._sit(connection, Role.OFFICE, LONG, "Otto Beispiel", "leitbild")
            self.kai = self._sit(connection, Role.COLLEAGUE, "Kollegium", "Kai Beispiel")
            self.account, _ = add_account(connection, "erika@example.org", store.now)
            connection.execute(update(tables.SelfCheck).values(interview=INTERVIEW))
        hand_over.take_over(store.check.id, Holder(self.account, ERIKA), [store.secret], store.now)
        self.erika = Who(store.access.grant_id, author(ERIKA, "Koordination"))
        self._write()

    def _sit(self, connection: Any, role: Role, label: str, name: str, question: str = "") -> Who:
        link = add_place(connection, self.store.check.id, role, label, self.store.now, question=question)
        secret = grants.begin_grant(connection, link, None, self.store.now, name)
        grant = connection.execute(select(tables.Grant.id).order_by(tables.Grant.id.desc()).limit(1)).scalar_one()
        assert secret
        return Who(grant, author(name, label), link)

    def _write(self) -> None:
        store = self.store
        store.save(yes("leitbild"), by=self.office)
        store.save(writes.note(QuestionId("leitbild"), 0, "Notiz"), by=self.kai)
        store.save(writes.evidence(QuestionId("leitbild"), None, True, "Beschluss", True), by=self.office)
        store.save(writes.entry(None, 0, ProjectText("Messe")), by=self.erika)
        store.save(writes.step("team:contact", 0, True), by=self.kai)
        said = StepText(person=self.kai.label, place_id=self.kai.place_id)
        store.save(Write(Part.STEP, "team:council", 0, said), by=self.kai)
        store.save_one(
            writes.message(self.office.place_id or 0, 0, "Fertig"),
            by=self.office,
            allowed=office_of(self.office.place_id or 0),
        )
        store.save_one(writes.details(1, checks_details(store)), by=self.kai)
        mine = {"check_id": store.check.id, "by": self.kai.label, "grant_id": self.kai.grant_id, "at": store.now}
        comment = {"question": "leitbild", "text": "Bitte", "resolved_by": self.erika.label}
        said = {"name": "Kai Beispiel", "place": "Kollegium"}
        with writing() as connection:
            connection.execute(insert(tables.Comment).values(mine | comment))
            connection.execute(insert(tables.NamedState).values(mine | {"name": "Eins", "change_id": 1}))
            redaction = {"part": "note", "subject": "x", "reason": ""}
            connection.execute(insert(tables.Redaction).values(mine | redaction))
            asked = Entered(Part.ASSIGNMENT, "leitbild", None, said)
            write_changes(connection, store.check.id, [asked], self.erika, store.now)

    def told(self) -> str:
        """Everything of the self-check, as text."""
        transactions.look_again()
        file = BytesIO()
        write_export(self.store.check.id, file, self.store.now)
        return json.dumps(json.loads(file.getvalue()), ensure_ascii=False)

    def grant_names(self) -> set[str]:
        return set(reading().execute(select(tables.Grant.name)).scalars())


def checks_details(store: Store) -> Details:
    return replace(store.check.details, interview=INTERVIEW, municipality="Neustadt")


@pytest.fixture
def town(store: Store) -> Town:
    return Town(store)


def a_year_later(day: date = INTERVIEW) -> datetime:
    return datetime(day.year + 1, day.month, day.day, 12, 0, tzinfo=UTC)


def test_twelve_months_after_the_interview_places_stand_where_names_were(store: Store, town: Town) -> None:
    before = town.told()
    for name in (ERIKA, "Otto Beispiel", "Kai Beispiel"):
        assert name in before
    assert forget_names(a_year_later()) == 0
    assert town.told() == before
    assert forget_names(a_year_later() + timedelta(days=1)) == 3
    after = town.told()
    assert "Muster" not in after.replace("Musterstadt", "")
    assert "Beispiel" not in after
    assert after.count(LONG) >= before.count(LONG)
    assert town.grant_names() == {""}
    found = json.loads(after)
    assert found["answers"][0]["choice"]["by"] == LONG
    assert found["answers"][0]["note"]["by"] == "Kollegium"
    assert found["comments"][0]["resolved_by"] == "Koordination"


def test_twice_is_once(store: Store, town: Town) -> None:
    later = a_year_later() + timedelta(days=1)
    forget_names(later)
    after = town.told()
    assert forget_names(later) == 0
    assert town.told() == after


def test_other_self_checks_keep_their_names(store: Store, town: Town) -> None:
    with writing() as connection:
        connection.execute(update(tables.SelfCheck).values(interview=None))
    before = town.told()
    forget_names(a_year_later() - timedelta(days=200))
    assert town.told() == before


def test_without_an_interview_names_go_a_year_after_the_last_change(store: Store, town: Town) -> None:
    with writing() as connection:
        connection.execute(update(tables.SelfCheck).values(interview=None))
    assert forget_names(store.now + timedelta(days=364)) == 0
    assert forget_names(store.now + timedelta(days=366)) == 3


def test_when_an_account_is_gone_only_its_name_goes(store: Store, town: Town) -> None:
    with writing() as connection:
        mine = update(tables.Account).where(tables.Account.id == town.account)
        connection.execute(mine.values(deleted_at=store.now, name=ERIKA))
    assert forget_names(store.now + timedelta(days=30)) == 0
    forget_names(store.now + timedelta(days=31))
    after = town.told()
    assert ERIKA not in after
    assert "Otto Beispiel" in after
    assert "Kai Beispiel" in after
    assert town.grant_names() == {"", "Otto Beispiel", "Kai Beispiel"}


def test_who_does_what_the_chamber_recommended_goes_from_both_sides(store: Store, town: Town) -> None:
    """As the town is writing it, as it was sent, and from what stood there before; the chamber's own words stay."""
    case, advisor = share(store), add_advisor(store, "Rathmann")
    recommend(store, case, advisor, replace(YES, person=town.kai.label))
    ask_and_answer(store, case, advisor)
    assert town.kai.label in list_replies()
    forget_names(a_year_later() + timedelta(days=1))
    assert "Kai Beispiel" not in list_replies()
    assert "Kai Beispiel" not in town.told()
    assert list_replies().count('"person": "Kollegium"') == 2
    assert "Rathmann" in town.told()


def list_replies() -> str:
    transactions.look_again()
    columns = (tables.Recommendation.person, tables.Recommendation.submitted)
    told = (tables.CaseChange.before, tables.CaseChange.after)
    rows = [list(row) for wanted in (columns, told) for row in reading().execute(select(*wanted))]
    return json.dumps(rows, ensure_ascii=False)


def test_when_the_account_of_an_advisor_is_gone_the_chamber_stands_there(store: Store) -> None:
    case, gone, other = share(store), add_advisor(store, "Rathmann"), add_advisor(store, "Senft")
    note_look(case, gone, store.now)
    receiver = Colleague(gone.account_id, "Rathmann", gone.mail)
    for advisor, kind in ((gone, StepKind.TAKEN), (other, StepKind.TAKEN), (other, StepKind.HANDED_OVER)):
        seen = steps.list_steps(case.id, advisor.account_id)[0].id
        to = receiver if kind is StepKind.HANDED_OVER else None
        steps.do(case.id, advisor, kind, seen, store.now, receiver=to)
    with writing() as connection:
        mine = update(tables.Account).where(tables.Account.id == gone.account_id)
        connection.execute(mine.values(deleted_at=store.now, chamber="frankfurt"))
    forget_names(store.now + timedelta(days=31))
    told = [(step.by, step.recipient) for step in steps.list_steps(case.id, other.account_id)]
    assert told[:3] == [("Senft", "IHK"), ("Senft", ""), ("IHK", "")], "also what was written before they moved"


def test_an_advisor_is_forgotten_under_each_name_they_wrote_under_and_signed_with(store: Store) -> None:
    case, gone = share(store), add_advisor(store, "Rathmann")
    mine = update(tables.Account).where(tables.Account.id == gone.account_id)
    steps.do(case.id, gone, StepKind.TAKEN, steps.list_steps(case.id, gone.account_id)[0].id, store.now)
    with writing() as connection:
        connection.execute(mine.values(name="Senft"))
    renamed = replace(gone, name="Senft")
    versions.finish(case.id, 1, lambda: {"record": "as it stands"}, renamed, store.now)
    versions.make_final(case.id, 1, "Dr. Petra Senft", renamed, store.now)
    with writing() as connection:
        connection.execute(mine.values(deleted_at=store.now))
    forget_names(store.now + timedelta(days=31))
    look_again()
    by = [row.by for row in reading().execute(select(tables.CaseStep.by))]
    assert "IHK" in by
    assert not {"Rathmann", "Senft"} & set(by)
    signed = select(tables.RecordVersion.by, tables.RecordVersion.final_by, tables.RecordVersion.final_name)
    assert reading().execute(signed).one() == ("IHK", "IHK", "IHK")


def test_whoever_left_a_place_long_ago_is_forgotten_with_it(store: Store, town: Town) -> None:
    with writing() as connection:
        connection.execute(
            update(tables.Place).where(tables.Place.id == town.kai.place_id).values(withdrawn_at=store.now)
        )
        connection.execute(update(tables.SelfCheck).values(interview=date(2029, 1, 1)))
    assert purge(store.now + timedelta(days=300)).places == 0
    assert purge(store.now + timedelta(days=366)).places == 1
    after = town.told()
    assert "Kai Beispiel" not in after
    assert "Otto Beispiel" in after
    assert purge(store.now + timedelta(days=366)).places == 0


def test_names_of_grants_that_are_gone_go_too(store: Store, town: Town) -> None:
    with writing() as connection:
        connection.execute(delete(tables.Place).where(tables.Place.id == town.kai.place_id))
    forget_names(a_year_later() + timedelta(days=1))
    assert "Beispiel" not in town.told()


def test_a_place_that_is_called_with_brackets_is_no_person() -> None:
    labels = {"Bauamt (Hochbau)", "Kollegium"}
    assert not is_person("Bauamt (Hochbau)", labels)
    assert not is_person("Kollegium", labels)
    assert is_person("Erika (Bauamt (Hochbau))", labels)
    assert find_place("Erika (Bauamt (Hochbau))", labels, None) == "Bauamt (Hochbau)"
    assert find_place("Erika (Vertretung) (Kollegium)", labels, None) == "Kollegium"
    assert find_place("Erika (Altes Amt)", labels, None) == "Altes Amt"
    assert find_place("E" * 80 + " (Fachbereich für Bauen, Planen und Wo…)", labels, LONG) == LONG
