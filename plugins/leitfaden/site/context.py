"""What the templates are told as `leitfaden`."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from leitfaden.contract import Contract
from leitfaden.rendering import Catalogue
from leitfaden.site import i18n
from leitfaden.site.build import Build
from leitfaden.site.wording import language_tag


@dataclass(frozen=True)
class Language:
    """A language that readers can choose.

    Args:
        locale: The locale's key.
        tag: Its BCP 47 tag.
        name: Its name in itself.
        direction: `ltr` or `rtl`.
        href: The same page in it, or its home page.
        current: Whether it is the reader's.
    """

    locale: str
    tag: str
    name: str
    direction: str
    href: str
    current: bool


@dataclass(frozen=True)
class SiteContext:
    """The template variable `leitfaden`; its `text` is also there as `ui`.

    Args:
        locale: The reader's locale.
        root: The folder of the locale, relative to the page; its search index lies below it.
        is_home: Whether this is the locale's home page.
        languages: All languages, the source first.
        original: The language that the content is in, where a translation is missing.
        canonical: The page's one full address, or None.
        catalogue: The site's texts.
        moved: Old anchors of the page, each with what it is called today.
    """

    locale: str
    root: str
    is_home: bool
    languages: tuple[Language, ...]
    original: Language | None
    canonical: str | None
    catalogue: Catalogue
    moved: Mapping[str, str] = field(default_factory=dict)

    def text(self, key: str, /, *, locale: str | None = None, **values: object) -> str:
        """Return one of the site's texts, in the reader's language or another."""
        return self.catalogue.text(key, locale or self.locale, **values)

    @property
    def language(self) -> Language:
        """The reader's language."""
        return next(language for language in self.languages if language.current)


def extended(variables: TemplateContext, about: SiteContext) -> TemplateContext:
    """Return a template's variables with ours."""
    return cast(TemplateContext, {**variables, "leitfaden": about, "ui": about.text})


def for_page(shown: MkDocsPage, build: Build, config: MkDocsConfig) -> SiteContext:
    """Return the context of a page."""
    here = build.current(config).locale
    root = i18n.root_of(here, config)
    languages = tuple(_languages(shown.file, here, build.contract, config))
    page = build.page_of(shown.file)
    missing = page is not None and page.locale != here
    return SiteContext(
        locale=here,
        root=get_relative_url(root, shown.url),
        is_home=shown.url.removesuffix("index.html") == root,
        languages=languages,
        original=next(
            (each for each in languages if page and missing and each.locale == page.locale), None
        ),
        canonical=_source_address(shown, config) if missing else shown.canonical_url,
        catalogue=build.catalogue,
        moved=_moved(page.id, here, build) if page else {},
    )


def _moved(page_id: str, locale: str, build: Build) -> dict[str, str]:
    """Return the old anchors of a page that may have kept its address, which no redirect sees."""
    return {
        moved.old: moved.new
        for redirect in build.redirects_to.get((locale, page_id), ())
        for moved in redirect.anchors
    }


def for_template(base_url: str, build: Build, config: MkDocsConfig) -> SiteContext:
    """Return the context of a template that is no page, such as `404.html`."""
    here = i18n.current_locale(config)
    languages = tuple(
        _language(locale, here, build.contract, posixpath.join(base_url, _home(locale, config)))
        for locale in i18n.built_locales(config)
        if locale in build.contract.locales
    )
    return SiteContext(here, base_url, False, languages, None, None, build.catalogue)


def _languages(
    file: File, here: str, contract: Contract, config: MkDocsConfig
) -> Iterator[Language]:
    same = i18n.alternates(file)
    for locale in i18n.built_locales(config):
        if locale not in contract.locales:
            continue
        home = get_relative_url(_home(locale, config), file.url)
        href = same[locale].url_relative_to(file) if locale in same else home
        yield _language(locale, here, contract, href)


def _language(locale: str, here: str, contract: Contract, href: str) -> Language:
    about = contract.locales[locale]
    tag = language_tag(locale, contract)
    return Language(locale, tag, about.name, about.direction, href, locale == here)


def _home(locale: str, config: MkDocsConfig) -> str:
    root = i18n.root_of(locale, config)
    return root if config.use_directory_urls else f"{root}index.html"


def _source_address(shown: MkDocsPage, config: MkDocsConfig) -> str | None:
    """Return the address of the page that is shown in place of its translation."""
    source = next(iter(i18n.built_locales(config)))
    original = i18n.alternates(shown.file).get(source)
    if original is None or not config.site_url:
        return shown.canonical_url
    return urljoin(config.site_url, original.url)
