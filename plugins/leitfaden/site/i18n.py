"""The only file that knows mkdocs-static-i18n.

It builds the locales one after the other: the source within MkDocs' own build, each further one
in a build of its own that it starts when the first has ended, with the same configuration and the
same plugin objects.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs_static_i18n import folder, is_relative_to, reconfigure
from mkdocs_static_i18n import plugin as static_i18n
from mkdocs_static_i18n.config import RE_LOCALE

from leitfaden.contract import Contract
from leitfaden.rendering import Catalogue

PRIORITY = -100
"""The priority of its events that matter to us."""

_NAME = "i18n"
_SWITCHER_ONLY = "null"  # its name for a mere link in the language switcher
_DERIVED = ("locale", "name", "default", "link")

EXAMPLE = """\
plugins:
  - i18n:
      docs_structure: folder
      reconfigure_search: false
      languages: [{locale: en, name: English, default: true}]"""


def is_locale_folder(name: str) -> bool:
    """Tell whether static-i18n takes a folder of that name for a locale's, declared or not."""
    return RE_LOCALE.match(name) is not None


def is_further_build(config: MkDocsConfig) -> bool:
    """Tell whether this is the build of a further locale, started from within the first."""
    plugin = config.plugins.get(_NAME)
    return bool(plugin and _any(plugin).building)


def current_locale(config: MkDocsConfig) -> str:
    """Return the locale that is being built."""
    plugin = _any(config.plugins[_NAME])
    return str(plugin.current_language or plugin.default_language)


def source_of(config: MkDocsConfig) -> str:
    """Return the locale that is built first."""
    return str(_any(config.plugins[_NAME]).default_language)


def built_locales(config: MkDocsConfig) -> tuple[str, ...]:
    """Return the locales that this build makes, the source first."""
    return tuple(_any(config.plugins[_NAME]).build_languages)


@contextmanager
def as_further_build(locale: str, config: MkDocsConfig) -> Iterator[None]:
    """Let all plugins take what is done for the build of a further locale.

    Args:
        locale: The locale.
        config: MkDocs' configuration.
    """
    plugin = _any(config.plugins[_NAME])
    first = plugin.current_language
    plugin.building, plugin.current_language = True, locale
    try:
        yield
    finally:
        plugin.building, plugin.current_language = False, first


@contextmanager
def built_by(build: Callable[..., None]) -> Iterator[None]:
    """Let another function than MkDocs' own make the builds of further locales.

    Args:
        build: It is given the configuration; `current_locale` tells it which one.
    """
    theirs, clean = static_i18n.build, utils.clean_directory
    static_i18n.build = build
    try:
        yield
    finally:
        static_i18n.build = theirs
        utils.clean_directory = clean  # which static-i18n leaves replaced when a build fails


class KeptFiles:
    """What static-i18n makes of files, each once for a language.

    It makes a file anew for every locale that is built, and again while it looks for the same page
    in all others: with n locales, about n² times for a language.
    """

    def __init__(self) -> None:
        self._theirs: Callable[..., File] = folder.create_i18n_file
        self._about: tuple[Any, ...] = ()
        self._kept: dict[tuple[Any, ...], File] = {}
        self._below: dict[tuple[str, str], bool] = {}
        self._here = ""

    def begin(self, config: MkDocsConfig) -> None:
        """Answer in place of static-i18n."""
        plugin = _any(config.plugins[_NAME])
        folders = (config.docs_dir, config.site_dir, config.use_directory_urls)
        about = (*folders, plugin.default_language, *plugin.all_languages)
        if about != self._about:
            self._forget()
            self._about = about
        self._here = current_locale(config)
        folder.create_i18n_file = self._made
        reconfigure.is_relative_to = self._is_below

    def end(self, config: MkDocsConfig) -> None:
        """Leave it to static-i18n again, and forget all behind the last locale."""
        folder.create_i18n_file = self._theirs
        reconfigure.is_relative_to = is_relative_to
        if current_locale(config) == built_locales(config)[-1]:
            self._forget()

    def _forget(self) -> None:
        self._kept.clear()
        self._below.clear()

    def _made(
        self, file: File, language: str, default: str, languages: list[str], config: MkDocsConfig
    ) -> File:
        key = (file.src_uri, file.dest_uri, file.inclusion.value, language)
        known = self._kept.get(key)
        if known is None:
            known = _like_theirs(file, language, default, languages, config)
            known = known or self._theirs(file, language, default, languages, config)
            self._kept[key] = known
        if language == self._here:
            return _copied(known, language)
        # It only tells where the page is in another language; so it can be the same for all.
        return known

    def _is_below(self, path: str, folder: str) -> bool:
        key = (path, folder)
        if key not in self._below:
            self._below[key] = is_relative_to(path, folder)
        return self._below[key]


