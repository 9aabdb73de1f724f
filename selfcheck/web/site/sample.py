"""The report of the sample town, and what the start page says of it; worked out once per process."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from flask import current_app, render_template

from selfcheck.reporting.charts import charts
from selfcheck.reporting.report.stand import Stand
from selfcheck.reporting.words import german, totals, verdict
from selfcheck.reporting.words.verdict import Voice
from selfcheck.web.http import guards
from selfcheck.web.layout import check_page
from selfcheck.web.layout.check_page import CheckPage
from selfcheck.web.sharing.freeze import take_stand
from selfcheck.web.sharing.sheet import Sheet, lay_out
from selfcheck.web.site import pages

KEY = "sample report"


@dataclass(frozen=True, slots=True)
class Summary:
    """What public pages show of the sample; `shares` are texts by kind of points, `probe` is about other weights."""

    check_id: str
    town: str
    verdict_title: str
    sentence: str
    bars: tuple[charts.Bar, ...]
    mark: Decimal
    shares: dict[str, str]
    probe: str


@dataclass(frozen=True)
class Shown:
    sheet: Sheet
    summary: Summary


@pages.get("/beispiel", endpoint="sample")
def report() -> str:
    page = check_page.load_page(guards.look_at_sample())
    return render_template("site/sample.html", sheet=_show(page).sheet, check=page.check)


def summarise_sample() -> Summary | None:
    """What the sample of the newest questionnaire comes to; None where it has none."""
    look = guards.find_look()
    return _show(check_page.load_page(look)).summary if look is not None else None


def _show(page: CheckPage) -> Shown:
    """The report as the town would share it with everything that it may hold."""
    known: dict[str, Shown] = current_app.extensions.setdefault(KEY, {})
    name = page.questionnaire.name
    if name not in known:
        stand = take_stand(page, "IHK", with_route=True, with_checklist=True)
        known[name] = Shown(lay_out(page.questionnaire, stand), _summarise(page, stand))
    return known[name]


def _summarise(page: CheckPage, stand: Stand) -> Summary:
    found, questionnaire = stand.estimate, page.questionnaire
    row = charts.total_row(questionnaire, found)
    claimed = german.percent(verdict.share_claimed(found))
    mark = german.mark_percent(questionnaire.pass_mark)
    return Summary(
        check_id=page.check.public_id,
        town=page.check.municipality,
        verdict_title=verdict.name_verdict(found.verdict, Voice.REPORT),
        sentence=f"Nach den Angaben sind {claimed} erreicht, nötig sind {mark}.",
        bars=row.bars,
        mark=questionnaire.pass_mark,
        shares={each.kind: german.percent(german.share(each.points, found.points.possible)) for each in row.segments},
        probe=totals.explain_probes(questionnaire, found).sentence,
    )
