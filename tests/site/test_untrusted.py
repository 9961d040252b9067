"""A site whose pages, contract and texts all mean harm: nothing of it acts, wherever it shows."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.site.sites import Built, Site

EVIL = "\"'><img src=x onerror=alert(1)></script><script>alert(1)</script>{{7*7}}\u2028`${1}`"
_YAML = json.dumps(EVIL)
_MD = EVIL.replace("<", "\\<").replace("*", "\\*").replace("`", "\\`")

PAGE = f"""---
title: {_YAML}
description: {_YAML}
---

# {_MD}

Phase: **Assess**

## Overview {_MD}

Text {_MD}. [a](javascript:alert(1)) [b]({{{{7*7}}}} "{_MD}") ![{_MD}](x.png "{_MD}")

<a href="javascript:alert(1)" onclick="alert(1)" id="__config" data-md-component="dialog">c</a>

<script>alert(1)</script>

## Approach

### {_MD}

Primary Role: **{_MD}**

| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
|---|---|---|---|---|
| 4047 | =HYPERLINK("http://evil.example") {_MD.replace("|", "")} | M | FM | Exchange |
| 4048 | @SUM(1) <img src=x onerror=alert(1)> | M | {_MD} | {_MD} |

```text
{EVIL}
```

{{{{ config.site_name }}}} {{% include "main.html" %}}

## Refresh Summary

| Date | Who Changed | What Changed |
|---|---|---|
| 1/2/2020 | {_MD} | [j](javascript:alert(1)) [d](data:x) {_MD} <img src=x onerror=alert(1)> |
"""
CONVERTED = f"""---
renderer: mkdocs
title: {_YAML}
---

# Heading {{: id='"><img src=x onerror=alert(1)>' data-toc-label='<img src=x onerror=alert(1)>' }}

## \\_\\_config

{EVIL}

<div style="position:fixed" class="md-header note" data-md-component="header" onclick="alert(1)">
x</div>

