"""The whole built site of `tests/sites/small`, held against the control tree beside it.

After a wanted change: `LEITFADEN_UPDATE_CONTROL=1 python3 scripts/dev.py test tests/control`, and
read what git shows as changed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

SMALL = Path(__file__).parents[1] / "sites" / "small"
CONTROL = SMALL / "control"
UPDATE = "LEITFADEN_UPDATE_CONTROL"
QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}

# Of the theme's own files only the names' beginnings are ours to hold.
DIGEST = re.compile(r"(?<=search/)[0-9a-f]{16}(?=/)")  # of all that a search finds
THEME = ("assets/",)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("small") / "site"
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--site-dir",
        str(site),
    ]
    run = subprocess.run(
        command, cwd=SMALL, env={**os.environ, **QUIET}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return site


def shown(site: Path) -> dict[str, str]:
    """Return what the control tree holds of a site: by name, the text."""
    files = sorted(f.relative_to(site).as_posix() for f in site.rglob("*") if f.is_file())
    ours = [name for name in files if not name.startswith(THEME)]
    listed = (DIGEST.sub("<digest>", name) for name in ours)
    pages = {f"{name}.txt": page(site / name) for name in ours if name.endswith(".html")}
    return {"files.txt": "\n".join(listed) + "\n", **pages}


def page(file: Path) -> str:
    """Return a page's head, navigation and content, without the theme's blank lines."""
    tree = HTMLParser(file.read_text("utf-8"))
    return "\n".join(line for line in lines(tree) if line.strip()) + "\n"


def lines(tree: HTMLParser) -> Iterator[str]:
    html, article = tree.css_first("html"), tree.css_first("article")
    assert html is not None
    assert article is not None
    yield f"lang: {html.attributes.get('lang')}"
    for name in ("title", "link[rel=canonical]", "meta[name=description]"):
        yield from (str(node.html).strip() for node in tree.css(name))
    for link in tree.css("nav.md-nav--primary a.md-nav__link"):
        yield f"nav: {' '.join(link.text().split())} -> {link.attributes.get('href')}"
    for link in tree.css("[data-lf-language]"):
        yield f"language: {' '.join(link.text().split())} -> {link.attributes.get('href')}"
    yield from (line.rstrip() for line in str(article.html).splitlines())


def test_the_site_equals_its_control_tree(built: Path) -> None:
    found = shown(built)
    if os.environ.get(UPDATE):
        renew(found)
    control = {
        f.relative_to(CONTROL).as_posix(): f.read_text("utf-8") for f in CONTROL.rglob("*.txt")
    }
    assert sorted(found) == sorted(control)
    for name, text in found.items():
        assert text == control[name], name


def renew(found: dict[str, str]) -> None:
    for old in CONTROL.rglob("*.txt"):
        old.unlink()
    for name, text in found.items():
        target = CONTROL / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
