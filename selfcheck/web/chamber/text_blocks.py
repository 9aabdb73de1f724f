"""Textbausteine: texts that advisors use again, their own and those of the chamber."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField

from selfcheck.core.text.contents import clean_paragraph
from selfcheck.store.chamber.cases import Advisor
from selfcheck.store.chamber.judging import text_blocks as store
from selfcheck.store.chamber.judging.text_blocks import BlockText, TextBlock
from selfcheck.store.database import limits
from selfcheck.store.database.limits import TooMany
from selfcheck.store.parts.writes import Conflict
from selfcheck.web.chamber import pages
from selfcheck.web.chamber.frame import render
from selfcheck.web.http import clock, guards
from selfcheck.web.http.load import pace
from selfcheck.web.layout.fields import PageForm, ParagraphField, SentHiddenField, line
from selfcheck.web.parts.conflicts import ConflictShown
from selfcheck.web.parts.submitted import read_resolution, read_version

ROOT = "/beratung/textbausteine"
OWN, CHAMBER = "own", "chamber"
FULL = f"Es gibt schon {limits.ENTRIES} Textbausteine. Bitte entfernen Sie zuerst einen, den niemand mehr braucht."


class BlockForm(PageForm):
    title = line("Name", limits.LINE, "den Namen", required="Bitte geben Sie dem Textbaustein einen Namen.")
    text = ParagraphField(
        "Text", limits.COMMENT, what="den Text", required="Bitte geben Sie den Text ein.", read=clean_paragraph
    )
    version = SentHiddenField()

    @property
    def said(self) -> BlockText:
        return BlockText(self.title.data or "", self.text.data or "")


class NewBlockForm(BlockForm):
    whose = RadioField(
        "Wer ihn sieht",
        choices={OWN: "nur ich", CHAMBER: "alle Beratenden der IHK"},
        default=OWN,
        validate_choice=False,
    )


@pages.get(ROOT)
def text_blocks() -> str:
    return _show_all(guards.advise(), NewBlockForm())


@pages.post(ROOT)
def add_text_block() -> ResponseReturnValue:
    advisor, form = guards.advise(), NewBlockForm()
    pace.count_account(advisor.account_id)
    if form.validate():
        try:
            store.add_block(advisor, form.said, form.whose.data != CHAMBER, clock.now())
            return redirect(url_for("chamber.text_blocks", gespeichert=1), 303)
        except TooMany:
            form.title.errors = [FULL]
    return _show_all(advisor, form), 422


@pages.get(f"{ROOT}/<block_id>")
def text_block(block_id: str) -> str:
    advisor = guards.advise()
    block = _find(advisor, block_id)
    return _show_one(block, BlockForm({"title": block.title, "text": block.text, "version": str(block.version)}))


@pages.post(f"{ROOT}/<block_id>")
def save_text_block(block_id: str) -> ResponseReturnValue:
    """Changes a block or removes it; both values where somebody else was faster."""
    advisor = guards.advise()
    pace.count_account(advisor.account_id)
    block, form = _find(advisor, block_id), BlockForm()
    removes = request.form.get("do") == "remove"
    if not removes and not form.validate():
        return _show_one(block, form), 422
    decided = read_resolution(request.form)
    seen = decided.version if decided is not None else read_version(form.version.data)
    met = store.change_block(advisor, block.id, None if removes else form.said, seen, clock.now())
    if isinstance(met, Conflict):
        return _show_one(block, form, met), 409
    done = url_for("chamber.text_blocks", entfernt=1) if removes else url_for("chamber.text_blocks", gespeichert=1)
    return redirect(done, 303)


def _find(advisor: Advisor, block_id: str) -> TextBlock:
    block = store.find_block(advisor, read_version(block_id))
    if block is None:
        abort(404)
    return block


def _show_all(advisor: Advisor, form: NewBlockForm) -> str:
    blocks = store.list_blocks(advisor)
    groups = (
        ("Meine Textbausteine", [block for block in blocks if block.own]),
        ("Textbausteine der IHK", [block for block in blocks if not block.own]),
    )
    return render("chamber/text_blocks.html", None, groups=groups, form=form)


def _show_one(block: TextBlock, form: BlockForm, met: Conflict | None = None) -> str:
    conflict = None
    if met is not None:
        fields = (("Name", form.title.data or "", met.theirs.title), ("Text", form.text.data or "", met.theirs.text))
        conflict = ConflictShown("", "Textbaustein", "", "", met.who, met.at, met.version, fields=fields)
    return render("chamber/text_block.html", None, block=block, form=form, conflict=conflict)
