"""Input that is made to break a reader: it is read, and what holds for every page holds."""

from __future__ import annotations

import pytest

from leitfaden.model import Event
from leitfaden.reading import markdown
from tests.reading.pages import CONTRACT, kinds, read
from tests.reading.soundness import assert_sound

TASKS = "| Task ID | Task Name | M | FastTrack Role | Services |\n|-|-|-|-|-|\n"
ROW = "| 4047 | Do it | M | FM | Teams / Exchange |"
DATES = "|Date|Who Changed|What Changed|\n|-|-|-|\n"

HOSTILE = {
    "brackets": "[" * 20_000,
    "pictures": "![" * 20_000,
    "open links": "[a](" * 20_000,
    "pictures in pictures": "![a" * 3_000 + "](b)" * 3_000,
    "nested lists": "- " * 3_000 + "x",
    "nested lists over lines": "".join(f"{'  ' * depth}- a\n" for depth in range(300)),
    "nested quotes": "> " * 10_000 + "x",
    "nested quotes and a label": ">" * 10_000 + "Phase: **Assess**",
    "nested emphasis": "*a _b " * 10_000,
    "backticks": "".join("`" * size + " " for size in range(200)),
    "rows": "|a|b|\n|-|-|\n" + "|1|2|\n" * 20_000,
    "tasks": TASKS + f"{ROW}\n" * 2_000,
    "tasks on one line": TASKS + ROW * 2_000,
    "broken tasks": TASKS + "| 4047 | Do it | O FE |\n" * 2_000,
    "columns": "|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + "|b" * 5_000,
    "surplus cells": "|a|\n|-|\n" + "|*b*" * 2_000,
    "pipes": "|" * 20_000 + "\n" + "|-" * 20_000,
    "a long separator": "|a|b|\n|" + "-" * 200_000 + "x",
    "blanks for a separator": "|a|b|\n" + " " * 200_000 + "x",
    "one line": "word " * 200_000,
    "one line of colons": "Phase: " * 5_000,
    "one line of umlauts": "ü" * 500_000,
    "blanks": "a" + " " * 1_000_000 + "b",
    "blanks in a label": "Primary" + " " * 200_000 + "Role:" + " " * 200_000 + "**FM**",
    "labels": "Phase: **Assess**  \n" * 5_000,
    "labels on one line": "Phase: **Assess** " * 5_000,
    "unclosed labels": "Phase: **Assess\n" * 5_000,
    "values": "Applies To: **" + "Teams/" * 5_000 + "**",
    "unknown values": "Applies To: **" + "x," * 5_000 + "**",
    "steps": "## Approach\n" + "### Step\nPhase: **Assess**\n\n" * 3_000,
    "sections": "## Approach\n### Step\n# Title\n" * 3_000,
    "lifted headings": "- a\n\n  ## Overview\n" * 3_000,
    "lifted headings in lists": "- a\n" + "\n  ## Overview\n  - b\n" * 3_000,
    "indented headings": "    ## Overview\n\na\n\n" * 3_000,
    "ids": "# {#a}\n" * 5_000,
    "braces": "# " + "{#a}" * 5_000,
    "escaped targets": "[a](b\\_c) " * 5_000,
    "one escaped target": "[a](b\\_" + "\\(" * 50_000 + ")",
    "dates": DATES + "".join(f"|1/2/{year}|x|y|\n" for year in range(5_000)),
    "summaries": f"{DATES}|1/1/2020|x|y|\n\n" * 1_000,
    "footnotes": "[^a]" * 10_000 + "\n\n[^a]: x",
    "references": "".join(f"[{n}]: x\n" for n in range(5_000)) + "[1]" * 5_000,
    "a long reference": "[a]: " + "x" * 100_000 + "\n\n" + "[a] " * 10_000,
    "fences": "---\n" * 20_000,
    "a fence of blanks": "---" + " " * 500_000 + "x",
    "a fence of dashes": "-" * 500_000 + "x",
    "a fence of line ends": "---\n" + "\n" * 500_000,
    "returns": "a\r" * 20_000,
    "nul": "\0" * 100_000,
    "broken tasks in a list": "- [ ] \\\n  -\n" * 1_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile(text: str) -> None:
    page = read(text)
    assert page.text == text
    assert_sound(page, CONTRACT)


def test_what_makes_the_parser_give_up_is_shown_as_it_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A panic in Rust derives from BaseException; none is known today."""
    panic = type("PanicException", (BaseException,), {})

    def give_up(*_: object) -> list[Event]:
        raise panic("slice index starts at 10 but ends at 9")

    monkeypatch.setattr(markdown, "_events", give_up)
    page = read("---\na: b\n---\n# T\n\n|a|\n|-|\n|b|\n")
    assert [event.value for event in page.events if event.kind == "text"] == [page.body]
    assert kinds(page.defects) == ["unreadable"]
    assert [event.value for event in markdown.cell_events("a *b*")] == ["a *b*"]


def test_what_stops_the_program_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> list[Event]:
        raise KeyboardInterrupt

    monkeypatch.setattr(markdown, "_events", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read("a")
