"""Beschlussvorlage (Word): the council paper for taking part, filled from the self-check, to be finished by a clerk.

It states what the Stand or a public source carries; everything else is a marked gap.
"""

from __future__ import annotations

from collections.abc import Iterator

from selfcheck.core.rules.estimate import Verdict
from selfcheck.core.rules.to_do.checklist import COUNCIL_STEP
from selfcheck.reporting.documents.file import File
from selfcheck.reporting.documents.texts import CONTACT, contact_facts, frame_of
from selfcheck.reporting.documents.word import styles
from selfcheck.reporting.documents.word.elements import Column, Gap, Piece, Strong
from selfcheck.reporting.documents.word.sheet import Sheet
from selfcheck.reporting.report.report import Report
from selfcheck.reporting.words import german
from selfcheck.reporting.words.names import town_article

KIND = "Beschlussvorlage"
NOMINATIVES = {"die ": "Die ", "den ": "Der "}
HEAD = "[der Magistrat/der Gemeindevorstand/die Bürgermeisterin/der Bürgermeister]"
COUNCIL = "[der Stadtverordnetenversammlung/der Gemeindevertretung/dem Stadtrat/dem Gemeinderat]"


def write(report: Report) -> File:
    """The paper as a Word file."""
    sheet = Sheet(frame_of(report), f"{KIND} (Entwurf)")
    _open(sheet, report)
    for title, part in (
        ("Beschlussvorschlag", _proposal),
        ("Begründung", _reasons),
        ("Kosten", _costs),
        ("Aufwand", _effort),
        ("Vorgeschlagene Entwicklungsziele", _goals),
        ("Grundlage dieser Vorlage", _basis),
    ):
        sheet.head(title, 1)
        part(sheet, report)
    return sheet.finish(KIND)


def _open(sheet: Sheet, report: Report) -> None:
    sheet.write(KIND, styles.TITLE)
    sheet.write(report.cover.municipality, styles.SUBTITLE)
    sheet.write(
        (
            Strong("Entwurf aus dem Selbstcheck. "),
            "Ergänzen oder streichen Sie, was in eckigen Klammern steht und ",
            Gap("markiert"),
            " ist, und lassen Sie die Vorlage von Ihrem Gremienbüro prüfen. Löschen Sie dann diesen Absatz.",
        ),
        styles.BOX,
    )
    if _is_decided(report):
        sheet.write(
            (
                Strong("Die Teilnahme ist nach dem Selbstcheck schon beschlossen. "),
                "Dann brauchen Sie diese Vorlage nur, wenn das Gremium noch einmal entscheiden soll, zum Beispiel über "
                "die Entwicklungsziele. Ändern Sie in diesem Fall Betreff und Beschlussvorschlag, und löschen Sie "
                "diesen Absatz.",
            ),
            styles.BOX,
        )
    office = dict(report.cover.contact).get(CONTACT)
    sheet.tell("Vorlage Nr.", (Gap("[Nummer]"),))
    sheet.tell("Gremium", (Gap("[Gremium, Sitzung am]"),))
    sheet.tell("Vorgelegt von", office or (Gap("[Amt, Name]"),))
    sheet.head("Betreff", 1)
    sheet.write((Strong(f"Teilnahme {_what(report)}"),))


def _is_decided(report: Report) -> bool:
    """Whether the answers say so, or somebody ticked the step."""
    return any(step.key == COUNCIL_STEP and step.done for _, steps in report.checklist or () for step in steps)


def _what(report: Report) -> str:
    return f"an der Re-Auditierung „{report.imprint.title}“" if report.renewal else f"am Audit „{report.imprint.title}“"


def _town(report: Report) -> tuple[Piece, ...]:
    """The municipality where a sentence begins."""
    name = report.cover.municipality
    if article := NOMINATIVES.get(town_article(name)):
        return (f"{article}{name}",)
    return Gap("[Die Stadt/Die Gemeinde]"), f" {name}"


def _chamber(report: Report) -> tuple[Piece, ...]:
    return (f"der {report.imprint.chamber}",) if report.imprint.chamber else ("der IHK ", Gap("[Name]"))


def _proposal(sheet: Sheet, report: Report) -> None:
    head = f"[{HEAD[1].upper()}{HEAD[2:]}"
    points: tuple[tuple[Piece, ...], ...] = (
        (*_town(report), f" nimmt {_what(report)} ", *_chamber(report), " teil."),
        (Gap(head), " wird beauftragt, die Auditierung vorzubereiten und der IHK eine Ansprechperson zu nennen."),
        (
            "Die Entwicklungsziele, die der IHK vorgeschlagen werden, sind ",
            Gap(COUNCIL),
            " vor dem Prüfgespräch vorzulegen.",
        ),
        ("Über das Ergebnis der Auditierung wird berichtet.",),
    )
    for point in points:
        sheet.write(point, styles.NUMBERED)


