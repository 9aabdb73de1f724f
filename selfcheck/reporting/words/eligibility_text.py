"""The answer on taking part in plain German; which one is given decides `core.eligibility`."""

from __future__ import annotations

from selfcheck.core.questionnaire.eligibility import Eligibility

YOUR_CHAMBER = "Ihre IHK"
WRITE = " Der nächste Schritt ist eine E-Mail an {chamber}; ein förmlicher Antrag ist nicht nötig."
CERTAIN = (Eligibility.CENTRE, Eligibility.ASSOCIATION)
"""Who need not ask whether they may take part."""

ANSWERS: dict[Eligibility, tuple[str, str]] = {
    Eligibility.CENTRE: (
        "Ihre Kommune kann teilnehmen",
        f"Das Audit steht Ober-, Mittel- und Unterzentren offen.{WRITE}",
    ),
    Eligibility.ON_REQUEST: (
        "Teilnahme auf besondere Anfrage",
        "Auch Kleinzentren können sich prüfen lassen, wenn sie eigens anfragen. Fragen Sie {chamber}, am besten "
        "bevor Sie Zeit in die Belege stecken.",
    ),
    Eligibility.ASSOCIATION: (
        "Ihre Verwaltungsgemeinschaft kann teilnehmen",
        f"In Bayern können sich auch Verwaltungsgemeinschaften prüfen lassen.{WRITE}",
    ),
    Eligibility.ASSOCIATION_ELSEWHERE: (
        "Bitte fragen Sie Ihre IHK",
        "Die Bedingungen des Audits nennen Verwaltungsgemeinschaften nur für Bayern. Ob eine Verbandsgemeinde oder ein "
        "anderer Zusammenschluss teilnehmen kann, sagt Ihnen {chamber}. Eine einzelne Stadt oder Gemeinde daraus "
        "kann sich nach ihrer eigenen Einstufung richten.",
    ),
    Eligibility.BASIC_CENTRE: (
        "Teilnahme möglich, bitte vorher anfragen",
        "Die Bedingungen des Audits nennen Unterzentren und, auf besondere Anfrage, Kleinzentren. Ein "
        "Grundzentrum kann beides sein; in Hessen steht das im Regionalplan. Im Zweifel fragen Sie {chamber}.",
    ),
    Eligibility.BASIC_CENTRE_MERGED: (
        "Teilnahme möglich, bitte vorher anfragen",
        "In Bayern und Rheinland-Pfalz sind Unter- und Kleinzentren zu Grundzentren geworden. War Ihre Kommune "
        "früher Unterzentrum, spricht das für die Teilnahme; war sie Kleinzentrum, für eine besondere Anfrage. "
        "Fragen Sie {chamber}.",
    ),
    Eligibility.NO_CENTRE: (
        "Bitte fragen Sie Ihre IHK",
        "Die Bedingungen des Audits nennen Kommunen ohne zentralörtliche Einstufung nicht. Das heißt nicht, dass eine "
        "Teilnahme ausgeschlossen ist. Darüber entscheidet {chamber}.",
    ),
    Eligibility.NO_CENTRE_BAVARIA: (
        "Möglich über die Verwaltungsgemeinschaft",
        "In Bayern kann sich die Verwaltungsgemeinschaft prüfen lassen. Gehört Ihre Gemeinde zu einer, sprechen "
        "Sie zuerst dort. Sonst fragen Sie {chamber}.",
    ),
    Eligibility.UNKNOWN: (
        "Das klärt Ihre IHK mit Ihnen",
        "Teilnehmen können Ober-, Mittel- und Unterzentren, auf besondere Anfrage auch Kleinzentren und in Bayern "
        "Verwaltungsgemeinschaften. Ihre Einstufung kennt meist das Bauamt oder die Stadtplanung. Auch {chamber} "
        "hilft weiter.",
    ),
    Eligibility.OTHER_DISTRICT: (
        "Keine der neun beteiligten IHKs ist zuständig",
        "Ihr Kreis gehört zu keiner der neun IHKs, die das Audit in FrankfurtRheinMain anbieten. Fragen Sie die IHK "
        "Ihres Kreises: Auch die IHKs Lahn-Dill, Osnabrück – Emsland – Grafschaft Bentheim, Ostwürttemberg und "
        "Würzburg-Schweinfurt haben das Audit angeboten. Den Selbstcheck können Sie trotzdem nutzen.",
    ),
}


def answer(
    eligibility: Eligibility, chamber_name: str | None = None, exceptions: str = "", *, asked: bool = False
) -> tuple[str, str]:
    """Title and sentence(s) for a page; without a `chamber_name` they speak of „Ihre IHK“.

    `exceptions` say what is different there from the rest of the district, and then whom to ask. `asked`: the chamber
    knows already, so nobody is told to write to it.
    """
    chamber = f"die {chamber_name}" if chamber_name and not exceptions else YOUR_CHAMBER
    if asked and eligibility not in CERTAIN:
        return "Ob Sie teilnehmen können, klärt Ihre IHK mit Ihnen", exceptions
    title, sentence = ANSWERS[eligibility]
    said = sentence.replace(WRITE, "") if asked else sentence
    return title, f"{said.format(chamber=chamber)} {exceptions}".rstrip()
