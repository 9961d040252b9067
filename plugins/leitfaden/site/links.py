"""Links between pages: from source paths to addresses on the site."""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url

from leitfaden.checking.facts import LinkFact
from leitfaden.checking.links import Reach, Reached, reach_of
from leitfaden.checking.places import Places
from leitfaden.model import Diagnostic, Link, Page, Playbook, Severity, Span
from leitfaden.reading.images import image_size
from leitfaden.site import i18n
from leitfaden.site.anchors import AnchorUse, is_known_to_checks, use_of
from leitfaden.site.messages import Messages
from leitfaden.site.navigation import page_file

_SEVERITIES = {logging.WARNING: Severity.WARNING}
_MOST_SEARCHED = 20_000  # characters of raw HTML, for the place of each of its links
_NOT_THERE = ""  # the address of an image that does not exist


@dataclass
class LinkResolver:
    """Resolves the links of one page for one locale's readers.

    Args:
        page: The page that holds the links.
        file: Its file, as MkDocs publishes it.
        locale: The reader's locale.
        files: All files of that locale.
        places: What there is to link to; generated pages, too.
        playbook: All pages.
        config: MkDocs' configuration; says how much a broken link matters.
        messages: Takes what is wrong.
        anchors: The anchors that only the finished pages can tell.
        told_elsewhere: Codes of findings that something else tells of this very page.
        generated: The source paths of pages that no file holds, which only the build knows.
    """

    page: Page
    file: File
    locale: str
    files: Files
    places: Places
    playbook: Playbook
    config: MkDocsConfig
    messages: Messages
    anchors: list[AnchorUse] = field(default_factory=list)
    told_elsewhere: Collection[str] = ()
    generated: Collection[str] = ()

    def resolve(self, link: Link) -> str | None:
        """Return the address of a link's target relative to the page; None leaves it as it is.

        The address of an image that does not exist is empty.
        """
        link = self._placed(link)
        one = self._reached(link)
        if one.reach is Reach.HERE:
            self._register(self.file, one.anchor, link)
        target = self._file(one, link)
        if target is None:
            return self._without_target(one, link)
        if target.inclusion.is_excluded():  # type: ignore[no-untyped-call]
            level = min(logging.INFO, self._levels.not_found)
            self._tell(level, "LF424", link, "is excluded from the site.")
        self._register(target, one.anchor, link)
        return self._address(target, link)

    def address_of(self, link: Link) -> str | None:
        """Return what `resolve` does, but None for whatever leads nowhere; and tell of nothing."""
        target = self._file(self._reached(link), link)
        return self._address(target, link) if target else None

    def url_of(self, page_id: str) -> str | None:
        """Return the address of a page relative to this one, or None if there is no such page."""
        found = page_file(page_id, self.files, self.locale)
        return found.url_relative_to(self.file) if found else None

    def url_in(self, page_id: str, locale: str) -> str | None:
        """Return the address of a page in another locale, relative to this one, or None."""
        here = page_file(page_id, self.files, self.locale)
        there = i18n.alternates(here).get(locale) if here else None
        return there.url_relative_to(self.file) if there else None

    def relative(self, address: str) -> str:
        """Return an address below the site's root relative to this page."""
        return get_relative_url(address, self.file.url)

    def size_of(self, link: Link) -> tuple[int, int] | None:
        """Return the width and the height of an image that is published, in pixels."""
        file = self._file(self._reached(link), link)
        if file is None or not file.abs_src_path:
            return None
        return image_size(Path(file.abs_src_path), Path(self.config.docs_dir))

    def _address(self, target: File, link: Link) -> str:
        _, _, _, query, anchor = urlsplit(link.target)
        return urlunsplit(("", "", target.url_relative_to(self.file), query, anchor))

    def _placed(self, link: Link) -> Link:
        """Return a link of raw HTML with the place of its target, if that shows."""
        start, end = link.span
        if link.event >= 0 or not link.target or end - start > _MOST_SEARCHED:
            return link
        at = self.page.text.find(link.target, start, end)
        return link if at < 0 else link._replace(target_span=Span(at, at + len(link.target)))

    @property
    def _levels(self) -> MkDocsConfig.Validation.LinksValidation:
        return self.config.validation.links

    @property
    def _is_rooted(self) -> bool:
        """Whether a path that begins with `/` is one below the docs folder."""
        return bool(self._levels.absolute_links < 0)

    def _reached(self, link: Link) -> Reached:
        fact = LinkFact(link.target, link.text, link.span, link.target_span, link.image)
        return reach_of(fact, self.page, self.places, rooted=self._is_rooted)

    def _file(self, one: Reached, link: Link) -> File | None:
        """Return the file that readers get for what a link leads to."""
        if one.reach is Reach.ELSEWHERE and self.locale != self.page.locale:
            return page_file(one.page_id, self.files, self.locale)  # it may be in the reader's
        if one.reach in _UNKNOWN:
            return self._made_by_others(link)
        if not one.uri:
            return None
        folder, _, below = one.uri.partition("/")
        if folder not in self.places.contract.locales or not below.endswith(".md"):
            return self.files.get_file_from_path(one.uri)
        page_id = below.removesuffix(".md")
        found = page_file(page_id, self.files, self.locale)
        if folder == self.page.locale:
            return found
        # A link to the page in another language means just that one.
        if self.playbook.page(page_id, folder) is None:
            return None
        return i18n.alternates(found).get(folder) if found else i18n.only_in(one.uri, self.config)

    def _made_by_others(self, link: Link) -> File | None:
        """Return the file that another plugin has added, and no folder holds."""
        path = unquote(urlsplit(link.target).path)
        uri = posixpath.join(f"{self.page.locale}/{self.page.id}", "..", path).lstrip("/\\")
        return self.files.src_uris.get(posixpath.normpath(uri))

    def _register(self, target: File, anchor: str, link: Link) -> None:
        """Note an anchor for a look at the finished page; once, where translations are missing."""
        if anchor and self.page.locale == self.locale and not self._is_checked(link, target):
            self.anchors.append(use_of(link, self.page, target, anchor))

    def _is_checked(self, link: Link, target: File) -> bool:
        """Tell whether checks know the anchors of a page, which they do from its text alone."""
        if not self._is_told("LF407", link) or target.src_uri in self.generated:
            return False
        return is_known_to_checks(target, self.playbook, self.places.contract)

    def _without_target(self, one: Reached, link: Link) -> str | None:
        """Tell of a link that leads nowhere, and return what stands for its address."""
        if one.reach is Reach.UNSAFE:
            self._tell(logging.WARNING, "LF404", link, "could run code; it is left out.")
        elif one.reach is Reach.UNREADABLE:
            self._tell(self._levels.unrecognized_links, "LF403", link, "is no valid address.")
        elif one.reach is Reach.ABSOLUTE:
            level = self._levels.absolute_links
            self._tell(level, "LF402", link, "is absolute; it is left as it is.")
        elif one.reach in (Reach.UNRECOGNISED, Reach.SCHEMELESS):
            problem = "names neither a page nor a file; it is left as it is."
            guess = one.guess
            self._tell(self._levels.unrecognized_links, "LF403", link, problem, _meant(guess))
        elif one.reach is Reach.ELSEWHERE:
            known_in = ", ".join(f"`{locale}`" for locale in one.locale.split(", "))
            help = f"The page exists only in {known_in}."
            self._tell(self._levels.not_found, "LF401", link, "does not exist.", help)
        elif one.reach is Reach.MISSING:
            help = _meant(one.guess)
            self._tell(self._levels.not_found, "LF401", link, "does not exist.", help)
        return _NOT_THERE if link.image and one.reach in _LOST else None

    def _is_told(self, code: str, link: Link) -> bool:
        """Tell whether something else tells such a finding; checks see no links of raw HTML."""
        return code in self.told_elsewhere and link.event >= 0

    def _tell(self, level: int, code: str, link: Link, problem: str, help: str = "") -> None:
        # To checks, each absolute path is wrong; where the build resolves them, only it can tell.
        resolved = link.target.startswith(("/", "\\")) and code != "LF402"
        if self._is_told(code, link) and not resolved:
            return
        severity = _SEVERITIES.get(level, Severity.NOTICE)
        kind = "image" if link.image else "link target"
        message = f"The {kind} `{link.target}` {problem}"
        span = link.target_span if link.target_span.start < link.target_span.end else link.span
        place = self.page.place(span)
        self.messages.tell_at(level, Diagnostic(code, severity, place, message, help))


_UNKNOWN = frozenset((Reach.MISSING, Reach.UNRECOGNISED))
# An image that leads there is not shown; what is told of its file says why there is none.
_LOST = frozenset((Reach.MISSING, Reach.ELSEWHERE, Reach.FILE, Reach.CASE, Reach.PAGE))


def _meant(guess: str | None) -> str:
    return f"Did you mean `{guess}`?" if guess else ""
