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
SETTINGS: Any = SimpleNamespace(
    docs_dir="/docs",
    site_dir="/site",
    use_directory_urls=True,
    plugins={
        "i18n": SimpleNamespace(
            current_language="de", default_language="en", build_languages=LOCALES
        )
    },
)


def _file(uri: str) -> File:
    return File(uri, "/docs", "/site", use_directory_urls=True)


def _seen(file: File) -> dict[str, Any]:
    seen = dict(vars(file))
    alternates = seen.pop("alternates")
    assert list(alternates.values()) == [file]
    return {**seen, "alternates": list(alternates)}


@pytest.mark.parametrize("uri", ["en/a/b.md", "de/README.md", "fr/x.png", "shared/logo.svg"])
@pytest.mark.parametrize("language", LOCALES)
def test_a_kept_file_is_as_it_would_be_made_anew(uri: str, language: str) -> None:
    config = cast(MkDocsConfig, SETTINGS)
    theirs = folder.create_i18n_file
    anew = _seen(theirs(_file(uri), language, "en", LOCALES, config))
    kept = KeptFiles()
    kept.begin()
    try:
        first = folder.create_i18n_file(_file(uri), language, "en", LOCALES, config)
        first.edit_uri = "changed"
        again = folder.create_i18n_file(_file(uri), language, "en", LOCALES, config)
    finally:
        kept.end(config)
    assert folder.create_i18n_file is theirs
    assert _seen(again) == anew
    assert again is not first
