"""Pages to be fixed, with all rules of the project."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from functools import cache

from leitfaden.checking.engine import check_beside, check_page, without_consequences
from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Found, found
from leitfaden.checking.tree import Tree
from leitfaden.contract import Contract, load_contract
from leitfaden.fixing import FixedPage, fix_page
from leitfaden.model import Edit, Fix, Page, Span
from leitfaden.reading import PageReader
from tests.checking.fixtures import ROOT, TODAY


@cache
def contract() -> Contract:
    return load_contract(ROOT / "playbook.yml")


@cache
def reader() -> PageReader:
    return PageReader(contract())


def read(content: str | bytes, locale: str = "en", page_id: str = "assess-some-process") -> Page:
    data = content.encode() if isinstance(content, str) else content
    return reader().read(data, path=f"docs/{locale}/{page_id}.md", locale=locale, page_id=page_id)


def tree_of(*pages: Page) -> Tree:
    """A tree of nothing but these pages."""
    by_locale: dict[str, dict[str, PageFacts]] = {locale: {} for locale in contract().locale_keys}
    for page in pages:
        by_locale[page.locale][page.id] = check_page(page, contract()).facts
    files = frozenset(page.path.removeprefix("docs/") for page in pages)
    return Tree(contract(), by_locale, files, TODAY)


def findings(facts: PageFacts, tree: Tree, own: Sequence[Found]) -> list[Found]:
    """What a check finds on a page."""
    return without_consequences([*own, *check_beside(facts, tree)], facts)


def found_again(facts: PageFacts, _: Tree, found: Sequence[Found]) -> list[Found]:
    """What is to be fixed of a page that has been fixed: all that a check finds on it."""
    return without_consequences(found, facts)


def fix(
    content: str | bytes | Page,
    *wrong: Found,
    locale: str = "en",
    unsafe: bool = False,
    only: Iterable[str] = (),
) -> FixedPage:
    """Fix a page that stands for itself: these findings, or all there are, until none is left."""
    page = content if isinstance(content, Page) else read(content, locale)
    tree = tree_of(page)
    chosen = frozenset(only)
    if wrong:
        return fix_page(page, wrong, tree, contract(), unsafe=unsafe, only=chosen, reader=reader())
    checked = check_page(page, contract())
    return fix_page(
        page,
        findings(checked.facts, tree, checked.found),
        tree,
        contract(),
        unsafe=unsafe,
        only=chosen,
        again=found_again,
        reader=reader(),
    )


def wrong(
    *edits: tuple[int, int, str], code: str = "LF000", safe: bool = True, drop_bom: bool = False
) -> Found:
    """A finding of no rule, with a fix of these edits: start, end, new text."""
    made = tuple(Edit(Span(start, end), text) for start, end, text in edits)
    start = edits[0][0] if edits else 0
    return Found(code, found(Span(start, start), fix=Fix(made, safe, drop_bom)))


def replacing(text: str, old: str, new: str, code: str = "LF000") -> Found:
    """A finding of no rule, with a fix that replaces the first `old` in the text."""
    start = text.index(old)
    return wrong((start, start + len(old), new), code=code)


def renamed(page: Page, path: str) -> Page:
    return dataclasses.replace(page, path=path)
