"""What can be looked up in a playbook."""

from __future__ import annotations

import pytest

from leitfaden.model import Page, Playbook
from tests.reading.pages import read

EN = """\
# Assess It

Phase: **Assess**

## Approach

### Plan

Primary Role: **FM**\\
Motions: **RFA**\\
Applies To: **Teams**

| Task ID | Task Name | M | FastTrack Role | Services |
|-|-|-|-|-|
| 4047 | Do it | M | FE | Exchange |
| 300 | Do that | O | FM | Teams |

## Overview

| Task ID | Task Name | M | FastTrack Role | Services |
|-|-|-|-|-|
| 4047 | Do it again | M | FE | Exchange |
"""
DE = "# Analyse\n\nPhase: **Analyse**  \nSekundäre Rollen: **FastTrack Manager**\n"


LABELS = {
    "phases": ["phase"],
    "motions": ["motions"],
    "roles": ["primary-role", "secondary-role"],
    "services": ["applies-to"],
}


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    pages = [
        read(EN, "en", "assess-it"),
        read("# Home\n", "en", "index"),
        read("# Only\n", "en", "only"),
        read(DE, "de", "assess-it"),
        read("# Start\n", "de", "index"),
        read("# Neu\n", "de", "new"),
    ]
    by_locale = {
        locale: {page.id: page for page in pages if page.locale == locale}
        for locale in ("en", "de", "ja")
    }
    return Playbook("en", ("en", "de", "ja"), by_locale)


def ids(pages: tuple[Page, ...]) -> list[str]:
    return [page.id for page in pages]


def title(page: Page | None) -> str | None:
    return page.title if page else None


def test_pages_by_id_and_locale(playbook: Playbook) -> None:
    assert playbook.ids == ("assess-it", "index", "new", "only")
    assert title(playbook.page("index", "de")) == "Start"
    assert playbook.page("only", "de") is None
    assert playbook.page("index", "fr") is None
    assert len(list(playbook)) == 6


def test_readers_get_the_source_where_a_translation_is_missing(playbook: Playbook) -> None:
    assert title(playbook.shown("index", "de")) == "Start"
    assert title(playbook.shown("only", "de")) == "Only"
    assert title(playbook.shown("index", "ja")) == "Home"
    assert playbook.shown("new", "en") is None


def test_what_is_not_translated(playbook: Playbook) -> None:
    assert playbook.missing("de") == ("only",)
    assert playbook.missing("ja") == ("assess-it", "index", "only")
    assert playbook.missing("en") == ()


def test_translations_know_their_source(playbook: Playbook) -> None:
    german = playbook.page("index", "de")
    assert german
    source = playbook.source_of(german)
    assert title(source) == "Home"
    assert source
    assert playbook.source_of(source) is None


def test_pages_by_what_they_name(playbook: Playbook) -> None:
    def naming(vocabulary: str, key: str, locale: str) -> list[str]:
        return ids(playbook.naming(vocabulary, LABELS[vocabulary], key, locale))

    assert naming("phases", "assess", "en") == ["assess-it"]
    assert naming("phases", "assess", "de") == ["assess-it"]
    assert naming("phases", "initiate", "en") == []
    assert naming("motions", "rfa", "en") == ["assess-it"]
    assert naming("roles", "manager", "en") == ["assess-it"]
    assert naming("roles", "engineer", "en") == ["assess-it"]
    assert naming("roles", "manager", "de") == ["assess-it"]
    assert naming("roles", "partner", "en") == []
    assert naming("services", "teams", "en") == ["assess-it"]
    assert naming("services", "exchange", "en") == ["assess-it"]
    assert naming("services", "exchange", "ja") == ["assess-it"]
    assert naming("services", "exchange", "de") == []
