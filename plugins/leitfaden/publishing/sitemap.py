"""The sitemap: which pages there are, in which languages, and when they changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urljoin
from xml.sax.saxutils import escape, quoteattr

NAME = "sitemap.xml"
MAX_ADDRESSES = 50_000  # of one file, by the protocol
MAX_BYTES = 50 * 1024 * 1024  # the same

_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_URLSET = f'{_HEAD}<urlset xmlns="{_SCHEMA}" xmlns:xhtml="{_XHTML}">\n'
_URLSET_END = "</urlset>\n"
_INDEX = f'{_HEAD}<sitemapindex xmlns="{_SCHEMA}">\n'
_INDEX_END = "</sitemapindex>\n"
_DEFAULT = "x-default"


class Listed(NamedTuple):
    """A page in one language.

    Args:
        address: Its full address.
        changed: The day on which it was last changed, or None.
    """

    address: str
    changed: dt.date | None = None


class PageInLanguages(NamedTuple):
    """A page in all languages that it exists in.

    Args:
        languages: By BCP 47 tag.
        default: The tag of the language for readers of any other one; empty where none is meant.
    """

    languages: Mapping[str, Listed]
    default: str = ""


def sitemaps(pages: Iterable[PageInLanguages], site_url: str) -> dict[str, str]:
    """Return the texts of the sitemap's files by name; the first one is the one to start from.

    That is all there is, but for a site with more pages than the protocol lets one file hold.

    Args:
        pages: What there is to list.
        site_url: The site's full address.
    """
    files = list(_files(pages))
    if len(files) <= 1:
        return {NAME: "".join((_URLSET, *files, _URLSET_END))}
    names = [f"sitemap-{number}.xml" for number in range(1, len(files) + 1)]
    places = (
        f"  <sitemap><loc>{_text(urljoin(site_url, name))}</loc></sitemap>\n" for name in names
    )
    index = "".join((_INDEX, *places, _INDEX_END))
    parts = (f"{_URLSET}{entries}{_URLSET_END}" for entries in files)
    return {NAME: index, **dict(zip(names, parts, strict=True))}


def _files(pages: Iterable[PageInLanguages]) -> Iterator[str]:
    """Yield the entries of each file."""
    entries: list[str] = []
    room = MAX_BYTES - len(_URLSET) - len(_URLSET_END)
    size = 0
    for entry in (entry for page in pages for entry in _entries(page)):
        length = len(entry.encode())
        if entries and (len(entries) == MAX_ADDRESSES or size + length > room):
            yield "".join(entries)
            entries, size = [], 0
        entries.append(entry)
        size += length
    if entries:
        yield "".join(entries)


def _entries(page: PageInLanguages) -> Iterator[str]:
    alternates = "".join(_alternates(page)) if len(page.languages) > 1 else ""
    for listed in page.languages.values():
        day = f"    <lastmod>{listed.changed.isoformat()}</lastmod>\n" if listed.changed else ""
        yield f"  <url>\n    <loc>{_text(listed.address)}</loc>\n{day}{alternates}  </url>\n"


def _alternates(page: PageInLanguages) -> Iterator[str]:
    for tag, listed in page.languages.items():
        yield _alternate(tag, listed)
    if page.default in page.languages:
        yield _alternate(_DEFAULT, page.languages[page.default])


def _alternate(tag: str, listed: Listed) -> str:
    values = f"hreflang={quoteattr(tag)} href={quoteattr(listed.address)}"
    return f'    <xhtml:link rel="alternate" {values}/>\n'


def _text(address: str) -> str:
    return escape(address, {"'": "&apos;", '"': "&quot;"})
