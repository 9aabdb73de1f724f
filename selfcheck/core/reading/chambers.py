"""`chambers.yaml` -> Chambers, or every fault with its place.

as_of: 2026-11-22
source: {title: …, url: https://…}
chambers:
  - id: darmstadt
    name: IHK Darmstadt Rhein Main Neckar
    contact: …                       # a person
    phone: "06151 8710"
    url: https://…                   # may be left out, like mail: … and switchboard: …
    districts:                       # every district in exactly one chamber; ours: true where the source has it not
      - {key: "06431", name: Bergstraße, kind: landkreis, land: HE}    # kind: landkreis | kreisfrei; land: HE | RP | BY
    notes:                           # may be left out
      - {districts: ["06431"], municipality: …, text: …}               # municipality may be left out
        # elsewhere: …               # the name of the chamber to which the municipality belongs instead
"""

from __future__ import annotations

from selfcheck.core.plain import from_plain
from selfcheck.core.questionnaire.chambers import Chambers
from selfcheck.core.reading.document.check import check, repeats
from selfcheck.core.reading.document.faults import Faults, quote
from selfcheck.core.reading.document.keys import ChambersKeys
from selfcheck.core.reading.document.yaml_lines import Document, Path, read_yaml

CHAMBERS_FILE = "chambers.yaml"


def parse_chambers(text: str, file: str = CHAMBERS_FILE) -> Chambers:
    """The chambers in `text`; raises `Faults` with all faults that can be known."""
    document = read_yaml(file, text)
    keys = check(document, (), ChambersKeys)
    chambers = document.entries(("chambers",))
    districts = [(*district, "key") for each in chambers for district in document.entries((*each, "districts"))]
    _check_unique(document, "die Kammer", [(*chamber, "id") for chamber in chambers])
    _check_unique(document, "der Kreis", districts)
    known = {document.text(district) for district in districts}
    notes = [note for chamber in chambers for note in document.entries((*chamber, "notes"))]
    for path in [district for note in notes for district in document.entries((*note, "districts"))]:
        key = document.text(path)
        if key is not None and key not in known:
            document.complain(path, f"der Kreis {quote(key)} hat keine Kammer, erwartet einer aus der Datei")
    for note in notes:
        if document.text((*note, "elsewhere")) and not document.text((*note, "municipality")):
            message = "„elsewhere“ ohne „municipality“, erwartet die Kommune, die zu einer anderen IHK gehört"
            document.complain((*note, "elsewhere"), message)
    if document.faults or keys is None:
        raise Faults(document.faults)
    return from_plain(Chambers, keys.model_dump(mode="json"))


def _check_unique(document: Document, what: str, paths: list[Path]) -> None:
    for path, text, first in repeats(document, paths):
        where = f"steht schon in Zeile {document.line(first)}"
        document.complain(path, f"{what} {quote(text)} {where}, erwartet nur einmal")
