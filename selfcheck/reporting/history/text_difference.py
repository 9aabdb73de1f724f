"""Where two texts differ, word by word; very long or very different ones line by line, or as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby, takewhile

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
LINES = re.compile(r"\n|[^\n]+")
MOST_PAIRS = 30_000
"""So many pairs of equal words are looked at: a repeated word makes many, and each takes time."""
LEAST_SHARED = 0.25
"""Two texts that share less have nothing to do with each other: marks would be everywhere."""


class Kind(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


def compare(mine: str, theirs: str) -> tuple[Piece, ...]:
    """`theirs` as it becomes `mine`: what is kept and added makes `mine`, what is kept and removed `theirs`."""
    for split in (WORDS, LINES):
        tokens = split.findall(mine), split.findall(theirs)
        start = _count_same(*tokens)
        end = _count_same(*(side[start:][::-1] for side in tokens))
        middle = [side[start : len(side) - end] for side in tokens]
        if _count_pairs(*middle) <= MOST_PAIRS:
            kept_end = tokens[0][len(tokens[0]) - end :]
            return _join([(Kind.KEPT, tokens[0][:start]), *_match(*middle), (Kind.KEPT, kept_end)])
    return _join([(Kind.REMOVED, [theirs]), (Kind.ADDED, [mine])])


def is_telling(pieces: Sequence[Piece]) -> bool:
    """Whether the texts have enough in common for marks to help, and are not the same."""
    size: Counter[Kind] = Counter()
    for piece in pieces:
        size[piece.kind] += sum(not letter.isspace() for letter in piece.text)
    longest = size[Kind.KEPT] + max(size[Kind.ADDED], size[Kind.REMOVED])
    return any(piece.kind is not Kind.KEPT for piece in pieces) and size[Kind.KEPT] >= LEAST_SHARED * longest > 0


def _count_same(one: Sequence[str], other: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _count_pairs(mine: Sequence[str], theirs: Sequence[str]) -> int:
    ours, others = (Counter(token for token in side if not token.isspace()) for side in (mine, theirs))
    return sum(count * others[token] for token, count in ours.items())


def _match(mine: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[Kind, Sequence[str]]]:
    """White space alone is nothing in common."""
    matcher = SequenceMatcher(str.isspace, theirs, mine, autojunk=False)
    for tag, start, end, mine_start, mine_end in matcher.get_opcodes():
        if tag == "equal":
            yield Kind.KEPT, mine[mine_start:mine_end]
        else:
            yield Kind.REMOVED, theirs[start:end]
            yield Kind.ADDED, mine[mine_start:mine_end]


def _join(found: Sequence[tuple[Kind, Sequence[str]]]) -> tuple[Piece, ...]:
    """What is removed and what comes in its place as one piece each; a mere full stop or space between two changes
    belongs to both.
    """
    filled = [(kind, text) for kind, tokens in found if (text := "".join(tokens))]
    runs = [(kind, "".join(text for _, text in run)) for kind, run in groupby(filled, key=lambda piece: piece[0])]
    joined: list[Piece] = []
    removed = added = ""
    for place, (kind, text) in enumerate(runs, start=1):
        bridge = kind is Kind.KEPT and place < len(runs) and not any(letter.isalnum() for letter in text)
        if kind is Kind.KEPT and not (bridge and (removed or added)):
            joined += [Piece(Kind.REMOVED, removed), Piece(Kind.ADDED, added), Piece(kind, text)]
            removed = added = ""
            continue
        removed += text if kind is not Kind.ADDED else ""
        added += text if kind is not Kind.REMOVED else ""
    return tuple(piece for piece in (*joined, Piece(Kind.REMOVED, removed), Piece(Kind.ADDED, added)) if piece.text)
