from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.sites import Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site without pages, of few words."""
    return Site(tmp_path).of_few_words()
