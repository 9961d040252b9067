"""What the real pages have of docfx' constructs: alerts, which are known, and nothing else."""

from __future__ import annotations

import pytest

from tests.checking.corpus import CORPUS, counts

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")

CODES = [*(f"LF{number}" for number in range(430, 439)), "LF613", "LF614"]


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_found_where_nothing_is(code: str) -> None:
    assert code not in counts()
