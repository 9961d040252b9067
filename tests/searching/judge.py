"""How good a search is: the right page first, among five, and none in another language.

It knows nothing of any engine: it hands over what readers type and looks at the addresses that come
back. Several results on one page count as one, as readers see them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from tests.searching.derived import derived
from tests.searching.projects import Project, plain_id
from tests.searching.sets import CATEGORIES, HALVES, Query, stored

FEW = 5
LOOKED_AT = 10  # results that are looked through for other languages


class Hit(NamedTuple):
    """One result.

    Args:
        address: Where it leads: an address or a path, relative to the site's root.
        lang: The language that it is marked with, if it is marked as being in another one.
    """

    address: str
    lang: str = ""


Search = Callable[[Query], Sequence[Hit | str]]


class Outcome(NamedTuple):
    """What a search found for a query.

    Args:
        query: The query.
        rank: At which place the first right page stands, from 1; 0 if it is not there.
        foreign: How many results are in another language without being marked as such.
        first: The page that stands first, for people who look into it.
    """

    query: Query
    rank: int
    foreign: int
    first: str


class Figures(NamedTuple):
    """The figures of some queries.

    Args:
        queries: How many there are.
        first: Share whose right page stands first.
        five: Share whose right page is among the first five.
        foreign: Share with results in another language.
    """

    queries: int
    first: float
    five: float
    foreign: float


def queries_of(project: Project) -> list[Query]:
    """Return all queries for a site; for the corpus, with those made of its pages."""
    found: list[Query] = []
    for locale in project.contract.locale_keys:
        own = list(stored(project, locale))
        texts = {query.text.casefold() for query in own}
        found += own
        if project.name == "corpus":
            found += (q for q in derived(project, locale) if q.text.casefold() not in texts)
    return found


def judge(project: Project, queries: Iterable[Query], search: Search) -> Iterator[Outcome]:
    """Yield what a search finds for queries.

    Args:
        project: The site's playbook.
        queries: Queries for it.
        search: Takes a query; returns what it finds, best first.
    """
    for query in queries:
        hits = [hit if isinstance(hit, Hit) else Hit(hit) for hit in search(query)]
        places: dict[tuple[str, str], Hit] = {}
        for hit in hits:
            places.setdefault(place(hit.address, project), hit)
        rank = 0
        foreign = 0
        for number, ((locale, page), hit) in enumerate(places.items(), 1):
            if not rank and locale == query.locale and page in query.pages:
                rank = number
            if number <= LOOKED_AT and is_foreign(project, query.locale, locale, page):
                foreign += not hit.lang
        first = next(iter(places), ("", ""))
        yield Outcome(query, rank, foreign, ": ".join(first) if places else "")


def is_foreign(project: Project, reader: str, locale: str, page: str) -> bool:
    """Tell whether a page is not in the reader's language."""
    return locale != reader or not project.is_in(page, reader)


def place(address: str, project: Project) -> tuple[str, str]:
    """Return the locale and the id of the page that an address leads to."""
    path = unquote(urlsplit(address).path).strip("/").removesuffix("index.html").strip("/")
    for locale in project.contract.locale_keys:
        if locale != project.contract.source and (path == locale or path.startswith(f"{locale}/")):
            return locale, plain_id(path[len(locale) :].strip("/"))
    return project.contract.source, plain_id(path)


def figures(outcomes: Iterable[Outcome]) -> Figures:
    """Return the figures of some outcomes."""
    those = list(outcomes)
    count = len(those) or 1
    return Figures(
        len(those),
        sum(one.rank == 1 for one in those) / count,
        sum(0 < one.rank <= FEW for one in those) / count,
        sum(one.foreign > 0 for one in those) / count,
    )


def grouped(outcomes: Iterable[Outcome], half: str = "") -> Mapping[tuple[str, str], Figures]:
    """Return figures by locale and category; the category `all` stands for all of them.

    Args:
        outcomes: What a search found.
        half: Only queries of this half; all of them without one.
    """
    groups: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for one in outcomes:
        if half in ("", one.query.half):
            groups[one.query.locale, "all"].append(one)
            groups[one.query.locale, one.query.category].append(one)
    order = ("all", *CATEGORIES)
    ranked = sorted(groups, key=lambda key: (key[0], order.index(key[1])))
    return {key: figures(groups[key]) for key in ranked}


def table(outcomes: Sequence[Outcome]) -> str:
    """Return all figures as a table for people: per locale and category, both halves."""
    halves = [grouped(outcomes, half) for half in ("", *HALVES)]
    heads = ("all", *HALVES)
    lines = [" " * 16 + "".join(f"{head:>8}  first  five  other" for head in heads)]
    for locale, category in halves[0]:
        cells = [half.get((locale, category), Figures(0, 0, 0, 0)) for half in halves]
        values = "".join(
            f"{c.queries:>8} {c.first:6.3f} {c.five:5.3f} {c.foreign:6.3f}" for c in cells
        )
        lines.append(f"{locale} {category:<13}{values}")
    return "\n".join(lines)
