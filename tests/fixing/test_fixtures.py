"""The fixes that rules propose for their own fixtures hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leitfaden.checking.registry import all_rules
from leitfaden.fixing import FixedPage, fix_page
from leitfaden.reading import PageReader
from tests.checking.fixtures import Case, build_tree, cases, contract_of
from tests.fixing.support import found_again

CASES = [case for case in cases() if all_rules()[case.code].fixable]


def fixed_pages(case: Case, folder: Path, **options: bool) -> Iterator[tuple[FixedPage, FixedPage]]:
    """Yield each page of a case with the fixes of its rule, and with the same once more."""
    contract = contract_of(case, folder)
    tree, found, _ = build_tree(case.files, contract)
    reader = PageReader(contract)
    only = frozenset([case.code])
    for path, (facts, some) in found.items():
        page = reader.read(case.files[path], path=facts.path, locale=facts.locale, page_id=facts.id)
        once = fix_page(
            page, some, tree, contract, only=only, again=found_again, reader=reader, **options
        )
        yield (
            once,
            fix_page(
                once.after,
                [one.found for one in once.refused],
                tree,
                contract,
                only=only,
                again=found_again,
                reader=reader,
                **options,
            ),
        )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_fix_holds(case: Case, tmp_path: Path) -> None:
    for once, _ in fixed_pages(case, tmp_path, unsafe=True):
        refused = [f"{one.place} {one.reason} {one.detail}" for one in once.refused]
        assert refused == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_safe_fixes_hold_alone(case: Case, tmp_path: Path) -> None:
    for once, again in fixed_pages(case, tmp_path):
        assert not once.refused
        assert not again.changed
