"""The cases: what somebody may put into a playbook to do harm, and what has to become of it."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, JsonValue

FOLDER = Path(__file__).parent / "cases"
_REPORT = re.compile(r"(LF\d{3})(?::(\d+))?(?: (.+))?", re.DOTALL)


class Report(NamedTuple):
    """A finding that has to be told.

    Args:
        code: The rule's.
        path: The file's, below the project.
        line: Where in it; None if that doesn't matter.
    """

    code: str
    path: str
    line: int | None


class Case(BaseModel):
    """A case, as its file in `cases/` tells it.

    In all texts, `{{EVIL}}` stands for JavaScript that tells that it has run, `{{ROOT}}` for the
    project's folder, and `{{OUTSIDE}}` for a folder beside it that holds a secret.

    Args:
        name: The name of its file.
        about: What somebody tries.
        page: The text of `docs/en/<name>.md`; empty for none.
        files: Further files, by their paths below the project. Text that begins with `base64:`
            stands for bytes, with `fifo:` for a pipe, and `repeat:N:` for N times what follows.
            So may a path that begins with `base64:`.
        links: Symbolic links, by their paths, each with its target.
        contract: What the playbook's contract says differently; such a case is built by itself.
        reports: What has to be told: `LF615`, `LF615:4` with a line, `LF121 docs/en/a.html` of
            another file than the page.
        lacks: CSS selectors that nothing on the page matches, within its `article`.
        keeps: What readers still have to see on the page.
        opens: Further addresses that are opened.
        finds: Words that the search has to find the page by; those of its name unless given.
        unpublished: Paths that are not in the site.
        frame: Whether search, palette and drawer have to work on its page.
        fails: The code of the finding that ends the build; such a case is built by itself.
        because: Why all that is right.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str
    about: str
    page: str = ""
    files: dict[str, str] = {}
    links: dict[str, str] = {}
    contract: dict[str, JsonValue] = {}
    reports: list[str] = []
    lacks: list[str] = []
    keeps: list[str] = []
    opens: list[str] = []
    finds: str = ""
    unpublished: list[str] = []
    frame: bool = False
    fails: str = ""
    because: str

    @property
    def group(self) -> str:
        """The group that it belongs to."""
        return self.name.partition("-")[0]

    @property
    def is_alone(self) -> bool:
        """Whether it has a site of its own."""
        return bool(self.fails or self.contract)

    @property
    def addresses(self) -> list[str]:
        """Where in the site it shows, its own page first."""
        return [f"{self.name}/", *self.opens] if self.page else self.opens

    @property
    def told(self) -> Iterator[Report]:
        """What has to be told."""
        for report in self.reports:
            match = _REPORT.fullmatch(report)
            assert match is not None, report
            path = match[3] or f"docs/en/{self.name}.md"
            yield Report(match[1], path, int(match[2]) if match[2] else None)

    def laid(self, places: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
        """Yield its files, each with what is in it.

        Args:
            places: What placeholders stand for.
        """
        if self.page:
            yield f"docs/en/{self.name}.md", self._bytes(self.page, places)
        for path, text in self.files.items():
            yield _path(path), self._bytes(text, places)

    def linked(self, places: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield its symbolic links, each with its target."""
        for path, target in self.links.items():
            yield path, self._filled(target, places)

    def _bytes(self, text: str, places: Mapping[str, str]) -> bytes:
        if text.startswith("base64:"):
            return base64.b64decode(text.removeprefix("base64:"))
        return "".join(map(_repeated, self._filled(text, places).split("\f"))).encode()

    def _filled(self, text: str, places: Mapping[str, str]) -> str:
        for name, value in {"EVIL": f"alert(/{self.name}/)", **places}.items():
            text = text.replace(f"{{{{{name}}}}}", value)
        return text


def _path(path: str) -> str:
    if path.startswith("base64:"):
        return base64.b64decode(path.removeprefix("base64:")).decode("utf-8", "surrogateescape")
    return path


def _repeated(piece: str) -> str:
    """Return a piece of a text; `repeat:3:ab` is `ababab`."""
    if not piece.startswith("repeat:"):
        return piece
    _, count, text = piece.split(":", 2)
    return text * int(count)


@cache
def all_cases() -> tuple[Case, ...]:
    """Return all cases, by their names.

    While one works on some of them, `LEITFADEN_CASES=a-svg,g` keeps all others out.
    """
    wanted = tuple(os.environ.get("LEITFADEN_CASES", "").split(","))
    files = sorted(file for file in FOLDER.glob("*.yml") if file.stem.startswith(wanted))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return tuple(
        Case.model_validate({"name": file.stem, **yaml.load(file.read_text("utf-8"), loader)})
        for file in files
    )


def cases(group: str = "") -> list[Case]:
    """Return the cases of a group, or of all."""
    return [case for case in all_cases() if group in ("", case.group)]
