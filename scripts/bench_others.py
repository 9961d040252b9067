"""The same pages for other programs that make sites, as far as they are installed.

Each gets the pages of all locales, the same navigation beside every page, and its own search where
it has one. What Leitfaden makes of pages besides them, none of these makes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from scripts.bench_sites import ManyPages
from scripts.measuring import Command

STARLIGHT = "LEITFADEN_STARLIGHT"
"""The variable that names a folder in which `npm install astro @astrojs/starlight` was run."""

_METADATA = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TITLE = re.compile(r"^# +(.+)$", re.MULTILINE)
_DIRECTIVE = re.compile(r"\{\{|\}\}")


class Missing(Exception):
    """A program is not installed."""


@dataclass(frozen=True)
class Other:
    """Another program with its project.

    Args:
        name: What it is called in the table.
        commands: Build the site.
        site: The folder with the pages that they make.
        before: Removes what earlier builds have left.
    """

    name: str
    commands: Sequence[Command]
    site: Path
    before: Callable[[int], None]


def zensical(many: ManyPages, folder: Path) -> Other:
    """Return the project for Zensical, which knows one language: a build for each.

    Args:
        many: The pages.
        folder: Where to write it.

    Raises:
        Missing: It is not installed.
    """
    program = _program("zensical", "pip install zensical")
    many.write_plain(folder / "all", [])
    written = yaml.safe_load((folder / "all" / "mkdocs.yml").read_text("utf-8"))
    features = written["theme"]["features"]
    for locale in many.keys:
        shutil.move(folder / "all" / "docs" / locale, folder / locale / "docs")
        settings = {
            "site_name": "Plain",
            "theme": {"variant": "modern", "font": False, "features": features},
            "nav": written["nav"],
        }
        (folder / locale / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")

    def clean(_: int) -> None:
        for locale in many.keys:
            _remove(folder / locale / "site", folder / locale / ".cache")

    commands = [Command([program, "build", "--clean"], folder / locale) for locale in many.keys]
    return Other("Zensical, a build a locale", commands, folder, clean)


def hugo(many: ManyPages, folder: Path) -> Other:
    """Return the project for Hugo, with a theme of nothing but the navigation and the text.

    Args:
        many: The pages.
        folder: Where to write it.

    Raises:
        Missing: It is not installed.
    """
    program = _program("hugo", "apt install hugo")
    for locale, page_id, title, text in _texts(many, folder):
        # A folder's page has another name there, and `{{` would run something.
        name = re.sub(r"(^|/)index$", r"\1_index", page_id)
        text = _DIRECTIVE.sub("", text)
        _write(folder / "content" / locale / f"{name}.md", _with_title(title, text))
    for file in ("single", "list"):
        _write(folder / "layouts" / "_default" / f"{file}.html", _HUGO_PAGE)
    _write(folder / "layouts" / "partials" / "nav.html", _HUGO_NAVIGATION)
    settings = {
        "baseURL": "https://leitfaden.example/",
        "defaultContentLanguage": many.keys[0],
        "disableKinds": ["taxonomy", "term", "RSS"],
        "languages": {key: {"contentDir": f"content/{key}"} for key in many.keys},
    }
    _write(folder / "hugo.json", json.dumps(settings))
    command = [program, "--quiet", "--config", "hugo.json", "--destination", "site"]
    commands = [Command(command, folder)]
    return Other("Hugo, bare theme", commands, folder / "site", lambda _: _remove(folder / "site"))


def starlight(many: ManyPages, folder: Path) -> Other:
    """Return the project for Starlight.

    Args:
        many: The pages.
        folder: Where to write it.

    Raises:
        Missing: It is not installed.
    """
    modules = Path(os.environ.get(STARLIGHT, "nowhere")) / "node_modules"
    if not (modules / "@astrojs" / "starlight").is_dir():
        raise Missing(
            f"the variable {STARLIGHT} names no folder in which "
            "`npm install astro @astrojs/starlight` was run"
        )
    for locale, page_id, title, text in _texts(many, folder):
        _write(folder / "src/content/docs" / locale / f"{page_id}.md", _with_title(title, text))
    (folder / "node_modules").symlink_to(modules.resolve(), target_is_directory=True)
    locales = {key: {"label": key, "lang": key} for key in many.keys}
    # The pages of each locale, in the order of the files: Starlight makes the navigation of it.
    settings = {"title": "Plain", "locales": locales, "defaultLocale": many.keys[0]}
    _write(folder / "package.json", '{"name": "plain", "private": true, "type": "module"}')
    _write(folder / "astro.config.mjs", _ASTRO % json.dumps(settings))
    _write(folder / "src" / "content.config.ts", _COLLECTION)
    astro = str(folder / "node_modules" / ".bin" / "astro")
    environment = {"ASTRO_TELEMETRY_DISABLED": "1", "CI": "1"}
    commands = [Command([astro, "build"], folder, environment)]

    def clean(_: int) -> None:
        _remove(folder / "dist", folder / ".astro")

    return Other("Starlight", commands, folder / "dist", clean)


OTHERS: Mapping[str, Callable[[ManyPages, Path], Other]] = {
    "zensical": zensical,
    "hugo": hugo,
    "starlight": starlight,
}
"""The programs by the names with which the command line asks for them."""

_HUGO_PAGE = """\
<!doctype html>
<html lang="{{ .Language.Lang }}">
<head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body>
{{ partialCached "nav.html" . .Language.Lang }}
<main>{{ .Content }}</main>
<nav>{{ .TableOfContents }}</nav>
</body>
</html>
"""
_HUGO_NAVIGATION = """\
<nav><ul>
{{ range site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul></nav>
"""
_ASTRO = """\
import { defineConfig } from "astro/config"
import starlight from "@astrojs/starlight"
export default defineConfig({ integrations: [starlight(%s)] })
"""
_COLLECTION = """\
import { defineCollection } from "astro:content"
import { docsLoader } from "@astrojs/starlight/loaders"
import { docsSchema } from "@astrojs/starlight/schema"
const docs = defineCollection({ loader: docsLoader(), schema: docsSchema() })
export const collections = { docs }
"""


def _program(name: str, cure: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Missing(f"there is no program `{name}`; `{cure}` brings it")
    return found


def _texts(many: ManyPages, folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield the locale, the id, the title and the text of all pages."""
    many.write_plain(folder / "all", [])
    for locale in many.keys:
        for page_id in many.page_ids:
            text = (folder / "all" / "docs" / locale / f"{page_id}.md").read_text("utf-8")
            body = _METADATA.sub("", text, count=1)
            title = _TITLE.search(body)
            yield locale, page_id, title[1] if title else page_id, _TITLE.sub("", body, count=1)
    _remove(folder / "all")


def _with_title(title: str, text: str) -> str:
    return f"---\ntitle: {json.dumps(title)}\n---\n{text}"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _remove(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
