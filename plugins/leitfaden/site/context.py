"""What the templates are told as `leitfaden`."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import cast
from urllib.parse import urljoin

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from leitfaden.contract import Contract
from leitfaden.model.madeids import FINDER
from leitfaden.rendering import Catalogue
from leitfaden.site import feeds, head, i18n
from leitfaden.site.build import Build, LocaleBuild
from leitfaden.site.feeds import FeedLink
from leitfaden.site.foreign import Foreign, tags_of
from leitfaden.site.head import Head
from leitfaden.site.navigation import page_file
from leitfaden.site.sidebar import Sidebar, shared_by_all
from leitfaden.site.trail import Crumb, trail_of
from leitfaden.site.ways import Way, ways_of
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
        root: The folder of its pages, relative to the page.
        current: Whether it is the reader's.
        exists: Whether the page has been written in it.
    """

    locale: str
    tag: str
    name: str
    direction: str
    href: str
    root: str
    current: bool
    exists: bool = False


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
        trail: The pages on the way to this one, from the home page on, without the page itself.
        feeds: The feeds of changes that go with the page.
        sidebar: Puts the navigation of the page together.
        moved: Old anchors of the page, each with what it is called today.
        head: What the page's head tells machines.
        finder: The page that finds tasks, below the root of each locale; None without tasks.
        ways: The pages of the locale from which readers find others.
        kept: What templates have kept for the other pages of the locale.
        policy: What the page allows its browser; empty if pages don't tell.
    """

    locale: str
    root: str
    is_home: bool
    languages: tuple[Language, ...]
    original: Language | None
    canonical: str | None
    catalogue: Catalogue
    trail: tuple[Crumb, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    sidebar: Sidebar = field(default_factory=Sidebar)
    moved: Mapping[str, str] = field(default_factory=dict)
    head: Head = field(default_factory=Head)
    finder: str | None = None
    ways: tuple[Way, ...] = ()
    kept: dict[str, str] = field(default_factory=dict)
    policy: Markup = field(default_factory=Markup)

    def text(self, key: str, /, *, locale: str | None = None, **values: object) -> str:
        """Return one of the site's texts, in the reader's language or another."""
        return self.catalogue.text(key, locale or self.locale, **values)

    def keep(self, name: str, html: str) -> str:
        """Keep what a template has made and would make on all other pages of the locale."""
        self.kept[name] = html
        return html

    @property
    def language(self) -> Language:
        """The reader's language."""
        return next(language for language in self.languages if language.current)

    @property
    def offers(self) -> tuple[Language, ...]:
        """The other languages of the page that have words to offer themselves in."""
        return tuple(
            each
            for each in self.languages
            if each.exists and not each.current and self.catalogue.get("offer.text", each.locale)
        )


def extended(variables: TemplateContext, about: SiteContext) -> TemplateContext:
    """Return a template's variables with ours."""
    return cast(TemplateContext, {**variables, "leitfaden": about, "ui": about.text})


def for_page(shown: MkDocsPage, nav: Navigation, build: Build, config: MkDocsConfig) -> SiteContext:
    """Return the context of a page."""
    here = build.current(config).locale
    root = i18n.root_of(here, config)
    languages = tuple(_languages(shown.file, here, build, config))
    is_home = shown.url.removesuffix("index.html") == root
    page = build.page_of(shown.file)
    missing = page is not None and page.locale != here
    trail = trail_of(shown, build, build.current(config))
    return SiteContext(
        locale=here,
        root=get_relative_url(root, shown.url),
        is_home=is_home,
        languages=languages,
        original=next(
            (each for each in languages if page and missing and each.locale == page.locale), None
        ),
        canonical=_source_address(shown, config) if missing else shown.canonical_url,
        catalogue=build.catalogue,
        trail=trail,
        feeds=feeds.links_of(shown, build, config),
        sidebar=_sidebar(shown, nav, build, build.current(config), config),
        moved=_moved(page.id, here, build) if page else {},
        head=head.for_page(shown, is_home, trail, build, config),
        ways=tuple(ways_of(build, build.current(config), partial(_relative, to=shown.url))),
        kept=build.current(config).kept,
        policy=build.policies.of(get_relative_url(".", shown.url), here, config),
    )


def _relative(url: str, to: str) -> str:
    """Return an address as a link from another page."""
    return get_relative_url(url, to)


def _moved(page_id: str, locale: str, build: Build) -> dict[str, str]:
    """Return the old anchors of a page that may have kept its address, which no redirect sees."""
    return {
        moved.old: moved.new
        for redirect in build.redirects_to.get((locale, page_id), ())
        for moved in redirect.anchors
    }


def _sidebar(
    shown: MkDocsPage, nav: Navigation, build: Build, here: LocaleBuild, config: MkDocsConfig
) -> Sidebar:
    """Return the navigation of a page; which others have no translation is known before all."""
    if here.foreign is None:
        pages = ((file.url, build.page_of(file)) for file in here.files.documentation_pages())
        here.foreign = tags_of(
            (url, language_tag(page.locale, build.contract))
            for url, page in pages
            if page is not None and page.locale != here.locale
        )
    if here.env is not None:
        here.shared = shared_by_all(nav, here.env, config, here.foreign)
        here.env = None
    foreign = Foreign(here.foreign, shown.url.removeprefix("./"))
    return Sidebar(shown, foreign, here.shared)


def for_template(base_url: str, build: Build, config: MkDocsConfig) -> SiteContext:
    """Return the context of a template that is no page, such as `404.html`."""
    here = i18n.current_locale(config)
    join = partial(posixpath.join, base_url)
    languages = tuple(
        _language(
            locale,
            here,
            build.contract,
            join(_home(locale, config)),
            join(i18n.root_of(locale, config)),
        )
        for locale in i18n.built_locales(config)
        if locale in build.contract.locales
    )
    return SiteContext(
        locale=here,
        root=base_url,
        is_home=False,
        languages=languages,
        original=None,
        canonical=None,
        catalogue=build.catalogue,
        head=head.NOT_FOUND,
        finder=_finder(build, config),
        ways=tuple(ways_of(build, build.current(config), join)),
        kept=build.current(config).kept,
        policy=build.policies.of(base_url, here, config),
    )


def _languages(file: File, here: str, build: Build, config: MkDocsConfig) -> Iterator[Language]:
    same = i18n.alternates(file)
    page = build.page_of(file)
    for locale in i18n.built_locales(config):
        if locale not in build.contract.locales:
            continue
        root = get_relative_url(i18n.root_of(locale, config), file.url)
        if locale in same:
            href = same[locale].url_relative_to(file)
        else:
            href = get_relative_url(_home(locale, config), file.url)
        written = page is not None and build.playbook.page(page.id, locale) is not None
        exists = written and locale in same
        yield _language(locale, here, build.contract, href, root, exists)


def _language(
    locale: str, here: str, contract: Contract, href: str, root: str, exists: bool = False
) -> Language:
    about = contract.locales[locale]
    tag = language_tag(locale, contract)
    return Language(locale, tag, about.name, about.direction, href, root, locale == here, exists)


def _finder(build: Build, config: MkDocsConfig) -> str | None:
    here = build.current(config)
    found = page_file(FINDER, here.files, here.locale)
    return found.url.removeprefix(i18n.root_of(here.locale, config)) if found else None


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
