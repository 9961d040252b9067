"""What a search found, and why it ranks so: as text for people, in JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from leitfaden.checking.finding import shortened
from leitfaden.checking.wording import catalogue
from leitfaden.model import Place
from leitfaden.model.visible import harmless
from leitfaden.reporting.excerpt import width_of
from leitfaden.reporting.json import place_of
from leitfaden.reporting.style import Style
from leitfaden.searching.documents import Document, PageDocuments
from leitfaden.searching.engine import Found, Hit, Reason
from leitfaden.searching.places import Places

VERSION = 1
_BOLD, _DIM, _PATH = "1", "2", "36"
_PARTS = 3  # of a page, as the site's search shows them


class Answer(NamedTuple):
    """What a search answers.

    Args:
        query: What was searched for.
        locale: Whose pages were searched.
        pages: The pages that were found, best first.
        suggestion: What was probably meant, where nothing was found; empty without a guess.
        unfiltered: How many pages there would be without filters, where nothing was found.
    """

    query: str
    locale: str
    pages: Sequence[Found]
    suggestion: str = ""
    unfiltered: int = 0


def text(answer: Answer, places: Places, style: Style, *, why: bool) -> Iterator[str]:
    """Yield the pages with their best parts, as readers get them.

    Args:
        answer: What was found.
        places: Where it is written.
        style: How to write it.
        why: Whether to tell by which words each part was found.
    """
    told = _Told(places, style, why)
    if answer.pages:
        for number, page in enumerate(answer.pages, 1):
            yield from told.page(number, page)
    else:
        yield from told.nothing(answer)


def document(answer: Answer, places: Places) -> str:
    """Return what was found for programs.

    Args:
        answer: What was found.
        places: Where it is written.
    """
    told = {
        "version": VERSION,
        "query": answer.query,
        "locale": answer.locale,
        "suggestion": answer.suggestion,
        "pages": [_page(found, places) for found in answer.pages],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _page(found: Found, places: Places) -> dict[str, Any]:
    page = found.page
    whole = page.documents[0]
    return {
        "page": page.page_id,
        "locale": page.locale,
        "kind": whole.kind,
        "title": whole.title,
        "trail": page.trail,
        "score": round(found.score, 4),
        "place": _place(places.of(page, whole)),
        "hits": [_hit(hit, page, places) for hit in found.hits],
    }


def _hit(hit: Hit, page: PageDocuments, places: Places) -> dict[str, Any]:
    document = hit.document
    return {
        "kind": document.kind,
        "title": document.title,
        "number": document.number,
        "anchor": document.anchor,
        "facts": document.facts,
        "score": round(hit.score, 4),
        "place": _place(places.of(page, document)),
        "why": [
            {**reason._asdict(), "value": round(reason.value, 4), "weight": round(reason.weight, 4)}
            for reason in hit.reasons
        ],
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    return place_of(place) if place else None


class _Told:
    """Tells of pages.

    Args:
        places: Where they are written.
        style: How to write it.
        why: Whether to tell by which words each part was found.
    """

    def __init__(self, places: Places, style: Style, why: bool) -> None:
        self._words: Mapping[str, Any] = catalogue(style.language)["searching"]
        self._places = places
        self._style = style
        self._why = why

    def page(self, number: int, found: Found) -> Iterator[str]:
        """Yield a page with its best parts.

        Args:
            number: Its place among all.
            found: The page.
        """
        page, style = found.page, self._style
        whole = page.documents[0]
        about = _joined(self._kind(whole.kind), page.trail, _score(found.score))
        title = style.ansi(harmless(whole.title), _BOLD)
        yield f"{number}. {title}  {style.ansi(harmless(about), _DIM)}"
        yield f"   {self._place(page, whole)}"
        parts = [hit for hit in found.hits if hit.document is not whole]
        for hit in found.hits:
            if hit.document is whole:
                yield from self._reasons(hit, "   ")
        for hit in parts[:_PARTS]:
            yield from self._part(page, hit)
        if len(parts) > _PARTS:
            more = self._counted("more", len(parts) - _PARTS)
            yield f"   {style.ansi(more, _DIM)}"

    def nothing(self, answer: Answer) -> Iterator[str]:
        """Yield that nothing was found, and what there is instead."""
        query = harmless(shortened(answer.query))
        yield self._words["nothing"].format(query=query, locale=answer.locale)
        if answer.unfiltered:
            yield self._counted("unfiltered", answer.unfiltered)
        elif answer.suggestion:
            yield self._words["suggestion"].format(query=harmless(answer.suggestion))

    def _part(self, page: PageDocuments, hit: Hit) -> Iterator[str]:
        part, style = hit.document, self._style
        kind = " ".join(filter(None, (self._kind(part.kind), part.number)))
        about = _joined(part.facts, _score(hit.score))
        yield f"   - {kind}: {harmless(part.title)}  {style.ansi(harmless(about), _DIM)}"
        yield f"     {self._place(page, part)}"
        yield from self._reasons(hit, "     ")

    def _reasons(self, hit: Hit, indent: str) -> Iterator[str]:
        """Yield a line for each word of the query by which something was found."""
        if not self._why:
            return
        rows = [self._row(reason) for reason in hit.reasons]
        widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (
                f"{cell}{' ' * (w - width_of(cell))}" for cell, w in zip(row, widths, strict=True)
            )
            yield f"{indent}  {self._style.ansi('  '.join(cells).rstrip(), _DIM)}"

    def _row(self, reason: Reason) -> tuple[str, ...]:
        how = self._words[f"how-{reason.how}"]
        by = " + ".join(reason.by.split("+"))
        value = self._words["value"].format(value=_score(reason.value))
        weight = self._words["weight"].format(weight=_score(reason.weight))
        return reason.asked, how, by, value, weight

    def _place(self, page: PageDocuments, part: Document) -> str:
        place = self._places.of(page, part)
        made = self._words["made"].format(page=page.page_id)
        return self._style.ansi(harmless(str(place) if place else made), _PATH)

    def _kind(self, kind: str) -> str:
        """Return what a kind of document is called; kinds of pages have the contract's key."""
        return str(self._words.get(f"kind-{kind}", kind))

    def _counted(self, key: str, count: int) -> str:
        return str(self._words[key if count == 1 else f"{key}s"].format(count=count))


def _score(value: float) -> str:
    return f"{value:.2f}"


def _joined(*texts: str) -> str:
    return " · ".join(filter(None, texts))
