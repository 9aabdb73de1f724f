"""The file with the questions: answers so far, cells to fill in with lists to choose from, and hidden versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from selfcheck.core.questionnaire.model import Kind, Question, Questionnaire
from selfcheck.core.rules.answers import Answer, State
from selfcheck.reporting.documents.excel import A4, KIND, TEXTS, find_height, fit, free_heights, head_text
from selfcheck.reporting.documents.file import File, name_file
from selfcheck.reporting.documents.properties import Properties
from selfcheck.reporting.questions_sheet import layout
from selfcheck.reporting.questions_sheet.head import make_looks, write_head
from selfcheck.reporting.questions_sheet.layout import Asked, Place, offers, say_how
from selfcheck.reporting.questions_sheet.piece_writing import write_pieces
from selfcheck.reporting.report.office_paper import ask_on_paper
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import join_options, say_answer
from selfcheck.reporting.words.documents import say_place

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FREE = (Kind.NUMBER, Kind.TEXT)
"""Kinds of questions whose cell takes what is typed; a list only offers what can be said instead."""
NOT_OFFERED = "Diese Antwort gibt es hier nicht. Bitte wählen Sie eine aus der Liste, oder leeren Sie die Zelle."
TO_DO = "Ihre Antwort"
SEEN = [place for place in Place if place < Place.ID]
Cells = dict[Place, str | Decimal]


def write(
    check: str, municipality: str, title: str, questionnaire: Questionnaire, asked: Sequence[Asked], at: datetime
) -> File:
    """The file of `asked`; `title` says whose questions they are („Fragen an das Bauamt“), `at` is now, local."""
    # Not at the top: a worker that writes no Excel file does without it.
    from xlsxwriter import Workbook

    written = BytesIO()
    book = Workbook(written, {"in_memory": True, **TEXTS})
    properties = Properties(f"{title}, {municipality}", questionnaire.title, municipality, at)
    names = dict(zip(("title", "subject", "author"), properties.texts, strict=True))
    book.set_properties({**names, "created": properties.moment})
    looks = make_looks(book)
    sheet, pieces = book.add_worksheet(layout.QUESTIONS), book.add_worksheet(layout.PIECES)
    lists, facts = book.add_worksheet(layout.LISTS), book.add_worksheet(layout.FACTS)
    write_head(sheet, layout.QUESTIONS, layout.TITLES, Place.ID, looks)
    line = layout.HEAD
    for column, each in enumerate(asked):
        count = _write_list(lists, column, tuple(offers(each.question)))
        for cells in _rows(questionnaire, each):
            line += 1
            _write_row(sheet, line, cells, each.question, looks)
            _offer(sheet, line, column, count, each.question, Place.OPTION in cells)
    count = _write_list(lists, len(asked), [each.question.number for each in asked if each.question.needs_evidence])
    write_pieces(pieces, asked, _range(len(asked), count), f"{check} {at.isoformat()}", looks)
    values = (layout.FORMAT, layout.VERSION, check, questionnaire.name)
    for row, pair in enumerate(zip(layout.FACT_NAMES, values, strict=True)):
        facts.write_row(row, 0, pair)
    lists.hide()
    facts.very_hidden()
    for each in (sheet, pieces):
        _set_up(each, f"{title}: {municipality}", german.moment(at))
    book.close()
    return File(name_file(title, municipality, f"vom {german.day(at)}", "xlsx"), KIND, free_heights(written))


def _set_up(sheet: Worksheet, title: str, made: str) -> None:
    """Head in sight, A4 landscape, and only cells to fill in can be changed: a slip would cost the versions."""
    sheet.freeze_panes(layout.HEAD + 1, 2)
    sheet.repeat_rows(layout.HEAD)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L&9{head_text(title, 120)}&R&9{head_text(made)}")
    sheet.set_footer("&R&9Seite &P von &N")
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})


def _rows(questionnaire: Questionnaire, asked: Asked) -> Iterator[Cells]:
    """The row of a question; behind it, where several options can be chosen, one of each."""
    question, answer = asked.question, asked.answer
    (paper,) = ask_on_paper(questionnaire, [question], {question.id: answer})
    yield {
        Place.NUMBER: question.number,
        Place.TEXT: question.text,
        Place.HELP: "\n".join(filter(None, (paper.hint, *paper.help))),
        Place.SO_FAR: join_options(say_answer(question, answer)) if answer.state is not State.OPEN else "",
        Place.ANSWER: _say_chosen(question, answer),
        Place.REASON: answer.reason,
        Place.NOTE: answer.note,
        Place.EVIDENCE: "\n".join(
            ", ".join(filter(None, (piece.title, say_place(piece), piece.link))) for piece in answer.evidence
        ),
        Place.ID: question.id,
        Place.CHOICE_VERSION: asked.choice.version,
        Place.CHOICE_BASE: asked.choice.base,
        Place.NOTE_VERSION: asked.note.version,
        Place.NOTE_BASE: asked.note.base,
    }
    chosen = answer.value if isinstance(answer.value, frozenset) else frozenset()
    for option in question.options if question.kind is Kind.MANY else ():
        sign = layout.OPTION_SIGN if option.id in chosen else ""
        yield {
            Place.TEXT: f"{layout.LIST_MARK}{option.text}",
            Place.ANSWER: sign,
            Place.ID: question.id,
            Place.OPTION: option.id,
        }


def _say_chosen(question: Question, answer: Answer) -> str | Decimal:
    """What stands in the cell, as it can be read back."""
    if answer.state is State.UNCLEAR:
        return layout.UNCLEAR
    if answer.state is State.NOT_APPLICABLE:
        return layout.NOT_APPLICABLE
    if answer.state is State.OPEN or answer.value is None:
        return ""
    if isinstance(answer.value, frozenset):
        return "" if answer.value else layout.NOTHING
    return answer.value if isinstance(answer.value, Decimal) else "".join(say_answer(question, answer))


def _write_list(lists: Worksheet, column: int, words: Sequence[str]) -> int:
    for line, word in enumerate(words):
        lists.write_string(line, column, word)
    return len(words)


def _write_row(sheet: Worksheet, line: int, cells: Cells, question: Question, looks: dict[str, object]) -> None:
    filled = _list_filled(question, Place.OPTION in cells)
    sheet.set_row(line, find_height((str(cells.get(place, "")), layout.TITLES[place][1]) for place in SEEN))
    for place in Place:
        value = cells.get(place, "")
        typed = "code" if place is Place.ANSWER and question.kind is Kind.NUMBER else "open"
        look = looks[typed if place in filled else "text" if place <= Place.TEXT else "said"]
        if isinstance(value, Decimal):
            sheet.write_number(line, place, float(value), look)
        elif value:
            sheet.write_string(line, place, fit(value), look)
        else:
            sheet.write_blank(line, place, None, look)


def _list_filled(question: Question, option: bool) -> tuple[Place, ...]:
    """What is filled in of a row; a reason only where a question can be said not to apply."""
    if option:
        return (Place.ANSWER,)
    reason = (Place.REASON,) if question.not_applicable else ()
    return (Place.ANSWER, *reason, Place.NOTE)


def _offer(sheet: Worksheet, line: int, column: int, count: int, question: Question, option: bool) -> None:
    """The list of a cell. Whatever else is typed is refused at once, but for numbers and texts."""
    if option:
        source: object = [layout.OPTION_SIGN]
    else:
        source = _range(column, count)
    sheet.data_validation(
        line,
        Place.ANSWER,
        line,
        Place.ANSWER,
        {
            "validate": "list",
            "source": source,
            "ignore_blank": True,
            "show_error": not (question.kind in FREE and not option),
            "error_title": "Bitte aus der Liste wählen",
            "error_message": NOT_OFFERED,
            "input_title": TO_DO,
            "input_message": say_how(question, option),
        },
    )


def _range(column: int, count: int) -> str:
    """The words in a column of the lists, as a formula."""
    return f"={layout.LISTS}!{_absolute(0, column)}:{_absolute(max(0, count - 1), column)}"


def _absolute(line: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(line, column, row_abs=True, col_abs=True))
