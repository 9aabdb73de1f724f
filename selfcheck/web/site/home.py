"""Pages for everybody: start, chamber finder, all questions to read, help, legal pages, and what machines ask for."""

from __future__ import annotations

from flask import Response, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from selfcheck.assets import Assets
from selfcheck.core.questionnaire.eligibility import Eligibility
from selfcheck.core.questionnaire.model import NotApplicable, Source
from selfcheck.core.rules.estimate import Verdict
from selfcheck.reporting.words import german
from selfcheck.reporting.words.condition_text import only_if
from selfcheck.reporting.words.eligibility_text import answer
from selfcheck.reporting.words.question_points import list_points
from selfcheck.reporting.words.verdict import name_verdict
from selfcheck.store.catalogue.catalogue import Prepared
from selfcheck.store.database import transactions
from selfcheck.web.entry import finder
from selfcheck.web.layout.catalogue import OTHER, catalogue
from selfcheck.web.layout.templating import newest
from selfcheck.web.site import legal, pages, sample
from selfcheck.web.site.key_facts import KeyFacts

VERDICTS = {
    Verdict.EMPTY: "Es ist noch keine Frage beantwortet.",
    Verdict.DOCUMENTED: "Die belegten Punkte reichen für die Marke.",
    Verdict.CLAIMED: "Ihre Angaben reichen für die Marke, die Belege noch nicht.",
    Verdict.POSSIBLE: "Ihre Angaben reichen noch nicht. Mit den offenen Fragen kann es reichen.",
    Verdict.SHORT: "Auch wenn alle offenen Fragen volle Punkte bringen, reicht es nicht. "
    "Der Weg zur Marke zeigt, was Sie ändern können.",
}
SOURCES = {
    Source.NAMED: "Eine öffentliche Quelle nennt diese Frage.",
    Source.REPORTED: "Eine öffentliche Quelle berichtet, dass dies bewertet wurde.",
    Source.OWN: "Diese Frage haben wir ergänzt.",
}
NOT_COUNTED = "Keine. Je nach Frage gelten sie als nicht erreicht, oder die Frage zählt nicht mit."
NOT_REACHED = "Keine; die Punkte der Frage gelten als nicht erreicht. Nur manche Fragen bieten das an."
ROBOTS = """User-agent: *
Disallow: /selbstcheck/
Disallow: /selbstchecks
Disallow: /bericht/
Disallow: /berichte/
Disallow: /zugang/
Disallow: /konto
Disallow: /passwort-neu/
"""


@pages.get("/")
def start_page() -> str:
    example = sample.find_sample()
    return render_template("site/start.html", facts=_key_facts(), sample=example.summary if example else None)


@pages.get("/ihk")
def chambers() -> str:
    everyone = catalogue().chambers
    chosen = request.args.get("kreis", "")
    return render_template(
        "site/chambers.html",
        count=german.in_words(len(everyone.chambers)),
        districts=finder.list_districts(everyone),
        chosen=chosen,
        found=finder.find(everyone, chosen),
        elsewhere=answer(Eligibility.OTHER_DISTRICT) if chosen == OTHER else None,
        heads=finder.HEADS,
        rows=finder.list_rows(everyone),
        source=everyone.source,
        as_of=everyone.as_of,
        other=OTHER,
    )


@pages.get("/fragen")
def questions() -> str:
    prepared = _newest_prepared()
    questionnaire = prepared.questionnaire
    return render_template(
        "site/questions.html",
        prepared=prepared,
        questionnaire=questionnaire,
        facts=_key_facts(),
        contents=[(f"{each.letter} {each.title}", f"#{each.id}") for each in questionnaire.criteria],
        conditions={each.id: only_if(questionnaire, each) for each in questionnaire.questions},
        points={
            each.id: [(row.text, german.points_count(row.points)) for row in list_points(each)]
            for each in questionnaire.questions
        },
        sources=SOURCES,
        unfolded="drucken" in request.args,
    )


@pages.get("/hilfe")
def help() -> str:
    prepared = _newest_prepared()
    bonus = prepared.questionnaire.bonus
    effects = {question.not_applicable for question in prepared.questionnaire.questions}
    return render_template(
        "site/help.html",
        prepared=prepared,
        questionnaire=prepared.questionnaire,
        facts=_key_facts(),
        working=legal.read_own("hilfe"),
        verdicts=[(name_verdict(each), meaning) for each, meaning in VERDICTS.items()],
        not_applicable_effect=NOT_COUNTED if NotApplicable.EXCLUDED in effects else NOT_REACHED,
        bonus={
            "per_project": german.points_count(bonus.per_project),
            "per_goal": german.points_count(bonus.per_goal),
            "at_most": german.points_count(bonus.at_most),
        },
    )


@pages.get("/impressum")
def imprint() -> str:
    return _show_text("Impressum", "impressum", "Das Impressum fehlt noch.")


@pages.get("/datenschutz")
def privacy() -> str:
    """What the program itself does stands in front, whatever the operator adds."""
    operator, placeholder = legal.read_page("datenschutz", "datenschutz-betreiber")
    own = legal.read_own("datenschutz")
    return render_template("site/privacy.html", own=own, operator=operator, placeholder=placeholder)


@pages.get("/barrierefreiheit")
def accessibility() -> str:
    return _show_text("Barrierefreiheit", "barrierefreiheit", "Diese Erklärung ist noch ein Entwurf.")


@pages.get("/leichte-sprache")
def easy_language() -> str:
    return render_template("site/text.html", title="Leichte Sprache", text=legal.read_own("leichte-sprache"), easy=True)


@pages.get("/healthz")
def health() -> ResponseReturnValue:
    """For whoever watches over the server: 200 `ok`, or 503 while the database does not answer."""
    try:
        transactions.ping()
    except SQLAlchemyError:
        return Response("database does not answer\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


@pages.get("/robots.txt")
def robots() -> Response:
    return Response(ROBOTS, mimetype="text/plain")


@pages.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    """Some browsers ask for it whatever the page says."""
    assets: Assets = current_app.extensions["assets"]
    return redirect(assets.url("img/favicon.svg"))


def _show_text(title: str, name: str, missing: str) -> str:
    """`missing` is what visitors read while the operator has not put in a text."""
    text, placeholder = legal.read_page(name)
    return render_template("site/text.html", title=title, text=text, placeholder=placeholder, missing=missing)


def _newest_prepared() -> Prepared:
    return catalogue().prepared(newest().name)


def _key_facts() -> KeyFacts:
    return KeyFacts.of(newest(), len(catalogue().chambers.chambers))
