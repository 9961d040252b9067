"""Each hostile case: built beside all others, told, and harmless in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import served
from tests.hostile.browse import Reader, reader
from tests.hostile.case import Case, all_cases
from tests.hostile.project import Made, make

TOGETHER = [case for case in all_cases() if not case.is_alone]
ALONE = [case for case in all_cases() if case.is_alone]


def named(case: Case) -> str:
    return case.name


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """All cases that can stand beside one another, in one site."""
    return make(tmp_path_factory.mktemp("hostile"), TOGETHER)


@pytest.fixture(scope="module")
def visitor(made: Made, chromium: Browser) -> Iterator[Reader]:
    """A reader whose browser would run what stands in a page: it knows no policy."""
    with served(made.site) as address, reader(chromium, address, bypass_csp=True) as one:
        yield one


def test_the_build_ends_and_says_so_in_its_own_words(made: Made) -> None:
    assert made.exit_code == 0, made.log
    assert "Traceback" not in made.log


@pytest.mark.parametrize("case", TOGETHER, ids=named)
def test_it_is_told(case: Case, made: Made) -> None:
    missing = [report for report in case.told if report not in made.told]
    told = sorted(one for one in made.told if case.name in one.path and one.line)
    assert missing == [], told


@pytest.mark.parametrize("case", TOGETHER, ids=named)
def test_it_is_not_published(case: Case, made: Made) -> None:
    assert [path for path in case.unpublished if path in made.files] == []


@pytest.mark.browser
@pytest.mark.parametrize("case", [case for case in TOGETHER if case.addresses], ids=named)
def test_nothing_happens_in_a_browser(case: Case, visitor: Reader) -> None:
    for number, address in enumerate(case.addresses):
        first = not number
        wrong = visitor.open(address, case.lacks if first else [], case.keeps if first else [])
        assert not wrong, "\n".join(wrong)
