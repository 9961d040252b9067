"""The navigation on each page is what the theme would render there anew, to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from leitfaden.site.sidebar import shared_by_all
from tests.site.sites import BILINGUAL, Site

# Builds twice: as always, and with the theme's navigation rendered anew on each page. Prints on how
# many pages its entries were shared.
PROGRAM = """
from mkdocs.__main__ import cli
from leitfaden.site import sidebar

shared = []
around = sidebar.Sidebar.around

def counted(self, nav, render):
    shown = around(self, nav, render)
    shared.append(shown is not nav)
    return shown

sidebar.Sidebar.around = counted
cli(["build", "--quiet", "--site-dir", "site"], standalone_mode=False)
print("shared on", sum(shared))
sidebar.is_known = lambda env, config: False
shared.clear()
cli(["build", "--quiet", "--site-dir", "anew"], standalone_mode=False)
print("then on", sum(shared))
"""
PAGES = {
    **BILINGUAL,
    "docs/en/deep/index.md": "# Deep\n\n## One\n\n## Two\n",
    "docs/en/deep/er/one.md": "# One “in” <deep>\n\n## Part\n\n### Smaller\n",
    "docs/en/deep/er/two.md": "# Two\n",
    "docs/de/deep/er/two.md": "# Zwei\n\n## Teil\n",
    "docs/en/deep/er/one/below.md": "# Below a page\n",
    "docs/en/hidden.md": "---\nhide: [navigation, toc]\n---\n\n# Hidden\n\n## Part\n",
    "docs/en/raw.md": "---\nrenderer: mkdocs\ntitle: 'A <b>bold</b> __toc'\n---\n\n# Raw\n",
}
NESTED = (
    "index",
    {"phase": "assess", "pages": ["phases/assess", "assess-it"]},
    {
        "title": {"en": "Deep & wide", "de": "Tief & weit"},
        "pages": [
            "deep/index",
            {
                "title": {"en": "Deeper", "de": "Tiefer"},
                "pages": [
                    "deep/er/one",
                    {"title": {"en": "Deepest", "de": "Am tiefsten"}, "pages": ["deep/er/two"]},
                    "deep/er/one/below",
                ],
            },
            "hidden",
        ],
    },
    "classic",
)


def _same(site: Site) -> str:
    """Build a site in both ways, compare all files and return what was printed."""
    built = site.save().run(PROGRAM)
    assert built.exit_code == 0, built.log
    shared, anew = _files(site.root / "site"), _files(site.root / "anew")
    assert {name for name, data in shared.items() if anew.get(name) != data} == set()
    assert shared.keys() == anew.keys()
    return " ".join(built.log.split("\n")[-3:]).strip()


def _files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def _nested(site: Site) -> Site:
    return site.write(PAGES).navigation(*NESTED)


def _features(site: Site, *features: str) -> Site:
    lines = "".join(f"    - {feature}\n" for feature in features)
    text = (site.root / "mkdocs.yml").read_text("utf-8")
    before, _, rest = text.partition("  features:\n")
    _, _, behind = rest.partition("  # The names are keys")
    text = f"{before}  features:\n{lines}  # The names are keys{behind}"
    return site.write({"mkdocs.yml": text})


@pytest.mark.parametrize(
    "features",
    [
        ["navigation.sections", "navigation.prune", "navigation.footer", "toc.follow"],
        ["navigation.prune"],
        ["navigation.sections", "navigation.expand"],
        ["toc.integrate", "navigation.path"],
    ],
    ids=" ".join,
)
def test_entries_are_rendered_once_and_the_same_as_anew(site: Site, features: list[str]) -> None:
    log = _same(_features(_nested(site), *features))
    assert not log.startswith("shared on 0 "), log
    assert log.endswith("then on 0")


@pytest.mark.parametrize("feature", ["navigation.indexes", "navigation.tabs"])
def test_features_that_open_other_entries_have_all_rendered_anew(site: Site, feature: str) -> None:
    site = _features(_nested(site), "navigation.sections", "navigation.prune", feature)
    assert _same(site) == "shared on 0 then on 0"


def test_addresses_of_files_are_relative_to_their_folders(site: Site) -> None:
    _nested(site).edit("mkdocs.yml", "use_directory_urls: true", "use_directory_urls: false")
    assert not _same(site).startswith("shared on 0 ")


def test_a_page_that_is_there_twice_has_all_rendered_anew() -> None:
    config = MkDocsConfig()
    file = File("a.md", "docs", "site", use_directory_urls=True)
    nav = Navigation([Page("A", file, config), Page("A again", file, config)], [])
    assert shared_by_all(nav, Environment(autoescape=False), config, {}) is None


def test_a_template_of_the_playbook_s_own_is_asked_on_each_page(site: Site) -> None:
    own = (
        "{% macro render(item, path, level) %}<li>{{ page.title }}: {{ item.title }}{% endmacro %}"
    )
    _nested(site).write({"overrides/partials/nav-item.html": own})
    assert _same(site) == "shared on 0 then on 0"


def test_a_title_that_the_theme_s_own_marks_are_in_is_left_to_the_theme(site: Site) -> None:
    site.write(PAGES).navigation(*NESTED, "raw")
    assert _same(site).endswith("then on 0")
