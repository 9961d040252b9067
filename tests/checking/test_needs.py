"""A rule that is passed over, as a page has nothing of what it needs, would have found nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leitfaden.checking.engine import check_page, rules_of_kind
from leitfaden.checking.finding import Found
from leitfaden.checking.registry import all_rules, clues, page_rules, page_rules_for
from leitfaden.checking.subject import Subject
from leitfaden.contract import load_contract
from leitfaden.model import DefectKind, Page
from leitfaden.reading import PageReader
from tests.checking.corpus import CORPUS, corpus_files
from tests.checking.fixtures import ROOT, cases

CONTRACT = load_contract(ROOT / "playbook.yml")
READER = PageReader(CONTRACT)


def read(files: dict[str, bytes]) -> Iterator[Page]:
    for path, data in files.items():
        locale, _, below = path.partition("/")
        if locale in CONTRACT.locales and below.endswith(".md"):
            page_id = CONTRACT.page_id(below, locale)
            yield READER.read(data, path=f"docs/{path}", locale=locale, page_id=page_id)


def all_found(page: Page) -> tuple[Found, ...]:
    """Return what all rules find, whatever they say that they need."""
    subject = Subject(page, CONTRACT)
    return tuple(
        Found(rule.code, finding)
        for rule in rules_of_kind(page_rules(), page.kind, CONTRACT)
        for finding in rule.page_check(subject)  # type: ignore[misc]
    )


def assert_nothing_is_passed_over(files: dict[str, bytes]) -> int:
    pages = [page for page in read(files) if page.is_readable]
    for page in pages:
        assert check_page(page, CONTRACT).found == all_found(page), page.path
    return len(pages)


def test_nothing_is_passed_over_in_the_fixtures() -> None:
    assert sum(assert_nothing_is_passed_over(case.files) for case in cases()) > 500


@pytest.mark.skipif(not CORPUS.is_dir(), reason="there is no corpus beside the project")
def test_nothing_is_passed_over_in_the_real_pages() -> None:
    assert assert_nothing_is_passed_over(corpus_files()) == 160


def test_most_rules_that_need_something_pass_over_a_page_without_defects() -> None:
    idle = {rule.code for rule in page_rules() if rule.needs}
    assert len(idle) > 25
    assert not idle & {rule.code for rule in page_rules_for(frozenset())}


def test_a_rule_is_asked_as_soon_as_a_page_has_one_of_what_it_needs() -> None:
    for need in (DefectKind.UNREADABLE, DefectKind.TOO_LARGE):
        assert all_rules()["LF101"] in page_rules_for(frozenset((need, "<")))


def test_clues_are_texts_and_no_kinds_of_defects() -> None:
    assert "\r" in clues()
    assert not any(isinstance(clue, DefectKind) for clue in clues())
