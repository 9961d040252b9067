"""Where what was found is written, so that an editor can open it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leitfaden.contract import Contract
from leitfaden.contract.contract import VOCABULARIES
from leitfaden.model import Occurrence, Page, Place, Playbook
from leitfaden.model.madeids import task_page
from leitfaden.rendering.outline import outline_of
from leitfaden.searching.documents import ENTRY, Document, PageDocuments


class Places:
    """Finds the files and the lines of documents.

    Args:
        playbook: The pages.
        contract: The names of things.
        locale: The readers' locale.
        contract_path: The contract's file, relative to the project, where terms are explained.
    """

    def __init__(
        self, playbook: Playbook, contract: Contract, locale: str, contract_path: str
    ) -> None:
        self._playbook = playbook
        self._contract = contract
        self._locale = locale
        self._contract_place = Place(contract_path)
        self._known: dict[str, Mapping[str, Place]] = {}

    def of(self, page: PageDocuments, document: Document) -> Place | None:
        """Return where a document is written; None if no file of the playbook says it.

        Args:
            page: The page that it is on.
            document: The page as a whole, or a part of it.
        """
        written = self._playbook.page(page.page_id, self._locale)
        if written is None:
            return self._of_made(page)
        if document.kind == ENTRY:
            return self._contract_place
        if written.id not in self._known:
            self._known[written.id] = dict(self._anchors(written))
        return self._known[written.id].get(document.anchor)

    def _of_made(self, page: PageDocuments) -> Place | None:
        folder, _, subject = page.page_id.partition("/")
        if page.page_id == task_page(subject):
            record = self._playbook.records(self._locale).get(subject)
            return self._row(record.occurrences[0]) if record else None
        is_term = folder in VOCABULARIES and subject in self._contract.vocabulary(folder)
        return self._contract_place if is_term else None

    def _anchors(self, page: Page) -> Iterator[tuple[str, Place]]:
        """Yield the place of each anchor of a page; the title's is empty."""
        title = next((one for one in page.headings if one.level == 1), None)
        yield "", page.place(title.span) if title else Place(page.path)
        outline = outline_of(page, self._playbook, self._contract)
        for part, ids in outline.ids.items():
            shown = page if part is None else part.page
            if shown is not None:
                for heading, anchor in zip(shown.headings, ids, strict=True):
                    yield anchor, shown.place(heading.span)
        for record in self._playbook.records(self._locale).values():
            for one in record.occurrences:
                if one.page is page:
                    yield one.anchor, self._row(one)

    def _row(self, one: Occurrence) -> Place:
        """Return the place of a task's row, which may stand in a file that its page includes."""
        for part in self._playbook.parts(one.page):
            if any(task is one.task for task in part.tasks):
                return part.place(one.task.span)
        return Place(one.page.path)
