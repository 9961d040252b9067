from __future__ import annotations

from collections.abc import Callable

import pytest

from leitfaden.contract import Contract, ContractError, parse_contract

SMALL = """\
source: en
locales:
  en: {name: English, dates: "%m/%d/%Y", requirement: {mandatory: M, optional: O}}
  de: {name: Deutsch, dates: "%d.%m.%Y", requirement: {mandatory: E, optional: O}}
"""


@pytest.fixture
def small() -> Callable[[str], Contract]:
    """Reads a contract in English and German; what is given begins in line 5."""

    def read(more: str) -> Contract:
        return parse_contract(SMALL + more, "playbook.yml")

    return read


@pytest.fixture
def told() -> Callable[[str], list[str]]:
    """Returns what the reader of a contract is told, each without the file's name."""

    def read(text: str) -> list[str]:
        try:
            parse_contract(text, "playbook.yml")
        except ContractError as error:
            lines = str(error).split("\n")
            assert all(line.startswith("playbook.yml:") for line in lines)
            return [line.removeprefix("playbook.yml:").strip() for line in lines]
        return []

    return read


@pytest.fixture
def told_more(told: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    """Like `told`, after four lines with English and German; what is given begins in line 5."""
    return lambda more: told(SMALL + more)
