"""Page → HTML, from the one parse."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from leitfaden.contract import Contract
from leitfaden.contract.anchors import ids_in
from leitfaden.model import Page
from leitfaden.rendering.about import description, title
from leitfaden.rendering.catalogue import Catalogue
from leitfaden.rendering.components import Templates
from leitfaden.rendering.content import Content, Parts
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.lexicon import Lexicon
from leitfaden.rendering.outline import outline_of
from leitfaden.rendering.toc import TocItem, toc
from leitfaden.rendering.views import Views


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as HTML.

    Args:
        html: The content.
        title: The title in the page's language, plain text.
        description: One sentence in the page's language, or empty.
        toc: The headings, nested.
        anchors: All ids that can be linked to.
    """

    html: str
    title: str
    description: str
    toc: tuple[TocItem, ...]
    anchors: frozenset[str]


class Renderer:
    """Renders pages. One for the whole playbook.

    Args:
        contract: The playbook's contract.
        templates: The folder that holds the components' and views' templates.
        catalogue: The UI texts.
    """

    def __init__(self, contract: Contract, templates: Path, catalogue: Catalogue) -> None:
        self.contract = contract
        self.templates = Templates(templates, contract, catalogue)
        self._lexicon = Lexicon(contract)
        self._views = Views(contract, self._lexicon)

    def render(self, page: Page, context: RenderContext) -> Rendered:
        """Render a page.

        Args:
            page: The page.
            context: Its surroundings.
        """
        source = context.playbook.source_of(page)
        outline = outline_of(page, context.playbook, self.contract)
        name = title(page, source)
        content = Content.of_page(page, name, outline, self.templates, context, self._lexicon)
        parts = content.parts()
        view = self._view(page, parts, context)
        anchors = content.anchors
        headings = [h for h in outline.headings if h[1] in anchors]
        return Rendered(
            html=parts.html if view is None else view,
            title=name,
            description=description(page, source),
            toc=toc(headings, self.contract),
            anchors=anchors if view is None else anchors | ids_in(view),
        )

    def _view(self, page: Page, parts: Parts, context: RenderContext) -> str | None:
        """Return the content inside the view of the page or of its kind, if it has one."""
        kind = self.contract.kinds.get(page.kind)
        view = page.view or (kind and kind.view)
        if not view:
            return None
        values = {
            **self._views.values(view, page, context),
            "heading": Markup(parts.heading),
            "text": Markup(parts.text),
            "foot": Markup(parts.foot),
        }
        return self.templates.render(f"views/{view}.html", context.locale, values)
