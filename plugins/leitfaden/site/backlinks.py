"""Who links to a page: the same links as the site resolves, followed from the other end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from leitfaden.checking.facts import LinkFact
from leitfaden.checking.links import reach_of
from leitfaden.checking.places import Places
from leitfaden.model import Page, Playbook

_PAGE = ".md"


def naming_of(
    playbook: Playbook, places: Places, made: Mapping[str, Page], *, rooted: bool
) -> Callable[[str], tuple[Page, ...]]:
    """Return what tells the pages that link to a page id with its locale in front.

    Only pages that somebody has written count: those that are made repeat what they say.

    Args:
        playbook: All pages.
        places: What there is to link to.
        made: The pages that no file holds, by their path below docs. What links to one that a view
            shows is told there; the others, such as those of rules, need nobody to be told.
        rooted: Whether a path that begins with `/` is one below the docs folder.
    """
    index = _index(playbook, places, made, rooted)
    return lambda key: index.get(key, ())


def _index(
    playbook: Playbook, places: Places, made: Mapping[str, Page], rooted: bool
) -> Mapping[str, tuple[Page, ...]]:
    linked = {
        (page.locale, page.id): tuple(dict.fromkeys(_linked(page, playbook, places, rooted)))
        for page in playbook
        if f"{page.locale}/{page.id}{_PAGE}" not in made
    }
    silent = {page.id for page in made.values() if not page.view}
    found: dict[str, list[Page]] = {}
    for locale in playbook.locales:
        for page in playbook.shown_pages(locale):
            for page_id in linked.get((page.locale, page.id), ()):
                if page_id != page.id and page_id not in silent:
                    found.setdefault(f"{locale}/{page_id}", []).append(page)
    return {key: tuple(pages) for key, pages in found.items()}


def _linked(page: Page, playbook: Playbook, places: Places, rooted: bool) -> Iterator[str]:
    """Yield the ids of the pages that a page links to, in what it includes as well."""
    for part in playbook.parts(page) if page.includes else (page,):
        for link in part.links:
            if link.image:
                continue
            fact = LinkFact(link.target, link.text, link.span, link.target_span, False)
            uri = reach_of(fact, part, places, rooted=rooted).uri
            folder, _, below = uri.partition("/")
            if folder in playbook.locales and below.endswith(_PAGE):
                yield below.removesuffix(_PAGE)
