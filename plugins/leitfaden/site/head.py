"""What a page's head tells machines: search engines, programs that read Markdown."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage

from leitfaden.model import Page
from leitfaden.publishing.structured import (
    About,
    Crumb,
    Item,
    article,
    as_script,
    breadcrumbs,
    website,
)
from leitfaden.rendering import about
from leitfaden.rendering.trust import changed_on
from leitfaden.site import i18n, sitemap, twins
from leitfaden.site.build import Build
from leitfaden.site.trail import Crumb as ShownCrumb
from leitfaden.site.wording import language_tag


@dataclass(frozen=True)
class Head:
    """What stands in a page's head besides its title.

    Args:
        is_listed: Whether search engines may offer the page.
        is_article: Whether somebody has written it, and it is no list of others.
        twin: The address of its Markdown relative to it, or None.
        structured: The content of its script of structured data, or None.
    """

    is_listed: bool = True
    is_article: bool = False
    twin: str | None = None
    structured: Markup | None = None


# Servers show it at any address, and at its own it is no page to offer.
NOT_FOUND = Head(is_listed=False)


def for_page(
    shown: MkDocsPage,
    is_home: bool,
    trail: Iterable[ShownCrumb],
    build: Build,
    config: MkDocsConfig,
) -> Head:
    """Return what the head of a page tells.

    A page in place of its translation has nothing of its own to tell: the original does.

    Args:
        shown: The page as MkDocs knows it.
        is_home: Whether it is the home page of its locale.
        trail: The way to it, without the page itself.
        build: The build.
        config: MkDocs' configuration.
    """
    here = build.current(config).locale
    page = build.page_of(shown.file)
    if page is None or page.locale != here:
        return Head()
    has_twin = twins.has_twin(page, shown.file, build)
    is_article = has_twin and not is_home
    return Head(
        is_listed=sitemap.is_listed(page),
        is_article=is_article,
        twin=_name(shown.file) if has_twin else None,
        structured=_structured(page, shown, is_home, is_article, trail, build, config),
    )


def _name(file: File) -> str:
    return posixpath.basename(twins.twin_uri(file))


def _structured(
    page: Page,
    shown: MkDocsPage,
    is_home: bool,
    is_article: bool,
    trail: Iterable[ShownCrumb],
    build: Build,
    config: MkDocsConfig,
) -> Markup | None:
    address = shown.canonical_url
    if not address or not config.site_url or not sitemap.is_listed(page):
        return None
    tag = language_tag(page.locale, build.contract)
    name, description = i18n.named(page.locale, config)
    home = urljoin(config.site_url, i18n.root_of(page.locale, config))
    site = About(name, description, home, tag)
    if is_home:
        return Markup(as_script((website(site),)))
    source = build.playbook.source_of(page)
    one = About(about.title(page, source), about.description(page, source), address, tag)
    items: list[Item] = []
    if is_article:
        items.append(article(one, site, changed_on(page, build.knowledge)))
    items.append(breadcrumbs(_crumbs(trail, one)))
    return Markup(as_script(items))


def _crumbs(trail: Iterable[ShownCrumb], page: About) -> Iterator[Crumb]:
    for above in trail:
        yield Crumb(above.name, urljoin(page.address, above.href))
    yield Crumb(page.name, page.address)
