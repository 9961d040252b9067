"""Front matter on its way into the theme, which prints it unescaped and acts on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from leitfaden.model.themekeys import HIDEABLE, WITHOUT_EFFECT

_PEOPLE = frozenset(("author", "authors"))  # whose names do not belong into each page's head
_TITLE, _DESCRIPTION = "title", "description"  # are always text


def for_theme(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metadata that the theme may see, in a shape that cannot harm it."""
    shown = {
        str(key): as_html(str(value)) if key in (_TITLE, _DESCRIPTION) else _harmless(value)
        for key, value in metadata.items()
        if key not in _PEOPLE and key not in WITHOUT_EFFECT and value is not None
    }
    _keep(shown, "hide", [name for name in _names(metadata.get("hide")) if name in HIDEABLE])
    shown["search"] = {"exclude": True}  # from the theme's own index, which stays empty
    return shown


def as_html(text: str) -> Markup:
    """Return plain text as HTML that is escaped once, whatever a template does with it."""
    return escape(" ".join(text.split()))


def _harmless(value: object) -> object:
    """Return a value in which all text is escaped, wherever a template prints it."""
    if isinstance(value, str):
        return as_html(value)
    if isinstance(value, dict):
        return {str(escape(str(key))): _harmless(inner) for key, inner in value.items()}
    return [_harmless(inner) for inner in value] if isinstance(value, list) else value


def _keep(shown: dict[str, Any], key: str, value: object) -> None:
    if value:
        shown[key] = value
    else:
        shown.pop(key, None)


def _names(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(name) for name in value] if isinstance(value, list) else []
