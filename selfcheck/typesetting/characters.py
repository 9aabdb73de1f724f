"""Which characters can be printed; the others stand there by their number, so that nothing vanishes unseen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

LINE_ENDS = "\n\t"


class Characters:
    """The characters of `runs`, each from its first to its last."""

    def __init__(self, runs: Iterable[tuple[int, int]]) -> None:
        held = "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in runs)
        self._missing = re.compile(f"[^{held}{LINE_ENDS}]")

    def replace(self, text: str) -> str:
        """`text` with every character that is not among them as `[U+1F600]`."""
        return self._missing.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)

    def replace_all(self, value: object) -> object:
        """The same for every text in plain data; names of values are ours."""
        if isinstance(value, str):
            return self.replace(value)
        if isinstance(value, Mapping):
            return {name: self.replace_all(each) for name, each in value.items()}
        return [self.replace_all(each) for each in value] if isinstance(value, list | tuple) else value
