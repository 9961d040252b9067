"""The templates' side of the components, and the site's own texts."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from leitfaden.rendering import Catalogue, CatalogueError, Renderer
from tests.rendering.support import TEMPLATES, Dom, Site, renderer_of, small_contract


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("partials", "views", "locales"):
        shutil.copytree(TEMPLATES / name, tmp_path / name)
    return tmp_path


def html_with(folder: Path, markdown: str) -> str:
    site = Site()
    contract = small_contract()
    site.renderer = Renderer(contract, folder, Catalogue.load(TEMPLATES, contract))
    return site.render(site.add(markdown)).html


@pytest.mark.parametrize("template", ["", "{{ body }}{{ body }}", "{{ body | length }}"])
def test_a_template_shows_its_content_once(folder: Path, template: str) -> None:
    (folder / "partials/leitfaden/alert.html").write_text(template)
    with pytest.raises(ValueError, match=r"alert\.html must show `body` once"):
        html_with(folder, "> [!NOTE]\n> x\n")


def test_a_template_may_wrap_its_content_in_anything(folder: Path) -> None:
    (folder / "partials/leitfaden/table.html").write_text("<figure>{{ table | trim }}</figure>")
    page = Dom(html_with(folder, "| a |\n|---|\n| b |\n"))
    assert page.texts("figure > table td") == ["b"]


def test_a_template_that_asks_for_something_unknown_says_so(folder: Path) -> None:
    (folder / "partials/leitfaden/alert.html").write_text("{{ body }}{{ colour }}")
    with pytest.raises(Exception, match="colour"):
        html_with(folder, "> [!NOTE]\n> x\n")


def test_what_a_template_shows_is_escaped(folder: Path) -> None:
    (folder / "partials/leitfaden/alert.html").write_text("{{ '<b>' }}{{ body }}")
    assert html_with(folder, "> [!NOTE]\n> *x*\n").startswith("&lt;b&gt;<p><em>x</em></p>")


def test_a_renderer_keeps_its_templates(folder: Path) -> None:
    contract = small_contract()
    renderer = Renderer(contract, folder, Catalogue.load(TEMPLATES, contract))
    site = Site()
    site.renderer = renderer
    page = site.add("> [!NOTE]\n> x\n\n| a |\n|---|\n| b |\n")
    first = site.render(page).html
    shutil.rmtree(folder / "partials")
    assert site.render(page).html == first


class TestCatalogue:
    def write(self, folder: Path, **texts: str) -> Path:
        (folder / "locales").mkdir(exist_ok=True)
        for locale, text in texts.items():
            (folder / "locales" / f"{locale}.yml").write_text(text, "utf-8")
        return folder

    def test_texts_are_found_by_dotted_keys(self, tmp_path: Path) -> None:
        self.write(tmp_path, en="a: {b: {c: Text}}\n", de="a: {b: {c: Wort}}\n")
        catalogue = Catalogue.load(tmp_path, small_contract())
        assert catalogue.text("a.b.c", "de") == "Wort"
        assert catalogue.keys("de") == {"a.b.c"}

    def test_what_a_locale_lacks_is_the_sources(self, tmp_path: Path) -> None:
        self.write(tmp_path, en="a: Text\nb: '{n} of {m}'\n", de="a: ''\n")
        catalogue = Catalogue.load(tmp_path, small_contract())
        assert catalogue.text("a", "de") == "Text"
        assert catalogue.text("b", "de", n=1, m="{x}") == "1 of {x}"
        assert catalogue.get("b", "de") is None

    def test_a_locale_without_a_file_has_no_texts(self, tmp_path: Path) -> None:
        self.write(tmp_path, en="a: Text\n")
        assert Catalogue.load(tmp_path, small_contract()).keys("de") == frozenset()

    def test_a_text_that_nobody_has_is_a_mistake(self, tmp_path: Path) -> None:
        self.write(tmp_path, en="a: Text\n")
        with pytest.raises(KeyError):
            Catalogue.load(tmp_path, small_contract()).text("b", "en")

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("- a\n", "not a mapping"),
            ("a: 3\n", "`a` is not a text"),
            ("a: {b: [c]}\n", r"`a\.b` is not a text"),
            ("a: [\n", "cannot be read"),
            ("", "not a mapping"),
        ],
    )
    def test_a_broken_file_is_told(self, tmp_path: Path, text: str, reason: str) -> None:
        self.write(tmp_path, en="a: Text\n", de=text)
        with pytest.raises(CatalogueError, match=reason) as error:
            Catalogue.load(tmp_path, small_contract())
        (diagnostic,) = error.value.diagnostics
        assert diagnostic.code == "LF908"
        assert diagnostic.place.path.endswith("locales/de.yml")

    def test_the_source_needs_a_file_and_nothing_else_is_told_without_it(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "locales").mkdir()
        (tmp_path / "locales" / "de.yml").write_text("a: Text\nb: Text\n", "utf-8")
        with pytest.raises(CatalogueError, match=r"en\.yml") as error:
            Catalogue.load(tmp_path, small_contract())
        assert len(error.value.diagnostics) == 1

    def test_bytes_that_are_no_text_are_told(self, tmp_path: Path) -> None:
        self.write(tmp_path, en="a: Text\n")
        (tmp_path / "locales" / "de.yml").write_bytes(b"a: \xff\n")
        with pytest.raises(CatalogueError, match="cannot be read"):
            Catalogue.load(tmp_path, small_contract())


def test_the_real_catalogues_fit_the_small_contract() -> None:
    assert renderer_of(small_contract()).contract is small_contract()
