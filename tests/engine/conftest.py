from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.sites import Site

_KEPT = 3  # terms of each vocabulary: each makes a page in each language


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site without pages, of few words."""
    one = Site(tmp_path)
    for name in ("roles", "services", "motions"):
        terms = one.contract[name]
        one.contract[name] = {key: terms[key] for key in tuple(terms)[:_KEPT]}
    return one
