"""Escaping in our own templates among the theme's, which expects its values to be HTML."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig


class Ours:
    """Tells which templates show values escaped unless they say otherwise: those of a folder.

    Args:
        folder: The folder with the playbook's own templates; None if it has none.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._known: dict[str | None, bool] = {}

    def __call__(self, name: str | None) -> bool:
        """Tell it of a template.

        Args:
            name: What the template is known as; None for one that stands in a text.
        """
        known = self._known.get(name)
        if known is None:
            folder = self._folder if name else None
            known = self._known[name] = folder is not None and (folder / str(name)).is_file()
        return known

    def __str__(self) -> str:
        """Return what compiled templates depend on; see `engine/compiled.py`."""
        own = sorted(self._folder.rglob("*.html")) if self._folder else []
        names = [file.relative_to(self._folder or file).as_posix() for file in own]
        return f"escaped: {' '.join(names)}"


def escape_ours(env: Environment, config: MkDocsConfig) -> None:
    """Let our own templates escape what they show.

    Args:
        env: The environment of MkDocs' templates, before it has loaded one.
        config: MkDocs' configuration.
    """
    folder = config.theme.custom_dir
    env.autoescape = Ours(Path(folder) if folder else None)
