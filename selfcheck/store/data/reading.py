"""Reading a file „Alle Daten (JSON)“ that somebody brings: strictly, and every fault with its place, in German."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from selfcheck.core.reading.document.faults import quote
from selfcheck.store.data.models import COMPLETE, FORMAT, VERSION, DataFile

MOST_FAULTS = 10
MOST_KEYS = 1000
"""In one block. Each key that does not belong there is a fault, and a file can hold a hundred thousand."""
NOT_TAKEN = (
    "named_states",
    "comments",
    "redactions",
    "places",
    "shares",
    "chamber_shares",
    "queries",
    "recommendations",
    "results",
    "good_examples",
    "stands",
    "history",
)
"""Whatever they hold, a new self-check does not get it: it is not even looked at."""
NOT_JSON = "Die Datei ist kein lesbares JSON. Bitte nehmen Sie eine Datei, die Sie hier heruntergeladen haben."
OTHER_FILE = "Das ist keine Datei „Alle Daten (JSON)“ aus einem Selbstcheck."
TOO_DEEP = "Die Datei ist tiefer verschachtelt, als eine Datei aus einem Selbstcheck sein kann."
WORDS = {
    "missing": "fehlt",
    "extra_forbidden": "gehört nicht in diese Datei",
    "string_type": "erwartet ein Text",
    "string_too_short": "darf nicht leer sein",
    "string_pattern_mismatch": "enthält Zeichen, die hier nicht vorkommen",
    "string_unicode": "enthält Zeichen, die es nicht gibt",
    "int_type": "erwartet eine ganze Zahl",
    "bool_type": "erwartet true oder false",
    "list_type": "erwartet eine Liste",
    "model_type": "erwartet ein Block mit Schlüsseln",
    "dict_type": "erwartet ein Block mit Schlüsseln",
    "date_type": "erwartet ein Tag wie 2027-06-15",
    "datetime_type": "erwartet ein Zeitpunkt wie 2027-06-15T10:00:00Z",
    "value_error": "passt nicht",
}


class BadFile(ValueError):
    """What is wrong with the file, a sentence each, at most `MOST_FAULTS`."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        if (more := len(self.faults) - MOST_FAULTS) > 0:
            self.faults = (*self.faults[:MOST_FAULTS], f"und {more} weitere Stellen")
        super().__init__("\n".join(self.faults))


class _Refused(ValueError):
    """What JSON allows, or our parser does, and a file of ours never holds."""


def read_file(content: bytes) -> DataFile:
    """The file as it is; raises `BadFile`. Any bytes are safe."""
    plain = _read_json(content)
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise BadFile([OTHER_FILE])
    version = plain.get("version")
    if version != VERSION or isinstance(version, bool | float):
        found = quote(str(version)) if isinstance(version, str | int) else "eine andere"
        raise BadFile([f"Die Datei hat die Fassung {found}, lesen können wir die Fassung „{VERSION}“."])
    try:
        return COMPLETE.model_validate(plain | {name: [] for name in NOT_TAKEN if name in plain})
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True, include_input=False)
        raise BadFile(dict.fromkeys(f"{_say_place(detail)}: {_say_fault(detail)}" for detail in details)) from None


def _read_json(content: bytes) -> object:
    try:
        text = content.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_read_block, parse_constant=_refuse_constant)
    except _Refused as refused:
        raise BadFile([str(refused)]) from None
    except RecursionError:
        raise BadFile([TOO_DEEP]) from None
    except json.JSONDecodeError as error:
        raise BadFile([f"{NOT_JSON} Die erste unlesbare Stelle: Zeile {error.lineno}."]) from None
    except ValueError:  # bytes that are no text, numbers of thousands of digits
        raise BadFile([NOT_JSON]) from None


def _read_block(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_KEYS:
        raise _Refused(f"Ein Block hat mehr als {MOST_KEYS} Schlüssel; so viele kommen in keiner solchen Datei vor.")
    block: dict[str, Any] = {}
    for key, value in pairs:
        if key in block:
            raise _Refused(f"Der Schlüssel {quote(key)} steht zweimal im selben Block.")
        block[key] = value
    return block


def _refuse_constant(name: str) -> object:
    raise _Refused(f"{quote(name)} ist keine Zahl, die in einer solchen Datei stehen kann.")


def _say_place(detail: ErrorDetails) -> str:
    """„answers“, 3. Eintrag, „choice“."""
    keys = [f"{key + 1}. Eintrag" if isinstance(key, int) else quote(key) for key in detail["loc"] if _is_key(key)]
    return ", ".join(keys) or "Die Datei"


def _is_key(key: int | str) -> bool:
    """Where several kinds of values may stand, pydantic names the kind too."""
    return isinstance(key, int) or ("[" not in key and key not in ("str", "constrained-str"))


def _say_fault(detail: ErrorDetails) -> str:
    context: Mapping[str, Any] = detail.get("ctx") or {}
    match detail["type"]:
        case "string_too_long":
            return f"ist länger als {context.get('max_length')} Zeichen"
        case "too_long":
            return f"hat mehr als {context.get('max_length')} Einträge"
        case "literal_error":
            expected = str(context.get("expected")).replace("'", "").replace(" or ", " oder ")
            return f"erwartet {expected}"
        case "greater_than_equal" | "less_than_equal":
            return "ist keine Zahl, die hier vorkommen kann"
        case kind:
            return WORDS.get(kind, "passt nicht")
