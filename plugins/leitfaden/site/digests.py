"""What a site is made of, as digests: builds on two machines make the same site if they agree."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.theme import Theme

from leitfaden.checking.baseline import DEFAULT_NAME
from leitfaden.reading.versions import head_of
from leitfaden.site.build import Build

_PACKAGE = Path(__file__).parents[1]
_PROGRAM = "leitfaden"
_REQUIRED = re.compile(r"[\w.-]+")
# What changes nothing on the site.
_WITHOUT = ("config_file_path", "dev_addr", "remote_branch", "remote_name", "site_dir", "strict")


def settings_of(config: MkDocsConfig) -> str:
    """Return the digest of all settings, whichever file or variable they come from.

    Args:
        config: MkDocs' configuration, just read: plugins change it while they build.
    """
    root = str(Path(config.config_file_path).absolute().parent)
    values = {key: value for key, value in config.items() if key not in _WITHOUT}
    text = json.dumps(values, default=_plain, sort_keys=True)
    hooks = (Path(root, name).read_bytes() for name in sorted(config.hooks))
    return _digest((text.replace(root, "").encode(), *hooks))


def of_build(build: Build, config: MkDocsConfig, settings: str) -> dict[str, str]:
    """Return what stands for all that the site of a build is made of.

    Args:
        build: The build, which has read all pages.
        config: MkDocs' configuration.
        settings: The digest of the settings.
    """
    contract = config.plugins[_PROGRAM].config.contract
    ours = (build.root / contract, build.root / DEFAULT_NAME)
    return {
        "pages": _digest(_folder(Path(config.docs_dir))),
        "templates": _digest(_folder(Path(str(config.theme.custom_dir)))),
        "contract": _digest(one.read_bytes() if one.exists() else b"" for one in ours),
        "configuration": settings,
        "programs": _digest(_programs()),
        "history": _digest(_history(build, config)),
    }


def _digest(pieces: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for piece in pieces:
        found.update(b"%d " % len(piece))  # where one ends and the next begins
        found.update(piece)
    return found.hexdigest()


def _folder(folder: Path, *endings: str) -> Iterator[bytes]:
    """Yield the names and contents of all files in a folder."""
    found = (file for file in folder.rglob("*") if file.is_file())
    for name, file in sorted((file.relative_to(folder).as_posix(), file) for file in found):
        if name.endswith(endings or ""):
            yield name.encode("utf-8", "surrogateescape")
            yield file.read_bytes()


def _programs() -> Iterator[bytes]:
    """Yield the versions of all that takes part."""
    python = (*sys.version_info[:2], unicodedata.unidata_version)
    yield ".".join(map(str, python)).encode()
    for name in sorted(_all_required()):
        try:
            yield f"{name} {version(name)}".encode()
        except PackageNotFoundError:  # needed on other systems only
            continue
    yield from _folder(_PACKAGE, ".py", ".yml")  # in a source tree, its version says little


def _all_required() -> set[str]:
    """Return the names of what is needed, and of what that needs."""
    found: set[str] = set()
    left = [_PROGRAM]
    while left:
        name = left.pop()
        if name in found:
            continue
        found.add(name)
        try:
            needed = requires(name) or ()
        except PackageNotFoundError:
            continue
        names = (_REQUIRED.match(one) for one in needed if "extra ==" not in one)
        left += [match[0].lower().replace("_", "-") for match in names if match]
    return found


def _history(build: Build, config: MkDocsConfig) -> Iterator[bytes]:
    """Yield what git has told: a clone without its history tells nothing."""
    yield head_of(Path(config.docs_dir)).encode()
    knowledge = build.knowledge
    for uri, page in sorted(build.pages.items()):
        day = knowledge.changed_on(page)
        if day:
            yield f"{uri} {day}".encode("utf-8", "surrogatepass")
    for locale in build.contract.locale_keys:
        yield f"{locale} {knowledge.trend(locale)}".encode()


def _plain(value: object) -> Any:
    """Return what stands for a value of the configuration in JSON."""
    if isinstance(value, Theme):
        return {"name": value.name, **{key: value[key] for key in value}}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if hasattr(value, "config"):  # a plugin
        return _plain(value.config)
    if hasattr(value, "patterns"):  # of files that are left out
        return [str(getattr(one, "regex", one)) for one in value.patterns]
    kind = value if hasattr(value, "__qualname__") else type(value)
    return f"{kind.__module__}.{kind.__qualname__}"
