"""Reports → what people and programs read: one file a format."""

from leitfaden.reporting.formats import FORMATS, render
from leitfaden.reporting.style import Style

__all__ = ["FORMATS", "Style", "render"]