def _reasons(sheet: Sheet, report: Report) -> None:
    areas = [row.title for row in report.chart.rows if not row.is_total]
    number = f"{german.in_words(len(areas))} Bereiche" if len(areas) > 1 else "einen Bereich"
    sheet.write(
        (
            *_town(report),
            " möchte Fachkräfte und ihre Familien gewinnen und halten. Das Audit der IHK prüft, wie gut ihnen das "
            "Ankommen und Leben am Ort gemacht wird. ",
            f"Der Selbstcheck betrachtet dazu {number}: {german.listing(areas)}.",
        )
    )
    which = "einer erfolgreichen Re-Auditierung" if report.renewal else "der ersten Auditierung"
    sheet.write(
        f"Das Qualitätszeichen gilt nach {which} {german.count(report.imprint.years, 'Jahr', 'Jahre')}. In dieser Zeit "
        "darf die Kommune mit Logo und Schild werben und das Logo auch Unternehmen am Ort überlassen. Zum Audit "
        "gehören Entwicklungsziele mit Maßnahme und Messgröße. Die Re-Auditierung fragt nach ihnen."
    )
    if report.renewal:
        sheet.write((Gap("[Was aus den Zielen der letzten Auditierung geworden ist]"),))
        for goal in report.past_goals:
            said = ", ".join(f"{word}: {value}" for word, value in goal.facts)
            sheet.write(f"{goal.title or 'ohne Titel'} ({said})", styles.BULLET)
    sheet.write(tuple(_prospects(report)))


def _prospects(report: Report) -> Iterator[Piece]:
    """What the self-check says; nothing of it where there are no answers yet."""
    if report.outcome.verdict is Verdict.EMPTY:
        yield Gap("[Ein Satz zum Ergebnis der eigenen Prüfung; im Selbstcheck ist noch keine Frage beantwortet]")
        return
    outcome = report.outcome
    yield "Die Verwaltung hat vorab mit einem Selbstcheck geprüft, wie gut die Aussichten sind "
    yield f"({report.cover.stand}): {outcome.title}. {outcome.sentence} "
    yield Strong(outcome.disclaimer)
    yield " "
    yield Gap("[Soll die Schätzung nicht öffentlich werden, diesen Absatz streichen]")


def _costs(sheet: Sheet, report: Report) -> None:
    sheet.write(
        (
            "Das Audit ist nach Angaben von PERFORM, das es zusammen mit den Kammern anbietet, kostenfrei; die Angabe "
            "gilt für die beteiligten IHKs in FrankfurtRheinMain. ",
            Gap("[Von der IHK bestätigen lassen]"),
            " Maßnahmen, die Geld kosten, werden jeweils einzeln vorgelegt.",
        )
    )
    sheet.write((Gap("[Haushaltsstelle, falls nötig]"),))


def _effort(sheet: Sheet, report: Report) -> None:
    sheet.write(("In der Verwaltung entsteht Aufwand von geschätzt ", Gap("[Zahl]"), " Stunden."))
    offices = [each.department for each in report.attendees if each.department]
    if offices:
        number = german.count(len(offices), "Fachbereich", "Fachbereichen")
        verb = "Gebraucht wird" if len(offices) == 1 else "Gebraucht werden"
        sheet.write(
            (
                f"{verb} Auskünfte von voraussichtlich {number}: {'; '.join(offices)}. ",
                Gap("[An das eigene Rathaus anpassen]"),
            )
        )
    interview = report.imprint.interview
    sheet.write(
        f"Das Prüfgespräch ist für den {german.day(interview)} vorgesehen."
        if interview
        else "Ein Termin für das Prüfgespräch steht noch nicht fest."
    )
    route = report.route
    if route is not None and route.measures:
        sheet.write("Diese Maßnahmen würden nach dem Selbstcheck am schnellsten weiterhelfen:")
        columns = (Column("Nr.", 8), Column("Maßnahme", 52), Column("Was sie braucht", 40))
        rows = [
            (item.number, item.text, "\n".join(f"{word}: {value}" for word, value in facts))
            for item, facts in route.measures
        ]
        sheet.table("Maßnahmen mit ihrem Aufwand", columns, rows)
        sheet.write(route.rough, styles.NOTE)


def _goals(sheet: Sheet, report: Report) -> None:
    if not report.goals:
        sheet.write((Gap("[Ziele mit Maßnahme und Messgröße; im Selbstcheck stehen noch keine]"),))
    for goal in report.goals:
        sheet.head(goal.title or "ohne Titel", 3)
        for word, value in goal.facts:
            sheet.tell(word, value)


def _basis(sheet: Sheet, report: Report) -> None:
    cover = report.cover
    notice = f"{report.outcome.disclaimer} {cover.notice}".strip()
    sheet.write(f"Selbstcheck {report.imprint.title}, {cover.stand}. {notice}", kept=True)
    sheet.facts("Angaben zu Kommune und Audit", (("Kommune", cover.municipality), *cover.audit, *contact_facts(report)))
