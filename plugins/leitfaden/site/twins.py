"""The Markdown of pages beside them, and the list of it in `llms.txt`, for programs that read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from leitfaden.contract import NavEntry, NavGroup, NavPage, nav_pages
from leitfaden.model import Link, Page
from leitfaden.publishing.llms import NAME, LlmsLink, LlmsSection, llms_text
from leitfaden.publishing.twins import twin
from leitfaden.reading.references import Reference
from leitfaden.rendering import about
from leitfaden.site import i18n, sources
from leitfaden.site.build import Build, LocaleBuild
from leitfaden.site.links import LinkResolver
from leitfaden.site.navigation import heading

_ENDING = ".md"  # llmstxt.org: the page's own address with this behind it, `index.html.md`


def has_twin(page: Page, file: File, build: Build) -> bool:
    """Tell whether a page's Markdown is published.

    It is that of pages that somebody has written, in the dialect that we read.
    """
    written = file.src_uri not in build.generated and page.is_readable
    return written and sources.is_ours(page)


def twin_uri(file: File) -> str:
    """Return the path of a page's Markdown below the site."""
    return f"{file.dest_uri}{_ENDING}"


def write(here: LocaleBuild, build: Build, config: MkDocsConfig) -> None:
    """Write the Markdown of all pages of a locale, and a list of it.

    Args:
        here: What belongs to the locale.
        build: The build.
        config: MkDocs' configuration.
    """
    site = Path(config.site_dir)
    pages = dict(_written(here, build))
    for page, file in pages.values():
        links = _links(page, file, here, build, config)
        included = build.playbook.inclusions(page)
        trusted = build.contract.trusts_writers
        text = twin(page, _title(page, build), included, _Addresses(links).of, trusted)
        path = site / twin_uri(file)
        path.parent.mkdir(parents=True, exist_ok=True)  # another build may make the page
        path.write_text(text, "utf-8")
    folder = site / i18n.root_of(here.locale, config)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_text(_list(pages, here, build, config), "utf-8")


def _written(here: LocaleBuild, build: Build) -> Iterator[tuple[str, tuple[Page, File]]]:
    """Yield the pages that somebody has written in a locale, by id."""
    for file in here.files.documentation_pages():
        page = build.page_of(file)
        if page and page.locale == here.locale and has_twin(page, file, build):
            yield page.id, (page, file)


class _Addresses:
    """Where what a page names is found, relative to the page.

    Args:
        links: Resolves the page's links.
    """

    def __init__(self, links: LinkResolver) -> None:
        self._links = links

    def of(self, part: Page, reference: Reference) -> str | None:
        """Return the address of what a page, or a file that it includes, names."""
        links = self._links if part is self._links.page else replace(self._links, page=part)
        span = reference.span or reference.place
        link = Link(reference.target, "", reference.place, span, reference.image, -1)
        return links.address_of(link)


def _links(
    page: Page, file: File, here: LocaleBuild, build: Build, config: MkDocsConfig
) -> LinkResolver:
    return LinkResolver(
        page, file, here.locale, here.files, build.places, build.playbook, config, build.messages
    )


def _title(page: Page, build: Build) -> str:
    return about.title(page, build.playbook.source_of(page))


def _list(
    pages: dict[str, tuple[Page, File]], here: LocaleBuild, build: Build, config: MkDocsConfig
) -> str:
    """Return the text of a locale's `llms.txt`."""
    name, description = i18n.named(here.locale, config)
    text = build.catalogue.text
    left = dict(pages)
    root = i18n.root_of(here.locale, config)

    def link(page_id: str) -> LlmsLink:
        page, file = left.pop(page_id)
        uri = twin_uri(file)
        address = urljoin(config.site_url, uri) if config.site_url else uri.removeprefix(root)
        source = build.playbook.source_of(page)
        return LlmsLink(_title(page, build), address, about.description(page, source))

    sections = [
        LlmsSection(title, tuple(link(page_id) for page_id in ids if page_id in left))
        for title, ids in _groups(build, here.locale)
    ]
    more = LlmsSection(text("llms.more", here.locale), tuple(map(link, tuple(left))))
    return llms_text(name, description, text("llms.note", here.locale), (*sections, more))


def _groups(build: Build, locale: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what the navigation puts together: a heading, and the ids of the pages below it."""
    entries = build.contract.navigation
    top = tuple(entry for entry in entries if isinstance(entry, NavPage))
    yield build.catalogue.text("llms.first", locale), _ids(top)
    for entry in entries:
        if isinstance(entry, NavGroup):
            yield heading(entry, build.contract, locale), _ids(entry.pages)


def _ids(entries: Iterable[NavEntry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.page for entry in nav_pages(entries)))
