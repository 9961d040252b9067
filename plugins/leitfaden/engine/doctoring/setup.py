"""Whether mkdocs.yml, the contract, the templates and their texts go together."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig

from leitfaden.contract import Contract
from leitfaden.engine.doctoring.ailment import Ailment, error, notice, warning
from leitfaden.engine.doctoring.patient import Patient
from leitfaden.model import Diagnostic
from leitfaden.rendering import Catalogue, CatalogueError
from leitfaden.site import i18n, policy, preconditions
from leitfaden.site.build import views_without_template

_SEARCH = "material/search"
_SEARCH_OPTIONS = ("lang", "separator", "pipeline", "fields")
_TOLD = logging.INFO
_EDITS = frozenset(("content.action.edit", "content.action.view"))


def look(patient: Patient) -> Iterator[Ailment]:
    """Look at what a build would look at before it begins, and at what it would say nothing of."""
    yield from patient.unreadable
    config, contract = patient.config, patient.contract
    if config is None:
        return
    wrong = tuple(preconditions.mistakes(config))
    yield from map(_precondition, wrong)
    catalogue = None
    if contract is not None and config.theme.custom_dir:
        catalogue, unreadable = _catalogue(config, contract)
        yield from (error("texts", message=one) for one in unreadable)
    if contract is not None and catalogue is not None and not wrong:
        told = (
            *i18n.declare_locales(config, contract, catalogue),
            *policy.mistakes(contract, config),
        )
        yield from map(_precondition, (preconditions.mistake(config, *text) for text in told))
        yield from _palette(config, contract, catalogue)
    yield from _options(config, contract)
    if contract is not None:
        yield from _hidden(config, contract)
        yield from _others(config, contract)


def _precondition(wrong: Diagnostic) -> Ailment:
    return error("precondition", message=wrong.message, cure=wrong.help)


def _catalogue(
    config: MkDocsConfig, contract: Contract
) -> tuple[Catalogue | None, tuple[Diagnostic, ...]]:
    """Return the texts of the site, and what is wrong with them and the templates beside them."""
    templates = Path(str(config.theme.custom_dir))
    contract_name = config.plugins["leitfaden"].config.contract
    views = tuple(views_without_template(contract, contract_name, templates))
    try:
        return Catalogue.load(templates, contract), views
    except CatalogueError as wrong:
        return None, (*wrong.diagnostics, *views)


# Options that a build takes as they are


def _options(config: MkDocsConfig, contract: Contract | None) -> Iterator[Ailment]:
    if not config.site_url:
        yield warning("no-site-url")
    asked = i18n.asked(config)
    if not asked.get("reconfigure_material", True):
        yield warning("no-switcher")
    if asked.get("build_only_locale"):
        yield warning("one-locale", locale=asked["build_only_locale"])
    yield from _search(config)
    yield from _edits(config)
    for name in _unvalidated(config):
        yield notice("validation-off", option=name)


def _search(config: MkDocsConfig) -> Iterator[Ailment]:
    """Yield options of a plugin whose index is not the one that readers search."""
    plugin = config.plugins.get(_SEARCH)
    if plugin is not None:
        given = [name for name in _SEARCH_OPTIONS if plugin.config[name]]
        if given:
            yield notice("search-options", options=_listed(given))


def _edits(config: MkDocsConfig) -> Iterator[Ailment]:
    """Yield links to edit a page that lead past it."""
    uri, docs = config.edit_uri, Path(config.docs_dir)
    if not uri or config.edit_uri_template or _EDITS.isdisjoint(config.theme.get("features") or ()):
        return
    above = (folder for folder in docs.parents if (folder / ".git").exists())
    repository = next(above, None)
    if repository is not None:
        real = docs.relative_to(repository).as_posix()
        if not f"/{urlsplit(uri).path}".endswith(f"/{real}/"):
            yield warning("edit-uri", uri=uri, folder=real)


def _unvalidated(config: MkDocsConfig) -> Iterator[str]:
    """Yield what MkDocs is told not to look for."""
    nav, links = config.validation.nav, config.validation.links
    wanted = {
        "validation.nav.not_found": nav.not_found,
        "validation.links.not_found": links.not_found,
        "validation.links.unrecognized_links": links.unrecognized_links,
        "validation.links.anchors": links.anchors,
    }
    yield from (name for name, level in wanted.items() if level < _TOLD)


def _palette(config: MkDocsConfig, contract: Contract, catalogue: Catalogue) -> Iterator[Ailment]:
    """Yield names of switches that are the same in all languages."""
    palette: Any = config.theme.get("palette") or ()
    known = catalogue.keys(contract.source)
    for option in palette if isinstance(palette, list) else (palette,):
        toggle = option.get("toggle") if isinstance(option, Mapping) else None
        name = toggle.get("name") if isinstance(toggle, Mapping) else None
        if name and f"theme.{name}" not in known:
            yield warning("palette-name", name=name)


def _hidden(config: MkDocsConfig, contract: Contract) -> Iterator[Ailment]:
    """Yield locales whose pages are all left out, although there are some."""
    if config.exclude_docs is None:
        return
    names = {locale: [] for locale in contract.locale_keys}  # type: dict[str, list[str]]
    docs = Path(config.docs_dir)
    for locale, found in names.items():
        found += (file.relative_to(docs).as_posix() for file in (docs / locale).rglob("*.md"))
    for locale, found in names.items():
        if found and all(map(config.exclude_docs.match_file, found)):
            yield error("locale-hidden", locale=locale, count=len(found))


def _others(config: MkDocsConfig, contract: Contract) -> Iterator[Ailment]:
    """Yield what readers' browsers load from others, where a policy does not forbid it."""
    if config.theme.get("font") and not contract.policy.enforced:
        yield notice("google-font")
    for name in ("extra_javascript", "extra_css"):
        for entry in config[name]:
            address = str(getattr(entry, "path", entry))
            host = urlsplit(address).netloc
            if host:
                yield notice("other-host", option=name, address=address, host=host)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
