"""All safe fixes on a copy of the real pages: they hold, and readers read what they read before."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from leitfaden.checking.finding import Found
from leitfaden.checking.registry import all_rules
from leitfaden.checking.tree import Tree
from leitfaden.fixing import FixedPage, Repair, fix_page
from leitfaden.model import Page
from leitfaden.reading import PageReader
from tests.checking.corpus import CORPUS, SNAPSHOT, corpus_files, corpus_tree
from tests.checking.fixtures import build_tree
from tests.fixing.support import found_again
from tests.rendering.support import Dom
from tests.rendering.test_fidelity import html_of

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus lies beside the repository, not in it"
)

SAFE = [code for code, rule in all_rules().items() if rule.fixable == "safe"]
# What readers may read otherwise after a rule's fixes, beyond the words that the edits name.
INVISIBLE = re.compile("[\u200b\ufeff\u2060]")
ITEM = re.compile(r"(?:[0-9]+[.)]|[-*+])")
BOLD = re.compile(r"\*\*|__")
MAY_DIFFER: dict[str, Callable[[Iterator[str]], list[str]]] = {
    # Blanks without width are in the words, and are not seen; some keep a list from being one.
    "LF602": lambda words: list(filter(None, map(_visible, words))),
    "LF612": lambda words: _without_items(map(_visible, words)),
    # Numbers and bullets are no text any more when code becomes a list, and marks take effect.
    "LF601": lambda words: _without_items(BOLD.sub("", word) for word in words),
}


def _visible(word: str) -> str:
    return INVISIBLE.sub("", word)


def _without_items(words: Iterator[str]) -> list[str]:
    return [word for word in words if word and not ITEM.fullmatch(word)]


@cache
def reader() -> PageReader:
    return PageReader(corpus_tree()[0].contract)


def pages() -> Iterator[tuple[str, Page, list[Found]]]:
    """All pages with what is found on them, those of the source first."""
    files = corpus_files()
    for path, (facts, found) in corpus_tree()[1].items():
        page = reader().read(files[path], path=facts.path, locale=facts.locale, page_id=facts.id)
        yield path, page, found


@cache
def fixed_pages() -> dict[str, FixedPage]:
    """Fix all pages one by one, each beside the others as they have become."""
    tree = corpus_tree()[0]
    fixed = {}
    for path, page, found in pages():
        one = fix_page(page, found, tree, tree.contract, again=found_again, reader=reader())
        fixed[path] = one
        tree = _with(tree, one)
    return fixed


def _with(tree: Tree, fixed: FixedPage) -> Tree:
    facts = fixed.facts
    if tree.pages[facts.locale][facts.id].path != facts.path:
        return tree
    locale = {**tree.pages[facts.locale], facts.id: facts}
    return dataclasses.replace(tree, pages={**tree.pages, facts.locale: locale})


@cache
def fixed_tree() -> tuple[Tree, dict[str, list[Found]]]:
    files = {**corpus_files(), **{path: one.data for path, one in fixed_pages().items()}}
    tree, found, _ = build_tree(files, corpus_tree()[0].contract, SNAPSHOT)
    return tree, {path: findings for path, (_, findings) in found.items()}


def test_fixes_are_made_and_none_is_refused() -> None:
    fixed = fixed_pages()
    assert len(fixed) == 160
    assert sum(one.changed for one in fixed.values()) > 150
    refused = [
        f"{one.place} {one.found.code} {one.reason} {one.detail}"
        for page in fixed.values()
        for one in page.refused
    ]
    assert refused == []


def test_no_finding_is_left_that_could_be_fixed_unseen() -> None:
    left = [
        (path, one.code)
        for path, found in fixed_tree()[1].items()
        for one in found
        if one.finding.fix and one.finding.fix.safe
    ]
    assert left == []


def test_findings_only_go() -> None:
    """No page has more findings of a rule than before, but for what had been hidden."""
    before = corpus_tree()[1]
    more = [
        (path, code)
        for path, found in fixed_tree()[1].items()
        for code in {one.code for one in found}
        if _count(found, code) > _count(before[path][1], code) and not _had_code(before[path][1])
    ]
    # Two labels shared a pair of bold marks: that one value is unknown shows when they are parted.
    assert more == [("de/opp365-standalone-engagement-de.md", "LF216")]


def _count(found: list[Found], code: str) -> int:
    causes = {code}
    for rule in all_rules().values():
        if rule.code == code:
            causes |= rule.yields_to  # a consequence comes to light when its cause is gone
    return sum(one.code in causes for one in found)


def _had_code(found: list[Found]) -> bool:
    return any(one.code == "LF601" for one in found)


def test_a_second_time_changes_nothing() -> None:
    tree, found = fixed_tree()
    for path, one in fixed_pages().items():
        again = fix_page(
            one.after, found[path], tree, tree.contract, again=found_again, reader=reader()
        )
        assert not again.changed, path
        assert not again.applied


def test_line_ends_marks_and_the_last_line_stay() -> None:
    for path, one in fixed_pages().items():
        codes = {repair.found.code for repair in one.applied}
        assert one.after.bom == (one.before.bom and "LF115" not in codes), path
        if "LF609" not in codes:
            ends = [set(re.findall(r"\r\n?|\n", page.text)) for page in (one.before, one.after)]
            assert ends[0] >= ends[1], path
        assert one.before.text.endswith("\n") == one.after.text.endswith("\n"), path


@pytest.mark.parametrize("code", SAFE)
def test_readers_read_what_they_read_before_but_for_what_the_rule_names(code: str) -> None:
    tree = corpus_tree()[0]
    only = frozenset([code])
    for path, page, found in pages():
        if any(one.code == code and one.finding.fix for one in found):
            fixed = fix_page(
                page, found, tree, tree.contract, only=only, again=found_again, reader=reader()
            )
            assert not fixed.refused, path
            assert {one.found.code for one in fixed.applied} <= only
            _compare(code, fixed)


def _compare(code: str, fixed: FixedPage) -> None:
    before, after = (_read(code, page) for page in (fixed.before, fixed.after))
    if before == after:
        return
    old, new = _named(fixed.applied, fixed.before.text)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, begin, limit in matcher.get_opcodes():
        if tag != "equal":
            assert set(before[start:end]) <= old, (fixed.path, before[start:end])
            assert set(after[begin:limit]) <= new, (fixed.path, after[begin:limit])


def _read(code: str, page: Page) -> list[str]:
    words = iter(Dom(html_of(page)).text.split())
    return MAY_DIFFER[code](words) if code in MAY_DIFFER else list(words)


def _named(applied: tuple[Repair, ...], text: str) -> tuple[set[str], set[str]]:
    """Return the words that the edits replace, and those that they put in."""
    edits = [
        edit for one in applied if one.found.finding.fix for edit in one.found.finding.fix.edits
    ]
    old = {word for edit in edits for word in edit.span.of(text).split()}
    return old, {word for edit in edits for word in edit.text.split()}
