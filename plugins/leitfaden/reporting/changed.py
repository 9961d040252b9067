"""Which pages an edit changes: as text, in Markdown, in JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from leitfaden.checking.wording import catalogue
from leitfaden.model.visible import harmless
from leitfaden.reporting.status import plain
from leitfaden.reporting.style import Style

VERSION = 1
_BOLD, _PATH = "1", "36"
_SHORT = 8  # digits of a commit that people are shown


class Change(StrEnum):
    """What has become of a page."""

    NEW = "new"
    EDITED = "edited"
    MOVED = "moved"
    GONE = "gone"


@dataclass(frozen=True)
class ChangedPage:
    """A page that an edit changes.

    Args:
        change: What has become of it.
        locale: Its locale.
        page_id: Its page id.
        path: Its file, or what was its file.
        title: Its title; of one that is gone, the last.
        was: What its file was called before, if it has moved.
    """

    change: Change
    locale: str
    page_id: str
    path: str
    title: str
    was: str = ""


@dataclass(frozen=True)
class Changed:
    """All pages that an edit changes.

    Args:
        base: The commit that they are compared with.
        pages: The pages, by locale and path.
    """

    base: str
    pages: tuple[ChangedPage, ...]


def text(changed: Changed, style: Style) -> Iterator[str]:
    """Yield which pages there are, for people.

    Args:
        changed: The pages.
        style: How to write it.
    """
    words = catalogue(style.language)["changed"]
    yield style.ansi(_summary(changed, style), _BOLD)
    for page in changed.pages:
        yield (
            f"  {words[page.change]}: {style.ansi(harmless(page.path), _PATH)}"
            f"  {harmless(page.title)}{_from(page.was and harmless(page.was), style)}"
        ).rstrip()


def markdown(changed: Changed, style: Style) -> Iterator[str]:
    """Yield which pages there are, as Markdown: for the summary of a job.

    Args:
        changed: The pages.
        style: In which language.
    """
    words = catalogue(style.language)["changed"]
    yield from (f"## {words['title']}", "", _summary(changed, style))
    if changed.pages:
        yield ""
    for page in changed.pages:
        was = _from(page.was and plain(page.was), style)
        yield f"- {words[page.change]}: {plain(page.path)} – {plain(page.title)}{was}"


def document(changed: Changed) -> str:
    """Return which pages there are, for programs.

    Args:
        changed: The pages.
    """
    pages = [
        {
            "change": page.change,
            "locale": page.locale,
            "page": page.page_id,
            "path": page.path,
            "title": page.title,
            **({"was": page.was} if page.was else {}),
        }
        for page in changed.pages
    ]
    told = {"version": VERSION, "base": changed.base, "pages": pages}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _summary(changed: Changed, style: Style) -> str:
    words = catalogue(style.language)["changed"]
    base = changed.base[:_SHORT]
    if not changed.pages:
        return str(words["none"].format(base=base))
    counts = Counter(page.change for page in changed.pages)
    told = ", ".join(f"{counts[one]} {words[one]}" for one in Change if counts[one])
    pages = style.counted("page", len(changed.pages))
    return str(words["summary"].format(base=base, pages=pages, counts=told))


def _from(was: str, style: Style) -> str:
    """Return where a page has come from, in words."""
    return str(catalogue(style.language)["changed"]["was"].format(path=was)) if was else ""
