from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engine.serving.served import Served, serving
from tests.site.sites import BILINGUAL, Site


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for all tests, which leave the site as it was."""
    root = tmp_path_factory.mktemp("live") / "project"
    root.mkdir()
    with serving(Site(root).of_few_words().write(BILINGUAL).save()) as one:
        one.until(lambda: "in all" in one.told)  # the first check is over
        yield one
