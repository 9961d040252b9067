"""The rule about titles names the pages that a search does not find first, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.checking.judge import Judge
from leitfaden.checking.titles import Titles
from leitfaden.contract import Contract, load_contract
from leitfaden.searching.analysis import Analyser
from leitfaden.searching.documents import Document, PageDocuments
from leitfaden.searching.engine import Engine, Query
from leitfaden.searching.index import build_index
from tests.checking.corpus import CORPUS, corpus_tree
from tests.checking.fixtures import ROOT, build_tree

CONTRACT = load_contract(ROOT / "playbook.yml")
# No two of one stem: where one title has both, a search may take one for the other.
WORDS = st.sampled_from(
    ["Workshop", "plan", "Kick-off", "Größe", "A", "7", "计划", "Cafés", "der", "und", "Start-up"]
)
TITLE = st.lists(WORDS, min_size=1, max_size=14, unique=True).map(" ".join)
TITLES = st.lists(TITLE, min_size=1, max_size=6)
OWN = {
    f"{locale}/{file.relative_to(ROOT / 'docs' / locale).as_posix()}": file.read_bytes()
    for locale in CONTRACT.locales
    for file in sorted((ROOT / "docs" / locale).rglob("*.md"))
}


def found_first(titles: dict[str, str], contract: Contract, locale: str) -> dict[str, str | None]:
    """Return by page what its title finds first, as the engine does."""
    pages = [PageDocuments(one, (Document("guidance", t),), locale) for one, t in titles.items()]
    language = contract.locales[locale].search
    engine = Engine(build_index(pages, contract, locale), Analyser(language))
    found = {one: engine.search(Query(title, limit=1)) for one, title in titles.items()}
    return {one: pages[0].page.page_id if pages else None for one, pages in found.items()}


@given(TITLES, st.sampled_from(["en", "de"]))
def test_titles_are_compared_as_the_engine_does(texts: list[str], locale: str) -> None:
    titles = {f"p{number}": text for number, text in enumerate(texts)}
    compared = Titles(titles.items(), CONTRACT.locales[locale].search)
    expected = {one: next(iter(compared.found_by(text)), None) for one, text in titles.items()}
    assert found_first(titles, CONTRACT, locale) == expected


def test_on_our_own_pages_it_finds_nothing() -> None:
    _, found, _ = build_tree(OWN, CONTRACT)
    assert len(found) > 50
    assert [path for path, (_, told) in found.items() if any(c == "LF224" for c, _ in told)] == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real pages are not here")
def test_on_real_pages_it_names_five_of_which_a_copy_is_told_once() -> None:
    # A status page and a page about a process share a title in both languages. In German, two
    # pages about the same people do, two about the same product, and two about a programme.
    tree, found, _ = corpus_tree()
    told = {path for path, (_, those) in found.items() if any(c == "LF224" for c, _ in those)}
    assert sorted(told) == [
        "de/approach-get-modern-ftc-partner-de.md",
        "de/approach-get-modern-gm-fta-de.md",
        "de/migrate-migration-partner-de.md",
        "de/opp365-standalone-engagement-partner-de.md",
        "en/migrate-migration-partner.md",
    ]
    judge = Judge.of_findings(tree, {facts.path: those for facts, those in found.values()})
    codes = [(facts.path, code) for facts in tree for code, _ in judge.told(facts)]
    assert [path for path, code in codes if code == "LF224"] == [
        "docs/en/migrate-migration-partner.md",
        "docs/de/approach-get-modern-ftc-partner-de.md",
        "docs/de/approach-get-modern-gm-fta-de.md",
        "docs/de/opp365-standalone-engagement-partner-de.md",
    ]
