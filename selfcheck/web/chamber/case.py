"""One case: where it stands, what is possible now, and what happened. Each step is a button that says what it saw."""

from __future__ import annotations

from typing import NamedTuple

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.review import steps as rules
from selfcheck.core.review.case import Sender, Standing, StepKind
from selfcheck.core.review.thread import ThreadState
from selfcheck.reporting.review.case_text import BUTTONS, say_hindrance, say_state, say_step, tell_waiting
from selfcheck.reporting.words.names import AUDITS
from selfcheck.store.chamber import marks, steps
from selfcheck.store.chamber.stands import list_stands
from selfcheck.store.chamber.steps import NO_STEP, Done, Outcome, Overtaken, Step
from selfcheck.store.chamber.talk.threads import read_threads
from selfcheck.web.chamber import pages
from selfcheck.web.chamber.frame import render
from selfcheck.web.chamber.newest import ASK_TOWN, DAMAGED
from selfcheck.web.chamber.report import mark_sender
from selfcheck.web.chamber.tasks import list_tasks
from selfcheck.web.http import clock, guards
from selfcheck.web.http.guards import OpenCase
from selfcheck.web.layout.catalogue import name_districts
from selfcheck.web.parts.submitted import read_version

ROOT = "/beratung/<case_id>"
OWN_PAGE = {StepKind.HANDED_OVER: "chamber.hand_over", StepKind.RELEASED: "chamber.release"}
"""Steps that ask for more than a press."""
NEXT = (StepKind.TAKEN, StepKind.ASKED, StepKind.ANSWERED, StepKind.PAPERS_COMPLETE, StepKind.REOPENED)
"""Steps that bring a case on; the others may wait."""
KINDS = {
    "stand": (StepKind.SHARED, StepKind.WITHDRAWN),
    "absender": (StepKind.CONFIRMED, StepKind.REFUSED),
    "wer": (StepKind.TAKEN, StepKind.HANDED_OVER),
    "rueckfragen": (StepKind.ASKED, StepKind.ANSWERED),
    "empfehlungen": (StepKind.RECOMMENDED, StepKind.REPLIED),
    "ergebnis": (
        StepKind.RECORDED,
        StepKind.PAPERS_MISSING,
        StepKind.PAPERS_COMPLETE,
        StepKind.PREPARED,
        StepKind.READ_OVER,
        StepKind.RELEASED,
        StepKind.CLOSED,
        StepKind.REOPENED,
    ),
}
"""What the feed can be narrowed to, by the word in the address."""
KIND_TITLES = {
    "stand": "Stände",
    "absender": "Absender",
    "wer": "übernommen, abgegeben",
    "rueckfragen": "Rückfragen",
    "empfehlungen": "Empfehlungen",
    "ergebnis": "Protokoll, Ergebnis",
}
DONE = {
    "schritt": "Gespeichert",
    "abgegeben": "Abgegeben",
    "abgegeben-ohne-mail": "Abgegeben, aber ohne E-Mail",
    "abgegeben-an-alle": "Abgegeben, aber an niemand Bestimmtes",
    "markiert": "Markiert",
    "markiert-ohne-mail": "Markiert, aber ohne E-Mail",
    "erinnerung": "Die Erinnerung ist gespeichert",
    "erledigt": "Erledigt",
    "freigegeben": "Freigegeben. Die Kommune sieht es jetzt.",
    "zurueckgenommen": "Der letzte Schritt ist zurückgenommen",
    "zurueckgenommen-an-alle": "Der letzte Schritt ist zurückgenommen",
}
"""What a page says that somebody comes to after a press."""
BESIDE = {
    "abgegeben-an-alle": "Wen Sie ausgewählt haben, berät hier nicht mehr. Der Vorgang ist jetzt für alle da.",
    "zurueckgenommen-an-alle": "Wer den Vorgang vorher hatte, berät hier nicht mehr. Er ist jetzt für alle da.",
}
NO_MAIL = "Heute gehen von Ihrem Konto keine weiteren E-Mails hinaus. Sagen Sie bitte selbst Bescheid."
"""What it says beside that."""


class Offered(NamedTuple):
    """A step on a button, or with `href` a link to a page that asks for more; `next` brings the case on."""

    kind: StepKind
    text: str
    href: str
    next: bool


class Happening(NamedTuple):
    """A line of the feed."""

    step: Step
    text: str


@pages.get(ROOT)
def case(case_id: str) -> str:
    return show(guards.open_case(case_id, even_gone=True))


@pages.post(f"{ROOT}/schritt")
def step(case_id: str) -> ResponseReturnValue:
    opened = guards.open_case(case_id)
    kind = _read_kind(request.form.get("kind", ""))
    if kind is None:
        abort(404)
    done = steps.do(opened.case.id, opened.advisor, kind, read_version(request.form.get("seen")), clock.now())
    return answer(opened, done, "schritt")


