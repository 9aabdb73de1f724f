"""A page as it came over the wire: a tree to look things up in, its forms, and what breaks the house rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, TreeBuilder

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
UNREAD = frozenset({"script", "style"})
UNSAID = frozenset({"script", "textarea"})
SPOKEN = ("aria-label", "alt", "placeholder")
CONTROLS = frozenset({"input", "select", "textarea"})
NAMED = CONTROLS | {"a", "button", "summary", "fieldset", "table", "img"}
UNNAMED_INPUTS = frozenset({"hidden", "submit", "button", "reset", "image"})
LOADING = {"script": "src", "img": "src", "source": "src", "iframe": "src", "link": "href", "use": "href"}
REFERENCES = frozenset(
    {"for", "form", "list", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "headers"}
)
FOLLOWED = ("href", "src", "action", "formaction")
FILLED = re.compile(r"url\(#(.+)\)")
WRONG_WORDS = ("Snapshot", "Katalog", "Assessment", "Token", "None", "True", "False", "Undefined")
WRONG_SIGNS = ("Decimal(", "{{", "{%", "datetime.", "<Markup", "Markup(", "<Macro", "<function", "object at 0x")
WRONG = re.compile(rf"\b({'|'.join(WRONG_WORDS)})\b|{'|'.join(map(re.escape, WRONG_SIGNS))}")
BLANKS = re.compile(r"\s+")
TAG = re.compile(r"<[a-z][^>]*>")
CHANGING = re.compile(r"""(content|value|href|action|data-paper)="[^"]*\"""")
LONG_WORD = re.compile(r"[\w-]{14,}")
TOKEN = re.compile(
    r"""
    (?P<text>[^<]+)
    |<(?P<start>[a-zA-Z][^\s"'/>]*)(?P<attributes>[^"'>/]*(?:"[^"]*"[^"'>/]*|'[^']*'[^"'>/]*|/(?!>)[^"'>/]*)*)(?P<closed>/?)>
    |</(?P<end>[a-zA-Z][^\s"'/>]*)\s*>
    |<!--.*?-->
    |<!(?P<declaration>[^>-][^>]*)>
    """,
    re.VERBOSE | re.DOTALL,
)
ATTRIBUTE = re.compile(r"""\s+([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+)))?""")
Pairs = list[tuple[str, str]]


class Malformed(AssertionError):
    """A tag that is not closed, closed twice, or an attribute that stands twice."""


@dataclass(frozen=True)
class Form:
    """What a browser would send if this form went off now, without any button."""

    action: str
    method: str
    fields: Pairs
    hidden: frozenset[str]
    """Names of fields that nobody sees."""


class Document:
    """`text` is HTML; raises `Malformed` where elements do not nest properly."""

    def __init__(self, text: str) -> None:
        self.source = text.replace("\r\n", "\n").replace("\r", "\n")  # as browsers do before they read
        reader = _Reader(self.source)
        self.root = reader.read()
        self.doctype = reader.doctype

    def all(self, path: str) -> list[Element]:
        """Elements by an ElementTree path: `.//input[@name='x']`."""
        return self.root.findall(path)

    def one(self, path: str) -> Element:
        found = self.all(path)
        assert len(found) == 1, f"{path}: {len(found)} instead of one"
        return found[0]

    def value(self, name: str) -> str:
        """What stands in the field `name`."""
        for control in self.controls:
            if control.get("name") == name:
                return _own_value(control)
        raise AssertionError(f"there is no field {name}")

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(element.get("id", "") for element in self.root.iter() if element.get("id"))

    @cached_property
    def controls(self) -> list[Element]:
        return [element for element in self.root.iter() if element.tag in CONTROLS]

    @cached_property
    def parents(self) -> Mapping[Element, Element]:
        return {child: parent for parent in self.root.iter() for child in parent}

    @cached_property
    def h1(self) -> str:
        return text_of(self.one(".//h1"))

    @cached_property
    def main(self) -> str:
        """What stands in the main column, in one line."""
        return text_of(self.one(".//main"))

    @cached_property
    def text(self) -> str:
        return text_of(self.one(".//body"))

    def link(self, text: str) -> str:
        """Where the link with this text leads (the first, if the same stands in menu and navigation)."""
        leads = [str(link.get("href")) for link in self.all(".//a") if text_of(link) == text]
        assert leads, f"there is no link „{text}“"
        assert len(set(leads)) == 1, f"„{text}“ leads to {sorted(set(leads))}"
        return leads[0]

    def form(self, button: str) -> Form:
        """The form with this button, and what it would send when the button is pressed."""
        for form in self.all(".//form"):
            beside = self.all(f".//button[@form='{form.get('id')}']") if form.get("id") else []
            pressed = [each for each in (*form.iter("button"), *beside) if text_of(each) == button]
            if pressed:
                own = [(str(pressed[0].get("name")), pressed[0].get("value", ""))] if pressed[0].get("name") else []
                fields = [pair for control in form.iter() for pair in _sent(control)]
                hidden = frozenset(str(each.get("name")) for each in form.iter("input") if each.get("type") == "hidden")
                action = pressed[0].get("formaction") or form.get("action", "")
                return Form(action, form.get("method", "get").lower(), fields + own, hidden)
        raise AssertionError(f"there is no form with a button „{button}“")

    @property
    def shape(self) -> str:
        """Tags and attributes without changing values: pages of one shape are equally valid."""
        return "".join(map(_shape_of, TAG.findall(self.source)))


@lru_cache(maxsize=65536)
def _shape_of(tag: str) -> str:
    return LONG_WORD.sub("x", CHANGING.sub("", tag))


def text_of(element: Element) -> str:
    """Everything that is written in `element`, blanks as one."""
    return BLANKS.sub(" ", "".join(element.itertext())).strip()


def _own_value(control: Element) -> str:
    if control.tag == "textarea":
        return "".join(control.itertext()).removeprefix("\n")
    if control.tag == "select":
        return next((_option_value(option) for option in control.iter("option") if "selected" in option.attrib), "")
    return control.get("value", "")


def _option_value(option: Element) -> str:
    return option.get("value", text_of(option))


def _sent(control: Element) -> Iterator[tuple[str, str]]:
    """The field as a browser sends it, if it does."""
    name = control.get("name")
    if not name or "disabled" in control.attrib or control.tag not in CONTROLS:
        return
    kind = control.get("type", "text")
    if control.tag == "input" and kind in ("submit", "button", "image"):
        return
    if control.tag == "input" and kind in ("radio", "checkbox") and "checked" not in control.attrib:
        return
    yield name, _own_value(control) if kind not in ("radio", "checkbox") else control.get("value", "on")


class _Reader:
    """Wants every element closed and nothing closed that was not opened: stricter than HTML.

    Also wants tags as our templates write them, which Python's parser for whatever anybody writes reads much slower.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.builder = TreeBuilder()
        self.open: list[str] = []
        self.doctype = ""
        self.started = False

    def read(self) -> Element:
        place = 0
        while place < len(self.source):
            token = TOKEN.match(self.source, place)
            if token is None:
                raise Malformed(f"{self._line(place)}: no text and no tag: {self.source[place : place + 60]}")
            place = token.end()
            match token.lastgroup:
                case "text":
                    self._add_text(token[0], token.start())
                case "closed":
                    place = self._start(token["start"].lower(), token)
                case "end":
                    self._end(token["end"].lower(), token.start())
                case "declaration":
                    self.doctype = token["declaration"]
        if self.open or not self.started:
            raise Malformed(f"never closed: {', '.join(self.open)}")
        return self.builder.close()

    def _start(self, tag: str, token: re.Match[str]) -> int:
        """Where to read on: what stands in a script is read at once, for no tag of it is one."""
        try:
            attributes = _read_attributes(token["attributes"])
        except Malformed as malformed:
            raise Malformed(f"{self._line(token.start())}: <{tag}> {malformed}") from None
        if self.started and not self.open:
            raise Malformed(f"{self._line(token.start())}: <{tag}> stands beside <html>")
        self.started = True
        self.builder.start(tag, dict(attributes))
        if tag in VOID:
            self.builder.end(tag)
            return token.end()
        self.open.append(tag)
        if token["closed"]:
            self._end(tag, token.start())
        elif tag in UNREAD:
            end = self.source.find(f"</{tag}", token.end())
            self.builder.data(self.source[token.end() : end])
            return end if end >= 0 else len(self.source)
        return token.end()

    def _end(self, tag: str, place: int) -> None:
        if not self.open or self.open[-1] != tag:
            raise Malformed(f"{self._line(place)}: </{tag}> closes {self.open[-1] if self.open else 'nothing'}")
        self.open.pop()
        self.builder.end(tag)

    def _add_text(self, text: str, place: int) -> None:
        if self.open:
            self.builder.data(unescape(text) if "&" in text else text)
        elif text.strip():
            raise Malformed(f"{self._line(place)}: text outside every element: {text.strip()[:60]}")

    def _line(self, place: int) -> str:
        return f"line {self.source.count(chr(10), 0, place) + 1}"


@lru_cache(maxsize=4096)
def _read_attributes(text: str) -> Mapping[str, str]:
    """Names and values of what stands in a tag."""
    found: dict[str, str] = {}
    place = 0
    while attribute := ATTRIBUTE.match(text, place):
        name = attribute[1].lower()
        if name in found:
            raise Malformed(f"has {name} twice")
        found[name] = unescape(attribute[2] or attribute[3] or attribute[4] or "")
        place = attribute.end()
    if text[place:].strip():
        raise Malformed(f"has something that is no attribute: {text[place:].strip()[:60]}")
    return found


def find_faults(page: Document, *, wording: bool = True) -> list[str]:
    """Every house rule that `page` breaks, in words; without `wording` it may say what it likes."""
    checks = (_frame, _ids, _references, _names, _inline, _hosts, *((_words,) if wording else ()))
    return [fault for check in checks for fault in check(page)]


def _frame(page: Document) -> Iterator[str]:
    if page.doctype.lower() != "doctype html":
        yield "no <!doctype html>"
    if page.root.get("lang") != "de":
        yield 'no lang="de"'
    if len(page.all(".//h1")) != 1 or not text_of(page.all(".//h1")[0]):
        yield f"{len(page.all('.//h1'))} h1 instead of one with text"
    titles = page.all("./head/title")
    if len(titles) != 1 or len(text_of(titles[0]).removesuffix(" · Selbstcheck").strip(" ·,")) < 4:
        yield "no title that says what the page is"


def _ids(page: Document) -> Iterator[str]:
    ids = Counter(element.get("id", "") for element in page.root.iter() if "id" in element.attrib)
    for id, number in ids.items():
        if number > 1:
            yield f"the id {id} stands {number} times"
        if not id or re.search(r"\s", id):
            yield f"„{id}“ is no id"


def _references(page: Document) -> Iterator[str]:
    for element in page.root.iter():
        for name, value in element.attrib.items():
            if name in REFERENCES:
                missing = [f"#{wanted}" for wanted in value.split() if wanted not in page.ids]
            elif name == "href" and value.startswith("#") and value[1:] not in page.ids:
                missing = [value]
            elif name == "fill" and (pattern := FILLED.fullmatch(value)) and pattern[1] not in page.ids:
                missing = [f"#{pattern[1]}"]
            else:
                continue
            yield from (f"<{element.tag} {name}> names {each}, which is not there" for each in missing)


def _names(page: Document) -> Iterator[str]:
    labelled = {label.get("for") for label in page.all(".//label") if text_of(label)}
    for element in page.root.iter():
        if element.tag not in NAMED or _is_labelled(page, element):
            continue
        where = f"<{element.tag} {element.get('name') or element.get('href') or element.get('id') or ''}>"
        if element.tag in CONTROLS:
            unnamed = element.get("type", "text") in UNNAMED_INPUTS or element.get("id") in labelled
            if not unnamed and not _is_inside_label(element, page.parents):
                yield f"{where} has no label"
        elif missing := _lacks(element):
            yield f"{where} has no {missing}"


def _lacks(element: Element) -> str:
    """What tells people what this is, if it is not there."""
    if element.tag in ("a", "button", "summary"):
        return "" if text_of(element) else "name"
    if element.tag == "fieldset":
        return "" if any(child.tag == "legend" and text_of(child) for child in element) else "legend"
    if element.tag == "table":
        return "" if any(child.tag == "caption" and text_of(child) for child in element) else "caption"
    return "alt" if element.tag == "img" and "alt" not in element.attrib else ""


def _is_labelled(page: Document, element: Element) -> bool:
    if element.get("aria-label", "").strip():
        return True
    named = element.get("aria-labelledby", "").split()
    return any(each.get("id") in named and text_of(each) for each in page.root.iter()) if named else False


def _is_inside_label(element: Element, parents: Mapping[Element, Element]) -> bool:
    while element in parents:
        element = parents[element]
        if element.tag == "label":
            return bool(text_of(element))
    return False


def _inline(page: Document) -> Iterator[str]:
    for element in page.root.iter():
        if element.tag == "style" or "style" in element.attrib:
            yield f"<{element.tag}> carries its own style"
        if element.tag == "script" and "src" not in element.attrib and element.get("type") != "application/json":
            yield "a script stands in the page"
        for name, value in element.attrib.items():
            if name.startswith("on") or (name in FOLLOWED and value.strip().lower().startswith("javascript:")):
                yield f"<{element.tag} {name}> is a script"


def _hosts(page: Document) -> Iterator[str]:
    for element in page.root.iter():
        loaded = element.get(LOADING.get(element.tag, "-"), "")
        if urlsplit(loaded).netloc or loaded.startswith("data:"):
            yield f"<{element.tag}> loads {loaded}"
        if element.tag == "form" and urlsplit(element.get("action", "")).netloc:
            yield f"a form goes to {element.get('action')}"
        if element.tag == "a" and "target" in element.attrib and "noopener" not in element.get("rel", ""):
            yield f"the link to {element.get('href')} opens a window without noopener"


def _words(page: Document) -> Iterator[str]:
    """What users read; not what users wrote."""
    texts = list(_own_texts(page.one("./body")))
    everything = "\n".join(texts)
    if not any(wrong in everything for wrong in (*WRONG_WORDS, *WRONG_SIGNS)):
        return
    for text in texts:
        if found := WRONG.search(text):
            yield f"„{found[0]}“ in „{text.strip()[:80]}“"


def _own_texts(element: Element) -> Iterator[str]:
    waiting: list[Element | str] = [element]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
            continue
        if each.tail and each is not element:
            waiting.append(each.tail)
        if each.tag in UNSAID or "typed" in each.get("class", "").split():
            continue
        waiting.extend(reversed(each))
        yield from (text for text in (each.text, *map(each.get, SPOKEN)) if text)
