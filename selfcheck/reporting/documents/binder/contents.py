"""What lies in the binder and what it lacks: criteria and questions in the order of the register, each piece of
evidence once, with its file or the place where it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from selfcheck.core.questionnaire.model import Criterion, Question, QuestionId, Questionnaire
from selfcheck.core.rules.answers import OPEN, Evidence
from selfcheck.core.rules.conditions import Applies
from selfcheck.reporting.documents.binder.paths import Names, link, name_file, name_folder
from selfcheck.reporting.report.register import Register, find_home, number_evidence
from selfcheck.reporting.report.report import Report
from selfcheck.reporting.report.stand import Stand
from selfcheck.reporting.words import german
from selfcheck.reporting.words.answer_text import EvidenceLine, say_evidence
from selfcheck.reporting.words.documents import UNPLACED, say_size

INDEX, INDEX_PDF = "Inhaltsverzeichnis.html", "Inhaltsverzeichnis.pdf"
REPORT, TABLE = "Bericht.pdf", "Dokumentationstabelle (Entwurf).xlsx"
COMPLETE = "vollständig"
LOST = "Die Datei lässt sich nicht lesen. Bitte laden Sie sie noch einmal hoch."
UNCLAIMED = "Datei liegt bei; im Selbstcheck steht noch „fehlt noch“"
NAMELESS = "ohne Titel"
UNCOUNTED = "Zählt nach den übrigen Angaben nicht mit."


@dataclass(frozen=True, slots=True)
class StoredBytes:
    """The newest file of a piece: as it was `sent`, and what its bytes are known by; `there`: they can be read."""

    sent: str
    size: int
    sha256: str
    there: bool


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in the binder: its path from the root, as it was sent, its bytes."""

    path: str
    sent: str
    size: int
    sha256: str

    @property
    def href(self) -> str:
        return link(self.path)

    @property
    def said_size(self) -> str:
        return say_size(self.size)


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of evidence; `said_there`: somebody says that it is there. `place` says in words where else it is;
    `lacks` what keeps it from being found, empty where nothing does. What lies at another question is only named:
    `elsewhere`.
    """

    line: EvidenceLine
    file: Packed | None
    place: str
    said_there: bool
    lacks: str = ""
    elsewhere: bool = False

    @property
    def status(self) -> str:
        """Whether it is there, where that is not said otherwise."""
        if self.lacks or self.elsewhere:
            return ""
        return self.line.status if self.said_there or self.file is None else UNCLAIMED


@dataclass(frozen=True, slots=True)
class Folder:
    """A question with its pieces; `note` says where it does not count."""

    number: str
    text: str
    items: tuple[Item, ...]
    note: str = ""

    @property
    def needed(self) -> int:
        """How many pieces of its own are said to be there."""
        return 0 if self.note else sum(item.said_there for item in self.items)


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    folders: tuple[Folder, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing: its number in the register or that of its question, what it is, and what is to be done."""

    number: str
    title: str
    said: str


@dataclass(frozen=True, slots=True)
class Binder:
    """`needed` pieces should be in it, those of `lacks` are not; `files_at` is the moment whose files it holds."""

    chapters: tuple[Chapter, ...]
    lacks: tuple[Lack, ...]
    needed: int
    files_at: datetime

    @property
    def state(self) -> str:
        """`vollständig`, `unvollständig (38 von 41 vorhanden)`."""
        there = self.needed - len(self.lacks)
        return f"unvollständig ({there} von {self.needed} vorhanden)" if self.lacks else COMPLETE

    @property
    def sentence(self) -> str:
        """What the state means."""
        if self.lacks:
            return self._say_lacks()
        if not self.needed:
            return "Noch ist kein Beleg eingetragen, und keine Antwort braucht einen."
        return "Jeder Beleg liegt als Datei bei oder hat eine Fundstelle."

    def _say_lacks(self) -> str:
        """What is not there at all, and what only nobody would find: a report calls that „belegt“."""
        unplaced = sum(lack.said == UNPLACED for lack in self.lacks)
        missing, needed = len(self.lacks) - unplaced, german.count(self.needed, "Beleg", "Belegen")
        if not missing:
            return f"Zu {unplaced} von {needed} fehlt die Fundstelle."
        others = "einem weiteren" if unplaced == 1 else f"{german.in_words(unplaced)} weiteren"
        further = f", zu {others} fehlt die Fundstelle" if unplaced else ""
        return f"{missing} von {needed} {'fehlt' if missing == 1 else 'fehlen'} noch{further}."

    @property
    def said_files(self) -> str:
        """Of when the files are, and how many."""
        files = list(self.files())
        if not files:
            return f"keine Datei hinterlegt ({german.moment(self.files_at)} Uhr)"
        size = say_size(sum(file.size for file in files))
        number = german.count(len(files), "Datei", "Dateien")
        return f"{number} ({size}), so wie am {german.moment(self.files_at)} Uhr hinterlegt"

    def files(self) -> Iterator[Packed]:
        """In the order in which they lie."""
        for chapter in self.chapters:
            for folder in chapter.folders:
                yield from (item.file for item in folder.items if item.file is not None)


