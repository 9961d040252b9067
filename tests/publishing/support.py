"""Pages to publish, read from a test's own text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from leitfaden.contract import Contract, load_contract
from leitfaden.model import Page, Playbook
from leitfaden.reading import PageReader

CONTRACT: Contract = load_contract(Path(__file__).parents[1] / "rendering" / "playbook.yml")


def read(text: str, page_id: str = "page", locale: str = "en") -> Page:
    """Return a page with this text."""
    path = f"docs/{locale}/{page_id}.md"
    return PageReader(CONTRACT).read(text.encode(), path=path, locale=locale, page_id=page_id)


def playbook(texts: Mapping[str, str]) -> Playbook:
    """Return a playbook of English pages by id."""
    pages = {page_id: read(text, page_id) for page_id, text in texts.items()}
    return Playbook("en", ("en", "de"), {"en": pages})
