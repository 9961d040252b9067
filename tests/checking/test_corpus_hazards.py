"""What the real pages have of Markdown's traps, retired names and waiting translations.

Where a number differs from that of the table in corpus.md, it says why.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Found
from leitfaden.checking.rules import hazards
from leitfaden.checking.subject import Subject
from leitfaden.contract import Contract, load_contract
from leitfaden.model import Edit, Page, Span
from leitfaden.reading import PageReader
from tests.checking.corpus import CORPUS, corpus_files, corpus_tree, counts
from tests.checking.fixtures import ROOT

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")

EXPECTED = {
    # Pages of the source without a German twin: the table gives 5 of 69.
    "LF501": (5, 0),
    "LF502": (0, 63),
    # The table gives 21, all whose newest rows differ. One of these is the other way round: the
    # services workshops' German row says October 2020, later than the snapshot itself.
    "LF503": (0, 20),
    "LF507": (0, 22),
    # Known sections agree on every pair; what lacks are steps and tasks.
    "LF508": (0, 0),
    # Six German ids have no source; one of them is the copy with `-en`, which LF507 tells.
    "LF509": (0, 5),
    "LF601": (9, 20),
    # Lines; 4 and 8 more are no list because of one, which LF612 tells.
    "LF602": (166, 123),
    "LF612": (4, 8),
    # The table's row counts these with missing images and headings; the pages have no markers and
    # no alert that the contract doesn't know: one is the German word for note.
    "LF603": (0, 0),
    "LF604": (0, 0),
    # 48 times Windows 10, as in the text of corpus.md; the others are further names.
    "LF605": (0, 88),
    # What vanishes with Python-Markdown, `\<name>`, is escaped for GitHub; there is no HTML.
    "LF606": (0, 0),
    "LF607": (2, 1),
    "LF608": (0, 0),
    "LF609": (0, 0),
    "LF610": (0, 0),
    "LF611": (0, 0),
    # There is no HTML.
    "LF615": (0, 0),
    "LF616": (0, 0),
    "LF617": (0, 0),
    # The table gives 7 and 149. The 36 that lack are 24 services of labels and task rows, which
    # have rules of their own; 4 within values of labels that are unknown as a whole (LF216); 2 in
    # update summaries, right on their day; and 6 on pages that are English as a whole (LF507).
    "LF801": (7, 113),
}


@pytest.mark.parametrize("code", EXPECTED)
def test_findings_are_as_many_as_the_pages_have(code: str) -> None:
    found = counts().get(code, Counter())
    assert (found["en"], found["de"]) == EXPECTED[code]


def pages() -> dict[str, tuple[PageFacts, list[Found]]]:
    return corpus_tree()[1]


def test_48_names_are_those_of_windows() -> None:
    terms = Counter(
        one.values["term"]
        for _, found in pages().values()
        for code, one in found
        if code == "LF605"
    )
    assert terms["Windows 10"] == 48


def test_only_english_copies_in_the_german_folder_are_in_another_language() -> None:
    paths = [path for path, (_, found) in pages().items() for code, _ in found if code == "LF507"]
    assert all(not path.endswith("-de.md") for path in paths)


# Of a page in another language nothing is told that its language explains: these hold in any.
IN_ANY_LANGUAGE = {
    *("LF111", "LF112", "LF114", "LF115", "LF119", "LF202", "LF206", "LF209", "LF215", "LF314"),
    *("LF401", "LF408", "LF414", "LF421", "LF601", "LF602", "LF612", "LF702", "LF705", "LF706"),
    "LF507",
}


def test_of_pages_in_another_language_only_that_and_what_holds_in_any_is_told() -> None:
    told = [
        code
        for _, found in pages().values()
        if any(one.code == "LF507" for one in found)
        for code, _ in found
    ]
    assert set(told) <= IN_ANY_LANGUAGE


def test_fixes_leave_the_words_of_a_page_as_they_are() -> None:
    contract = load_contract(ROOT / "playbook.yml")
    reader = PageReader(contract)
    for path, data in corpus_files().items():
        locale, _, below = path.partition("/")
        if below.endswith(".md"):
            page_id = contract.page_id(below, locale)
            page = reader.read(data, path=path, locale=locale, page_id=page_id)
            text = _fixed(page, contract)
            again = reader.read(text.encode(), path=path, locale=locale, page_id=page_id)
            assert _words(again) == _words(page)
            assert _fixed(again, contract) == text


def _fixed(page: Page, contract: Contract) -> str:
    subject = Subject(page, contract)
    rules = (
        hazards.accidental_code,
        hazards.zero_width_blank,
        hazards.marker_hidden,
        hazards.no_break_blank,
    )
    found = [one for rule in rules if rule.page_check for one in rule.page_check(subject)]
    edits = sorted((edit for one in found if one.fix for edit in one.fix.edits), key=_place)
    for first, second in pairwise(edits):
        assert first.span.end <= second.span.start
    text = page.text
    for edit in reversed(edits):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def _place(edit: Edit) -> Span:
    return edit.span


def _words(page: Page) -> str:
    """Return the letters that a page shows; a list's numbers are no text once it is a list."""
    shown = (str(event.value) for event in page.events if event.kind in ("text", "code"))
    return re.sub(r"[\W\d]", "", "".join(shown))


def test_every_safe_rule_has_a_safe_fix_for_all_that_it_finds() -> None:
    safe = {"LF601", "LF602", "LF605", "LF612"}
    for _, found in pages().values():
        for code, one in found:
            if code in safe:
                assert one.fix
                assert one.fix.safe
