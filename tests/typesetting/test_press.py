"""How PDFs are set by another process: what goes there, and what becomes of one that fails."""

from __future__ import annotations

import fcntl
import sys
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from selfcheck.reporting.documents.manuscript import Manuscript
from selfcheck.typesetting.press import CHARACTERS, Crowded, MissingFonts, NotSet, Press, TooSlow
from tests.reporting.documents.pdf import FONTS

ASKED = Manuscript("Bericht.pdf", "report", date(2027, 2, 8), {"title": "Bericht"})
WHOSE, ANOTHER = "abcdef0123456789abcd", "0123456789abcdef0123"


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    (tmp_path / CHARACTERS).write_text("[]")
    return tmp_path


def _press(folder: Path, program: str, *, longest: float = 20, at_once: int = 2, patience: float = 8) -> Press:
    """A press whose compiler is a little program."""
    return Press(folder, folder, (sys.executable, "-c", program), longest, at_once, patience)


def test_what_the_compiler_writes_is_the_pdf(fonts: Path) -> None:
    echo = "import sys, json; asked = json.load(sys.stdin); print(asked['template'], asked['day'], asked['data'])"
    assert _press(fonts, echo).set_pdf(ASKED, WHOSE) == b"report 2027-02-08 {'title': 'Bericht'}\n"


def test_nothing_secret_goes_along(fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELFCHECK_SECRET_KEY", "geheim")
    program = "import os; print('-'.join(sorted(os.environ)))"
    assert b"SELFCHECK" not in _press(fonts, program).set_pdf(ASKED, WHOSE)


def test_a_compiler_that_hangs_is_killed(fonts: Path) -> None:
    sign = fonts / "still-there"
    program = f"import time, pathlib; time.sleep(1.5); pathlib.Path({str(sign)!r}).touch()"
    with pytest.raises(TooSlow):
        _press(fonts, program, longest=0.3).set_pdf(ASKED, WHOSE)
    time.sleep(1.6)
    assert not sign.exists()


@pytest.mark.parametrize("program", ["import sys; sys.exit('kaputt')", "pass"])
def test_what_went_wrong_is_said(fonts: Path, program: str) -> None:
    with pytest.raises(NotSet, match="The typesetter ended with"):
        _press(fonts, program).set_pdf(ASKED, WHOSE)


def test_data_that_break_a_template_are_a_fault_and_no_pdf(tmp_path: Path) -> None:
    with pytest.raises(NotSet, match="dictionary does not contain key"):
        Press(FONTS, tmp_path).set_pdf(ASKED, WHOSE)


def test_without_fonts_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingFonts, match="„make run“ legt sie an"):
        _press(tmp_path, "print()").set_pdf(ASKED, WHOSE)


def test_a_few_at_once_and_the_next_one_waits_for_its_turn(fonts: Path) -> None:
    with (fonts / "typesetting-1.lock").open("ab") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        with pytest.raises(Crowded):
            _press(fonts, "print()", at_once=1, patience=0.1).set_pdf(ASKED, WHOSE)
        threading.Timer(0.2, lambda: fcntl.flock(turn, fcntl.LOCK_UN)).start()
        assert _press(fonts, "print()", at_once=1, patience=5).set_pdf(ASKED, WHOSE) == b"\n"


def test_one_self_check_does_not_take_all_turns(fonts: Path) -> None:
    slow = _press(fonts, "import time; time.sleep(2); print('slow')", patience=0.3)
    first = threading.Thread(target=slow.set_pdf, args=(ASKED, WHOSE))
    first.start()
    time.sleep(0.2)
    with pytest.raises(Crowded):
        slow.set_pdf(ASKED, WHOSE)
    assert _press(fonts, "print()").set_pdf(ASKED, ANOTHER) == b"\n"
    first.join()


def test_so_many_wait_and_the_others_hear_at_once(fonts: Path) -> None:
    press = replace(_press(fonts, "print()"), here=threading.BoundedSemaphore(1))
    with press.here:
        began = time.monotonic()
        with pytest.raises(Crowded):
            press.set_pdf(ASKED, WHOSE)
        assert time.monotonic() - began < press.patience / 2
    assert press.set_pdf(ASKED, WHOSE) == press.set_pdf(ASKED, WHOSE) == b"\n"
