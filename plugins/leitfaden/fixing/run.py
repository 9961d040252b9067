"""Fixes over a whole playbook: which pages, what is changed, and what is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from leitfaden.checking.engine import without_consequences
from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Found
from leitfaden.checking.judge import Judge
from leitfaden.checking.survey import Setting, survey
from leitfaden.checking.tree import Tree
from leitfaden.fixing.page import fix_page
from leitfaden.fixing.result import FixedPage
from leitfaden.reading.files import content_of, page_of
from leitfaden.reading.page import PageReader
from leitfaden.reading.playbook import no_collector


@dataclass(frozen=True, kw_only=True)
class FixOptions:
    """What is fixed.

    Args:
        unsafe: Whether fixes that are to be looked at are made, too.
        only: Paths, as findings name them; None for all pages.
        codes: The rules whose findings are fixed; all if empty.
    """

    unsafe: bool = False
    only: frozenset[str] | None = None
    codes: frozenset[str] = frozenset()


def fixed_pages(setting: Setting, options: FixOptions) -> Iterator[tuple[Path, FixedPage]]:
    """Yield the pages that have something to fix, with their files; nothing is written.

    Args:
        setting: Where the pages are.
        options: What is fixed.
    """
    with no_collector():
        pages = survey(setting)
        reader = PageReader(setting.contract)
        for file in pages.asked(options.only):
            wanted = pages.judge.wanted(pages.facts(file))
            if not any(one.finding.fix for one in wanted):
                continue
            page = page_of(file, content_of(file.file), reader)
            fixed = fix_page(
                page,
                wanted,
                pages.tree,
                setting.contract,
                unsafe=options.unsafe,
                only=options.codes,
                again=_again,
                reader=reader,
            )
            if fixed.applied or fixed.refused:
                yield Path(file.file), fixed


def _again(facts: PageFacts, tree: Tree, found: Sequence[Found]) -> list[Found]:
    judge = Judge.of_findings(tree, {facts.path: without_consequences(found, facts)})
    return judge.wanted(facts)
