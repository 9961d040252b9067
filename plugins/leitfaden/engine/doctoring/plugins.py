"""Whether the plugins of others get along with ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from mkdocs.config.defaults import MkDocsConfig

from leitfaden.engine import fitness
from leitfaden.engine.doctoring.ailment import Ailment, notice, warning
from leitfaden.engine.doctoring.patient import Patient
from leitfaden.site import plugin as ours

_Method: TypeAlias = Callable[..., Any]


def look(patient: Patient) -> Iterator[Ailment]:
    """Look at the order of events, which is the one that MkDocs runs them in.

    In which order mkdocs.yml names the plugins says little: ours and static-i18n's have priorities.
    """
    config = patient.config
    if config is None or patient.contract is None:
        return
    why = fitness.why_alone(config)
    if why is not None:
        yield notice("one-process", why=why)
    for event, name in (("files", "late-files"), ("page_markdown", "late-text")):
        for plugin in _behind_us(config, event):
            yield warning(name, plugin=plugin)
    for plugin in _before_us(config, "page_content"):
        yield warning("early-html", plugin=plugin)
    for plugin in _names(config, config.plugins.events["nav"]):
        yield notice("other-nav", plugin=plugin)


def _behind_us(config: MkDocsConfig, event: str) -> list[str]:
    """Return the plugins whose method for an event runs behind our last one."""
    methods = config.plugins.events[event]
    own = [at for at, method in enumerate(methods) if _is_ours(method)]
    return _names(config, methods[own[-1] + 1 :]) if own else []


def _before_us(config: MkDocsConfig, event: str) -> list[str]:
    """Return the plugins whose method for an event runs before our first one."""
    methods = config.plugins.events[event]
    own = [at for at, method in enumerate(methods) if _is_ours(method)]
    return _names(config, methods[: own[0]]) if own else []


def _names(config: MkDocsConfig, methods: Sequence[_Method]) -> list[str]:
    """Return the names of plugins that nobody here knows."""
    origins = config.plugins._event_origins
    others = (method for method in methods if not fitness.is_known(method))
    return list(dict.fromkeys(origins.get(method) or repr(method) for method in others))


def _is_ours(method: _Method) -> bool:
    return isinstance(getattr(method, "__self__", None), ours.LeitfadenPlugin)