@pages.post(f"{ROOT}/zuruecknehmen")
def undo(case_id: str) -> ResponseReturnValue:
    opened = guards.open_case(case_id)
    done = steps.undo(opened.case.id, opened.advisor, read_version(request.form.get("seen")), clock.now())
    return answer(opened, done, "zurueckgenommen")


def answer(opened: OpenCase, outcome: Outcome, said: str) -> ResponseReturnValue:
    """Back to the case after a step; where it could not be done the case as it stands now, with the reason."""
    if isinstance(outcome, Done):
        return back(opened, f"{said}-an-alle" if outcome.left_over else said if outcome.told else f"{said}-ohne-mail")
    now = guards.open_case(opened.case.public_id, even_gone=True)
    refused = "" if isinstance(outcome, Overtaken) else say_hindrance(outcome.why, now.case.state)
    return show(now, overtaken=isinstance(outcome, Overtaken), refused=refused), 409


def back(opened: OpenCase, said: str) -> ResponseReturnValue:
    return redirect(url_for("chamber.case", case_id=opened.case.public_id, getan=said), 303)


def _read_kind(text: str) -> StepKind | None:
    """A step that a button of this page can do."""
    known = [kind for kind in rules.RULES if kind not in OWN_PAGE]
    return next((kind for kind in known if kind.value == text), None)


def show(opened: OpenCase, *, overtaken: bool = False, refused: str = "") -> str:
    """`overtaken`: something happened since the page was drawn that sent a step; `refused`: why it is not possible."""
    case, account = opened.case, opened.advisor.account_id
    happened, gone = steps.list_steps(case.id, account), case.gone is not None
    threads = [] if gone else [each for asked in read_threads(case.id).values() for each in asked]
    standing = steps.find_standing(case, account, sum(each.state is ThreadState.OPEN for each in threads))
    chosen, said = request.args.get("art", ""), request.args.get("getan", "")
    feed = [Happening(each, say_step(each.kind, each.stand, each.recipient)) for each in _narrow(happened, chosen)]
    return render(
        "chamber/case.html",
        opened,
        case=case,
        district=name_districts().get(case.district, case.district),
        audit=AUDITS.get(case.audit, case.audit),
        state=say_state(case.state, case.papers_missing),
        waits=tell_waiting(case.waits_on, (clock.today() - clock.local(case.waits_since).date()).days),
        progress=None if gone else list_tasks(case, threads),
        damaged=f"{DAMAGED} {ASK_TOWN}",
        offered=[] if gone else _offer(case.public_id, standing),
        hindered=[] if gone else _explain(standing),
        flags=[] if gone else marks.list_flags(case.id, account),
        reminders=[] if gone else marks.list_reminders(case.id, account),
        feed=feed,
        kinds=_list_kinds(case.public_id, happened, chosen),
        last=happened[0] if happened else None,
        seen=happened[0].id if happened else NO_STEP,
        sender_mark=mark_sender(case),
        older=[] if gone else list_stands(case)[1:],
        can_undo=steps.can_undo(happened, standing),
        undone=say_step(happened[0].kind, happened[0].stand, happened[0].recipient) if happened else "",
        done=DONE.get(said, ""),
        beside=NO_MAIL if said.endswith("ohne-mail") else BESIDE.get(said, ""),
        refusable=case.sender is Sender.CONFIRMED and all(each.kind is not StepKind.RELEASED for each in happened),
        overtaken=overtaken,
        refused=refused,
    )


def _offer(case_id: str, standing: Standing) -> list[Offered]:
    return [
        Offered(kind, BUTTONS[kind], url_for(OWN_PAGE[kind], case_id=case_id) if kind in OWN_PAGE else "", kind in NEXT)
        for kind in rules.list_possible(standing)
    ]


def _explain(standing: Standing) -> list[tuple[str, str]]:
    """What is not possible now, and why; each reason once."""
    found: dict[str, list[str]] = {}
    for kind, why in rules.list_hindered(standing):
        found.setdefault(say_hindrance(why, standing.state), []).append(BUTTONS[kind])
    return [("; ".join(texts), why) for why, texts in found.items()]


def _narrow(happened: list[Step], chosen: str) -> list[Step]:
    return [each for each in happened if each.kind in KINDS[chosen]] if chosen in KINDS else happened


def _list_kinds(case_id: str, happened: list[Step], chosen: str) -> list[tuple[str, int, str, bool]]:
    """What the feed can be narrowed to; only what there is."""
    counts = {word: sum(step.kind in kinds for step in happened) for word, kinds in KINDS.items()}
    there = [
        (
            KIND_TITLES[word],
            number,
            url_for("chamber.case", case_id=case_id, art=word, _anchor="verlauf"),
            word == chosen,
        )
        for word, number in counts.items()
        if number
    ]
    everything = url_for("chamber.case", case_id=case_id, _anchor="verlauf")
    return [("alles", len(happened), everything, chosen not in KINDS), *there] if len(there) > 1 else []
