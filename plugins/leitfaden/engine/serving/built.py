"""A site that is built as a whole: for plugins that want to see all pages at once."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.exceptions import Abort

from leitfaden.contract import Contract, ContractError, load_contract
from leitfaden.engine.serving.looks import Looks
from leitfaden.engine.serving.panel import Sides
from leitfaden.engine.serving.sources import Kind
from leitfaden.engine.serving.told import why_not
from leitfaden.rendering import Catalogue, CatalogueError

_PROGRAM = "from leitfaden.engine.serving.built import main; main()"
_NOT_FOUND = "404.html"
_LEVELS = {"WARNING": logging.WARNING, "ERROR": logging.ERROR, "CRITICAL": logging.CRITICAL}
_log = logging.getLogger("mkdocs.plugins.leitfaden.serve")


@dataclass
class Built:
    """A site in a folder.

    Args:
        folder: The server's own folder for it.
        looks: The server's own pages.
        only: The locales that are shown; all if it is empty.
    """

    folder: Path
    looks: Looks
    only: frozenset[str]

    @property
    def _site(self) -> Path:
        return self.folder / "site"

    def page(self, uri: str) -> bytes | None:
        """Return the page at a path below the site; None if there is none."""
        if not self.is_page(uri) or uri == _NOT_FOUND:
            return None
        return (self._site / uri).read_bytes()

    def is_page(self, uri: str) -> bool:
        """Tell whether a page stands at a path below the site."""
        return uri.endswith(".html") and self.unserved(uri) is None and self._is_there(uri)

    def copied(self, uri: str) -> Path | None:
        """Return the file at a path below the site; None if there is none."""
        return self._site / uri if not uri.endswith(".html") and self._is_there(uri) else None

    def beside(self, uri: str) -> bytes | None:
        """Return what is neither page nor file: nothing, since all is in the folder."""
        return None

    def not_found(self) -> bytes | None:
        """Return the page that tells that there is none, if the site has one."""
        file = self._site / _NOT_FOUND
        return file.read_bytes() if file.is_file() else None

    def locale_at(self, uri: str) -> str:
        """Return the locale of the readers of a path below the site."""
        folder = uri.partition("/")[0]
        contract = self.looks.contract
        return folder if folder in contract.locales else contract.source

    def path_of(self, uri: str) -> str | None:
        """Return the file of a page: unknown, since plugins may have moved it."""
        return None

    def sides_at(self, uri: str) -> Sequence[Sides]:
        """Return nothing: which page it is is unknown."""
        return ()

    def unserved(self, uri: str) -> str | None:
        """Return the locale of a path that is not served; None if it is."""
        locale = self.locale_at(uri)
        return locale if self.only and locale not in self.only else None

    def homes(self) -> Sequence[tuple[str, str]]:
        """Return the names of the languages that are served, and the paths of their homes."""
        contract = self.looks.contract
        return [
            (settings.name, "" if locale == contract.source else f"{locale}/")
            for locale, settings in contract.locales.items()
            if not self.only or locale in self.only
        ]

    def take(self, changes: Iterable[tuple[Path, Kind]]) -> bool:
        """Take over changes of files: everything has to be made anew."""
        return False

    def close(self) -> None:
        """Let go of what is on disk."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _is_there(self, uri: str) -> bool:
        real, site = Path(os.path.realpath(self._site / uri)), Path(os.path.realpath(self._site))
        return real.is_relative_to(site) and real.is_file()


def build(folder: Path, options: Mapping[str, Any], root: Path) -> None:
    """Build a site into a folder, in a process of its own.

    Args:
        folder: The folder; the site is in `site` below it.
        options: What `load_config` is given.
        root: The project's folder.

    Raises:
        Abort: It failed; what was told has been logged.
    """
    folder.mkdir(parents=True)
    told = {**options, "site_dir": str(folder / "site")}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, json.dumps(told)],
        cwd=root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    for line in done.stdout.splitlines():
        level, dash, text = line.partition("-  ")
        if dash and level.strip() in _LEVELS:
            _log.log(_LEVELS[level.strip()], text)
    if done.returncode:
        raise Abort("The site could not be built.")


def looks_of(root: Path, contract: str, templates: Path) -> Looks:
    """Return the server's own pages, in the languages of a contract.

    Args:
        root: The project's folder.
        contract: The contract, relative to it.
        templates: The folder of the templates.

    Raises:
        Abort: The contract or the texts cannot be read.
    """
    try:
        read: Contract = load_contract(root / contract)
        return Looks(templates, read, Catalogue.load(templates, read))
    except (ContractError, CatalogueError) as error:
        raise Abort(str(error)) from error


def main() -> None:
    """Build the site that the one argument tells of."""
    from mkdocs.config import load_config

    from leitfaden.engine.messages import printed
    from leitfaden.engine.whole import build as build_site

    with printed():
        try:
            build_site(load_config(**json.loads(sys.argv[1])))
        except Abort:
            sys.exit(1)  # it has been told why
        except Exception as error:  # plugins can raise anything
            _log.error(why_not((), error, Path.cwd())[0])  # a line, no traceback
            sys.exit(1)
