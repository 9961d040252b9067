"""Small sites to build: a folder with the project's own set-up and pages of the test's own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from selectolax.lexbor import LexborHTMLParser

from tests.site import forks

PROJECT = Path(__file__).parents[2]
_KEPT = 3
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}


@dataclass
class Built:
    """A site after `mkdocs build`."""

    exit_code: int
    log: str
    site: Path

    def html(self, url: str) -> str:
        """Return a page's source; `url` is relative to the site, such as `de/` or `404.html`."""
        file = self.site / url
        return (file / "index.html" if url.endswith("/") or not url else file).read_text("utf-8")

    def page(self, url: str) -> LexborHTMLParser:
        """Return a page, parsed."""
        return LexborHTMLParser(self.html(url))

    def text(self, url: str, selector: str) -> str:
        """Return the text of the first element that matches."""
        found = self.page(url).css_first(selector)
        return " ".join(found.text().split()) if found else ""

    def texts(self, url: str, selector: str) -> list[str]:
        """Return the texts of all elements that match."""
        return [" ".join(node.text().split()) for node in self.page(url).css(selector)]

    def attributes(self, url: str, selector: str, name: str) -> list[str | None]:
        """Return an attribute of all elements that match."""
        return [node.attributes.get(name) for node in self.page(url).css(selector)]

    def found_by_search(self, locale_root: str) -> dict[str, str]:
        """Return what the search index of a locale holds: titles of pages by address."""
        search = self.site / locale_root / "search"
        stub = json.loads((search / "search_index.json").read_text("utf-8"))
        pieces = (search / stub["leitfaden"]["folder"]).glob("c*.json")
        cards = (card for piece in pieces for card in json.loads(piece.read_text("utf-8")))
        return {address: documents[0][0] for address, _, _, documents in cards}

    def searched(self, locale_root: str) -> str:
        """Return all files of the search index of a locale."""
        files = sorted((self.site / locale_root / "search").rglob("*.json"))
        return "".join(file.read_text("utf-8") for file in files)

    def lines(self, *levels: str) -> list[str]:
        """Return the lines of the log of these levels."""
        return [line for line in self.log.splitlines() if line.startswith(levels)]

    @property
    def complaints(self) -> list[str]:
        """All warnings and errors."""
        return self.lines("WARNING", "ERROR")


