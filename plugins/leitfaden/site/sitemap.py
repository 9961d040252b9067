"""The site's map for search engines, in place of the one that MkDocs would write."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from leitfaden.model import Page
from leitfaden.publishing.sitemap import NAME, Listed, PageInLanguages, sitemaps
from leitfaden.rendering.trust import changed_on
from leitfaden.site.build import Build
from leitfaden.site.wording import language_tag


def leave_to_us(files: Files, config: MkDocsConfig) -> None:
    """Keep MkDocs from writing a sitemap: it lists fallback pages, and knows no other language."""
    config.theme.static_templates.discard(NAME)
    template = files.get_file_from_path(NAME)  # what is no template is copied as it is
    if template and template.src_dir != config.docs_dir:
        files.remove(template)


def is_listed(page: Page) -> bool:
    """Tell whether search engines should offer a page: not one that repeats others for print."""
    return page.view != "print"


def write(build: Build, config: MkDocsConfig) -> None:
    """Write the sitemap; a site that does not know its own address has none.

    Args:
        build: The build.
        config: MkDocs' configuration.
    """
    if not config.site_url:
        return
    site = Path(config.site_dir)
    for name, text in sitemaps(_pages(build), config.site_url).items():
        (site / name).write_text(text, "utf-8")
        if name == NAME:
            # No time and no name in it: the same text makes the same bytes.
            (site / f"{name}.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def _pages(build: Build) -> Iterator[PageInLanguages]:
    """Yield each page with the languages that it has been written in."""
    found: dict[str, dict[str, Listed]] = {}
    for locale, here in build.locales.items():
        for file in here.files.documentation_pages():
            page = build.page_of(file)
            address = file.page.canonical_url if file.page else None
            if not address:
                continue
            if page is None:  # another plugin's, of which nothing else is known
                found.setdefault(address, {locale: Listed(address)})
            elif page.locale == locale and is_listed(page):
                listed = Listed(address, changed_on(page, build.knowledge))
                found.setdefault(page.id, {})[locale] = listed
    contract = build.contract
    for languages in found.values():
        by_tag = {language_tag(locale, contract): one for locale, one in languages.items()}
        default = contract.source if contract.source in languages else ""
        yield PageInLanguages(by_tag, language_tag(default, contract) if default else "")
