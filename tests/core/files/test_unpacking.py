"""Archives are opened within bounds: what is too large is refused before it takes memory."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile

import pytest

from selfcheck.core.files import reasons
from selfcheck.core.files.content import judge
from selfcheck.core.files.kinds import Refused
from selfcheck.core.files.unpacking import LONGEST_LIST, Swollen, open_archive, unpack
from tests.core.files import made

SMALL = 12 * 1024 * 1024
"""Bytes that reading a list of `LONGEST_LIST` takes at most."""


def _list_countless(size: int) -> bytes:
    """An archive of one empty member whose list of `size` bytes names it again and again."""
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 3, 20, *[0] * 15)
    listed = entry * (size // len(entry))
    return b"PK\3\4" + bytes(26) + listed + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(listed), 30, 0)


def _hide_size(archive: bytes) -> bytes:
    """The archive whose list says of its first member that it is small."""
    place = archive.index(b"PK\1\2") + 24
    return archive[:place] + (100).to_bytes(4, "little") + archive[place + 4 :]


def _pack_densely(packing: int) -> bytes:
    return _hide_size(made.archive({"[Content_Types].xml": bytes(100_000_000)}, packing))


@pytest.mark.parametrize(
    "content",
    [_list_countless(20 * LONGEST_LIST), _pack_densely(zipfile.ZIP_BZIP2), _pack_densely(zipfile.ZIP_LZMA)],
    ids=["countless members", "bzip2", "lzma"],
)
def test_what_would_take_memory_is_refused_before_it_does(content: bytes) -> None:
    file = io.BytesIO(content)
    tracemalloc.start()
    with pytest.raises(Refused) as refused:
        judge(file, len(content), "a.docx")
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert str(refused.value) == reasons.SWOLLEN
    assert used < SMALL


def test_a_member_is_unpacked_as_far_as_it_may() -> None:
    content = made.archive({"a": b"x" * 1000})
    with open_archive(io.BytesIO(content)) as archive:
        member = archive.getinfo("a")
        assert unpack(archive, member, 1000) == b"x" * 1000
        with pytest.raises(Swollen):
            unpack(archive, member, 999)
