"""Links by which a browser opens a line of a file in a writer's editor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from leitfaden.contract import nearest
from leitfaden.model import Place

_LINES = "file/{path}:{line}:{column}"
# Addresses that these editors are registered for when they are installed.
_BY_NAME = {
    "vscode": f"vscode://{_LINES}",
    "vscode-insiders": f"vscode-insiders://{_LINES}",
    "vscodium": f"vscodium://{_LINES}",
    "cursor": f"cursor://{_LINES}",
    "windsurf": f"windsurf://{_LINES}",
    "zed": f"zed://{_LINES}",
    "none": "",
}
_ADDRESS = re.compile(r"(?!javascript:|data:|vbscript:)[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Editor:
    """A writer's editor.

    Args:
        address: What opens a place, with `{path}`, `{line}` and `{column}`; empty for no links.
        root: The project's folder, to which paths are relative.
    """

    address: str
    root: Path

    def link(self, place: Place) -> str:
        """Return the address that opens a place; empty without an editor."""
        start = place.start
        path = quote((self.root / place.path).as_posix(), safe="/:")
        # An address that has the slash of the file system's root already gets no second one.
        filled = self.address.replace("/{path}", f"/{path.lstrip('/')}").replace("{path}", path)
        line, column = (start.line, start.column) if start else (1, 1)
        return filled.replace("{line}", str(line)).replace("{column}", str(column))


def address_of(editor: str) -> str:
    """Return the address that opens places in an editor.

    Args:
        editor: The name of a known editor, or an address with `{path}`.

    Raises:
        ValueError: It is neither; the message says what there is.
    """
    known = _BY_NAME.get(editor)
    if known is not None:
        return known
    if "{path}" in editor and _ADDRESS.fullmatch(editor):
        return editor
    close = nearest(editor, _BY_NAME)
    guess = f"Did you mean {close}?" if close else f"There are: {', '.join(_BY_NAME)}."
    raise ValueError(f"{editor!r} is no editor, nor an address with {{path}} in it. {guess}")
