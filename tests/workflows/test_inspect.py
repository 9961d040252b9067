"""Whatever would be wrong with a published site is told before it is published."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts.inspect_site import problems

HOME = "https://somebody.example/playbook/"
HEAD = f'<!doctype html><html lang="en"><head><link rel="canonical" href="{HOME}"></head><body>'
GOOD = {
    "index.html": HEAD
    + """
<a href="one/">x</a> <a href="one/#place">x</a> <a href="/playbook/one/">x</a> <a href=".">x</a>
<a href="https://somebody.example/playbook/one/#place">x</a> <a href="mailto:a@b.example">x</a>
<a href="https://elsewhere.example/">x</a> <a href="#here">x</a>
<img src="i.png" srcset="i.png 1x, i.png 2x"> <img src="data:image/png;base64,AA==">
<p id="here" title="a > b">x</p> <a href='one/?q=1'>x</a>
<!-- <img src="https://elsewhere.example/x.png"> -->
<a href="https://elsewhere.example/i.png">x</a>
<script>const markup = '<img src="https://elsewhere.example/x.png">';</script>
<textarea><img src="https://elsewhere.example/x.png"></textarea>
<link rel="alternate" href="https://elsewhere.example/feed.xml">
</body></html>
""",
    "404.html": '<html><a href="/playbook/.">x</a></html>\n',
    "one/index.html": '<html><a href="../">x</a><a name="place" href="../index.html">x</a></html>',
    "i.png": "",
    "style.css": "/* url(https://elsewhere.example/) */ a { background: url('i.png#x') url(#y) }",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in GOOD.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


def found(site: Path, body: str) -> list[str]:
    """Return what is wrong with a page that holds something."""
    (site / "two.html").write_text(f"<html>\n{body}</html>", "utf-8")
    return list(problems(site))


def test_a_good_site_is_good(site: Path) -> None:
    assert list(problems(site)) == []


@pytest.mark.parametrize(
    "body",
    [
        '<script src="https://elsewhere.example/x.js"></script>',
        "<script src=//elsewhere.example/x.js></script>",
        '<link rel="stylesheet" href="https://elsewhere.example/x.css">',
        '<link rel="preconnect" href="https://elsewhere.example">',
        '<link rel="icon" href="http://elsewhere.example/x.png">',
        '<IMG SRC="https://elsewhere.example/x.png">',
        '<img title="a > b" src="https://elsewhere.example/x.png">',
        '<img src="&#104;ttps://elsewhere.example/x.png">',
        '<img src="i.png" srcset="i.png 1x, https://elsewhere.example/x.png 2x">',
        '<iframe src="https://elsewhere.example/"></iframe>',
        '<object data="https://elsewhere.example/"></object>',
        '<video poster="https://elsewhere.example/x.png"></video>',
        '<svg><use href="https://elsewhere.example/x.svg#a"></use></svg>',
        '<p style="background: url(https://elsewhere.example/x.png)"></p>',
        "<style>@import 'https://elsewhere.example/x.css';</style>",
        '<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">',
    ],
)
def test_nothing_is_loaded_from_elsewhere(site: Path, body: str) -> None:
    (line,) = found(site, body)
    assert line.startswith("two.html:2: ")
    assert line.endswith(" is loaded from elsewhere")


def test_styles_load_nothing_from_elsewhere_either(site: Path) -> None:
    (site / "more.css").write_text("@font-face { src: url(https://fonts.example/a.woff2) }")
    assert list(problems(site)) == [
        "more.css: https://fonts.example/a.woff2 is loaded from elsewhere"
    ]


def test_links_lead_somewhere(site: Path) -> None:
    body = '<a href="none/">x</a>\n<a href="one/#none">x</a>\n<img src="none.png">\n'
    assert found(site, body) == [
        "two.html:2: none/ leads to nothing",
        "two.html:3: one/#none leads to a place that one/index.html does not have",
        "two.html:4: none.png leads to nothing",
    ]


def test_a_link_out_of_the_site_by_its_own_host_is_another_site(site: Path) -> None:
    assert found(site, '<a href="https://somebody.example/other/">x</a>') == []


def test_diagrams_that_need_a_program_from_elsewhere_are_told(site: Path) -> None:
    assert "unpkg.com" in found(site, '<pre class="mermaid">graph</pre>')[0]


def test_a_page_that_is_cut_off_and_one_that_is_missing(site: Path) -> None:
    (site / "404.html").unlink()
    (site / "one" / "index.html").write_text("<html><a name=place>", "utf-8")
    assert list(problems(site)) == [
        "404.html: is missing",
        "one/index.html: is cut off, it has no </html>",
    ]


@pytest.mark.skipif(os.name == "nt", reason="needs the right to make links")
def test_a_link_to_a_file_is_not_published(site: Path) -> None:
    (site / "secret.txt").symlink_to("/etc/passwd")
    assert list(problems(site)) == ["secret.txt: is a link, or nothing that can be published"]


def test_what_is_no_address_is_told(site: Path) -> None:
    assert found(site, '<a href="http://[x/">x</a>') == ["two.html:2: http://[x/ is no address"]
