"""Page → HTML, from the one parse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from leitfaden.contract import Contract
from leitfaden.contract.anchors import ids_in
from leitfaden.model import Page, Playbook
from leitfaden.rendering.about import description, title
from leitfaden.rendering.around import Around, way_to
from leitfaden.rendering.catalogue import Catalogue
from leitfaden.rendering.components import Templates
from leitfaden.rendering.content import Content, Parts
from leitfaden.rendering.context import RenderContext
from leitfaden.rendering.lexicon import Lexicon
from leitfaden.rendering.outline import outline_of
from leitfaden.rendering.sheets import Sheets
from leitfaden.rendering.toc import TocItem, toc
from leitfaden.rendering.trust import TrustTeller
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
        self._sheets = Sheets(self.render)
        self._views = Views(contract, self._lexicon, self._sheets)
        self._around = Around(contract, self._lexicon)
        self._teller = TrustTeller(contract, self._lexicon)

    def render(self, page: Page, context: RenderContext) -> Rendered:
        """Render a page.

        Args:
            page: The page.
            context: Its surroundings.
        """
        rendered = self._rendered(page, context)
        self._sheets.keep(page, context, rendered)
        return rendered

    def _rendered(self, page: Page, context: RenderContext) -> Rendered:
        source = context.playbook.source_of(page)
        outline = outline_of(page, context.playbook, self.contract)
        name = title(page, source)
        content = Content.of_page(page, name, outline, self.templates, context, self._lexicon)
        parts = content.parts()
        foot = self._foot(page, context)
        parts = replace(parts, foot=parts.foot + foot)
        told = self.trust(page, context)
        view = self._view(page, parts, told, context)
        anchors = content.anchors
        headings = [h for h in outline.headings if h[1] in anchors]
        return Rendered(
            html=f"{parts.heading}{told}{parts.text}{parts.foot}" if view is None else view,
            title=name,
            description=description(page, source),
            toc=toc(headings, self.contract),
            anchors=anchors | ids_in(foot if view is None else view),
        )

    def _feed(self, page: Page, context: RenderContext) -> str | None:
        """Return the address of the feed that goes with a page, relative to it."""
        address = context.knowledge.feed_of(context.locale, page.id)
        return context.relative(address) if address else None

    def trust(self, page: Page, context: RenderContext) -> str:
        """Return what tells a reader whether a page can be trusted; empty if nothing does."""
        trust = self._teller.of(page, context)
        if not trust.says_something:
            return ""
        values = {"page": page, "trust": trust}
        return self.templates.render("partials/leitfaden/trust.html", context.locale, values)

    def way_to(self, page: Page, playbook: Playbook, locale: str) -> tuple[str, ...]:
        """Return the ids of the pages on the way to a page, from the home page on.

        Args:
            page: The page.
            playbook: All pages.
            locale: The reader's locale.
        """
        return way_to(page, playbook, self._lexicon, locale)

    def glossary(self, playbook: Playbook, locale: str) -> str | None:
        """Return the id of the page that explains the glossary's words, if there is one."""
        return self._lexicon.glossary(playbook, locale)

    def _foot(self, page: Page, context: RenderContext) -> str:
        """Return what stands below all that the page says."""
        around = self._around.of(page, context)
        if not around:
            return ""
        values = {"page": page, "around": around}
        return self.templates.render("partials/leitfaden/around.html", context.locale, values)

    def _view(self, page: Page, parts: Parts, told: str, context: RenderContext) -> str | None:
        """Return the content inside the view of the page or of its kind, if it has one."""
        kind = self.contract.kinds.get(page.kind)
        view = page.view or (kind and kind.view)
        if not view:
            return None
        values = {
            **self._views.values(view, page, context),
            "heading": Markup(parts.heading),
            "trust": Markup(told),
            "feed": self._feed(page, context),
            "text": Markup(parts.text),
            "foot": Markup(parts.foot),
        }
        return self.templates.render(f"views/{view}.html", context.locale, values)
