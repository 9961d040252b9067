"""The components' templates, filled from the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from leitfaden.contract import Contract
from leitfaden.rendering.catalogue import Catalogue
from leitfaden.rendering.facts import Column, Entry, Fact, TaskRow


class Templates:
    """Loads the templates once for all pages.

    Args:
        folder: The folder that holds `partials/leitfaden/` and `views/`.
        contract: Handed to every template as `contract`.
        catalogue: Behind every template's `ui(key)`.
    """

    def __init__(self, folder: Path, contract: Contract, catalogue: Catalogue) -> None:
        self.contract = contract
        self.catalogue = catalogue
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, name: str, locale: str, values: Mapping[str, Any]) -> str:
        """Render a template in a language.

        Args:
            name: Path below the templates' folder.
            locale: The language of `ui()`.
            values: What the template shows.
        """
        template = self._environment.get_template(name)

        def ui(key: str, /, **of: object) -> str:
            return self.catalogue.text(key, locale, **of)

        html = template.render(contract=self.contract, locale=locale, ui=ui, **values)
        return html if html.endswith("\n") else f"{html}\n"


class PageComponents:
    """The components of one page, in the page's language.

    Args:
        templates: The templates.
        locale: The page's locale.
    """

    def __init__(self, templates: Templates, locale: str) -> None:
        self._templates = templates
        self._locale = locale

    def _partial(self, name: str, **values: Any) -> str:
        return self._templates.render(f"partials/leitfaden/{name}.html", self._locale, values)

    def alert(self, keyword: str, body: str) -> str | None:
        """Return an alert with its title, or None when the contract knows no such alert."""
        alerts = self._templates.contract.alerts
        found = alerts.find(keyword, self._locale)
        key = found.key if found else keyword.lower()
        if key not in alerts:
            return None
        title = alerts[key].name(self._locale)
        return self._partial("alert", key=key, title=title, body=Markup(body))

    def table(self, table: str) -> str:
        """Return a plain table in a frame that scrolls on its own."""
        return self._partial("table", table=Markup(table))

    def heading_link(self, anchor: str) -> str:
        """Return a heading's link to itself."""
        title = self._templates.catalogue.text("heading.link", self._locale)
        return f'<a class="headerlink" href="#{anchor}" title="{Markup.escape(title)}">&para;</a>'

    def footnotes(self, notes: Sequence[tuple[str, int, str]]) -> str:
        """Return the footnotes at the end of a page."""
        shown = [(label, count, Markup(text)) for label, count, text in notes]
        return self._partial("footnotes", notes=shown)

    def fact_box(self, assignments: Sequence[Sequence[Fact]], whole_page: bool) -> str:
        """Return the fact box of label lines."""
        return self._partial("fact-box", assignments=assignments, whole_page=whole_page)

    def task_table(
        self,
        columns: Sequence[Column],
        rows: Sequence[TaskRow],
        caption: str,
        counts: Mapping[str, int],
    ) -> str:
        """Return a task table."""
        return self._partial(
            "task-table", columns=columns, rows=rows, caption=caption, counts=counts
        )

    def update_summary(self, heading: str, body: str, entries: Sequence[Entry]) -> str:
        """Return the update summary: its heading, what stands above the table, and its rows."""
        return self._partial(
            "update-summary", heading=Markup(heading), body=Markup(body), entries=entries
        )
