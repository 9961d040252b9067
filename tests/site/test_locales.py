"""Languages come from the contract: one more is data, not code."""

from __future__ import annotations

from tests.site.sites import BILINGUAL, Site

FOREIGN = """\
site: {name: Wegweiser, description: Xx}
fallback: {title: Nuqneq, notice: "{language}!"}
theme:
  search.placeholder: Sucha
"""


def test_a_language_that_the_theme_does_not_know(site: Site) -> None:
    site.write(BILINGUAL).locale("xx", name="Xish", direction="rtl")
    site.write({"overrides/locales/xx.yml": FOREIGN, "docs/xx/index.md": "# Xello\n"})
    built = site.build("--strict")
    assert built.complaints == []
    assert built.exit_code == 0
    assert built.attributes("xx/", "html", "lang") == ["xx"]
    assert built.attributes("xx/", "body", "dir") == ["rtl"]
    assert built.text("xx/", "article h1").startswith("Xello")
    assert built.text("xx/assess-it/", ".lf-fallback .admonition-title") == "Nuqneq"
    assert built.text("xx/assess-it/", ".lf-fallback p:last-child") == "Xish!"
    assert built.attributes("xx/assess-it/", ".lf-original", "dir") == ["ltr"]
    # Its own words, then those of the theme in English, then ours in the source language.
    assert built.attributes("xx/", ".md-search__input", "placeholder") == ["Sucha"]
    assert built.attributes("xx/", "nav.md-header__inner", "aria-label") == ["Header"]
    assert built.attributes("xx/", "#__palette_1", "aria-label") == ["Switch to dark colours"]
    assert built.text("xx/", "title") == "Wegweiser"
    assert built.attributes("de/", "a.md-select__link", "href") == ["../", "./", "../xx/"]
    assert "assess-it/" not in built.found_by_search("xx")
    assert built.attributes("404.html", "article section", "dir") == ["ltr", "ltr", "rtl"]


def test_a_language_variant_takes_the_words_of_its_language(site: Site) -> None:
    site.write({"docs/en/index.md": "# Home\n", "docs/de-AT/index.md": "# Servus\n"})
    built = site.locale("de-AT", name="Österreichisch").build("--strict")
    assert built.complaints == []
    assert built.attributes("de-AT/", "html", "lang") == ["de-AT"]
    assert built.attributes("de-AT/", ".md-search__input", "placeholder") == ["Suche"]


def test_the_tag_can_differ_from_the_key(site: Site) -> None:
    site.write({"docs/en/index.md": "# Home\n", "docs/pt_BR/index.md": "# Oi\n"})
    built = site.locale("pt_BR", name="Português").build("--strict")
    assert built.attributes("pt_BR/", "html", "lang") == ["pt-BR"]


def test_a_declared_language_without_a_folder_is_one_notice(site: Site) -> None:
    site.write({"docs/en/index.md": "# Home\n", "docs/en/more.md": "# More\n"})
    built = site.navigation("index", "more").build("--strict")
    assert built.exit_code == 0
    assert [line for line in built.lines("INFO") if ": LF" in line] == [
        "INFO    -  leitfaden: docs/de: LF913 The locale `de` is declared but has no folder; "
        "all of its pages show the source. Make the folder and translate a first page."
    ]
    assert built.text("de/", ".lf-original h1").startswith("Home")


def test_an_undeclared_language_is_told(site: Site) -> None:
    files = {"docs/en/index.md": "# Home\n", "docs/fr/index.md": "# Accueil\n"}
    built = site.write({**files, "docs/fr/more.md": "# Plus\n", "docs/js/x.txt": "x"}).build()
    assert [line for line in built.complaints if "LF911" in line] == built.complaints
    assert len(built.complaints) == 2
    assert "docs/fr: LF911 No locale `fr` is declared" in built.complaints[0]
    assert "docs/js: LF911" in built.complaints[1]
    assert not (built.site / "fr").exists()
    assert site.build("--strict").exit_code == 1


def test_the_source_need_not_be_english(site: Site) -> None:
    site.contract["source"] = "de"
    site.write({"docs/de/index.md": "# Start\n", "docs/en/index.md": "# Home\n"})
    site.edit("mkdocs.yml", "{locale: en, name: English", "{locale: de, name: Deutsch")
    built = site.build("--strict")
    assert built.complaints == []
    assert built.text("", "article h1").startswith("Start")
    assert built.text("en/", "article h1").startswith("Home")
    assert built.attributes("", "html", "lang") == ["de"]
    assert built.texts("404.html", "article h1, article h2")[0] == "Seite nicht gefunden"
    assert built.found_by_search("en")[""] == "Home"


def test_options_of_a_language_in_mkdocs_yml_are_kept(site: Site) -> None:
    site.write({"docs/en/index.md": "# Home\n", "docs/de/index.md": "# Start\n"})
    site.edit("mkdocs.yml", "English, default: true}", "English, default: true, site_name: Mine}")
    built = site.build("--strict")
    assert built.text("", "title") == "Mine"
    assert built.text("de/", "title") == "Leitfaden"
