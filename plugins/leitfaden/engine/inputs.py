"""What a site is made of, as its configuration tells; nothing where that cannot be told."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig

import leitfaden
from leitfaden.checking.baseline import DEFAULT_NAME
from leitfaden.engine import fitness
from leitfaden.engine.kept import Kept
from leitfaden.engine.manifest import (
    FOLDER,
    Inputs,
    Known,
    Manifest,
    Told,
    Unclear,
    site_state,
    state_of,
    times_of,
)
from leitfaden.site import sources

_ENV = "!ENV"
_PYTHON = re.compile(r"!!python/[\w/-]+:([\w.]+)")
_PLUGINS = frozenset(
    ("leitfaden.site.plugin", "material.plugins.search.plugin", "mkdocs_static_i18n.plugin")
)
# Those that read nothing but the page, or what has been installed.
_EXTENSIONS = re.compile(r"(markdown\.extensions|pymdownx|material\.extensions)(\.\w+)*")
_READ_FILES = ("b64", "snippets")
_THEIRS = ("markdown", "material", "pymdownx")
_BUILT_IN = frozenset(
    (
        "abbr",
        "admonition",
        "attr_list",
        "codehilite",
        "def_list",
        "extra",
        "fenced_code",
        "footnotes",
        "legacy_attrs",
        "legacy_em",
        "md_in_html",
        "meta",
        "nl2br",
        "sane_lists",
        "smarty",
        "tables",
        "toc",
        "wikilinks",
    )
)


class _Loader(yaml.SafeLoader):
    """Reads a configuration as far as it names files and variables."""


def _any(loader: yaml.SafeLoader, _: str, node: yaml.Node) -> Any:
    """Return the value of a node with a tag, as if it had none."""
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return node.value


_Loader.add_multi_constructor("!", _any)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _any)


def configuration(file: Path) -> Mapping[str, bytes]:
    """Return the texts of a configuration: its own file, and those that it inherits from.

    Args:
        file: Its own file.

    Raises:
        OSError: One of them is not there.
        yaml.YAMLError: One of them is no configuration.
    """
    found: dict[str, bytes] = {}
    while str(file) not in found:
        data = found[str(file)] = file.read_bytes()
        values = yaml.load(data, _Loader)
        above = values.get("INHERIT") if isinstance(values, dict) else None
        if not isinstance(above, str):
            break
        file = Path(os.path.normpath(file.parent / above))
    return found


def inputs_of(config: MkDocsConfig, texts: Mapping[str, bytes]) -> Inputs | None:
    """Return what a site is made of; None if not all of that can be known.

    What else `watch` names does not count: only plugins that nobody knows would read it.

    Args:
        config: MkDocs' configuration, as it has been read.
        texts: What it has been read from.
    """
    if not _is_known(config, texts):
        return None
    root = sources.root_of(config)
    own = str(config.theme.custom_dir or "")
    others = (folder for folder in config.theme.dirs if folder != own)
    package = Path(leitfaden.__file__).parent
    contract = config.plugins["leitfaden"].config.contract
    return Inputs(
        files=(*texts, str(root / contract), str(root / DEFAULT_NAME)),
        folders=tuple(dict.fromkeys((config.docs_dir, *filter(None, (own,))))),
        left_out=(config.site_dir, str(root / FOLDER.parent)),
        programs=(str(package), *others, *_modules(package)),
        variables=tuple(sorted(set(_variables(texts)))),
        history=config.docs_dir,
    )


def _is_known(config: MkDocsConfig, texts: Mapping[str, bytes]) -> bool:
    """Tell whether nothing reads files that only it knows of."""
    plugins = {type(plugin).__module__ for plugin in config.plugins.values()}
    if config.hooks or not plugins <= _PLUGINS or not fitness.are_all_known(config):
        return False
    named = (name for text in texts.values() for name in _PYTHON.findall(text.decode("utf-8")))
    return all(name.partition(".")[0] in _THEIRS for name in named) and all(
        map(_is_known_extension, config.markdown_extensions)
    )


def _is_known_extension(name: str) -> bool:
    if name in _BUILT_IN:
        return True
    return bool(_EXTENSIONS.fullmatch(name)) and not name.endswith(_READ_FILES)


def _variables(texts: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the names of the variables that a configuration asks the environment for."""
    for text in texts.values():
        for node in _nodes(yaml.compose(text, _Loader)):
            if node.tag == _ENV:
                inner = node.value if isinstance(node, yaml.SequenceNode) else [node]
                yield from (str(one.value) for one in inner)


def _nodes(node: yaml.Node | None) -> Iterator[yaml.Node]:
    if node is None:
        return
    yield node
    if isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _nodes(one)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _nodes(key)
            yield from _nodes(value)


def _modules(package: Path) -> Iterator[str]:
    """Yield the files of other programs that work here, but those of Python itself."""
    standard = str(Path(os.__file__).parent)
    for module in tuple(sys.modules.values()):
        file = getattr(module, "__file__", None) or ""
        is_python = file.startswith(standard) and "-packages" not in file
        if file and not is_python and not Path(file).is_relative_to(package):
            yield file


@contextmanager
def building(
    known: Known, read: Callable[[], MkDocsConfig]
) -> Iterator[tuple[MkDocsConfig, Callable[[Path], None], Kept | None]]:
    """Keep what further builds want to know of the one in this block, if nothing changes meanwhile.

    Args:
        known: Where it is kept.
        read: Reads the configuration.

    Yields:
        The configuration; what has to look at the site before it is put in place; and the pages of
        the last site.
    """
    texts = _texts(known.file)
    config = read()
    inputs = inputs_of(config, texts) if texts and texts == _texts(known.file) else None
    before, site, listener = _state(inputs), config.site_dir, _Listener()
    built: list[str] = []

    def look(folder: Path) -> None:
        with suppress(OSError):
            built.append(site_state(str(folder)))

    with listener.listening():
        kept = Kept(known, inputs, site) if inputs and before else None
        yield config, look, kept
    if inputs and before and kept and built and _state(inputs) == before:
        kept.keep()
        known.keep(Manifest(inputs, before[0], site, built[0], tuple(listener.told)))


def _texts(file: Path) -> Mapping[str, bytes]:
    try:
        return configuration(file)
    except (OSError, yaml.YAMLError):
        return {}  # MkDocs tells what is wrong with it


def _state(inputs: Inputs | None) -> tuple[str, str] | None:
    try:
        return (state_of(inputs), times_of(inputs)) if inputs else None
    except (OSError, Unclear):
        return None


class _Listener(logging.Handler):
    """Notes warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[Told] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note a message."""
        self.told.append((record.levelname, record.getMessage()))

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Note what is told in this block."""
        logger = logging.getLogger("mkdocs")
        logger.addHandler(self)
        try:
            yield
        finally:
            logger.removeHandler(self)
