"""The bench of drift itself: what it counts, and that it tries what it says."""

from __future__ import annotations

import math

from leitfaden.contract import load_contract
from leitfaden.model import Page
from leitfaden.reading import PageReader
from scripts.bench_drift import (
    BLOCK,
    COSMETIC,
    FAMILIES,
    STRUCTURAL,
    WORDS,
    Bench,
    Result,
    Score,
    report,
    wilson,
)
from tests.reading.pages import ROOT

CONTRACT = load_contract(ROOT / "playbook.yml")
SAMPLES = 4


def own_pages() -> list[tuple[Page, Page]]:
    reader = PageReader(CONTRACT)
    found: dict[str, list[Page]] = {}
    for locale in ("en", "de"):
        for file in sorted((ROOT / "docs" / locale).glob("[a-m]*.md")):
            data = file.read_bytes()
            page = reader.read(data, path=file.name, locale=locale, page_id=file.stem)
            found.setdefault(file.stem, []).append(page)
    return [(pages[0], pages[1]) for pages in found.values() if len(pages) == 2]


def results() -> list[Result]:
    return Bench(CONTRACT, own_pages()).run(FAMILIES, SAMPLES)


def test_what_changes_a_text_is_found_and_what_changes_none_is_not() -> None:
    found = results()
    tried = [result for result in found if result.scores["lock"].tried]
    assert len(tried) > 40
    for result in tried:
        score = result.scores["lock"]
        if result.family.group in (STRUCTURAL, BLOCK, WORDS):
            assert (score.found, score.false) == (score.tried, 0), result.family.name
        elif result.family.group == COSMETIC:
            assert score.alarms == 0, result.family.name
    lines = list(report("docs", found))
    assert any(line.startswith("task added") for line in lines)


def test_the_ways_that_know_no_units_are_counted_as_they_are() -> None:
    (result,) = Bench(CONTRACT, own_pages()[:3]).run(FAMILIES[:1], 2)
    assert result.scores["always"].recall == 1
    assert result.scores["page hash"].precision < 0.2
    assert result.scores["never"].found == 0


def test_wilsons_interval_is_that_of_the_textbooks() -> None:
    low, high = wilson(60, 60)
    assert (round(low, 3), round(high, 3)) == (0.94, 1.0)
    assert wilson(0, 0) == (0.0, 1.0)


def test_scores_add_up() -> None:
    score = Score(2, 1, 1, 1).plus(Score(2, 2))
    assert (score.tried, score.recall, score.precision) == (4, 0.75, 0.75)
    assert math.isnan(Score().recall)
