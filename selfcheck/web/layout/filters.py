"""What a list is narrowed down to, as the address names it; `layout/field.html` draws the chips."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
Chips = list[tuple[str, int | None, str, bool]]
"""Text, number if there is one, address, and whether it is the one that is on."""


@dataclass(frozen=True, slots=True)
class Filter(Generic[Item]):
    """`key` stands in the address, `text` on the chip; the one without a key is what a list shows by itself."""

    key: str
    text: str
    passes: Callable[[Item], bool]

    def address(self, address: str) -> str:
        """The page at `address` with this filter."""
        return f"{address}?zeige={self.key}" if self.key else address


def choose_filter(filters: Sequence[Filter[Item]], key: str | None) -> Filter[Item]:
    """The filter named in an address; the first one for an unknown one."""
    return next((each for each in filters if each.key == key), filters[0])


def list_chips(filters: Sequence[Filter[Item]], items: Collection[Item], address: str, chosen: Filter[Item]) -> Chips:
    """Every filter with the number of `items` that it shows."""
    return [(each.text, sum(map(each.passes, items)), each.address(address), each is chosen) for each in filters]
