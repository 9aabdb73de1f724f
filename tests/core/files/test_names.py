"""What files are called: umlauts stay, everything that a system cannot store goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcheck.core.files.kinds import FileKind, Refused
from selfcheck.core.files.names import DEVICES, FORBIDDEN, LONGEST, LONGEST_BYTES, name_file, spell_plainly


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Leitbild Grünstadt.pdf", "Leitbild Grünstadt.pdf"),
        ("Straßenliste – Maß & Ziel (2).PDF", "Straßenliste – Maß & Ziel (2).pdf"),
        ("Bu\u0308rgerbu\u0308ro.pdf", "Bürgerbüro.pdf"),
        ("C:\\Users\\Müller\\Leitbild.pdf", "Leitbild.pdf"),
        ("../../etc/Leitbild.pdf", "Leitbild.pdf"),
        ('a<b>:"c|?*.pdf', "a-b---c---.pdf"),
        ("  Leitbild . .pdf", "Leitbild.pdf"),
        ("Leitbild\u202efdp.pdf", "Leitbildfdp.pdf"),
        ("Leit\nbild\x07.pdf", "Leitbild.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("com1.Liste.pdf", "_com1.Liste.pdf"),
        (".pdf", "pdf.pdf"),
        ("...", "Datei.pdf"),
        ("\u3164.pdf", "Datei.pdf"),
        ("", "Datei.pdf"),
        ("Bericht.docx.pdf", "Bericht.docx.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_as_they_are_kept(sent: str, kept: str) -> None:
    assert name_file(sent, FileKind.PDF) == kept


def test_another_ending_of_the_same_kind_stays() -> None:
    assert name_file("Foto.JPEG", FileKind.JPEG) == "Foto.jpeg"


@pytest.mark.parametrize(
    "sent", ["rechnung.exe.pdf", "rechnung.JS.pdf", "liste.xlsm .pdf", "seite.html.txt", "a．ｅｘｅ.pdf"]
)
def test_a_hidden_ending_is_refused(sent: str) -> None:
    with pytest.raises(Refused, match="zwei Endungen"):
        name_file(sent, FileKind.PDF)


@pytest.mark.parametrize("sent", ["rechnung.pdf.exe", "seite.html", "brief.doc"])
def test_an_ending_that_is_none_of_ours_is_refused(sent: str) -> None:
    with pytest.raises(Refused, match="Möglich sind PDF"):
        name_file(sent, FileKind.PDF)


@given(st.text(max_size=400), st.sampled_from(FileKind))
def test_every_name_can_be_stored_everywhere(sent: str, kind: FileKind) -> None:
    try:
        kept = name_file(sent, kind)
    except Refused:
        return
    before, _, ending = kept.rpartition(".")
    assert before
    assert ending
    assert len(kept) <= LONGEST + 1
    assert len(kept.encode()) <= LONGEST_BYTES + 1
    assert not FORBIDDEN.search(kept)
    assert not set(kept) & set("/\\\0\n")
    assert kept == kept.strip(" .")
    assert kept.isprintable()
    assert not DEVICES.fullmatch(kept.partition(".")[0])
    assert name_file(kept, kind) == kept


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Leitbild.pdf", "Leitbild.pdf"),
        ("Übersicht Maß.pdf", "Ubersicht Ma.pdf"),
        ("‥／‥／etc＼passwd.pdf", "-..-etc-passwd.pdf"),
        ("a＂；＜b＞：.pdf", "a-;-b--.pdf"),
        ("报告.pdf", "Datei.pdf"),
    ],
)
def test_names_for_programs_that_know_few_letters_lead_nowhere(name: str, plain: str) -> None:
    assert spell_plainly(name) == plain
