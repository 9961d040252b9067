from __future__ import annotations

from collections.abc import Callable

import pytest

from leitfaden.contract import Contract, NavGroup, NavPage, nav_pages, phases_of_pages

Told = Callable[[str], list[str]]
Small = Callable[[str], Contract]

NAVIGATION = """\
phases: {assess: {en: Assess, de: Analyse}}
navigation:
  - index
  - {page: glossary, title: {en: Words, de: Wörter}}
  - phase: assess
    pages:
      - phases/assess
  - title: {en: More, de: Mehr}
    pages:
      - title: {en: Deeper, de: Tiefer}
        pages: [a, b]
"""


def test_every_form_of_an_entry_is_read(small: Small) -> None:
    contract = small(NAVIGATION)
    assert contract.navigation == (
        NavPage("index"),
        NavPage("glossary", {"en": "Words", "de": "Wörter"}),
        NavGroup("assess", None, (NavPage("phases/assess"),)),
        NavGroup(
            None,
            {"en": "More", "de": "Mehr"},
            (NavGroup(None, {"en": "Deeper", "de": "Tiefer"}, (NavPage("a"), NavPage("b"))),),
        ),
    )
    pages = [entry.page for entry in nav_pages(contract.navigation)]
    assert pages == ["index", "glossary", "phases/assess", "a", "b"]


def test_a_page_belongs_to_the_phase_of_the_innermost_group_that_has_one(small: Small) -> None:
    contract = small(
        """\
phases: {assess: {en: Assess, de: Analyse}, enable: {en: Enable, de: Aktivieren}}
navigation:
  - index
  - phase: assess
    pages:
      - a
      - {title: {en: More, de: Mehr}, pages: [b, {phase: enable, pages: [c]}]}
  - {title: {en: Others, de: Andere}, pages: [d]}
"""
    )
    assert phases_of_pages(contract.navigation) == {"a": "assess", "b": "assess", "c": "enable"}


@pytest.mark.parametrize(
    ("more", "messages"),
    [
        (
            "navigation: [index, 404]",
            [
                "5:21: LF905 An entry of `navigation` must be a page's id, a page or "
                "a group of pages, not `404`."
            ],
        ),
        (
            "navigation: [[index]]",
            [
                "5:14: LF905 An entry of `navigation` must be a page's id, a page or "
                "a group of pages, not a list."
            ],
        ),
        (
            "navigation: [{pages: [a]}]",
            [
                "5:14: LF905 A group of pages needs `phase` or `title`. "
                "Add `title: {…}` with a text for each locale."
            ],
        ),
        (
            "phases: {p: {en: P, de: P}}\n"
            "navigation: [{phase: p, title: {en: T, de: T}, pages: [a]}]",
            [
                "6:14: LF905 A group of pages takes `phase` or `title`, not both. "
                "Remove one of them."
            ],
        ),
        (
            "navigation: [{title: {en: T, de: T}}]",
            ["5:14: LF905 The key `navigation.pages` is missing. Add it."],
        ),
        (
            "navigation: [{titel: {en: T, de: T}, pages: [a]}]",
            ["5:15: LF901 Unknown key `titel`. Did you mean `title`?"],
        ),
        (
            "navigation:\n  - a\n  - {title: {en: T, de: T}, pages: [b, a]}\n",
            ["7:40: LF905 The page `a` is already in line 6. List it once."],
        ),
        (
            "navigation: [7, {title: {en: T}, pages: [a]}]",  # the first does not hide the second
            [
                "5:14: LF905 An entry of `navigation` must be a page's id, a page or "
                "a group of pages, not `7`.",
                "5:18: LF902 `navigation.title` has no text in the locale `de`. Add `de: …`.",
            ],
        ),
    ],
)
def test_an_entry_of_no_known_form(told_more: Told, more: str, messages: list[str]) -> None:
    assert told_more(more) == messages
