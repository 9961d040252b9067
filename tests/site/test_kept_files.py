"""What static-i18n makes of a file is made once for a language, and is what it would be anew."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs_static_i18n import folder

from leitfaden.site.i18n import KeptFiles

LOCALES = ["en", "de", "fr"]


def _settings(language: str) -> MkDocsConfig:
    plugin = SimpleNamespace(
        current_language=language,
        default_language="en",
        build_languages=LOCALES,
        all_languages=LOCALES,
    )
    settings: Any = SimpleNamespace(
        docs_dir="/docs", site_dir="/site", use_directory_urls=True, plugins={"i18n": plugin}
    )
    return cast(MkDocsConfig, settings)


def _file(uri: str, dest: str | None = None) -> File:
    return File(uri, "/docs", "/site", use_directory_urls=True, dest_uri=dest)


def _seen(file: File) -> dict[str, Any]:
    seen = dict(vars(file))
    alternates = seen.pop("alternates")
    assert list(alternates.values()) == [file]
    return {**seen, "alternates": list(alternates)}


URIS = (
    "en/index.md",
    "en/a/b.md",
    "en/a b.md",
    "en/de/x.md",
    "en/x/index.md",
    "en/x.MD",
    "en/./x.md",
    "de/README.md",
    "de/de/x.md",
    "de//x.md",
    "de.md",
    "en",
    "fr/x.png",
    "fr/\u00e4.md",
    "null/x.md",
    "zz/x.md",
    "pt_BR/x.md",
    "en-US/x.md",
    "shared/logo.svg",
    "../x.md",
    "README.md",
)


@pytest.mark.parametrize("uri", URIS)
@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("here", LOCALES)
def test_a_kept_file_is_as_it_would_be_made_anew(uri: str, language: str, here: str) -> None:
    config = _settings(here)
    theirs = folder.create_i18n_file
    kept = KeptFiles()
    for dest in (None, "de/own.html", "own/index.html"):
        file = _file(uri, dest)
        anew = _seen(theirs(file, language, "en", LOCALES, config))
        kept.begin(config)
        try:
            made = [
                folder.create_i18n_file(file, language, "en", LOCALES, config) for _ in range(2)
            ]
        finally:
            kept.end(config)
        assert folder.create_i18n_file is theirs
        assert [_seen(one) for one in made] == [anew, anew]


def test_what_a_build_changes_of_its_files_is_not_kept() -> None:
    config, kept = _settings("de"), KeptFiles()
    kept.begin(config)
    try:
        first, second = (
            folder.create_i18n_file(_file("en/a.md"), "de", "en", LOCALES, config) for _ in range(2)
        )
    finally:
        kept.end(config)
    first.edit_uri = "changed"
    assert second.edit_uri == "en/a.md"
