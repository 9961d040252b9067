"""Small playbooks to search, written in a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from leitfaden.checking.findable import made_to_find
from leitfaden.contract import Contract, load_contract
from leitfaden.model import Playbook
from leitfaden.reading import read_playbook
from leitfaden.searching.analysis import Analyser
from leitfaden.searching.documents import Document, PageDocuments, documents_of
from leitfaden.searching.engine import Engine, Found, Query
from leitfaden.searching.index import Index, build_index
from tests.searching.projects import ROOT, Project

CONTRACT = (ROOT / "playbook.yml").read_text("utf-8").partition("\nnavigation:")[0] + "\n"


@dataclass(frozen=True)
class Small:
    """A small playbook.

    Args:
        contract: Its contract.
        playbook: Its pages.
    """

    contract: Contract
    playbook: Playbook

    def documents(self, locale: str = "en") -> dict[str, PageDocuments]:
        """Return what can be found, by page."""
        return {page.page_id: page for page in found_in(self, locale)}

    def engine(self, locale: str = "en") -> Engine:
        """Return what searches a locale."""
        return engine_of(found_in(self, locale), self.contract, locale)

    def ids(self, text: str, locale: str = "en", /, **filters: list[str]) -> list[str]:
        """Return the ids of the pages that a query finds, best first."""
        return [one.page.page_id for one in self.search(text, locale, **filters)]

    def search(self, text: str, locale: str = "en", /, **filters: list[str]) -> list[Found]:
        """Return what a query finds."""
        return self.engine(locale).search(Query(text, filters))


def small(root: Path, pages: Mapping[str, str], contract: str = CONTRACT) -> Small:
    """Write a playbook and read it again.

    Args:
        root: An empty folder.
        pages: The pages by path below `docs`.
        contract: The contract's text.
    """
    path = root / "playbook.yml"
    path.write_text(contract, "utf-8")
    for name, text in pages.items():
        file = root / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    loaded = load_contract(path)
    return Small(loaded, read_playbook(root / "docs", loaded, root))


def found_in(project: Project | Small, locale: str) -> list[PageDocuments]:
    """Return what can be found in a playbook, as the site does."""
    made = made_to_find(project.contract, project.playbook, locale)
    return documents_of(project.playbook, project.contract, locale, made)


def engine_of(pages: list[PageDocuments], contract: Contract, locale: str) -> Engine:
    """Return what searches pages."""
    return Engine(build_index(pages, contract, locale), Analyser(contract.locales[locale].search))


def titled(titles: Mapping[str, str], contract: Contract, locale: str = "en") -> Index:
    """Return the index of pages that have but titles."""
    pages = [
        PageDocuments(page_id, (Document("guidance", title),), locale)
        for page_id, title in titles.items()
    ]
    return build_index(pages, contract, locale)
