"""The pages of a playbook as they were at a commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from leitfaden.cli.output import WrongUsage
from leitfaden.cli.project import Project
from leitfaden.reading.files import content_of
from leitfaden.reading.inventory import Inventory, PageFile
from leitfaden.reading.versions import base_of, blob_of, files_at, revision_of


@dataclass(frozen=True)
class Before:
    """The pages as they were.

    Args:
        project: The project.
        revision: The commit.
    """

    project: Project
    revision: str

    @cached_property
    def pages(self) -> Mapping[str, Mapping[str, PageFile]]:
        """By locale and page id; the path of each is that below the docs folder."""
        contract = self.project.contract
        files = []
        for name in sorted(self._blobs):
            locale, _, below = name.partition("/")
            if below.endswith(".md") and locale in contract.locales and "/." not in name:
                page_id = contract.page_id(below, locale)
                files.append(PageFile(name, name, locale, page_id))
        return Inventory(tuple(files), frozenset()).chosen()

    @cached_property
    def _blobs(self) -> Mapping[str, str]:
        return files_at(self.project.docs, self.revision)

    def blob(self, page: PageFile) -> str:
        """Return the name of a page's content."""
        return self._blobs[page.path]

    def holds(self, page: PageFile, now: PageFile) -> bool:
        """Tell whether a page's file is the same today."""
        blob = self.blob(page)
        return blob_of(content_of(now.file).data, blob) == blob


def before(project: Project, base: str | None) -> Before:
    """Return the pages as they were at a commit.

    Args:
        project: The project.
        base: The commit or the branch; None for where the work here has left the default branch.

    Raises:
        WrongUsage: There is no such commit.
    """
    revision = revision_of(project.docs, base) if base else base_of(project.docs)
    if revision is None:
        what = f"no commit {base!r}" if base else "nothing to compare with: no commit of git"
        raise WrongUsage(f"There is {what}.")
    return Before(project, revision)
