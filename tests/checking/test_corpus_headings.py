"""What the rules about headings find in the real pages, against what is known of these."""

from __future__ import annotations

import re

import pytest

from leitfaden.contract import load_contract
from leitfaden.contract.anchors import first_difference, heading_ids
from leitfaden.reading import PageReader
from tests.checking.corpus import CORPUS, corpus_files, corpus_tree, counts
from tests.checking.fixtures import ROOT
from tests.checking.splices import fixes_settle

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real pages are not here")


@pytest.mark.parametrize(
    ("code", "en", "de"),
    [
        # "No/several H1" is 4 and 5 of the pages counted there together with other defects. One
        # page in each language has none. Several have the home page, the list of status codes (in
        # German twice, as a translation and as an English copy), and the page on automated
        # onboarding. The second H1 of the last one is its update summary: LF206 tells that the
        # level is wrong, so here it is 2 and 3.
        ("LF201", 1, 1),
        ("LF202", 2, 3),
        # As counted there. An H2 above everything else is no skipped level but a missing title,
        # which is what the landing page on SharePoint and OneDrive has in both languages.
        ("LF203", 13, 13),
        # As counted there: colons, and one full stop behind a sentence in German. Counting the
        # two questions and the 76 closing brackets, too, would give 69 and 102.
        ("LF209", 32, 61),
        ("LF210", 0, 133),
    ],
)
def test_rules_find_what_is_there(code: str, en: int, de: int) -> None:
    found = counts()[code]
    assert (found["en"], found["de"]) == (en, de)


def test_every_heading_has_an_anchor_of_its_own_that_is_the_same_in_both_languages() -> None:
    tree, contract = corpus_tree()[0], load_contract(ROOT / "playbook.yml")
    reader, alike = PageReader(contract), 0
    pages = {path: data for path, data in corpus_files().items() if path.endswith(".md")}
    assert len(pages) == 160
    for path, data in pages.items():  # those that no reader gets, too: two files for one page
        locale, _, below = path.partition("/")
        page_id = contract.page_id(below, locale)
        page = reader.read(data, path=path, locale=locale, page_id=page_id)
        source = tree.page(page_id, contract.source) if locale != contract.source else None
        ids = heading_ids(page, source, contract)
        assert len(set(ids)) == len(ids) == len(page.headings), path
        assert not [anchor for anchor in ids if not anchor or re.search(r"[\s_]|^-|-$", anchor)]
        if source and first_difference(page.headings, source.headings) is None:
            assert ids == heading_ids(source, None, contract), path
            alike += 1
    assert alike == 80  # of 85 German files that have an English page


def test_no_heading_is_empty() -> None:
    assert "LF211" not in counts()


@pytest.mark.parametrize("code", ["LF203", "LF209", "LF210"])
def test_fixes_leave_nothing_and_make_nothing(code: str) -> None:
    assert fixes_settle(code, "LF2") == []


def test_where_headings_are_missing_this_is_told_and_not_that_the_outline_differs() -> None:
    assert "LF510" not in counts()
