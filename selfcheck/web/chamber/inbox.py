"""Beratung: all cases of the own chamber, what waits for the advisor first. The filter is the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from flask import request, url_for

from selfcheck.core.renewal.dates import BEFORE, add_months
from selfcheck.reporting.review.case_text import PAPERS_MISSING, STATES, say_difference, say_threads, say_waiting
from selfcheck.reporting.words import german
from selfcheck.reporting.words.names import AUDITS
from selfcheck.store.chamber import marks
from selfcheck.store.chamber.cases import Case
from selfcheck.store.chamber.inbox import Group, Inbox, InboxRow, Sorting, Wanted
from selfcheck.store.database.limits import DISTRICT, LINE
from selfcheck.web.chamber import pages
from selfcheck.web.chamber.frame import render
from selfcheck.web.http import clock, guards
from selfcheck.web.layout.catalogue import name_districts
from selfcheck.web.layout.fields import one_line
from selfcheck.web.parts.submitted import read_version

PAGE = 50
FIRST = {Group.WAITING: 20, Group.FLAGGED: 5, Group.TOWN: 5, Group.DONE: 5}
"""How many of each group stand on the first page."""
GROUPS = {
    "wartet": Group.WAITING,
    "markiert": Group.FLAGGED,
    "kommune": Group.TOWN,
    "abgeschlossen": Group.DONE,
    "alle": Group.ALL,
}
"""By the word in the address."""
TITLES = {
    Group.WAITING: "wartet auf mich",
    Group.FLAGGED: "markiert",
    Group.TOWN: "bei der Kommune",
    Group.DONE: "abgeschlossen",
    Group.ALL: "alle Vorgänge",
}
NOTHING = {
    Group.WAITING: "Nichts wartet auf Sie.",
    Group.FLAGGED: "Niemand hat einen Vorgang für Sie markiert.",
    Group.TOWN: "Zurzeit wartet nichts auf eine Kommune.",
    Group.DONE: "Noch ist kein Vorgang abgeschlossen.",
    Group.ALL: "Es gibt noch keinen Vorgang.",
}
SORTINGS = {
    "dringend": (Sorting.URGENT, "was eine Entscheidung braucht"),
    "differenz": (Sorting.DIFFERENCE, "größte Differenz"),
    "kommune": (Sorting.MUNICIPALITY, "Name der Kommune"),
    "gespraech": (Sorting.INTERVIEW, "Tag des Prüfgesprächs"),
    "geteilt": (Sorting.SHARED, "zuletzt geteilt"),
    "wartezeit": (Sorting.WAITING, "wartet am längsten"),
}


class RowShown(NamedTuple):
    """A case in words; `news` is what the advisor has not seen of it."""

    id: str
    municipality: str
    about: str
    interview: str
    shared: str
    taken: str
    threads: str
    judging: str
    difference: str
    state: str
    waits: str
    news: str


@dataclass(frozen=True, slots=True)
class GroupShown:
    """`word` is the group's name in the address, `href` leads to its whole list. `damaged`: rows nobody can read."""

    word: str
    title: str
    count: int
    nothing: str
    rows: tuple[RowShown, ...]
    href: str
    damaged: int


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address asks for, in its words; `group` is empty on the first page. `skip` rows are left out."""

    group: str
    district: str
    search: str
    sorting: str
    skip: int

    @classmethod
    def read(cls, args: Mapping[str, str]) -> Filter:
        """Whatever is no filter is none: addresses can hold anything."""
        group, sorting = args.get("gruppe", ""), args.get("sortiert", "")
        district, search = one_line(args.get("kreis"), DISTRICT), one_line(args.get("suche"), LINE)
        narrowed = bool(district or search or sorting in SORTINGS)
        return cls(
            group=group if group in GROUPS else "alle" if narrowed else "",
            district=district,
            search=search,
            sorting=sorting if sorting in SORTINGS else "dringend",
            skip=read_version(args.get("ab")),
        )

    @property
    def wanted(self) -> Wanted:
        return Wanted(GROUPS[self.group], self.district, self.search, SORTINGS[self.sorting][0])

    @property
    def narrows(self) -> bool:
        return bool(self.district or self.search)

    def link(self, group: str, skip: int = 0) -> str:
        """The same list of another group, or a further page of it."""
        sorting = self.sorting if self.sorting != "dringend" else ""
        return url_for(
            "chamber.inbox",
            gruppe=group,
            kreis=self.district or None,
            suche=self.search or None,
            sortiert=sorting or None,
            ab=skip or None,
        )


@pages.get("/beratung")
def inbox() -> str:
    advisor, today, filter = guards.advise(), clock.today(), Filter.read(request.args)
    box = Inbox(advisor, today)
    counts, districts = box.count(), name_districts()
    words = {group: word for word, group in GROUPS.items()}
    if filter.group:
        found = {filter.wanted.group: box.find(filter.wanted, PAGE + 1, filter.skip)}
    else:
        found = {group: box.find(Wanted(group), most) for group, most in FIRST.items()}
    listed = {group: ids[:PAGE] for group, ids in found.items()}
    rows = box.read(sorted({id for ids in listed.values() for id in ids}))
    shown = [
        GroupShown(
            word=words[group],
            title=TITLES[group],
            count=counts[group],
            nothing=NOTHING[group],
            rows=tuple(_show_row(rows[id], districts, today) for id in ids if id in rows),
            href=filter.link(words[group]),
            damaged=sum(id not in rows for id in ids),
        )
        for group, ids in listed.items()
    ]
    more = bool(filter.group) and len(found[filter.wanted.group]) > PAGE
    return render(
        "chamber/inbox.html",
        None,
        filter=filter,
        groups=shown,
        chips=[
            (TITLES[group], counts[group], filter.link(word), word == filter.group) for word, group in GROUPS.items()
        ],
        none_yet=not counts[Group.ALL],
        districts=[(key, districts.get(key, key)) for key in box.list_districts()],
        sortings=[(word, said) for word, (_, said) in SORTINGS.items()],
        further=filter.link(filter.group, filter.skip + PAGE) if more else "",
        back=filter.link(filter.group, max(filter.skip - PAGE, 0)) if filter.group and filter.skip else "",
        reminders=marks.list_due(advisor, today, PAGE) if not filter.group else [],
    )


def _show_row(row: InboxRow, districts: Mapping[str, str], today: date) -> RowShown:
    case = row.case
    taken = "von Ihnen" if row.mine else case.advisor or "niemand"
    if case.gone is not None:
        return RowShown(case.public_id, case.municipality, "", "", "", "", "", "", "", "zurückgezogen", "", "")
    waited = (today - clock.local(case.waits_since).date()).days
    return RowShown(
        id=case.public_id,
        municipality=case.municipality,
        about=f"{districts.get(case.district, case.district)}, {AUDITS.get(case.audit, case.audit)}",
        interview=german.day(case.interview) if case.interview else "",
        shared=german.day(clock.local(case.shared_at).date()),
        taken=taken,
        threads=say_threads(row.open_threads, row.answered_threads),
        judging=f"{row.not_judged} von {case.asked}",
        difference=say_difference(row.difference),
        state=_say_state(case, today),
        waits=say_waiting(case.waits_on, waited),
        news=_say_news(row),
    )


def _say_state(case: Case, today: date) -> str:
    """Where a case stands; of one whose label ends soon, that."""
    if case.next_audit is not None and add_months(today, -BEFORE) <= case.next_audit <= today:
        return f"{STATES[case.state]}, Auszeichnung bis {german.day(add_months(case.next_audit, BEFORE))}"
    return PAPERS_MISSING if case.papers_missing else STATES[case.state]


def _say_news(row: InboxRow) -> str:
    """Whether something came since the advisor last looked."""
    if row.changed:
        return "geändert"
    return "" if row.looked else "neu"
