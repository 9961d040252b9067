"""The feeds of what changed: of a whole locale, and of each role and each service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import quote, urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url

from leitfaden.model.madeids import CHANGES, term_page
from leitfaden.publishing.feed import Category, Feed, FeedEntry, atom, entry_id
from leitfaden.reading.changes import PageChange, changes_of
from leitfaden.rendering import about
from leitfaden.site import i18n
from leitfaden.site.build import Build, LocaleBuild
from leitfaden.site.changes import terms
from leitfaden.site.navigation import page_file
from leitfaden.site.wording import language_tag

_MOST = 100  # entries of a feed; whoever reads it seldom finds the others on the site


@dataclass(frozen=True)
class FeedLink:
    """A feed, as a page's head names it."""

    title: str
    href: str


def links_of(shown: MkDocsPage, build: Build, config: MkDocsConfig) -> tuple[FeedLink, ...]:
    """Return the feeds that a page's head names: its own, and that of all changes.

    Args:
        shown: The page.
        build: The build.
        config: MkDocs' configuration.
    """
    locale, page = build.current(config).locale, build.page_of(shown.file)
    ids = dict.fromkeys((page.id if page else CHANGES, CHANGES))
    found = ((page_id, build.knowledge.feed_of(locale, page_id)) for page_id in ids)
    return tuple(
        FeedLink(_title(page_id, locale, build, config), get_relative_url(uri, shown.url))
        for page_id, uri in found
        if uri
    )


def write(here: LocaleBuild, build: Build, config: MkDocsConfig) -> None:
    """Write all feeds of a locale.

    Args:
        here: What belongs to the locale.
        build: The build.
        config: MkDocs' configuration.
    """
    locale = here.locale
    changes = build.knowledge.changes(locale)
    _write(CHANGES, changes, locale, build, config)
    for vocabulary, key in terms(build.contract):
        found = changes_of((vocabulary, key), changes, build.playbook, build.contract, locale)
        _write(term_page(vocabulary, key), found, locale, build, config)


def _write(
    page_id: str, changes: Sequence[PageChange], locale: str, build: Build, config: MkDocsConfig
) -> None:
    uri = build.knowledge.feed_of(locale, page_id)
    if uri is None:
        return
    root = urljoin(config.site_url or "", i18n.root_of(locale, config))
    feed = Feed(
        title=_title(page_id, locale, build, config),
        url=urljoin(config.site_url or "", uri),
        page_url=_address(page_id, locale, build) or root,
        lang=language_tag(locale, build.contract),
        author=i18n.named(locale, config)[0],
        entries=tuple(islice(_entries(changes, locale, build, config), _MOST)),
    )
    if feed.entries:
        path = Path(config.site_dir, uri)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(atom(feed), encoding="utf-8")


def _entries(
    changes: Sequence[PageChange], locale: str, build: Build, config: MkDocsConfig
) -> Iterator[FeedEntry]:
    for one in changes:
        address = _address(one.page.id, locale, build)
        if address is None:
            continue  # mkdocs.yml keeps the page from being published
        title = about.title(one.page, build.playbook.source_of(one.page))
        text = one.text or build.catalogue.text("changes.unsaid", one.page.locale)
        yield FeedEntry(
            id=entry_id(config.site_url or "", one.day, locale, one.page.id, one.number),
            title=build.catalogue.text("changes.entry", locale, page=title, what=text),
            url=address + _anchor(one),
            day=one.day,
            summary=text,
            lang=language_tag(one.page.locale, build.contract),
            categories=tuple(_categories(one, locale, build)),
        )


def _anchor(one: PageChange) -> str:
    """Return the first place of the page that a change names, as the end of an address."""
    here = (place.anchor for place in one.named if place.page_id == one.page.id and place.anchor)
    anchor = next(here, "")
    return f"#{quote(anchor)}" if anchor else ""


def _categories(one: PageChange, locale: str, build: Build) -> Iterator[Category]:
    for key in one.page.phases:
        yield Category(key, build.contract.phases[key].name(locale))
    if one.trivial:
        yield Category("trivial", build.catalogue.text("changes.trivial-one", locale))


def _title(page_id: str, locale: str, build: Build, config: MkDocsConfig) -> str:
    site = i18n.named(locale, config)[0]
    if page_id == CHANGES:
        return build.catalogue.text("changes.feed-all", locale, site=site)
    vocabulary, _, key = page_id.partition("/")
    name = build.contract.vocabulary(vocabulary)[key].name(locale)
    return build.catalogue.text("changes.feed-term", locale, site=site, name=name)


def _address(page_id: str, locale: str, build: Build) -> str | None:
    """Return the full address of a page, in a locale that has been built."""
    file = page_file(page_id, build.locales[locale].files, locale)
    return file.page.canonical_url if file and file.page else None
