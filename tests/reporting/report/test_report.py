"""The report as a document: complete, in words, and with nothing that must not be in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from selfcheck.core.questionnaire.model import ZERO, Effort, Need, QuestionId, Value
from selfcheck.core.rules.answers import Answer, Evidence, Extras, State
from selfcheck.core.rules.estimate import Estimate, Points
from selfcheck.core.rules.situation import Situation
from selfcheck.reporting.report import route_text
from selfcheck.reporting.report.question_section import QuestionSection
from selfcheck.reporting.report.report import Edition, Report, build_report
from selfcheck.reporting.report.way import RouteItem
from selfcheck.reporting.words import german
from selfcheck.reporting.words.verdict import Voice
from tests.reporting.builders import DANGEROUS, LINKED, NOTE, stand
from tests.towns import questionnaire


def _report() -> Report:
    return build_report(questionnaire(), stand())


def _question(id: str) -> QuestionSection:
    return next(asked for criterion in _report().criteria for asked in criterion.questions if asked.id == id)


def test_the_cover_says_whose_report_of_which_day_it_is() -> None:
    cover = _report().cover
    assert (cover.municipality, cover.day) == ("Musterstadt am Main", "08.02.2027")
    assert (cover.stand, cover.audience) == ("Stand vom 08.02.2027", "Bericht an die IHK Darmstadt")
    assert cover.audit == (
        ("Kreis", "Groß-Gerau"),
        ("Einstufung", "Mittelzentrum"),
        ("Auditierung", "Erstauditierung"),
        ("Prüfgespräch", "15.06.2027"),
    )
    assert cover.contact == (
        ("Ansprechperson", "Sabine Krüger, Wirtschaftsförderung"),
        ("Telefon", "06100 000-120"),
        ("E-Mail", "wohnort@musterstadt.example"),
        ("Fragebogen", "Version 2026-1, 38 Fragen"),
    )


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        ("IHK Darmstadt", "Bericht an die IHK Darmstadt"),
        ("ihk darmstadt", "Bericht an die IHK Darmstadt"),
        ("Bürgermeisterin Kraft", "Bericht für: Bürgermeisterin Kraft"),
        ("", ""),
    ],
)
def test_the_cover_says_which_stand_it_is_and_for_whom(audience: str, said: str) -> None:
    edition = Edition(3, datetime(2026, 11, 28, 10, 42, tzinfo=UTC), audience)
    cover = build_report(questionnaire(), stand(), edition).cover
    assert (cover.stand, cover.audience) == ("Stand 3 vom 28.11.2026, 10:42", said)


def test_every_question_stands_in_the_report_or_is_named_as_not_counting() -> None:
    shown = {asked.number for criterion in _report().criteria for asked in criterion.questions}
    dropped = " ".join(criterion.dropped for criterion in _report().criteria)
    for question in questionnaire().questions:
        assert question.number in shown or question.number in dropped


def test_a_question_tells_answer_note_evidence_and_points() -> None:
    asked = _question("beschluss")
    option = next(o for o in questionnaire().question[QuestionId("beschluss")].options if o.id == "vorstand")
    assert asked.answer == (option.text,)
    assert asked.note == NOTE
    assert [(piece.title, piece.status, piece.place) for piece in asked.evidence] == [
        (LINKED.title, "liegt vor", "Seite 12"),
        (DANGEROUS.title, "liegt vor", "Ablage: 10-4/2"),
    ]
    assert asked.points == "1 von 2 Punkten"
    assert asked.proof == "belegt"
    assert asked.why == ""


def test_the_reason_of_points_stands_there_only_where_it_says_more_than_the_answer() -> None:
    assert _question("quote-u3").why == "3 Punkte gibt es ab 35\N{NO-BREAK SPACE}% der Kinder unter drei Jahren."
    still_open = [
        asked for criterion in _report().criteria for asked in criterion.questions if asked.answer == ("offen",)
    ]
    assert still_open
    assert all(asked.why.startswith(("offen, ", "noch nicht entschieden")) for asked in still_open)


def _with_answer(id: str, value: Value, *evidence: Evidence) -> QuestionSection:
    bare, asked = stand(), questionnaire()
    answers = dict(bare.answers) | {QuestionId(id): Answer(State.GIVEN, value, evidence=evidence)}
    estimate = Situation(asked, bare.profile, answers, Extras(), bare.day, bare.interview).estimate
    report = build_report(asked, replace(bare, answers=answers, estimate=estimate))
    return next(each for criterion in report.criteria for each in criterion.questions if each.id == id)


def test_a_step_says_of_what_it_is_a_number() -> None:
    question = next(each for each in questionnaire().questions if each.unit == "Veranstaltungen im Jahr")
    section = _with_answer(question.id, Decimal(1))
    assert section.better == (("Veranstaltungen im Jahr: ab 2", "3 Punkte"),)
    assert section.why == "Veranstaltungen im Jahr: 2 Punkte gibt es ab 1."


def test_more_than_counts_is_told_without_the_answer_once_more() -> None:
    question = next(each for each in questionnaire().questions if each.at_most is not None)
    section = _with_answer(question.id, frozenset(option.id for option in question.options if option.points))
    assert section.why == f"Mehr als {german.points_count(question.at_most or ZERO)} zählen nicht."


def test_what_is_proved_by_nothing_that_can_be_found_says_so() -> None:
    nowhere = Evidence("Beschluss", available=True)
    assert _with_answer("beschluss", "vorstand", nowhere).proof == "Beleg angegeben, Fundstelle fehlt"
    assert _with_answer("beschluss", "vorstand", nowhere, LINKED).proof == "belegt"


def test_only_addresses_of_the_web_may_be_followed() -> None:
    linked, dangerous = _question("beschluss").evidence
    assert linked.opens
    assert not dangerous.opens


def test_missing_evidence_names_what_has_expired() -> None:
    gap = next(gap for gap in _report().missing if gap.id == "ganztag-grundschule")
    assert "gilt nur bis 31.12.2026" in gap.missing
    for usual in questionnaire().question[QuestionId(gap.id)].evidence:
        assert usual not in gap.missing, "a document of the town's own takes the place of what is suggested"
    assert gap.points == "4"
    assert _report().missing_bonus == "Für 1 Sonderpunkt aus Projekten oder erreichten Zielen fehlt noch ein Beleg."


def test_the_checklist_names_no_persons_and_says_what_is_done() -> None:
    report = _report()
    assert report.checklist is not None
    groups = dict(report.checklist)
    assert next(iter(groups)) == "Auftrag und Team"
    done = {step.text: step.done for step in groups["Auftrag und Team"]}
    assert done["Ansprechperson benennen"]
    assert not done["Gremienbeschluss herbeiführen"], "only the executive decided, not the elected body"
    steps = [step for _, listed in report.checklist for step in listed if not step.needless]
    assert report.progress == f"{sum(step.done for step in steps)} von {len(steps)} Schritten erledigt"


def test_the_route_says_what_a_measure_takes() -> None:
    item = RouteItem(
        question=QuestionId("a"),
        number="A1",
        text="Beschluss fassen",
        gain=questionnaire().goal_margin,
        effort=Effort.LARGE,
        months=1,
        needs=(Need.COUNCIL, Need.TENDER),
        latest_start=None,
    )
    assert route_text.list_facts(item, State.GIVEN) == (
        ("Aufwand", "hoch"),
        ("dauert", "1 Monat"),
        ("braucht", "Gremienbeschluss und Vergabe"),
    )
    assert route_text.list_facts(item, State.NOT_APPLICABLE)[0] == ("bisher", "trifft nicht zu")


def _today(possible: Decimal, still_open: Decimal = ZERO) -> Estimate:
    return replace(stand().estimate, points=Points(possible, open=still_open))


def test_the_route_says_until_when_measures_must_be_done() -> None:
    route = stand().route
    assert route is not None
    said = route_text.explain_route(questionnaire(), route, _today(route.possible), date(2027, 6, 15))
    assert "bis zum 04.05.2027 fertig sein, sechs Wochen vor dem Prüfgespräch" in said
    assert "Prüfgespräch" not in route_text.explain_route(questionnaire(), route, _today(route.possible), None)


def test_a_mark_that_moves_with_the_measures_is_explained() -> None:
    route = stand().route
    assert route is not None
    said = route_text.explain_route(questionnaire(), replace(route, possible=Decimal(118)), _today(Decimal(115)), None)
    assert "liegt die Marke dann bei 82,6 von 118 Punkten statt bei 80,5 von 115 Punkten" in said
    assert "liegt die Marke dann" not in route_text.explain_route(questionnaire(), route, _today(route.possible), None)


def test_where_the_mark_stays_out_of_reach_that_comes_first() -> None:
    route = stand().route
    assert route is not None
    short = replace(route, missing=questionnaire().goal_margin)
    said = route_text.explain_route(questionnaire(), short, _today(short.possible, Decimal(6)), None)
    assert said.startswith("Auch mit diesen ")
    assert "fehlen bis zur Marke noch 5 Punkte. Sie kommen damit auf " in said
    assert said.endswith(
        "Acht offene und unklare Fragen können noch bis zu 6 Punkte bringen. Das kann die Lücke schließen."
    )


@pytest.mark.parametrize(
    ("still_open", "said"),
    [
        (
            5,
            "Wir raten zu 5 Punkten Reserve. Mit Maßnahmen allein ist so viel bis zum Prüfgespräch nicht mehr zu "
            "schaffen; acht offene und unklare Fragen können noch bis zu 5 Punkte bringen.",
        ),
        (2, "noch bis zu 2 Punkte bringen. Auch das reicht dafür nicht."),
        (0, "Reserve. Mit Maßnahmen ist so viel bis zum Prüfgespräch nicht mehr zu schaffen."),
    ],
)
def test_a_reserve_that_open_questions_could_bring_is_not_called_out_of_reach(still_open: int, said: str) -> None:
    route = stand().route
    assert route is not None
    barely = replace(route, reached=questionnaire().pass_mark * route.possible / 100 + 1)
    today = _today(route.possible, Decimal(still_open))
    assert route_text.explain_route(questionnaire(), barely, today, date(2027, 6, 15)).endswith(said)


@pytest.mark.parametrize(
    ("above", "voice", "said"),
    [
        (1, Voice.TOWN, "Sie liegen dann 1 Punkt über der Marke. Alle Maßnahmen müssen"),
        (1, Voice.REPORT, "Die Kommune liegt dann 1 Punkt über der Marke. Alle Maßnahmen müssen"),
        (0, Voice.TOWN, "Sie liegen dann genau auf der Marke. Alle Maßnahmen müssen"),
        (5, Voice.REPORT, "Darin sind 5 Punkte Reserve über der Marke enthalten. Alle Maßnahmen müssen"),
    ],
)
def test_the_reserve_stands_behind_the_points_that_it_is_part_of(above: int, voice: Voice, said: str) -> None:
    route = stand().route
    assert route is not None
    reached = questionnaire().pass_mark * route.possible / 100 + above
    way = replace(route, reached=reached)
    told = route_text.explain_route(questionnaire(), way, _today(route.possible), date(2027, 6, 15), voice)
    points = german.points_count(reached)
    percent = german.percent(german.share(reached, route.possible))
    assert f"auf {points}, das sind {percent}. {said}" in told
    advisor = {Voice.TOWN: "Wir raten zu", Voice.REPORT: "Der Selbstcheck rät zu"}[voice]
    assert (advisor in told) is (above < 5)
    assert voice is Voice.TOWN or "Wir " not in told


def test_without_measures_the_route_says_what_to_do_instead() -> None:
    route = stand().route
    assert route is not None
    nothing = replace(route, items=(), missing=questionnaire().goal_margin)
    assert "Entscheidend sind jetzt die offenen und unklaren Fragen" in route_text.explain_route(
        questionnaire(), nothing, _today(nothing.possible), None
    )
    reached = replace(route, items=(), missing=route.missing * 0, reached=route.possible)
    assert "Weitere Maßnahmen sind dafür nicht nötig" in route_text.explain_route(
        questionnaire(), reached, _today(reached.possible), None
    )


def test_what_was_not_chosen_is_named_with_what_it_would_give() -> None:
    asked = questionnaire().question[QuestionId("paket-inhalt")]
    chosen = stand().answers[asked.id].value
    assert isinstance(chosen, frozenset)
    left = tuple(option.text for option in asked.options if option.id not in chosen)
    assert tuple(text for text, _ in _question("paket-inhalt").better) == left
    assert all("Punkt" in worth for _, worth in _question("paket-inhalt").better)
    assert [worth for _, worth in _question("beschluss").better] == ["2 Punkte"]
    assert _question("veranstaltungen").better == ()


def test_a_question_with_all_its_points_names_nothing_more() -> None:
    for criterion in _report().criteria:
        for asked in criterion.questions:
            points, _, possible = asked.points.partition(" von ")
            if possible.startswith(f"{points} "):
                assert asked.better == ()
