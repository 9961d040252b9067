"""Links between pages: from source paths to addresses on the site."""

from __future__ import annotations

import difflib
import logging
import posixpath
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from leitfaden.contract import Contract
from leitfaden.contract.targets import is_safe
from leitfaden.model import Diagnostic, Link, Page, Playbook, Severity
from leitfaden.reading import nearest_id
from leitfaden.site import i18n
from leitfaden.site.messages import Messages
from leitfaden.site.navigation import page_file

_SEVERITIES = {logging.WARNING: Severity.WARNING}
_MKDOCS = "mkdocs"  # `renderer` of a page that Python-Markdown turns into HTML


@dataclass
class LinkResolver:
    """Resolves the links of one page for one locale's readers.

    Args:
        page: The page that holds the links.
        file: Its file, as MkDocs publishes it.
        locale: The reader's locale.
        files: All files of that locale.
        contract: The contract.
        playbook: All pages.
        config: MkDocs' configuration; says how much a broken link matters.
        messages: Takes what is wrong.
        anchors: What MkDocs calls `links_to_anchors`: by file, each anchor and a link to it.
        told_elsewhere: Codes of findings that something else tells of this very page.
        generated: The source paths of pages that no file holds, which only the build knows.
    """

    page: Page
    file: File
    locale: str
    files: Files
    contract: Contract
    playbook: Playbook
    config: MkDocsConfig
    messages: Messages
    anchors: dict[File, dict[str, str]] = field(default_factory=dict)
    told_elsewhere: Collection[str] = ()
    generated: Collection[str] = ()

    def resolve(self, link: Link) -> str | None:
        """Return the address of a link's target relative to the page; None leaves it as it is."""
        if not is_safe(link.target):
            self._tell(logging.WARNING, "LF404", link, "could run code; it is left out.")
            return None
        try:
            scheme, host, path, query, anchor = urlsplit(link.target)
        except ValueError:
            self._tell(self._levels.unrecognized_links, "LF403", link, "is no valid address.")
            return None
        if scheme or host:
            return None
        if not path:
            self._register(self.file, anchor, link)
            return None
        return self._internal(link, unquote(path), query, anchor)

    def url_of(self, page_id: str) -> str | None:
        """Return the address of a page relative to this one, or None if there is no such page."""
        found = page_file(page_id, self.files, self.locale)
        return found.url_relative_to(self.file) if found else None

    @property
    def _levels(self) -> MkDocsConfig.Validation.LinksValidation:
        return self.config.validation.links

    def _internal(self, link: Link, path: str, query: str, anchor: str) -> str | None:
        if path.startswith(("/", "\\")):
            level = self._levels.absolute_links
            if level >= 0:
                self._tell(level, "LF402", link, "is absolute; it is left as it is.")
                return None
            uri = path.lstrip("/\\")  # the level says: relative to the docs folder
        else:
            uri = posixpath.join(posixpath.dirname(self._uri), path)
        uri = posixpath.normpath(uri)
        target = self._find(uri)
        if target is None:
            self._not_found(link, path, uri)
            return None
        if target.inclusion.is_excluded():  # type: ignore[no-untyped-call]
            level = min(logging.INFO, self._levels.not_found)
            self._tell(level, "LF424", link, "is excluded from the site.")
        self._register(target, anchor, link)
        return urlunsplit(("", "", target.url_relative_to(self.file), query, anchor))

    @property
    def _uri(self) -> str:
        return f"{self.page.locale}/{self.page.id}.md"

    def _find(self, uri: str) -> File | None:
        """Return the file that readers get for a path below docs/."""
        folder, _, below = uri.partition("/")
        if folder not in self.contract.locales or not below.endswith(".md"):
            return self.files.get_file_from_path(uri)
        page_id = self.contract.page_id(below, folder)
        named = below.removesuffix(".md")
        page_id = named if self.playbook.page(named, folder) else page_id
        found = page_file(page_id, self.files, self.locale)
        if folder == self.page.locale or found is None:
            return found
        # A link to the page in another language means just that one.
        return i18n.alternates(found).get(folder) if self.playbook.page(page_id, folder) else None

    def _register(self, target: File, anchor: str, link: Link) -> None:
        """Let MkDocs check an anchor, but not again where a translation is missing."""
        if anchor and self.page.locale == self.locale and not self._is_checked(target):
            self.anchors.setdefault(target, {}).setdefault(anchor, link.target)

    def _is_checked(self, target: File) -> bool:
        """Tell whether checks know the anchors of a page, which they do from its text alone."""
        if "LF407" not in self.told_elsewhere or target.src_uri in self.generated:
            return False
        folder, _, below = target.src_uri.partition("/")
        page = self.playbook.shown(below.removesuffix(".md"), folder)
        if page is None or page.front_matter.text("renderer") == _MKDOCS:
            return False
        kind = self.contract.kinds.get(page.kind)
        return kind is None or kind.view is None

    def _not_found(self, link: Link, path: str, uri: str) -> None:
        known_in = self._locales_of(uri)
        if {self.locale, self.contract.source} & set(known_in):
            return  # the page's file is not published; that has been told
        if posixpath.splitext(path)[1]:
            level, code, problem = self._levels.not_found, "LF401", "does not exist."
        else:
            level, code = self._levels.unrecognized_links, "LF403"
            problem = "names neither a page nor a file; it is left as it is."
        self._tell(level, code, link, problem, self._help(link, uri, known_in))

    def _locales_of(self, uri: str) -> list[str]:
        """Return the locales that have the page of a path below docs/."""
        folder, _, below = uri.partition("/")
        page_id = self.contract.page_id(below, folder) if below.endswith(".md") else ""
        return [locale for locale in self.playbook.locales if self.playbook.page(page_id, locale)]

    def _help(self, link: Link, uri: str, known_in: list[str]) -> str:
        if known_in:
            return f"The page exists only in {', '.join(f'`{locale}`' for locale in known_in)}."
        guess = _foreign(link.target) or self._guess(uri)
        return f"Did you mean `{guess}`?" if guess else ""

    def _guess(self, uri: str) -> str | None:
        """Return the path, as the writer would write it, that is most like one that is missing."""
        folder, _, below = uri.partition("/")
        if below.endswith(".md") or not posixpath.splitext(uri)[1]:
            page_id = self.contract.page_id(below, folder)
            near = _same_name(page_id, self.playbook.ids) or nearest_id(page_id, self.playbook)
            found = near and f"{self.page.locale}/{near}.md"
        else:
            assets = [file.src_uri for file in self.files.media_files()]
            found = _same_name(uri, assets) or next(
                iter(difflib.get_close_matches(uri, assets, n=1, cutoff=0.8)), None
            )
        return posixpath.relpath(found, posixpath.dirname(self._uri)) if found else None

    def _tell(self, level: int, code: str, link: Link, problem: str, help: str = "") -> None:
        # To checks, each absolute path is wrong; where the build resolves them, only it can tell.
        resolved = link.target.startswith(("/", "\\")) and code != "LF402"
        if code in self.told_elsewhere and not resolved:
            return
        span = link.target_span if link.target_span.start < link.target_span.end else link.span
        severity = _SEVERITIES.get(level, Severity.NOTICE)
        kind = "image" if link.image else "link target"
        message = f"The {kind} `{link.target}` {problem}"
        diagnostic = Diagnostic(code, severity, self.page.place(span), message, help)
        self.messages.tell_at(level, diagnostic)


def _foreign(target: str) -> str | None:
    """Return the address outside of the site that a link was meant to lead to, if it shows."""
    bare = "".join(character for character in target if character.isprintable()).strip()
    if bare.startswith("www."):
        return f"https://{bare}"
    if "@" in bare and "." in bare and "/" not in bare:
        return f"mailto:{bare}"
    return bare if bare.startswith(("https://", "http://")) else None


def _same_name(wanted: str, known: Iterable[str]) -> str | None:
    """Return the one that has the same last part: the right file, looked for in another folder."""
    name = posixpath.basename(wanted)
    return next((entry for entry in known if posixpath.basename(entry) == name), None)
