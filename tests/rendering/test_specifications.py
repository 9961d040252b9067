"""All examples of the CommonMark and the GFM specifications, through our renderer.

They are rendered as for a writer whom we trust with any HTML and any target: what the sanitiser
does to those is not the parser's work, and has tests of its own (`test_raw_html.py`). The examples
are data, with their licence beside them. `DIFFERENT` holds all that we show otherwise, and why.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from leitfaden.rendering import content, html
from leitfaden.rendering.sanitiser import Own, Piece, Raw, RawHtml
from tests.rendering.canonical import Node, canonical
from tests.rendering.support import PLAIN, Site, renderer_of, small_contract

DATA = Path(__file__).with_name("specifications")
METADATA = "---\ntitle: Example\n---\n\n"  # else an example could be taken for metadata

BARE = "GFM's extended autolinks, of which this example does not know, make the address a link."
SHORT = "A table whose separator row is too short is shown as a table, with a diagnostic (LF311)."
CLOSED = "The sanitiser closes what is left open in a paragraph, so that it ends with it."
DIFFERENT = {
    "commonmark-602": BARE,
    "commonmark-606": BARE,
    "commonmark-608": BARE,
    "commonmark-611": BARE,
    "commonmark-612": BARE,
    "gfm-203": SHORT,
    "gfm-610": BARE,
    "gfm-614": BARE,
    "gfm-616": BARE,
    "gfm-619": BARE,
    "gfm-620": BARE,
    "gfm-652": CLOSED,
}


class Example(NamedTuple):
    """An example of a specification: Markdown and what it is to become."""

    name: str
    extension: str
    markdown: str
    html: str


def examples() -> Iterator[Example]:
    for file in sorted(DATA.glob("*.jsonl")):
        specification = file.stem.partition("-")[0]
        for line in file.read_text("utf-8").splitlines():
            example = json.loads(line)
            name = f"{specification}-{example['example']}"
            yield Example(name, example["extension"], example["markdown"], example["html"])


EXAMPLES = list(examples())


class Trusted(RawHtml):
    """Leaves raw HTML as it was written."""

    def mended(self, pieces: Sequence[Piece]) -> list[Own]:
        return [piece.html if isinstance(piece, Raw) else piece for piece in pieces]


@cache
def site() -> Site:
    made = Site()
    made.renderer = renderer_of(small_contract(), PLAIN)
    return made


def rendered(markdown: str) -> str:
    return site().render(site().add(METADATA + markdown)).html


def trusted(markdown: str) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "RawHtml", Trusted)
        patch.setattr(html, "is_safe", lambda target: True)
        return rendered(markdown)


def shown(example: Example) -> Node:
    filtered = example.extension == "tagfilter"  # which our sanitiser does
    return canonical((rendered if filtered else trusted)(example.markdown))


def expected(example: Example) -> Node:
    body = canonical(example.html)
    # Only the GFM specification says that nothing is stronger than strong.
    return body if example.name.startswith("gfm") else _once_strong(body)


def _once_strong(node: Node) -> Node:
    children: list[Node] = []
    for child in map(_once_strong, node.children):
        same = child.tag == node.tag == "strong"
        for inner in child.children if same else (child,):
            if not inner.tag and children and not children[-1].tag:
                inner = Node("", children.pop().text + inner.text)
            children.append(inner)
    return replace(node, children=tuple(children))


def test_the_specifications_are_complete() -> None:
    assert len(EXAMPLES) == 652 + 672


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_is_shown_as_specified(example: Example) -> None:
    theirs, ours = expected(example), shown(example)
    if example.name in DIFFERENT:
        assert theirs != ours, "it no longer differs: take it out of the list"
        return
    difference = difflib.unified_diff(
        list(theirs.outline()), list(ours.outline()), "specification", "ours", lineterm=""
    )
    assert theirs == ours, "\n".join(difference)


def test_at_most_one_example_in_a_hundred_differs() -> None:
    assert len(DIFFERENT) <= len(EXAMPLES) / 100
    assert DIFFERENT.keys() <= {example.name for example in EXAMPLES}
