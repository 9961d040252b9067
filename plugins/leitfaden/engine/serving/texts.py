"""Pages that are read again when their bytes are others, and never because others' are."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from hashlib import blake2b
from typing import NamedTuple

from leitfaden.contract import Contract
from leitfaden.model import Occurrence, Page, Playbook, TaskRecord
from leitfaden.reading import PageReader
from leitfaden.site.build import Build
from leitfaden.site.lean import Compiled

_NAMES = tuple(one.name for one in fields(Page))


class _Read(NamedTuple):
    digest: bytes
    page: Page


@dataclass
class KeptPages:
    """The pages that have been read, by where they are from.

    Args:
        contract: The contract that they were read by.
        pages: By path, locale and id.
    """

    contract: Contract
    pages: dict[tuple[str, str, str], _Read] = field(default_factory=dict)


@dataclass
class Kept:
    """What is kept when a site is prepared anew.

    Args:
        pages: The pages that have been read.
        theme: The theme's templates, compiled.
        parts: Our own.
    """

    pages: KeptPages | None = None
    theme: Compiled = field(default_factory=Compiled)
    parts: Compiled = field(default_factory=Compiled)

    def hand_to(self, build: Build) -> None:
        """Let a build that is about to read go on with it."""
        self.pages = self.pages or KeptPages(build.contract)
        build.reader = KeepingReader(build.contract, self.pages)
        build.compiled = self.theme
        build.renderer.templates.environment.bytecode_cache = self.parts


class KeepingReader(PageReader):
    """Reads pages by a contract; what has been read is read again only if it has changed.

    Args:
        contract: The playbook's contract.
        kept: What has been read before; forgotten if it was by another contract.
    """

    def __init__(self, contract: Contract, kept: KeptPages) -> None:
        super().__init__(contract)
        self._kept = kept
        if kept.contract != contract:
            kept.contract = contract
            kept.pages.clear()

    def read(self, data: bytes, *, path: str, locale: str, page_id: str) -> Page:
        """Read a page. Never raises for what a page may hold: defects stay on the page.

        Args:
            data: The file's content.
            path: The file, relative to the project.
            locale: The locale of its folder.
            page_id: Its page id.
        """
        key, digest = (path, locale, page_id), digest_of(data)
        known = self._kept.pages.get(key)
        if known is not None and known.digest == digest:
            return known.page
        page = super().read(data, path=path, locale=locale, page_id=page_id)
        self._kept.pages[key] = _Read(digest, page)
        return page

    def renewed(self, page: Page) -> None:
        """Know that a page now is what has been read last in its place."""
        key = page.path, page.locale, page.id
        self._kept.pages[key] = self._kept.pages[key]._replace(page=page)


def digest_of(data: bytes) -> bytes:
    """Return what tells the content of a file from any other."""
    return blake2b(data, digest_size=16).digest()


def renew(page: Page, read: Page, playbooks: tuple[Playbook, ...]) -> None:
    """Let a page be what has been read of it now.

    To all others, a page never changes. Here it does, in place, because everything that was found
    out about the playbook holds the page itself: so all of it is right at once, as long as the
    page's face is the same. Only what holds parts of the page has to be put right.

    Args:
        page: The page.
        read: What it is now.
        playbooks: The playbooks that it is in.
    """
    for name in _NAMES:
        object.__setattr__(page, name, getattr(read, name))
    for playbook in playbooks:
        _renew_records(page, playbook)


def _renew_records(page: Page, playbook: Playbook) -> None:
    """Let the records of tasks hold the rows of a page as they are now."""
    known = vars(playbook).get("_records")
    if known is None:
        return  # nobody has asked for them yet
    found = playbook.occurrences_on(page)
    for records in known.values():
        for task_id, ours in found.items():
            record = records.get(task_id)
            if record is not None and any(one.page is page for one in record.occurrences):
                records[task_id] = _with_rows(record, page, ours)


def _with_rows(record: TaskRecord, page: Page, rows: tuple[Occurrence, ...]) -> TaskRecord:
    ours = iter(rows)
    return replace(
        record,
        occurrences=tuple(
            next(ours, one) if one.page is page else one for one in record.occurrences
        ),
    )
