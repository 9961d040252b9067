"""Whatever a page holds, it is shown, harmless, and in order."""

from __future__ import annotations

import re
from html import escape

from hypothesis import example, given, settings
from hypothesis import strategies as st

from leitfaden.contract.anchors import slug
from leitfaden.contract.targets import is_safe
from leitfaden.rendering import Rendered
from leitfaden.rendering.urls import bare_links, encoded
from tests.rendering.markup import Element, as_a_browser, strict
from tests.rendering.support import render

# Parted by a sign that Markdown gives no meaning.
MARKS = r"""
*¦**¦_¦__¦~~¦`¦```¦[¦]¦](x.md)¦](<y z> "t")¦![¦(¦)¦<¦>¦&¦&amp;¦&#0;¦\¦"¦'¦{¦}¦{#id}¦:¦#¦##¦
### ¦- ¦* ¦1. ¦7) ¦> ¦    ¦	¦---¦===¦| a | b |¶|---|---|¶¦| c |¶|-|¶¦[^1]¦[^1]: ¦[ref]¦
[ref]: /x "t"¶¦- [ ] ¦- [x] ¦~~~ py¶¦http://a.de/x¦www.b.de¦c@d.de¦<http://e.de>¦[!NOTE]¦
> [!TIP] ¦Phase: **Assess**¦Motions: - ¦Applies To: **Exchange, <b>**¦## Overview¶¦
## Refresh Summary¶| Date | What Changed |¶|-|-|¶| 1/2/2020 | x |¶¦¶¦¶¶¦  ¶¦\¶¦
| Task ID | Task Name |¶|-|-|¶| 4047 | x |¶| 4047 |¶¦---¶title: x¶---¶¦> [!NOTE]¶¦[!TIP]¶¦
[!INCLUDE [a](b.md)]¦[!include[¦[!VIDEO https://a.de/x]¦[!VIDEO ¦:::image source="a"¦alt-text="¦:::¦
:::image type="complex" source="b" lightbox="c":::¶¦:::image-end:::¶"""
HTML = """
<b>¦</b>¦<div>¦</div>¦<p>¦</p>¦<br>¦<a href="x" id="y">¦</a>¦<details>¦</details>¦<summary>¦
<table>¦<tr>¦<td>¦</td>¦</table>¦<ul>¦<li>¦</ul>¦<!--¦-->¦<script>¦</script>¦<style>¦<svg>¦
<math>¦<select>¦<template>¦<img src=x onerror=y>¦<h1 id="overview">¦<title>¦<plaintext>¦<form>¦
<section data-own="0"></section>¦<lf-own data-own="1">¦<input>¦<textarea>¦<noscript>¦<iframe>¦
<object>¦<![CDATA[¦]]>¦<?x¦?>¦<!X>¦<a/b="¦<b c='"""


def split(marks: str) -> list[str]:
    return [mark.replace("¶", "\n") for mark in marks.replace("\n", "").split("¦")]


TEXT = st.text(max_size=8) | st.sampled_from(
    ["a", "b c", "ä", "\xa0", "\u200b", "\x00", "\r\n", "漢字"]
)
MARK, TAG = st.sampled_from(split(MARKS)), st.sampled_from(split(HTML))
MARKDOWN = st.lists(TEXT | MARK, max_size=25).map("".join)
WITH_HTML = st.lists(TEXT | MARK | TAG, max_size=25).map("".join)

few = settings(max_examples=300, deadline=None)


def shown(text: str, locale: str = "en") -> Rendered:
    return render(text.encode("utf-8", "replace"), locale)


def check(page: Rendered) -> Element:
    """Assert what holds for any page, and return its content."""
    root = strict(page.html)
    ids = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert set(ids) == page.anchors
    assert all(ids)
    for element in root.all():
        assert element.tag not in {"script", "style", "iframe", "object", "svg", "form", "template"}
        for name, value in element.attributes.items():
            assert not name.startswith("on")
            assert name not in {"style", "srcdoc", "srcset", "formaction"}
            assert name not in {"href", "src"} or is_safe(value)
    assert "\0" not in page.html
    return root


@few
@given(MARKDOWN, st.sampled_from(["en", "de"]))
def test_markdown_makes_html_that_needs_no_repair(text: str, locale: str) -> None:
    page = shown(text, locale)
    root = check(page)
    if "<" not in text:  # raw HTML may stand where it does not belong
        assert as_a_browser(page.html) == root


@few
@given(WITH_HTML)
def test_raw_html_stays_harmless_and_balanced(text: str) -> None:
    check(shown(text))


@few
@given(WITH_HTML, WITH_HTML)
@example("", '<a href="x" id="y"><h1 id="overview"><OBJECT>:::image type="complex" source="b":::\n')
def test_raw_html_never_reaches_the_next_component(first: str, second: str) -> None:
    """A task table between any two texts is always whole."""
    table = "| Task ID | Task Name |\n|---|---|\n| 77001 | Known name |\n"
    root = check(shown(f"{first}\n\n> x\n\n{table}\n{second}"))
    rows = [e for e in root.all() if e.attributes.get("id") == "task-77001"]
    for row in rows:  # the first text may hold a comment or a fence that never ends
        assert [" ".join(c.text().split()) for c in row.children if isinstance(c, Element)] == [
            "77001 ¶",  # with the row's own link
            "Known name",
        ]


@few
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    """Every sign of Markdown can be escaped, and what remains is text."""
    line = " ".join(text.replace("\0", " ").split())
    markdown = "x" + re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", line)
    page = shown(markdown)
    if not re.search(r"://|www\.|@", line):
        assert page.html.strip() == f"<p>{escape('x' + line, quote=False)}</p>"
    assert check(page).text().strip() == "x" + line


@few
@given(st.text(max_size=60), st.text(max_size=10))
def test_code_is_shown_as_it_is(text: str, language: str) -> None:
    code = re.sub(r"[`\r\0\ud800-\udfff]", "", text)
    info = re.sub(r"[`~\s\\&\0\ud800-\udfff]", "", language)
    root = check(shown(f"```{info}\n{code}\n```\n"))
    (block,) = [element for element in root.all() if element.tag == "code"]
    assert block.text() == f"{code}\n"


@few
@given(st.text())
def test_a_slug_is_a_valid_id(text: str) -> None:
    name = slug(text)
    assert not re.search(r"\s", name)
    assert not name.startswith(("-", "_"))
    assert slug(name) == name


@few
@given(st.text(st.sampled_from("ahtpsw:/.@_-~*()[]&;<> ä"), max_size=80), st.text(max_size=1))
def test_bare_addresses_lie_in_the_text_and_in_order(text: str, before: str) -> None:
    at = 0
    for start, end, target in bare_links(text, before):
        assert at <= start < end <= len(text)
        assert text[start:end] in target
        assert is_safe(target)
        at = end


@few
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_an_encoded_address_holds_nothing_that_ends_an_attribute(text: str) -> None:
    assert not re.search(r"[\s<>\"`\x00-\x20]", encoded(text))
