"""The questionnaires and chambers that this installation offers: read once per process, wording rendered once.

What is wrong with files is `questionnaire_folders`' business; nothing here changes a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

import nh3
from markdown import markdown
from markupsafe import Markup

from selfcheck.core.questionnaire.chambers import Chambers
from selfcheck.core.questionnaire.model import CriterionId, QuestionId, Questionnaire, Status
from selfcheck.core.reading.document.faults import Faults
from selfcheck.core.reading.published import Release
from selfcheck.store.catalogue.folders import check_rules, read_chambers, read_questionnaire, read_releases

_BLOCKS = {"p", "br", "hr", "blockquote", "pre", "ul", "ol", "li", "h2", "h3", "h4"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
_TAGS = _BLOCKS | _TABLES | {"a", "strong", "em", "code"}
_ATTRIBUTES = {"a": {"href"}}
_SCHEMES = {"http", "https", "mailto", "tel"}


class UnknownQuestionnaire(LookupError):
    """There is no such version, or none at all that is published."""


@dataclass(frozen=True)
class Prepared:
    """A questionnaire with its Markdown as HTML that is safe to show."""

    questionnaire: Questionnaire
    help: Mapping[QuestionId, Markup]
    intro: Mapping[CriterionId, Markup]
    assumptions: Markup


def render_markdown(text: str) -> Markup:
    """Markdown as HTML of an allow-list of tags: no scripts, styles or images, links only to safe addresses."""
    html = markdown(text, extensions=["tables", "sane_lists"])
    return Markup(nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener"))


def prepare(questionnaire: Questionnaire) -> Prepared:
    """Renders all wording of `questionnaire`."""
    return Prepared(
        questionnaire,
        {question.id: render_markdown(question.help) for question in questionnaire.questions},
        {criterion.id: render_markdown(criterion.intro) for criterion in questionnaire.criteria},
        render_markdown(questionnaire.assumptions),
    )


class Catalogue:
    """The folder of questionnaires. A version is read when it is first asked for and kept as long as the process.

    Everything here raises `Faults` where a file it needs is not right.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._prepared: dict[str, Prepared] = {}
        self._lock = Lock()

    @cached_property
    def releases(self) -> Mapping[str, Release]:
        """Every version by its name `id/version`, in the order of `published.yaml`."""
        return read_releases(self.folder)

    @cached_property
    def chambers(self) -> Chambers:
        return read_chambers(self.folder)

    def status(self, name: str) -> Status:
        """Raises `UnknownQuestionnaire`."""
        return self._release(name).status

    def questionnaire(self, name: str) -> Questionnaire:
        """The version `id/version`, whatever its status; raises `UnknownQuestionnaire`."""
        return self.prepared(name).questionnaire

    def prepared(self, name: str) -> Prepared:
        """The version with its wording as HTML, whatever its status; raises `UnknownQuestionnaire`."""
        release = self._release(name)
        with self._lock:
            if name not in self._prepared:
                self._prepared[name] = prepare(self._read(name, release))
            return self._prepared[name]

    def newest(self) -> Questionnaire:
        """The published version with the highest number (2026-10 is above 2026-9); raises `UnknownQuestionnaire`."""
        published = [name for name, release in self.releases.items() if release.status is Status.PUBLISHED]
        if not published:
            raise UnknownQuestionnaire("no published version")
        return self.questionnaire(max(published, key=_by_version))

    def _release(self, name: str) -> Release:
        if name not in self.releases:
            raise UnknownQuestionnaire(name)
        return self.releases[name]

    def _read(self, name: str, release: Release) -> Questionnaire:
        folder = self.folder / name
        if not folder.is_dir():
            raise UnknownQuestionnaire(name)
        questionnaire = read_questionnaire(folder, name)
        if faults := check_rules(self.folder, questionnaire, release):
            raise Faults(faults)
        return questionnaire


def _by_version(name: str) -> tuple[list[tuple[int, str]], str]:
    """Numbers in a version by their value, its other parts by their letters."""
    questionnaire, _, version = name.partition("/")
    parts = re.findall(r"[0-9]+|[^0-9]+", version)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts], questionnaire
