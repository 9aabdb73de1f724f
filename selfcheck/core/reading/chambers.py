"""`chambers.yaml` -> Chambers, or every fault with its place.

as_of: 2026-11-22
source: {title: …, url: https://…}
chambers:
  - id: darmstadt
    name: IHK Darmstadt Rhein Main Neckar
    contact: …                       # a person
    phone: "06151 8710"
    url: https://…                   # may be left out
    districts:                       # every district in exactly one chamber
      - {key: "06431", name: Bergstraße, kind: landkreis, land: HE}    # kind: landkreis | kreisfrei; land: HE | RP | BY
    notes:                           # may be left out
      - {districts: ["06431"], municipality: …, text: …}               # municipality may be left out
"""

from __future__ import annotations

from collections.abc import Iterator

from selfcheck.core.questionnaire.chambers import Chamber, ChamberNote, Chambers, ChambersSource, District
from selfcheck.core.reading.check import check
from selfcheck.core.reading.faults import Faults, quote
from selfcheck.core.reading.keys import ChamberKeys, ChambersKeys
from selfcheck.core.reading.yaml_lines import Document, Path, read_yaml

CHAMBERS_FILE = "chambers.yaml"


def parse_chambers(text: str, file: str = CHAMBERS_FILE) -> Chambers:
    """The chambers in `text`; raises `Faults` with all faults that can be known."""
    document = read_yaml(file, text)
    keys = check(document, (), ChambersKeys) if document.readable else None
    if document.readable:
        _check_unique(document, "die Kammer", ((*chamber, "id") for chamber in _places(document, ("chambers",))))
        _check_unique(document, "der Kreis", _district_keys(document))
        _check_notes(document)
    if document.faults or keys is None:
        raise Faults(document.faults)
    chambers = tuple(_assemble(chamber) for chamber in keys.chambers)
    return Chambers(keys.as_of, ChambersSource(keys.source.title, keys.source.url), chambers)


def _places(document: Document, path: Path) -> Iterator[Path]:
    """The places of the entries of the list at `path`; none if there is no list."""
    entries = document.at(path)
    for place in range(len(entries) if isinstance(entries, list) else 0):
        yield (*path, place)


def _district_keys(document: Document) -> Iterator[Path]:
    for chamber in _places(document, ("chambers",)):
        for district in _places(document, (*chamber, "districts")):
            yield (*district, "key")


def _check_unique(document: Document, what: str, places: Iterator[Path]) -> None:
    taken: dict[str, int] = {}
    for place in places:
        value = document.at(place)
        if isinstance(value, str) and value in taken:
            where = f"steht schon in Zeile {taken[value]}"
            document.complain(place, f"{what} {quote(value)} {where}, erwartet nur einmal")
        elif isinstance(value, str):
            taken[value] = document.line(place)


def _check_notes(document: Document) -> None:
    known = {document.at(place) for place in _district_keys(document) if isinstance(document.at(place), str)}
    for chamber in _places(document, ("chambers",)):
        for note in _places(document, (*chamber, "notes")):
            for place in _places(document, (*note, "districts")):
                key = document.at(place)
                if isinstance(key, str) and key not in known:
                    document.complain(place, f"der Kreis {quote(key)} hat keine Kammer, erwartet einer aus der Datei")


def _assemble(keys: ChamberKeys) -> Chamber:
    return Chamber(
        id=keys.id,
        name=keys.name,
        contact=keys.contact,
        phone=keys.phone,
        url=keys.url or "",
        districts=tuple(District(each.key, each.name, each.kind.value, each.land.value) for each in keys.districts),
        notes=tuple(ChamberNote(tuple(note.districts), note.municipality, note.text) for note in keys.notes),
    )
