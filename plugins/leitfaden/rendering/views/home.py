"""What the home page leads to besides the phases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from leitfaden.contract import Contract
from leitfaden.model import Page
from leitfaden.model.madeids import CHANGES, CHECKLIST, FINDER, MAP, WHOLE_PRINT, terms_index
from leitfaden.rendering.about import title
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.lexicon import Lexicon

# By the name of its texts: what each is for, and the title of a page that the site makes.
_BEFORE_GLOSSARY = {
    "finder": FINDER,
    "checklist": CHECKLIST,
    "map": MAP,
    "changes": CHANGES,
    **{name: terms_index(name) for name in ("roles", "services", "motions")},
}


@dataclass(frozen=True, slots=True)
class Entrance:
    """A way into the playbook.

    Args:
        key: The name of its texts.
        url: Relative to the home page.
        title: What the page is called; empty for one that the site makes.
        lang: The locale of the title.
    """

    key: str
    url: str
    title: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class PhaseTasks:
    """The tasks of a phase, in the finder."""

    count: int
    url: str


class Home:
    """Finds the ways into a playbook: those that it has.

    Args:
        contract: The phases.
        lexicon: Knows the page of the glossary.
    """

    def __init__(self, contract: Contract, lexicon: Lexicon) -> None:
        self._contract = contract
        self._lexicon = lexicon

    def values(self, _: Page, context: RenderContext) -> Mapping[str, Any]:
        """Return what the home page shows besides the phases."""
        return {
            "entrances": tuple(self._entrances(context)),
            "tasks_of": dict(self._tasks(context)),
        }

    def _entrances(self, context: RenderContext) -> Iterator[Entrance]:
        for key, page_id in _BEFORE_GLOSSARY.items():
            url = context.url_of(page_id)
            if url is not None:
                yield Entrance(key, url)
        found = self._lexicon.glossary(context.playbook, context.locale)
        glossary = context.playbook.shown(found, context.locale) if found else None
        url = context.url_of(glossary.id) if glossary else None
        if glossary and url is not None:
            name = title(glossary, context.playbook.source_of(glossary))
            yield Entrance("glossary", url, name, glossary.locale)
        url = context.url_of(WHOLE_PRINT)
        if url is not None:
            yield Entrance("print", url)

    def _tasks(self, context: RenderContext) -> Iterator[tuple[str, PhaseTasks]]:
        """Yield for each phase that has tasks how many, and where the finder lists them."""
        finder = context.url_of(FINDER)
        if finder is None:
            return
        records = context.playbook.records(context.locale).values()
        counts = Counter(phase for record in records for phase in record.phases)
        for key in self._contract.phases:
            if counts[key]:
                yield key, PhaseTasks(counts[key], f"{finder}?phase={quote(key)}")
