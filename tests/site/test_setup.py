"""Mistakes in the set-up: each is told with its cure, none ends in a traceback."""

from __future__ import annotations

import os

import pytest

from tests.site.sites import Built, Site

HOME = {"docs/en/index.md": "# Home\n", "docs/de/index.md": "# Start\n"}
I18N = """\
  - i18n:
      docs_structure: folder
      fallback_to_default: true
      reconfigure_search: false # each locale gets an index of its own
      languages: # the plugin needs one; leitfaden sets all that playbook.yml declares
        - {locale: en, name: English, default: true}
"""


def assert_stops(built: Built, *messages: str) -> None:
    assert built.exit_code == 1
    assert "Traceback" not in built.log
    assert len(built.complaints) == len(messages), built.log
    for line, message in zip(built.complaints, messages, strict=True):
        assert message in line
    assert (
        built.log.rstrip().splitlines()[-1].startswith("The build was stopped: correct the error")
    )


@pytest.mark.parametrize(
    ("old", "new", "message", "cure"),
    [
        (I18N, "", "The plugin `i18n` is missing", "docs_structure: folder"),
        (
            "docs_structure: folder",
            "docs_structure: suffix",
            "`plugins.i18n.docs_structure` is `suffix`",
            "Set `docs_structure: folder`",
        ),
        (
            "fallback_to_default: true",
            "fallback_to_default: false",
            "`plugins.i18n.fallback_to_default` is off",
            "Set `fallback_to_default: true`",
        ),
        (
            "reconfigure_search: false",
            "reconfigure_search: true",
            "`plugins.i18n.reconfigure_search` is on",
            "Set `reconfigure_search: false`",
        ),
        (
            "    - navigation.top\n",
            "    - navigation.top\n    - navigation.instant.prefetch\n",
            "The theme's feature `navigation.instant.prefetch` does not work",
            "Remove it from `theme.features`",
        ),
        ("  custom_dir: overrides\n", "", "`theme.custom_dir` is missing", "Set `custom_dir:"),
        (
            "plugins:\n",
            "nav: [en/index.md]\nplugins:\n",
            "`nav` has no effect",
            "Remove `nav` from mkdocs.yml",
        ),
        (
            "English, default: true}",
            "English, default: true}\n        - {locale: fr, name: Français}",
            "`plugins.i18n.languages` has `fr`",
            "declare it under `locales`",
        ),
    ],
)
def test_a_mistake_is_told_with_its_cure(
    site: Site, old: str, new: str, message: str, cure: str
) -> None:
    built = site.write(HOME).edit("mkdocs.yml", old, new).build()
    assert_stops(built, f"mkdocs.yml: LF910 {message}")
    assert cure in built.log


def test_all_mistakes_are_told_at_once(site: Site) -> None:
    site.edit("mkdocs.yml", "docs_structure: folder", "docs_structure: suffix")
    site.edit("mkdocs.yml", "reconfigure_search: false", "reconfigure_search: true")
    assert_stops(site.write(HOME).build(), "docs_structure", "reconfigure_search")


def test_another_theme(site: Site) -> None:
    site.write(HOME).edit("mkdocs.yml", "name: material", "name: mkdocs")
    site.edit("mkdocs.yml", "  font: false # no request leaves the site\n", "")
    built = site.build()
    assert_stops(built, "The theme is `mkdocs`. Set `theme.name: material`.")


def test_the_order_of_the_plugins_does_not_matter(site: Site) -> None:
    site.write(HOME).edit("mkdocs.yml", "plugins:\n", "plugins:\n  - leitfaden\n")
    site.edit("mkdocs.yml", "  - leitfaden:\n      contract: playbook.yml\n", "")
    built = site.build("--strict")
    assert built.complaints == []
    assert built.found_by_search("de")[""] == "Start"


def test_it_can_be_switched_off(site: Site) -> None:
    site.write(HOME).edit("mkdocs.yml", "contract: playbook.yml", "enabled: false")
    site.edit("mkdocs.yml", "  custom_dir: overrides\n", "")
    built = site.build("--strict")
    assert built.complaints == []
    assert built.exit_code == 0
    assert "leitfaden:" not in built.log


def test_a_site_below_a_folder_of_its_host(site: Site) -> None:
    built = site.write(HOME).build("--strict", env={"SITE_URL": "https://example.org/guide/"})
    assert built.attributes("404.html", "article li:last-child a", "href") == [
        "/guide/",
        "/guide/de/",
    ]
    canonical = built.attributes("de/", "link[rel=canonical]", "href")
    assert canonical == ["https://example.org/guide/de/"]
    assert built.attributes("de/", "a.md-select__link", "href") == ["../", "./"]


