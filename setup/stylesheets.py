"""Style sheets on their way to the browser: KERN cut down to what we use, icons as files, imports put in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

_TOKEN = re.compile(
    r"""/\*.*?\*/ | "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | url\([^"')]*\) | [{};] | [^{};"'/u]+ | .""",
    re.DOTALL | re.VERBOSE,
)
_GROUPING = ("@media", "@supports", "@layer", "@container")
_CLASS = re.compile(r"\.(kern-[\w-]+)")
_NAME = re.compile(r"kern-[\w-]+")
_ARGUMENT = r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)"
_FUNCTION = re.compile(rf":(?:not|is|where){_ARGUMENT}")
_HAS = re.compile(rf":has{_ARGUMENT}")
_COMMENT = re.compile(r"/\*(?!!).*?\*/", re.DOTALL)
_ICON = re.compile(r"""url\((["'])data:image/svg\+xml[^,]*,(.*?)\1\)""", re.DOTALL)
_ADDRESS = re.compile(r"""url\(\s*(["']?)(?!data:|https?:|#|/)([^"')]+)\1\s*\)""")
_IMPORT = re.compile(r"""@import\s+(?:url\()?["']([^"']+)["']\)?\s*([^;]*);""")


@dataclass(frozen=True)
class Names:
    """The class names that our templates and scripts mention: whole ones, and beginnings that code completes."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]

    @classmethod
    def found_in(cls, texts: Iterable[str]) -> Names:
        found = {name for text in texts for name in _NAME.findall(text)}
        return cls(frozenset(found), tuple(sorted(name for name in found if name.endswith("-"))))

    def include(self, name: str) -> bool:
        return name in self.whole or name.startswith(self.beginnings)


@dataclass
class Block:
    """`prelude { body }`; the body is a list of blocks for `@media` and its like, else text."""

    prelude: str
    body: list[Block] | str


def cut_to_used(css: str, names: Names) -> str:
    """`css` without the rules that need a `kern-` class which no page uses."""
    return "".join(_write(block) for block in _keep_used(_parse(iter(_tokens(css))), names))


def strip_comments(css: str) -> str:
    """`css` without comments (licence notes `/*! … */` stay) and without blank lines."""
    return "\n".join(line.strip() for line in _COMMENT.sub("", css).splitlines() if line.strip()) + "\n"


def extract_icons(css: str, keep: Callable[[str], str]) -> str:
    """`css` with every icon that stands in it as data replaced by the address that `keep(svg)` gives."""
    return _ICON.sub(lambda found: f'url("{keep(unquote(found[2]))}")', css)


def rewrite_addresses(css: str, address: Callable[[str], str]) -> str:
    """`css` with every relative `url(…)` replaced by what `address` makes of it."""
    return _ADDRESS.sub(lambda found: f'url("{address(found[2])}")', css)


def put_imports_in_place(css: str, read: Callable[[str], str]) -> str:
    """`css` with each `@import "name" medium;` replaced by the sheet that `read(name)` gives."""

    def sheet(found: re.Match[str]) -> str:
        imported, medium = read(found[1]), found[2].strip()
        return f"@media {medium} {{\n{imported}}}\n" if medium else imported

    return _IMPORT.sub(sheet, css)


def _tokens(css: str) -> Iterator[str]:
    return (token for token in _TOKEN.findall(css) if not token.startswith("/*") or token.startswith("/*!"))


def _parse(tokens: Iterator[str]) -> list[Block]:
    blocks: list[Block] = []
    prelude = ""
    for token in tokens:
        if token == "}":
            break
        if token == "{":
            prelude = prelude.strip()
            body = _parse(tokens) if prelude.startswith(_GROUPING) else _read_body(tokens)
            blocks.append(Block(prelude, body))
            prelude = ""
        elif token == ";":
            blocks.append(Block(f"{prelude.strip()};", ""))
            prelude = ""
        else:
            prelude += token
    return blocks


def _read_body(tokens: Iterator[str]) -> str:
    body, depth = "", 1
    for token in tokens:
        depth += {"{": 1, "}": -1}.get(token, 0)
        if depth == 0:
            break
        body += token
    return body.strip()


def _keep_used(blocks: list[Block], names: Names) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block.body, list):
            inner = list(_keep_used(block.body, names))
            if inner:
                yield Block(block.prelude, inner)
        elif block.prelude.startswith("@"):
            yield block
        else:
            selectors = [one for one in _selectors(block.prelude) if _is_used(one, names)]
            if selectors and block.body:
                yield Block(",".join(selectors), block.body)


def _selectors(prelude: str) -> list[str]:
    """The parts of a selector list, parted at commas outside brackets."""
    return [part.strip() for part in re.split(r",(?![^(\[]*[)\]])", prelude)]


def _is_used(selector: str, names: Names) -> bool:
    certain = _FUNCTION.sub("", selector)
    if not all(names.include(name) for name in _CLASS.findall(_HAS.sub("", certain))):
        return False
    return all(any(_is_used(one, names) for one in _selectors(inner)) for inner in _HAS.findall(certain))


def _write(block: Block) -> str:
    if isinstance(block.body, list):
        return f"{block.prelude}{{{''.join(_write(inner) for inner in block.body)}}}\n"
    if block.prelude.endswith(";"):
        return f"{block.prelude}\n"
    return f"{block.prelude}{{{block.body}}}\n"
