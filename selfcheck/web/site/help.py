"""Help: what the audit wants, how to work with the tool, how points come about; searched topic by topic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from selfcheck.core.questionnaire.model import ZERO, NotApplicable, Questionnaire, Source
from selfcheck.core.rules.estimate import Verdict
from selfcheck.core.text.order import split_words
from selfcheck.reporting.words import german
from selfcheck.reporting.words.verdict import name_verdict
from selfcheck.web.layout.catalogue import catalogue
from selfcheck.web.layout.fragments import draw
from selfcheck.web.layout.own_texts import read_topics
from selfcheck.web.site import pages, sample
from selfcheck.web.site.guides import Guide, list_guides
from selfcheck.web.site.key_facts import newest_facts, newest_prepared
from selfcheck.web.site.search import SearchForm

VERDICTS = {
    Verdict.EMPTY: "Es ist noch keine Frage beantwortet.",
    Verdict.DOCUMENTED: "Die belegten Punkte reichen für die Marke.",
    Verdict.CLAIMED: "Ihre Angaben reichen für die Marke, die Belege noch nicht.",
    Verdict.POSSIBLE: "Ihre Angaben reichen noch nicht. Mit den offenen und unklaren Fragen kann es reichen.",
    Verdict.SHORT: "Auch wenn alle offenen und unklaren Fragen volle Punkte bringen, reicht es nicht. "
    "Der Weg zur Marke zeigt, was Sie ändern können.",
}
NOT_COUNTED = "Keine. Je nach Frage gelten sie als nicht erreicht, oder die Frage zählt nicht mit."
NOT_REACHED = "Keine; die Punkte der Frage gelten als nicht erreicht. Nur manche Fragen bieten das an."
ESTIMATING = "site/estimating.html"
ORIGINS = {
    Source.NAMED: "Eine Quelle nennt das Thema als Frage des Audits.",
    Source.REPORTED: "Eine Quelle berichtet, dass das Thema gewürdigt wurde.",
    Source.OWN: "Das Thema haben wir ergänzt.",
}


@dataclass(frozen=True, slots=True)
class Topic:
    """What stands under one heading, as HTML; the only one of its chapter has no title.

    `more` is what it leads to: also searched, not shown.
    """

    title: str
    html: Markup
    more: str = ""

    @property
    def id(self) -> str:
        return "-".join(split_words(self.title))


@dataclass(frozen=True, slots=True)
class Chapter:
    id: str
    title: str
    topics: tuple[Topic, ...]

    def narrow(self, search: SearchForm) -> Chapter:
        """The chapter with the topics that are looked for."""
        found = (
            each for each in self.topics if search.finds((self.title, each.title, each.html.striptags(), each.more))
        )
        return Chapter(self.id, self.title, tuple(found))


@pages.get("/hilfe")
def help() -> ResponseReturnValue:
    search, whole = SearchForm(), tuple(_list_chapters())
    chapters = [chapter for chapter in (each.narrow(search) for each in whole) if chapter.topics]
    page = render_template(
        "site/help.html",
        search=search,
        chapters=chapters,
        found=sum(len(chapter.topics) for chapter in chapters),
        all=sum(len(chapter.topics) for chapter in whole),
    )
    return page, search.status


def _list_chapters() -> Iterator[Chapter]:
    prepared = newest_prepared()
    questionnaire = prepared.questionnaire
    yield Chapter("audit", "Das Audit", _read("hilfe-audit"))
    yield Chapter("mehr", "Mehr zum Audit", tuple(_lead_to(each) for each in list_guides()))
    yield Chapter("arbeiten", "Mit dem Selbstcheck arbeiten", _read("hilfe"))
    yield Chapter("wie-wird-geschaetzt", "Wie wird geschätzt?", tuple(_explain_points(questionnaire)))
    yield Chapter("annahmen", "Annahmen", (Topic("", _draw("site/sources.html", "prose", prepared.assumptions)),))
    yield Chapter("quellen", "Quellen", (Topic("", _draw("site/sources.html", "listed", questionnaire.sources)),))


def _read(name: str) -> tuple[Topic, ...]:
    return tuple(Topic(title, _draw("site/sources.html", "prose", html)) for title, html in read_topics(name))


def _lead_to(guide: Guide) -> Topic:
    return Topic(guide.title, _draw("site/guides.html", "teaser", guide), guide.words)


def _explain_points(questionnaire: Questionnaire) -> Iterator[Topic]:
    facts, bonus = newest_facts(), questionnaire.bonus
    excluded = NotApplicable.EXCLUDED in {question.not_applicable for question in questionnaire.questions}
    points = {
        "per_project": german.points_count(bonus.per_project),
        "per_goal": german.points_count(bonus.per_goal),
        "at_most": german.points_count(bonus.at_most),
    }
    notice = "" if questionnaire.official else questionnaire.notice
    verdicts = [(name_verdict(each), meaning) for each, meaning in VERDICTS.items()]
    yield Topic("Die Marke", _draw(ESTIMATING, "mark", facts, notice, catalogue().chambers.source.url))
    if not questionnaire.official:
        yield Topic("Wie sicher ist die Schätzung?", _explain_sureness(questionnaire))
    effect = NOT_COUNTED if excluded else NOT_REACHED
    conditional = any(question.applies_if is not None for question in questionnaire.questions)
    yield Topic("Was bewirkt meine Antwort?", _draw(ESTIMATING, "answers", effect, conditional))
    yield Topic("Fünf Arten von Punkten", _draw(ESTIMATING, "kinds"))
    yield Topic("Die drei Zahlen im Ergebnis", _draw(ESTIMATING, "numbers"))
    yield Topic("Sonderpunkte", _draw(ESTIMATING, "bonus_points", points))
    yield Topic("Was das Gesamtergebnis bedeutet", _draw(ESTIMATING, "outcome", verdicts))
    yield Topic("Der Weg zur Marke", _draw(ESTIMATING, "way", facts))


def _explain_sureness(questionnaire: Questionnaire) -> Markup:
    """How many questions and points rest on what, and what the sample town would have with other weights."""
    rows = []
    for source, words in ORIGINS.items():
        points = [question.possible for question in questionnaire.questions if question.source is source]
        rows.append((words, german.count(len(points), "Frage", "Fragen"), german.points_count(sum(points, ZERO))))
    summary = sample.summarise_sample()
    town, probe = (summary.town, summary.probe) if summary is not None else ("", "")
    return _draw(ESTIMATING, "sureness", rows, town, probe)


def _draw(template: str, macro: str, *arguments: object) -> Markup:
    return Markup(draw(template, macro, *arguments))
