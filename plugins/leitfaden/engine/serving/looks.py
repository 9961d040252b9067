"""What the server itself shows: why there is no page, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from leitfaden.contract import Contract
from leitfaden.engine.serving.answers import TEXT, Answer
from leitfaden.engine.serving.panel import Panel
from leitfaden.rendering import Catalogue
from leitfaden.site.wording import language_tag

_FOLDER = "live"
_AGAIN = (("Refresh", "2"),)  # a text has no script that would hear of changes


@dataclass(frozen=True)
class Looks:
    """The server's own pages, in the site's languages.

    Args:
        folder: The folder of the templates.
        contract: The languages.
        catalogue: The texts.
    """

    folder: Path
    contract: Contract
    catalogue: Catalogue

    def trouble(self, lines: Sequence[str], locale: str) -> Answer:
        """Return a page that tells why there is none.

        Args:
            lines: What was told.
            locale: The reader's locale.
        """
        return self._page("error.html", 500, locale, lines=lines)

    def not_served(self, locale: str, served: Iterable[tuple[str, str]]) -> Answer:
        """Return a page that tells that its language is not served.

        Args:
            locale: The reader's locale.
            served: The languages that are: their names, and the addresses of their home pages.
        """
        return self._page("not-served.html", 404, locale, served=tuple(served))

    def panel(self, panel: Panel, locale: str, language: str) -> str:
        """Return the panel with what is to be done on a page; empty if nothing is.

        Args:
            panel: What is to be done.
            locale: The reader's locale.
            language: The language in which it is told.
        """
        if not panel:
            return ""
        return self._render("panel.html", locale, {"panel": panel, "language": language})

    def style(self) -> str:
        """Return how the panel looks."""
        return self._render("style.css.html", self.contract.source, {})

    def _page(self, name: str, status: int, locale: str, **values: Any) -> Answer:
        return Answer(self._render(name, locale, values).encode(), status=status)

    def _render(self, name: str, locale: str, values: dict[str, Any]) -> str:
        """Render a template.

        Raises:
            TemplateError: It is missing or wrong.
            KeyError: It needs a text that there is not.
        """
        environment = Environment(
            loader=FileSystemLoader(self.folder / _FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

        def ui(key: str, **about: object) -> str:
            return self.catalogue.text(key, locale, **about)

        settings = self.contract.locales[locale]
        shared = {"ui": ui, "lang": language_tag(locale, self.contract)}
        return environment.get_template(name).render(shared, direction=settings.direction, **values)


def trouble(looks: Looks | None, lines: Sequence[str], locale: str) -> Answer:
    """Return what tells that there is no page, also where no template can.

    Args:
        looks: The server's own pages, if there are any yet.
        lines: What was told.
        locale: The reader's locale.
    """
    if looks is not None:
        try:
            return looks.trouble(lines, locale)
        except (TemplateError, KeyError, OSError, UnicodeError):
            pass  # templates are what may be wrong
    text = "\n\n".join(("The site cannot be shown.", *lines))
    return Answer(f"{text}\n".encode("utf-8", "backslashreplace"), TEXT, 500, _AGAIN)