def fill_binder(
    questionnaire: Questionnaire,
    stand: Stand,
    report: Report,
    files: Mapping[QuestionId, Sequence[StoredBytes | None]],
    files_at: datetime,
) -> Binder:
    """The binder of a Stand and its `report`. `files` has one line for each piece of a question, in their order."""
    filling = _Filling(stand, number_evidence(questionnaire, stand.answers), files)
    chapters = tuple(
        Chapter(f"{criterion.letter} {criterion.title}", folders)
        for criterion in questionnaire.criteria
        if (folders := tuple(filling.folders(criterion)))
    )
    lacks = tuple(_list_lacks(questionnaire, chapters, report))
    missing = len(report.missing) + bool(report.missing_bonus)
    return Binder(
        chapters, lacks, sum(folder.needed for each in chapters for folder in each.folders) + missing, files_at
    )


class _Filling:
    """Lays pieces into folders; `files` as in `fill_binder`."""

    def __init__(
        self, stand: Stand, register: Register, files: Mapping[QuestionId, Sequence[StoredBytes | None]]
    ) -> None:
        self._stand, self._register, self._files = stand, register, files
        self._names = Names((INDEX, INDEX_PDF, REPORT, TABLE))

    def folders(self, criterion: Criterion) -> Iterator[Folder]:
        """The questions of a criterion that have pieces."""
        above = name_folder(criterion.letter, criterion.title)
        for question in criterion.questions:
            items = tuple(self._items(question, f"{above}/{name_folder(question.number, question.name)}"))
            counts = self._stand.estimate.line[question.id].applies is not Applies.NO
            if items:
                yield Folder(question.number, question.name, items, "" if counts else UNCOUNTED)

    def _items(self, question: Question, folder: str) -> Iterator[Item]:
        pieces = self._stand.answers.get(question.id, OPEN).evidence
        files = self._files.get(question.id, (None,) * len(pieces))
        for piece, number, stored in zip(pieces, self._register[question.id], files, strict=True):
            if find_home(piece, question) in (question.id, *self._unknown(piece)):
                yield self._lay(piece, number, stored, folder)
            else:
                yield Item(say_evidence(piece, self._stand.day, number), None, "", said_there=False, elsewhere=True)

    def _unknown(self, piece: Evidence) -> tuple[str, ...]:
        """The home of a piece that this questionnaire does not ask for: then it lies wherever else it belongs."""
        return tuple(id for id in (piece.questions or ())[:1] if QuestionId(id) not in self._register)

    def _lay(self, piece: Evidence, number: str, stored: StoredBytes | None, folder: str) -> Item:
        line = say_evidence(piece, self._stand.day, number)
        place = say_evidence(piece._replace(file=None), self._stand.day).place
        if stored is None or not stored.there:
            lost = piece.file is not None
            lacks = LOST if lost else UNPLACED if piece.counts(self._stand.day) and not piece.located else ""
            return Item(line, None, line.place if lost else place, piece.available, lacks if piece.available else "")
        path = self._names.take(f"{folder}/{name_file(number, piece.title, stored.sent)}")
        return Item(line, Packed(path, stored.sent, stored.size, stored.sha256), place, piece.available)


def _list_lacks(questionnaire: Questionnaire, chapters: Sequence[Chapter], report: Report) -> Iterator[Lack]:
    """In the order of the register; what proves nothing stands at its question."""
    items = {
        folder.number: [item for item in folder.items if item.lacks]
        for chapter in chapters
        for folder in chapter.folders
        if not folder.note
    }
    unproven = {gap.id: gap for gap in report.missing}
    for question in questionnaire.questions:
        for item in items.get(question.number, ()):
            yield Lack(item.line.register, item.line.title or NAMELESS, item.lacks)
        if gap := unproven.get(question.id):
            yield Lack(gap.number, gap.text, f"Beleg fehlt: {gap.missing}" if gap.missing else "Beleg fehlt")
    if report.missing_bonus:
        yield Lack("–", "Sonderpunkte", report.missing_bonus)
