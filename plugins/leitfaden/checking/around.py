"""What is wrong around the pages: with files that can be none, and with the navigation."""

from __future__ import annotations

from collections.abc import Iterator

from leitfaden.checking.baseline import Located
from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Found, found
from leitfaden.checking.locks import wrong_locks
from leitfaden.checking.redirects import Addresses, Wrong, accepted, wrong_anchors
from leitfaden.checking.registry import all_rules
from leitfaden.checking.severities import severity_of
from leitfaden.checking.survey import Survey, is_asked
from leitfaden.contract import nav_pages, nearest
from leitfaden.model import Place, Position, Span
from leitfaden.reading.inventory import Stray, StrayKind
from leitfaden.reading.redirects import read_all

_ALL = Span(0, 0)
_STRAYS = {
    StrayKind.FOLDER: ("LF101", "folder"),
    StrayKind.UNREADABLE_FOLDER: ("LF101", ""),
    StrayKind.LINKED_FOLDER: ("LF914", "folder"),
    StrayKind.LINK_OUT: ("LF914", ""),
    StrayKind.UNDECLARED_LOCALE: ("LF911", ""),
    StrayKind.NO_LOCALE: ("LF912", ""),
    StrayKind.MISNAMED: ("LF912", "ending"),
    StrayKind.NO_REDIRECTS: ("LF440", "misplaced"),
    StrayKind.IRREGULAR: ("LF101", "irregular"),
    StrayKind.UNREADABLE: ("LF101", ""),
    StrayKind.ENDING: ("LF121", ""),
    StrayKind.NAME: ("LF122", ""),
    StrayKind.HURDLE: ("LF123", ""),
    StrayKind.MADE: ("LF915", "made"),
    StrayKind.LARGE: ("LF124", ""),
    StrayKind.DRAWING: ("LF125", ""),
}


def around(pages: Survey, only: frozenset[str] | None = None) -> Iterator[Located]:
    """Yield what is wrong around the pages, but for what the contract switches off.

    Args:
        pages: All pages.
        only: Paths of which alone findings are told; None for all.
    """
    contract = pages.setting.contract
    for one in (
        *_no_pages(pages),
        *_two_files(pages),
        *_dangling(pages, only),
        *_redirects(pages, only),
        *_locks(pages),
    ):
        path = one.facts.path
        if is_asked(path, only) and severity_of(all_rules()[one.found.code], path, contract):
            yield one


def _no_pages(pages: Survey) -> Iterator[Located]:
    """Yield what has the place or the name of a page and is none."""
    for stray in pages.inventory.strays:
        place, one = found_stray(stray, pages.setting.contract.source)
        yield _located(place, one)


def found_stray(stray: Stray, source: str = "") -> tuple[Place, Found]:
    """Return what is wrong with what is no page, and where that is.

    Args:
        stray: What it is.
        source: The locale in which a page belongs that lies in none.
    """
    code, variant = _STRAYS[stray.kind]
    one = found(_ALL, stray.variant or variant, detail=stray.detail, source=source)
    return Place(stray.path, stray.at, stray.at), Found(code, one)


def _two_files(pages: Survey) -> Iterator[Located]:
    for dropped, kept in pages.inventory.dropped():
        one = found(_ALL, page=kept.page_id, locale=kept.locale, kept=kept.path)
        yield _located(Place(dropped.path), Found("LF915", one))
    for hidden, kept in dict(pages.inventory.overlaid(pages.setting.contract.source)).items():
        one = found(_ALL, "address", page=hidden.page_id, locale=hidden.locale, kept=kept.path)
        yield _located(Place(hidden.path), Found("LF915", one))


def _dangling(pages: Survey, only: frozenset[str] | None) -> Iterator[Located]:
    contract = pages.setting.contract
    ids = {*(page.page_id for page in pages.inventory.pages), *pages.made}
    for entry in nav_pages(contract.navigation):
        if entry.page not in ids and is_asked(entry.place.path, only):
            guess = nearest(entry.page, sorted(ids))  # which takes its time
            yield _located(entry.place, Found("LF904", found(_ALL, guess=guess, page=entry.page)))


def _redirects(pages: Survey, only: frozenset[str] | None) -> Iterator[Located]:
    """Yield what is wrong with old addresses; those of one locale depend on those of others."""
    inventory = pages.inventory
    if not any(is_asked(file.path, only) for file in inventory.redirects):
        return
    tree = pages.tree
    addresses = Addresses(pages.setting.contract, tree.pages, inventory.names, pages.made)
    kept, wrong = accepted(read_all(inventory), addresses)
    for one in sorted((*wrong, *wrong_anchors(kept, tree)), key=_order):
        yield _located(one.place, one.found)


def _locks(pages: Survey) -> Iterator[Located]:
    locks = pages.standings.pairs.locks
    for one in wrong_locks(locks, pages.inventory, pages.setting.contract):
        yield _located(one.place, one.found)


def _order(wrong: Wrong) -> tuple[str, Position]:
    return wrong.place.path, wrong.place.start or Position(0, 0)


def _located(place: Place, one: Found) -> Located:
    """Return a finding with facts that say nothing but where it is."""
    facts = PageFacts(
        id="",
        locale="",
        path=place.path,
        kind="",
        title="",
        line_starts=(0,),
        metadata={},
        headings=(),
        tasks=(),
        links=(),
        newest=None,
        newest_span=_ALL,
        blocks=(),
        readable=False,
    )
    return Located(facts, one, place)
