"""The way to a page, as its top shows it and as search engines read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mkdocs.structure.pages import Page as MkDocsPage

from leitfaden.model import Page
from leitfaden.rendering import about
from leitfaden.site.build import Build, LocaleBuild
from leitfaden.site.navigation import page_file


@dataclass(frozen=True)
class Crumb:
    """A page on the way to another one.

    Args:
        name: What it is called.
        href: Its address, relative to the page that it leads to.
        page_id: Its id.
        locale: The locale that its name is written in.
    """

    name: str
    href: str
    page_id: str
    locale: str


def trail_of(shown: MkDocsPage, build: Build, here: LocaleBuild) -> tuple[Crumb, ...]:
    """Return the pages on the way to a page, from the home page to what stands right above it.

    Args:
        shown: The page as MkDocs knows it.
        build: The build.
        here: What belongs to the reader's locale.
    """
    page = build.page_of(shown.file)
    if page is None:
        return ()
    return tuple(_crumbs(page, shown, build, here))


def _crumbs(page: Page, shown: MkDocsPage, build: Build, here: LocaleBuild) -> Iterator[Crumb]:
    for page_id in build.renderer.way_to(page, build.playbook, here.locale):
        above = build.playbook.shown(page_id, here.locale)
        file = page_file(page_id, here.files, here.locale)
        if above is None or file is None:
            continue
        name, locale = _name(above, build, here)
        yield Crumb(name, file.url_relative_to(shown.file), page_id, locale)


def _name(page: Page, build: Build, here: LocaleBuild) -> tuple[str, str]:
    """Return what a page is called in few words, and in which locale."""
    if page.id in here.titles:
        return here.titles[page.id], here.locale
    return about.title(page, build.playbook.source_of(page)), page.locale
