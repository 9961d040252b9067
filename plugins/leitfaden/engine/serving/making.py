"""Makes the site: in memory if that can be, else as a whole."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from leitfaden.checking.wording import LANGUAGES, language_for
from leitfaden.engine import fitness
from leitfaden.engine.serving import built
from leitfaden.engine.serving.desk import Made
from leitfaden.engine.serving.findings import Wanted
from leitfaden.engine.serving.resident import Resident, prepared
from leitfaden.engine.serving.sources import Sources, files_of, inherited
from leitfaden.engine.serving.texts import Kept
from leitfaden.engine.serving.told import Ear
from leitfaden.reading.inventory import redirects_of
from leitfaden.site.levels import level_of
from leitfaden.site.parity import lock_of
from leitfaden.site.plugin import plugin_of

_BASELINE = ".leitfaden-baseline.json"
_log = logging.getLogger("mkdocs.plugins.leitfaden.serve")


@dataclass
class Maker:
    """Makes a site again and again.

    Args:
        options: What `load_config` is given.
        address: Where it is served, as MkDocs has it in `site_url`.
        only: The locales that are wanted; all if it is empty.
        progress: Is told how many of how many locales are ready.
        first: The configuration that the server has begun with, for the first time.
    """

    options: Mapping[str, Any]
    address: str
    only: tuple[str, ...]
    progress: Callable[[int, int], None]
    first: MkDocsConfig | None = None
    _kept: Kept = field(default_factory=Kept)
    _has_told: list[str] = field(default_factory=list)

    def make(self, folder: Path, ear: Ear) -> Made:
        """Make the site.

        Args:
            folder: A folder of its own.
            ear: Hears what is logged.

        Raises:
            Abort: Something is wrong; it has been told what.
        """
        config, self.first = self.first or self.loaded(), None
        config.site_dir, config.site_url = str(folder / "site"), self.address
        why = fitness.why_whole(config)
        if why is not None:
            return self._built(config, folder, why)
        folder.mkdir(parents=True, exist_ok=True)
        site = prepared(config, folder, self._kept, self.only, self.progress)
        sources = sources_of(config, site)
        return _made(config, site, sources)

    def loaded(self) -> MkDocsConfig:
        """Read the configuration."""
        return load_config(**self.options)

    def _built(self, config: MkDocsConfig, folder: Path, why: str) -> Made:
        if why not in self._has_told:
            self._has_told.append(why)
            _log.warning(f"Each change builds the whole site: {why}.")
        sources = sources_of(config, None)
        contract = plugin_of(config).config.contract
        templates = Path(str(config.theme.custom_dir))
        own = built.looks_of(sources.root, contract, templates)
        built.build(folder, {**self.options, "site_url": self.address}, sources.root)
        return _made(config, built.Built(folder, own, frozenset(self.only)), sources)


def _made(config: MkDocsConfig, site: Any, sources: Sources) -> Made:
    options = plugin_of(config).config
    locales = site.looks.contract.locale_keys if site.looks else ()
    languages = tuple(dict.fromkeys((LANGUAGES[0], *map(language_for, locales))))
    wanted = Wanted(sources.root, options.contract, Path(config.docs_dir), languages)
    levels = partial(level_of, config=config)
    return Made(site, sources, wanted, options.check.fail_on, levels)


def sources_of(config: MkDocsConfig, site: Resident | None) -> Sources:
    """Return the files that a site is made of.

    Args:
        config: MkDocs' configuration.
        site: The site, if it is in memory.
    """
    file = Path(config.config_file_path).absolute()
    root, docs = file.parent, Path(config.docs_dir)
    contract = root / plugin_of(config).config.contract
    watched = [Path(path).absolute() for path in config.watch]
    folders = [docs, *(path for path in watched if path.is_dir())]
    if config.theme.custom_dir:
        folders.append(Path(config.theme.custom_dir))
    locales = site.build.contract.locale_keys if site else ()
    read = [docs / name for locale in locales for name in (redirects_of(locale), lock_of(locale))]
    history = list(history_of(root))
    read += history
    files = [file, contract, *inherited(file), *files_of(_hooks(config))]
    files += (path for path in watched if not path.is_dir() and path.name != _BASELINE)
    return Sources(
        root=root,
        folders=tuple(dict.fromkeys(folders)),
        files=(*dict.fromkeys(files), *history, root / _BASELINE),
        pages=site.page_files() if site else frozenset(),
        copied=site.copied_files() if site else frozenset(),
        read=frozenset(map(str, read)),
        checked=frozenset((str(root / _BASELINE),)),
    )


def history_of(folder: Path) -> Iterator[Path]:
    """Yield the file of git's that changes with each commit, and what comes before there is one.

    Args:
        folder: A folder of the repository.
    """
    for parent in (folder, *folder.parents):
        git = parent / ".git"
        if git.is_file():  # a working tree beside another
            git = parent / git.read_text("utf-8", "replace").partition("gitdir:")[2].strip()
        if git.is_dir():
            yield git / "logs" / "HEAD"
            yield git / "logs"  # which the first commit makes
            return
    yield folder / ".git"


def mount_of(site_url: str | None) -> str:
    """Return the path below which a site is served, with `/` at both ends.

    Args:
        site_url: The site's own address.
    """
    path = urlsplit(site_url or "/").path
    return f"/{path.lstrip('/')}".rstrip("/") + "/"


def _hooks(config: MkDocsConfig) -> Iterable[object]:
    hooks: Any = config.hooks  # which is not what its type says
    modules: Iterable[object] = hooks.values()
    return modules
