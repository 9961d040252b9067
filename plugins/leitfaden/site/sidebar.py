"""The theme's navigation, rendered once for a locale: on each page, only what is open is rendered.

An entry that does not lead to the page looks the same everywhere but for its addresses, which are
relative. So the theme's own template renders it once, with marks in place of its addresses. What
leads to the page is put together of the frame that the template gives an open section, and of its
entries; the entry of the page itself, which holds its contents, is left to the template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, NamedTuple

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, TemplateNotFound
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import normalize_url

from leitfaden.site.foreign import Foreign
from leitfaden.site.lean import unindented
from leitfaden.site.waiting import WaitingPage

Render = Callable[..., str]
"""The macro of the theme that renders an entry: of the entry, its path, its level, its parent."""

_THEME = "theme"  # the prefix by which the theme's own templates can be included
_ENTRY = "partials/nav-item.html"
# What they make of an entry depends on more than whether it leads to the page.
_UNFIT_FEATURES = frozenset(("navigation.indexes", "navigation.tabs"))
_PLAIN = (MkDocsPage, WaitingPage, Section, Link)
_MARK = re.compile("#\0(\\d+)\0")
_BEFORE, _BEHIND = '<a href="', '" class="md-nav__link'
_NO_INDEX = ' tabindex=""'
_CONTENTS = "__toc"  # the switch of the page's contents, in its own entry alone
_CONTENTS_SWITCH, _CONTENTS_LABEL = f'id="{_CONTENTS}"', f' for="{_CONTENTS}"'


def offer_theme(env: Environment, config: MkDocsConfig) -> None:
    """Let our templates include those of the theme that they stand in place of.

    Args:
        env: The environment of the templates.
        config: MkDocs' configuration.
    """
    behind = [folder for folder in config.theme.dirs if folder != config.theme.custom_dir]
    theme = PrefixLoader({_THEME: FileSystemLoader(behind)})
    env.loader = ChoiceLoader([loader for loader in (env.loader, theme) if loader])


def shared_by_all(
    nav: Navigation, env: Environment, config: MkDocsConfig, tags: Mapping[str, str]
) -> Shared | None:
    """Return what all pages share of a navigation; None if that cannot be told.

    Args:
        nav: The navigation of a locale.
        env: The environment of the templates.
        config: MkDocs' configuration.
        tags: The languages of pages without translation, by their addresses.
    """
    entries = list(_entries(nav.items))
    # Entries that other plugins have made, and pages that are there twice, may be open elsewhere.
    is_plain = all(type(entry) in _PLAIN for entry in entries)
    files = [entry.file.src_uri for entry in entries if isinstance(entry, MkDocsPage)]
    if not entries or not is_plain or len(set(files)) < len(files) or not is_known(env, config):
        return None
    return Shared(nav, tags)


def is_known(env: Environment, config: MkDocsConfig) -> bool:
    """Tell whether the template of an entry is the theme's own, and does what is known here.

    Args:
        env: The environment of the templates.
        config: MkDocs' configuration.
    """
    if _UNFIT_FEATURES & frozenset(config.theme.get("features") or ()):
        return False
    try:
        return _source(env, _ENTRY) == _source(env, f"{_THEME}/{_ENTRY}")
    except TemplateNotFound:
        return False


def _entries(items: Sequence[Any]) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _entries(item.children or ())


def _source(env: Environment, name: str) -> str:
    return env.loader.get_source(env, name)[0] if env.loader else ""


class Unfit(Exception):
    """The template has made something else of an entry than is known here."""


class _Standing:
    """Stands for entries that are rendered already.

    Args:
        number: Tells it from others beside it.
    """

    active = False
    children = None
    meta = None
    pages = None

    def __init__(self, number: int) -> None:
        self.title = f"\0{number}\0"
        self.url = f"#\0{number}\0"


_TWO = (_Standing(0), _Standing(1))  # what the template puts between them, it puts between any


class _Around:
    """What is around the entries: a section or all of the navigation, with others in their place.

    Args:
        thing: The section or the navigation.
    """

    def __init__(self, thing: Any) -> None:
        self._thing = thing
        self.children = self.items = _TWO

    def __getattr__(self, name: str) -> Any:
        return getattr(self._thing, name)


class _Marked:
    """An entry with marks in place of its addresses.

    Args:
        entry: The entry.
        urls: Takes the addresses that are asked for; a mark is the place of an address in it.
    """

    def __init__(self, entry: Any, urls: list[str]) -> None:
        self._entry = entry
        self._urls = urls

    @property
    def url(self) -> str:
        """The mark of the address."""
        self._urls.append(str(self._entry.url))
        return f"#\0{len(self._urls) - 1}\0"

    @property
    def children(self) -> list[_Marked] | None:
        """The entries below."""
        children = self._entry.children
        return None if children is None else [_Marked(one, self._urls) for one in children]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._entry, name)


class _Frame(NamedTuple):
    """What stands before, between and behind entries."""

    before: str
    between: str
    behind: str

    def around(self, entries: Sequence[str]) -> str:
        """Return entries with what is around them."""
        return self.before + self.between.join(entries) + self.behind


class _Piece(NamedTuple):
    """An entry that does not lead to the page, taken apart at its addresses.

    Args:
        texts: What is around the addresses, one more than there are.
        urls: The addresses, relative to the site's root.
        folders: All folders that an address lies in, and the addresses themselves.
    """

    texts: tuple[str, ...]
    urls: tuple[str, ...]
    folders: frozenset[str]

    def on(self, page: MkDocsPage) -> str:
        """Return the entry as a page shows it."""
        parts = [self.texts[0]]
        for url, text in zip(self.urls, self.texts[1:], strict=True):
            parts += (normalize_url(url, page), text)
        return "".join(parts)


@dataclass
class Shared:
    """What all pages of a locale share of its navigation.

    Args:
        nav: The navigation.
        tags: The languages of pages without translation, by their addresses.
    """

    nav: Navigation
    tags: Mapping[str, str]
    _pieces: dict[str, _Piece] = field(default_factory=dict)
    _frames: dict[str, _Frame] = field(default_factory=dict)
    _standing: list[str] = field(default_factory=list)
    _folder: str = ""
    _in_folder: dict[str, str] = field(default_factory=dict)

    def piece(self, entry: Any, path: str, level: int, parent: Any, render: Render) -> _Piece:
        """Return an entry that does not lead to the page.

        Raises:
            Unfit: The template has made something else of it than is known here.
        """
        if path not in self._pieces:
            urls: list[str] = []
            text = str(render(_Marked(entry, urls), path, level, parent))
            self._pieces[path] = _taken_apart(text, urls, self.tags)
        return self._pieces[path]

    def frame(self, section: Any, path: str, level: int, parent: Any, render: Render) -> _Frame:
        """Return what is around the entries of an open section.

        Raises:
            Unfit: The template has made something else of it than is known here.
        """
        if path not in self._frames:
            text = str(render(_Around(section), path, level, parent))
            self._frames[path] = self.frame_in(text.replace(_NO_INDEX, ""), render)
        return self._frames[path]

    def frame_in(self, text: str, render: Render) -> _Frame:
        """Return what is around the two that stand for any entries.

        Args:
            text: The text that holds both.
            render: Renders an entry.

        Raises:
            Unfit: It does not hold both.
        """
        if not self._standing:
            self._standing = [str(render(one, "", 1, None)) for one in _TWO]
        first, second = self._standing
        before, one, rest = text.partition(first)
        between, other, behind = rest.partition(second)
        if not one or not other or "\0" in before + between + behind:
            raise Unfit
        return _Frame(before, between, behind)

    def in_folder(self, folder: str) -> dict[str, str]:
        """Return the entries as all pages of a folder show them, as far as they are known."""
        if folder != self._folder:
            self._folder = folder
            self._in_folder = {}
        return self._in_folder


class Sidebar:
    """The navigation of a page.

    Args:
        page: The page.
        foreign: What stands in another language around the page.
        shared: What all pages share of it; None where each page has it rendered anew.
    """

    def __init__(
        self,
        page: MkDocsPage | None = None,
        foreign: Foreign | None = None,
        shared: Shared | None = None,
    ) -> None:
        self._page = page
        self._foreign = foreign or Foreign()
        self._shared = shared
        self._render: Render | None = None
        self._entries: list[str] = []

    def around(self, nav: Any, render: Render) -> Any:
        """Return the navigation that the theme's template renders, which may lack its entries.

        Args:
            nav: The navigation.
            render: Renders an entry.
        """
        if self._shared is None or self._page is None or nav is not self._shared.nav:
            return nav
        page = _Page(self._shared, self._page, render, self._foreign)
        try:
            self._entries = list(page.entries(nav.items, "__nav", 1, None))
        except Unfit:
            return nav
        self._render = render
        return _Around(nav)

    def finished(self, html: str) -> Markup:
        """Return the sidebars with what `around` left out, and with the theme's mistakes mended.

        The theme's sections have a `tabindex` without a number, and the contents of a page that is
        not in the navigation a label for a switch that is not there.

        Args:
            html: The sidebars as the theme renders them.
        """
        html = html.replace(_NO_INDEX, "")
        if not any(_CONTENTS_SWITCH in text for text in (html, *self._entries)):
            html = html.replace(_CONTENTS_LABEL, "")
        html = str(self._foreign.marked(html))
        if self._shared and self._render:
            html = self._shared.frame_in(html, self._render).around(self._entries)
        return Markup(html)


@dataclass(frozen=True)
class _Page:
    """Puts the entries of a page together."""

    shared: Shared
    page: MkDocsPage
    render: Render
    foreign: Foreign

    def entries(self, items: Sequence[Any], path: str, level: int, parent: Any) -> Iterator[str]:
        for number, item in enumerate(items, 1):
            yield self._entry(item, f"{path}_{number}", level, parent)

    def _entry(self, item: Any, path: str, level: int, parent: Any) -> str:
        if not item.active:
            return self._closed(item, path, level, parent)
        if item.children:
            frame = self.shared.frame(item, path, level, parent, self.render)
            return frame.around(list(self.entries(item.children, path, level + 1, item)))
        text = str(self.render(item, path, level, parent))
        return str(self.foreign.marked(text.replace(_NO_INDEX, "")))

    def _closed(self, item: Any, path: str, level: int, parent: Any) -> str:
        piece = self.shared.piece(item, path, level, parent, self.render)
        folder, own = _place_of(self.page.url)
        if own in piece.folders:
            return piece.on(self.page)
        known = self.shared.in_folder(folder)
        if path not in known:
            known[path] = piece.on(self.page)
        return known[path]


def _place_of(url: str) -> tuple[str, str | None]:
    """Return what addresses are relative to on a page, and the folder where they are on no other.

    Addresses relative to two pages of a folder are the same, unless they lie in the page's own.
    """
    above, _, name = url.rpartition("/")
    if "." in name:  # as MkDocs tells a file from a folder
        return f"{above}/*", None
    own = url.strip("/")
    return (f"{own.rpartition('/')[0]}/" if own else ""), own


def _folders_of(url: str) -> Iterator[str]:
    """Yield the folders that an address lies in, and itself."""
    parts = url.strip("/").split("/")
    return ("/".join(parts[:end]) for end in range(1, len(parts) + 1))


def _taken_apart(text: str, urls: Sequence[str], tags: Mapping[str, str]) -> _Piece:
    text = unindented(text.replace(_NO_INDEX, ""))  # once, not again on each page
    parts = _MARK.split(text)
    texts, numbers = parts[::2], parts[1::2]
    marks = list(map(str, range(len(urls))))
    if numbers != marks or any("\0" in one or _CONTENTS in one for one in texts):
        raise Unfit
    for number, url in enumerate(urls):
        tag = Foreign(tags).tag_of(url)
        behind = texts[number + 1]
        if tag and texts[number].endswith(_BEFORE) and behind.startswith(_BEHIND):
            texts[number + 1] = f'" lang="{escape(tag)}{behind}'
    folders = frozenset(folder for url in urls for folder in _folders_of(url))
    return _Piece(tuple(texts), tuple(urls), folders)
