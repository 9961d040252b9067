from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from leitfaden.contract import contract_schema, front_matter_schema, load_contract

PLAYBOOK = Path(__file__).parents[2] / "playbook.yml"


@pytest.fixture
def playbook() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(PLAYBOOK.read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    made = contract_schema()
    Draft202012Validator.check_schema(made)
    return Draft202012Validator(made)


def test_the_real_contract_fits(schema: Draft202012Validator, playbook: dict[str, Any]) -> None:
    assert [error.message for error in schema.iter_errors(playbook)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("lables",), {}),
        (("source",), 5),
        (("locales", "german"), {"name": "Deutsch"}),
        (("locales", "en", "nmae"), "x"),
        (("roles", "sme", "alias"), {"en": ["x"]}),
        (("roles", "sme", "en"), ["x"]),
        (("roles", "Team Lead"), {"en": "A", "de": "A"}),
        (("labels", "phase", "vocabulary"), "role"),
        (("sections", "overview", "level"), 9),
        (("sections", "overview", "required_in"), ["process"]),
        (("navigation",), [{"pages": ["a"]}]),
        (("navigation",), [{"phase": "a", "title": {"en": "A"}, "pages": ["a"]}]),
    ],
)
def test_an_editor_sees_what_is_wrong(
    schema: Draft202012Validator, playbook: dict[str, Any], path: tuple[str, ...], value: Any
) -> None:
    wrong = copy.deepcopy(playbook)
    *above, last = path
    part = wrong
    for key in above:
        part = part[key]
    part[last] = value
    assert not schema.is_valid(wrong)


def test_every_key_at_the_top_is_explained(schema: Draft202012Validator) -> None:
    assert all(part["description"] for part in contract_schema()["properties"].values())


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ({}, True),
        ({"ft.audience": "partner, internal"}, True),
        ({"search": {"exclude": True}}, True),
        ({"ft.audience": "everyone"}, False),
        ({"ms.topic": "article"}, False),
        ({"titel": "x"}, False),
        ({"title": ""}, False),
        ({"author": "A Name"}, True),
        ({"manager": "A Name"}, False),
    ],
)
def test_the_metadata_of_a_page(change: dict[str, Any], fits: bool) -> None:
    contract = load_contract(PLAYBOOK)
    made = front_matter_schema(contract)
    Draft202012Validator.check_schema(made)
    page = dict.fromkeys(contract.metadata.required, "x")
    page |= {key: values[0] for key, values in contract.metadata.values.items()}
    assert Draft202012Validator(made).is_valid({**page, **change}) is fits
    assert made["properties"]["ms.date"]["description"] == "A date such as 11/23/2024 (%m/%d/%Y)."


def test_a_page_without_a_required_key_does_not_fit() -> None:
    made = front_matter_schema(load_contract(PLAYBOOK))
    assert not Draft202012Validator(made).is_valid({"title": "x"})
