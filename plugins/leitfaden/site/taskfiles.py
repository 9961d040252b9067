"""All tasks as data beside the pages, in each locale's folder."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.utils import get_relative_url

from leitfaden.model.madeids import task_page
from leitfaden.publishing.tasks import COLUMNS, tasks_csv, tasks_json
from leitfaden.site import i18n
from leitfaden.site.build import Build, LocaleBuild
from leitfaden.site.navigation import page_file

_BOM = "\ufeff"  # without it, spreadsheets take the letters of other languages for something else


def write(here: LocaleBuild, build: Build, config: MkDocsConfig) -> None:
    """Write `tasks.json` and `tasks.csv` of a locale; neither where there is no task.

    Args:
        here: What belongs to the locale.
        build: The build.
        config: MkDocs' configuration.
    """
    playbook, locale = build.playbook, here.locale
    if not playbook.records(locale):
        return
    root = i18n.root_of(locale, config)
    folder = Path(config.site_dir, root)
    page_url = partial(_url, locale=locale, root=root, files=here.files)

    def task_url(task_id: str) -> str:
        return page_url(task_page(task_id))

    header = [build.catalogue.text(f"tasklist.{column}", locale) for column in COLUMNS]
    data = tasks_json(playbook, build.contract, locale, task_url, page_url)
    table = tasks_csv(playbook, build.contract, locale, task_url, header)
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("tasks.json").write_text(data, "utf-8")
    folder.joinpath("tasks.csv").write_text(_BOM + table, "utf-8", newline="")


def _url(page_id: str, locale: str, root: str, files: Files) -> str:
    """Return the address of a page, relative to the locale's folder."""
    file = page_file(page_id, files, locale)
    return get_relative_url(file.url, root) if file else ""
