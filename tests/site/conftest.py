from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.sites import BILINGUAL, Built, Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site without pages, of few words."""
    return Site(tmp_path).of_few_words()


@pytest.fixture(scope="session")
def bilingual(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site in two languages, built in strict mode."""
    site = Site(tmp_path_factory.mktemp("bilingual")).of_few_words().write(BILINGUAL)
    site.navigation(
        "index",
        {"phase": "assess", "pages": ["phases/assess", "assess-it"]},
        {
            "title": {"en": "Help & more", "de": "Hilfe & mehr"},
            "pages": [{"page": "classic", "title": {"en": "Old", "de": "Alt"}}],
        },
    )
    return site.build("--strict")
