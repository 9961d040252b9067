"""Pages that were made to break the renderer: deep, long, and many of everything.

That these do not take time by the square of their size was measured by hand; a limit in seconds
would only fail on slow machines.
"""

from __future__ import annotations

import pytest

from tests.rendering.support import render

HEADER = "| Task ID | Task Name |\n|---|---|\n"
HOSTILE = {
    "lists nested": "".join("  " * depth + "- a\n" for depth in range(1_300)),
    "lists in one line": "- " * 10_000 + "a",
    "quotes": "> " * 10_000 + "a",
    "alerts": "> " * 10_000 + "[!NOTE] a\n",
    "alerts in alerts": "".join("> " * (depth + 1) + "[!NOTE]\n" for depth in range(500)),
    "quotes with open tags": "".join("> " * (depth + 1) + "<b>\n" for depth in range(500)),
    "rows": "| a | b |\n|---|---|\n" + "| c | d |\n" * 20_000,
    "tasks": HEADER + "| 4047 | a |\n" * 20_000,
    "refused rows": "| a | b |\n|---|\n" + "| c | d |\n" * 5_000,
    "changes": "## Refresh Summary\n| Date | What Changed |\n|-|-|\n"
    + "| 1/2/2020 | a |\n" * 5_000,
    "brackets": "[" * 20_000,
    "image brackets": "![" * 10_000 + "a" + "](b)" * 10_000,
    "footnotes": "".join(f"[^{n}] [^{n}] [^0]\n" for n in range(5_000))
    + "\n"
    + "".join(f"[^{n}]: a\n" for n in range(5_000)),
    "a footnote cited often": "[^a] " * 20_000 + "\n\n[^a]: b\n",
    "footnotes citing each other": "[^0]\n\n"
    + "".join(f"[^{n}]: a [^{n + 1}]\n\n" for n in range(5_000)),
    "links": "[a](http://b.de) " * 2_000,
    "bare links": "http://b.de/x " * 5_000,
    "bare links cut by emphasis": "http://b.de/*x* " * 5_000,
    "dots behind a bare link": "http://b.de/" + "." * 100_000,
    "entities behind a bare link": "http://b.de/" + "&amp;" * 50_000 + "&a" * 50_000 + ";",
    "addresses without end": "a." * 50_000 + "@" + "a@" * 50_000,
    "the same heading": "# a\n" * 5_000 + "## b\n### c\n" * 2_000,
    "labels": "Phase: **Assess**  \n" * 5_000,
    "label paragraphs": "Phase: **Assess**\n\n" * 5_000,
    "open tags": "a <b> " * 20_000,
    "open blocks": "<div>\n\n" * 20_000,
    "open blocks around text": "<div>\n\n*a*\n\n" * 5_000,
    "swallowing tags": "<select>\n\n*a*\n\n" * 5_000,
    "raw lines": "<div>\n" + "x\n" * 100_000 + "</div>",
    "raw ids": "<a id='x'></a> " * 5_000,
    "strong in strong": "**a " * 5_000 + "b**" * 5_000,
    "many blocks of code": "".join(f"```l{n}\nx\n```\n" for n in range(300)),
    "long code": "```python\n" + "x = [\n" * 8_000 + "```\n",
}


@pytest.mark.parametrize("markdown", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_is_rendered(markdown: str) -> None:
    assert render(markdown).html.count("<") > 0
