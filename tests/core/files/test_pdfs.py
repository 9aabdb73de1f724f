"""PDFs that run something or carry other files, however they are written; and those of usual programs."""

from __future__ import annotations

import io
import tracemalloc
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Object, ObjectStreamMode, Pdf, String

from selfcheck.core.files import reasons
from selfcheck.core.files.content import judge
from selfcheck.core.files.kinds import LARGEST, FileKind, Refused
from tests.core.files import made


def decide(content: bytes) -> FileKind:
    return judge(io.BytesIO(content), len(content), "a.pdf").kind


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        decide(content)
    return str(refused.value)


def pack(objects: bytes, head: bytes = b"/Filter/FlateDecode") -> bytes:
    """A PDF with an object stream."""
    packed = zlib.compress(objects)
    stream = b"9 0 obj<</Type/ObjStm/N 1/First 4%s/Length %d>>stream\n%s\nendstream endobj\n"
    return made.PDF[:9] + stream % (head, len(packed), packed) + made.PDF[9:]


def write(change: Callable[[Pdf], object], mode: ObjectStreamMode) -> bytes:
    """A page to which something was done, as a usual program writes it."""
    pdf, target = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    change(pdf)
    pdf.save(target, object_stream_mode=mode)
    return target.getvalue()


def open_with(name: Name, **more: Object) -> Callable[[Pdf], object]:
    def change(pdf: Pdf) -> None:
        pdf.Root.OpenAction = pdf.make_indirect(Dictionary(S=name, **more))

    return change


def attach(pdf: Pdf) -> None:
    pdf.attachments["setup.exe"] = AttachedFileSpec(pdf, b"MZ", filename="setup.exe")


def pin(pdf: Pdf) -> None:
    """A file that hangs on a page, as a paper clip."""
    spec = AttachedFileSpec(pdf, b"MZ", filename="setup.exe").obj
    clip = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=spec)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(clip)])


MODES = [ObjectStreamMode.disable, ObjectStreamMode.generate]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (open_with(Name.JavaScript, JS=String("app.alert(1)")), reasons.ACTIVE_PDF),
        (open_with(Name.Launch, F=String("cmd.exe")), reasons.ACTIVE_PDF),
        (attach, reasons.ATTACHED),
        (pin, reasons.ATTACHED),
    ],
)
def test_what_runs_or_carries_files_is_refused(
    change: Callable[[Pdf], object], reason: str, mode: ObjectStreamMode
) -> None:
    content = write(change, mode)
    plain = any(name in content for name in (b"/S /JavaScript", b"/S /Launch", b"/FileAttachment", b"/EmbeddedFiles"))
    assert plain == (mode is ObjectStreamMode.disable)
    assert refusal(content) == reason


@pytest.mark.parametrize("mode", MODES)
def test_links_forms_and_pages_are_taken(mode: ObjectStreamMode) -> None:
    def fill(pdf: Pdf) -> None:
        link = Dictionary(S=Name.URI, URI=String("https://example.org/JavaScript/Launch"))
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=link)
        pdf.pages[0].obj.Annots = Array([note])
        pdf.Root.AcroForm = Dictionary(Fields=Array([]))
        pdf.pages[0].contents_add(b"BT (JavaScript, Launch, Livestream) Tj ET")
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Livestream", 0))

    assert decide(write(fill, mode)) is FileKind.PDF


@pytest.mark.parametrize("name", ["/Java#53cript", "/#4a#61#76#61#53#63#72#69#70#74", "/J#61vaScript"])
def test_a_name_written_by_numbers_is_the_same_name(name: str) -> None:
    action = b"<</S%s/JS(x)>>" % name.encode()
    assert refusal(made.PDF.replace(b"/Catalog", b"/Catalog/OpenAction" + action)) == reasons.ACTIVE_PDF
    assert refusal(pack(b"8 0 " + action)) == reasons.ACTIVE_PDF
    assert refusal(pack(b"8 0 " + name.encode())) == reasons.ACTIVE_PDF, "as the last word of its stream"


def test_a_name_that_only_begins_so_is_another() -> None:
    assert decide(made.PDF.replace(b"/Catalog", b"/Catalog/LaunchDay 1/JavaScripted 2")) is FileKind.PDF


@pytest.mark.parametrize(
    "head",
    [
        b"/Filter[/ASCIIHexDecode/FlateDecode]",
        b"/Filter/LZWDecode",
        b"/Filter 7 0 R",
        b"/Fil#74er/LZWDecode",
        b"/Filter/FlateDecode/Filter/LZWDecode",
        b"/Filter/FlateDecode/DecodeParms<</Predictor 12>>",
        b"/Filter/FlateDecode" + b" " * 20_000,
    ],
)
def test_what_nobody_packs_so_is_refused(head: bytes) -> None:
    assert refusal(pack(b"8 0 <</S/JavaScript>>", head)) == reasons.ODD_PDF


@pytest.mark.parametrize(
    "head", [b"/Filter/FlateDecode/DecodeParms<</Predictor 1>>", b"/Filter [ /FlateDecode ]", b"/Filter /Fl "]
)
def test_usual_packing_is_looked_into(head: bytes) -> None:
    assert decide(pack(b"8 0 <</S/GoTo>>", head)) is FileKind.PDF
    assert refusal(pack(b"8 0 <</S/JavaScript>>", head)) == reasons.ACTIVE_PDF


def test_an_object_stream_that_is_none_is_broken() -> None:
    whole = pack(b"8 0 <</S/GoTo>>")
    assert refusal(whole.replace(b"stream\nx", b"stream\ny")) == reasons.BROKEN
    assert decide(whole.replace(b"stream\n", b"stream\r\n", 1)) is FileKind.PDF


def test_a_bomb_is_found_before_it_bursts() -> None:
    bomb = pack(bytes(150 * 1024 * 1024))
    assert len(bomb) < 200_000
    tracemalloc.start()
    try:
        assert refusal(bomb) == reasons.SWOLLEN
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_more_streams_than_any_document_has_are_refused() -> None:
    one = b"9 0 obj<</Length 0>>stream\n\nendstream endobj\n"
    many = made.PDF[:9] + one * 100_001 + made.PDF[9:]
    assert len(many) < LARGEST
    assert refusal(many) == reasons.ODD_PDF


def test_names_across_pieces_are_found() -> None:
    for place in range(256 * 1024 - 30, 256 * 1024 + 2):
        content = made.PDF[:9] + b" " * (place - 9) + b"/JavaScript " + made.PDF[9:]
        assert refusal(content) == reasons.ACTIVE_PDF
        packed = made.PDF[:9] + b" " * place + pack(b"8 0 <</S/Launch>>")[9:]
        assert refusal(packed) == reasons.ACTIVE_PDF