def _like_theirs(
    file: File, language: str, default: str, languages: list[str], config: MkDocsConfig
) -> File | None:
    """Return what static-i18n makes of a file in a language; None where that is not certain.

    It takes paths apart again and again; here they are but texts.
    """
    source, dest = file.src_uri, file.dest_uri
    folder, _, below = source.partition("/")
    if os.sep != "/" or "README" in source or not (_is_plain(source) and _is_plain(dest)):
        return None
    locale = folder if folder in languages or RE_LOCALE.match(folder) else None
    of_locale = locale or default
    if dest == of_locale or (locale and not below):
        return None
    is_below = dest.startswith(f"{of_locale}/")
    rest = dest[len(of_locale) + 1 :] if is_below else dest
    if of_locale != language:
        shown = f"{language}/{rest}" if is_below or language != default else dest
    else:
        shown = rest if language == default else dest
    made = File.__new__(File)
    vars(made).update(
        src_uri=source,
        src_dir=config.docs_dir,
        dest_dir=dest,
        use_directory_urls=config.use_directory_urls,
        dest_uri=shown,
        inclusion=file.inclusion,
        abs_dest_path=os.path.normpath(f"{config.site_dir}/{shown}"),
        alternates={language: made},
        locale=of_locale,
        locale_alternate_of=language,
        localization=locale,
        norm_src_uri=below if locale else source,
    )
    vars(made).update(name=made._get_stem(), url=made._get_url())
    return made


def _is_plain(path: str) -> bool:
    """Tell whether a path is written as it would be put together again of its parts."""
    return bool(path) and posixpath.normpath(path) == path and path[0] not in "/."


def _copied(file: File, language: str) -> File:
    made = File.__new__(type(file))
    vars(made).update(vars(file))
    vars(made)["alternates"] = {language: made}
    return made


def is_theirs(event: Callable[..., object], config: MkDocsConfig) -> bool:
    """Tell whether an event's method is the one of static-i18n itself."""
    return getattr(event, "__self__", None) is config.plugins[_NAME]


def root_of(locale: str, config: MkDocsConfig) -> str:
    """Return the folder of the site that holds a locale, as a URL relative to the site."""
    return "" if locale == _any(config.plugins[_NAME]).default_language else f"{locale}/"


def named(locale: str, config: MkDocsConfig) -> tuple[str, str]:
    """Return the site's name in a locale, and what it says that it is about."""
    languages = _any(config.plugins[_NAME]).config.languages
    options: Any = next((one for one in languages if one.locale == locale), {})
    return options.get("site_name") or "", options.get("site_description") or ""


def alternates(file: File) -> Mapping[str, File]:
    """Return the same page in each locale; a page without translation stands for itself."""
    found: Mapping[str, File] = getattr(file, "alternates", {})
    return found


def only_in(uri: str, config: MkDocsConfig) -> File:
    """Return the file of a page that this build has in no language: one of a further locale.

    Args:
        uri: Its path below docs/.
        config: MkDocs' configuration.
    """
    return File(uri, config.docs_dir, config.site_dir, config.use_directory_urls)


def mistakes(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the plugin's own options, each with its cure."""
    if _NAME not in config.plugins:
        yield "The plugin `i18n` is missing; it builds the locales.", f"Add it:\n{EXAMPLE}"
        return
    options = _any(config.plugins[_NAME]).config
    if options.docs_structure != "folder":
        message = f"`plugins.i18n.docs_structure` is `{options.docs_structure}`."
        yield message, "Set `docs_structure: folder`: each locale has a folder in docs/."
    if not options.fallback_to_default:
        message = "`plugins.i18n.fallback_to_default` is off, so shared images would be missing."
        yield message, "Set `fallback_to_default: true`."
    if options.reconfigure_search:
        message = "`plugins.i18n.reconfigure_search` is on; it mixes the locales' search indexes."
        yield message, "Set `reconfigure_search: false`: each locale gets an index of its own."


def asked(config: MkDocsConfig) -> Mapping[str, Any]:
    """Return the plugin's own options, as mkdocs.yml has them; none where it is missing."""
    plugin = config.plugins.get(_NAME)
    return dict(_any(plugin).config) if plugin else {}


def declare_locales(
    config: MkDocsConfig, contract: Contract, catalogue: Catalogue
) -> Iterator[tuple[str, str]]:
    """Let static-i18n build the contract's locales, whatever mkdocs.yml lists.

    Options that mkdocs.yml gives a locale are kept.

    Yields:
        What is wrong with the result, each with its cure.
    """
    options = _any(config.plugins[_NAME]).config
    written = {language.locale: language for language in options.languages}
    languages = [
        _language(locale, contract, catalogue, written.pop(locale, {}))
        for locale in contract.locale_keys
    ]
    links = written.pop(_SWITCHER_ONLY, None)
    for locale in written:
        message = f"`plugins.i18n.languages` has `{locale}`, which the contract does not declare."
        yield message, "Remove it there, or declare it under `locales` in the contract."
    options["languages"] = languages + ([_given(links)] if links else [])
    failed, _ = options.validate()
    for key, error in failed:
        yield f"`plugins.i18n.{key}`: {error}", "Correct it in mkdocs.yml."


def _language(
    locale: str, contract: Contract, catalogue: Catalogue, written: Mapping[str, Any]
) -> dict[str, Any]:
    own = {key: value for key, value in _given(written).items() if key not in _DERIVED}
    texts = {
        "site_name": catalogue.text("site.name", locale),
        "site_description": catalogue.text("site.description", locale),
    }
    fixed = {
        "locale": locale,
        "name": contract.locales[locale].name,
        "default": locale == contract.source,
    }
    return {**texts, **own, **fixed}


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in options.items() if value is not None}


def _any(plugin: object) -> Any:
    return plugin
