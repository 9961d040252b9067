"""What two ways of writing the same have in common: texts and link targets."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from leitfaden.contract import Contract

HASH_DIGITS = 12
PIECE_DIGITS = 6
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
_BLANKS = "\u00a0\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033"
_SINGLE = "\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u00b4`"
_DASHES = "\u2010\u2011\u2012\u2013\u2015\u2212"
_TYPOGRAPHY: Mapping[int, str | None] = MappingProxyType(
    {
        **dict.fromkeys(map(ord, _INVISIBLE)),
        **dict.fromkeys(map(ord, _BLANKS), " "),
        **dict.fromkeys(map(ord, _DOUBLE), '"'),
        **dict.fromkeys(map(ord, _SINGLE), "'"),
        **dict.fromkeys(map(ord, _DASHES), "-"),
        0x2014: " - ",  # stands between words, with blanks or without
        0x2026: "...",
    }
)
_TYPOGRAPHIC = re.compile(f"[{''.join(map(chr, _TYPOGRAPHY))}]")
_NOT_SEEN = dict.fromkeys(map(ord, _INVISIBLE))
_TYPED_DASH = re.compile(r"(?<!-)-{2,3}(?!-)")
_SENTENCE_END = re.compile("(?<=[.!?])[\"')\\]]*\\s+(?=\\S)|(?<=[\u3002\uff01\uff1f])")
_LOCALE_PART = re.compile(r"/([a-z]{2,3}[-_][a-z]{2,4})(?=/|&|$)", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"\u27e6\u27e7]+", re.IGNORECASE)
_BEHIND_URL = ".,;:!?)'\"*_"
_WEB_ENDINGS = (".html", ".htm")
OPEN, CLOSE = "\u27e6", "\u27e7"  # what a target stands between in a normal text


def digest(text: str, digits: int = HASH_DIGITS) -> str:
    """Return a short hash of a text.

    Args:
        text: The text, in its normal form.
        digits: How many hexadecimal digits.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    # What is not Unicode, such as half of a surrogate pair, must not stop anybody.
    data = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=HASH_DIGITS // 2).hexdigest()[:digits]


def plain_form(text: str) -> str:
    """Return a text without typography: one kind of quotes, dashes and blanks, composed letters."""
    if not text.isascii():
        if _TYPOGRAPHIC.search(text):
            text = text.translate(_TYPOGRAPHY)
        text = unicodedata.normalize("NFC", text)
    elif "`" in text:
        text = text.replace("`", "'")
    if "--" in text:
        text = _TYPED_DASH.sub(" - ", text)
    return text


def sentences(text: str) -> list[str]:
    """Return the sentences of a normal text; what ends them is all that is looked at.

    An abbreviation may end one too early. That does no harm: the same text always falls apart in
    the same places.
    """
    if text.isascii() and "." not in text and "!" not in text and "?" not in text:
        return [text] if text else []  # as names and cells are
    return [part for part in _SENTENCE_END.split(text) if part]


def for_people(text: str) -> str:
    """Return a normal text as people are shown it: a link's target in brackets behind it."""
    return text.replace(OPEN, " (").replace(CLOSE, ")") if OPEN in text else text


class Targets:
    """Says what link targets mean, whatever their form.

    Args:
        contract: The locales, whose names stand in targets.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._languages = {
            (spec.language or key).replace("_", "-").partition("-")[0].lower()
            for key, spec in contract.locales.items()
        }
        suffixes = {suffix for one in contract.locales.values() for suffix in one.legacy_suffixes}
        suffixes |= {f"{mark}{key}" for key in contract.locales for mark in "-_."}
        self._suffixes = tuple(sorted(suffixes, key=len, reverse=True))
        self.locales = frozenset(contract.locales)
        self._known: dict[tuple[str, str, str], str] = {}

    def canonical(self, target: str, folder: str, locale: str) -> str:
        """Return what a target has in common with all that lead to the same.

        Args:
            target: The target as the parser read it.
            folder: The page's folder, below that of its locale.
            locale: The page's locale.

        Returns:
            Of a page its id, with an anchor if there is one; of an address host and path, without
            scheme, language and a slash at the end.
        """
        key = (target, folder, locale)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > 20_000:
                self._known.clear()
            found = self._known[key] = self._canonical(
                target.translate(_NOT_SEEN).strip(), folder, locale
            )
        return found

    def in_text(self, text: str) -> str:
        """Put canonical targets in the place of the addresses that stand in a text as such."""
        if "://" not in text:
            return text
        return _URL.sub(self._bare, text)

    def _bare(self, match: re.Match[str]) -> str:
        address = match[0].rstrip(_BEHIND_URL)
        return f"{OPEN}{self.canonical(address, '', '')}{CLOSE}{match[0][len(address) :]}"

    def _canonical(self, target: str, folder: str, locale: str) -> str:
        try:
            scheme, host, path, query, anchor = urlsplit(target)
        except ValueError:
            return target
        if scheme and not host:
            return target.lower() if scheme == "mailto" else target
        if host:
            below = self._without_locales(unquote(path)).rstrip("/")
            rest = f"?{self._without_locales(query)}" if query else ""
            mark = f"#{anchor}" if anchor else ""
            return f"{host.lower()}{below}{rest}{mark}"
        mark = f"#{anchor}" if anchor else ""
        if not path:
            return mark
        return self._local(unquote(path), folder, locale) + mark

    def _local(self, path: str, folder: str, locale: str) -> str:
        if path.startswith("/"):
            return path
        full = posixpath.normpath(posixpath.join(locale or ".", folder, path))
        first, _, below = full.partition("/")
        if first in self._contract.locales and below:
            full, locale = below, first
        stem, ending = posixpath.splitext(full)
        if ending in (".md", *_WEB_ENDINGS, ""):
            name = stem if ending else full
            return self._contract.page_id(name, locale)
        bare = next((stem.removesuffix(s) for s in self._suffixes if stem.endswith(s)), stem)
        return bare + ending

    def _without_locales(self, text: str) -> str:
        return _LOCALE_PART.sub(lambda tag: "" if self._is_locale(tag[1]) else tag[0], text)

    def _is_locale(self, tag: str) -> bool:
        return re.split("[-_]", tag, maxsplit=1)[0].lower() in self._languages
