"""Extensions of Markdown that read files for a page: none may reach out of the docs folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

_SNIPPETS, _B64 = "pymdownx.snippets", "pymdownx.b64"
_UNBOUND = ("markdown_include.include", "mdx_include.mdx_include", "mdx_include")


def mistakes(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """Yield by which extensions a page could show files that are none of the playbook's.

    Each is a message and its cure.

    Args:
        config: MkDocs' configuration.
    """
    docs = os.path.relpath(config.docs_dir)
    for name in _names(config):
        given = _given(config, name)
        if name in _UNBOUND:
            message = f"`{name}` lets a page show any file of the machine that builds the site."
            yield message, f"Remove it from `markdown_extensions`; `{_SNIPPETS}` can be bound."
        elif name == _SNIPPETS:
            yield from _snippets(given, config, docs)
        elif name == _B64:
            loose = given.get("restrict_path", True) is not True
            above = given.get("root_path") or given.get("base_path", ".")
            if loose or not _is_within(above, config):
                message = f"`{name}` lets a page show images from outside of the docs folder."
                yield message, f"Set `base_path: {docs}` for it, and nothing else."


def follows_links(config: MkDocsConfig) -> bool:
    """Tell whether a page can name a file that is read for it, and so one that is a link."""
    return not {_SNIPPETS, _B64}.isdisjoint(_names(config))


def _names(config: MkDocsConfig) -> list[str]:
    return [str(name).partition(":")[0] for name in config.markdown_extensions]


def _given(config: MkDocsConfig, name: str) -> Mapping[str, Any]:
    for key, given in (config.mdx_configs or {}).items():
        if str(key).partition(":")[0] == name and given:
            return dict(given)
    return {}


def _snippets(
    given: Mapping[str, Any], config: MkDocsConfig, docs: str
) -> Iterator[tuple[str, str]]:
    paths = given.get("base_path", ["."])
    bases = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    if given.get("restrict_base_path", True) is not True or not all(
        _is_within(base, config) for base in bases
    ):
        message = f"`{_SNIPPETS}` lets a page show files from outside of the docs folder."
        yield message, f"Set `base_path: {docs}` for it, and not `restrict_base_path: false`."
    if given.get("url_download", False) is not False:
        message = f"`{_SNIPPETS}` lets a page have any address fetched by the machine that builds."
        yield message, "Remove `url_download` from it."


def _is_within(path: object, config: MkDocsConfig) -> bool:
    docs = os.path.realpath(config.docs_dir)
    real = os.path.realpath(os.path.abspath(str(path)))  # noqa: PTH100
    return real == docs or real.startswith(docs + os.sep)
