"""What is asked of fragments, and how rules see what docfx adds to Markdown."""

from __future__ import annotations

import pytest

from leitfaden.contract import load_contract
from tests.checking.fixtures import ROOT, build_tree

CONTRACT = load_contract(ROOT / "playbook.yml")
PAGE = "en/assess-some-process.md"
TASKS = "| Task ID | Task Name |\n|---|---|\n| 4047 | Book a room |\n"


def codes(path: str, **files: str) -> set[str]:
    """Return the codes of what is found in a file."""
    named = {f"{name.replace('__', '/')}.md": text.encode() for name, text in files.items()}
    _, found, _ = build_tree(named, CONTRACT)
    return {one.code for one in found[path][1]}


def test_a_fragment_needs_nothing_that_a_page_needs() -> None:
    text = "---\nms.topic: include\nms.date: yesterday\n---\n\n#### Keys\n\nTake them.\n"
    assert codes("en/includes/room.md", en__includes__room=text) == set()
    assert {"LF107", "LF201"} <= codes("en/room.md", en__room=text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[a](gone.md)", "LF401"),
        ("![](a.png)", "LF419"),
        ("> [!NOPE]\n> a", "LF604"),
        ("| Task ID | Task Name |\n|---|---|\n| 40x | a |", "LF301"),
        ("[!INCLUDE [a](gone.md)]", "LF430"),
    ],
)
def test_everything_else_is_told_at_the_fragments_own_file(text: str, code: str) -> None:
    assert code in codes("en/includes/room.md", en__includes__room=f"{text}\n")


def test_anchors_of_a_fragment_are_anchors_of_the_page() -> None:
    link = "[a](some-guidance.md#task-4047) [b](some-guidance.md#rooms) [c](#keys)\n"
    files = {
        "en__assess-some-process": f"# A\n\n{link}\n[!INCLUDE [x](includes/y.md)]\n",
        "en__some-guidance": "# B\n\n[!INCLUDE [x](includes/room.md)]\n",
        "en__includes__room": f"## Rooms\n\n{TASKS}",
        "en__includes__y": "## Keys\n",
    }
    assert "LF407" not in codes(PAGE, **files)
    files["en__includes__room"] = "Nothing.\n"
    assert "LF407" in codes(PAGE, **files)


def test_what_is_included_is_no_broken_link() -> None:
    text = "# A\n\n[!INCLUDE [x](includes/gone.md)]\n"
    assert {"LF401", "LF405"}.isdisjoint(codes(PAGE, **{"en__assess-some-process": text}))


def test_each_alert_of_a_quote_is_looked_at() -> None:
    swallowed = "> [!NOTE]\n> a\n> [!TIP]\n> b\nc\n"
    whole = "> [!NOTE]\n> a\n>\n> [!TIP]\n> b\n"
    page = "en__assess-some-process"
    assert "LF610" in codes(PAGE, **{page: swallowed})
    assert {"LF604", "LF610"}.isdisjoint(codes(PAGE, **{page: whole}))


def test_links_by_id_and_tabs_are_told_once() -> None:
    text = "# [T](#tab/t)\n\n<xref:a.b> [c](xref:d)\n"
    told = codes(PAGE, **{"en__assess-some-process": text})
    assert "LF613" in told
    assert {"LF404", "LF407"}.isdisjoint(told)
