"""Old addresses and old anchors → redirects."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from leitfaden.checking.redirects import Addresses
from leitfaden.importing.names import without_ending
from leitfaden.model import Event, Heading, MovedAnchor, Page, Redirect
from leitfaden.reading.redirects import address_fault, read_redirects, redirects_text


class Lost(NamedTuple):
    """An old address that cannot lead to its page.

    Args:
        address: The address.
        page_id: The page that it should lead to.
        taken: What is at that address; empty if it cannot be an address of the new site.
        locale: The locale, where it is the very page in another language.
    """

    address: str
    page_id: str
    taken: str = ""
    locale: str = ""


class Redirects(NamedTuple):
    """The redirects of an import.

    Args:
        redirects: All that the tree needs, sorted by address.
        lost: The addresses that cannot lead anywhere.
        data: What the file is to hold; None if it stays as it is.
        added: How many of the redirects the file lacks.
        problem: Whether the file cannot be added to.
    """

    redirects: tuple[Redirect, ...]
    lost: tuple[Lost, ...]
    data: bytes | None
    added: int
    problem: bool = False


def old_ids(page: Page) -> tuple[str, ...]:
    """Return the ids that GitHub and docfx give to the headings of a page, in their order."""
    seen: Counter[str] = Counter()
    ids = []
    for heading in page.headings:
        name = _old_slug(_as_written(page, heading))
        ids.append(f"{name}-{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return tuple(ids)


def _as_written(page: Page, heading: Heading) -> str:
    """Return a heading's text with all of its blanks: each of them is a hyphen in the id."""
    events = page.events[slice(*heading.events)]
    return "".join(
        str(one.value) if one.kind in ("text", "code") else " " * _breaks(one) for one in events
    )


def _breaks(event: Event) -> bool:
    return event.kind in ("soft-break", "hard-break")


def _old_slug(text: str) -> str:
    kept = (char for char in text.strip().lower() if _stays(char))
    return "".join(kept).replace(" ", "-")


def _stays(char: str) -> bool:
    return char.isalnum() or char in "-_ " or unicodedata.category(char)[0] == "M"


def moved_anchors(old: Sequence[str], new: Sequence[str]) -> Mapping[str, str]:
    """Return the old anchors of a page that are called otherwise now.

    Args:
        old: The old ids of its headings.
        new: The new ones, as many.
    """
    if len(old) != len(new):
        return {}
    today = set(new)
    return {
        before: after
        for before, after in zip(old, new, strict=True)
        if before and before != after and before not in today
    }


def planned(
    moved: Iterable[tuple[str, str]],
    anchors: Mapping[str, Mapping[str, str]],
    locale: str,
    prefix: str,
    addresses: Addresses,
) -> tuple[tuple[Redirect, ...], tuple[Lost, ...]]:
    """Return the redirects from the old addresses of files to their pages.

    Args:
        moved: Each file of the tree with the id of the page that came of it or stands for it.
        anchors: The old anchors of each page that are called otherwise now.
        locale: The locale in which readers get the pages.
        prefix: The folder in which the old site showed the tree.
        addresses: What is at which address of the new site.
    """
    redirects: dict[str, Redirect] = {}
    lost = []
    for name, page_id in sorted(moved):
        address = "/".join(filter(None, (prefix, without_ending(name))))
        taken = _taken(address, page_id, locale, addresses)
        if taken is not None:
            other = taken.partition("/")[0] if taken.endswith(f"/{page_id}") else ""
            lost.append(Lost(address, page_id, taken, other))
            continue
        pairs = sorted(anchors.get(page_id, {}).items())
        known = tuple(MovedAnchor(old, new) for old, new in pairs)
        redirects.setdefault(address, Redirect(address, page_id, locale, known))
    return tuple(redirects[address] for address in sorted(redirects)), tuple(lost)


def _taken(address: str, page_id: str, locale: str, addresses: Addresses) -> str | None:
    """Return what keeps an address from leading to a page; None if nothing does."""
    if address_fault(address):
        return ""
    there = addresses.page_at(address)
    if there and there != (page_id, locale):
        return f"{there[1]}/{there[0]}"
    return addresses.file_at(address)


def merged(
    wanted: tuple[Redirect, ...],
    lost: tuple[Lost, ...],
    before: bytes | None,
    path: str,
    locale: str,
) -> Redirects:
    """Add redirects to a file; what it holds stays as it is.

    Args:
        wanted: The redirects that the tree needs.
        lost: The addresses that cannot lead anywhere.
        before: What the file holds; None if there is none.
        path: The file, as findings name it.
        locale: The locale of the file.
    """
    if before is None:
        data = redirects_text(wanted).encode() if wanted else None
        return Redirects(wanted, lost, data, len(wanted))
    known = read_redirects(before, path=path, locale=locale)
    there = {one.address for one in known.redirects}
    new = tuple(one for one in wanted if one.address not in there)
    if not new:
        return Redirects(wanted, lost, None, 0)
    gap = b"" if not before or before.endswith(b"\n") else b"\n"
    data = before + gap + redirects_text(new).partition("\n")[2].encode()
    after = read_redirects(data, path=path, locale=locale)
    if known.faults or after.faults or after.redirects != (*known.redirects, *new):
        return Redirects(wanted, lost, None, 0, problem=True)
    return Redirects(wanted, lost, data, len(new))
