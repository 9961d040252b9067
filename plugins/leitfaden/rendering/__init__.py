"""Page → HTML with Material's markup, without Python-Markdown and without MkDocs."""

from leitfaden.rendering import about
from leitfaden.rendering.catalogue import Catalogue, CatalogueError
from leitfaden.rendering.components import TemplateFault, Templates
from leitfaden.rendering.context import Knowledge, RenderContext
from leitfaden.rendering.renderer import Rendered, Renderer
from leitfaden.rendering.toc import TocItem

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Knowledge",
    "RenderContext",
    "Rendered",
    "Renderer",
    "TemplateFault",
    "Templates",
    "TocItem",
    "about",
]
