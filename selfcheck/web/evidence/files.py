"""Files of a piece of evidence: handed over to be kept, never shown; taken out for good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import IO, ClassVar, NamedTuple
from urllib.parse import quote

from flask import Response, abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from selfcheck.core.files.kinds import ENDINGS, LARGEST, TAKEN, TYPES, FileKind
from selfcheck.core.files.names import spell_plainly
from selfcheck.core.files.reasons import TOO_LARGE
from selfcheck.core.permissions import Right, may_send_files
from selfcheck.core.removed import Removed
from selfcheck.reporting.history.removed_text import say_removed
from selfcheck.reporting.words.authors import say_author
from selfcheck.reporting.words.documents import say_size
from selfcheck.store.access import grants
from selfcheck.store.access.grants import Access
from selfcheck.store.database.damage import DamagedRow
from selfcheck.store.database.limits import LINE
from selfcheck.store.database.times import local_day
from selfcheck.store.files.depot import SHARD, open_depot
from selfcheck.store.files.revisions import StoredFile, find_file, list_files
from selfcheck.store.history import redaction
from selfcheck.store.history.redaction import Taken
from selfcheck.web.evidence import pages
from selfcheck.web.http import clock, guards, headers
from selfcheck.web.http.browser import signed_in
from selfcheck.web.layout import check_page
from selfcheck.web.layout.fields import PageForm, line

FILE = "/selbstcheck/<check_id>/nachweise/<question_id>/<key>/datei/<number>"
OF_OFFICE = "/selbstcheck/<check_id>/auftrag/nachweise/<question_id>/<key>/datei/<number>"
AT_ONCE = 64 * 1024
LONGEST_NUMBER = 9
"""Digits of what names a piece or a revision, so that every database can be asked for it."""


class FileShown(NamedTuple):
    """One revision in words; `removed` says since when and by whom it is gone, `takes_out` leads to where it goes."""

    number: int
    name: str
    facts: str
    scanned: bool
    href: str
    removed: str = ""
    takes_out: str = ""


@dataclass(frozen=True, slots=True)
class FilesShown:
    """The files of a piece, the newest first. `may_send`: whether one can be added; where not, that takes an
    account, of one's `own` or of the coordination. `scans`: whether files are looked through for viruses.
    """

    files: Sequence[FileShown]
    may_send: bool
    own: bool
    scans: bool

    endings: ClassVar[str] = ",".join(f".{ending}" for ending in ENDINGS)
    largest: ClassVar[int] = LARGEST
    too_large: ClassVar[str] = TOO_LARGE
    taken: ClassVar[str] = TAKEN

    @property
    def first(self) -> bool:
        """Whether they stand before what else is said of a piece: there is something to do, or to see."""
        return self.may_send or bool(self.files)

    @property
    def newest(self) -> FileShown | None:
        return next((file for file in self.files if not file.removed), None)

    @property
    def earlier(self) -> Sequence[FileShown]:
        return [file for file in self.files if file is not self.newest]


class TakeOutForm(PageForm):
    reason = line("Grund", LINE, "den Grund")


def may_send(access: Access) -> bool:
    """Whether this visitor may send files: one statement for an office, none for all others."""
    account = signed_in.account()
    own = account is not None and account.confirmed
    coordinated = access.may(Right.OWN_PART) and grants.has_account(access.check.id)
    return may_send_files(access.role, own_account=own, coordinated=coordinated)


def show_files(access: Access, question_id: str, key: str) -> FilesShown:
    """The files of a stored piece, and whether more may come; of one that is not stored there are none."""
    stored = list_files(access.check.id, int(key)) if _is_number(key) else ()
    shown = [_show(access, question_id, key, file) for file in stored]
    own = not access.may(Right.OWN_PART)
    return FilesShown(shown, may_send(access), own, bool(current_app.config["CLAMD"]))


@pages.get(FILE)
def download(check_id: str, question_id: str, key: str, number: str) -> Response:
    access = guards.enter(check_id, Right.READ)
    return _hand_over(_find(access, question_id, key, number))


@pages.get(OF_OFFICE)
def download_own(check_id: str, question_id: str, key: str, number: str) -> Response:
    access = guards.enter(check_id, Right.OWN_PART)
    return _hand_over(_find(access, question_id, key, number))


@pages.route(f"{FILE}/entfernen", methods=["GET", "POST"])
def take_out(check_id: str, question_id: str, key: str, number: str) -> ResponseReturnValue:
    """Shows which file goes, asks once, and takes it out of everything."""
    access = guards.enter(check_id, Right.REDACT)
    file = _find(access, question_id, key, number)
    form = TakeOutForm()
    back = url_for("evidence.piece", check_id=check_id, question_id=question_id, key=key)
    if not form.validate_on_submit():
        page = check_page.load_page(access)
        shown = _show(access, question_id, key, file)
        register = url_for("evidence.register", check_id=check_id)
        return check_page.render(
            "evidence/take_out.html", page, register, file=shown, form=form, back=back
        ), form.status
    words = say_removed(Removed(clock.today(), access.label))
    taken = Taken(access.label, words, form.reason.data or "")
    redaction.redact_file(access.check, file.evidence_id, file.number, taken, access.who, clock.now())
    return redirect(f"{back}?entfernt=1", 303)


def _find(access: Access, question_id: str, key: str, number: str) -> StoredFile:
    """A file that is still there, of a piece that belongs to this question; 404 for everything else."""
    if not (_is_number(key) and _is_number(number)):
        abort(404)
    if access.may(Right.OWN_PART) and question_id not in access.scope:
        abort(403)
    file = find_file(access.check.id, int(key), int(number), question_id)
    if file is None or file.removed_at is not None:
        abort(404)
    return file


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


def _show(access: Access, question_id: str, key: str, file: StoredFile) -> FileShown:
    at = clock.local(file.at)
    facts = [f"Revision {file.number}", say_size(file.size), say_author(file.by, at, access.me)]
    if file.removed_at is not None:
        removed = say_removed(Removed(local_day(file.removed_at), file.removed_by))
        return FileShown(file.number, "", facts[0], file.scanned, "", removed)
    address = partial(
        url_for, check_id=access.check.public_id, question_id=question_id, key=key, number=str(file.number)
    )
    href = address("evidence.download_own" if access.may(Right.OWN_PART) else "evidence.download")
    out = address("evidence.take_out") if access.may(Right.REDACT) else ""
    return FileShown(file.number, file.name, " · ".join(facts), file.scanned, href, "", out)


def _hand_over(file: StoredFile) -> Response:
    """The bytes as a file to be kept; a proxy that can reads them itself. Raises `DamagedRow` where they are gone."""
    path = open_depot().find(file.sha256 or "")
    inside = current_app.config["FILES_HANDED_OVER"]
    if inside:
        response = Response(mimetype=TYPES[FileKind(file.kind)])
        response.headers["X-Accel-Redirect"] = f"{inside}{path.name[:SHARD]}/{path.name}"
    else:
        try:
            source = path.open("rb")
        except OSError:
            raise DamagedRow(f"the bytes of file {file.number} of piece {file.evidence_id} are gone") from None
        response = Response(_read_out(source), mimetype=TYPES[FileKind(file.kind)])
        response.content_length = file.size
        response.call_on_close(source.close)
    response.headers.set("Content-Disposition", "attachment", **_name_file(file.name))
    headers.lock_away()
    return response


def _name_file(name: str) -> dict[str, str]:
    """The name as browsers take it, and without umlauts for those that know no others."""
    plain = spell_plainly(name)
    return {"filename": plain} if plain == name else {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"}


def _read_out(source: IO[bytes]) -> Iterator[bytes]:
    with source:
        while piece := source.read(AT_ONCE):
            yield piece
