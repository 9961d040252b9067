"""The playbooks that searches are tried on."""

from __future__ import annotations

import pytest

from tests.searching.projects import CORPUS, Project, corpus_project, own_project
from tests.shared import made_once


@pytest.fixture(scope="session")
def own() -> Project:
    """Return this project itself."""
    return own_project()


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the corpus of real pages, imported; whoever asks for it is skipped without."""
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus of real pages is not there: it lies in {CORPUS}")
    folder = made_once(tmp_path_factory, "imported", lambda made: corpus_project(made / "corpus"))
    return Project("corpus", folder / "corpus")
