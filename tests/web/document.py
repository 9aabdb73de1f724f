"""A page as it came over the wire: a tree to look things up in, its forms, and what breaks the house rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, TreeBuilder

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
UNNAMED_INPUTS = frozenset({"hidden", "submit", "button", "reset", "image"})
LOADING = {"script": "src", "img": "src", "source": "src", "iframe": "src", "link": "href", "use": "href"}
REFERENCES = ("for", "form", "list", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "headers")
FOLLOWED = ("href", "src", "action", "formaction")
TOOL_WORDS = re.compile(r"\b(Snapshot|Katalog|Assessment|Token)\b")
SLIPS = re.compile(
    r"\b(None|True|False|Undefined)\b|Decimal\(|\{\{|\{%|datetime\.|<Markup|Markup\(|<Macro|<function|object at 0x"
)
BLANKS = re.compile(r"\s+")
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
        reader = _Reader()
        reader.feed(self.source)
        reader.close()
        self.root = reader.finish()
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
        return [element for element in self.root.iter() if element.tag in ("input", "select", "textarea")]

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
            pressed = [each for each in form.iter("button") if text_of(each) == button]
            if pressed:
                own = [(str(pressed[0].get("name")), pressed[0].get("value", ""))] if pressed[0].get("name") else []
                fields = [pair for control in form.iter() for pair in _sent(control)]
                hidden = frozenset(str(each.get("name")) for each in form.iter("input") if each.get("type") == "hidden")
                return Form(form.get("action", ""), form.get("method", "get").lower(), fields + own, hidden)
        raise AssertionError(f"there is no form with a button „{button}“")

    @property
    def shape(self) -> str:
        """Tags and attributes without changing values: pages of one shape are equally valid."""
        tags = re.findall(r"<[a-z][^>]*>", self.source)
        return re.sub(r"[\w-]{14,}", "x", re.sub(r"""(content|value|href|action)="[^"]*\"""", "", "".join(tags)))


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
    if not name or "disabled" in control.attrib or control.tag not in ("input", "select", "textarea"):
        return
    kind = control.get("type", "text")
    if control.tag == "input" and kind in ("submit", "button", "image"):
        return
    if control.tag == "input" and kind in ("radio", "checkbox") and "checked" not in control.attrib:
        return
    yield name, _own_value(control) if kind not in ("radio", "checkbox") else control.get("value", "on")


class _Reader(HTMLParser):
    """Wants every element closed and nothing closed that was not opened: stricter than HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TreeBuilder()
        self.open: list[str] = []
        self.doctype = ""
        self.started = False

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = Counter(name for name, _ in attrs)
        if twice := [name for name, number in names.items() if number > 1]:
            raise Malformed(f"line {self.getpos()[0]}: <{tag}> has {', '.join(twice)} twice")
        self.started = True
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            raise Malformed(f"line {self.getpos()[0]}: </{tag}> closes {self.open[-1] if self.open else 'nothing'}")
        self.open.pop()
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        if self.open:
            self.builder.data(data)
        elif data.strip():
            raise Malformed(f"line {self.getpos()[0]}: text outside every element: {data.strip()[:60]}")

    def finish(self) -> Element:
        if self.open or not self.started:
            raise Malformed(f"never closed: {', '.join(self.open)}")
        return self.builder.close()


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
        for name in REFERENCES:
            for wanted in element.get(name, "").split():
                if wanted not in page.ids:
                    yield f"<{element.tag} {name}> names #{wanted}, which is not there"
        target = element.get("href", "")
        if target.startswith("#") and target[1:] not in page.ids:
            yield f"<{element.tag}> leads to {target}, which is not there"
        pattern = re.fullmatch(r"url\(#(.+)\)", element.get("fill", ""))
        if pattern and pattern[1] not in page.ids:
            yield f"<{element.tag}> is filled with #{pattern[1]}, which is not there"


def _names(page: Document) -> Iterator[str]:
    parents = {child: parent for parent in page.root.iter() for child in parent}
    labelled = {label.get("for") for label in page.all(".//label") if text_of(label)}
    for element in page.root.iter():
        if _is_labelled(page, element):
            continue
        where = f"<{element.tag} {element.get('name') or element.get('href') or element.get('id') or ''}>"
        if element.tag in ("input", "select", "textarea"):
            unnamed = element.get("type", "text") in UNNAMED_INPUTS or element.get("id") in labelled
            if not unnamed and not _is_inside_label(element, parents):
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


def _is_inside_label(element: Element, parents: dict[Element, Element]) -> bool:
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
    for text in _own_texts(page.one("./body")):
        if found := TOOL_WORDS.search(text) or SLIPS.search(text):
            yield f"„{found[0]}“ in „{text.strip()[:80]}“"


def _own_texts(element: Element) -> Iterator[str]:
    if element.tag in ("script", "textarea") or "typed" in element.get("class", "").split():
        return
    for text in (element.text, *(element.get(name) for name in ("aria-label", "alt", "placeholder"))):
        if text:
            yield text
    for child in element:
        yield from _own_texts(child)
        if child.tail:
            yield child.tail
