"""Front matter on its way into the theme, which prints it unescaped and acts on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

# A person's name does not belong into each page's head; the others choose a template or an icon
# (a wrong one ends the build) or are printed as they are into every page's navigation.
_NOT_FOR_THE_THEME = frozenset(
    {"author", "authors", "icon", "location", "status", "subtitle", "tags", "template"}
)
_PRINTED = ("title", "description")


def for_theme(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metadata that the theme may see, in a shape that cannot harm it."""
    shown = {
        str(key): value
        for key, value in metadata.items()
        if key not in _NOT_FOR_THE_THEME and value is not None
    }
    for key in _PRINTED:
        if key in shown:
            shown[key] = as_html(str(shown[key]))
    _keep(shown, "hide", _names(shown.get("hide")))
    shown["search"] = {"exclude": True}  # from the theme's own index, which stays empty
    return shown


def as_html(text: str) -> Markup:
    """Return plain text as HTML that is escaped once, whatever a template does with it."""
    return escape(" ".join(text.split()))


def _keep(shown: dict[str, Any], key: str, value: object) -> None:
    if value:
        shown[key] = value
    else:
        shown.pop(key, None)


def _names(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(name) for name in value] if isinstance(value, list) else []
