"""HTML soup, and a judge of what is left of it who knows nothing of the sanitiser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

NAMES = [
    "a",
    "b",
    "p",
    "div",
    "span",
    "table",
    "tr",
    "td",
    "ul",
    "li",
    "details",
    "summary",
    "h2",
    "img",
    "svg",
    "path",
    "g",
    "math",
    "mtext",
    "mglyph",
    "mi",
    "annotation-xml",
    "foreignObject",
    "desc",
    "title",
    "style",
    "script",
    "noscript",
    "iframe",
    "template",
    "textarea",
    "select",
    "option",
    "form",
    "input",
    "label",
    "button",
    "base",
    "meta",
    "link",
    "object",
    "embed",
    "video",
    "source",
    "audio",
    "xmp",
    "plaintext",
    "noembed",
    "frameset",
    "body",
    "html",
    "head",
    "x-y",
    "animate",
    "set",
    "use",
    "image",
]
ATTRIBUTES = [
    "onclick=alert(1)",
    "ONERROR='alert(1)'",
    "on\nload=alert(1)",
    "style='position:fixed'",
    "class='md-header mermaid lf-many x'",
    "id=__config",
    "id='x'",
    "name=location",
    "href=javascript:alert(1)",
    "href=' java\tscript:alert(1)'",
    "href='&#106;avascript&colon;alert(1)'",
    "href='\x01javascript:alert(1)'",
    "href='vbscript:x'",
    "href='data:text/html,<script>alert(1)</script>'",
    "href='page.md#__search'",
    "xlink:href='javascript:alert(1)'",
    "src=data:image/svg+xml,x",
    "src='//evil.example/x.png'",
    "srcset='javascript:alert(1) 1x'",
    "formaction=javascript:alert(1)",
    "action='javascript:alert(1)'",
    "poster=javascript:alert(1)",
    "ping='//evil.example'",
    "data-md-component=dialog",
    "data-lf-player=x",
    "type=text",
    "type=radio",
    "for=__drawer",
    "role=dialog",
    "target=_top",
    "contenteditable",
    'title="</p><img src=x onerror=alert(1)>"',
    "title='--><script>alert(1)</script>'",
    "=x",
    '"onclick=alert(1)',
    "/",
]
LOOSE = [
    "<!--",
    "-->",
    "--!>",
    "<!-->",
    "<![CDATA[",
    "]]>",
    "<?x",
    "<",
    ">",
    "&lt;",
    "&#0;",
    "\0",
    "</",
    "text",
    "\n",
    "\n\n",
    "`",
    "*",
    '"',
    "'",
    "| a |\n|---|\n| ",
    "- ",
    "> ",
    "[a](javascript:alert(1))",
    "![a](data:image/svg+xml,x)",
    "[a](x.md 'onclick=alert(1)')",
]
_TAG = st.builds(
    lambda name, attributes, end: f"<{' '.join((name, *attributes))}{end}",
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(ATTRIBUTES), max_size=3),
    st.sampled_from([">", ">", ">", "/>", ""]),
)
_CLOSING = st.sampled_from(NAMES).map("</{}>".format)
SOUP = st.lists(st.one_of(_TAG, _CLOSING, st.sampled_from(LOOSE)), max_size=12).map("".join)

_SCHEME = re.compile(r"[\x00-\x20]*[a-z][a-z0-9+.\x00-\x20-]*:", re.IGNORECASE)
_HARMLESS = re.compile(r"(?:https?|mailto|tel|ftp):", re.IGNORECASE)
_ADDRESSES = ("href", "src", "srcset", "action", "formaction", "poster", "ping", "xlink:href")


def faults(html: str, elements: frozenset[str], attributes: frozenset[str]) -> Iterator[str]:
    """Yield what a browser finds in HTML besides what is allowed.

    Args:
        html: The content of a page.
        elements: What it may hold.
        attributes: What these may have, wherever.
    """
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert body is not None
    for node in body.css("*"):
        if node == body:
            continue
        if node.tag not in elements:
            yield f"<{node.tag}>"
        yield from _faults_at(node, attributes)


def _faults_at(node: LexborNode, attributes: frozenset[str]) -> Iterator[str]:
    for name, value in node.attributes.items():
        if name not in attributes:
            yield f"{node.tag} {name}"
        value = unescape(value or "")
        if name in _ADDRESSES and _SCHEME.match(value) and not _HARMLESS.match(value.strip()):
            yield f"{node.tag} {name}={value}"
        if name == "id" and value.startswith("__"):
            yield f"#{value}"
        if name == "class" and re.search(r"(?:^|\s)(?:md-h|mermaid|lf-many)", value):
            yield f".{value}"
