"""Documents at random against GitHub's own parser.

Known differences, which `Documents` does not make, each with its reason:

- A lone `~`, an emphasis that crosses `~~`, a bracket that stays open before an address, and
  addresses with escapes, entities or marks in them: GitHub's extensions work behind the parser's
  back there; nothing is lost.
- A single `~` inside of a word: GitHub strikes out `b` in `a~b~c`. The parser keeps to the marks
  that stand at a word's border, so that what was meant as `~` is shown as such.
- A task in a quote, or in a list that begins in the line of another item: GitHub shows `[ ]`, as
  its parser looks for tasks at the beginning of lines. We show the box.
- A task without text: GitHub shows `[ ]`. We show the box.
- A list with blank lines between items that end with a rule: GitHub calls it tight, against its
  own specification.
- A list with a table in an item: where no blank line parts its items, or one does, GitHub may call
  it loose or tight all the same.
- A row that is indented like code below a table: GitHub ends the table, we show the row.
- A line break within a code span, before blanks: we show the blanks, which a browser collapses.
- A separator row with a cell `:`, or with fewer cells than the header: we show the table.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import replace

import pytest
from cmarkgfm import markdown_to_html_with_extensions
from cmarkgfm.cmark import Options

from tests.rendering.canonical import Node, canonical
from tests.rendering.documents import Documents
from tests.rendering.fidelity import EXTENSIONS
from tests.rendering.test_specifications import trusted

SEEDS = range(400)
TABLES = [
    "a\n-|\n",
    "a\n|-|\nb\n",
    "|a\n:-\n",
    "a\n-:|\n",
    ":-:\n:-:\n",
    "=\n:-\n|-\n",
    "*a*\n:-\n\nb\n",
    "\\*\n-|\n",
    "Größe\n:-\n漢\n",
    "text\na|b\n-|-\nc|d\n",
    "text\n| a | b |\n|---|---|\n",
    "- text\n  a|b\n  -|-\n",
    "1. a\n   :-\n",
    "> a\n> -|\n",
    "> - |a|b|\n>   |-|-|\n",
    # And none.
    "* y\n|-\n",
    "a\n- b|c\n-|-\n",
    ";\n    -|\n",
    "a\n\\-|\n",
    "> a\n-|\n",
    "- x\n\n  - y\n  :-\n",
    "a|b\n-\n",
    "a\n: -\n",
]
_LINES = ("p", "h1", "h2", "h3", "h4", "h5", "h6")


def theirs(markdown: str) -> Node:
    html = markdown_to_html_with_extensions(markdown, Options.CMARK_OPT_UNSAFE, EXTENSIONS)
    return _with_boxes_inside(canonical(html))


def _with_boxes_inside(node: Node) -> Node:
    """Put a task's box into its paragraph; GitHub has it above, and its looks undo that."""
    children = tuple(map(_with_boxes_inside, node.children))
    tags = [child.tag for child in children[:2]]
    if node.tag == "li" and "input" in tags[:1] and tags[-1] in _LINES:
        box, first, *rest = children
        first = replace(first, children=tuple(_behind(box, first.children)))
        children = (first, *rest)
    return replace(node, children=children)


def _behind(box: Node, children: Iterable[Node]) -> Iterable[Node]:
    yield box
    for number, child in enumerate(children):
        yield replace(child, text=f" {child.text}") if not (number or child.tag) else child


@pytest.mark.parametrize("seed", SEEDS)
def test_a_document_is_shown_as_github_shows_it(seed: int) -> None:
    compare(Documents(seed).document())


@pytest.mark.parametrize("markdown", TABLES)
def test_a_table_is_one_where_github_sees_one(markdown: str) -> None:
    compare(markdown)


def compare(markdown: str) -> None:
    expected, ours = theirs(markdown), canonical(trusted(markdown))
    difference = difflib.unified_diff(
        list(expected.outline()), list(ours.outline()), "GitHub", "ours", lineterm=""
    )
    assert expected == ours, "\n".join((markdown, *difference))
