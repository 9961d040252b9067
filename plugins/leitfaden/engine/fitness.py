"""Whether a site can be built by several processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mkdocs.config.defaults import MkDocsConfig

from leitfaden.engine.processes import can_fork

MARK = "parallel_pages"
"""What a plugin sets to True, or a file of hooks, that keeps nothing from one page for another.

Each of its page events may then run in another process; what it keeps in `on_config`, `on_files`
and `on_nav` is there in all of them, and its `on_post_build` runs once for each locale.
"""

_KNOWN = frozenset(
    ("leitfaden.site.plugin", "material.plugins.search.plugin", "mkdocs_static_i18n.plugin")
)
_NEEDED = ("leitfaden.site.plugin", "mkdocs_static_i18n.plugin")

# What runs before the processes part, one locale after the other as ever.
_TOGETHER = frozenset(
    ("startup", "shutdown", "serve", "config", "pre_build", "files", "nav", "build_error")
)


def why_alone(config: MkDocsConfig) -> str | None:
    """Return why a site has to be built by one process, as MkDocs does; None if it need not.

    Args:
        config: MkDocs' configuration.
    """
    why = _why_not(config, _is_fit, "may keep something from one page for another")
    if why:
        return why
    if not can_fork():
        return "this system cannot copy processes safely"
    return None


def are_all_known(config: MkDocsConfig) -> bool:
    """Tell whether nobody but the plugins that we know works on pages.

    Then a page can be made from its content to its file without the contents of the others.

    Args:
        config: MkDocs' configuration.
    """
    events = config.plugins.events.items()
    methods = (method for event, found in events if event not in _TOGETHER for method in found)
    return all(is_known(method) for method in methods)


def why_whole(config: MkDocsConfig) -> str | None:
    """Return why a site has to be built as a whole, not in parts; None if it need not.

    Args:
        config: MkDocs' configuration.
    """
    return _why_not(config, is_known, "may do something to pages that needs all of them")


def _why_not(
    config: MkDocsConfig, fits: Callable[[Callable[..., object]], bool], reason: str
) -> str | None:
    """Return which plugins are missing, or are in the way for a reason; None if all is well."""
    modules = {type(plugin).__module__ for plugin in config.plugins.values()}
    if not modules.issuperset(_NEEDED):
        return "the plugins `i18n` and `leitfaden` are not both there"
    unfit = sorted(set(_unfit(config, fits)))
    return f"{', '.join(f'`{name}`' for name in unfit)} {reason}" if unfit else None


def _unfit(config: MkDocsConfig, fits: Callable[[Callable[..., object]], bool]) -> Iterator[str]:
    """Yield the plugins that don't fit, of those that work on pages."""
    plugins = config.plugins
    for event, methods in plugins.events.items():
        for method in methods if event not in _TOGETHER else ():
            if not fits(method):
                yield plugins._event_origins.get(method) or repr(method)


def _is_fit(method: Callable[..., object]) -> bool:
    owner = getattr(method, "__self__", None)
    if owner is None:  # a hook
        return getattr(method, "__globals__", {}).get(MARK) is True
    return is_known(method) or getattr(owner, MARK, None) is True


def is_known(method: Callable[..., object]) -> bool:
    """Tell whether a method of an event belongs to a plugin that we know."""
    return type(getattr(method, "__self__", None)).__module__ in _KNOWN
