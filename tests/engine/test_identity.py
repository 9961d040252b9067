"""`leitfaden build` makes the files that `mkdocs build` makes, byte for byte, and tells the same.

Nothing is left out: with our plugin, MkDocs makes the same files each time. It is the theme's
`sitemap.xml.gz` alone that would hold a time, and the plugin writes its own in place of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.both import LEITFADEN, MKDOCS, Made, built_by, differences, files_of, leftovers
from tests.site.sites import BILINGUAL, PROJECT, Site

SMALL = PROJECT / "tests" / "sites" / "small"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return built_by(MKDOCS, SMALL, tmp_path_factory.mktemp("small") / "site")


# One process a locale; several for the pages of each; more than there is work for.
@pytest.mark.parametrize("jobs", [1, 3, 16])
def test_the_small_site_is_the_same(small: Made, jobs: int, tmp_path: Path) -> None:
    made = built_by(LEITFADEN, SMALL, tmp_path / "site", "--jobs", str(jobs))
    assert made.exit_code == 0, made.log
    assert differences(small.files, made.files) == []
    assert made.log == small.log
    assert leftovers(tmp_path / "site") == []


def test_the_projects_own_site_is_the_same(own_site: Path, tmp_path: Path) -> None:
    plain = files_of(own_site / "site")
    made = built_by(LEITFADEN, PROJECT, tmp_path / "made", "--strict", fresh=True)
    assert made.exit_code == 0, made.log
    assert len(plain) > 500
    assert differences(plain, made.files) == []
    assert made.log == (own_site / "log").read_text("utf-8")


def both(site: Site, *options: str, jobs: int = 2) -> tuple[Made, Made]:
    """Build a site both ways; the second time several processes share the pages of a locale."""
    site.save()
    plain = built_by(MKDOCS, site.root, site.root / "plain", *options)
    made = built_by(LEITFADEN, site.root, site.root / "made", "--jobs", str(jobs), *options)
    assert leftovers(site.root / "made") == []
    return plain, made


def assert_same(plain: Made, made: Made) -> None:
    assert made.exit_code == plain.exit_code
    assert differences(plain.files, made.files) == []
    assert made.log == plain.log


# A page that MkDocs renders, with and without a target; a text that is told in both languages.
LINKS = {
    "docs/en/index.md": "# Home\n\n[One](one.md#nowhere) and [two](two.md).\n",
    "docs/en/one.md": "---\nrenderer: mkdocs\n---\n\n# One\n\n[x](index.md#no) [y](gone.md)\n",
    "docs/en/only.md": "# Only\n\n[Gone](gone.md) and [finder](tasks/index.md#not-there).\n",
    "docs/de/index.md": "# Start\n\n[Eins](one.md#nirgends)\n",
    "docs/de/one.md": "---\nrenderer: mkdocs\n---\n\n# Eins\n\n[x](index.md#nein)\n",
}


@pytest.mark.parametrize("jobs", [3])
def test_what_is_told_of_pages_comes_in_the_same_order(site: Site, jobs: int) -> None:
    plain, made = both(site.write(LINKS).navigation("index", "one"), jobs=jobs)
    assert "LF401" in plain.log
    assert "LF407" in plain.log
    assert_same(plain, made)


def test_a_strict_build_ends_with_the_same_words(site: Site) -> None:
    plain, made = both(site.write(LINKS).navigation("index", "one"), "--strict")
    assert plain.exit_code == 1
    assert "in strict mode!" in plain.log
    assert made.exit_code == 1
    assert made.log == plain.log
    assert made.files == {}  # of a site that failed nothing is shown


def test_two_languages_that_write_the_same_file_do_so_in_order(site: Site) -> None:
    theme = "assets/javascripts/navigation.js"
    files = {
        **BILINGUAL,
        f"docs/en/{theme}": "// of English pages\n",
        "docs/en/shared.txt": "English\n",
        "docs/de/shared.txt": "Deutsch\n",
    }
    plain, made = both(site.write(files))
    assert made.files["shared.txt"] == b"English\n"
    assert_same(plain, made)


def test_templates_of_the_site_are_those_of_the_last_language(site: Site) -> None:
    head = '{% include "partials/leitfaden/policy.html" %}'
    site.write({**BILINGUAL, "overrides/about.html": f"{{{{ config.theme.language }}}}: {head}\n"})
    site.edit("mkdocs.yml", "  font: false", "  font: false\n  static_templates: [about.html]")
    plain, made = both(site)
    assert made.files["about.html"].startswith(b"de:")
    assert_same(plain, made)


@pytest.mark.parametrize("jobs", [4])
def test_further_languages_show_the_source_in_the_same_way(site: Site, jobs: int) -> None:
    site.write({**BILINGUAL, "docs/fr/index.md": "# Bienvenue\n"}).locale("fr").locale("nl")
    plain, made = both(site, jobs=jobs)
    assert "fr/index.html" in made.files
    assert "nl/assess-it/index.html" in made.files
    assert_same(plain, made)


def test_pages_without_folders_of_their_own_are_the_same(site: Site) -> None:
    site.write(BILINGUAL)
    site.edit("mkdocs.yml", "use_directory_urls: true", "use_directory_urls: false")
    plain, made = both(site)
    assert "de/assess-it.html" in made.files
    assert_same(plain, made)


def test_a_file_at_the_address_of_a_page_or_a_template_comes_in_the_same_order(site: Site) -> None:
    files = {
        **BILINGUAL,
        "docs/en/assess-it/index.html": "<p>a copy</p>\n",
        "docs/404.html": "<p>copied by each language, but before its template</p>\n",
    }
    plain, made = both(site.write(files), jobs=3)
    assert_same(plain, made)
