"""What there is to link to: pages and files, by whatever name a writer gives them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from leitfaden.checking.nearmiss import NearNames
from leitfaden.contract import Contract


@dataclass(frozen=True)
class Places:
    """What there is to link to.

    Args:
        contract: The playbook's contract.
        pages: By locale, the ids of its pages.
        files: All files below the docs folder, relative to it, with `/`.
    """

    contract: Contract
    pages: Mapping[str, Collection[str]]
    files: frozenset[str]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all pages of all locales."""
        return tuple(sorted({page_id for pages in self.pages.values() for page_id in pages}))

    def file_of(self, page_id: str, locale: str) -> str:
        """Return the file that holds a page, or would hold it, as a path below the docs folder."""
        settings = self.contract.locales.get(locale)
        suffixes = settings.legacy_suffixes if settings else ()
        names = (f"{locale}/{page_id}{suffix}.md" for suffix in suffixes)
        return next((name for name in names if name in self.files), f"{locale}/{page_id}.md")

    @cached_property
    def any_case(self) -> Mapping[str, str]:
        """All files by their path in lower case."""
        return {name.casefold(): name for name in sorted(self.files, reverse=True)}

    @cached_property
    def near_ids(self) -> NearNames:
        """The ids of all pages, to find the one that was meant."""
        return NearNames(self.ids)

    @cached_property
    def near_files(self) -> NearNames:
        """The files that are no pages, to find the one that was meant."""
        return NearNames(name for name in self.files if not name.endswith(".md"))
