"""Feeds of changes, as Atom (RFC 4287)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

NAME = "feed.xml"
MEDIA_TYPE = "application/atom+xml"
# What XML 1.0 cannot hold, not even escaped.
_UNTOLD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


@dataclass(frozen=True, slots=True)
class Category:
    """What an entry is about: a key, and what it is called in the feed's language."""

    term: str
    label: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A change.

    Args:
        id: What it is known by for all time: see `entry_id`.
        title: What is shown in a list.
        url: The full address of what changed.
        day: When.
        summary: What changed.
        lang: The BCP 47 tag of title and summary.
        categories: What it is about.
    """

    id: str
    title: str
    url: str
    day: dt.date
    summary: str
    lang: str
    categories: tuple[Category, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of changes.

    Args:
        title: What it is called.
        url: Its own full address, by which it is known.
        page_url: The full address of the page that shows the same.
        lang: The BCP 47 tag of its language.
        author: Who stands for the changes: the site, no person.
        entries: At least one; the newest is the first.
    """

    title: str
    url: str
    page_url: str
    lang: str
    author: str
    entries: Sequence[FeedEntry]


def entry_id(site_url: str, day: dt.date, locale: str, page_id: str, number: int) -> str:
    """Return an id that stays the same whatever the entry says: a `tag:` address (RFC 4151).

    Args:
        site_url: The site's full address.
        day: The day of the change.
        locale: The readers' locale.
        page_id: The page that changed.
        number: Which one of the page's changes of that day it is.
    """
    site = urlsplit(site_url)
    host = (site.hostname or "").encode("idna").decode("ascii") or "localhost"
    path = f"{site.path.strip('/')}/{locale}/{page_id}/{number}".lstrip("/")
    return f"tag:{host},{day.isoformat()}:{quote(path)}"


def atom(feed: Feed) -> str:
    """Return a feed as XML.

    The same changes make the same text: no time but theirs is in it.

    Args:
        feed: The feed.
    """
    return "".join(f"{line}\n" for line in _lines(feed))


def _lines(feed: Feed) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_text(feed.lang)}">'
    yield f"  <id>{_text(feed.url)}</id>"
    yield f"  <title>{_text(feed.title)}</title>"
    yield f"  <updated>{_time(max(entry.day for entry in feed.entries))}</updated>"
    yield f"  <author><name>{_text(feed.author)}</name></author>"
    yield f'  <link rel="self" type="{MEDIA_TYPE}" href="{_text(feed.url)}"/>'
    yield f'  <link rel="alternate" type="text/html" href="{_text(feed.page_url)}"/>'
    for entry in feed.entries:
        yield from _entry(entry, feed.lang)
    yield "</feed>"


def _entry(entry: FeedEntry, lang: str) -> Iterator[str]:
    other = f' xml:lang="{_text(entry.lang)}"' if entry.lang != lang else ""
    yield f"  <entry{other}>"
    yield f"    <id>{_text(entry.id)}</id>"
    yield f"    <title>{_text(entry.title)}</title>"
    yield f"    <updated>{_time(entry.day)}</updated>"
    yield f'    <link rel="alternate" type="text/html" href="{_text(entry.url)}"/>'
    for one in entry.categories:
        yield f'    <category term="{_text(one.term)}" label="{_text(one.label)}"/>'
    yield f"    <summary>{_text(entry.summary)}</summary>"
    yield "  </entry>"


def _time(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(text: str) -> str:
    """Return plain text as XML, for an element or an attribute."""
    told = " ".join(_UNTOLD.sub("", text).split())
    return told.translate(_ESCAPED)
