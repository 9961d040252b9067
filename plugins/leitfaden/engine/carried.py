"""What the work on a page leaves behind in one process that others need to know."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage

from leitfaden.engine import locale
from leitfaden.engine.locale import LocaleSite
from leitfaden.engine.processes import Failure
from leitfaden.engine.records import Records, recorded
from leitfaden.model import Page
from leitfaden.site.anchors import AnchorUse
from leitfaden.site.plugin import build_of
from leitfaden.site.waiting import WaitingPage


@dataclass(kw_only=True)
class Result:
    """What has become of a page in one of the two steps.

    Args:
        at: The page's number.
        records: What was logged.
        failure: What ended the work on it.
        process: The process that has done it.
    """

    at: int
    records: Records = field(default_factory=list)
    failure: Failure | None = None
    process: int = field(default_factory=os.getpid)

    @property
    def is_own(self) -> bool:
        """Whether this process itself has done it, and knows of all that it changed."""
        return self.process == os.getpid()


@dataclass(kw_only=True)
class Content(Result):
    """The content of a page.

    Args:
        values: The page's attributes that are others than before.
        anchors: The links to anchors that only the finished pages can tell.
        changed: Pages whose texts other plugins have changed.
    """

    values: dict[str, Any] = field(default_factory=dict)
    anchors: list[AnchorUse] = field(default_factory=list)
    changed: list[Page] = field(default_factory=list)


@dataclass(kw_only=True)
class Made(Result):
    """A page that has been made from its content to its file.

    Args:
        told_later: What was logged while its file was made: behind the contents of all pages.
        anchors: The links to anchors that only the finished pages can tell.
        changed: Pages whose texts other plugins have changed.
        present: The anchors that the page has, if others want to know.
        digest: What stands for its file, if that is asked for; empty if there is none.
        is_alone: Whether no template has asked for the content of another page.
    """

    told_later: Records = field(default_factory=list)
    anchors: list[AnchorUse] = field(default_factory=list)
    changed: list[Page] = field(default_factory=list)
    present: set[str] | None = None
    digest: str = ""
    is_alone: bool = False


def content_of(site: LocaleSite, at: int, make: Callable[[LocaleSite, int], None]) -> Content:
    """Make the content of a page, and return it.

    Args:
        site: The locale.
        at: The page's number.
        make: Makes it.
    """
    here = build_of(site.config).current(site.config)
    page, content = site.page(at), Content(at=at)
    before = dict(vars(page))
    anchors, changed = len(here.anchors), len(here.changed)
    content.failure = _tried(content.records, lambda: make(site, at))
    if content.failure:
        return content  # half a page is of no use to others
    missing = object()
    content.values = {
        name: value for name, value in vars(page).items() if before.get(name, missing) is not value
    }
    # A target without a page of this build has nothing that an anchor could be missing on.
    content.anchors = [use for use in here.anchors[anchors:] if use.target.page]
    content.changed = here.changed[changed:]
    return content


def take_over(content: Content, site: LocaleSite) -> None:
    """Let this process know the content of a page that another one has made."""
    here = build_of(site.config).current(site.config)
    vars(site.page(content.at)).update(content.values)
    here.anchors += content.anchors
    here.changed += content.changed


def made_of(site: LocaleSite, at: int, wanted: Collection[File], *, is_kept: bool = False) -> Made:
    """Make a page, from its content to its file, and return what was told of it.

    Args:
        site: The locale.
        at: The page's number.
        wanted: The files of pages of which others want to know the anchors.
        is_kept: Whether it is to be kept for further builds.
    """
    build = build_of(site.config)
    here, asides = build.current(site.config), site.asides
    made, page = Made(at=at), site.page(at)
    uses, changed = len(here.anchors), len(here.changed)
    with build.messages.telling_all():  # what another build has told before may be something else
        if isinstance(page, WaitingPage):  # the others have been read
            made.failure = _tried(made.records, partial(locale.read_page, site, at))
        if made.failure is None:
            made.failure = _tried(made.told_later, partial(locale.write_page, site, at))
    if made.failure is None:
        made.is_alone = site.asides == asides
        made.digest = digest_of_file(page.file.abs_dest_path) if is_kept else ""
        made.anchors = [use for use in here.anchors[uses:] if use.target.page]
        made.changed = here.changed[changed:]
        if page.file in wanted:
            made.present = page.present_anchor_ids
        locale.forget_page(site, at)
    return made


def digest_of_file(path: str) -> str:
    """Return what stands for the content of a page's file; empty if there is none."""
    try:
        return digest_of(Path(path).read_bytes())
    except OSError:
        return ""


def digest_of(html: bytes) -> str:
    """Return what stands for the content of a page's file."""
    return blake2b(html, digest_size=16).hexdigest()


def written_of(site: LocaleSite, at: int, write: Callable[[LocaleSite, int], None]) -> Result:
    """Write a page, and return what was told of it.

    Args:
        site: The locale.
        at: The page's number.
        write: Writes it.
    """
    result = Result(at=at)
    result.failure = _tried(result.records, lambda: write(site, at))
    return result


def _tried(records: Records, work: Callable[[], None]) -> Failure | None:
    with recorded(records):
        try:
            work()
        except Exception as error:
            return Failure.of(error)
    return None


class Names:
    """The names of what all processes of a locale have, and which is not sent between them.

    Args:
        site: The locale.
    """

    def __init__(self, site: LocaleSite) -> None:
        self._files = tuple(site.files)
        self._numbers = {id(file): at for at, file in enumerate(self._files)}

    def name(self, thing: object) -> tuple[str, int] | None:
        """Return the name of a file or a page of the locale."""
        if isinstance(thing, File):
            at = self._numbers.get(id(thing))
            return None if at is None else ("file", at)
        if isinstance(thing, MkDocsPage) and thing.file.page is thing:
            at = self._numbers.get(id(thing.file))
            return None if at is None else ("page", at)
        return None

    def known(self, name: tuple[str, int]) -> object:
        """Return what has a name."""
        kind, at = name
        return self._files[at] if kind == "file" else self._files[at].page