class Site:
    """A small project. Files are written as `site.write({"docs/en/index.md": "# Home"})`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.contract = _lenient(yaml.safe_load((PROJECT / "playbook.yml").read_text()))
        shutil.copy(PROJECT / "mkdocs.yml", root)
        shutil.copytree(PROJECT / "overrides", root / "overrides")

    @classmethod
    def at(cls, root: Path) -> Site:
        """Return a project that is there already, such as a clone of another."""
        site = cls.__new__(cls)
        site.root = root
        site.contract = yaml.safe_load((root / "playbook.yml").read_text())
        return site

    def of_few_words(self) -> Site:
        """Keep three terms of the vocabularies whose terms have a page each in each language."""
        for name in ("roles", "services", "motions"):
            terms = self.contract[name]
            self.contract[name] = {key: terms[key] for key in tuple(terms)[:_KEPT]}
        return self

    def write(self, files: Mapping[str, str | bytes]) -> Site:
        """Write files; the keys are paths below the project."""
        for path, content in files.items():
            file = self.root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self

    def edit(self, path: str, old: str, new: str) -> Site:
        """Replace a text in a file that holds it."""
        text = (self.root / path).read_text("utf-8")
        assert old in text
        (self.root / path).write_text(text.replace(old, new), "utf-8")
        return self

    def navigation(self, *entries: Any) -> Site:
        """Set the contract's navigation."""
        self.contract["navigation"] = list(entries)
        return self

    def locale(self, key: str, **settings: Any) -> Site:
        """Declare a further locale that has English words."""
        letters = {"mandatory": "M", "optional": "O"}
        self.contract["locales"][key] = {"name": key.upper(), "requirement": letters, **settings}
        for name, terms in self.contract.items():
            if name not in ("locales", "navigation", "metadata", "hosts", "kinds", "dates"):
                _add_locale(terms, key)
        return self

    def save(self) -> Site:
        """Write the contract."""
        text = yaml.safe_dump(self.contract, allow_unicode=True, sort_keys=False)
        return self.write({"playbook.yml": text})

    def build(self, *options: str, env: Mapping[str, str] | None = None) -> Built:
        """Write the contract and build the site in a process of its own."""
        if not (self.root / "playbook.yml").exists():
            self.save()
        changed = {**QUIET, **(env or {})}
        if forks.can_fork(changed):
            code, log = forks.build(["build", *options], self.root, {**os.environ, **changed})
            return Built(code, log, self.root / "site")
        return self._run([sys.executable, "-m", "mkdocs", "build", *options], changed)

    def run(self, program: str) -> Built:
        """Run a Python program in the project."""
        if forks.can_fork(QUIET):
            code, log = forks.run(program, self.root, {**os.environ, **QUIET})
            return Built(code, log, self.root / "site")
        return self._run([sys.executable, "-c", program], QUIET)

    def _run(self, command: list[str], env: Mapping[str, str]) -> Built:
        done = subprocess.run(
            command,
            cwd=self.root,
            env={**os.environ, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        return Built(done.returncode, done.stdout, self.root / "site")


def _lenient(contract: dict[str, Any]) -> dict[str, Any]:
    """Return the project's contract as short pages meet it: they need neither metadata nor parts.

    The site has its home page in the navigation, and no page for each rule.
    """
    metadata = contract["metadata"]
    metadata["optional"] += metadata["required"]
    metadata["required"] = []
    for name in ("labels", "sections"):
        for term in contract[name].values():
            term.pop("required-in", None)
    contract["checks"]["pages"] = False
    return {**contract, "navigation": ["index"]}


def _add_locale(node: Any, key: str) -> None:
    """Give every term of a vocabulary its English words in a further locale."""
    if not isinstance(node, dict):
        return
    if "en" in node and "de" in node:
        node[key] = node["en"]
    for name, value in node.items():
        if name not in ("aliases", "deprecated"):
            _add_locale(value, key)


BILINGUAL: dict[str, str | bytes] = {
    "docs/en/index.md": """\
---
title: Ignored by the title
description: What this is about.
author: Jane Doe
---

# Welcome home

Read [the assessment](assess-it.md#next-steps), [more](phases/assess.md) or the
[leftover](unlisted.md). ![Map](../assets/map.svg) ![Own](media/own.svg)
""",
    "docs/de/index.md": """\
---
title: Ignored by the title
author: Jane Doe
---

# Willkommen

Lesen Sie [die Analyse](assess-it-de.md#next-steps) oder [mehr](phases/assess.md).
![Karte](../assets/map.svg) ![Eigenes](media/own.svg)
""",
    "docs/en/assess-it.md": """\
# Assess It & \\<More>

Phase: **Assess**

## Overview

A network.

## Next Steps

Go [home](index.md).
""",
    "docs/de/assess-it-de.md": """\
# Es analysieren

Phase: **Analyse**

## Übersicht

Ein Netzwerk.

## Nächste Schritte

Zur [Startseite](index.md).
""",
    "docs/en/phases/assess.md": "# Assess phase\n\nUp to [home](../index.md).\n",
    "docs/en/unlisted.md": "# Not in the navigation\n",
    "docs/de/unlisted.md": "# Nicht in der Navigation\n",
    "docs/en/classic.md": """\
---
renderer: mkdocs
---

# Classic page

!!! note "By Python-Markdown"

    See [home](index.md).
""",
    "docs/assets/map.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "docs/en/media/own.svg": '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>',
    "docs/de/media/own.svg": '<svg xmlns="http://www.w3.org/2000/svg"><a/></svg>',
}
