"""JSON Schemas for editors."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias

from leitfaden.contract.contract import Contract

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SAMPLE = date(2024, 11, 23)  # no day that could be taken for a month
_SPECIAL = frozenset(r"\^$.|?*+()[]{}/")

Schema: TypeAlias = dict[str, Any]


def contract_schema() -> Schema:
    """Return the schema of `playbook.yml`, made from the models that read it."""
    # Not before it is needed: pydantic alone takes longer to import than many a command runs.
    from leitfaden.contract.file import KEY_PATTERN, LOCALE_PATTERN, TERMS, ContractFile

    schema = ContractFile.model_json_schema(by_alias=True)
    for model in TERMS.values():
        _name_locales(schema["$defs"][model.__name__], LOCALE_PATTERN)
    properties = schema["properties"]
    for name in ("kinds", *TERMS):
        properties[name]["propertyNames"] = {"pattern": f"^({KEY_PATTERN})$"}
    properties["locales"]["propertyNames"] = {"pattern": f"^({LOCALE_PATTERN})$"}
    for entry in properties:  # a key without a value counts as not given
        if entry not in ("source", "locales"):
            properties[entry] = _or_null(properties[entry])
    return {"$schema": _DIALECT, **_without_titles(schema), "title": "playbook.yml"}


def front_matter_schema(contract: Contract) -> Schema:
    """Return the schema of the metadata at the top of a page."""
    metadata = contract.metadata
    keys = dict.fromkeys((*metadata.required, *metadata.optional))
    return {
        "$schema": _DIALECT,
        "title": "The metadata of a page",
        "type": "object",
        "properties": {key: _metadata_schema(contract, key) for key in keys},
        "required": list(dict.fromkeys(metadata.required)),
        "additionalProperties": False,
    }


def _metadata_schema(contract: Contract, key: str) -> Schema:
    metadata = contract.metadata
    if key in metadata.formats:
        pattern = metadata.formats[key]
        example = _SAMPLE.strftime(pattern)
        return {"type": "string", "description": f"A date such as {example} ({pattern})."}
    values = metadata.values.get(key)
    if key in metadata.lists:
        return _list_schema(values)
    if values:
        return {"enum": list(values), "description": f"Allowed: {', '.join(values)}."}
    if metadata.people.get(key) == "alias":
        return {"type": "string", "pattern": r"^\S+$", "description": "A person's alias."}
    if key in metadata.required:
        return {"type": "string", "minLength": 1, "description": "Any text."}
    return {"description": "May be left out."}


def _list_schema(values: tuple[str, ...] | None) -> Schema:
    if not values:
        return {"type": "string", "description": "Several values, separated by commas."}
    one = f"({'|'.join(_escaped(value) for value in values)})"
    return {
        "type": "string",
        "pattern": rf"^\s*{one}(\s*,\s*{one})*\s*$",
        "description": f"One or more of these, separated by commas: {', '.join(values)}.",
    }


def _escaped(text: str) -> str:
    """Escape for JavaScript's regular expressions, which refuse more escapes than needed."""
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in text)


def _name_locales(term: Schema, pattern: str) -> None:
    """Let the further keys of a term be locales only, so that editors see a misspelled key."""
    if term["additionalProperties"]:
        term["patternProperties"] = {f"^({pattern})$": term["additionalProperties"]}
        term["additionalProperties"] = False


def _or_null(schema: Schema) -> Schema:
    described = {key: schema.pop(key) for key in ("description",) if key in schema}
    return {**described, "anyOf": [schema, {"type": "null"}]}


def _without_titles(value: Any) -> Any:
    """Leave out the titles that pydantic makes up from the fields' names."""
    if isinstance(value, list):
        return [_without_titles(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _without_titles(item)
        for key, item in value.items()
        if key != "title" or not isinstance(item, str)
    }
