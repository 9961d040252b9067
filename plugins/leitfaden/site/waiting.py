"""Pages whose content is made when somebody asks for it: in any order, or never.

MkDocs makes the content of all pages before it fills the first template, because titles come from
contents and any template may show any page. We know titles without; so a page can be made alone,
and templates that look at another page's content still find it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mkdocs.structure.pages import Page as MkDocsPage

_LATE = {
    "markdown": None,
    "content": None,
    "toc": (),
    "present_anchor_ids": None,
    "links_to_anchors": None,
}
_READ = "_read_when_asked"


class WaitingPage(MkDocsPage):
    """A page as MkDocs knows it, but for its content, which nobody has asked for yet."""


class _Late:
    """An attribute that is known when the page has been read.

    Args:
        name: Its name.
        default: Its value while the page is being read.
    """

    def __init__(self, name: str, default: object) -> None:
        self._name = name
        self._default = default

    def __get__(self, page: MkDocsPage | None, owner: type | None = None) -> Any:
        if page is None:
            return self
        values = vars(page)
        read = values.get(_READ)
        if read and self._name not in values:
            values[_READ] = None  # whoever reads it asks for what is not there yet
            read()
        return values.get(self._name, self._default)

    def __set__(self, page: MkDocsPage, value: object) -> None:
        vars(page)[self._name] = value


WaitingPage.__name__ = MkDocsPage.__name__  # templates may print a page as it is
for _name, _default in _LATE.items():
    setattr(WaitingPage, _name, _Late(_name, _default))


def wait(page: MkDocsPage, read: Callable[[], None]) -> None:
    """Forget the content of a page until somebody asks for it.

    Args:
        page: The page.
        read: Makes its content.
    """
    _as(page, WaitingPage)
    _without_content(page)
    vars(page)[_READ] = read


def is_waiting(page: MkDocsPage) -> bool:
    """Tell whether a page's content is made when somebody asks for it, and has not been made."""
    return vars(page).get(_READ) is not None


def begin(page: MkDocsPage) -> None:
    """Begin to make the content of a page: what has been made before is forgotten."""
    if isinstance(page, WaitingPage):
        _without_content(page)
        vars(page)[_READ] = None


def end_waiting(page: MkDocsPage) -> None:
    """Make an ordinary page of it again, without content."""
    if isinstance(page, WaitingPage):
        _without_content(page)
        del vars(page)[_READ]
        vars(page).update(markdown=None, content=None, toc=[])
        _as(page, MkDocsPage)


def _as(page: MkDocsPage, kind: type[MkDocsPage]) -> None:
    page.__class__ = kind


def _without_content(page: MkDocsPage) -> None:
    for name in _LATE:
        vars(page).pop(name, None)
