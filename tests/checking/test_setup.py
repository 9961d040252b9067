"""Every code that any room tells is explained, and says the same as the room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leitfaden.checking.registry import all_rules
from leitfaden.checking.rules import setup
from leitfaden.checking.suppressions import requests_of
from leitfaden.contract import Code, load_contract
from leitfaden.reading import PageReader
from tests.checking.fixtures import ROOT

PACKAGE = ROOT / "plugins" / "leitfaden"
_CODE = re.compile(r'"(LF\d{3})"')


def told_in(folder: Path) -> set[str]:
    return {
        code for file in folder.rglob("*.py") for code in _CODE.findall(file.read_text("utf-8"))
    }


@pytest.mark.parametrize("room", sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py")))
def test_every_code_of_the_set_up_is_explained(room: str) -> None:
    codes = {code for code in told_in(PACKAGE / room) if code.startswith("LF9")}
    assert codes <= set(all_rules())


def test_every_code_of_the_contract_is_explained() -> None:
    assert {code.value for code in Code} <= set(all_rules())


def test_no_explanation_is_left_of_a_code_that_nobody_tells() -> None:
    told = told_in(PACKAGE) | {code.value for code in Code}
    elsewhere = {
        rule.code
        for rule in all_rules().values()
        if rule.code.startswith("LF9") and not rule.wordings
    }
    outside = {
        code for room in PACKAGE.iterdir() if room.name != "checking" for code in told_in(room)
    } | {code.value for code in Code}
    assert elsewhere <= outside
    assert {"LF921", "LF924", "LF925", "LF926"} <= told


def test_the_examples_of_comments_are_read_as_they_say() -> None:
    """What an explanation advises must itself be right."""
    reader = PageReader(load_contract(ROOT / "playbook.yml"))
    rules = [rule for rule in vars(setup).values() if rule in all_rules().values()]
    seen = 0
    for rule in rules:
        _, _, advice = rule.explanation.partition("## Use instead")
        for block in re.findall(r"```markdown\n(.*?)```", advice, re.DOTALL):
            page = reader.read(block.encode(), path="p.md", locale="en", page_id="p")
            assert requests_of(page).faults == ()
            seen += 1
    assert seen >= 5
