"""Addresses on the web: what they consist of, and what they are wrapped in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

# Outlook puts this service in front of each address in a mail.
_SAFELINKS = "safelinks.protection.outlook.com"
_TAG = re.compile(r"([a-z]{2,3})(?:-[a-z]{4})?-(?:[a-z]{2}|\d{3})", re.IGNORECASE)
_IN_PATH = re.compile(r"(?<=/)[A-Za-z0-9-]+(?=/|$|\?|#)")


class WebAddress(NamedTuple):
    """A web address as a reader gets it.

    Args:
        url: The address; of a wrapped one what it is wrapped around.
        scheme: `http` or `https`; empty where the address takes that of the page.
        host: In lower case, without a port.
        path: The path.
        query: The query.
        wrapped: Whether it stands in the target of another service.
    """

    url: str
    scheme: str
    host: str
    path: str
    query: str
    wrapped: bool = False


@lru_cache(maxsize=8192)
def web_address(target: str) -> WebAddress | None:
    """Return a link's target as a web address, unwrapped; None if it is none."""
    if "//" not in target:
        return None
    address = _read(target)
    if address is None or not is_host(address.host, (_SAFELINKS,)):
        return address
    inner = _read(next(iter(parse_qs(address.query).get("url", ())), ""))
    return inner._replace(wrapped=True) if inner and inner.scheme else address


def _read(target: str) -> WebAddress | None:
    try:
        scheme, host, path, query, _ = urlsplit(target)
    except ValueError:
        return None
    if not host or scheme not in ("http", "https", ""):
        return None
    name = host.rpartition("@")[2].partition(":")[0].lower()
    return WebAddress(target, scheme, name, path, query)


@lru_cache(maxsize=8192)
def is_host(host: str, known: tuple[str, ...]) -> bool:
    """Tell whether a host is one of those that are known, or below one of them."""
    return any(host == name or host.endswith(f".{name}") for name in known)


class LanguageTag(NamedTuple):
    """A language in an address, such as `en-us`.

    Args:
        start: Where it stands in the address.
        text: As written.
        language: The language alone, such as `en`.
    """

    start: int
    text: str
    language: str


@lru_cache(maxsize=8192)
def language_tags(url: str) -> tuple[LanguageTag, ...]:
    """Return the parts of an address's path that name a language and a region."""
    return tuple(_language_tags(url))


def _language_tags(url: str) -> Iterator[LanguageTag]:
    query = min((at for mark in "?#" if (at := url.find(mark)) >= 0), default=len(url))
    host = url.find("//") + 2
    for part in _IN_PATH.finditer(url, url.find("/", host) if "/" in url[host:] else query, query):
        tag = _TAG.fullmatch(part[0])
        if tag:
            yield LanguageTag(part.start(), part[0], tag[1].lower())


@lru_cache(maxsize=8192)
def without_language(target: str) -> str:
    """Return what an address has in common with the same one for readers of other languages.

    It begins with the host, and is empty for what is no address.
    """
    if not target.isascii():  # invisible characters come with what was copied from a browser
        target = "".join(character for character in target if character.isprintable()).strip()
    address = web_address(target)
    if address is None:
        return ""
    parts = [part for part in address.path.split("/") if part and not _TAG.fullmatch(part)]
    query = f"?{address.query}" if address.query else ""
    return "/".join((address.host, *parts)) + query