def test_pages_as_files(site: Site) -> None:
    site.write(HOME).write({"docs/en/more.md": "# More\n\n[Home](index.md)\n"})
    site.edit("mkdocs.yml", "use_directory_urls: true", "use_directory_urls: false")
    built = site.build("--strict")
    assert built.complaints == []
    assert built.attributes("de/more.html", "article p a", "href") == ["index.html"]
    assert built.attributes("more.html", "a.md-select__link", "href") == [
        "more.html",
        "de/more.html",
    ]
    assert built.attributes("404.html", "article li:last-child a", "href") == [
        "/index.html",
        "/de/index.html",
    ]
    assert built.attributes("de/more.html", ".md-search", "data-root") == ["./"]
    assert built.text("de/index.html", "title") == "Leitfaden"


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_project_that_is_reached_through_a_link(site: Site) -> None:
    site.write({**HOME, "docs/en/more.md": "# More\n\n[x](nothing.md)\n"})
    (site.root / "link").symlink_to(site.root)
    built = site.build("--config-file", "link/mkdocs.yml")
    assert built.text("de/", "article h1").startswith("Start")
    assert len(built.complaints) == 1
    assert "leitfaden: docs/en/more.md:3:5: LF401" in built.complaints[0]


class TestContract:
    """A contract that cannot be used: one clear error, no traceback."""

    def test_wrong(self, site: Site) -> None:
        site.write(HOME).save().edit("playbook.yml", "sections:", "sectoins:")
        assert_stops(site.build(), "playbook.yml:")

    def test_not_yaml(self, site: Site) -> None:
        assert_stops(site.write(HOME).write({"playbook.yml": "a: [b"}).build(), "playbook.yml:")

    def test_missing(self, site: Site) -> None:
        site.write(HOME).edit("mkdocs.yml", "contract: playbook.yml", "contract: nothing.yml")
        assert_stops(site.build(), "nothing.yml: LF")

    def test_elsewhere(self, site: Site) -> None:
        site.write(HOME).edit("mkdocs.yml", "contract: playbook.yml", "contract: a/b.yml").save()
        (site.root / "a").mkdir()
        (site.root / "playbook.yml").rename(site.root / "a/b.yml")
        site.write({"playbook.yml": "not: used"})
        assert site.build("--strict").exit_code == 0

    def test_texts_that_cannot_be_read(self, site: Site) -> None:
        site.write(HOME).write({"overrides/locales/de.yml": "a: [b"})
        assert_stops(site.build(), "overrides/locales/de.yml:1:6: LF908")

    def test_a_text_with_a_misspelled_placeholder(self, site: Site) -> None:
        site.write(HOME).save()
        site.edit(
            "overrides/locales/de.yml",
            "noch nicht auf {language} vor",
            "noch nicht auf {langage} vor",
        )
        built = site.build()
        assert_stops(built, "which nothing fills. Did you mean `language`?")
        assert "overrides/locales/de.yml:" in built.complaints[0]

    def test_a_text_with_a_misspelled_key(self, site: Site) -> None:
        site.write(HOME).save().edit("overrides/locales/de.yml", "fallback:", "fallbak:")
        complaints = site.build().complaints
        assert complaints
        assert all("LF908 No text is called `fallbak." in line for line in complaints)
        assert "Did you mean `fallback." in complaints[0]

    @pytest.mark.parametrize("view", ["glosary", "../main"])
    def test_a_view_without_a_template(self, site: Site, view: str) -> None:
        site.write(HOME).contract["kinds"]["glossary"]["view"] = view
        assert_stops(site.save().build(), f"playbook.yml: LF905 `kinds.glossary.view` is `{view}`")

    def test_a_template_that_is_missing(self, site: Site) -> None:
        site.write(HOME).write({"docs/en/index.md": "# Home\n\n> [!NOTE]\n> Text.\n"})
        (site.root / "overrides/partials/leitfaden/alert.html").unlink()
        message = "LF909 The template `partials/leitfaden/alert.html` does not exist"
        # The second line is MkDocs' own: it names the page.
        assert_stops(site.build(), message, "Error reading page 'en/index.md'")

    @pytest.mark.parametrize("wrong", ["{% if %}", "{{ nothing.here }}", "{{ ui('no.text') }}"])
    def test_a_template_that_is_wrong(self, site: Site, wrong: str) -> None:
        site.write(HOME).write({"overrides/views/home.html": f"{{# Home #}}\n\n{wrong}\n"})
        message = "overrides/views/home.html:3:1: LF909 The template is wrong: "
        assert_stops(site.build(), message, "Error reading page 'en/index.md'")

    def test_a_page_in_the_navigation_that_does_not_exist(self, site: Site) -> None:
        site.write(HOME).navigation("index", {"phase": "assess", "pages": ["indez"]})
        built = site.build()
        assert built.exit_code == 0
        assert len(built.complaints) == 1
        assert "LF904 The navigation names the page `indez`" in built.complaints[0]
        assert "Did you mean `index`?" in built.complaints[0]
        assert site.build("--strict").exit_code == 1
