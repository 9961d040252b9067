"""Page → HTML with Material's markup, without Python-Markdown and without MkDocs."""

from leitfaden.rendering.catalogue import Catalogue, CatalogueError
from leitfaden.rendering.renderer import RenderContext, Rendered, Renderer, TocItem

__all__ = ["Catalogue", "CatalogueError", "RenderContext", "Rendered", "Renderer", "TocItem"]
