"""`leitfaden explain`: one rule, several, or the list of all."""

from __future__ import annotations

import pytest

from leitfaden.checking.registry import all_rules
from tests.cli.support import run


@pytest.mark.parametrize("name", ["LF210", "lf210", "heading-blanks", " Heading-Blanks "])
def test_a_rule_is_explained(name: str) -> None:
    result = run("explain", name)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "# LF210 heading-blanks"
    assert lines[4] == "Severity: notice; Confidence: certain"
    assert "## Use instead" in lines


def test_in_german() -> None:
    lines = run("explain", "LF210", "-l", "de").stdout.splitlines()
    assert lines[4] == "Schweregrad: Hinweis; Gewissheit: sicher"
    assert "## Stattdessen" in lines


def test_several_rules_each_once() -> None:
    told = run("explain", "LF401", "LF210", "link-broken").stdout.splitlines()
    heads = [line for line in told if line.startswith("# LF")]
    assert heads == ["# LF401 link-broken", "# LF210 heading-blanks"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_list_of_all_is_aligned(language: str) -> None:
    lines = run("explain", "-l", language).stdout.splitlines()
    assert [line[:5] for line in lines] == list(all_rules())
    column = max(len(rule.name) for rule in all_rules().values()) + 9
    assert all(line[column - 2 : column] == "  " and line[column] != " " for line in lines)


def test_an_unknown_rule() -> None:
    result = run("explain", "LF210", "heading-blank")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Error: There is no rule 'heading-blank'. Did you mean LF210 (heading-blanks)?\n"
    )