[a](javascript:alert(1)){{: onclick="alert(1)" }} [b](#__config)

| a |
|--:|
| {EVIL.replace("|", "")} |
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = Site(tmp_path_factory.mktemp("untrusted"))
    contract = site.contract
    for name in ("roles", "services", "phases", "motions"):
        for term in contract[name].values():
            term["en"] = f"{term['en']} {EVIL}"
            break
    first = next(iter(contract["glossary"].values()))
    first["definition"] = {"en": EVIL, "de": EVIL}
    contract["locales"]["de"]["name"] = EVIL
    site.navigation(
        "index", {"title": {"en": EVIL, "de": EVIL}, "pages": ["assess-page", "converted"]}
    )
    word = first["en"]
    site.write(
        {
            "docs/en/index.md": f"# Home\n\n[Page](assess-page.md) {word}\n",
            "docs/en/assess-page.md": PAGE,
            "docs/en/converted.md": CONVERTED,
        }
    )
    return site.build()


def pages(built: Built) -> Iterator[tuple[str, LexborHTMLParser]]:
    for file in sorted(built.site.rglob("*.html")):
        yield str(file.relative_to(built.site)), LexborHTMLParser(file.read_text("utf-8"))


def elements(page: LexborHTMLParser) -> Iterator[LexborNode]:
    """Yield the elements, those in templates and without scripts too."""
    for node in page.css("*"):
        yield node
        if node.tag in ("noscript", "template"):
            yield from LexborHTMLParser(node.inner_html or "").css("*")


def test_it_is_built(built: Built) -> None:
    assert built.exit_code == 0, built.log
    assert "Traceback" not in built.log
    assert len(list(pages(built))) > 20


def test_nothing_acts_on_any_page(built: Built) -> None:
    for url, page in pages(built):
        for node in elements(page):
            for name, value in node.attributes.items():
                assert not name.startswith("on"), (url, node.html)
                assert not re.match(r"\s*(?:javascript|data|vbscript):", value or "", re.I) or (
                    name.startswith("data-") or name in ("content", "title", "alt", "aria-label")
                ), (url, node.html)
            assert node.tag not in ("iframe", "object", "embed", "base"), url


def test_scripts_are_those_of_the_site(built: Built) -> None:
    for url, page in pages(built):
        for script in page.css("script"):
            text, kind = script.text(), script.attributes.get("type")
            if kind in ("application/ld+json", "application/json"):
                assert "<" not in text.replace("<!--", "") or kind == "application/json", url
                json.loads(text)
            else:
                assert "alert(1)" not in text, (url, text[:200])


def test_template_signs_are_text(built: Built) -> None:
    for url in ("assess-page/", "converted/"):
        assert "{{7*7}}" in unescape(built.html(url)), url
        assert "49" not in built.text(url, "article")


def test_titles_say_what_was_written(built: Built) -> None:
    shown = " ".join(EVIL.split())
    for url in ("assess-page/", "converted/"):
        assert built.text(url, "title").startswith(shown[:20])
        (told,) = built.attributes(url, "meta[property='og:title']", "content")
        assert told == shown


def test_no_page_has_an_id_of_the_themes_in_its_content(built: Built) -> None:
    for url, page in pages(built):
        own = [node.attributes.get("id") or "" for node in page.css("article [id]")]
        assert not [name for name in own if name.startswith("__")], url
        assert len(page.css("[id='__config']")) <= 1, url
    assert built.page("converted/").css("article [href='#section-__config']")


def test_pages_by_the_other_renderer_keep_their_looks_only(built: Built) -> None:
    page = built.page("converted/")
    assert page.css("article div.note")
    assert not page.css("article .md-header, article [data-md-component], article [style]")
    assert [node.text() for node in page.css("article th.lf-align-right")] == ["a"]


def test_feeds_and_maps_are_sound(built: Built) -> None:
    files = [*built.site.rglob("*.xml"), *built.site.rglob("*.svg")]
    assert files
    for file in files:
        for node in ElementTree.fromstring(file.read_bytes()).iter():
            assert node.tag.rpartition("}")[2] not in ("script", "img"), file


def test_tables_hold_no_formula(built: Built) -> None:
    file = built.site / "tasks.csv"
    for row in csv.reader(io.StringIO(file.read_text("utf-8-sig"))):
        assert not [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))], row


def test_data_is_sound(built: Built) -> None:
    for file in built.site.rglob("*.json"):
        json.loads(file.read_text("utf-8"))


def test_markdown_of_pages_holds_nothing_that_acts(built: Built) -> None:
    twins: list[Path] = list(built.site.rglob("*.html.md"))
    assert twins
    for file in twins:
        text = re.sub(r"```.*?```", "", file.read_text("utf-8"), flags=re.S)
        text = text.replace("\\<", "")
        assert not re.search(r"<(?:script|img)[^>]*(?:onerror|>alert)|\]\(javascript:", text), file


def test_what_was_taken_out_is_told(built: Built) -> None:
    for line in (
        "docs/en/assess-page.md:14:4: LF615 The address `javascript:alert(1)` of `<a>`",
        "docs/en/assess-page.md:14:31: LF615 The attribute `onclick` of `<a>`",
        "docs/en/assess-page.md:14:50: LF617 The id `__config`",
        "docs/en/assess-page.md:14:64: LF616 The site leaves out the attribute `data-md-component`",
        "docs/en/assess-page.md:16:1: LF615 `<script>`",
        "docs/en/converted.md:12:79: LF615 The attribute `onclick` of `<div>`",
    ):
        assert line in built.log, built.log


def test_with_full_trust_html_stays(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.contract |= {"trust": "full", "policy": {"enforced": False}}
    script = "<script>alert(1)</script>"
    site.navigation("index", "classic").write(
        {
            "docs/en/index.md": f"# Home\n\n{script}\n",
            "docs/en/classic.md": f"---\nrenderer: mkdocs\n---\n# Page\n\n{script}\n",
        }
    )
    built = site.build()
    assert built.exit_code == 0, built.log
    assert "LF615" not in built.log
    assert script in built.html("")
    assert script in built.html("classic/")
