"""The components' templates, filled from the model."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from markupsafe import Markup

from leitfaden.contract import Contract
from leitfaden.model import Diagnostic, Include, Place, Position, Severity, Video
from leitfaden.rendering.catalogue import Catalogue
from leitfaden.rendering.facts import Column, Entry, Fact, TaskRow
from leitfaden.rendering.footnotes import Note
from leitfaden.rendering.html import Frame
from leitfaden.rendering.templating import set_up

if TYPE_CHECKING:
    from leitfaden.rendering.marks import Gap, Mark


def _fault(place: Place, message: str) -> Diagnostic:
    return Diagnostic("LF909", Severity.ERROR, place, message, "Correct it in the overrides.")


_CONTENT = Markup("\0")  # what no template writes of itself
_OF_PAGES = ("partials/leitfaden/", "views/")  # the others are the theme's


class TemplateFault(Exception):
    """A template that is missing, broken, or asks for what there is not.

    Args:
        diagnostic: What is wrong, and where.
    """

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


class Templates:
    """Loads the templates once for all pages.

    Args:
        folder: The folder that holds `partials/leitfaden/` and `views/`.
        contract: Handed to every template as `contract`.
        catalogue: Behind every template's `ui(key)`.

    Attributes:
        environment: What Jinja knows of the templates.
    """

    def __init__(self, folder: Path, contract: Contract, catalogue: Catalogue) -> None:
        self.contract = contract
        self.catalogue = catalogue
        self._folder = folder
        self.environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            auto_reload=False,  # the templates of a build are those that it began with
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        set_up(self.environment)
        # Jinja looks at the file each time that a template is asked for; a build need not.
        self._loaded: dict[str, Template] = {}
        self._shared: dict[str, Mapping[str, Any]] = {}
        # Most alerts, tables and fact boxes of a playbook are like another one.
        self.frame = lru_cache(maxsize=1024)(self._frame)
        self.fact_box = lru_cache(maxsize=1024)(self._fact_box)

    def render(self, name: str, locale: str, values: Mapping[str, Any]) -> str:
        """Render a template in a language.

        Args:
            name: Path below the templates' folder.
            locale: The language of `ui()`.
            values: What the template shows.

        Raises:
            TemplateFault: The template, or one that it includes, is missing or wrong.
        """
        try:
            return self._render(name, locale, values)
        except TemplateError as error:
            raise TemplateFault(self._diagnostic(error, name)) from error

    def compile_all(self) -> None:
        """Compile the templates now; what is wrong with one is told when it is rendered."""
        for name in self.environment.list_templates():
            if not name.startswith(_OF_PAGES):
                continue
            with suppress(TemplateError):
                self._loaded.setdefault(name, self.environment.get_template(name))

    def _diagnostic(self, error: TemplateError, name: str) -> Diagnostic:
        place = Place(f"{self._folder.name}/{name}")
        if isinstance(error, TemplateNotFound):
            return _fault(place, f"The template `{error.name}` does not exist.")
        if isinstance(error, TemplateSyntaxError):
            place = Place(f"{self._folder.name}/{error.name or name}", Position(error.lineno, 1))
        else:
            for frame in traceback.extract_tb(error.__traceback__):
                file = Path(frame.filename)
                if file.is_relative_to(self._folder) and frame.lineno:
                    inside = file.relative_to(self._folder).as_posix()
                    place = Place(f"{self._folder.name}/{inside}", Position(frame.lineno, 1))
        return _fault(place, f"The template is wrong: {error.message}.")

    def _render(self, name: str, locale: str, values: Mapping[str, Any]) -> str:
        template = self._loaded.get(name)
        if template is None:
            template = self._loaded[name] = self.environment.get_template(name)
        shared = self._shared.get(locale)
        if shared is None:
            shared = self._shared[locale] = self._values_of(locale)
        html = template.render(shared, **values)
        return html if html.endswith("\n") else f"{html}\n"

    def _values_of(self, locale: str) -> Mapping[str, Any]:
        def ui(key: str, /, **of: object) -> str:
            try:
                return self.catalogue.text(key, locale, **of)
            except KeyError:
                raise UndefinedError(f"there is no text `{key}` with these values") from None

        return {"contract": self.contract, "locale": locale, "ui": ui}

    def _frame(self, name: str, locale: str, content: str, values: tuple[Any, ...]) -> Frame:
        """Return what a template writes before and behind its content.

        Args:
            name: The partial's name.
            locale: The language of `ui()`.
            content: What the template calls its content.
            values: Pairs of names and values for it.

        Raises:
            ValueError: The template does not show its content, or does so more than once.
        """
        path = f"partials/leitfaden/{name}.html"
        html = self.render(path, locale, {**dict(values), content: _CONTENT})
        if html.count(_CONTENT) != 1:
            raise ValueError(f"{path} must show `{content}` once, and as it is")
        before, _, behind = html.partition(_CONTENT)
        return before, behind

    def _fact_box(
        self, locale: str, assignments: tuple[tuple[Fact, ...], ...], whole_page: bool
    ) -> str:
        values = {"assignments": assignments, "whole_page": whole_page}
        return self.render("partials/leitfaden/fact-box.html", locale, values)


class PageComponents:
    """The components of one page, in the page's language.

    Args:
        templates: The templates.
        locale: The page's locale.
    """

    def __init__(self, templates: Templates, locale: str) -> None:
        self._templates = templates
        self._locale = locale
        self._link_title = escape(templates.catalogue.text("heading.link", locale))

    def _partial(self, name: str, **values: Any) -> str:
        return self._templates.render(f"partials/leitfaden/{name}.html", self._locale, values)

    def alert(self, keyword: str) -> Frame | None:
        """Return the frame of an alert, or None when the contract knows no such alert."""
        contract = self._templates.contract
        key = contract.alert(keyword, self._locale)
        if key is None:
            return None
        values = (("key", key), ("title", contract.alerts[key].name(self._locale)))
        return self._templates.frame("alert", self._locale, "body", values)

    def table(self) -> Frame:
        """Return the frame of a plain table, which scrolls on its own."""
        return self._templates.frame("table", self._locale, "table", ())

    def heading_link(self, anchor: str) -> str:
        """Return a heading's link to itself."""
        href = escape(anchor)
        return f'<a class="headerlink" href="#{href}" title="{self._link_title}">&para;</a>'

    def done(self) -> str:
        """Return what the box of a task list says of an item when it is checked."""
        return escape(self._templates.catalogue.text("task-list.done", self._locale))

    def description(self) -> Frame:
        """Return the frame of an image's long description, which readers open."""
        return self._templates.frame("description", self._locale, "text", ())

    def term(self, key: str, url: str | None, definition: str) -> Frame:
        """Return the frame of a word that the glossary explains.

        Args:
            key: The glossary's entry.
            url: The glossary's page, or None.
            definition: What the word means.
        """
        values = (("key", key), ("url", url), ("definition", definition))
        before, behind = self._templates.frame("term", self._locale, "text", values)
        return before.strip(), behind.strip()

    def video(self, video: Video) -> str:
        """Return the card of a video; nothing is loaded before a reader asks for it."""
        plays = video.host in map(str.lower, self._templates.contract.hosts.players)
        return self._partial("video", video=video, plays=plays)

    def included(self, html: str, locale: str, inline: bool) -> str:
        """Return what is shown of a file in another language than the page's."""
        about = self._templates.contract.locales[locale]
        tag = about.language or locale.replace("_", "-")
        return self._partial(
            "included", content=Markup(html), tag=tag, direction=about.direction, inline=inline
        )

    def not_included(self, include: Include, inline: bool) -> str:
        """Return what is shown in place of a file that cannot be."""
        html = self._partial("not-included", path=include.target, inline=inline)
        return html.strip() if inline else html

    def footnotes(self, notes: Sequence[Note]) -> str:
        """Return the footnotes at the end of a page."""
        shown = [(str(note.number), note.citations, Markup(note.html)) for note in notes]
        return self._partial("footnotes", notes=shown)

    def fact_box(self, assignments: tuple[tuple[Fact, ...], ...], whole_page: bool) -> str:
        """Return the fact box of label lines."""
        return self._templates.fact_box(self._locale, assignments, whole_page)

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

    def mark(self, mark: Mark) -> str:
        """Return what says that something is not what the original says now."""
        return self._partial("behind", mark=mark).strip()

    def gap(self, gap: Gap) -> str:
        """Return the line that says what a translation lacks."""
        return self._partial("gap", gap=gap)

    def lacking_row(self, cells: Sequence[Markup], lang: str, in_body: bool) -> str:
        """Return a row of the original that a table lacks.

        Args:
            cells: Its cells.
            lang: The original's locale.
            in_body: Whether it stands between rows of the table.
        """
        return self._partial("lacking-row", cells=cells, lang=lang, in_body=in_body)

    def update_summary(self, heading: str, body: str, entries: Sequence[Entry]) -> str:
        """Return the update summary: its heading, what stands above the table, and its rows."""
        return self._partial(
            "update-summary", heading=Markup(heading), body=Markup(body), entries=entries
        )
