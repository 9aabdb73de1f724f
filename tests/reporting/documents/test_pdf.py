"""PDFs of an empty, the sample and a full self-check: valid for screen readers and archives, and readable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from selfcheck.core.questionnaire.model import QuestionId
from selfcheck.core.removed import Removed
from selfcheck.core.rules.answers import Answer, Contact, Evidence, Extras, State
from selfcheck.core.rules.situation import Situation
from selfcheck.reporting.documents.file import name_file
from selfcheck.reporting.documents.manuscript import Manuscript
from selfcheck.reporting.documents.pdf import departments_pdf, report_pdf, summary_pdf
from selfcheck.reporting.documents.pdf.plain import BREAK, allow_breaks
from selfcheck.reporting.report.report import Edition, Report, build_report
from selfcheck.reporting.report.stand import Entry, Stand
from selfcheck.reporting.words import german
from selfcheck.typesetting.characters import Characters
from tests.reporting.documents import pdf, stands
from tests.towns import questionnaire

WRITERS = {"report": report_pdf.write, "summary": summary_pdf.write, "departments": departments_pdf.write}
STANDS = {"empty": stands.empty, "sample": stands.sample, "full": stands.full}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("stand", STANDS)
def test_pdfs_keep_the_rules_for_everybody_and_for_archives(writer: str, stand: str) -> None:
    write: Callable[[Report], Manuscript] = WRITERS[writer]
    made = pdf.set_pdf(write(pdf.report_of(STANDS[stand]())))
    assert not pdf.find_faults(made)
    pages = pdf.texts_of(made)
    numbers = [f"Seite {number} von {len(pages)}" for number in range(1, len(pages) + 1)]
    for number, text in zip(_count_sheets(pages) if writer == "departments" else numbers, pages, strict=True):
        assert number in text
        assert "Musterstadt am Main, Stand 3 vom 08.02.2027, 10:42. Schätzung, keine Zusage." in text


def _count_sheets(pages: Sequence[str]) -> Iterator[str]:
    """What stands on each page where every department counts its own."""
    begun = [place for place, text in enumerate(pages) if "Bitte bis" in text or "Keine Fragen an" in text]
    for first, following in pairwise((*begun, len(pages))):
        yield from (f"Seite {number} von {following - first}" for number in range(1, following - first + 1))


def test_no_page_of_a_department_begins_or_ends_within_what_is_written_to_a_question() -> None:
    pages = pdf.texts_of(pdf.set_pdf(departments_pdf.write(pdf.report_of(stands.full()))))
    asked = [f"{each.number} {each.text}" for sheet in pdf.report_of(stands.full()).sheets for each in sheet.questions]
    for text in (" ".join(page.split()) for page in pages):
        questions = [question for question in asked if question in text]
        assert text.count("Erläuterung:") == len(questions)
        assert questions or "Diese Seite bleibt frei" in text


@pytest.mark.parametrize("stand", STANDS)
def test_no_heading_stands_alone_at_the_foot_of_a_page(stand: str) -> None:
    report = pdf.report_of(STANDS[stand]())
    headings = [criterion.title for criterion in report.criteria]
    headings += [f"{each.number} {each.text}" for criterion in report.criteria for each in criterion.questions]
    headings += [entry.title for entry in (*report.goals, *report.past_goals, *report.projects)]
    headings += [group for group, _ in report.checklist or ()]
    headings += ["Angaben zu den Fragen", "Fehlende Belege", "Entwicklungsziele", "Der Weg zur Marke", "Checkliste"]
    for last in pdf.last_lines(pdf.set_pdf(report_pdf.write(report))):
        assert not [heading for heading in headings if heading.endswith(last)]


def test_nothing_runs_off_the_paper() -> None:
    word = "Donaudampfschifffahrtsgesellschaft" * 20
    stand = stands.full()
    goal = dict.fromkeys(stands.GOAL, word)
    long = replace(
        stand,
        municipality=word[:80],
        contact=Contact(word[:80], word[:80], "0" * 40, f"{'m' * 60}@example.org"),
        goals=(Entry(word, goal),),
        projects=(Entry("\U0001f333" * 300, {"description": "W" * 3000}),),
        answers={
            id: answer._replace(note=word, evidence=_rename(answer.evidence, word))
            for id, answer in stand.answers.items()
        },
    )
    for writer in WRITERS.values():
        assert pdf.is_within_margins(pdf.set_pdf(writer(pdf.report_of(long))))


def test_the_same_stand_gives_the_same_bytes() -> None:
    manuscript = summary_pdf.write(pdf.report_of(stands.sample()))
    assert pdf.set_pdf(manuscript) == pdf.set_pdf(manuscript)


def test_bars_and_fields_say_what_they_show() -> None:
    said = "\n".join(pdf.alternatives_of(pdf.set_pdf(report_pdf.write(pdf.report_of(stands.sample())))))
    assert "D Ausländische Fachkräfte: belegt 5, angegeben, Beleg fehlt 3,5, offen 6, nicht erreicht 5,5 Punkte" in said
    assert "A4 Beleg fehlt, 2,5 von 2,5 Punkten" in said
    assert "Maßnahme 1: 2,5 Punkte mehr." in said


def test_the_report_has_way_and_checklist_only_where_they_were_asked_for() -> None:
    stand = replace(stands.sample(), route=None, checklist=None, remarks=None)
    text = pdf.text_of(pdf.set_pdf(report_pdf.write(pdf.report_of(stand))))
    for left_out in ("Der Weg zur Marke", "Checkliste", "Rückfrage"):
        assert left_out not in text


def test_a_text_that_was_taken_out_is_mentioned() -> None:
    removed = Edition(3, pdf.AT, "", redacted=Removed(date(2027, 2, 9), "Koordination"))
    report = build_report(questionnaire(), stands.empty(), removed)
    said = "Ein Text in diesem Stand wurde entfernt am 09.02.2027 durch Koordination."
    for write in WRITERS.values():
        assert said in " ".join(pdf.text_of(pdf.set_pdf(write(report))).split())


def test_the_summary_is_one_sheet_whatever_was_typed() -> None:
    stand, line, text = stands.full(), "Wörter " * 11, "Noch mehr Wörter, alle breit wie MMMMWWWW. " * 115
    long = replace(
        stand,
        municipality=line,
        contact=Contact(line, line, "0" * 40, "m" * 80),
        goals=tuple(Entry(text, dict.fromkeys(stands.GOAL, text)) for _ in range(20)),
        route=replace(stand.route, items=tuple(replace(item, text=text) for item in stand.route.items)),
        checklist=tuple(replace(step, text=text) for step in stand.checklist),
        answers={id: answer._replace(evidence=_rename(answer.evidence, text)) for id, answer in stand.answers.items()},
    )
    assert len(pdf.texts_of(pdf.set_pdf(summary_pdf.write(pdf.report_of(long))))) == 2


def _rename(evidence: Iterable[Evidence], title: str) -> tuple[Evidence, ...]:
    return tuple(piece._replace(title=title) for piece in evidence)


def test_the_summary_says_what_counts_for_whoever_decides() -> None:
    text = " ".join(pdf.text_of(pdf.set_pdf(summary_pdf.write(pdf.report_of(stands.full())))).split())
    for heading in ("Wo wir stehen", "Drei Stärken", "Drei Lücken", "Was entscheidet", "Ziele", "Nächste Termine"):
        assert heading in text
    assert "A2 Strategie zur Bevölkerungsentwicklung: 4 von 4 Punkten, belegt" in text
    assert "Offene und unklare Fragen, die am meisten bringen" in text
    assert "E3 Versorgung mit schnellem Internet: bis zu 4 Punkte" in text
    assert "acht offene und unklare Fragen können noch bis zu 24 Punkte bringen. • B3" in text
    assert "Ziel 1: Messgröße Anteil der Anmeldungen mit Paket; Ziel 100 %; bis wann 31.12.2028" in text
    assert "und 2 weitere, siehe Bericht" in text.partition("Ziele")[2].partition("Nächste Termine")[0]
    assert "15.02.2027: Kontakt mit der IHK aufnehmen" in text
    assert "Prüfgespräch: 15.06.2027" in text


def test_the_summary_sends_nobody_to_a_report_that_does_not_hold_way_and_steps() -> None:
    stand = stands.sample()
    assert stand.route is not None
    item, *_ = stand.route.items
    long = replace(item, text="Anlaufstelle einrichten und bekannt machen, " * 12)
    stand = replace(stand, route=replace(stand.route, items=(long, item, item, item, item)))
    text = " ".join(pdf.text_of(pdf.set_pdf(summary_pdf.write(pdf.report_of(stand)))).split())
    way = text.partition("Der Weg zur Marke")[2].partition("Ziele")[0]
    days = text.partition("Nächste Termine")[2]
    assert "… siehe Ergebnis im Selbstcheck (+" in way
    assert "und 2 weitere, siehe Ergebnis im Selbstcheck" in way
    assert re.search(r"und \d+ weitere, siehe Checkliste im Selbstcheck", days)
    assert "Bericht" not in way + days.partition("Kurzfassung")[0].replace("Bericht mit der IHK teilen", "")


def test_the_numbers_of_the_summary_explain_themselves_as_in_the_report() -> None:
    stand = stands.full()
    bonus = replace(stand.estimate, bonus=Decimal(1))
    report = pdf.report_of(replace(stand, estimate=bonus))
    assert report.quality
    assert report.outcome.bonus.endswith(f"+ 1 Sonderpunkt = {german.points_count(bonus.reached)}.")
    made = pdf.set_pdf(summary_pdf.write(report))
    first, _ = (" ".join(text.split()) for text in pdf.texts_of(made))
    whole = " ".join(pdf.text_of(pdf.set_pdf(report_pdf.write(report))).split())
    for said in (f"{report.quality}.", report.outcome.bonus):
        assert said in first
        assert said in whole


def test_the_summary_prefers_strengths_that_can_be_found_and_counts_no_question_twice() -> None:
    stand = stands.full()
    best = QuestionId("demografie-strategie")
    nowhere = tuple(Evidence(piece.title, available=True) for piece in stand.answers[best].evidence)
    answers = {**stand.answers, best: stand.answers[best]._replace(evidence=nowhere)}
    report = pdf.report_of(replace(stand, answers=answers))
    text = " ".join(pdf.text_of(pdf.set_pdf(summary_pdf.write(report))).split())
    strengths, rest = text.partition("Drei Stärken")[2].partition("Drei Lücken")[::2]
    assert "A2 Strategie" not in strengths
    lines = report.estimate.line.values()
    bring = sum(line.points.claimed > 0 for line in lines)
    lack = sum(line.points.lost > 0 for line in lines)
    assert f"Punkte bringen auch {bring - 3} weitere Fragen, siehe Bericht." in strengths
    assert f"Punkte fehlen auch bei {lack - 3} weiteren Fragen; manche davon bringen einen Teil" in rest


def _strengths_and_gaps(text: str) -> tuple[list[str], list[str]]:
    """The numbers of the questions under both headings of a summary."""
    strengths, rest = text.partition("Stärke")[2].partition("Lücke")[::2]
    number = re.compile(r"([A-E]\d+) \S")
    return number.findall(strengths), number.findall(rest.partition("Was entscheidet")[0])


def test_no_question_of_the_summary_is_a_strength_and_a_gap() -> None:
    stand, asked = stands.full(), questionnaire()
    half, whole, bare = (QuestionId(id) for id in ("demografie-strategie", "leitbild", "beschluss"))
    proven = Evidence("Beschluss", available=True, file_number="10")
    most = {id: max(asked.question[id].options, key=lambda each: each.points).id for id in (whole, bare)}
    some = next(each.id for each in asked.question[half].options if 0 < each.points < asked.question[half].possible)
    answers = {
        half: Answer(State.GIVEN, some, evidence=(proven,)),
        whole: Answer(State.GIVEN, most[whole], evidence=(proven,)),
        bare: Answer(State.GIVEN, most[bare]),
    }
    found = Situation(asked, stand.profile, answers, Extras(), stand.day, stand.interview).estimate
    report = pdf.report_of(replace(stand, answers=answers, estimate=found))
    text = " ".join(pdf.text_of(pdf.set_pdf(summary_pdf.write(report))).split())
    numbers = [asked.question[id].number for id in (whole, bare, half)]
    assert _strengths_and_gaps(text) == (numbers[:2], numbers[2:])
    assert "von 3 Punkten, belegt" in text
    assert re.search(r"Punkten?, Beleg fehlt", text)
    assert "Punkte bringt auch 1 weitere Frage, siehe Bericht." in text, "the gap brings some too"


def test_where_no_answer_brings_all_of_its_points_the_summary_says_so() -> None:
    stand, asked = stands.full(), questionnaire()
    question = asked.question[QuestionId("demografie-strategie")]
    some = next(each.id for each in question.options if 0 < each.points < question.possible)
    answers = {question.id: Answer(State.GIVEN, some)}
    found = Situation(asked, stand.profile, answers, Extras(), stand.day, stand.interview).estimate
    text = pdf.text_of(pdf.set_pdf(summary_pdf.write(pdf.report_of(replace(stand, answers=answers, estimate=found)))))
    assert "Noch bringt keine Antwort alle ihre Punkte." in " ".join(text.split())


def test_an_empty_summary_says_so_in_words() -> None:
    text = pdf.text_of(pdf.set_pdf(summary_pdf.write(pdf.report_of(stands.empty()))))
    for said in ("Noch keine Angaben", "Noch bringt keine Antwort Punkte.", "Noch sind keine Entwicklungsziele"):
        assert said in text


def test_each_department_has_a_leaf_of_its_own() -> None:
    report = pdf.report_of(stands.full())
    pages = pdf.texts_of(pdf.set_pdf(departments_pdf.write(report)))
    begun = [number for number, text in enumerate(pages, 1) if "Blatt zum Ausfüllen" in text]
    assert len(begun) == len(report.sheets) == len([each for each in report.attendees if each.department])
    assert all(number % 2 for number in begun), "what is printed on both sides can be taken apart"
    for number, sheet in zip(begun, report.sheets, strict=True):
        text = " ".join(pages[number - 1].split())
        assert sheet.title in text
        assert "Zurück an Sabine Krüger, Wirtschaftsförderung" in text
        assert "Ausgefüllt von" in text
        assert sheet.questions[0].text in text
    backs = [text for text in pages if "Platz für Notizen" in text]
    assert backs
    assert not any("ankreuzen" in text.partition("Platz für Notizen")[2] for text in backs), "notes come last"


@pytest.mark.parametrize("stand", STANDS)
def test_notes_begin_no_page_of_a_department(stand: str) -> None:
    pages = pdf.texts_of(pdf.set_pdf(departments_pdf.write(pdf.report_of(STANDS[stand]()))))
    with_notes = [text for text in pages if "Platz für Notizen" in text]
    assert with_notes
    for text in with_notes:
        assert "Erläuterung:" in text.partition("Platz für Notizen")[0], "they fill the page of a question"
    for text in pages:
        assert ("Diese Seite bleibt frei" in text) is ("Erläuterung:" not in text)


def test_a_sheet_says_what_stands_there_and_asks_for_the_rest() -> None:
    text = " ".join(pdf.text_of(pdf.set_pdf(departments_pdf.write(pdf.report_of(stands.sample())))).split())
    for said in (
        "Bisher angegeben noch unklar Erläuterung Der Empfang im Herbst ist sicher.",
        "Beleg B5.1 Einladung oder Programm, fehlt noch",
        "Ihre Angabe: Veranstaltungen im Jahr",
        "wissen wir nicht",
        "nicht unsere Zuständigkeit",
        "trifft nicht zu, weil:",
        "Welche Belege es gibt und wo sie liegen",
        "Fragebogen Version 2026-1",
    ):
        assert said in text


def test_a_document_that_nobody_answers_for_says_so() -> None:
    for write in WRITERS.values():
        text = " ".join(pdf.text_of(pdf.set_pdf(write(pdf.report_of(stands.empty())))).split())
        assert ("Zurück an" in text) or ("Ansprechperson nicht angegeben" in text)


def test_what_is_cut_says_where_it_stands_whole() -> None:
    long = summary_pdf.shorten("Wort " * 100, 60)
    assert long.endswith(" … siehe Bericht")
    assert len(long) <= 60
    assert summary_pdf.shorten("Zwei\nZeilen", 60) == "Zwei Zeilen"


def test_what_is_cut_ends_with_a_sentence_where_it_can() -> None:
    text = f"Die Zeit reicht. Es fehlen zwei Belege. {'Danach geht es weiter ' * 9}"
    assert summary_pdf.shorten(text, 70) == "Die Zeit reicht. Es fehlen zwei Belege. … siehe Bericht"


def test_the_summary_keeps_the_days_and_leaves_out_what_has_no_room() -> None:
    until, target = "30.06.2029", f"Seite mit {'Arbeit, Wohnen und Familie und ' * 6}Ende"
    goal = Entry("Eigener Auftritt", {"measure": "x", "metric": "Aufrufe im Monat", "target": target, "until": until})
    report = pdf.report_of(replace(stands.sample(), goals=(goal,)))
    assert report.route is not None
    item, facts = report.route.measures[0]
    long = replace(
        item, text="Eigenen Auftritt für Fachkräfte mit Arbeit und Wohnen aufbauen und laufend bewerben " * 3
    )
    needs = tuple(
        (word, "Gremienbeschluss, Haushalt und Vergabe" if word == "braucht" else said) for word, said in facts
    )
    report = replace(report, route=replace(report.route, measures=((long, needs),)))
    data: Any = summary_pdf.write(report).data
    (measure,) = data["route"]["lines"]
    assert f"spätestens beginnen {dict(facts)['spätestens beginnen']}" in measure
    assert measure.endswith("braucht Gremienbeschluss, Haushalt und Vergabe)")
    assert data["goals"]["lines"] == [
        "Eigener Auftritt: Messgröße Aufrufe im Monat; bis wann 30.06.2029; mehr im Bericht"
    ]


def test_a_phone_number_stays_on_its_line() -> None:
    contact = Contact(
        "Petra Müller-Lüdenscheidt", "Stabsstelle Wirtschaftsförderung", "06034 123 456", "p@stadt.example"
    )
    data: Any = summary_pdf.write(pdf.report_of(replace(stands.sample(), contact=contact))).data
    assert "06034\N{NO-BREAK SPACE}123\N{NO-BREAK SPACE}456" in data["facts"][0][1]


def test_every_character_of_our_fonts_can_be_printed_in_every_weight() -> None:
    kinds: list[Callable[[Stand, str], Stand]] = [
        lambda stand, text: replace(stand, municipality=text),
        lambda stand, text: replace(stand, goals=(Entry(text, {"measure": text}),)),
    ]
    text = " ".join(chr(code) for first, last in _runs() for code in range(first, last + 1) if code > 0x20)
    for change in kinds:
        pdf.set_pdf(report_pdf.write(pdf.report_of(change(stands.empty(), text))))


def _runs() -> list[tuple[int, int]]:
    import json

    runs: list[tuple[int, int]] = json.loads((pdf.FONTS / "characters.json").read_text(encoding="ascii"))
    return runs


def test_characters_outside_the_runs_are_named() -> None:
    some = Characters([(0x20, 0x7E), (0xC4, 0xFC)])
    assert some.replace("Äa\n\U0001f600\x07\ud800") == "Äa\n[U+1F600][U+0007][U+D800]"
    assert some.replace_all({"a": ["€", 1, None, True], "b": {"c": "ok"}}) == {
        "a": ["[U+20AC]", 1, None, True],
        "b": {"c": "ok"},
    }


def test_long_words_may_break() -> None:
    assert allow_breaks("kurz bleibt kurz") == "kurz bleibt kurz"
    broken = allow_breaks("x" * 40)
    assert broken.replace(BREAK, "") == "x" * 40
    assert max(map(len, broken.split(BREAK))) <= 15


@pytest.mark.parametrize(
    ("municipality", "name"),
    [
        ("Musterstadt am Main", "Bericht Musterstadt am Main, Stand 3 vom 08.02.2027.pdf"),
        ('A/B\\C:D*E?"<x>|\x07', "Bericht A B C D E x, Stand 3 vom 08.02.2027.pdf"),
        ("..", "Bericht, Stand 3 vom 08.02.2027.pdf"),
        ("x" * 200, f"Bericht {'x' * 60}, Stand 3 vom 08.02.2027.pdf"),
    ],
)
def test_files_have_names_that_windows_accepts(municipality: str, name: str) -> None:
    assert name_file("Bericht", municipality, "Stand 3 vom 08.02.2027, 10:42", "pdf") == name
