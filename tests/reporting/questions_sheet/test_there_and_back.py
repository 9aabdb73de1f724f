"""Questions out and back: what goes out comes back as it was, and what is none of ours is told."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from python_calamine import load_workbook

from selfcheck.core.questionnaire.model import Kind, Question, QuestionId
from selfcheck.core.rules.answers import OPEN, Answer, Evidence, State
from selfcheck.reporting.documents.file import File
from selfcheck.reporting.questions_sheet import archive, bounds, layout, reading
from selfcheck.reporting.questions_sheet.archive import BadFile
from selfcheck.reporting.questions_sheet.layout import Asked, Place, Seen
from selfcheck.reporting.questions_sheet.reading import Filled, read
from selfcheck.reporting.questions_sheet.writing import write
from tests.reporting.questions_sheet.filling import find_line
from tests.towns import questionnaire, sample

CHECK = "k3v9x2"
MOST_PROMPT = 255
"""Characters that Excel takes."""
NOW = datetime(2027, 2, 8, 10, 42, tzinfo=UTC)


def _first(kind: Kind) -> Question:
    return next(question for question in questionnaire().questions if question.kind is kind)


def _write(answers: dict[QuestionId, Answer] | None = None, check: str = CHECK) -> File:
    given = sample().answers if answers is None else answers
    asked = [
        Asked(question, given.get(question.id, OPEN), Seen("3", "c0ffee"), Seen("1", "beef"))
        for question in questionnaire().questions
    ]
    return write(check, "Musterstadt am Main", "Fragen", questionnaire(), asked, NOW)


def _read(file: bytes) -> dict[QuestionId, Filled]:
    return {each.question: each for each in read(file, CHECK, questionnaire()).filled}


def _change(file: bytes, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None) -> bytes:
    """The file with its members as `change` makes them; None leaves one out."""
    changed = BytesIO()
    with ZipFile(BytesIO(file)) as source, ZipFile(changed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                target.writestr(name, data)
        for name, data in (more or {}).items():
            target.writestr(name, data)
    return changed.getvalue()


def _replace(file: bytes, old: str, new: str) -> bytes:
    """The file after somebody typed `new` where `old` stood."""
    return _change(file, lambda name, data: data.replace(old.encode(), new.encode()) if name.endswith(".xml") else data)


def test_what_goes_out_comes_back_as_it_was() -> None:
    back = _read(_write().content)
    assert list(back) == [question.id for question in questionnaire().questions]
    for question in questionnaire().questions:
        answer, filled = sample().answers.get(question.id, OPEN), back[question.id]
        assert filled.note == answer.note
        assert filled.reason == answer.reason
        assert (filled.choice_seen, filled.note_seen) == (Seen("3", "c0ffee"), Seen("1", "beef"))
        if isinstance(answer.value, frozenset):
            assert frozenset(filled.options) == answer.value
            assert filled.choice == ("open" if answer.value else "none")
        elif isinstance(answer.value, Decimal):
            assert Decimal(filled.value.replace(",", ".")) == answer.value
        elif answer.value is not None and question.kind is not Kind.TEXT:
            assert filled.choice == f"option:{answer.value}"
        elif answer.state is not State.GIVEN:
            assert filled.choice == str(answer.state)


def test_every_state_and_nothing_of_a_list_come_back() -> None:
    many, one = _first(Kind.MANY), _first(Kind.ONE)
    outside = next(question for question in questionnaire().questions if question.not_applicable)
    answers = {
        many.id: Answer(State.GIVEN, frozenset()),
        one.id: Answer(State.UNCLEAR),
        outside.id: Answer(State.NOT_APPLICABLE, reason="Es gibt hier keine."),
    }
    back = _read(_write(answers).content)
    assert (back[many.id].choice, back[many.id].options) == ("none", ())
    assert back[one.id].choice == "unclear"
    assert (back[outside.id].choice, back[outside.id].reason) == ("not_applicable", "Es gibt hier keine.")


def test_texts_come_back_as_they_were_and_are_no_formulas() -> None:
    one = _first(Kind.ONE)
    note = 'äöü\nzweite Zeile 🌳 "=1+1"\n=HYPERLINK("https://evil.example")\n_x0041_ <b>&amp;'
    file = _write({one.id: Answer(note=f"=1+1\n{note}")}).content
    assert _read(file)[one.id].note == f"=1+1\n{note}"
    sheet = ZipFile(BytesIO(file)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_cells_offer_what_can_be_answered_and_everything_else_is_locked() -> None:
    file = _write()
    sheet = ZipFile(BytesIO(file.content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<sheetProtection" in sheet
    lists = load_workbook(BytesIO(file.content)).get_sheet_by_name(layout.LISTS).to_python()
    column = [question.id for question in questionnaire().questions].index(_first(Kind.ONE).id)
    words = [str(row[column]) for row in lists if row[column]]
    assert words[: len(_first(Kind.ONE).options)] == [option.text for option in _first(Kind.ONE).options]
    assert layout.UNCLEAR in words
    assert len(re.findall("<dataValidation ", sheet)) >= len(questionnaire().questions)
    assert len(re.findall(r'<col [^>]*hidden="1"', sheet)) >= 1
    names = load_workbook(BytesIO(file.content)).sheet_names
    assert names[0] == layout.QUESTIONS
    book = ZipFile(BytesIO(file.content)).read("xl/workbook.xml").decode()
    assert book.count('state="') == 2, "lists and versions are out of sight"


def test_what_is_filled_in_is_white_and_says_how() -> None:
    """Colours and prompts as LibreOffice and Excel find them in the sheet."""
    styles = ZipFile(BytesIO(_write().content)).read("xl/styles.xml").decode()
    fills = re.findall("<fill>.*?</fill>", styles.partition("<fills")[2].partition("</fills>")[0])
    looks = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles.partition("<cellXfs")[2].partition("</cellXfs>")[0])
    white = [
        style for style, look in enumerate(looks) if "FFFFFFFF" in fills[int(look.split('fillId="')[1].split('"')[0])]
    ]
    unlocked = [style for style, look in enumerate(looks) if 'locked="0"' in look]
    assert white == unlocked
    sheet = ZipFile(BytesIO(_write().content)).read(SHEET).decode()
    many, number = _first(Kind.MANY), _first(Kind.NUMBER)
    for said in (layout.say_how(many, option=True), layout.say_how(number, option=False)):
        assert f'prompt="{said}"' in sheet
    prompts = re.findall('prompt="([^"]*)"', sheet)
    assert len(prompts) == sheet.count("<dataValidation ")
    assert max(len(said) for said in prompts) <= MOST_PROMPT
    rows = load_workbook(BytesIO(_write().content)).get_sheet_by_name(layout.QUESTIONS).to_python()
    assert [row[0] for row in rows[: layout.HEAD]] == list(layout.GUIDES[layout.QUESTIONS])
    (tall,) = re.findall('<pane [^>]*ySplit="([0-9]+)"', sheet)
    assert int(tall) == layout.HEAD + 1, "the guide and the heads stay in sight"


def test_what_is_typed_as_a_share_or_a_file_number_stays_as_it_was_typed() -> None:
    """Programs make 0.82 of „82 %“ and a day of „10-4“, unless a cell holds texts."""
    content = _write().content
    styles = ZipFile(BytesIO(content)).read("xl/styles.xml").decode()
    looks = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles.partition("<cellXfs")[2].partition("</cellXfs>")[0])
    texts = {str(style) for style, look in enumerate(looks) if 'numFmtId="49"' in look}
    sheet = ZipFile(BytesIO(content)).read(SHEET).decode()
    line = find_line(content, layout.QUESTIONS, _first(Kind.NUMBER).number)
    assert re.findall(f'r="E{line}" s="([0-9]+)"', sheet)[0] in texts


def test_the_file_shows_what_is_known_and_says_whose_it_is() -> None:
    one = _first(Kind.ONE)
    piece = Evidence("Konzept", available=True, link="https://ort.example/k", file_number="10-4")
    answers = {one.id: Answer(State.GIVEN, one.options[0].id, evidence=(piece,))}
    file = _write(answers)
    rows = load_workbook(BytesIO(file.content)).get_sheet_by_name(layout.QUESTIONS).to_python()
    row = next(row for row in rows if row[Place.ID] == one.id)
    assert row[Place.SO_FAR] == one.options[0].text
    assert row[Place.EVIDENCE] == "Konzept, Ablage: 10-4, https://ort.example/k"
    assert file.name == "Fragen Musterstadt am Main, vom 08.02.2027.xlsx"


def test_head_and_foot_say_what_they_should_in_letters_of_their_size() -> None:
    sheet = ZipFile(BytesIO(_write().content)).read("xl/worksheets/sheet1.xml").decode()
    (head,) = re.findall("<oddHeader>(.*)</oddHeader>", sheet)
    assert head == "&amp;L&amp;9Fragen: Musterstadt am Main&amp;R&amp;9 08.02.2027, 10:42"


def test_the_same_questions_give_the_same_bytes() -> None:
    assert _write().content == _write().content


def test_people_may_write_options_in_their_own_hand() -> None:
    many, one = _first(Kind.MANY), _first(Kind.ONE)
    file = _write({many.id: Answer(State.GIVEN, frozenset({many.options[0].id})), one.id: Answer(State.UNCLEAR)})
    upper = _replace(file.content, "<t>noch unklar</t>", "<t> Noch UNKLAR </t>")
    assert _read(upper)[one.id].choice == "unclear"
    assert _read(_replace(file.content, "<t>x</t>", "<t>Ja</t>"))[many.id].options == (many.options[0].id,)
    assert _read(_replace(file.content, "<t>x</t>", "<t>nein</t>"))[many.id].options == ()


def test_an_answer_that_is_none_is_told_with_its_cell() -> None:
    one = _first(Kind.ONE)
    file = _replace(_write({one.id: Answer(State.UNCLEAR)}).content, "<t>noch unklar</t>", "<t>vielleicht</t>")
    found = read(file, CHECK, questionnaire())
    (fault,) = found.faults
    assert re.match(rf"Zelle E\d+ \(Frage {one.number}\): „vielleicht“ ist hier keine Antwort\.", fault.text)
    assert len(found.filled) == len(questionnaire().questions)
    assert {each.question: each.choice for each in found.filled}[one.id] is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (layout.FORMAT, "Etwas anderes", reading.FOREIGN),
        (CHECK, "anderer", reading.OTHER_CHECK),
        (f"<t>{questionnaire().name}</t>", "<t>wohnort/2019-1</t>", reading.OLDER),
        (f'name="{layout.FACTS}"', 'name="Tabelle1"', reading.FOREIGN),
    ],
)
def test_foreign_and_older_files_are_told(old: str, new: str, fault: str) -> None:
    with pytest.raises(BadFile) as refused:
        read(_replace(_write().content, old, new), CHECK, questionnaire())
    assert refused.value.faults == (fault,)


def test_a_file_of_another_version_of_the_app_is_told() -> None:
    file = _replace(_write().content, f"<t>{layout.VERSION}</t>", "<t>1</t>")
    with pytest.raises(BadFile) as refused:
        read(file, CHECK, questionnaire())
    assert refused.value.faults == (reading.OLDER,)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", archive.UNREAD),
        (b"PK\x03\x04kaputt", archive.UNREAD),
        (b"%PDF-1.7", archive.UNREAD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, archive.ENCRYPTED),
        (b"x" * (archive.MOST_BYTES + 1), archive.TOO_LARGE),
    ],
)
def test_what_is_no_workbook_is_told(content: bytes, fault: str) -> None:
    with pytest.raises(BadFile) as refused:
        read(content, CHECK, questionnaire())
    assert refused.value.faults == (fault,)


def test_a_file_that_breaks_off_is_told() -> None:
    content = _write().content
    for length in range(0, len(content), 997):
        with pytest.raises(BadFile):
            read(content[:length], CHECK, questionnaire())


def test_bytes_that_were_changed_on_the_way_end_in_a_message_or_are_read() -> None:
    content = _write().content
    for place in range(0, len(content), 61):
        changed = bytearray(content)
        changed[place] ^= 0xFF
        with suppress(BadFile):
            read(bytes(changed), CHECK, questionnaire())


SHEET = "xl/worksheets/sheet1.xml"


def _far(old: bytes, new: bytes) -> bytes:
    return _change(_write().content, lambda name, data: data.replace(old, new, 1) if name == SHEET else data)


@pytest.mark.parametrize(
    "far",
    [
        _far(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        _far(b"</sheetData>", b'<row x="&gt;" r="1048576"><c><v>1</v></c></row></sheetData>'),
        _far(b"</sheetData>", b'<row x=">" r="1048576"><c><v>1</v></c></row></sheetData>'),
        _far(b"</sheetData>", b'<row r="99999999999999999999"><c><v>1</v></c></row></sheetData>'),
        _far(b"</sheetData>", b'<row r="3"><c r="ZZZZZ3"><v>1</v></c></row></sheetData>'),
        _far(b"</sheetData>", b"<row><c/></row>" * 3000 + b"</sheetData>"),
        _change(_write().content, lambda name, data: data, {"xl/media/big.xml": b"0" * (archive.MOST_UNPACKED + 1)}),
        _change(_write().content, lambda name, data: data, {f"xl/{number}.xml": b"" for number in range(80)}),
    ],
)
def test_bombs_are_refused_before_anybody_opens_them(far: bytes) -> None:
    with pytest.raises(BadFile) as refused:
        read(far, CHECK, questionnaire())
    assert refused.value.faults == (archive.TOO_LARGE,)


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


def _lay_elsewhere(name: str) -> bytes:
    """The first sheet, with a cell far out, lies under another name; Excel and readers find it there."""
    content = _write().content
    sheet = ZipFile(BytesIO(content)).read(SHEET).replace(b"</sheetData>", FAR)
    target = f"/{name}".encode()

    def move(member: str, data: bytes) -> bytes | None:
        return None if member == SHEET else data.replace(b"worksheets/sheet1.xml", target)

    return _change(content, move, {name: sheet})


@pytest.mark.parametrize("name", ["xl/tabelle.xml", "xl/Worksheets/sheet1.xml", "t.rels", "XL/WORKSHEETS/SHEET1.xml"])
def test_a_sheet_is_bounded_wherever_it_lies(name: str) -> None:
    with pytest.raises(BadFile) as refused:
        read(_lay_elsewhere(name), CHECK, questionnaire())
    assert refused.value.faults == (archive.TOO_LARGE,)


STRINGS = "xl/sharedStrings.xml"


def _repeat_text(length: int, rows: int) -> bytes:
    """One text in many cells: each of them has it once more as soon as somebody reads them."""
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, rows))
    sheet, strings = (
        f"<worksheet><sheetData>{cells}</sheetData></worksheet>",
        f"<sst><si><t>{'a' * length}</t></si></sst>",
    )
    made = {SHEET: sheet.encode(), STRINGS: strings.encode()}
    return _change(_write().content, lambda name, data: made.get(name, data))


def test_one_long_text_in_many_cells_is_a_bomb() -> None:
    with pytest.raises(BadFile) as refused:
        read(_repeat_text(32_000, 1_000), CHECK, questionnaire())
    assert refused.value.faults == (archive.TOO_LARGE,)


@pytest.mark.parametrize("number", ["1<!-- -->0", "<![CDATA[1]]>0", "1<?a b?>0", "<x/>0", "1_0", " 1", "-1", "٣"])
def test_what_programs_would_read_differently_is_not_read(number: str) -> None:
    cell = f'<row r="1"><c r="A1" t="s"><v>{number}</v></c></row>'
    with pytest.raises(BadFile) as refused:
        read(_far(b"<sheetData>", f"<sheetData>{cell}".encode()), CHECK, questionnaire())
    assert refused.value.faults == (archive.UNREAD,)


def test_a_part_by_two_names_and_texts_in_two_parts_are_not_read() -> None:
    strings = ZipFile(BytesIO(_write().content)).read(STRINGS)
    for name in (STRINGS.upper().replace(".XML", ".xml"), "xl/mehr.xml"):
        with pytest.raises(BadFile) as refused:
            read(_change(_write().content, lambda _, data: data, {name: strings}), CHECK, questionnaire())
        assert refused.value.faults == (archive.UNREAD,)


def test_countless_elements_are_refused() -> None:
    more = b"<sst>" + b"<si/>" * bounds.MOST_ELEMENTS + b"</sst>"
    with pytest.raises(BadFile) as refused:
        read(_change(_write().content, lambda name, data: more if name == STRINGS else data), CHECK, questionnaire())
    assert refused.value.faults == (archive.TOO_LARGE,)


def test_what_unpacks_to_as_much_as_it_likes_at_once_is_not_unpacked() -> None:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_BZIP2) as target:
        target.writestr("xl/workbook.xml", bytes(100_000_000))
    tracemalloc.start()
    with pytest.raises(BadFile) as refused:
        read(packed.getvalue(), CHECK, questionnaire())
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.faults == (archive.TOO_LARGE,)
    assert used < 10_000_000


@pytest.mark.parametrize("inside", [b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "<a/>".encode("utf-16")])
def test_entities_and_other_letters_are_not_read(inside: bytes) -> None:
    file = _change(_write().content, lambda name, data: inside if name == SHEET else data)
    with pytest.raises(BadFile) as refused:
        read(file, CHECK, questionnaire())
    assert refused.value.faults == (archive.UNREAD,)


def test_an_empty_last_row_as_other_programs_write_it_is_taken() -> None:
    assert _read(_far(b"</sheetData>", b'<row r="1048576" ht="12.8"></row></sheetData>'))


def test_pictures_and_other_parts_of_a_workbook_are_left_out() -> None:
    file = _change(_write().content, lambda name, data: data, {"xl/vbaProject.bin": b"macro", "xl/media/a.png": b"x"})
    assert "xl/vbaProject.bin" not in ZipFile(BytesIO(archive.repack(file))).namelist()
    assert _read(file)
