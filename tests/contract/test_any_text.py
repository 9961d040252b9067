"""Whatever stands in the file: a contract or an explanation, nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitfaden.contract import ContractError, parse_contract
from leitfaden.contract.contract import VOCABULARIES
from leitfaden.contract.file import ContractFile
from leitfaden.contract.settings import ISO_DATE
from leitfaden.model.diagnostic import Diagnostic

REAL = (Path(__file__).parents[2] / "playbook.yml").read_text(encoding="utf-8")

WORDS = st.sampled_from(
    [
        *VOCABULARIES,
        *("source", "locales", "dates", "hosts", "metadata", "kinds", "navigation"),
        *("en", "de", "fr", "name", "requirement", "mandatory", "optional", "aliases", "lables"),
        *("required", "values", "formats", "pages", "page", "title", "phase", "level", "within"),
        *(
            "required-in",
            "vocabulary",
            "definition",
            "order",
            "direction",
            "a",
            "A",
            "a:",
            ISO_DATE,
        ),
    ]
)
LEAVES = WORDS | st.text(max_size=5) | st.integers() | st.booleans() | st.none() | st.floats()
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=30,
)
CONTRACTS = st.fixed_dictionaries(
    {"source": st.just("en"), "locales": st.just({"en": {"name": "E"}, "de": {"name": "D"}})},
    optional={
        **{
            name: st.dictionaries(
                WORDS, st.dictionaries(WORDS, TREES, max_size=4) | TREES, max_size=4
            )
            for name in VOCABULARIES
        },
        **dict.fromkeys(("dates", "hosts", "metadata", "kinds", "navigation"), TREES),
    },
)


def check(text: str) -> None:
    told: tuple[Diagnostic, ...] = ()
    try:
        assert parse_contract(text, "playbook.yml").locale_keys
    except ContractError as error:
        told = error.diagnostics
    assert len(set(told)) == len(told)
    assert all(diagnostic.message.endswith((".", "…")) for diagnostic in told)


@given(st.text())
@settings(deadline=None)
def test_any_text(text: str) -> None:
    check(text)


@given(TREES)
@settings(deadline=None)
def test_any_yaml(tree: Any) -> None:
    check(json.dumps(tree))


@given(CONTRACTS)
@settings(max_examples=100, deadline=None)
def test_anything_that_looks_like_a_contract(tree: Any) -> None:
    check(json.dumps(tree))


@given(st.integers(0, len(REAL)), st.integers(0, 40), st.text(max_size=4))
@settings(max_examples=100, deadline=None)
def test_the_real_contract_with_a_hole(start: int, length: int, put: str) -> None:
    check(REAL[:start] + put + REAL[start + length :])


@pytest.mark.parametrize("key", ContractFile.file_keys())
def test_a_misspelled_key_at_the_top_of_the_real_contract_is_one_problem(key: str) -> None:
    wrong = f"{key[:-2]}{key[-1]}{key[-2]}"
    with pytest.raises(ContractError) as raised:
        parse_contract(re.sub(rf"^{key}:", f"{wrong}:", REAL, flags=re.MULTILINE), "playbook.yml")
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.message == f"Unknown key `{wrong}`."
    assert diagnostic.help == f"Did you mean `{key}`?"
