"""The index of the site's search: one a locale, of what readers get there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.site.sites import Built, Site

PAGES = {
    "docs/en/index.md": "# Home\n\nOne.\n",
    "docs/de/index.md": "# Start\n\nEins.\n",
    "docs/en/assess-it.md": "# Assess it\n\nPhase: **Assess**\n\n## Here & \\<there>\n\nEnglish.\n",
    "docs/en/hidden.md": "---\nsearch: {exclude: true}\n---\n# Hidden\n\nSecret.\n",
    "docs/de/hidden.md": "# Nur auf Deutsch zu finden\n\nText.\n",
    "docs/en/draft.md": "# Draft\n\nUnpublished.\n",
}
HOOK = """\
def on_page_markdown(markdown, page, **kwargs):
    if page.file.src_uri == "en/index.md":
        return markdown.replace("One.", "Brought by a plugin.")
"""


def prepared(site: Site) -> Site:
    site.write({**PAGES, "hook.py": HOOK}).navigation("index", "assess-it", "hidden")
    return site.edit("mkdocs.yml", "plugins:", "exclude_docs: draft.md\nhooks: [hook.py]\nplugins:")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return prepared(Site(tmp_path_factory.mktemp("searched"))).build()


def test_each_locale_has_an_index_of_its_own(built: Built) -> None:
    assert built.exit_code == 0, built.log
    for root, title in (("", "Home"), ("de", "Start")):
        search = built.site / root / "search"
        stub = json.loads((search / "search_index.json").read_text("utf-8"))
        assert stub["docs"] == []
        folders = [entry.name for entry in search.iterdir() if entry.is_dir()]
        assert folders == [stub["leitfaden"]["folder"]]
        assert {"meta.json", "w0.json", "e0.json", "c0.json", "f0.json"} <= {
            file.name for file in (search / folders[0]).iterdir()
        }
        assert built.found_by_search(root)[""] == title


def test_what_is_not_translated_is_not_in_the_index(built: Built) -> None:
    assert built.found_by_search("")["assess-it/"] == "Assess it"
    assert "assess-it/" not in built.found_by_search("de")
    assert "English" not in built.searched("de")


def test_what_keeps_itself_out_is_not_in_the_index_of_its_language(built: Built) -> None:
    assert "hidden/" not in built.found_by_search("")
    assert "Secret" not in built.searched("")
    assert built.found_by_search("de")["hidden/"] == "Nur auf Deutsch zu finden"


def test_what_is_not_published_is_not_in_the_index(built: Built) -> None:
    assert not (built.site / "draft/index.html").exists()
    assert "draft/" not in built.found_by_search("")
    assert "Unpublished" not in built.searched("")


def test_a_text_that_another_plugin_changes_is_found(built: Built) -> None:
    assert "Brought by a plugin." in built.searched("")
    assert "One." not in built.searched("")


def test_texts_are_plain_and_addresses_lead_to_pages(built: Built) -> None:
    assert "Here & <there>" in built.searched("")
    for root in ("", "de"):
        for address in built.found_by_search(root):
            assert (built.site / root / address / "index.html").is_file(), address


def test_the_themes_own_index_is_not_written_into_pages(built: Built) -> None:
    assert list(built.site.rglob("search_index.js")) == []


def test_without_the_search_there_are_no_files(site: Site) -> None:
    prepared(site).edit("mkdocs.yml", "  - search\n", "  - search:\n      enabled: false\n")
    built = site.build()
    assert built.exit_code == 0, built.log
    for root in ("", "de"):
        assert not (built.site / root / "search").exists()
    assert built.page("").css(".md-search") == []


def test_two_builds_have_the_same_bytes(site: Site) -> None:
    def files() -> dict[Path, bytes]:
        found = (file for file in (site.root / "site").rglob("search/**/*") if file.is_file())
        return {file: file.read_bytes() for file in found}

    prepared(site).build()
    first = files()
    site.build()
    assert first
    assert files() == first
