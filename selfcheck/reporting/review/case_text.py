"""Where a case stands, what happened in it and why a step is not possible, in German."""

from __future__ import annotations

from decimal import Decimal

from selfcheck.core.review.case import Ball, CaseState, Sender, StepKind
from selfcheck.core.review.steps import Hindrance
from selfcheck.reporting.words import german

STATES = {
    CaseState.RECEIVED: "eingegangen",
    CaseState.REVIEWING: "in Prüfung",
    CaseState.QUERIES: "Rückfragen",
    CaseState.PREPARED: "Ergebnis vorbereitet",
    CaseState.RELEASED: "freigegeben",
    CaseState.CLOSED: "abgeschlossen",
}
PAPERS_MISSING = "angenommen, Unterlagen fehlen noch"
SENDERS = {
    Sender.OPEN: ("unclear", "nicht von der IHK geprüft"),
    Sender.CONFIRMED: ("done", "bestätigt"),
    Sender.REFUSED: ("danger", "abgelehnt"),
}
"""What is known of whoever shared a report, as the kind of a tag and its words."""


def say_state(state: CaseState, papers_missing: bool) -> str:
    """`in Prüfung`, `Rückfragen, angenommen, Unterlagen fehlen noch`."""
    return f"{STATES[state]}, {PAPERS_MISSING}" if papers_missing else STATES[state]


def tag_sender(sender: Sender) -> tuple[str, str]:
    """One of `SENDERS`, for templates too."""
    return SENDERS[sender]


def say_taken(advisor: str, mine: bool) -> str:
    """Who looks after a case: `übernommen von Ihnen`; `advisor` is empty where nobody does."""
    if mine:
        return "übernommen von Ihnen"
    return f"übernommen von {advisor}" if advisor else "noch von niemandem übernommen"


STEPS = {
    StepKind.WITHDRAWN: "Die Kommune hat ihren Bericht zurückgezogen",
    StepKind.CONFIRMED: "Absender bestätigt",
    StepKind.REFUSED: "Absender abgelehnt",
    StepKind.TAKEN: "Vorgang übernommen",
    StepKind.ASKED: "Die Kommune ist am Zug: Rückfragen warten auf Antwort",
    StepKind.ANSWERED: "Antworten sind da, die Prüfung geht weiter",
    StepKind.RECOMMENDED: "Empfehlungen gesendet",
    StepKind.REPLIED: "Die Kommune hat auf eine Empfehlung geantwortet",
    StepKind.RECORDED: "Prüfprotokoll fertiggestellt",
    StepKind.PREPARED: "Ergebnis vorbereitet",
    StepKind.READ_OVER: "Ergebnis gegengelesen",
    StepKind.RELEASED: "Für die Kommune freigegeben",
    StepKind.PAPERS_MISSING: "Angenommen, Unterlagen fehlen noch",
    StepKind.PAPERS_COMPLETE: "Unterlagen sind vollständig",
    StepKind.CLOSED: "Vorgang abgeschlossen",
    StepKind.REOPENED: "Vorgang wieder geöffnet",
}


def say_step(kind: StepKind, stand: int | None, recipient: str) -> str:
    """What happened. `stand`: the number of the Stand that was shared; `recipient`: to whom a case was handed over."""
    if kind is StepKind.SHARED:
        return f"Stand {stand} geteilt"
    if kind is StepKind.HANDED_OVER:
        return f"Vorgang abgegeben an {recipient}" if recipient else "Vorgang abgegeben: Er ist für alle da"
    return STEPS[kind]


BUTTONS = {
    StepKind.TAKEN: "Übernehmen",
    StepKind.HANDED_OVER: "Abgeben",
    StepKind.ASKED: "Auf Antworten warten",
    StepKind.ANSWERED: "Weiter prüfen",
    StepKind.PAPERS_MISSING: "Annehmen, Unterlagen fehlen noch",
    StepKind.PAPERS_COMPLETE: "Unterlagen sind vollständig",
    StepKind.PREPARED: "Ergebnis ist vorbereitet",
    StepKind.RELEASED: "Freigeben",
    StepKind.CLOSED: "Abschließen",
    StepKind.REOPENED: "Wieder öffnen",
}
"""What advisors press, in the infinitive."""
HINDRANCES = {
    Hindrance.WITHDRAWN: "Die Kommune hat ihren Bericht zurückgezogen.",
    Hindrance.NOT_TAKEN: "Übernehmen Sie den Vorgang zuerst.",
    Hindrance.NOT_MINE: "Jemand anders hat den Vorgang. Übernehmen Sie ihn zuerst.",
    Hindrance.ALREADY_MINE: "Sie haben den Vorgang schon.",
    Hindrance.NO_THREADS: "Es gibt keine offene Rückfrage, auf die die Kommune antworten könnte.",
    Hindrance.OPEN_THREADS: "Rückfragen sind noch offen.",
    Hindrance.PAPERS_MISSING: "Es ist vermerkt, dass Unterlagen fehlen.",
    Hindrance.SENDER: "Der Absender ist noch nicht bestätigt.",
    Hindrance.PAPERS_COMPLETE: "Es ist nicht vermerkt, dass Unterlagen fehlen.",
}


def say_hindrance(why: Hindrance, state: CaseState) -> str:
    """Why a step is not possible."""
    if why is not Hindrance.OTHER_STATE:
        return HINDRANCES[why]
    if state is CaseState.RECEIVED:
        return HINDRANCES[Hindrance.NOT_TAKEN]
    return f"Der Vorgang ist gerade im Zustand „{STATES[state]}“."


WAITS_ON = {Ball.CHAMBER: "auf die IHK", Ball.TOWN: "auf die Kommune"}


def say_waiting(ball: Ball, days: int) -> str:
    """On whom a case waits, and for how long: `5 Tage auf die Kommune`; empty where it is nobody's turn."""
    if ball is Ball.NOBODY:
        return ""
    since = "seit heute" if days <= 0 else german.count(days, "Tag", "Tage")
    return f"{since} {WAITS_ON[ball]}"


def tell_waiting(ball: Ball, days: int) -> str:
    """The same as a sentence: `Der Vorgang wartet seit 5 Tagen auf die Kommune.`"""
    if ball is Ball.NOBODY:
        return ""
    since = "heute" if days <= 0 else german.count(days, "Tag", "Tagen")
    return f"Der Vorgang wartet seit {since} {WAITS_ON[ball]}."


def say_threads(open: int, answered: int) -> str:
    """The threads that are not done: `2 offen, 1 beantwortet`; empty where there are none."""
    parts = [f"{number} {word}" for number, word in ((open, "offen"), (answered, "beantwortet")) if number]
    return ", ".join(parts)


def say_difference(hundredths: int | None) -> str:
    """A difference without its sign; empty where nothing is judged."""
    return german.points(Decimal(hundredths).scaleb(-2)) if hundredths is not None else ""
