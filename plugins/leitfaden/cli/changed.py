"""`leitfaden changed`: which pages an edit changes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leitfaden.cli import options as common
from leitfaden.cli.output import put, show, style_of
from leitfaden.cli.project import fail, open_project

if TYPE_CHECKING:
    from leitfaden.cli.before import Before
    from leitfaden.reading.inventory import PageFile
    from leitfaden.reading.page import PageReader
    from leitfaden.reporting.changed import Changed, ChangedPage


@click.command()
@click.argument("base", required=False)
@common.form
@common.language
@common.contract
@common.docs
@click.pass_context
def changed(
    context: click.Context,
    base: str | None,
    form: str,
    language: str,
    contract_path: Path,
    docs: Path | None,
) -> None:
    """Tell which pages are new, edited, moved or gone since BASE, a commit or a branch.

    Without BASE, it is where the work here has left the default branch; else the last commit. Exit
    codes: 0 whatever is found, 2 for wrong usage or a wrong contract.
    """
    from leitfaden.cli.before import before
    from leitfaden.contract import ContractError

    try:
        project = open_project(contract_path, docs)
    except ContractError as error:
        context.exit(fail(error))
    _tell(_changed(before(project, base)), form, language)


def _changed(was: Before) -> Changed:
    """Compare the pages as they were with those that are here."""
    from leitfaden.reading.inventory import take_inventory
    from leitfaden.reading.page import PageReader
    from leitfaden.reporting.changed import Changed

    project = was.project
    now = take_inventory(project.docs, project.contract, project.root).chosen()
    reader = PageReader(project.contract)
    found: list[ChangedPage] = []
    for locale in project.contract.locale_keys:
        pages = _in_locale(was, was.pages.get(locale, {}), now.get(locale, {}), reader)
        found += sorted(pages, key=lambda page: page.path)
    return Changed(was.revision, tuple(found))


def _in_locale(
    was: Before, old: Mapping[str, PageFile], now: Mapping[str, PageFile], reader: PageReader
) -> Iterator[ChangedPage]:
    """Yield the pages of a locale that are not as they were."""
    from leitfaden.reading.files import content_of
    from leitfaden.reading.versions import blob_of, contents
    from leitfaden.reporting.changed import Change, ChangedPage

    gone: dict[str, list[str]] = {}  # by what they held
    for page_id in old:
        if page_id not in now:
            gone.setdefault(was.blob(old[page_id]), []).append(page_id)
    folder = Path(os.path.relpath(was.project.docs, was.project.root)).as_posix()

    def told(change: Change, file: PageFile, data: bytes, before: str = "") -> ChangedPage:
        path = f"{folder}/{file.path}" if change is Change.GONE else file.path
        page = reader.read(data, path=path, locale=file.locale, page_id=file.page_id)
        return ChangedPage(change, file.locale, file.page_id, path, page.title, before)

    for page_id, file in now.items():
        if page_id in old and was.holds(old[page_id], file):
            continue
        data = content_of(file.file).data
        if page_id in old:
            yield told(Change.EDITED, file, data)
            continue
        moved = gone.get(blob_of(data, was.revision))
        if moved:
            yield told(Change.MOVED, file, data, f"{folder}/{old[moved.pop()].path}")
        else:
            yield told(Change.NEW, file, data)
    last = dict(contents(was.project.docs, list(gone)))
    for blob, page_ids in gone.items():
        for page_id in page_ids:
            yield told(Change.GONE, old[page_id], last.get(blob, b""))


def _tell(found: Changed, form: str, language: str) -> None:
    from leitfaden.reporting import changed as reporting

    if form == "json":
        put(reporting.document(found))
        return
    style = style_of(form, language)
    lines = (reporting.markdown if form == "markdown" else reporting.text)(found, style)
    told = "".join(f"{line}\n" for line in lines)
    if form == "markdown":
        put(told)
    else:
        show(told)
